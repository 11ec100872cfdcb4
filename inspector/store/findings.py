"""Findings (问题) as they stand: their fields and where their life has led them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.model.inspection import Evidence, TimeLimit
from inspector.model.words import Category, Severity
from inspector.store import records


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A finding. Units, site and inspection by entity; `quantity` a decimal string of `measure`; `found_on` RFC 3339;
    `due` a date or an RFC 3339 instant, empty until a notice is served; `void` are the moves that had no effect, as
    batch/place."""

    id: str
    state: State
    stage: str = ""
    void: tuple[str, ...] = ()
    inspection: str = ""
    site: str = ""
    item: str = ""
    place: str = ""
    description: str = ""
    quantity: str = ""
    measure: str = ""
    severity: Severity = Severity.MINOR
    lead_unit: str = ""
    helping_units: tuple[str, ...] = ()
    party: str = ""
    time_limit: TimeLimit | None = None
    fixed_on_spot: bool = False
    no_photo: str = ""
    found_on: str = ""
    category: Category = Category.SUPERVISION
    photos: tuple[Evidence, ...] = ()
    due: str = ""


_SELECT = """
    SELECT finding.id, finding.state, finding.stage, finding.void, entity.shown
      FROM finding JOIN entity ON entity.id = finding.id"""


def every(db: sqlite3.Connection) -> list[Row]:
    """All findings, in the order in which they were found."""
    return _rows(db.execute(f"{_SELECT} ORDER BY finding.found_on, finding.id").fetchall())


def of_site(db: sqlite3.Connection, site: str) -> list[Row]:
    """The findings of a site, the latest first."""
    return _rows(
        db.execute(
            f"{_SELECT} WHERE finding.site = ? ORDER BY finding.found_on DESC, finding.id", (site,)
        ).fetchall()
    )


def of_inspection(db: sqlite3.Connection, inspection: str) -> list[str]:
    """The entities of the findings that an inspection made and that were not withdrawn since."""
    rows = db.execute(
        "SELECT id FROM finding WHERE inspection = ? AND state <> 'withdrawn' ORDER BY id", (inspection,)
    ).fetchall()
    return [row[0] for row in rows]


def one(db: sqlite3.Connection, which: str) -> Row:
    """A finding by its entity (with or without its kind). Raises BadInput `finding-unknown`."""
    entity = which if which.startswith("finding:") else f"finding:{which}"
    rows = _rows(db.execute(f"{_SELECT} WHERE finding.id = ?", (entity,)).fetchall())
    if not rows:
        raise BadInput("finding-unknown", finding=which)
    return rows[0]


def heads(db: sqlite3.Connection, finding: str) -> tuple[str, ...]:
    """The batches of the finding's latest records."""
    return records.heads(db, finding)


def times(db: sqlite3.Connection, *, site: str, but: str) -> dict[str, int]:
    """How many findings earlier inspections of `site` made, by item, without those of the inspection `but` and
    without withdrawn ones: 第 n 次 counts on from here."""
    rows = db.execute(
        "SELECT item, count(DISTINCT inspection) FROM finding"
        " WHERE site = ? AND inspection <> ? AND state <> 'withdrawn' GROUP BY item ORDER BY item",
        (site, but),
    ).fetchall()
    return dict(rows)


def open_by_site(db: sqlite3.Connection) -> dict[str, int]:
    """How many findings are open, by site."""
    rows = db.execute(
        "SELECT site, count(*) FROM finding WHERE state NOT IN ('passed', 'withdrawn') GROUP BY site ORDER BY site"
    ).fetchall()
    return dict(rows)


def _rows(rows: Iterable[tuple[str, str, str, str, bytes]]) -> list[Row]:
    found = []
    for entity, state, stage, void, shown in rows:
        life: dict[str, Any] = {"id": entity, "state": state, "stage": stage, "void": void.split()}
        said = msgspec.json.decode(shown)
        try:
            found.append(msgspec.convert({**said, **life}, Row))
        except msgspec.ValidationError:
            found.append(msgspec.convert(life, Row))  # written by a foreign program: its life is still true
    return found
