"""What sticks, bundles and drafts are sealed with: the ledger's key, which the office makes once and which comes to a
laptop with a bundle that was sealed with a passphrase; without it, a passphrase."""

from __future__ import annotations

from datetime import datetime

from inspector.exchange.seal import Seal
from inspector.ledger.record import Record
from inspector.model.errors import Refused
from inspector.services.drafts import stamp
from inspector.store import entities, records, sealkey
from inspector.store.workspace import Workspace

ENTITY = "setting:sealing"
"""Its field `recipient` is the public part (age1…)."""


def key(workspace: Workspace) -> Seal | None:
    """The ledger's key, if it has come to this laptop. Raises Damaged `seal-key-unreadable`, Environment."""
    secret = sealkey.read(workspace.ledger)
    return Seal.of(secret) if secret else None


def make(workspace: Workspace, *, now: datetime, person: str | None = None) -> str:
    """Make the ledger's key, once for all laptops; its public part. The secret part lies on this laptop now, and goes
    to others with a bundle that is sealed with a passphrase. Raises Refused `seal-key-made`, Environment."""
    with workspace.transaction() as db:
        if _recipient(entities.shown_of(db, "setting")):
            raise Refused("seal-key-made", ledger=workspace.ledger)
        seal = Seal.new()
        sealkey.keep(workspace.ledger, seal.secret)
        record = Record("setting", ENTITY, records.heads(db, ENTITY), {"set": {"recipient": seal.recipient}})
        records.append(db, workspace, (record,), person=person, wall=stamp(now))
    return seal.recipient


def learn(workspace: Workspace, seal: Seal | None) -> None:
    """Keeps a key that opened something, if it is the ledger's and has not been here. Raises Environment."""
    if seal is None or sealkey.read(workspace.ledger) == seal.secret:
        return
    with workspace.reading() as db:
        ours = _recipient(entities.shown_of(db, "setting")) == seal.recipient
    if ours:
        sealkey.keep(workspace.ledger, seal.secret)


def _recipient(settings: dict[str, dict[str, object]]) -> object:
    return settings.get(ENTITY, {}).get("recipient")
