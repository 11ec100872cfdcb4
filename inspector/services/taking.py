"""Taking from a remote: batches, blobs, what other devices say. Everything there is hostile until verified; one broken
file is named and passed over, and blocks no other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable

import msgspec

from inspector.exchange import signed
from inspector.exchange.batches import verified
from inspector.exchange.layout import BatchFile, BlobFile, Listing, SeenFile
from inspector.ledger.record import Batch
from inspector.model import canonical
from inspector.model.errors import Damaged, InspectorError
from inspector.services.drafts import stamp
from inspector.services.haul import Haul
from inspector.store import blobs, met, records, runs

_log = logging.getLogger(__name__)

_TURN_SECONDS = 0.06
"""How long one transaction of taking aims to be, so that an answer that is typed meanwhile never waits 100 ms."""


class Stranger(msgspec.Struct, frozen=True):
    """A device that was never met, and what of it lies on the remote. `label` is what it calls itself, unproven."""

    device: str
    label: str
    batches: int
    records: int


Accept = Callable[[tuple[Stranger, ...]], bool]
"""Asked once for all devices that were never met: whether they may come in."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What came in."""

    batches: int = 0
    records: int = 0
    blobs: int = 0


def take_batches(haul: Haul, found: Listing, known: set[str]) -> Taken:
    """The batches of known devices that are new here, and what these devices say that they hold. Raises Stopped,
    Environment."""
    with haul.workspace.reading() as db:
        new = [
            one
            for one in found.batches
            if one.author in known and not runs.holds(db, one.author, one.first, one.last, one.tip)
        ]
    for odd in found.odd:
        haul.found_broken(odd, Damaged("remote-file-cut", bytes="?", named=odd.bytes))
    haul.begin("take", len(new), sum(file.bytes for file in new))
    batches, count = _take_batches(haul, new)
    _take_seen(haul, found.seen, known)
    return Taken(batches=batches, records=count)


def at_the_door(haul: Haul, found: Listing, accept: Accept) -> tuple[set[str], tuple[Stranger, ...]]:
    """The devices whose files may come in, and those that were never met and may not. Raises Environment."""
    with haul.workspace.reading() as db:
        known = met.devices(db) | {haul.workspace.device.id}
    there = {file.author for file in found.batches} | {file.device for file in found.seen}
    if not there - known:
        return known, ()
    strangers = tuple(
        one for one in (_look_at(haul, found, device) for device in sorted(there - known)) if one is not None
    )
    if not strangers or not accept(strangers):
        return known, strangers
    new = {one.device for one in strangers}
    with haul.workspace.transaction() as db:
        met.accept(db, new, at=stamp(haul.now))
    return known | new, ()


def _look_at(haul: Haul, found: Listing, device: str) -> Stranger | None:
    """What lies there of a device that was never met; None if nothing of it can be believed."""
    batches = count = 0
    label = ""
    believed = False
    for file in found.batches:
        if file.author == device:
            for one in _read_batches(haul, file):
                batches, count, believed = batches + 1, count + len(one.header.records), True
    for said in found.seen:
        if said.device == device and (seen := _read_seen(haul, said)):
            label, believed = seen[0].label, True
    return Stranger(device, label, batches, count) if believed else None


def _take_batches(haul: Haul, files: Iterable[BatchFile]) -> tuple[int, int]:
    batches = count = 0
    turn = 300  # records; adapted to what this machine does in one turn
    for file in files:
        waiting: list[Batch] = []
        size = 0
        for one in _read_batches(haul, file):
            waiting.append(one)
            size += len(one.header.records)
            if size >= turn:
                turn, new = _commit(haul, waiting, size)
                batches, count = batches + len(new), count + _records(new)
                waiting, size = [], 0
        if waiting:
            turn, new = _commit(haul, waiting, size)
            batches, count = batches + len(new), count + _records(new)
        haul.went(1, file.bytes)
    return batches, count


def _commit(haul: Haul, waiting: list[Batch], size: int) -> tuple[int, list[Batch]]:
    with haul.workspace.transaction() as db:
        began = time.monotonic()
        new = records.receive(db, waiting)
        took = time.monotonic() - began
    pace = size * _TURN_SECONDS / max(took, 0.001)
    return max(20, min(int(pace), 4 * size, 5_000)), new


def _records(batches: Iterable[Batch]) -> int:
    return sum(len(batch.header.records) for batch in batches)


def _read_batches(haul: Haul, file: BatchFile) -> Iterable[Batch]:
    try:
        data = haul.depot.read(file)
    except Damaged as error:
        haul.found_broken(file, error)
        return
    for one in verified(data, file, haul.workspace.ledger) if data is not None else ():
        if isinstance(one, InspectorError):
            haul.found_broken(file, one)
        else:
            yield one


def take_blobs(haul: Haul, there: Collection[BlobFile], lacking: set[str]) -> int:
    """The blobs of `lacking` that lie there; how many came. Raises Stopped, Environment."""
    files = sorted((file for file in there if file.blob in lacking), key=lambda file: file.name)
    haul.begin("take", len(files), sum(file.bytes for file in files))
    taken = 0
    for file in files:
        if (data := _read_blob(haul, file)) is not None:
            blobs.put(haul.workspace, data)
            taken += 1
        haul.went(1, file.bytes)
    return taken


def _read_blob(haul: Haul, file: BlobFile) -> bytes | None:
    try:
        data = haul.depot.read(file)
        if data is not None and canonical.sha256(data) != file.blob:
            raise Damaged("remote-blob-changed")
    except Damaged as error:
        haul.found_broken(file, error)
        return None
    return data


def _take_seen(haul: Haul, files: Iterable[SeenFile], known: set[str]) -> None:
    newest: dict[str, SeenFile] = {}
    for file in files:
        if file.device in known and (file.device not in newest or newest[file.device].n < file.n):
            newest[file.device] = file
    with haul.workspace.reading() as db:
        here = {kept.device: kept.n for kept in met.seen(db)}
    for device, file in newest.items():
        if device == haul.workspace.device.id or file.n <= here.get(device, 0):
            continue
        if read := _read_seen(haul, file):
            with haul.workspace.transaction() as db:
                met.keep_seen(db, met.Kept(device, file.n, read[1]), at=stamp(haul.now))


def _read_seen(haul: Haul, file: SeenFile) -> tuple[signed.Seen, bytes] | None:
    try:
        line = haul.depot.read(file)
        if line is None:
            return None
        seen = signed.read(line, signed.Seen, haul.workspace.ledger)
        if seen.device != file.device or seen.n != file.n:
            raise Damaged("said-other-than-named")
    except InspectorError as error:
        if not isinstance(error, Damaged) and error.key not in ("said-newer", "batch-other-ledger"):
            raise
        haul.found_broken(file, error)
        return None
    return seen, line
