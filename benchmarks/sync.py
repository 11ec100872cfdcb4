"""What syncing costs, as ratios in one run.

    PYTHONPATH=. .venv/bin/python benchmarks/sync.py [--laptops N] [--records N…] [--rounds N]

Merging 100 laptops × 200 findings with 60,000 references to 6,000 photos of at most 30 KB into an empty office: at most
1.5 times raw executemany of the same rows with the same indexes, and hashing and copying the same files with fsync. A
sync with nothing new: flat within 1.5 times whatever the ledger holds (10⁴ and 10⁵ records, more with --records).
What a person notices meanwhile: benchmarks/beside.py.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import sqlite3
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from measure import bare, report

from inspector.exchange.layout import BatchFile, BlobFile
from inspector.ledger.record import Batch, Record
from inspector.services import sync, workspaces
from inspector.store import projections, records
from inspector.store.workspace import DATABASE, Workspace, connect
from tests.exchange.desk import NOW, everybody
from tests.histories import LEDGER, Laptop

FINDINGS = 10
"""Findings of an inspection: a batch."""
VISITS = 20
PHOTOS = 3
"""Photos of an inspection; each finding names all of them."""
TABLES = ("batch", "run", *projections.TABLES)


def visit(
    laptop: Laptop, number: int, chance: random.Random, *, photos: int = PHOTOS
) -> tuple[Batch, list[bytes]]:
    """A signed visit with its findings and photos."""
    taken = [chance.randbytes(chance.randrange(20_000, 30_000)) for _ in range(photos)]
    blobs = tuple((hashlib.sha256(photo).hexdigest(), len(photo)) for photo in taken)
    name = f"{laptop.id[:8]}{number:08}".upper()
    made = [Record("inspection", f"inspection:{name}", (), {"set": {"n": number}})]
    made += [
        Record(
            "finding",
            f"finding:{name}{place}",
            (),
            {
                "set": {
                    "inspection": f"inspection:{name}",
                    "site": f"site:{number}",
                    "item": f"GC-{place:02}",
                    "place": "东门南侧",
                    "description": "地面有积水，垃圾未及时清理",
                    "found_on": "2026-11-23T10:00:00+08:00",
                    "severity": "minor",
                    "lead_unit": "unit:示例县城市管理局",
                }
            },
            blobs,
        )
        for place in range(FINDINGS)
    ]
    return laptop.batch(made), taken


def remote_of(path: Path, laptops: int) -> None:
    """A share with the work of so many laptops, written past our own code."""
    chance = random.Random(1)
    (path / "inspector-remote.json").parent.mkdir(parents=True)
    for number in range(laptops):
        laptop = Laptop(number)
        batches = []
        for place in range(VISITS):
            batch, photos = visit(laptop, place, chance)
            batches.append(batch)
            for photo in photos:
                put(path, BlobFile(hashlib.sha256(photo).hexdigest(), len(photo)).name, photo)
        lines = b"".join(batch.line for batch in batches)
        name = BatchFile(laptop.id, 1, len(batches), batches[-1].hash[:16], len(lines)).name
        put(path, name, lines)
    put(path, "inspector-remote.json", b'{"ledger":"%s","v":1}' % LEDGER.encode())


def put(path: Path, name: str, data: bytes) -> None:
    file = path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def merged(folder: Path, remote: Path) -> float:
    """The seconds that an empty office takes to take everything in."""
    with workspaces.create(folder, ledger=LEDGER) as office:
        begin = perf_counter()
        done = sync.run(office, sync.reached(office, remote), now=NOW, accept=everybody)
        seconds = perf_counter() - begin
        if not done.complete or done.missing:
            raise AssertionError(done)
    return seconds


def raw(folder: Path, office: Path, remote: Path) -> float:
    """The seconds of the same rows and files without any of our code."""
    with connect(office / DATABASE, read_only=True) as source:
        rows: dict[str, list[Any]] = {
            table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES
        }
        schema = [
            sql
            for (sql, table) in source.execute(
                "SELECT sql, tbl_name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC"
            )
            if table in TABLES
        ]
    folder.mkdir()
    files = [file for file in (remote / "blobs").rglob("*") if file.is_file()]
    db = bare(folder / "raw.db")
    begin = perf_counter()
    for statement in schema:
        db.execute(statement)
    db.execute("BEGIN")
    for table, values in rows.items():
        marks = ", ".join("?" * len(values[0])) if values else ""
        if values:
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
    db.execute("COMMIT")
    for file in files:
        data = file.read_bytes()
        name = hashlib.sha256(data).hexdigest()
        target = folder / name[:2] / name
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    seconds = perf_counter() - begin
    db.close()
    return seconds


def merging(folder: Path, laptops: int, rounds: int) -> bool:
    """Merging against the raw statements."""
    remote = folder / "remote"
    remote_of(remote, laptops)
    ours, theirs = [], []
    for number in range(rounds):
        office = folder / f"office-{number}"
        ours.append(merged(office, remote))
        theirs.append(raw(folder / f"raw-{number}", office, remote))
        shutil.rmtree(office)
        shutil.rmtree(folder / f"raw-{number}")
    return report(
        f"merge {laptops} laptops",
        statistics.median(ours),
        "raw rows and files",
        statistics.median(theirs),
        1.5,
    )


def long_ledger(workspace: Workspace, count: int) -> None:
    """A ledger of so many records, of ten devices."""
    laptops = [Laptop(number) for number in range(10)]
    batches: list[Batch] = []
    for number in range(count // 200):
        laptop = laptops[number % len(laptops)]
        made = [
            Record("finding", f"finding:{number:08}{place:04}", (), {"set": {"place": "东门"}})
            for place in range(200)
        ]
        batches.append(laptop.batch(made))
        if len(batches) == 20:
            _take(workspace, batches)
            batches = []
    _take(workspace, batches)


def _take(workspace: Workspace, batches: list[Batch]) -> None:
    with workspace.transaction() as db:
        records.receive(db, batches)


def nothing_new(folder: Path, sizes: list[int], rounds: int) -> bool:
    """A sync with nothing new, over ledgers of several sizes."""
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    for size in sizes:
        path, remote = folder / f"w-{size}", folder / f"r-{size}"
        remote.mkdir()
        with workspaces.create(path, ledger=LEDGER) as workspace:
            long_ledger(workspace, size)
            sync.run(workspace, sync.reached(workspace, remote), now=NOW)
    for _ in range(rounds):
        for size in sizes:
            with workspaces.opened(folder / f"w-{size}") as workspace:
                begin = perf_counter()
                done = sync.run(workspace, sync.reached(workspace, folder / f"r-{size}"), now=NOW)
                seconds[size].append(perf_counter() - begin)
                if not done.complete or done.put_files:
                    raise AssertionError(done)
    kept = True
    small = statistics.median(seconds[sizes[0]])
    for size in sizes[1:]:
        kept &= report(
            f"nothing new in {size}", statistics.median(seconds[size]), f"in {sizes[0]}", small, 1.5
        )
    return kept


def a_day(folder: Path, size: int) -> bool:
    """A day of one laptop (200 findings, no photos) into the ledger of `size` records, against pygeodiff: changeset
    and rebase of two sides with as many rows, on a table of that size. pygeodiff is no dependency of ours: install it
    beside, else this is left out."""
    try:
        from pygeodiff import GeoDiff
    except ImportError:
        print("a day of one laptop / pygeodiff | not installed")
        return True
    laptop, chance, remote = Laptop(77), random.Random(2), folder / f"r-{size}"
    batches = [visit(laptop, number, chance, photos=0)[0] for number in range(VISITS)]
    lines = b"".join(batch.line for batch in batches)
    put(remote, BatchFile(laptop.id, 1, VISITS, batches[-1].hash[:16], len(lines)).name, lines)
    with workspaces.opened(folder / f"w-{size}") as workspace:
        begin = perf_counter()
        done = sync.run(workspace, sync.reached(workspace, remote), now=NOW, accept=everybody)
        ours = perf_counter() - begin
        if done.taken.batches != VISITS:
            raise AssertionError(done)
    base, mine, theirs = (folder / f"{name}.gpkg" for name in ("base", "mine", "theirs"))
    with sqlite3.connect(base) as db:
        db.execute("CREATE TABLE finding (id INTEGER PRIMARY KEY, place TEXT, state TEXT, description TEXT)")
        rows = ((number, "东门南侧", "open", "地面有积水，垃圾未及时清理" * 10) for number in range(size))
        db.executemany("INSERT INTO finding VALUES (?, ?, ?, ?)", rows)
    for side in (mine, theirs):
        shutil.copyfile(base, side)
        with sqlite3.connect(side) as db:
            new = (
                (size + number, side.name, "open", "地面有积水" * 10) for number in range(VISITS * FINDINGS)
            )
            db.executemany("INSERT INTO finding VALUES (?, ?, ?, ?)", new)
    geodiff = GeoDiff()
    begin = perf_counter()
    geodiff.create_changeset(str(base), str(mine), str(folder / "changes"))
    geodiff.rebase(str(base), str(theirs), str(mine), str(folder / "conflicts"))
    peer = perf_counter() - begin
    return report(f"a day of one laptop into {size}", ours, "pygeodiff", peer, 1 / 20)


def main() -> Iterator[bool]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--laptops", type=int, default=100)
    parser.add_argument("--records", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with TemporaryDirectory() as data:
        os.environ["XDG_DATA_HOME"] = data
        yield merging(Path(data), given.laptops, given.rounds)
        yield nothing_new(Path(data), given.records, 10)
        yield a_day(Path(data), given.records[-1])


if __name__ == "__main__":
    sqlite3.enable_callback_tracebacks(True)
    sys.exit(0 if all(list(main())) else 1)
