"""Findings counted by month, unit and site, so that a year's figures do not read a year's findings. Derived like the
findings themselves and kept with them: a cell is a sum over rows of `finding`, and nothing else (docs/architecture.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from inspector.store.derive import EARLY, LATE, OPEN

_PLACE = {EARLY: 2, LATE: 3, OPEN: 4}
_MOST_CELLS = 50_000
"""Cells that wait in memory while everything is derived again: 20 MB."""

Counts = tuple[str, str, str, int, str, str]
"""Of a row of `finding`: lead_unit, site, counts_on, reopened, ends, fate."""


def create(db: sqlite3.Connection) -> None:
    """The empty table, in an open transaction. A finding counts in the month in which it was found (found, reopened)
    and in that in which its limit ends (early, late, open), once for its unit and once for its site."""
    db.execute("""
        CREATE TABLE tally (
            month TEXT NOT NULL, side TEXT NOT NULL, of TEXT NOT NULL, found INTEGER NOT NULL,
            reopened INTEGER NOT NULL, early INTEGER NOT NULL, late INTEGER NOT NULL, open INTEGER NOT NULL,
            PRIMARY KEY (month, side, of)) WITHOUT ROWID, STRICT""")


class Tally:
    """What is added to the cells by rows that come and go."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str, str], list[int]] = {}
        self._emptied: set[tuple[str, str, str]] = set()

    def came(self, rows: Iterable[Counts]) -> None:
        """These rows are there now."""
        for row in rows:
            self._count(row, 1)

    def went(self, rows: Iterable[Counts]) -> None:
        """These rows were there and are no longer."""
        for row in rows:
            self._emptied.update(self._count(row, -1))

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return len(self._cells) > _MOST_CELLS

    def write(self, db: sqlite3.Connection) -> None:
        """Into the table; what counts for nothing any more goes."""
        db.executemany(
            "INSERT INTO tally (month, side, of, found, reopened, early, late, open)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (month, side, of) DO UPDATE SET"
            " found = found + excluded.found, reopened = reopened + excluded.reopened,"
            " early = early + excluded.early, late = late + excluded.late, open = open + excluded.open",
            [(*key, *sums) for key, sums in sorted(self._cells.items())],
        )
        db.executemany(
            "DELETE FROM tally WHERE month = ? AND side = ? AND of = ? AND found = 0 AND reopened = 0"
            " AND early = 0 AND late = 0 AND open = 0",
            sorted(self._emptied),
        )
        self._cells.clear()
        self._emptied.clear()

    def _count(self, row: Counts, sign: int) -> list[tuple[str, str, str]]:
        unit, site, counts_on, reopened, ends, fate = row
        touched = []
        for side, of in (("unit", unit), ("site", site)):
            if counts_on:
                sums = self._cells.setdefault(key := (counts_on[:7], side, of), [0] * 5)
                sums[0] += sign
                sums[1] += sign * reopened
                touched.append(key)
            if fate:
                sums = self._cells.setdefault(key := (ends[:7], side, of), [0] * 5)
                sums[_PLACE[fate]] += sign
                touched.append(key)
        return touched
