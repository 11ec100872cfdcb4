"""The ledger (总账) as stored: batches, appended by this device or taken from others."""

from __future__ import annotations

import sqlite3

from inspector.ledger import record
from inspector.ledger.record import Batch, Record
from inspector.store import local, projections
from inspector.store.workspace import Workspace


def append(
    db: sqlite3.Connection,
    workspace: Workspace,
    records: tuple[Record, ...],
    *,
    person: str | None,
    wall: str,
) -> Batch:
    """One act of this device: signed, stored and projected in the open transaction; on the disk when that is
    committed. Raises BadInput `batch-too-large`."""
    device = workspace.device
    seq, prev = _end(db, device.id)
    batch = record.seal(
        device, ledger=workspace.ledger, seq=seq + 1, prev=prev, wall=wall, person=person, records=records
    )
    if seq == 0:
        local.put(db, "device", device.id)
    _store(db, batch)
    workspace.committed(batch.header.seq, batch.hash)
    return batch


def receive(db: sqlite3.Connection, batch: Batch) -> bool:
    """A batch of any device, verified by `ledger.record.read_line`; whether it is new here."""
    if db.execute("SELECT 1 FROM batch WHERE hash = ?", (batch.hash,)).fetchone():
        return False
    _store(db, batch)
    return True


def heads(db: sqlite3.Connection, entity: str) -> tuple[str, ...]:
    """The batches of the latest records of `entity`, sorted: the parents of a record that is written now."""
    row = db.execute("SELECT heads FROM entity WHERE id = ?", (entity,)).fetchone()
    return tuple(row[0].split()) if row else ()


def _end(db: sqlite3.Connection, device: str) -> tuple[int, str]:
    row = db.execute(
        "SELECT seq, hash FROM batch WHERE device = ? ORDER BY seq DESC, hash DESC LIMIT 1", (device,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def _store(db: sqlite3.Connection, batch: Batch) -> None:
    header = batch.header
    db.execute(
        "INSERT INTO batch (hash, device, seq, prev, header, signature) VALUES (?, ?, ?, ?, ?, ?)",
        (batch.hash, header.device, header.seq, header.prev, batch.header_bytes, batch.signature),
    )
    projections.take_in(db, batch)
