"""When what lies in the write-ahead log is brought into the database. SQLite would do it inside of a commit, of an
answer's as well; here it has a turn of its own: an answer waits for a transaction or for this, never for both."""

from __future__ import annotations

import logging
import sqlite3

_log = logging.getLogger(__name__)

_PAGES = 600
"""A checkpoint is due when the log has about so many pages (2.5 MB), half more where answers alone fill it: less than
SQLite's own 1,000, so that a log is soon as long as it will be."""

_LEAST_WORK = 100
"""Work after which the first checkpoint is due, and before which none is: rows, and what a commit adds to them."""

_OF_A_COMMIT = 4
"""Rows that a commit counts for beside its own: an answer changes three rows and writes five pages (measured)."""


class Checkpoints:
    """The checkpoints of a writing connection. How much work fills the log is learned from how full it was. Always
    about as full, it is written over and seldom grows: a commit that makes it longer takes several times as long."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows = 0
        self._work = 0
        self._most_work = _LEAST_WORK

    def due(self, *, first: bool) -> bool:
        """Whether enough was written since the last one; asked after each commit, in its turn. An answer (`first`)
        leaves it to whoever else has just filled the log."""
        (rows,) = self._db.execute("SELECT total_changes()").fetchone()
        self._work += int(rows) - self._rows + _OF_A_COMMIT
        self._rows = int(rows)
        return 2 * self._work >= self._most_work * (3 if first else 2)

    def make(self) -> None:
        """Makes one, in a turn of the caller. A disk that refuses is logged: what was committed is on it all the
        same."""
        try:
            _, pages, _ = self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except (sqlite3.Error, OSError) as error:
            _log.warning("no checkpoint: %s", error)
            return
        pace = self._work * _PAGES // max(int(pages), 1)
        self._most_work = max(_LEAST_WORK, min(pace, 8 * self._most_work))
        self._work = 0
