"""Where one can sync: the sticks that are in, the folders and object stores that this laptop synced with before.
Looking writes nothing."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from threading import Thread

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

_SECONDS = 1.5
"""How long a folder may take to answer when one only looks at it; a stick that wakes up takes less than one."""

_ASKED: dict[Path, Thread] = {}


class Kind(StrEnum):
    """What a place is: only a stick is ejected, only an object store is not looked at before one syncs."""

    STICK = "stick"
    FOLDER = "folder"
    STORE = "store"


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
    UNSEEN = "unseen"
    """An object store: to look costs the net, so the sync itself finds out."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A place to sync with; `where` is its path or its address. `free` in bytes, None where nobody knows, 0 where
    nothing can be written; `synced` is when this laptop was here last (RFC 3339, else empty), `complete` whether
    everything of it lay there then. `opens`: nobody has to type a passphrase, for the ledger's key is on this
    laptop."""

    where: str
    name: str
    state: State
    kind: Kind = Kind.FOLDER
    free: int | None = None
    synced: str = ""
    complete: bool = False
    opens: bool = False


def offered(workspace: Workspace, folder: str, *, also: Sequence[str] = ()) -> list[Offer]:
    """The sticks that are in (on one without a remote, one would be made in `folder`), the places in `also` (paths, or
    s3://bucket/prefix), and those that were synced before; each once, in this order."""
    sticks = [_on_stick(root, folder) for root in plugged_in()]
    found = [look(workspace, path, name=name, kind=Kind.STICK) for name, path in sticks]
    with workspace.reading() as db:
        before = [one.place for one in met.places(db) if not one.place.endswith(".zip")]
    for where in dict.fromkeys((*also, *before)):
        if where.startswith(SCHEME):
            found.append(_store(workspace, where))
        elif all(one.where != where for one in found):
            path = Path(where)
            found.append(look(workspace, path, name=path.name or where))
    return found


def look(workspace: Workspace, path: Path, *, name: str, kind: Kind = Kind.FOLDER) -> Offer:
    """What lies at a folder, without writing to it."""
    there = path.parent if kind is Kind.STICK and not path.is_dir() else path
    state, opens = State.AWAY, False
    if _answers(there):
        state, opens = _lies_at(workspace, path)
    last = _last(workspace, str(path))
    return Offer(
        where=str(path),
        name=name,
        state=state,
        kind=kind,
        free=None if state is State.AWAY else _free(there),
        synced=last.at if last else "",
        complete=bool(last and last.complete),
        opens=opens,
    )


def _answers(path: Path) -> bool:
    """Whether a folder is there. A share that is off the net keeps whoever asks waiting for a minute: nobody waits so
    long here, and while one question is open no other is asked."""
    asked = _ASKED.get(path)
    if asked is not None and asked.is_alive():
        return False
    found: list[bool] = []
    asking = _ASKED[path] = Thread(target=lambda: found.append(path.is_dir()), daemon=True)
    asking.start()
    asking.join(_SECONDS)
    return found == [True]


def _store(workspace: Workspace, where: str) -> Offer:
    last = _last(workspace, where)
    return Offer(
        where=where,
        name=where.removeprefix(SCHEME).rstrip("/"),
        state=State.UNSEEN,
        kind=Kind.STORE,
        synced=last.at if last else "",
        complete=bool(last and last.complete),
    )


def _last(workspace: Workspace, where: str) -> met.Place | None:
    with workspace.reading() as db:
        return next((one for one in met.places(db) if one.place == where), None)


def stick_of(path: Path) -> Path | None:
    """Where the stick is mounted on which a path lies; None if it lies on none that is in."""
    return next((root for root in plugged_in() if path.absolute().is_relative_to(root)), None)


def on_stick(where: str) -> bool:
    """Whether a place lies on a stick: one is lost more easily than a share."""
    return not where.startswith(SCHEME) and stick_of(Path(where)) is not None


def make(where: str) -> None:
    """The folder of a new remote, on a stick that has none. Raises Environment."""
    path = Path(where)
    with remote_told(where):
        if not where.startswith(SCHEME) and path.parent.is_dir():
            path.mkdir(exist_ok=True)


def plugged_in() -> list[Path]:
    """Where the removable disks of this computer are mounted now, by what the system says."""
    if sys.platform == "win32":  # 未核实: written for Windows, never run there
        windows = ctypes.windll.kernel32
        drives = windows.GetLogicalDrives()
        roots = [f"{chr(ord('A') + n)}:\\" for n in range(26) if drives & (1 << n)]
        return [Path(root) for root in roots if windows.GetDriveTypeW(root) == 2]  # DRIVE_REMOVABLE
    if sys.platform == "darwin":  # 未核实
        return sorted(path for path in Path("/Volumes").iterdir() if not path.is_symlink())
    return sorted(_mounted())


def device_at(root: Path) -> str:
    """The device (/dev/sdb1) that is mounted at a root, on Linux; empty if nobody knows."""
    return _mounted().get(root, "")


def _mounted() -> dict[Path, str]:
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    plain = [line.replace("\\040", "\0").split()[:2] for line in lines]
    return {Path(root.replace("\0", " ")): device for device, root in plain if root.startswith(_STICKS)}


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
    ours = own is not None and own.recipient == marker.recipient
    return State.SEALED, ours or seals.unlocked_before(marker) is not None


def _free(there: Path) -> int | None:
    """As `Remote.free`, without trying it out: what is only looked at is not written to."""
    try:
        return shutil.disk_usage(there).free if os.access(there, os.W_OK) else 0
    except OSError:
        return None
