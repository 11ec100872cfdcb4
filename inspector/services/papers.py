"""Signed documents (文书) as papers: listed, looked at, verified, and written out for people who have no program."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from inspector.model.errors import Environment
from inspector.model.file_name import legal, sheet_file
from inspector.model.inspection import Content
from inspector.model.search import Searchable, searchable
from inspector.model.verdict import Verdict
from inspector.model.words import Category
from inspector.services import forms, verification
from inspector.store import blobs, inspections, local, sites, units
from inspector.store.workspace import Workspace

_FOLDER = "papers/folder"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A signed sheet as it is listed: `entity` is its site, `kind` what its form calls the site; `begin` RFC 3339,
    `score` in tenths (None: not scored)."""

    inspection: str
    number: str
    entity: str
    site: str
    code: str
    kind: str
    street: str
    category: Category
    begin: str
    score: int | None
    follows: bool
    search: Searchable


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A file from outside: its bytes, and what verification says of it beside this workspace's ledger."""

    name: str
    pdf: bytes
    verdict: Verdict


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One signed sheet: its bytes, what it says, and the numbers of all documents of its inspection, oldest first."""

    pdf: bytes
    content: Content
    numbers: tuple[str, ...]


def every(workspace: Workspace) -> tuple[Listed, ...]:
    """The current sheet of every inspection, the latest visit first."""
    kinds = {edition.form.site_kind: edition.form.name for edition in forms.every(workspace)}
    with workspace.reading() as db:
        rows = inspections.every(db)
        known = {site.id: site for site in sites.every(db)}
        labels = {unit.id: unit.label for unit in units.every(db)}
    listed = []
    for row in rows:
        site = known.get(row.site)
        listed.append(
            Listed(
                inspection=row.id,
                number=row.number,
                entity=row.site,
                site=site.name if site else row.site,
                code=site.code if site else "",
                kind=kinds.get(site.kind, site.kind) if site else "",
                street=labels.get(site.street, "") if site else "",
                category=Category(row.category),
                begin=row.begin,
                score=row.score,
                follows=bool(row.follows),
                search=searchable(
                    (row.number, *((site.name, site.code) if site else ())),
                    (labels.get(site.street, ""),) if site else (),
                    site.initials if site else (),
                ),
            )
        )
    return tuple(listed)


def one(workspace: Workspace, which: str, *, number: str = "") -> Paper:
    """A sheet by its inspection (id, printed number, printed hash); `number` asks for an earlier document.
    Raises BadInput `inspection-unknown`, `inspection-ambiguous`, `sheet-number-unknown`; Damaged `blob-damaged`,
    Environment `blob-missing`."""
    with workspace.reading() as db:
        row = inspections.one(db, which, number=number)
        content = inspections.document(db, row)
        numbers = tuple(document.number for document in inspections.documents_of(db, row.id))
    return Paper(pdf=blobs.read(workspace, row.sheet), content=content, numbers=numbers)


def verify(workspace: Workspace, which: str, *, number: str = "") -> Verdict:
    """What verification says of the stored file of a sheet. About a second, in a child process.
    Raises like `one` and `verification.in_workspace`."""
    with workspace.reading() as db:
        row = inspections.one(db, which, number=number)
    return verification.in_workspace(workspace, blobs.path(workspace, row.sheet))


def look(workspace: Workspace, file: Path) -> Looked:
    """Verify a file that somebody brought. Raises like `verification.in_workspace`, which also bounds its size."""
    verdict = verification.in_workspace(workspace, file)
    return Looked(name=file.name, pdf=file.read_bytes(), verdict=verdict)


def export(
    workspace: Workspace,
    which: Sequence[str],
    folder: Path,
    *,
    called: str,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write the current sheets of inspections into `folder` as 日期/街道/<called>_<number>_<site>.pdf; where they are.
    A file of the same bytes stays; one of other bytes is not overwritten, the new one gets (2). `report` hears
    after each. Raises Environment `export-failed`, and like `one`."""
    written = []
    for done, inspection in enumerate(which, 1):
        paper = one(workspace, inspection)
        content = paper.content
        day = folder / content.begin[:10]
        target = day / legal(content.site.street or content.site.kind, limit=80)
        written.append(_write(target / sheet_file(content, called=called), paper.pdf))
        if report:
            report(done, len(which))
    return tuple(written)


def export_folder(workspace: Workspace) -> str:
    """Where sheets were written last; empty if never."""
    with workspace.reading() as db:
        return local.get(db, _FOLDER)


def keep_export_folder(workspace: Workspace, folder: Path) -> None:
    """Remember it for the next time."""
    with workspace.transaction() as db:
        local.put(db, _FOLDER, str(folder))


def _write(file: Path, data: bytes) -> Path:
    """The file under its name only once it is whole: a stick that is pulled leaves no half document."""
    part = file.with_name(f".{secrets.token_hex(6)}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        free = file
        count = 1
        while free.exists():
            if free.stat().st_size == len(data) and free.read_bytes() == data:
                return free
            count += 1
            free = file.with_name(f"{file.stem} ({count}){file.suffix}")
        part.write_bytes(data)
        part.replace(free)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Environment(
            "export-failed", folder=str(file.parent), reason=error.strerror or str(error)
        ) from error
    return free
