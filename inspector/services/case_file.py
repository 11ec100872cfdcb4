"""A case (卷宗) for the archive: every document and photo of findings in order, with its 卷内目录."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection

import msgspec

from inspector.documents import paper
from inspector.model.errors import BadInput, Environment, InspectorError
from inspector.model.file_name import legal
from inspector.model.inspection import Evidence
from inspector.model.unit import Directory
from inspector.services import findings as finding_service
from inspector.services import moves, pages
from inspector.store import blobs, findings, inspections, notices, people, sites, units
from inspector.store.findings import Row
from inspector.store.workspace import Workspace
from inspector.tables import contents
from inspector.tables.contents import Piece
from inspector.tables.headings import CASE_FILE, CASE_ROLES, CASE_SCAN

_log = logging.getLogger(__name__)

Report = Callable[[int, int], None]
"""Hears how many of how many pieces are written; what it raises stops the export, and nothing of it stays."""

_MOST_OF_A_NAME = 120
_PDF = b"%PDF-"


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written into the folder: the pieces in their order; `missing` of them are not on this laptop."""

    folder: Path
    pieces: tuple[Piece, ...]
    missing: int


class _Item(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A piece before it is numbered: by day, then documents before scans before photos."""

    date: str
    rank: int
    number: str
    title: str
    responsible: str
    blob: str
    photo: bool = False


def silent(done: int, total: int) -> None:
    """Nobody asks how far it is."""


def of_findings(
    workspace: Workspace, which: Sequence[str], folder: Path, *, report: Report = silent
) -> Exported:
    """The case of these findings (ids or printed numbers): sheets, documents of rectification, scans, photos.
    Raises BadInput `finding-unknown`, `case-folder-not-empty`, `case-empty`; Environment `export-failed`."""
    seen = moves.look(workspace, which)
    with workspace.reading() as db:
        rows = [findings.one(db, one.finding) for one in seen]
        items = _items(db, rows, {row.inspection for row in rows})
    return _written(workspace, items, folder, report)


def of_site(workspace: Workspace, site: str, folder: Path, *, report: Report = silent) -> Exported:
    """The case of a site (id, code or name): every visit and every finding there. Raises like `of_findings`."""
    with workspace.reading() as db:
        entity = sites.find(db, site)
        visits = {row.id for row in inspections.of_site(db, entity)}
        items = _items(db, findings.of_site(db, entity), visits)
    return _written(workspace, items, folder, report)


def of_year(
    workspace: Workspace, year: int, folder: Path, *, unit: str = "", report: Report = silent
) -> Exported:
    """The cases of what was found in a year, of all or of what `unit` leads. Raises like `of_findings`; BadInput
    `unit-unknown`, `unit-ambiguous`."""
    with workspace.reading() as db:
        lead = finding_service.unit_of(Directory(units.every(db)), unit) if unit else ""
        rows = [
            row
            for row in findings.every(db)
            if row.found_on.startswith(f"{year}-") and (not lead or row.lead_unit == lead)
        ]
        items = _items(db, rows, {row.inspection for row in rows})
    return _written(workspace, items, folder, report)


def _items(db: Connection, rows: Sequence[Row], visits: Iterable[str]) -> list[_Item]:
    names = {person.id: person.name for person in people.every(db)}
    mine = {row.id for row in rows}
    found = [item for visit in sorted(visits) for item in _sheets(db, visit)]
    for one in notices.every(db):
        if one.sheet and (mine & set(one.findings)):
            found += _document(db, one)
    for row in rows:
        found += [
            _Item(
                date=scan.at[:10],
                rank=2,
                number="",
                title=CASE_SCAN.format(text=scan.note or scan.name),
                responsible=names.get(scan.by, ""),
                blob=scan.sha256,
            )
            for scan in row.attachments
        ]
        found += _photos(row)
    return sorted(dict.fromkeys(found))


def _sheets(db: Connection, visit: str) -> Iterator[_Item]:
    """Every document of a visit, those that were corrected too."""
    for row in inspections.documents_of(db, visit):
        content = inspections.document(db, row)
        yield _Item(
            date=content.begin[:10],
            rank=0,
            number=content.number,
            title=f"{content.heading} {content.site.name}",
            responsible=content.issuer or content.team,
            blob=row.sheet,
        )


def _document(db: Connection, row: notices.Row) -> Iterator[_Item]:
    document = notices.document(db, row)
    yield _Item(
        date=document.made[:10],
        rank=1,
        number=document.number,
        title=paper.file_name(document).removesuffix(".pdf"),
        responsible=document.issuer,
        blob=row.sheet,
    )


def _photos(row: Row) -> Iterator[_Item]:
    reported: tuple[Evidence, ...] = row.report.photos if row.report else ()
    for photo in (*row.photos, *reported):
        taken = photo.shifted or photo.taken_at or row.found_on
        yield _Item(
            date=taken[:10],
            rank=3,
            number="",
            title=CASE_ROLES[photo.role].format(text=_what(row)),
            responsible=row.report.person if row.report and photo in reported else "",
            blob=photo.sha256,
            photo=True,
        )


def _what(row: Row) -> str:
    """What was found and where; standard wordings begin with the place already."""
    return row.description if row.description.startswith(row.place) else f"{row.place} {row.description}"


def _written(workspace: Workspace, items: Sequence[_Item], folder: Path, report: Report) -> Exported:
    if not items:
        raise BadInput("case-empty")
    pieces: list[Piece] = []
    try:
        with _whole_or_nothing(folder) as put:
            for nth, item in enumerate(items, 1):
                report(nth - 1, len(items))
                data = _read(workspace, item.blob)
                title = legal(f"{nth:03d}_{item.title}", limit=_MOST_OF_A_NAME)
                name = f"{title}{_ending(data)}" if data else ""
                if data:
                    put(name, data)
                pieces.append(
                    Piece(
                        responsible=item.responsible,
                        number=item.number,
                        title=item.title,
                        date=item.date,
                        pages=_pages(data),
                        file=name,
                    )
                )
            put(f"{CASE_FILE}.xlsx", contents.written(pieces))
    except OSError as error:
        reason = error.strerror or str(error)
        raise Environment("export-failed", folder=str(folder), reason=reason) from error
    report(len(items), len(items))
    return Exported(folder=folder, pieces=tuple(pieces), missing=sum(not piece.file for piece in pieces))


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[Callable[[str, bytes], None]]:
    """A new or empty folder and what writes into it; an export that does not end takes back what it wrote.
    Raises BadInput `case-folder-not-empty`."""
    there = folder.exists()
    if there and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput("case-folder-not-empty", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def put(name: str, data: bytes) -> None:
        written.append(folder / name)
        written[-1].write_bytes(data)

    whole = False
    try:
        yield put
        whole = True
    finally:
        if not whole:
            with suppress(OSError):
                for file in written:
                    file.unlink(missing_ok=True)
                if not there:
                    folder.rmdir()


def _read(workspace: Workspace, blob: str) -> bytes:
    """The bytes of a piece; empty if they are not here (a photo that another laptop keeps)."""
    try:
        return blobs.read(workspace, blob)
    except InspectorError as error:
        _log.info("a piece of a case is not here: %s", error.key)
        return b""


def _ending(data: bytes) -> str:
    if data.startswith(_PDF):
        return ".pdf"
    return ".png" if data.startswith(b"\x89PNG") else ".heic" if data[4:8] == b"ftyp" else ".jpg"


def _pages(data: bytes) -> int:
    if not data.startswith(_PDF):
        return int(bool(data))
    try:
        return len(pages.sizes(data))
    except BadInput:
        return 1  # a scan that is no whole PDF still is a piece
