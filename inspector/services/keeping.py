"""What this laptop keeps of others' photos. An office keeps everything; a team its own, those of findings that it may
have to re-inspect, and everybody's documents. What is not kept is not asked for; nothing is removed by itself."""

from __future__ import annotations

import json
import sqlite3

import msgspec

from inspector.exchange import signed
from inspector.exchange.signed import Seen
from inspector.model.errors import BadInput
from inspector.services import copies
from inspector.store import blobs, local, met, records
from inspector.store.records import EVERYTHING as EVERYTHING
from inspector.store.records import PAPERS as PAPERS
from inspector.store.workspace import Workspace

OTHERS = 2
"""So many other devices must hold an original, as they say, before it may go from here."""


class Released(msgspec.Struct, frozen=True):
    """The originals that go from this laptop, and how many bytes that frees."""

    blobs: int
    bytes: int


def choose(workspace: Workspace, keeps: str) -> None:
    """From now on this laptop asks for `everything`, or for `papers` and what a team needs. Raises BadInput
    `keeps-unknown`."""
    if keeps not in (EVERYTHING, PAPERS):
        raise BadInput("keeps-unknown", keeps=keeps)
    with workspace.transaction() as db:
        local.put(db, records.KEEPS, keeps)


def chosen(workspace: Workspace) -> str:
    """What this laptop keeps: `everything`, or `papers`."""
    with workspace.reading() as db:
        return local.get(db, records.KEEPS, EVERYTHING)


def releasable(workspace: Workspace) -> Released:
    """What `release` would remove now. It asks of each photo who holds it: seconds for thousands."""
    going = _may_go(workspace)
    return Released(len(going), sum(blobs.size(workspace, blob) for blob in going))


def release(workspace: Workspace) -> Released:
    """Removes others' photos that this laptop would not ask for and that two other devices hold; its own never. Raises
    Environment."""
    going = _may_go(workspace)
    size = 0
    for blob in going:
        size += blobs.size(workspace, blob)
        blobs.remove(workspace, blob)
    return Released(len(going), size)


def _may_go(workspace: Workspace) -> list[str]:
    with workspace.reading() as db:
        if local.get(db, records.KEEPS, EVERYTHING) == EVERYTHING:
            return []
        others = [signed.read(one.line, Seen, workspace.ledger) for one in met.seen(db)]
        candidates = (records.named_blobs(db) & blobs.names(workspace)) - records.asked_for(db) - _own(db)
        return [blob for blob in sorted(candidates) if copies.holders_of(db, others, blob) >= OTHERS]


def _own(db: sqlite3.Connection) -> set[str]:
    """What this laptop itself has signed or works with."""
    rows = db.execute(
        "SELECT record_blob.blob FROM batch JOIN record ON record.batch = batch.hash"
        " JOIN record_blob ON record_blob.entity = record.entity"
        " WHERE batch.device IN (SELECT value FROM json_each(?)) UNION SELECT sha256 FROM photo",
        (json.dumps([local.get(db, "device"), *local.get(db, "former").split()]),),
    ).fetchall()
    return {blob for (blob,) in rows}
