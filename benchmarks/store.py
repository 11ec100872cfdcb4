"""What the store costs over its own statements on a bare connection: medians in random order, with a control.

    PYTHONPATH=. .venv/bin/python benchmarks/store.py [--rounds N]

One draft answer saved durably (checked, encoded, with its undo) at most 1.15 times the same statements; one signed act
(the batch of a sheet with three findings: encoded, signed, stored, projected) at most 1.5 times the same rows. Both
sides are WAL with synchronous=FULL on one disk; a round is twenty acts.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from measure import bare, measure, report

from inspector.ledger.record import Record, fresh_id
from inspector.model.answer import Answer
from inspector.model.words import Verdict
from inspector.services import drafts, workspaces
from inspector.store import projections, records
from inspector.store.workspace import Workspace
from tests import county
from tests.county import NOW, County

ACTS = 20
AT = drafts.stamp(NOW)
ITEM = "GC-01"
LEDGER = ("batch", "run", *projections.TABLES)


def repeated(act: Callable[[], object]) -> Callable[[], None]:
    """A round."""

    def round_() -> None:
        for _ in range(ACTS):
            act()

    return round_


def answers() -> Iterator[Answer]:
    """Answers without end, each another one than the one before."""
    for number in itertools.count():
        yield Answer(verdict=Verdict.FAIL if number % 2 else Verdict.PASS, note=f"第 {number} 次")


def saved(workspace: Workspace, draft: str) -> Callable[[], None]:
    """An answer, as the window saves it."""
    given = answers()
    return lambda: drafts.answer(workspace, draft, ITEM, next(given), now=NOW)


def bare_answer(db: sqlite3.Connection, draft: str) -> Callable[[], None]:
    """The statements of an answer, its value ready."""
    path = f"answers/{ITEM}"
    values = [msgspec.json.encode(value) for value in itertools.islice(answers(), 2000)]
    number = itertools.count()

    def act() -> None:
        value = values[next(number)]
        db.execute("BEGIN IMMEDIATE")
        n = 1 + db.execute("SELECT state, act FROM draft WHERE id = ?", (draft,)).fetchone()[1]
        db.execute("DELETE FROM draft_act WHERE draft = ? AND (n >= ? OR n <= ?)", (draft, n, n - 50))
        before = db.execute(
            "SELECT value FROM draft_part WHERE draft = ? AND path = ?", (draft, path)
        ).fetchone()
        db.execute(
            "INSERT INTO draft_act (draft, n, path, name, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            (draft, n, path, f"act-answer {ITEM}", before and before[0], value),
        )
        db.execute(
            "INSERT INTO draft_part (draft, path, value) VALUES (?, ?, ?)"
            " ON CONFLICT (draft, path) DO UPDATE SET value = excluded.value",
            (draft, path, value),
        )
        db.execute("UPDATE draft SET act = ?, changed = ? WHERE id = ?", (n, AT, draft))
        db.execute("COMMIT")

    return act


def signed_act(workspace: Workspace) -> tuple[Record, ...]:
    """The records of a signed sheet with three findings."""
    example = County(workspace)
    draft = example.passed()
    for item in ("GC-05", "GC-06", "GC-07"):
        example.found(draft, item)
    example.signed(draft)
    with workspace.reading() as db:
        header = db.execute("SELECT header FROM batch ORDER BY rowid DESC LIMIT 1").fetchone()[0]
    return msgspec.convert(msgspec.json.decode(header)["records"], tuple[Record, ...])


def another(act: tuple[Record, ...]) -> tuple[Record, ...]:
    """The same records of another inspection and other findings."""
    text = msgspec.json.encode(act)
    for record in act:
        if record.kind in ("inspection", "finding"):
            text = text.replace(record.entity.encode(), f"{record.kind}:{fresh_id()}".encode())
    new = msgspec.json.decode(text, type=tuple[Record, ...])
    return tuple(record for record in new if record.kind != "site")


def appended(workspace: Workspace, acts: Iterator[tuple[Record, ...]]) -> Callable[[], None]:
    """A signed act, as the store appends it."""

    def act() -> None:
        with workspace.transaction() as db:
            records.append(db, workspace, next(acts), person=None, wall=AT)

    return act


def rows_of(workspace: Workspace, act: tuple[Record, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """What appending the act writes, table by table."""
    with workspace.transaction() as db:
        before = {table: set(db.execute(f"SELECT * FROM {table}").fetchall()) for table in LEDGER}
        records.append(db, workspace, act, person=None, wall=AT)
        after = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in LEDGER}
        new = {table: [row for row in after[table] if row not in before[table]] for table in LEDGER}
        db.execute("ROLLBACK")
        db.execute("BEGIN")
    return new


def bare_rows(
    db: sqlite3.Connection, ready: Iterator[dict[str, list[tuple[Any, ...]]]]
) -> Callable[[], None]:
    """The rows of a signed act, ready."""

    def act() -> None:
        rows = next(ready)
        db.execute("BEGIN IMMEDIATE")
        for table, given in rows.items():
            if given:
                marks = ", ".join("?" * len(given[0]))
                db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", given)
        db.execute("COMMIT")

    return act


def main() -> int:
    """Prints the figures; 1 if a limit is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=25)
    rounds: int = arguments.parse_args().rounds
    with TemporaryDirectory(dir=Path(__file__).parent) as folder:  # a real disk: /tmp may be memory
        os.environ["XDG_DATA_HOME"] = folder
        return _compared(Path(folder), rounds)


def _compared(folder: Path, rounds: int) -> int:
    county.made(folder / "ours")
    with workspaces.opened(folder / "ours") as workspace:
        sheet = signed_act(workspace)
        draft = County(workspace).draft()
        acts = [another(sheet) for _ in range((rounds + 2) * ACTS)]
        rows = [rows_of(workspace, act) for act in acts]
        for name in ("bare", "control"):
            shutil.copytree(folder / "ours", folder / name)
        plain, control = (bare(folder / name / "inspector.db") for name in ("bare", "control"))
        ways = {
            "answer": repeated(saved(workspace, draft)),
            "its statements": repeated(bare_answer(plain, draft)),
            "its statements again": repeated(bare_answer(control, draft)),
            "act": repeated(appended(workspace, iter(acts))),
            "its rows": repeated(bare_rows(plain, iter(rows))),
            "its rows again": repeated(bare_rows(control, iter(rows))),
        }
        print(
            f"{rounds} rounds of {ACTS}; an act of {len(acts[0])} records, {len(rows[0]['batch'][0][4])} bytes"
        )
        seconds = {name: value / ACTS for name, value in measure(ways, rounds=rounds).items()}
        plain.close()
        control.close()
    kept = [
        report("one answer", seconds["answer"], "its statements", seconds["its statements"], 1.15),
        report("one signed act", seconds["act"], "its rows", seconds["its rows"], 1.5),
    ]
    for name in ("its statements", "its rows"):
        report(f"{name} again", seconds[f"{name} again"], name, seconds[name], 1.1)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
