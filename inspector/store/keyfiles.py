"""The keys of people: people/<id>.p12, which its owner may copy; and people/office.p12, the root of an office. They are
in backups, and never in the ledger."""

from __future__ import annotations

import re
from pathlib import Path

from inspector.model.errors import BadInput
from inspector.store import blobs
from inspector.store.faults import told
from inspector.store.workspace import Workspace

_PERSON = re.compile(r"person:([A-Z2-7]{16})", re.ASCII)
_ROOT = "office.p12"


def put(workspace: Workspace, person: str, p12: bytes) -> None:
    """Keep the key of `person` (an entity), in place of an earlier file. On the disk when this returns.
    Raises BadInput `person-unknown`, Environment."""
    with told(workspace.path):
        file = _path(workspace, person)
        blobs.write(file, p12)
        file.chmod(0o600)  # not read-only: Windows replaces no such file


def read(workspace: Workspace, person: str) -> bytes | None:
    """The .p12 of `person`; None if this laptop has none. Raises BadInput `person-unknown`, Environment."""
    with told(workspace.path):
        file = _path(workspace, person)
        return file.read_bytes() if file.is_file() else None


def lies_here(workspace: Workspace, person: str) -> bool:
    """Whether this laptop has a .p12 under this name; it has none of what is no id. Raises Environment."""
    with told(workspace.path):
        return bool(_PERSON.fullmatch(person)) and _path(workspace, person).is_file()


def put_root(workspace: Workspace, p12: bytes) -> None:
    """Keep the key of the office's root. On the disk when this returns. Raises Environment."""
    with told(workspace.path):
        file = workspace.path / "people" / _ROOT
        blobs.write(file, p12)
        file.chmod(0o600)


def read_root(workspace: Workspace) -> bytes | None:
    """The .p12 of the office's root; None on every laptop but its holder's. Raises Environment."""
    with told(workspace.path):
        file = workspace.path / "people" / _ROOT
        return file.read_bytes() if file.is_file() else None


def _path(workspace: Workspace, person: str) -> Path:
    """Entities come from other laptops, too: one that is no id must not lead out of the folder."""
    named = _PERSON.fullmatch(person)
    if named is None:
        raise BadInput("person-unknown", name=person)
    return workspace.path / "people" / f"{named[1]}.p12"
