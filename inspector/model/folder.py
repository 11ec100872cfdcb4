"""Whether a folder may hold a workspace: SQLite's log needs a local disk that keeps what it says it has kept."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from inspector.model.words import CLOUD_FOLDERS

FAT: Final = frozenset({"vfat", "msdos", "fat", "fat12", "fat16", "fat32", "exfat", "exfat-fuse"})
"""File systems without a journal: a stick that is pulled out leaves half a file. Sticks are for syncing."""

NETWORK: Final = frozenset(
    {
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "nfs",
        "nfs4",
        "9p",
        "afpfs",
        "davfs",
        "fuse.sshfs",
        "ncpfs",
        "remote",
    }
)
"""File systems of other machines: memory that two processes share, which the log needs, is not there. `remote` is what
Windows calls a network drive. Names from their manuals, 未核实 on all of them."""

CLOUD: Final = (
    "onedrive",
    "dropbox",
    "google drive",
    "icloud",
    "mobile documents",
    "nutstore",
    "baidunetdisk",
    "baidusyncdisk",
    "wpsdrive",
    *CLOUD_FOLDERS,
)
"""Parts of the names of folders that another program copies away while they are written."""


def unfit(path: PurePath, *, file_system: str) -> str:
    """The key of the reason why a workspace must not lie at `path`, which is on a `file_system` (as the system names
    it); empty if it may. `folder-network`, `folder-fat`, `folder-cloud`."""
    name = file_system.casefold()
    if name in NETWORK or str(path).startswith(("\\\\", "//")):
        return "folder-network"
    if name in FAT:
        return "folder-fat"
    if any(mark in part.casefold() for part in path.parts for mark in CLOUD):
        return "folder-cloud"
    return ""
