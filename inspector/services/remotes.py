"""Where one can sync: the sticks that are in, and the folders that this laptop synced with before. Looking writes
nothing."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from inspector.exchange import layout
from inspector.exchange import seal as seals
from inspector.exchange.objects import SCHEME
from inspector.exchange.remote import Folder
from inspector.exchange.remote import told as remote_told
from inspector.model.errors import BadInput, InspectorError
from inspector.services import sealing
from inspector.store import met
from inspector.store.workspace import Workspace

_STICKS = ("/media/", "/run/media/")
"""Below these, desktops mount what is plugged in."""

_MOUNTS = Path("/proc/self/mounts")


class State(StrEnum):
    """What lies at a place."""

    NEW = "new"
    """Nothing yet: the first sync makes it a remote, sealed or not."""
    PLAIN = "plain"
    SEALED = "sealed"
    OTHER = "other"
    """A remote of another ledger, or of a newer program."""
    AWAY = "away"
    """Not here now: not plugged in, or not on the net."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A place to sync with. `free` in bytes, None where nobody knows, 0 where nothing can be written; `synced` is when
    this laptop was here last (RFC 3339, else empty), `complete` whether everything of it lay there then. `opens`:
    nobody has to type a passphrase, for the ledger's key is on this laptop."""

    path: Path
    name: str
    state: State
    stick: bool = False
    free: int | None = None
    synced: str = ""
    complete: bool = False
    opens: bool = False


def offered(workspace: Workspace, folder: str, *, also: Sequence[Path] = ()) -> list[Offer]:
    """The sticks that are in (on one without a remote, one would be made in `folder`), the folders in `also`, and
    those that were synced before; each once, in this order."""
    sticks = [_on_stick(root, folder) for root in plugged_in()]
    found = [look(workspace, path, name=name, stick=True) for name, path in sticks]
    with workspace.reading() as db:
        before = [Path(one.place) for one in met.places(db) if not one.place.startswith(SCHEME)]
    for path in (*also, *before):
        if all(one.path != path for one in found) and path.suffix != ".zip":
            found.append(look(workspace, path, name=path.name or str(path)))
    return found


def look(workspace: Workspace, path: Path, *, name: str, stick: bool = False) -> Offer:
    """What lies at a place, without writing to it."""
    with workspace.reading() as db:
        last = next((one for one in met.places(db) if one.place == str(path)), None)
    there = path if path.is_dir() else path.parent if stick else None
    state, opens = State.AWAY, False
    if there is not None and there.is_dir():
        state, opens = _lies_at(workspace, path)
    return Offer(
        path=path,
        name=name,
        state=state,
        stick=stick,
        free=None if state is State.AWAY else _free(there or path),
        synced=last.at if last else "",
        complete=bool(last and last.complete),
        opens=opens,
    )


def make(path: Path) -> None:
    """The folder of a new remote, on a stick that has none. Raises Environment."""
    with remote_told(str(path)):
        if path.parent.is_dir():
            path.mkdir(exist_ok=True)


def plugged_in(mounts: Path = _MOUNTS) -> list[Path]:
    """Where the removable disks of this computer are mounted now, by what the system says."""
    if sys.platform == "win32":  # 未核实: written for Windows, never run there
        windows = ctypes.windll.kernel32
        drives = windows.GetLogicalDrives()
        roots = [f"{chr(ord('A') + n)}:\\" for n in range(26) if drives & (1 << n)]
        return [Path(root) for root in roots if windows.GetDriveTypeW(root) == 2]  # DRIVE_REMOVABLE
    if sys.platform == "darwin":  # 未核实
        return sorted(path for path in Path("/Volumes").iterdir() if not path.is_symlink())
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    roots = [line.split()[1].replace("\\040", " ") for line in lines]
    return sorted(Path(root) for root in roots if root.startswith(_STICKS))


def _on_stick(root: Path, folder: str) -> tuple[str, Path]:
    """The name of a stick, and where on it one syncs: at its root if a remote is there, else in `folder`."""
    name = root.name or str(root)
    return name, root if (root / layout.MARKER).is_file() else root / folder


def _lies_at(workspace: Workspace, path: Path) -> tuple[State, bool]:
    """What a place is, and whether it opens without a passphrase."""
    own = sealing.key(workspace)
    if not path.is_dir():
        return State.NEW, own is not None
    try:
        marker = seals.marker(Folder(path, device=workspace.device.id))
    except BadInput:
        return State.OTHER, False
    except InspectorError:
        return State.AWAY, False
    if marker is None:
        return State.NEW, own is not None
    if marker.ledger != workspace.ledger:
        return State.OTHER, False
    if not marker.recipient:
        return State.PLAIN, True
    return State.SEALED, own is not None and own.recipient == marker.recipient


def _free(there: Path) -> int | None:
    """As `Remote.free`, without trying it out: what is only looked at is not written to."""
    try:
        return shutil.disk_usage(there).free if os.access(there, os.W_OK) else 0
    except OSError:
        return None
