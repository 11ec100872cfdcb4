"""Which batches are here, in few rows: runs of a device's chain in which each batch follows the one before.

A device without gaps and forks is one run, however many batches it wrote: what is new on a remote, and what a remote
lacks, costs by devices and not by records. A run begins at the chain's beginning, after a gap (`base` is not here), or
where a fork leaves another run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec


class Row(msgspec.Struct, frozen=True):
    """The batches `first` to `last` of a device; `tip` is the hash of the last, `base` that of the one before the
    first ("" at the beginning)."""

    device: str
    first: int
    base: str
    last: int
    tip: str


def extend(db: sqlite3.Connection, device: str, seq: int, prev: str, digest: str) -> None:
    """A batch was stored: it lengthens a run, closes a gap, or begins a run of its own."""
    before = db.execute(
        "SELECT first, base FROM run WHERE device = ? AND tip = ? AND last = ?", (device, prev, seq - 1)
    ).fetchone()
    first, base = before or (seq, prev)
    if before:
        db.execute("DELETE FROM run WHERE device = ? AND tip = ?", (device, prev))
    after = db.execute(
        "SELECT last, tip FROM run WHERE device = ? AND first = ? AND base = ? ORDER BY tip LIMIT 1",
        (device, seq + 1, digest),
    ).fetchone()
    last, tip = after or (seq, digest)
    db.execute(
        "INSERT OR REPLACE INTO run (device, first, base, last, tip) VALUES (?, ?, ?, ?, ?)",
        (device, first, base, last, tip),
    )


def rebuild(db: sqlite3.Connection) -> None:
    """All runs again, from the batches alone. (Which arm of a fork is a run of its own depends on the order; what is
    here does not.)"""
    db.execute("DELETE FROM run")
    for batch in db.execute(
        "SELECT device, seq, prev, hash FROM batch ORDER BY device, seq, hash"
    ).fetchall():
        extend(db, *batch)


def every(db: sqlite3.Connection) -> list[Row]:
    """All runs, by device and place."""
    return [
        Row(*row) for row in db.execute("SELECT device, first, base, last, tip FROM run ORDER BY 1, 2, 4, 5")
    ]


def holds(db: sqlite3.Connection, device: str, first: int, last: int, tip: str) -> bool:
    """Whether the batches `first` to `last` that end with the batch whose hash begins with `tip` are all here."""
    end = next((row for row in _at(db, device, last) if row.startswith(tip)), None)
    return end is not None and _from(db, device, last, end) <= first


def members(db: sqlite3.Connection, run: Row, first: int) -> list[str]:
    """The hashes of the run's batches from the number `first` on, in order."""
    rows = db.execute(
        "SELECT hash, prev FROM batch WHERE device = ? AND seq BETWEEN ? AND ?", (run.device, first, run.last)
    ).fetchall()
    before = dict(rows)
    found = []
    digest = run.tip
    for _ in range(run.last - first + 1):
        found.append(digest)
        digest = before[digest]
    return found[::-1]


def _at(db: sqlite3.Connection, device: str, seq: int) -> Iterator[str]:
    for (digest,) in db.execute("SELECT hash FROM batch WHERE device = ? AND seq = ?", (device, seq)):
        yield digest


def _from(db: sqlite3.Connection, device: str, seq: int, digest: str) -> int:
    """The first number of the unbroken chain that ends with a batch which is here."""
    rows = [
        Row(*row)
        for row in db.execute("SELECT device, first, base, last, tip FROM run WHERE device = ?", (device,))
    ]
    while True:
        run = _containing(db, rows, seq, digest)
        seq, digest = run.first - 1, run.base
        if digest not in _at(db, device, seq):
            return run.first


def _containing(db: sqlite3.Connection, rows: list[Row], seq: int, digest: str) -> Row:
    around = [row for row in rows if row.first <= seq <= row.last]
    if len(around) == 1:
        return around[0]
    return next(row for row in around if members(db, row, seq)[0] == digest)  # forks: few, and short


def uncovered(
    db: sqlite3.Connection, run: Row, there: Iterable[tuple[int, int, str]]
) -> list[tuple[int, int]]:
    """The numbers (first, last) of the run that no file covers. `there` are the files of its device: first, last, and
    the beginning of the last one's hash."""
    covered = []
    for first, last, tip in there:
        if run.first <= last <= run.last:
            hashes = list(_at(db, run.device, last))
            own = hashes[0] if len(hashes) == 1 else members(db, run, last)[0]
            if own.startswith(tip):
                covered.append((max(first, run.first), last))
    left, begin = [], run.first
    for first, last in sorted(covered):
        if first > begin:
            left.append((begin, first - 1))
        begin = max(begin, last + 1)
    if begin <= run.last:
        left.append((begin, run.last))
    return left


def chain_to(db: sqlite3.Connection, device: str, first: int, last: int, tip: str) -> list[str] | None:
    """The hashes of exactly these batches, in order; None unless all are here."""
    digest = next((one for one in _at(db, device, last) if one.startswith(tip)), None)
    found: list[str] = []
    while digest:
        row = db.execute(
            "SELECT seq, prev FROM batch WHERE hash = ? AND device = ?", (digest, device)
        ).fetchone()
        if not row or row[0] != last - len(found):
            return None
        found.append(digest)
        if row[0] == first:
            return found[::-1]
        digest = row[1]
    return None
