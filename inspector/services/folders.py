"""Where a workspace can lie: what this system says of a folder."""

from __future__ import annotations

import ctypes
import shutil
import sys
from pathlib import Path

import msgspec

from inspector.model.folder import unfit


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """A folder as a place for a workspace: `unfit` is the key of the reason against it, or empty; `free` in bytes;
    `holds` whether a workspace is there already."""

    path: Path
    unfit: str
    free: int
    holds: bool


def look(path: Path, *, apart: str = "") -> Folder:
    """What this system says of `path`, which need not exist yet; where it holds other files, of the folder `apart` in
    it. On a share that does not answer this takes as long as the system waits."""
    path = path.absolute()
    if apart and path.is_dir() and not (path / "inspector.db").exists() and any(path.iterdir()):
        path = path / apart
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    try:
        free = shutil.disk_usage(there).free
    except OSError:
        free = 0
    return Folder(
        path=path,
        unfit=unfit(path.resolve(), file_system=_file_system(there)),
        free=free,
        holds=(path / "inspector.db").is_file(),
    )


def _file_system(there: Path) -> str:
    """The name of the file system that `there` is on; empty where the system does not say."""
    if sys.platform == "win32":  # 未核实: written for Windows, never run there
        windows = ctypes.windll.kernel32
        if windows.GetDriveTypeW(there.anchor) == 4:  # DRIVE_REMOTE
            return "remote"
        name = ctypes.create_unicode_buffer(64)
        windows.GetVolumeInformationW(there.anchor, None, 0, None, None, None, name, len(name))
        return name.value
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _, mount, name, *_ = line.split()
        mount = mount.replace("\\040", " ")
        inside = there == Path(mount) or Path(mount) in there.parents
        if inside and len(mount) >= len(best):
            best, kind = mount, name
    return kind
