"""Figures over all findings, counted by the database: one statement each, a row a unit and site."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import msgspec


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many findings of one lead unit at one site were found in a period, were due in it, and what became of those;
    `reopened` (反弹) are those found in it that came back after they had been closed."""

    lead_unit: str
    site: str
    found: int
    due: int
    in_time: int
    late: int
    overdue: int
    reopened: int


_STATEMENT = """
    WITH judged AS (
        SELECT lead_unit, site, reopened, outcome = 'passed' AS closed_now,
               substr(found_on, 1, 10) BETWEEN :first AND :last AS found,
               ends <> '' AND NOT (contested AND outcome <> 'passed')
                   AND substr(ends, 1, 10) BETWEEN :first AND :last AS mine,
               CASE WHEN length(ends) = 10 THEN ends < :today ELSE unixepoch(ends) < :now END AS passed,
               CASE WHEN length(ends) = 10 OR length(closed) = 10
                    THEN substr(closed, 1, 10) <= substr(ends, 1, 10)
                    ELSE unixepoch(closed) <= unixepoch(ends) END AS early
          FROM finding
         WHERE outcome <> 'withdrawn'
           AND (substr(found_on, 1, 10) BETWEEN :first AND :last OR substr(ends, 1, 10) BETWEEN :first AND :last))
    SELECT lead_unit, site, sum(found), sum(mine AND (passed OR closed_now)),
           sum(mine AND closed_now AND early), sum(mine AND closed_now AND NOT early),
           sum(mine AND NOT closed_now AND passed), sum(found AND reopened)
      FROM judged GROUP BY lead_unit, site ORDER BY lead_unit, site"""


def counted(db: sqlite3.Connection, *, first: str, last: str, at: datetime) -> list[Counted]:
    """The findings that were found or due from the day `first` to `last`, as they stand at the instant `at`."""
    rows = db.execute(
        _STATEMENT,
        {"first": first, "last": last, "today": at.date().isoformat(), "now": int(at.timestamp())},
    ).fetchall()
    return [
        Counted(
            lead_unit=lead,
            site=site,
            found=found or 0,
            due=due or 0,
            in_time=in_time or 0,
            late=late or 0,
            overdue=overdue or 0,
            reopened=reopened or 0,
        )
        for lead, site, found, due, in_time, late, overdue, reopened in rows
    ]
