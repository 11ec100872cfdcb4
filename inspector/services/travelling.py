"""Open drafts on their way, sealed and outside the ledger: a laptop that dies at four o'clock costs minutes of work,
not a day. Another laptop may take one over (接手)."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from inspector.exchange import signed
from inspector.exchange.layout import DraftFile, File, Listing
from inspector.exchange.signed import Parcel
from inspector.model import canonical
from inspector.model.draft import Draft, assemble
from inspector.model.errors import BadInput, Damaged, InspectorError, Refused
from inspector.services import receipts
from inspector.services.drafts import stamp
from inspector.services.haul import Haul
from inspector.store import blobs, drafts, met, photos
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)

_HASHES = re.compile(rb"[0-9a-f]{64}")


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """An open draft of another device: `label` is how its people call it, `missing` counts photos that are not here
    yet, `changed` is RFC 3339."""

    device: str
    label: str
    draft: str
    site: str
    changed: str
    answered: int
    findings: int
    missing: int


class TakenOver(msgspec.Struct, frozen=True):
    """The draft that goes on here; `missing` counts photos that have not come yet."""

    draft: str
    missing: int


def every(workspace: Workspace) -> list[Foreign]:
    """The open drafts of other devices that came here, the one that was changed last first."""
    found = []
    here = blobs.names(workspace)
    with workspace.reading() as db:
        kept = met.drafts(db)
    for one in kept:
        parcel = signed.read(one.line, Parcel, workspace.ledger)
        draft = _draft(parcel)
        found.append(
            Foreign(
                device=one.device,
                label=parcel.label,
                draft=one.draft,
                site=parcel.site,
                changed=parcel.changed,
                answered=len(draft.answers),
                findings=len(draft.findings),
                missing=len(set(parcel.blobs) - here),
            )
        )
    return sorted(found, key=lambda one: (one.changed, one.draft), reverse=True)


def take_over(workspace: Workspace, draft: str, *, now: datetime) -> TakenOver:
    """Goes on with another device's draft as a draft of this laptop. It gets an inspection and findings of its own, so
    that two sheets that are signed all the same are a possible duplicate and no conflict; a correction stays one of
    the same inspection. Raises BadInput `draft-unknown`, Refused `draft-form-missing`."""
    with workspace.reading() as db:
        kept = next((one for one in met.drafts(db) if one.draft == draft), None)
    if kept is None:
        raise BadInput("draft-unknown", draft=draft)
    parcel = signed.read(kept.line, Parcel, workspace.ledger)
    here = blobs.names(workspace)
    if parcel.form not in here:
        raise Refused("draft-form-missing", draft=draft)
    parts = _of_its_own(workspace, _draft(parcel), dict(parcel.parts))
    mine = workspace.new_id("draft").partition(":")[2]
    with workspace.transaction() as db:
        for photo in parcel.photos:
            photos.keep(db, photo)
        drafts.create(
            db,
            mine,
            site=parcel.site,
            form=parcel.form,
            parts=parts,
            heads={entity: list(heads) for entity, heads in parcel.heads},
            at=stamp(now),
        )
        met.take_over(db, kept)
    _log.info("took over a draft of %s", kept.device[:8])
    return TakenOver(mine, len(set(parcel.blobs) - here))


def send(haul: Haul, found: Listing) -> None:
    """Puts the open drafts of this laptop, and those of others that it has, where the remote lacks them or has an older
    state. Without anything to seal with, drafts stay here."""
    if haul.depot.seal is None:
        return
    device = haul.workspace.device.id
    own = [met.Draft(device, name, n, line) for name, n, line in _own_lines(haul.workspace)]
    with haul.workspace.reading() as db:
        others = met.drafts(db)
    for one in (*own, *others):
        there = tuple(file for file in found.drafts if (file.device, file.draft) == (one.device, one.draft))
        if all(file.n < one.n for file in there):
            haul.put(DraftFile(one.device, one.draft, one.n, len(one.line)), one.line, instead_of=there)


def receive(haul: Haul, found: Listing, known: set[str]) -> None:
    """Keeps the newest state of each draft of other devices, and forgets those that are no longer open there."""
    workspace = haul.workspace
    if haul.depot.seal is not None:
        with workspace.reading() as db:
            here = {(one.device, one.draft): one.n for one in met.drafts(db)}
        for file in sorted(found.drafts, key=lambda one: one.n):
            new = file.n > here.get((file.device, file.draft), 0) and file.device in known - {
                workspace.device.id
            }
            if new and (line := _read(haul, file)):
                with workspace.transaction() as db:
                    met.keep_draft(db, met.Draft(file.device, file.draft, file.n, line))
    said = {seen.device: seen for seen in receipts.others(workspace)}
    with workspace.reading() as db:
        kept = met.drafts(db)
    for one in kept:
        seen = said.get(one.device)
        parcel = signed.read(one.line, Parcel, workspace.ledger)
        if seen and seen.n > parcel.after and all(draft != one.draft for draft, _ in seen.drafts):
            with workspace.transaction() as db:
                met.drop_draft(db, one.device, one.draft)


def gone(workspace: Workspace, found: Listing) -> list[File]:
    """The files of drafts on the remote that are no longer open: of this laptop, and of others as far as known."""
    said = {seen.device: {draft for draft, _ in seen.drafts} for seen in receipts.others(workspace)}
    with workspace.reading() as db:
        said[workspace.device.id] = {row.id for row in drafts.rows(db)}
        kept = {(one.device, one.draft) for one in met.drafts(db)}
    return [
        file
        for file in found.drafts
        if file.draft not in said.get(file.device, {file.draft}) and (file.device, file.draft) not in kept
    ]


def _read(haul: Haul, file: DraftFile) -> bytes | None:
    try:
        line = haul.depot.read(file)
        if line is None:
            return None
        parcel = signed.read(line, Parcel, haul.workspace.ledger)
        if (parcel.device, parcel.draft, parcel.n) != (file.device, file.draft, file.n):
            raise Damaged("said-other-than-named")
        _draft(parcel)
        if not (parcel.site + parcel.changed).isprintable():
            raise Damaged("said-unreadable", reason="site or changed")
    except InspectorError as error:
        if not isinstance(error, Damaged) and error.key not in ("said-newer", "batch-other-ledger"):
            raise
        haul.found_broken(file, error)
        return None
    return line


def _draft(parcel: Parcel) -> Draft:
    """The draft in a parcel. Raises Damaged `said-unreadable`: whoever sent it may have signed nonsense."""
    try:
        return assemble(parcel.draft, dict(parcel.parts))
    except (msgspec.ValidationError, KeyError, TypeError, ValueError) as error:
        raise Damaged("said-unreadable", reason=str(error)[:200]) from error


def named(workspace: Workspace) -> frozenset[str]:
    """The blobs that are here and that open drafts need: those of this laptop, and of others."""
    found: set[str] = set()
    with workspace.reading() as db:
        for row in drafts.rows(db):
            parts = msgspec.json.encode(drafts.parts(db, row.id))
            found.update([row.form, *(one.decode() for one in _HASHES.findall(parts))])
        for one in met.drafts(db):
            found.update(signed.read(one.line, Parcel, workspace.ledger).blobs)
    return frozenset(found & blobs.names(workspace))


def _own_lines(workspace: Workspace) -> list[tuple[str, int, bytes]]:
    """This laptop's open drafts as they are sent: a new number only where something changed."""
    found = []
    here = blobs.names(workspace)
    with workspace.transaction() as db:
        after, _ = met.own_seen(db)
        for row in drafts.rows(db):
            parts = sorted(drafts.parts(db, row.id).items())
            named = {one.decode() for one in _HASHES.findall(msgspec.json.encode(parts))} & here
            parcel = Parcel(
                ledger=workspace.ledger,
                key=workspace.device.public,
                n=0,
                after=0,
                label=receipts.label(db),
                draft=row.id,
                site=row.site,
                form=row.form,
                heads=tuple(sorted((entity, tuple(heads)) for entity, heads in row.heads.items())),
                parts=tuple(parts),
                changed=row.changed,
                photos=tuple(photos.facts(db, sorted(named)).values()),
                blobs=tuple(sorted(named | {row.form})),
            )
            digest = hashlib.sha256(canonical.encode(parcel)).hexdigest()
            n, before = met.draft_sent(db, row.id)
            n += digest != before
            met.keep_draft_sent(db, row.id, n, digest)
            parcel = msgspec.structs.replace(parcel, n=n, after=after)
            found.append((row.id, n, signed.written(workspace.device, parcel)))
    return found


def _of_its_own(workspace: Workspace, draft: Draft, parts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts with another inspection and other findings, unless the draft corrects an inspection."""
    if draft.about.corrects:
        return dict(parts)
    renamed = {finding.id: workspace.new_id("finding") for finding in draft.findings}
    own = {}
    for path, value in parts.items():
        kind, _, name = path.partition("/")
        if kind == "findings" and name in renamed:
            own[f"findings/{renamed[name]}"] = {**value, "id": renamed[name]}
        elif path == "about":
            own[path] = {**value, "inspection": workspace.new_id("inspection")}
        else:
            own[path] = value
    return own
