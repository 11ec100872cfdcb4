"""The write-ahead log does not grow without end, and what it costs to empty it is not put on an answer."""

from __future__ import annotations

import logging
import sqlite3
import threading

import pytest

from inspector.store import checkpoints
from inspector.store.workspace import DATABASE, Workspace

ROW = "x" * 900
LOG_PAGES = 3_000
"""12 MB; a checkpoint waits for 600 pages, and what it waits for has to be learned."""


def fill(workspace: Workspace, rows: int, *, first: bool) -> None:
    with workspace.transaction(first=first) as db:
        db.executemany("INSERT INTO filling VALUES (?)", [(ROW,)] * rows)


@pytest.fixture
def filling(workspace: Workspace) -> Workspace:
    with workspace.transaction() as db:
        db.execute("CREATE TABLE filling (text TEXT) STRICT")
    return workspace


def log(workspace: Workspace) -> int:
    return (workspace.path / f"{DATABASE}-wal").stat().st_size


@pytest.mark.parametrize("first", [False, True])
def test_the_log_is_emptied_whoever_fills_it(filling: Workspace, first: bool) -> None:
    for _ in range(60):
        fill(filling, 400, first=first)
    assert log(filling) < LOG_PAGES * 4096
    assert (filling.path / DATABASE).stat().st_size > 10 * 2**20


def test_somebody_who_reads_for_long_delays_it_and_loses_nothing(filling: Workspace) -> None:
    fill(filling, 1, first=False)
    reading, over = threading.Event(), threading.Event()

    def read() -> None:
        with filling.reading() as db:
            db.execute("SELECT count(*) FROM filling").fetchone()
            reading.set()
            over.wait(30)

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(30)
    for _ in range(20):
        fill(filling, 400, first=False)
    pinned = log(filling)
    over.set()
    reader.join()
    for _ in range(40):
        fill(filling, 400, first=False)
    assert log(filling) < 2 * pinned  # it is used again from its beginning
    with filling.reading() as db:
        assert db.execute("SELECT count(*) FROM filling").fetchone() == (1 + 60 * 400,)


def test_a_disk_that_refuses_a_checkpoint_makes_no_failure_of_what_is_saved(
    filling: Workspace, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        """The connection of a disk that takes no more pages of the database."""

        def __init__(self, db: sqlite3.Connection) -> None:
            self._db = db

        def execute(self, statement: str) -> sqlite3.Cursor:
            if "checkpoint" in statement:
                raise sqlite3.OperationalError("disk I/O error")
            return self._db.execute(statement)

    monkeypatch.setattr(filling, "_checkpoints", checkpoints.Checkpoints(Refusing(filling._db)))  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            fill(filling, 400, first=False)
    assert "no checkpoint" in caplog.text
    with filling.reading() as db:
        assert db.execute("SELECT count(*) FROM filling").fetchone() == (1200,)
