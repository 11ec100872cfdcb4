"""Syncing (同步): everything that a remote lacks goes there, everything that lacks here comes in, whoever wrote it.

A remote that was synced holds all that this laptop knows, and this laptop all that the remote knows; nothing is
deleted because it is absent somewhere, and nothing here is changed but by what was verified.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from inspector.exchange import layout
from inspector.exchange import seal as seals
from inspector.exchange.depot import Depot
from inspector.exchange.layout import Listing
from inspector.exchange.objects import SCHEME, Objects
from inspector.exchange.remote import Folder, Remote
from inspector.exchange.seal import Seal
from inspector.model.errors import BadInput, Damaged, Environment, InspectorError, Refused
from inspector.services import putting, receipts, sealing, taking, travelling
from inspector.services.drafts import stamp
from inspector.services.haul import Broken, Haul, Progress, Report, Stopped, never, silent
from inspector.services.taking import Accept, Stranger, Taken
from inspector.store import arrivals, changed, met
from inspector.store.arrivals import Arrival
from inspector.store.workspace import Workspace

__all__ = ["Accept", "Broken", "Progress", "Stranger", "Synced", "run"]

_log = logging.getLogger(__name__)


class Sealing(msgspec.Struct, frozen=True):
    """How a new remote or bundle is sealed, and what opens one: the ledger's key if it is `sealed`, so that enrolled
    laptops open it by themselves; with a `passphrase` whoever knows it opens it, too."""

    sealed: bool = False
    passphrase: str = ""


PLAIN = Sealing()


class Synced(msgspec.Struct, frozen=True, kw_only=True):
    """What a sync did. `strangers` are devices that were not let in. `complete`: every batch, photo and document of
    this laptop lies there, was read back and is in the last listing: 可以拔出. `missing` counts photos and documents
    that are neither here nor there; `broken` are files that were passed over, `mended` counts those that were put there
    anew; `failure` is what ended it early (full, pulled): what came in is in, what was put counts."""

    place: str
    taken: Taken = Taken()
    strangers: tuple[Stranger, ...] = ()
    put_files: int = 0
    put_bytes: int = 0
    missing: int = 0
    broken: tuple[Broken, ...] = ()
    mended: int = 0
    read_only: bool = False
    stopped: bool = False
    complete: bool = False
    failure: InspectorError | None = None


def nobody(_strangers: tuple[Stranger, ...]) -> bool:
    """Nobody who was never met comes in."""
    return False


def reached(workspace: Workspace, where: str | Path) -> Remote:
    """What a person names: s3://bucket/prefix, or a folder on a stick or a share. Raises BadInput `remote-missing`,
    Environment `s3-not-installed`."""
    if str(where).startswith(SCHEME):
        return Objects(str(where))
    path = Path(where)
    if not path.is_dir():
        raise BadInput("remote-missing", where=str(where))
    return Folder(path.absolute(), device=workspace.device.id)


def run(
    workspace: Workspace,
    remote: Remote,
    *,
    now: datetime,
    accept: Accept = nobody,
    how: Sealing | None = PLAIN,
    read_all: bool = False,
    report: Report = silent,
    stop: Callable[[], bool] = never,
) -> Synced:
    """Sync with a remote. A new one is sealed as `how` says; with None to the ledger's key, and where that is not here
    nothing is made before somebody has said. A sealed one needs the ledger's key or its passphrase, which is not asked
    for again while the program runs. With `read_all` every file that lies there is read and compared with its name,
    also those whose content is here: what a stick has lost over time is found and put right.

    Raises BadInput `remote-missing`, `remote-other-ledger`, `remote-newer`; Refused `remote-new`, `remote-sealed`,
    `remote-passphrase-wrong`, `seal-key-missing`; Damaged `remote-marker-lost`; Environment for what the remote says
    before anything was done."""
    read_only = remote.free() == 0
    haul = Haul(
        workspace,
        _opened(workspace, remote, how, read_only=read_only),
        now=now,
        report=report,
        stop=stop,
    )
    taken = Taken()
    strangers: tuple[Stranger, ...] = ()
    stopped = complete = False
    failure: InspectorError | None = None
    missing = 0
    found = haul.depot.listing()
    try:
        known, strangers = taking.at_the_door(haul, found, accept)
        taken = taking.take_batches(haul, found, known)
        travelling.receive(haul, found, known)
        sealing.learn(workspace, haul.depot.seal)
        changed.set_aside(workspace)
        coming = receipts.wanted(workspace)
        no_room = taking.no_room(haul, found.blobs, coming)
        came = 0 if no_room else taking.take_blobs(haul, found.blobs, coming)
        taken = msgspec.structs.replace(taken, blobs=came)
        missing = len(receipts.wanted(workspace))
        if not read_only:
            _put(haul, found, read_all=read_all)
            complete = _complete(haul, stamp(now))
        failure = no_room  # what is here was handed over all the same
    except Stopped:
        stopped = True
    except InspectorError as error:
        failure = error
    _remember(haul, remote.where, stamp(now))
    _log.info(
        "synced: took %d batches, %d blobs; put %d files; %d broken, complete %s",
        taken.batches, taken.blobs, haul.put_files, len(haul.broken), complete,
    )  # fmt: skip
    return Synced(
        place=remote.where,
        taken=taken,
        strangers=strangers,
        put_files=haul.put_files,
        put_bytes=haul.put_bytes,
        missing=missing,
        broken=tuple(one for name, one in haul.broken.items() if name not in haul.mended),
        mended=len(haul.mended),
        read_only=read_only,
        stopped=stopped,
        complete=complete,
        failure=failure,
    )


def _remember(haul: Haul, place: str, at: str) -> None:
    """What came from whom is remembered, also where the sync ended early: it is in. A disk that is full says so by the
    next thing that is written."""
    came = [
        Arrival(device=device, at=at, place=place, batches=batches, records=records)
        for device, (batches, records) in sorted(haul.came.items())
    ]
    if came:
        with suppress(Environment), haul.workspace.transaction() as db:
            arrivals.keep(db, came)


def _opened(workspace: Workspace, remote: Remote, how: Sealing | None, *, read_only: bool) -> Depot:
    """The remote with what opens it; made a remote if it is none yet."""
    own = sealing.key(workspace)
    found = seals.marker(remote)
    if found is None:
        if read_only:
            raise BadInput("remote-missing", where=remote.where)
        if any(name.endswith(layout.SEALED) for name, _ in _but_drafts(remote)):
            raise Damaged("remote-marker-lost", where=remote.where)  # never go on in plain on a sealed stick
        if how is None and own is None:
            raise Refused("remote-new", where=remote.where)
        how = how or Sealing(sealed=True)
        seal = new_seal(workspace, how)
        remote.write(layout.MARKER, seals.marker_bytes(workspace.ledger, seal, passphrase=how.passphrase))
        found = seals.marker(remote) or seals.Marker(v=1, ledger=workspace.ledger)
        if seal and found.recipient == seal.recipient:
            return Depot(remote, seal=seal, sealed=True)
    if found.ledger != workspace.ledger:
        raise BadInput(
            "remote-other-ledger", where=remote.where, ledger=found.ledger[:70], here=workspace.ledger
        )
    if not found.recipient:
        return Depot(remote, seal=own, sealed=False)
    if own and found.recipient == own.recipient:
        return Depot(remote, seal=own, sealed=True)
    passphrase = how.passphrase if how else ""
    return Depot(remote, seal=unlocked(found, passphrase, where=remote.where), sealed=True)


def new_seal(workspace: Workspace, how: Sealing) -> Seal | None:
    """What a new remote or bundle is sealed to: the ledger's key, or one of its own, which a passphrase opens; None if
    it stays plain. Raises Refused `seal-key-missing`."""
    own = sealing.key(workspace)
    if how.passphrase:
        return own or Seal.new()
    if how.sealed and own is None:
        raise Refused("seal-key-missing", ledger=workspace.ledger)
    return own if how.sealed else None


def _but_drafts(remote: Remote) -> Iterator[tuple[str, int]]:
    return ((name, size) for name, size in remote.list() if not name.startswith("drafts/"))


def unlocked(found: seals.Marker, passphrase: str, *, where: str) -> Seal:
    """What opens a sealed remote: its passphrase, which opened it before or is given now. Raises Refused
    `remote-sealed`, `remote-passphrase-wrong`."""
    if passphrase:
        return seals.unlock(found, passphrase, where=where)
    if (seal := seals.unlocked_before(found)) is None:
        raise Refused("remote-sealed", where=where)
    return seal


def _put(haul: Haul, found: Listing, *, read_all: bool) -> None:
    broken = receipts.broken_there(haul, found, read_all=read_all)
    putting.put(haul, putting.lacking(haul.workspace, found, broken=broken, also=_also(haul)))
    travelling.send(haul, found)
    putting.forward_seen(haul, found)
    receipts.say_seen(haul, found, travelling.gone(haul.workspace, found))


def _also(haul: Haul) -> frozenset[str]:
    """The blobs of open drafts belong on the remote if the drafts do."""
    return travelling.named(haul.workspace) if haul.depot.seal else frozenset()


def _complete(haul: Haul, at: str) -> bool:
    """Whether the remote holds everything by a new listing; it is remembered what lies there."""
    found = haul.depot.listing()
    bad = receipts.still_broken(haul, found)
    complete = putting.lacking(haul.workspace, found, broken=bad, also=_also(haul)).empty
    held = receipts.held_there(found, bad)
    with haul.workspace.transaction() as db:
        met.keep_place(db, met.Place(haul.depot.where, at, complete, msgspec.json.encode(held)))
    return complete
