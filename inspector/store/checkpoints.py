"""When what lies in the write-ahead log is brought into the database. SQLite would do it inside of a commit, of an
answer's as well; here it has a turn of its own: an answer waits for a transaction or for this, never for both."""

from __future__ import annotations

import logging
import sqlite3

_log = logging.getLogger(__name__)

_PAGES = 1_000
"""A checkpoint is due when the log has about so many pages (4 MB): SQLite's own measure."""

_LEAST_ROWS = 100
"""Rows after which the first checkpoint is due, and before which none is."""

_ANSWERS_WAIT = 4
"""How much longer answers put a checkpoint off: what they write is little."""


class Checkpoints:
    """The checkpoints of a writing connection. How many rows fill the log is learned from how full it was."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows = 0
        self._most_rows = _LEAST_ROWS

    def due(self, *, first: bool) -> bool:
        """Whether enough was written since the last one; asked after a commit, in its turn."""
        return self._written() - self._rows >= self._most_rows * (_ANSWERS_WAIT if first else 1)

    def make(self) -> None:
        """Makes one, in a turn of the caller. A disk that refuses is logged: what was committed is on it all the
        same."""
        try:
            _, pages, _ = self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except (sqlite3.Error, OSError) as error:
            _log.warning("no checkpoint: %s", error)
            return
        written = self._written()
        pace = (written - self._rows) * _PAGES // max(int(pages), 1)
        self._rows = written
        self._most_rows = max(_LEAST_ROWS, min(pace, 8 * self._most_rows))

    def _written(self) -> int:
        (changed,) = self._db.execute("SELECT total_changes()").fetchone()
        return int(changed)
