"""Figures over all findings of a period: whole months that are over out of the cells of `store.tally`, the days before
and after them out of the findings themselves. What it costs does not grow with the length of the period.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from inspector.store.derive import EARLY, LATE, OPEN

_SETTLED_DAYS = 3
"""So long after a month every limit that ends in it has ended, whatever offset from UTC was written with it."""


class Sums(msgspec.Struct):
    """How many findings were found in a period, were due in it, and what became of those; `reopened` (反弹) are those
    found in it that came back after they had been closed."""

    found: int = 0
    due: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    reopened: int = 0


class Side(StrEnum):
    """By what findings are counted. The value is the word in the table of cells."""

    UNIT = "unit"
    """By lead unit."""
    SITE = "site"


_COLUMN = {Side.UNIT: "lead_unit", Side.SITE: "site"}


def counted(db: sqlite3.Connection, side: Side, *, first: date, last: date, at: datetime) -> dict[str, Sums]:
    """The findings that were found or due from the day `first` to `last`, as they stand at the instant `at`: the sums
    of each lead unit or site, by entity; "" for findings that have none."""
    sums: dict[str, Sums] = {}
    months, ranges = _split(first, last, at)
    if months:
        _add_months(db, side, months, sums)
    for begin, end in ranges:
        _add_found(db, _COLUMN[side], begin, end, sums)
        _add_due(db, _COLUMN[side], begin, end, at, sums)
    return {of: one for of, one in sums.items() if one.found or one.due}


def _split(first: date, last: date, at: datetime) -> tuple[tuple[str, str] | None, list[tuple[date, date]]]:
    """The first and last whole month of a period whose limits have all ended at `at`; and the stretches of days that
    are left."""
    begin = first if first.day == 1 else _next_month(first)
    end = begin
    settled = at.date() - timedelta(days=_SETTLED_DAYS)
    while (following := _next_month(end)) - timedelta(days=1) <= min(last, settled):
        end = following
    if begin == end:
        return None, [(first, last)]
    left = [(first, begin - timedelta(days=1)), (end, last)]
    months = (begin.isoformat()[:7], (end - timedelta(days=1)).isoformat()[:7])
    return months, [(one, other) for one, other in left if one <= other]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _add_months(db: sqlite3.Connection, side: Side, months: tuple[str, str], sums: dict[str, Sums]) -> None:
    rows = db.execute(
        "SELECT of, sum(found), sum(reopened), sum(early), sum(late), sum(open) FROM tally"
        " WHERE month BETWEEN ? AND ? AND side = ? GROUP BY of ORDER BY of",
        (*months, side.value),
    )
    for of, found, reopened, early, late, left in rows:
        one = sums.setdefault(of, Sums())
        one.found += found
        one.reopened += reopened
        one.due += early + late + left
        one.in_time += early
        one.late += late
        one.overdue += left


def _add_found(db: sqlite3.Connection, column: str, begin: date, end: date, sums: dict[str, Sums]) -> None:
    rows = db.execute(
        f"SELECT {column}, count(*), sum(reopened) FROM finding"
        f" WHERE counts_on <> '' AND counts_on BETWEEN ? AND ? GROUP BY {column} ORDER BY {column}",
        (begin.isoformat(), end.isoformat()),
    )
    for of, found, reopened in rows:
        one = sums.setdefault(of, Sums())
        one.found += found
        one.reopened += reopened


def _add_due(
    db: sqlite3.Connection, column: str, begin: date, end: date, at: datetime, sums: dict[str, Sums]
) -> None:
    """What is open counts as due once its limit has ended: a day at its end, an instant at once."""
    rows = db.execute(
        f"SELECT {column}, fate, count(*) FROM finding"
        " WHERE fate <> '' AND ends >= :begin AND ends < :after AND (fate <> :open OR"
        " CASE WHEN length(ends) = 10 THEN ends < :today ELSE unixepoch(ends) < :now END)"
        f" GROUP BY {column}, fate ORDER BY {column}, fate",
        {
            "begin": begin.isoformat(),
            "after": (end + timedelta(days=1)).isoformat(),
            "open": OPEN,
            "today": at.date().isoformat(),
            "now": at.timestamp(),
        },
    )
    for of, fate, count in rows:
        one = sums.setdefault(of, Sums())
        one.due += count
        one.in_time += count * (fate == EARLY)
        one.late += count * (fate == LATE)
        one.overdue += count * (fate == OPEN)
