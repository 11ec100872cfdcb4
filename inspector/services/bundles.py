"""Bundles (数据包): everything, or what one device lacks, in files that go over whatever there is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from inspector.exchange import layout
from inspector.exchange import seal as seals
from inspector.exchange.bundle import MOST_BYTES, Bundle, Writer
from inspector.exchange.depot import Depot
from inspector.exchange.layout import BatchFile, BlobFile, Listing
from inspector.exchange.remote import told
from inspector.exchange.signed import Run, Seen
from inspector.model.errors import BadInput
from inspector.services import editions, putting, receipts, sync, workspaces
from inspector.services.drafts import stamp
from inspector.services.haul import Haul, Report, never, silent
from inspector.services.putting import Gap
from inspector.services.sync import PLAIN, Accept, Sealing, Synced
from inspector.store import blobs, met, records, runs
from inspector.store.workspace import Workspace

_NOTHING = Listing((), (), (), frozenset(), ())


class Written(msgspec.Struct, frozen=True):
    """The files of a bundle; the batches in it, its blobs, its bytes."""

    files: tuple[str, ...]
    batches: int
    blobs: int
    bytes: int


def write(
    workspace: Workspace,
    file: Path,
    *,
    now: datetime,
    device: str = "",
    how: Sealing = PLAIN,
    report: Report = silent,
    stop: Callable[[], bool] = never,
    most_bytes: int = MOST_BYTES,
) -> Written:
    """A bundle of everything that is here or, with `device` (the beginning of its id, or its label), of what that
    device lacked when it last said what it holds. It is sealed as `how` says. Each file is at most
    `most_bytes`, unless one batch with its photos has more. Raises BadInput `device-unknown`; Refused `bundle-exists`;
    Environment, among them `remote-no-room`; `haul.Stopped`."""
    seal = sync.new_seal(workspace, how)
    marker = seals.marker_bytes(workspace.ledger, seal, passphrase=how.passphrase)
    gap = _gap(workspace, _of_device(workspace, device) if device else None)
    _require_room(file, gap.bytes)
    with Writer(file, marker, most_bytes=most_bytes) as out:
        depot = Depot(out, seal=seal, sealed=seal is not None)
        haul = Haul(workspace, depot, now=now, report=report, stop=stop)
        receipts.say_seen(haul, _NOTHING)
        putting.forward_seen(haul, _NOTHING)
        workspace.settle()
        haul.begin("put", 0, gap.bytes)
        count = sum(last - first + 1 for _, first, last in gap.ranges)
        named = 0
        for group in putting.groups(workspace, gap, most_bytes=min(putting.GROUP_BLOBS, most_bytes // 2)):
            size = sum(blobs.size(workspace, blob) + 1_000 for blob in group.blobs)
            out.make_room(size + 2 * len(group.lines))
            putting.put_group(haul, group)
            named += len(group.blobs)
    _remember(workspace, out.files[0], stamp(now))
    return Written(
        files=tuple(str(one) for one in out.files),
        batches=count,
        blobs=named,
        bytes=sum(one.stat().st_size for one in out.files),
    )


def read(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    now: datetime,
    accept: Accept = sync.nobody,
    how: Sealing = PLAIN,
    report: Report = silent,
    stop: Callable[[], bool] = never,
) -> list[Synced]:
    """Takes everything that is new from each file, in this order; a bad one does not keep the others out. Raises
    BadInput `bundle-unreadable` if there is only one and it is none."""
    done = []
    for file in files:
        try:
            bundle = Bundle(file)
        except BadInput as error:
            if len(files) == 1:
                raise
            done.append(Synced(place=str(file), failure=error, read_only=True))
            continue
        try:
            done.append(
                sync.run(workspace, bundle, now=now, accept=accept, how=how, report=report, stop=stop)
            )
        finally:
            bundle.close()
    return done


def look(file: Path) -> seals.Marker:
    """Of which ledger a bundle is (`ledger`), and whether it is sealed (`recipient`), without reading more of it.
    Raises BadInput `bundle-unreadable`, `remote-newer`."""
    bundle = Bundle(file)
    try:
        found = seals.marker(bundle)
    finally:
        bundle.close()
    if found is None:
        raise BadInput("bundle-unreadable", file=str(file), reason=layout.MARKER)
    return found


def begin(path: Path, files: Sequence[Path], *, now: datetime, how: Sealing = PLAIN) -> Workspace:
    """A new workspace at `path` with everything that an office's bundle holds: its ledger, forms, units, sites, people.
    Raises as `workspaces.create` and `read`."""
    found = look(files[0])
    if found.recipient:
        sync.unlocked(found, how.passphrase, where=str(files[0]))  # before anything is made
    workspace = workspaces.create(path, ledger=found.ledger)
    try:
        for done in read(workspace, files, now=now, accept=lambda _: True, how=how):
            if done.failure:
                raise done.failure
        for one in editions.offered(workspace):
            editions.adopt(workspace, one.form)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _require_room(file: Path, needed: int) -> None:
    with told(str(file)):
        free = shutil.disk_usage(file.absolute().parent).free
    if free < needed:
        raise putting.no_room("remote-no-room", str(file), needed, free)


def _remember(workspace: Workspace, file: Path, at: str) -> None:
    """What was handed over with the bundle, until a receipt comes: 已交."""
    with workspace.transaction() as db:
        held = [Run(one.device, one.first, one.last, one.tip) for one in runs.every(db)]
        met.keep_place(db, met.Place(str(file), at, True, msgspec.json.encode(held)))


def _of_device(workspace: Workspace, name: str) -> Seen:
    fitting = [
        seen for seen in receipts.others(workspace) if seen.device.startswith(name) or seen.label == name
    ]
    if len(fitting) != 1:
        raise BadInput("device-unknown", device=name)
    return fitting[0]


def _gap(workspace: Workspace, seen: Seen | None) -> Gap:
    """What is here and not there. A device has the blobs of its records, unless it said that it wants them."""
    if seen is None:
        return putting.lacking(workspace, _NOTHING)
    held = tuple(BatchFile(run.device, run.first, run.last, run.tip[:16], 0) for run in seen.held)
    batches = msgspec.structs.replace(_NOTHING, batches=held)
    new = putting.lacking(workspace, batches)
    if len(seen.wanted) >= receipts.MOST_NAMED:
        return new
    with workspace.reading() as db:
        wanted = set(seen.wanted)
        for run, first, last in new.ranges:
            for line in records.lines(db, runs.members(db, run, first)[: last - first + 1]):
                wanted.update(records.blobs_of(line))
        there = frozenset(BlobFile(blob, 0) for blob in records.named_blobs(db) - wanted)
    return putting.lacking(workspace, msgspec.structs.replace(batches, blobs=there))
