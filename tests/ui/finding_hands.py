"""What tests do to findings in the window again and again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from PIL import Image

from inspector.ledger.record import Record
from inspector.model.deed import Ask, Deed
from inspector.model.finding import State
from inspector.services import finding_list, workspaces
from inspector.store import findings as store
from inspector.store import records
from inspector.ui.findings.form import DeedForm
from inspector.ui.findings.panel import FindingPanel
from inspector.ui.findings.screen import FindingsScreen
from inspector.ui.findings.steps import Action, deed_words
from inspector.ui.widgets.row import ROW, Row
from tests.county import NOW, County

Editor = TypeVar("Editor")
Prepared = tuple[Path, dict[str, str]]


def prepared(path: Path) -> Prepared:
    """Three signed findings in the workspace at `path`, by their items: late, due today, without a date."""
    with workspaces.opened(path) as workspace:
        county = County(workspace)
        draft = county.passed()
        for item in ("GC-03", "GC-05", "GC-07"):
            county.found(draft, item, photo() if item == "GC-03" else None)
        county.signed(draft)
        by_item = {one.item: one.id for one in finding_list.every(workspace, now=NOW)}
        for item, days in (("GC-03", -1), ("GC-05", 0)):
            put(county, by_item[item], due=(NOW.date() + timedelta(days=days)).isoformat())
    return path, by_item


def copied(path: Path, folder: Path) -> Iterator[County]:
    """A workspace of its own with the same in it."""
    shutil.copytree(path, folder / "county")
    with workspaces.opened(folder / "county") as workspace:
        yield County(workspace)


def field(form: DeedForm, ask: Ask, kind: type[Editor]) -> Editor:
    """The field of a form that asks for something."""
    editor = form.editors[ask]
    assert isinstance(editor, kind)
    return editor


def put(county: County, finding: str, *moves: dict[str, object], **fields: object) -> None:
    """What somebody else says of a finding."""
    body: dict[str, object] = {"set": fields} if fields else {}
    if moves:
        body["moves"] = list(moves)
    with county.workspace.transaction() as db:
        record = Record("finding", finding, store.heads(db, finding), body)
        records.append(db, county.workspace, (record,), person=None, wall=NOW.isoformat())


def photo(shade: int = 90) -> bytes:
    data = BytesIO()
    Image.new("RGB", (64, 48), (120, shade, 60)).save(data, "JPEG")
    return data.getvalue()


def listed(screen: FindingsScreen) -> list[Row]:
    model = screen.list.rows
    return [model.index(number).data(ROW) for number in range(model.rowCount())]


def opened(screen: FindingsScreen, deed: Deed, settle: Callable[[], None], *which: str) -> DeedForm:
    """The form of a deed on the current finding, or on these."""
    action = Action(deed_words(deed), "", deed=deed)
    if which:
        screen.side.act_on(action, which)
    else:
        screen.panel.acted.emit(action)
    settle()
    return screen.side.form


def at(screen: FindingsScreen, finding: str, settle: Callable[[], None]) -> FindingPanel:
    screen.list.go_to(finding)
    settle()
    assert screen.panel.page is not None and screen.panel.page.finding.id == finding
    return screen.panel


def state(county: County, finding: str) -> State:
    with county.workspace.reading() as db:
        return store.one(db, finding).state
