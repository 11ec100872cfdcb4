"""What the first page of 100,000 findings costs over a bare indexed query: medians in random order, with a control.

    PYTHONPATH=. .venv/bin/python benchmarks/findings.py [--rounds N] [--findings N]

A page of 50, read, decoded and with its marks, takes at most 3 times as long as its rows alone on a bare connection.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import measure, report

from inspector.ledger.record import Record
from inspector.services import drafts, findings, workspaces
from inspector.store import records
from inspector.store.workspace import DATABASE, Workspace
from tests import county
from tests.county import NOW

LIMIT = 3.0
PAGE = 50
BATCH = 5_000
BARE = f"""
    SELECT finding.id, finding.state, finding.stage, finding.void, entity.shown
      FROM finding JOIN entity ON entity.id = finding.id
     ORDER BY finding.found_on, finding.id LIMIT {PAGE}"""


def fill(workspace: Workspace, count: int) -> None:
    """Findings as signing records them, over two years, 40 units, 900 sites."""
    chance = random.Random(7)
    for begin in range(0, count, BATCH):
        many = tuple(record(workspace, chance, nth) for nth in range(begin, min(begin + BATCH, count)))
        with workspace.transaction() as db:
            records.append(db, workspace, many, person=None, wall=drafts.stamp(NOW))


def record(workspace: Workspace, chance: random.Random, nth: int) -> Record:
    """One finding with a photo."""
    day = f"2025-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}T09:{nth % 60:02d}:00+08:00"
    said = {
        "inspection": f"inspection:{nth // 3}",
        "site": f"site:{chance.randrange(900)}",
        "item": f"GC-{chance.randrange(1, 40):02d}",
        "place": "东门南侧",
        "description": "地面有积水，约三平方米，影响通行。",
        "severity": "minor",
        "lead_unit": f"unit:{chance.randrange(40)}",
        "helping_units": [f"unit:{chance.randrange(40)}"],
        "time_limit": {"kind": "workday", "n": 5},
        "found_on": day,
        "due": day[:10],
        "photos": [{"sha256": f"{nth:064x}", "bytes": 100_000, "role": "before"}],
    }
    return Record("finding", workspace.new_id("finding"), (), {"set": said})


def bare(db: sqlite3.Connection) -> Callable[[], object]:
    """The rows of a page."""
    return lambda: db.execute(BARE).fetchall()


def ours(workspace: Workspace) -> Callable[[], object]:
    """The page as a list shows it."""
    return lambda: [findings.marks(row, at=NOW) for row in findings.every(workspace, most=PAGE)]


def main() -> int:
    """Prints the figures; 1 if a limit is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=101)
    arguments.add_argument("--findings", type=int, default=100_000)
    given = arguments.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder, "workspace")
        county.made(path)
        with workspaces.opened(path) as workspace:
            fill(workspace, given.findings)
            with sqlite3.connect(path / DATABASE) as db:
                theirs = bare(db)
                taken = measure(
                    {"ours": ours(workspace), "bare": theirs, "control": theirs}, rounds=given.rounds
                )
    reference = "a bare indexed query"
    report("the same again (control)", taken["control"], reference, taken["bare"], 1.1)
    kept = report("first page", taken["ours"], reference, taken["bare"], LIMIT)
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
