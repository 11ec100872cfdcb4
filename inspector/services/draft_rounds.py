"""Between two syncs: every few minutes open drafts go to the sticks that are in, so that a laptop that dies costs
minutes of work. Only to a stick that a person has synced with, and that opens without a question."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from inspector.exchange import seal as seals
from inspector.exchange.depot import Depot
from inspector.exchange.remote import Folder
from inspector.exchange.seal import Seal
from inspector.model.errors import InspectorError
from inspector.services import putting, receipts, remotes, sealing, travelling
from inspector.services.haul import Haul
from inspector.store import drafts, met
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)


def go(workspace: Workspace, *, now: datetime) -> int:
    """Brings open drafts with their photos to the sticks; how many files were written. Nothing else moves, and what a
    stick says (full, pulled) is left to the next sync, which says it to the person."""
    with workspace.reading() as db:
        places = [place.place for place in met.places(db)]
        open_here = bool(drafts.rows(db) or met.drafts(db))
    if not open_here:
        return 0
    written = 0
    for where in places:
        if remotes.on_stick(where) and Path(where).is_dir():
            try:
                written += _to(workspace, Path(where), now)
            except InspectorError as error:
                _log.info("drafts did not reach a stick: %s", error.key)
    return written


def _to(workspace: Workspace, path: Path, now: datetime) -> int:
    remote = Folder(path, device=workspace.device.id)
    found = seals.marker(remote)
    if found is None or found.ledger != workspace.ledger:
        return 0
    seal = _opens(workspace, found)
    if seal is None or not remote.free():
        return 0
    haul = Haul(workspace, Depot(remote, seal=seal, sealed=bool(found.recipient)), now=now)
    lying = haul.depot.listing()
    workspace.settle()
    there = {file.blob for file in lying.blobs}
    putting.put_group(haul, putting.Group(tuple(sorted(travelling.named(workspace) - there))))
    travelling.send(haul, lying)
    receipts.say_seen(haul, lying, travelling.gone(workspace, lying))
    return haul.put_files


def _opens(workspace: Workspace, found: seals.Marker) -> Seal | None:
    """What drafts are sealed to there; None where somebody would have to be asked."""
    own = sealing.key(workspace)
    if own is not None and found.recipient in ("", own.recipient):
        return own
    return seals.unlocked_before(found)
