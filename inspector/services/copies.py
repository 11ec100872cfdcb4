"""Where a second copy lies: 只在本机, 已交 U 盘（等回执）, 已有第二份. And the other laptops: what each has, and lacks.

A stick is no copy. A second copy is there when another accepted device has said, signed, that it holds the batch and
lacks none of its photos and documents.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from inspector.exchange import signed
from inspector.exchange.signed import MAX_LABEL, Run, Seen
from inspector.model.errors import BadInput
from inspector.services import receipts
from inspector.services.drafts import stamp
from inspector.store import blobs, drafts, local, met, records, runs
from inspector.store.workspace import Workspace


class Copy(StrEnum):
    """Where something that was signed lies."""

    HERE = "here"
    """只在本机"""
    HANDED = "handed"
    """已交 U 盘（等回执）"""
    SECOND = "second"
    """已有第二份"""


class Standing(msgspec.Struct, frozen=True):
    """Where it lies: `where` are the remotes, or the labels of the devices that hold it."""

    copy: Copy
    where: tuple[str, ...] = ()


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """How many inspections there are, how many of them and how many blobs lie here alone, how many were handed over and
    wait for a receipt; `missing` are blobs that records name and that are not here."""

    inspections: int
    inspections_here: int
    inspections_handed: int
    blobs_here: int
    missing: int


class Laptop(msgspec.Struct, frozen=True, kw_only=True):
    """A device of the ledger: how its people call it, when it last said what it holds (RFC 3339, by its own clock; now
    for this one), how many batches of ours it lacks, how many blobs it wants, how many drafts it has open. For this
    laptop `lacks` counts its batches that no other device holds."""

    device: str
    label: str
    said: str
    own: bool
    lacks: int
    wants: int
    drafts: int


def name_device(workspace: Workspace, label: str) -> None:
    """Call this laptop `label` (03 号机). Raises BadInput `device-label-invalid`."""
    tidy = label.strip()
    if not tidy or len(tidy) > MAX_LABEL or not tidy.isprintable():
        raise BadInput("device-label-invalid", most=MAX_LABEL)
    with workspace.transaction() as db:
        local.put(db, "label", tidy)


def own_label(workspace: Workspace) -> str:
    """How this laptop's people call it; until they say so, as the computer is called."""
    with workspace.reading() as db:
        return receipts.label(db)


