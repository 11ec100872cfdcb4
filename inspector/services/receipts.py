"""Who holds what: what this laptop says that it holds (`seen`), and what others said."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterable

import msgspec

from inspector.exchange import signed
from inspector.exchange.batches import verified
from inspector.exchange.layout import BatchFile, BlobFile, File, Listing, SeenFile, parse
from inspector.exchange.signed import Parcel, Run, Seen
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged, InspectorError
from inspector.services.drafts import stamp
from inspector.services.haul import Haul
from inspector.store import blobs, drafts, local, met, records, runs
from inspector.store.workspace import Workspace

MOST_NAMED = 5_000
"""So many wanted blobs and broken files a `seen` names at most; the rest is named when these have come."""


def wanted(workspace: Workspace) -> set[str]:
    """The blobs that records, and the open drafts of others, name and that are not here."""
    with workspace.reading() as db:
        named = records.asked_for(db)
        kept = met.drafts(db)
    for one in kept:
        named.update(signed.read(one.line, Parcel, workspace.ledger).blobs)
    return named - blobs.names(workspace)


def label(db: sqlite3.Connection) -> str:
    """How this laptop's people call it (03 号机); until they say so, as the computer is called."""
    return local.get(db, "label") or "".join(filter(str.isprintable, platform.node()))[: signed.MAX_LABEL]


def say_seen(haul: Haul, found: Listing, gone: Iterable[File] = ()) -> None:
    """Says on the remote what this laptop holds and lacks, anew only if that has changed. `gone` are files of drafts
    that are no longer open: they go with what was said before."""
    workspace = haul.workspace
    lacking = sorted(wanted(workspace))[:MOST_NAMED]
    there = [file for file in found.seen if file.device == workspace.device.id]
    with workspace.transaction() as db:
        n, line = met.own_seen(db)
        before = signed.read(line, Seen, workspace.ledger) if line else None
        broken = {name for name in haul.broken.keys() - haul.mended if parse(name)}
        elsewhere = {name for name in (before.broken if before else ()) if not _lists(found, name)}
        seen = Seen(
            ledger=workspace.ledger,
            key=workspace.device.public,
            n=n,
            wall=before.wall if before else "",
            label=label(db),
            held=tuple(Run(row.device, row.first, row.last, row.tip) for row in runs.every(db)),
            wanted=tuple(lacking),
            keeps=local.get(db, records.KEEPS, records.EVERYTHING),
            broken=tuple(sorted(broken | elsewhere)[:MOST_NAMED]),
            drafts=tuple(sorted((row.id, met.draft_sent(db, row.id)[0]) for row in drafts.rows(db))),
        )
        newest = max([n, *(file.n for file in there)])
        if seen != before or newest > n:
            seen = msgspec.structs.replace(seen, n=newest + 1, wall=stamp(haul.now))
            line = signed.written(workspace.device, seen)
            met.keep_own_seen(db, seen.n, line)
    file = SeenFile(seen.device, seen.n, len(line))
    if all(old.n != seen.n or old.name in haul.broken for old in there):
        old = tuple(one for one in there if one.n != seen.n)
        haul.put(file, line, instead_of=(*old, *gone))


def others(workspace: Workspace) -> list[Seen]:
    """What the other devices said last, by device."""
    with workspace.reading() as db:
        kept = met.seen(db)
    return [signed.read(one.line, Seen, workspace.ledger) for one in kept]


def broken_there(haul: Haul, found: Listing, *, read_all: bool) -> list[File]:
    """The files of the remote that do not count, since they are not what their name says: those that were found so
    now, and those that some device found so and that are so still; with `read_all` whichever are so."""
    reported = {name for seen in others(haul.workspace) for name in seen.broken}
    with haul.workspace.reading() as db:
        _, line = met.own_seen(db)
    if line:
        reported.update(signed.read(line, Seen, haul.workspace.ledger).broken)
    there: Iterable[File] = (*found.batches, *found.blobs, *found.seen)
    looked_at = [file for file in there if read_all or file.name in reported]
    haul.begin("take", len(looked_at), sum(file.bytes for file in looked_at))
    for file in looked_at:
        if file.name not in haul.broken and (error := _fault(haul, file)):
            haul.found_broken(file, error)
        haul.went(1, file.bytes)
    return still_broken(haul, found)


def still_broken(haul: Haul, found: Listing) -> list[File]:
    """The files that were found broken in this run and not written since."""
    there: Iterable[File] = (*found.batches, *found.blobs, *found.seen, *found.odd)
    return [file for file in there if file.name in haul.broken and file.name not in haul.mended]


def held_there(found: Listing, broken: Iterable[File]) -> tuple[Run, ...]:
    """The batches on a remote, as runs."""
    bad = set(broken)
    return tuple(Run(one.author, one.first, one.last, one.tip) for one in found.batches if one not in bad)


def _lists(found: Listing, name: str) -> bool:
    return any(file.name == name for file in (*found.batches, *found.blobs, *found.seen, *found.odd))


def _fault(haul: Haul, file: File) -> InspectorError | None:
    try:
        data = haul.depot.read(file)
        if data is None:
            return None
        if isinstance(file, BlobFile) and canonical.sha256(data) != file.blob:
            return Damaged("remote-blob-changed")
        if isinstance(file, SeenFile):
            signed.read_seen(data, file, haul.workspace.ledger)
        if isinstance(file, BatchFile):
            return next(
                (
                    one
                    for one in verified(data, file, haul.workspace.ledger)
                    if isinstance(one, InspectorError)
                ),
                None,
            )
    except (Damaged, BadInput) as error:
        return error
    return None
