"""The form that a draft or a sheet was made with. Apart from the other questions about forms, which read files: home
asks this one, and no more (docs/architecture.md, The start)."""

from __future__ import annotations

from functools import lru_cache

from inspector.model.form import Form
from inspector.model.form_blob import form_from_bytes
from inspector.store import blobs
from inspector.store.workspace import Workspace


def of_version(workspace: Workspace, version: str) -> Form:
    """The form from its blob: whatever became of its file since.
    Raises as blobs do, and BadInput `form-bytes-unknown` for one that only a newer program understands."""
    return _of_bytes(blobs.read(workspace, version))


@lru_cache(maxsize=64)
def _of_bytes(data: bytes) -> Form:
    return form_from_bytes(data)