def of_inspection(workspace: Workspace, inspection: str) -> Standing:
    """Where an inspection with all its records, its photos and its sheet lies. Raises BadInput `inspection-unknown`."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT batch.hash, batch.device, batch.seq FROM record JOIN batch ON batch.hash = record.batch"
            " WHERE record.entity = ?",
            (inspection,),
        ).fetchall()
        if not rows:
            raise BadInput("inspection-unknown", inspection=inspection)
        others = _others(db, workspace.ledger)
        holders = [
            seen.label or seen.device[:8] for seen in others if all(_holds(db, seen, *row) for row in rows)
        ]
        if holders:
            return Standing(Copy.SECOND, tuple(holders))
        places = [
            place.place for place in met.places(db) if all(_covered(db, _held(place), *row) for row in rows)
        ]
    return Standing(Copy.HANDED, tuple(places)) if places else Standing(Copy.HERE)


def standings(workspace: Workspace) -> dict[str, Copy]:
    """The inspections that have no second copy yet; all others have one."""
    with workspace.reading() as db:
        others = _others(db, workspace.ledger)
        alone = _without(db, [run for seen in others for run in seen.held])
        alone |= {
            digest
            for digest, device, seq in _that_are_wanted(db, others)
            if not any(_holds(db, seen, digest, device, seq) for seen in others)
        }
        handed = alone - _without(db, [run for place in met.places(db) for run in _held(place)])
        found: dict[str, Copy] = {}
        for digest in sorted(alone):
            for (entity,) in db.execute(
                "SELECT entity FROM record WHERE batch = ? AND kind = 'inspection'", (digest,)
            ):
                word = Copy.HANDED if digest in handed else Copy.HERE
                found[entity] = Copy.HERE if found.get(entity) is Copy.HERE else word
    return found


def overview(workspace: Workspace) -> Overview:
    """What the line under 同步 says."""
    words = list(standings(workspace).values())
    here = blobs.names(workspace)
    with workspace.reading() as db:
        others = _others(db, workspace.ledger)
        held = [run for seen in others for run in seen.held] + [
            run for place in met.places(db) for run in _held(place)
        ]
        alone = {
            blob for line in records.lines(db, sorted(_without(db, held))) for blob in records.blobs_of(line)
        }
        (signed,) = db.execute("SELECT count(*) FROM entity WHERE kind = 'inspection'").fetchone()
    return Overview(
        inspections=signed,
        inspections_here=words.count(Copy.HERE),
        inspections_handed=words.count(Copy.HANDED),
        blobs_here=len(alone & here),
        missing=len(receipts.wanted(workspace)),
    )


def laptops(workspace: Workspace, *, now: datetime) -> list[Laptop]:
    """All devices that said what they hold, this one first, then those that were heard last."""
    with workspace.reading() as db:
        others = _others(db, workspace.ledger)
        own = Laptop(
            device=workspace.device.id,
            label=receipts.label(db),
            said=stamp(now),
            own=True,
            lacks=len(_without(db, [run for seen in others for run in seen.held])),
            wants=len(receipts.wanted(workspace)),
            drafts=len(drafts.rows(db)),
        )
        found = [
            Laptop(
                device=seen.device,
                label=seen.label,
                said=seen.wall,
                own=False,
                lacks=len(_without(db, seen.held)),
                wants=len(seen.wanted),
                drafts=len(seen.drafts),
            )
            for seen in others
        ]
    return [own, *sorted(found, key=lambda one: (one.said, one.device), reverse=True)]


def _others(db: sqlite3.Connection, ledger: str) -> list[Seen]:
    return [signed.read(one.line, Seen, ledger) for one in met.seen(db)]


def _held(place: met.Place) -> list[Run]:
    return msgspec.json.decode(place.held, type=list[Run])


def _without(db: sqlite3.Connection, claims: Iterable[Run]) -> set[str]:
    """The batches that are here and that no run of `claims` covers."""
    by_device: dict[str, list[tuple[int, int, str]]] = {}
    for run in claims:
        by_device.setdefault(run.device, []).append((run.first, run.last, run.tip))
    found: set[str] = set()
    for row in runs.every(db):
        for first, last in runs.uncovered(db, row, by_device.get(row.device, ())):
            found.update(runs.members(db, row, first)[: last - first + 1])
    return found


def _covered(db: sqlite3.Connection, held: Iterable[Run], digest: str, device: str, seq: int) -> bool:
    """Whether one of the runs contains the batch; one whose end is not here proves nothing."""
    for run in held:
        if run.device == device and run.first <= seq <= run.last:
            chain = runs.chain_to(db, device, seq, run.last, run.tip)
            if chain and chain[0] == digest:
                return True
    return False


def _holds(db: sqlite3.Connection, seen: Seen, digest: str, device: str, seq: int) -> bool:
    """Whether a device holds a batch with everything that it names."""
    if not _covered(db, seen.held, digest, device, seq):
        return False
    (line,) = records.lines(db, (digest,))
    return all(_says_to_hold(seen, device, line, blob) for blob in records.blobs_of(line))


def holders_of(db: sqlite3.Connection, others: Iterable[Seen], blob: str) -> int:
    """How many of the devices say that they hold an original."""
    batches = db.execute(
        "SELECT DISTINCT batch.hash, batch.device, batch.seq FROM record_blob"
        " JOIN record ON record.entity = record_blob.entity JOIN batch ON batch.hash = record.batch"
        " WHERE record_blob.blob = ?",
        (blob,),
    ).fetchall()
    lines = {digest: records.lines(db, (digest,))[0] for digest, _, _ in batches}
    naming = [row for row in batches if blob in records.blobs_of(lines[row[0]])]
    return sum(
        any(
            _covered(db, seen.held, *row) and _says_to_hold(seen, row[1], lines[row[0]], blob)
            for row in naming
        )
        for seen in others
    )


def _says_to_hold(seen: Seen, author: str, line: bytes, blob: str) -> bool:
    """Whether a device that has a batch has said that it has a blob of it: it wants none that it lacks, and a team's
    laptop does not want the photos of others' findings."""
    if blob in seen.wanted or len(seen.wanted) >= receipts.MOST_NAMED:
        return False
    return seen.keeps == records.EVERYTHING or seen.device == author or blob in records.papers_of(line)


def _that_are_wanted(db: sqlite3.Connection, others: Iterable[Seen]) -> set[tuple[str, str, int]]:
    """The batches of which some device wants a blob."""
    found: set[tuple[str, str, int]] = set()
    for blob in {blob for seen in others for blob in seen.wanted}:
        found.update(
            db.execute(
                "SELECT DISTINCT batch.hash, batch.device, batch.seq FROM record_blob"
                " JOIN record ON record.entity = record_blob.entity JOIN batch ON batch.hash = record.batch"
                " WHERE record_blob.blob = ?",
                (blob,),
            )
        )
    return found
