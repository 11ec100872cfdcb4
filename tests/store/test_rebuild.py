"""Lists that an older version derived are made again when a workspace is opened, from the ledger alone, also a large
one; and whoever waits is told how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.ledger.record import Record
from inspector.services import check, workspaces
from inspector.store import local, projections, records
from tests.exchange.desk import tables
from tests.histories import LEDGER, Laptop

AT_ONCE = 250


def filled(path: Path, count: int) -> None:
    """A workspace with so many findings, every tenth of them closed in a later batch."""
    laptop = Laptop(5)
    with workspaces.create(path, ledger=LEDGER) as workspace:
        for begin in range(0, count, AT_ONCE):
            many = range(begin, begin + AT_ONCE)
            found = laptop.batch(
                [
                    Record(
                        "finding",
                        f"finding:{n}",
                        (),
                        {
                            "set": {
                                "site": f"site:{n % 97}",
                                "lead_unit": f"unit:{n % 7}",
                                "found_on": f"2026-{n % 12 + 1:02}-05",
                                "due": f"2026-{n % 12 + 1:02}-20",
                            }
                        },
                        ((f"{n:064x}", n),),
                    )
                    for n in many
                ]
            )
            moves = [{"move": "pass", "at": "2026-06-06"}]
            closed = laptop.batch(
                [
                    Record("finding", f"finding:{n}", (found.hash,), {"moves": moves})
                    for n in many
                    if n % 10 == 0
                ]
            )
            with workspace.transaction() as db:
                records.receive(db, (found, closed))


def test_lists_of_an_older_version_are_made_again_when_a_workspace_is_opened(
    tmp_path: Path, long: bool
) -> None:
    path = tmp_path / "w"
    filled(path, 100_000 if long else 2_000)
    with workspaces.opened(path) as workspace:
        with workspace.reading() as db:
            before = tables(db)
        with workspace.transaction() as db:
            local.put(db, "projections", "3")
            for table in projections.TABLES:
                db.execute(f"DROP TABLE {table}")
            db.execute("CREATE TABLE finding (id TEXT PRIMARY KEY) STRICT")  # as another version had it
    told: list[float] = []
    with workspaces.opened(path, report=told.append) as workspace:
        with workspace.reading() as db:
            assert tables(db) == before
        assert check.check(workspace) == []
    assert told == sorted(told) and told[-1] == 1.0 and len(told) > 10
    with workspaces.opened(path, report=pytest.fail):  # once is enough
        pass


def test_making_lists_again_that_breaks_off_leaves_them_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "w"
    filled(path, 2 * AT_ONCE)

    class Enough(Exception):
        pass

    def enough(done: float) -> None:
        if done > 0.5:
            raise Enough

    with workspaces.opened(path) as workspace:
        with workspace.reading() as db:
            before = tables(db)
        with pytest.raises(Enough):
            check.rebuild(workspace, report=enough)
        with workspace.reading() as db:
            assert tables(db) == before
        check.rebuild(workspace)
        with workspace.reading() as db:
            assert tables(db) == before
