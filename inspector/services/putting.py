"""Putting on a remote: all that is here and lacks there, whoever wrote it. In small groups, blobs before the batches
that name them: a stick that is pulled or full holds a whole prefix."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from inspector.exchange import layout
from inspector.exchange.layout import BatchFile, BlobFile, File, Listing
from inspector.model.errors import Damaged, Environment, InspectorError
from inspector.services.haul import Haul
from inspector.store import blobs, met, records, runs
from inspector.store.workspace import Workspace

GROUP_BLOBS = 64 * 2**20
_GROUP_BATCHES = 8 * 2**20
"""Bytes: what a group holds at most, unless one batch alone has more."""

_MB = 1_000_000


class Group(msgspec.Struct, frozen=True):
    """Blobs, and then a file of batches whose blobs are on the remote with it. `file` is None for blobs alone."""

    blobs: tuple[str, ...]
    file: BatchFile | None = None
    lines: bytes = b""


class Gap(msgspec.Struct, frozen=True):
    """What a remote lacks: blobs that records there name already, ranges of runs, files that are broken there."""

    blobs: frozenset[str]
    ranges: tuple[tuple[runs.Row, int, int], ...]
    repairs: tuple[BatchFile, ...]
    bytes: int

    @property
    def empty(self) -> bool:
        """Whether it lacks nothing."""
        return not (self.blobs or self.ranges or self.repairs)


def lacking(
    workspace: Workspace, found: Listing, *, broken: Iterable[File] = (), also: frozenset[str] = frozenset()
) -> Gap:
    """What of everything here is not on the remote, whose files are `found`; `broken` are those that do not count,
    `also` are blobs that belong there beside those that records name."""
    bad = set(broken)
    here = blobs.names(workspace)
    there = {file.blob for file in found.blobs if file not in bad}
    files: dict[str, list[tuple[int, int, str]]] = {}
    for file in found.batches:
        if file not in bad:
            files.setdefault(file.author, []).append((file.first, file.last, file.tip))
    with workspace.reading() as db:
        missing = frozenset(((records.named_blobs(db) | also) & here) - there)
        ranges = tuple(
            (run, first, last)
            for run in runs.every(db)
            for first, last in runs.uncovered(db, run, files.get(run.device, ()))
        )
        repairs = tuple(
            sorted(
                (
                    file
                    for file in bad
                    if isinstance(file, BatchFile) and len(_content(db, file)) == file.bytes
                ),
                key=lambda file: file.name,
            )
        )
        size = sum(records.bytes_of(db, run.device, first, last) for run, first, last in ranges)
    size += sum(blobs.size(workspace, blob) for blob in missing)
    return Gap(missing, ranges, repairs, size)


def put(haul: Haul, gap: Gap) -> None:
    """Puts on the remote what it lacks. Raises Environment `remote-no-room` before anything is written if it will not
    fit, and what the remote says; Stopped."""
    free = haul.depot.remote.free()
    if free is not None and free < gap.bytes:
        raise no_room("remote-no-room", haul.depot.where, gap.bytes, free)
    haul.workspace.settle()
    haul.begin("put", len(gap.blobs) + len(gap.ranges) + len(gap.repairs), gap.bytes)
    for group in groups(haul.workspace, gap):
        put_group(haul, group)


def no_room(key: str, where: str, needed: int, free: int) -> Environment:
    """What does not fit, in MB: what is needed rounded up, what is free rounded down."""
    return Environment(key, where=where, needed=-(-needed // _MB), free=free // _MB)


def put_group(haul: Haul, group: Group) -> None:
    """Puts the blobs of a group, then its batches. Raises Environment, Stopped."""
    for blob in group.blobs:
        if (data := _read_own(haul, blob)) is not None:
            haul.put(BlobFile(blob, len(data)), data)
    if group.file:
        haul.put(group.file, group.lines)


def groups(workspace: Workspace, gap: Gap, *, most_bytes: int = GROUP_BLOBS) -> Iterator[Group]:
    """What a remote lacks, in the order in which it is put there; `most_bytes` of blobs in a group."""
    left = set(gap.blobs)
    for run, first, last in gap.ranges:
        with workspace.reading() as db:
            order = runs.members(db, run, first)[: last - first + 1]
        yield from _of_chain(workspace, run.device, first, order, left, most_bytes)
    for file in gap.repairs:
        with workspace.reading() as db:
            lines = _content(db, file)
        yield Group((), file, lines)
    for blob in sorted(left):  # named by batches that are there already
        yield Group((blob,))


def _content(db: sqlite3.Connection, file: BatchFile) -> bytes:
    """What belongs into a file of batches; empty unless all of it is here."""
    chain = runs.chain_to(db, file.author, file.first, file.last, file.tip)
    return b"".join(records.lines(db, chain or ()))


def _of_chain(
    workspace: Workspace, device: str, first: int, order: list[str], left: set[str], most_bytes: int
) -> Iterator[Group]:
    """Batches of one chain in order; takes out of `left` the blobs that go with them."""
    lines: list[bytes] = []
    named: list[str] = []
    size = weight = 0
    for place, digest in enumerate(order):
        with workspace.reading() as db:
            (line,) = records.lines(db, (digest,))
        new = [blob for blob in dict.fromkeys(records.blobs_of(line)) if blob in left]
        heavy = sum(blobs.size(workspace, blob) for blob in new)
        if lines and (size + len(line) > _GROUP_BATCHES or weight + heavy > most_bytes):
            yield _group(device, first, order[place - 1], lines, named)
            first, lines, named, size, weight = first + len(lines), [], [], 0, 0
        left.difference_update(new)
        lines.append(line)
        named += new
        size += len(line)
        weight += heavy
    if lines:
        yield _group(device, first, order[-1], lines, named)


def _group(device: str, first: int, tip: str, lines: list[bytes], named: list[str]) -> Group:
    data = b"".join(lines)
    return Group(tuple(named), BatchFile(device, first, first + len(lines) - 1, tip[:16], len(data)), data)


def _read_own(haul: Haul, blob: str) -> bytes | None:
    """A blob of ours; a damaged one is named, and does not leave this laptop."""
    try:
        data = blobs.read(haul.workspace, blob)
    except InspectorError as error:
        haul.found_own_broken(blobs.relative(blob), error)
        return None
    if len(data) > layout.MAX_FILE:
        large = Damaged("remote-file-too-large", where=str(haul.workspace.path), file=blob)
        haul.found_own_broken(blobs.relative(blob), large)
        return None
    return data


def forward_seen(haul: Haul, found: Listing) -> None:
    """What other devices said last goes along; older ones on the remote go."""
    with haul.workspace.reading() as db:
        kept = met.seen(db)
    for one in kept:
        there = [file for file in found.seen if file.device == one.device]
        if all(file.n < one.n for file in there if file.name not in haul.broken):
            file = layout.SeenFile(one.device, one.n, len(one.line))
            haul.put(file, one.line, instead_of=tuple(old for old in there if old.n != one.n))
