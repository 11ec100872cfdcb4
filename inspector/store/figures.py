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


_ENDS = """CASE WHEN finding.due <> '' THEN finding.due
     WHEN finding.outcome = 'passed' AND CAST(entity.shown AS TEXT) ->> 'fixed_on_spot'
     THEN substr(finding.found_on, 1, 10) ELSE '' END"""
"""When a finding's limit ends; what was put right on the spot was due that day."""

_CLOSED = """CASE WHEN finding.outcome = 'passed'
     THEN coalesce(CAST(record.body AS TEXT) ->> '$.moves[#-1].at', '') ELSE '' END"""
"""When it was closed, by the record that closed it: nothing but a reopening follows a closing."""

_CONTESTED = """('open' IN (coalesce(CAST(entity.shown AS TEXT) ->> '$.objection.state', ''),
     coalesce(CAST(entity.shown AS TEXT) ->> '$.transfer.state', '')))"""

_STATEMENT = f"""
    WITH one AS MATERIALIZED (
        SELECT finding.lead_unit, finding.site, finding.outcome,
               substr(finding.found_on, 1, 10) BETWEEN :first AND :last AS found,
               {_ENDS} AS ends, {_CLOSED} AS closed,
               finding.outcome <> 'passed' AND {_CONTESTED} AS contested,
               finding.id IN (SELECT entity FROM record WHERE kind = 'finding'
                                 AND instr(CAST(body AS TEXT), '"move":"reopen"')) AS reopened
          FROM finding JOIN entity ON entity.id = finding.id
          LEFT JOIN record ON record.entity = finding.id AND record.batch = substr(finding.standing, 1, 64)
         WHERE finding.outcome <> 'withdrawn'
           AND (substr(finding.found_on, 1, 10) BETWEEN :first AND :last
                OR substr(finding.due, 1, 10) BETWEEN :first AND :last)),
    judged AS (
        SELECT lead_unit, site, found, found AND reopened AS reopened, outcome = 'passed' AS closed_now,
               ends <> '' AND NOT contested AND substr(ends, 1, 10) BETWEEN :first AND :last AS mine,
               CASE WHEN length(ends) = 10 THEN ends < :today ELSE unixepoch(ends) < :now END AS passed,
               CASE WHEN length(ends) = 10 OR length(closed) = 10
                    THEN substr(closed, 1, 10) <= substr(ends, 1, 10)
                    ELSE unixepoch(closed) <= unixepoch(ends) END AS early
          FROM one)
    SELECT lead_unit, site, sum(found), sum(mine AND (passed OR closed_now)),
           sum(mine AND closed_now AND early), sum(mine AND closed_now AND NOT early),
           sum(mine AND NOT closed_now AND passed), sum(reopened)
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
