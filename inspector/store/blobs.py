"""Blobs (原件): photos, documents, forms, each named by its SHA-256, written once, never changed.

A blob is on the disk before anything names it: temporary name, fsync, rename, fsync of the folder.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from inspector.ledger.files import put_in_place
from inspector.model import canonical
from inspector.model.errors import Damaged, Environment
from inspector.store.disk import settle
from inspector.store.faults import told
from inspector.store.workspace import Workspace

PART = ".part"
"""How the names of unfinished blobs end; a file of such a name is what a crash left."""


def put(workspace: Workspace, data: bytes) -> str:
    """Keep `data`; its name. It is on the disk when this returns. What is there already is not written again, unless
    it was damaged. Raises Environment (disk full, read-only)."""
    name = canonical.sha256(data)
    file = path(workspace, name)
    with told(workspace.path):
        if file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data:
            return name
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True, exist_ok=True)
            settle(file.parent.parent)
        write(file, data)
    return name


def put_unsettled(workspace: Workspace, name: str, data: bytes) -> Path:
    """Keep `data`, whose `name` the caller has checked; its folder. The blob counts once the folder is settled, too:
    whoever takes in thousands does that once for each folder. Raises Environment (disk full, read-only)."""
    file = path(workspace, name)
    with told(workspace.path):
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True, exist_ok=True)
            settle(file.parent.parent)
        write(file, data, settled=False)
    return file.parent


def settle_folders(workspace: Workspace, folders: Iterable[Path]) -> None:
    """Brings what `put_unsettled` wrote to the disk. Raises Environment."""
    with told(workspace.path):
        for folder in folders:
            settle(folder)


def write(file: Path, data: bytes, *, settled: bool = True) -> None:
    """Put a read-only file on the disk whole, or not at all, in place of what bore its name; with its folder, unless it
    is not to be `settled` yet. Raises OSError."""
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}{PART}")
    try:
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o444)
        put_in_place(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if settled:
        settle(file.parent)


def remove(workspace: Workspace, name: str) -> None:
    """The blob goes from here; whoever calls this knows that others have it. Raises Environment."""
    with told(workspace.path):
        path(workspace, name).unlink(missing_ok=True)


def read(workspace: Workspace, name: str) -> bytes:
    """The blob's bytes, checked against its name. Raises Environment `blob-missing`, Damaged `blob-damaged`."""
    try:
        with told(workspace.path):
            if not has(workspace, name):
                raise Environment("blob-missing", blob=name)
            data = path(workspace, name).read_bytes()
    except FileNotFoundError as error:
        raise Environment("blob-missing", blob=name) from error
    if canonical.sha256(data) != name:
        raise Damaged("blob-damaged", blob=name, where=relative(name))
    return data


def size(workspace: Workspace, name: str) -> int:
    """The blob's size in bytes. Raises Environment `blob-missing`."""
    try:
        return path(workspace, name).stat().st_size
    except FileNotFoundError as error:
        raise Environment("blob-missing", blob=name) from error


def has(workspace: Workspace, name: str) -> bool:
    """Whether the blob is here."""
    return path(workspace, name).is_file()


def path(workspace: Workspace, name: str) -> Path:
    """Where the blob lies, whether it is here or not."""
    return workspace.path / relative(name)


def relative(name: str) -> str:
    """The blob's path in the workspace."""
    return f"blobs/{name[:2]}/{name}"


def digest(workspace: Workspace, file: Path) -> str:
    """The SHA-256 of a file, however large it is. Raises Environment."""
    found = hashlib.sha256()
    with told(workspace.path), file.open("rb") as read:
        while chunk := read.read(2**20):
            found.update(chunk)
    return found.hexdigest()


def names(workspace: Workspace) -> set[str]:
    """The blobs that are here, damaged ones among them."""
    found: set[str] = set()
    with told(workspace.path):
        for _, _, files in os.walk(workspace.path / "blobs"):
            found.update(name for name in files if len(name) == 64)
    return found
