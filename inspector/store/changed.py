"""Blobs whose bytes are no longer those of their names: a check finds them, the next sync sets them aside and asks for
them again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from inspector.ledger.files import put_in_place
from inspector.store import blobs, local
from inspector.store.check import Problem
from inspector.store.faults import told
from inspector.store.workspace import Workspace

DAMAGED = "backups/damaged"
"""Where blobs go whose bytes are not those of their name: a sync may bring the right ones."""

_CHANGED = "changed blobs"
"""The local fact that names blobs which a check found changed."""


def remember(workspace: Workspace, found: Iterable[Problem]) -> None:
    """Keeps in mind which blobs were found changed, until a sync."""
    changed = {Path(problem.where).name for problem in found if problem.kind == "check-blob-changed"}
    with workspace.reading() as db:
        known = set(local.get(db, _CHANGED).split())
    if not changed <= known:
        with workspace.transaction() as db:
            local.put(db, _CHANGED, " ".join(sorted(known | changed)))


def set_aside(workspace: Workspace) -> None:
    """Blobs that were found changed, and are so still, no longer bear their names: the sync that begins asks for them.
    Never deleted: most of a picture may still be seen. Raises Environment."""
    with workspace.reading() as db:
        changed = local.get(db, _CHANGED).split()
    if not changed:
        return
    with told(workspace.path):
        for blob in changed:
            file = blobs.path(workspace, blob)
            # asked again: a record may have lied about the size, and a person may have put the right file there
            if file.is_file() and blobs.digest(workspace, file) != blob:
                (workspace.path / DAMAGED).mkdir(parents=True, exist_ok=True)
                put_in_place(file, workspace.path / DAMAGED / blob)
    with workspace.transaction() as db:
        local.put(db, _CHANGED, "")
