"""What is known of a site is changed by hand: by whom it is seen to be wrong, with the reason."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model import decimals
from inspector.model.errors import BadInput, InspectorError
from inspector.model.form import Choose, HeaderItem
from inspector.model.rows import Row, RowProblem, problem, tidy
from inspector.model.site import Site, change_field, fact_field
from inspector.model.site_rules import SiteRules
from inspector.model.unit import Directory
from inspector.model.words import Of
from inspector.services import forms, lists
from inspector.services.drafts import stamp
from inspector.services.initials import initials
from inspector.store import records, units
from inspector.store import sites as store
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)

COLUMNS = (
    "code",
    "name",
    "alias",
    "address",
    "street",
    "community",
    "grid",
    "lead",
    "helpers",
    "position",
    "note",
)
"""What may be changed, as the columns of a list; the kind of a site stands."""
_LIST = "、"


class Editable(msgspec.Struct, frozen=True, kw_only=True):
    """A site as a person begins to change it: its cells by column, its facts as its form asks for them, and the
    batches of its latest records."""

    site: Site
    cells: dict[str, str]
    facts: tuple[HeaderItem, ...]
    directory: Directory
    heads: tuple[str, ...]


def read(workspace: Workspace, site: str) -> Editable:
    """A site to be changed. Raises BadInput `site-unknown`."""
    with workspace.reading() as db:
        seen = store.one(db, site)
        directory = Directory(units.every(db))
        heads = records.heads(db, seen.id)
    return Editable(
        site=seen,
        cells=_cells(seen, directory),
        facts=_asked(workspace, seen.kind),
        directory=directory,
        heads=heads,
    )


def change(
    workspace: Workspace,
    seen: Editable,
    cells: Mapping[str, str],
    facts: Mapping[str, str],
    *,
    reason: str,
    now: datetime,
) -> Site:
    """The site with what differs from what was `seen`; nothing is written if nothing does. Raises BadInput
    `site-invalid` with the problems of its columns (facts by their code, a missing reason as `reason`)."""
    before = seen.site
    typed = Row(0, {column: tidy(cells.get(column, "")) for column in (*COLUMNS, "kind")})
    with workspace.reading() as db:
        rules = SiteRules(units=units.every(db), sites=store.every(db), kinds=())
    after, found = rules.change(before, typed, COLUMNS)
    problems = [*found, *_wrong_facts(seen.facts, facts)]
    changed: dict[str, Any] = (
        {} if problems else lists.fields(after, msgspec.json.decode(msgspec.json.encode(before)))
    )
    known = {item.code for item in seen.facts}
    for code, value in facts.items():
        if code in known and value != before.facts.get(code, ""):
            changed[fact_field(code)] = value
    if changed and not reason.strip():
        problems.append(RowProblem(0, "reason", "missing-value"))
    if problems:
        raise BadInput("site-invalid", count=len(problems), problems=tuple(problems))
    if changed:
        _write(workspace, seen, after, changed, reason.strip(), now)
    with workspace.reading() as db:
        return store.one(db, before.id)


def _write(
    workspace: Workspace, seen: Editable, after: Site, changed: dict[str, Any], reason: str, now: datetime
) -> None:
    names = sorted(changed)
    if changed.keys() & {"name", "aliases"}:
        changed["initials"] = list(initials((after.name, *after.aliases)))
    why = workspace.new_id("change").partition(":")[2]
    changed[change_field(why)] = {"at": stamp(now), "reason": reason, "fields": names}
    record = Record("site", after.id, seen.heads, {"set": changed})
    with workspace.transaction() as db:
        records.append(db, workspace, (record,), person=None, wall=stamp(now))
    _log.info("site %s: %d fields changed", after.id, len(names))


def _asked(workspace: Workspace, kind: str) -> tuple[HeaderItem, ...]:
    """The facts of a site that the form of its kind asks for; none where there is no such form any more."""
    try:
        form = forms.for_kind(workspace, kind)
    except InspectorError:
        return ()
    return tuple(item for item in form.header if item.of is Of.SITE)


def _wrong_facts(asked: tuple[HeaderItem, ...], facts: Mapping[str, str]) -> list[RowProblem]:
    found = []
    for item in asked:
        value = facts.get(item.code, "")
        code = ""
        if isinstance(item.answer, Choose):
            code = "unknown-option" if value and value not in item.options else ""
        elif value:
            try:
                decimals.scaled(value, item.answer.decimals)
            except BadInput:
                code = "not-a-number"
        if code:
            found.append(problem(Row(0, {item.code: value}), item.code, code))
    return found


def _cells(site: Site, directory: Directory) -> dict[str, str]:
    def called(unit: str) -> str:
        return directory.word(directory.by_id[unit]) if unit in directory.by_id else ""

    return {
        "code": site.code,
        "name": site.name,
        "alias": _LIST.join(site.aliases),
        "kind": site.kind,
        "address": site.address,
        "street": called(site.street),
        "community": called(site.community),
        "grid": site.grid,
        "lead": called(site.lead_unit),
        "helpers": _LIST.join(filter(None, map(called, site.helping_units))),
        "position": site.position,
        "note": site.note,
    }
