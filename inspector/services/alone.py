"""How much of this laptop lies nowhere else, in one number: for the line that is always in sight. Where each thing lies
is said by `services.copies`; this is asked at every step in the window, and loads nothing that verifies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from inspector.store import local, met, runs
from inspector.store.workspace import Workspace


class _Run(msgspec.Struct):
    device: str
    first: int
    last: int
    tip: str


class _Seen(msgspec.Struct):
    held: list[_Run]


def inspections(workspace: Workspace) -> int:
    """How many inspections that were signed on this laptop (also before it was restored, as another device) no other
    laptop has, and no stick or share either."""
    count = 0
    with workspace.reading() as db:
        own = {local.get(db, "device"), *local.get(db, "former").split()}
        claims: dict[str, list[tuple[int, int, str]]] = {device: [] for device in own}
        for run in _held_elsewhere(db):
            if run.device in own:
                claims[run.device].append((run.first, run.last, run.tip))
        for row in (row for row in runs.every(db) if row.device in own):
            for first, last in runs.uncovered(db, row, claims[row.device]):
                (here,) = db.execute(
                    # by the key, whose first word is the kind: records of other kinds are not gone through
                    "SELECT count(DISTINCT record.entity) FROM record CROSS JOIN batch ON batch.hash = record.batch"
                    " WHERE record.entity > 'inspection:' AND record.entity < 'inspection;'"
                    " AND batch.device = ? AND batch.seq BETWEEN ? AND ?",
                    (row.device, first, last),
                ).fetchone()
                count += here
    return count


def _held_elsewhere(db: sqlite3.Connection) -> Iterator[_Run]:
    """What others have said that they hold (verified when it came), and what was brought to sticks and shares."""
    for said in met.seen(db):
        yield from msgspec.json.decode(said.line.partition(b"\t")[0], type=_Seen).held
    for place in met.places(db):
        yield from msgspec.json.decode(place.held, type=list[_Run])
