"""Scans (扫描件) of paper that was stamped or signed by hand: kept as they are, named by their hash."""

from __future__ import annotations

from pathlib import Path

import msgspec

from inspector.model.errors import BadInput, Environment
from inspector.model.file_name import legal
from inspector.store import blobs
from inspector.store.workspace import Workspace

MAX_BYTES = 50 * 2**20
"""As for a photo: a page of 600 dpi in colour stays below."""

_BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """A scan, by its hash and size in bytes."""

    sha256: str
    bytes: int


def as_file(workspace: Workspace, sha256: str, name: str) -> Path:
    """A scan as a file with its own name, for the program that shows such files; in the cache, which may be emptied.
    Raises Environment `blob-missing`, `export-failed`; Damaged `blob-damaged`."""
    file = workspace.path / "cache" / "scans" / f"{sha256[:8]}_{legal(name)}"
    data = blobs.read(workspace, sha256)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise Environment(
            "export-failed", folder=str(file.parent), reason=error.strerror or str(error)
        ) from error
    return file


def keep(workspace: Workspace, path: Path) -> Scan:
    """The scan, on the disk. Raises BadInput `scan-unreadable`, `scan-kind-unknown` (PDF, JPEG and PNG are known),
    `scan-too-large`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput("scan-unreadable", file=path.name, reason=error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise BadInput("scan-too-large", file=path.name, most=MAX_BYTES // 2**20)
    if not data.startswith(_BEGINNINGS):
        raise BadInput("scan-kind-unknown", file=path.name)
    return Scan(sha256=blobs.put(workspace, data), bytes=len(data))


def read(workspace: Workspace, sha256: str) -> bytes:
    """A scan that is kept. Raises Environment `blob-missing`, Damaged `blob-damaged`."""
    return blobs.read(workspace, sha256)
