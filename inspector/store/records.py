"""The ledger (总账) as stored: batches, appended by this device or taken from others."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterable

import msgspec

from inspector.ledger import record
from inspector.ledger.record import Batch, Record
from inspector.store import local, projections, runs
from inspector.store.workspace import Workspace

KEEPS, EVERYTHING, PAPERS = "keeps", "everything", "papers"
"""The local fact that says what of others' originals this laptop keeps, and its two values."""


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
    projections.take_in(db, (batch,))
    workspace.committed(batch.header.seq, batch.hash)
    return batch


def receive(db: sqlite3.Connection, batches: Iterable[Batch]) -> list[Batch]:
    """Batches of any device, verified by `ledger.record.read_line`; those that are new here, stored and projected."""
    new = []
    for batch in batches:
        if not db.execute("SELECT 1 FROM batch WHERE hash = ?", (batch.hash,)).fetchone():
            _store(db, batch)
            new.append(batch)
    projections.take_in(db, new)
    return new


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
    runs.extend(db, header.device, header.seq, header.prev, batch.hash)


def lines(db: sqlite3.Connection, hashes: Iterable[str]) -> list[bytes]:
    """The batches of these hashes, which are here, as the lines that were signed."""
    found = []
    for digest in hashes:
        header, signature = db.execute(
            "SELECT header, signature FROM batch WHERE hash = ?", (digest,)
        ).fetchone()
        found.append(header + b"\t" + base64.b64encode(signature) + b"\n")
    return found


def papers_of(line: bytes) -> set[str]:
    """The blobs that a batch names elsewhere than at a finding: documents, forms, scans."""
    named = msgspec.json.decode(line.partition(b"\t")[0], type=_Names)
    return {blob for record in named.records if record.kind != "finding" for blob, _ in record.blobs}


def bytes_of(db: sqlite3.Connection, device: str, first: int, last: int) -> int:
    """The bytes of a device's lines from number `first` to `last`."""
    row = db.execute(
        "SELECT sum(length(header) + 90) FROM batch WHERE device = ? AND seq BETWEEN ? AND ?",
        (device, first, last),
    ).fetchone()
    return int(row[0] or 0)


def blobs_of(line: bytes) -> list[str]:
    """The blobs that the records of a batch name, in their order."""
    named = msgspec.json.decode(line.partition(b"\t")[0], type=_Names)
    return [blob for record in named.records for blob, _ in record.blobs]


def asked_for(db: sqlite3.Connection) -> set[str]:
    """The blobs that records name and that this laptop keeps: all, or with `PAPERS` documents, forms, and the photos of
    findings that wait for their re-inspection."""
    if local.get(db, KEEPS, EVERYTHING) != PAPERS:
        return named_blobs(db)
    rows = db.execute(
        "SELECT DISTINCT record_blob.blob FROM record_blob LEFT JOIN finding ON finding.id = record_blob.entity"
        " WHERE finding.id IS NULL OR finding.state = 'reported'"
    ).fetchall()
    return {blob for (blob,) in rows}


def named_blobs(db: sqlite3.Connection) -> set[str]:
    """All blobs that some record names."""
    return {blob for (blob,) in db.execute("SELECT DISTINCT blob FROM record_blob")}


class _RecordNames(msgspec.Struct):
    kind: str
    blobs: tuple[tuple[str, int], ...]


class _Names(msgspec.Struct):
    records: tuple[_RecordNames, ...]
