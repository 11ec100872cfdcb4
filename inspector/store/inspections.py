"""Signed inspections: the current document of each, and every document there ever was."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

import msgspec

from inspector.model.errors import BadInput
from inspector.model.inspection import Content, decode

_SHORT_HASH = re.compile(r"[0-9a-f]{16}", re.ASCII)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One signed document. `content` is the hash of its content, `sheet` the blob of its PDF; `score` in tenths;
    times are RFC 3339; `current` is false for one that was corrected since."""

    id: str
    number: str
    content: str
    sheet: str
    current: bool
    site: str
    form: str
    category: str
    made: str
    begin: str
    end: str
    score: int | None
    follows: str


_COLUMNS = "entity, number, content, sheet, current, site, form, category, made, begins, ends, score, follows"


def every(db: sqlite3.Connection) -> list[Row]:
    """The current document of every inspection, the latest visit first."""
    return _rows(
        db.execute(
            f"SELECT {_COLUMNS} FROM document WHERE current ORDER BY begins DESC, entity, batch"
        ).fetchall()
    )


def of_site(db: sqlite3.Connection, site: str) -> list[Row]:
    """The current documents of the inspections of a site, the latest visit first."""
    return _rows(
        db.execute(
            f"SELECT {_COLUMNS} FROM document WHERE site = ? AND current ORDER BY begins DESC, entity, batch",
            (site,),
        ).fetchall()
    )


def documents_of(db: sqlite3.Connection, inspection: str) -> list[Row]:
    """Every document of an inspection, the first one first."""
    return _rows(
        db.execute(
            f"SELECT {_COLUMNS} FROM document WHERE entity = ? ORDER BY made, number, batch", (inspection,)
        ).fetchall()
    )


def numbered(db: sqlite3.Connection, number: str) -> list[Row]:
    """Every document that bears this number, on whatever laptop it was made."""
    return _rows(
        db.execute(
            f"SELECT {_COLUMNS} FROM document WHERE number = ? ORDER BY entity, batch", (number,)
        ).fetchall()
    )


def one(db: sqlite3.Connection, which: str, *, number: str = "") -> Row:
    """The document of an inspection by its entity (with or without its kind), a printed number, or the 16 hex digits
    of its content's hash that are printed: the current one, unless `number` asks for another one of it.
    Raises BadInput `inspection-unknown`, `inspection-ambiguous`, `sheet-number-unknown`."""
    entity = _entity(db, which)
    rows = documents_of(db, entity)
    if number:
        rows = [row for row in rows if row.number == number]
        if not rows:
            raise BadInput("sheet-number-unknown", number=number, inspection=which)
    return next((row for row in rows if row.current), rows[-1])


def document(db: sqlite3.Connection, row: Row) -> Content:
    """What a document says."""
    data = db.execute(
        "SELECT document FROM document WHERE entity = ? AND content = ? LIMIT 1", (row.id, row.content)
    ).fetchone()[0]
    return decode(data)


def photos_used(db: sqlite3.Connection, photos: Iterable[str], *, but: str) -> set[str]:
    """Those of `photos` that findings of other inspections show."""
    used = set()
    for photo in photos:
        found = db.execute(
            "SELECT 1 FROM record_blob JOIN finding ON finding.id = record_blob.entity"
            " WHERE record_blob.blob = ? AND finding.inspection <> ? LIMIT 1",
            (photo, but),
        ).fetchone()
        if found:
            used.add(photo)
    return used


def unchecked(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """待补查: (site, inspection, item) of every item that the latest visit which asked it left unchecked, by site and
    visit."""
    return db.execute("""
        SELECT was.site, was.entity, open.item
          FROM answered AS open JOIN document AS was ON was.entity = open.inspection AND was.current
         WHERE open.verdict = 'unchecked'
           AND NOT EXISTS (
               SELECT 1 FROM document AS later JOIN answered AS done ON done.inspection = later.entity
                WHERE later.site = was.site AND later.current AND done.item = open.item
                  AND (unixepoch(later.begins), later.entity) > (unixepoch(was.begins), was.entity))
         ORDER BY was.site, was.begins, was.entity, open.item""").fetchall()


def unchecked_of(db: sqlite3.Connection, inspection: str) -> tuple[str, ...]:
    """The items of one inspection that are still 待补查."""
    return tuple(item for _, entity, item in unchecked(db) if entity == inspection)


def _entity(db: sqlite3.Connection, which: str) -> str:
    named = which if which.startswith("inspection:") else f"inspection:{which}"
    short = f"{which}*" if _SHORT_HASH.fullmatch(which) else ""
    found = db.execute(
        "SELECT DISTINCT entity FROM document WHERE entity = :named OR number = :which"
        " OR (:short <> '' AND content GLOB :short) ORDER BY entity",
        {"named": named, "which": which, "short": short},
    ).fetchall()
    if not found:
        raise BadInput("inspection-unknown", inspection=which)
    if len(found) > 1:
        raise BadInput("inspection-ambiguous", inspection=which, count=len(found))
    return str(found[0][0])


def _rows(rows: Iterable[tuple[object, ...]]) -> list[Row]:
    names = Row.__struct_fields__
    return [msgspec.convert(dict(zip(names, row, strict=True)), Row, strict=False) for row in rows]
