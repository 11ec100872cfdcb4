"""Which findings a 通报 may tell of: one statement each."""

from __future__ import annotations

import sqlite3

from inspector.store.derive import EARLY


def closed_in_time(db: sqlite3.Connection, first: str, last: str, *, most: int) -> list[str]:
    """The findings that were found, or whose last day lies, from the day `first` to `last`, and that were closed within
    their limit; severe ones first, then the latest."""
    rows = db.execute(
        """
        SELECT id FROM finding
         WHERE fate = :early AND (counts_on BETWEEN :first AND :last OR substr(ends, 1, 10) BETWEEN :first AND :last)
         ORDER BY severity <> 'major', found_on DESC, id LIMIT :most""",
        {"early": EARLY, "first": first, "last": last, "most": most},
    ).fetchall()
    return [finding for (finding,) in rows]
