"""What the pinned root says of people and devices, read out of the records of everybody."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from cryptography import x509

from inspector.documents import authority
from inspector.model.office import Act, Statement
from inspector.store import entities, local
from inspector.store.workspace import Workspace

PIN = "office/root"
"""The local fact that holds the pinned root (DER, hex). What to trust is no record: a record can come from anybody."""


def pinned(workspace: Workspace) -> x509.Certificate | None:
    """The office's root as this laptop has pinned it; None until somebody has."""
    with workspace.reading() as db:
        text = local.get(db, PIN)
    return _certificate(text) if text else None


def of_kind(workspace: Workspace, kind: str) -> dict[str, dict[Act, Statement]]:
    """What the pinned root says of all persons or devices, by entity; nothing without a pinned root. A statement that
    it did not sign, or that is about something else, is none."""
    root = pinned(workspace)
    if root is None:
        return {}
    with workspace.reading() as db:
        shown = entities.shown_of(db, kind)
    found = {}
    for entity, fields in shown.items():
        said = {
            act: statement
            for act in Act
            if (statement := _believed(root, workspace.ledger, entity, act, fields.get(act.value)))
        }
        if said:
            found[entity] = said
    return found


def ended(workspace: Workspace, person: str) -> Statement | None:
    """The statement that ended a person, if the pinned root made one."""
    return of_kind(workspace, "person").get(person, {}).get(Act.ENDED)


def _believed(root: x509.Certificate, ledger: str, entity: str, act: Act, value: Any) -> Statement | None:
    if value is None:
        return None
    try:
        statement = msgspec.convert(value, Statement)
    except msgspec.ValidationError:
        return None
    mine = (statement.act, statement.ledger, statement.entity) == (act, ledger, entity)
    return statement if mine and authority.says(root, statement) else None


@lru_cache(maxsize=2)
def _certificate(text: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(bytes.fromhex(text))
