"""Taking from a remote: batches, blobs, what other devices say. Everything there is hostile until verified; one broken
file is named and passed over, and blocks no other."""

from __future__ import annotations

import logging
import shutil
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from inspector.exchange import signed
from inspector.exchange.batches import verified
from inspector.exchange.layout import BatchFile, BlobFile, Listing, SeenFile
from inspector.ledger.record import Batch
from inspector.model import canonical
from inspector.model.errors import Damaged, Environment, InspectorError
from inspector.services import putting
from inspector.services.drafts import stamp
from inspector.services.haul import Haul
from inspector.store import blobs, met, records, runs

_log = logging.getLogger(__name__)

_WAITING = 100
"""Batches that are verified before some of them are stored."""

_TOGETHER = 30
"""Records that are stored together; between them the time is looked at."""

_AT_ONCE = 4
"""Blobs on their way at a time: a photo has at most 50 MB."""

_SPARE = 10_000_000
"""Bytes that stay free on this laptop whatever comes in: answers go on being saved."""

_TURN_SECONDS = 0.012
"""How long one transaction of taking aims to work, so that an answer that is typed meanwhile waits little: bringing it
to the disk takes as long again."""


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
    newer = {(one.device, one.n) for one in found.seen}
    for odd in found.odd:
        if isinstance(odd, SeenFile) and any(one == odd.device and n > odd.n for one, n in newer):
            continue  # left behind, and nobody reads it
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
            read = list(_read_batches(haul, file))
            batches, count, believed = batches + len(read), count + _records(read), believed or bool(read)
            haul.keep_read(file, read)
    for said in found.seen:
        if said.device == device and (seen := _read_seen(haul, said)):
            label, believed = seen[0].label, True
    return Stranger(device, label, batches, count) if believed else None


def _take_batches(haul: Haul, files: Iterable[BatchFile]) -> tuple[int, int]:
    batches = count = 0
    for file in files:
        waiting: deque[Batch] = deque()
        for one in _read_batches(haul, file):
            waiting.append(one)
            if len(waiting) >= _WAITING:
                new = _commit(haul, waiting)
                batches, count = batches + len(new), count + _records(new)
        while waiting:
            new = _commit(haul, waiting)
            batches, count = batches + len(new), count + _records(new)
        haul.went(1, file.bytes)
    return batches, count


def _commit(haul: Haul, waiting: deque[Batch]) -> list[Batch]:
    """Stores as many of the batches as fit into one turn, at least one; takes them out of `waiting`."""
    new: list[Batch] = []
    with haul.workspace.transaction() as db:
        until = time.monotonic() + _TURN_SECONDS
        while waiting:
            some = [waiting.popleft()]
            while waiting and _records(some) + len(waiting[0].header.records) <= _TOGETHER:
                some.append(waiting.popleft())
            new += records.receive(db, some)
            if time.monotonic() > until:
                break
    haul.keep_came(new)
    return new


def _records(batches: Iterable[Batch]) -> int:
    return sum(len(batch.header.records) for batch in batches)


def _read_batches(haul: Haul, file: BatchFile) -> Iterable[Batch]:
    """The verified batches of a file; what was read at the door is not read again."""
    if (before := haul.read_before.pop(file.name, None)) is not None:
        yield from before
        return
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


def no_room(haul: Haul, there: Collection[BlobFile], lacking: set[str]) -> Environment | None:
    """Why the blobs that are wanted cannot all come: the disk of this laptop has no room for them. None if it has."""
    needed = sum(file.bytes for file in there if file.blob in lacking)
    free = shutil.disk_usage(haul.workspace.path).free
    where = str(haul.workspace.path)
    return (
        putting.no_room("laptop-no-room", where, needed, free) if needed + _SPARE > free and needed else None
    )


def take_blobs(haul: Haul, there: Collection[BlobFile], lacking: set[str]) -> int:
    """The blobs of `lacking` that lie there; how many came. They are on the disk when this returns. Several at a time:
    most of it is waiting for disks. Raises Stopped, Environment."""
    files = sorted((file for file in there if file.blob in lacking), key=lambda file: file.name)
    haul.begin("take", len(files), sum(file.bytes for file in files))
    folders: set[Path] = set()
    taken = 0
    try:
        with ThreadPoolExecutor(_AT_ONCE, "inspector-blobs") as pool:
            waiting: deque[tuple[BlobFile, Future[Path | None]]] = deque()
            try:
                for file in [*files, *[None] * _AT_ONCE]:
                    if file is not None:
                        waiting.append((file, pool.submit(_take_blob, haul, file)))
                    if waiting and (file is None or len(waiting) >= _AT_ONCE):
                        done, coming = waiting.popleft()
                        if (folder := coming.result()) is not None:
                            folders.add(folder)
                            taken += 1
                        haul.went(1, done.bytes)
            finally:
                folders.update(folder for _, coming in waiting if (folder := coming.result()) is not None)
    finally:
        blobs.settle_folders(haul.workspace, folders)
    return taken


def _take_blob(haul: Haul, file: BlobFile) -> Path | None:
    """Reads a blob and keeps it; its folder. None if it is broken or no longer there."""
    try:
        data = haul.depot.read(file)
        if data is not None and canonical.sha256(data) != file.blob:
            raise Damaged("remote-blob-changed")
    except Damaged as error:
        haul.found_broken(file, error)
        return None
    return None if data is None else blobs.put_unsettled(haul.workspace, file.blob, data)


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
        seen = signed.read_seen(line, file, haul.workspace.ledger)
    except InspectorError as error:
        if not isinstance(error, Damaged) and error.key not in ("said-newer", "batch-other-ledger"):
            raise
        haul.found_broken(file, error)
        return None
    return seen, line
