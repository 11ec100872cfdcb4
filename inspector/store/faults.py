"""Whose fault it was: SQLite's and the system's errors as `Environment` (nobody's) or `Damaged`.

Anything that is not named here is a fault of ours and stays what it is.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector.model.errors import Damaged, Environment, InspectorError

_SQLITE = {
    sqlite3.SQLITE_FULL: "workspace-disk-full",
    sqlite3.SQLITE_READONLY: "workspace-read-only",
    sqlite3.SQLITE_PERM: "workspace-read-only",
    sqlite3.SQLITE_BUSY: "workspace-busy",
    sqlite3.SQLITE_LOCKED: "workspace-busy",
    sqlite3.SQLITE_IOERR: "workspace-disk-fault",
    sqlite3.SQLITE_CANTOPEN: "workspace-cannot-open",
}
_FULL_BEFORE = {sqlite3.SQLITE_IOERR_SHMSIZE}
"""Reading already needs some kilobytes beside the database, and the disk has none left."""
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SYSTEM = {
    errno.ENOSPC: "workspace-disk-full",
    errno.EDQUOT: "workspace-disk-full",
    errno.EFBIG: "workspace-disk-full",
    errno.EROFS: "workspace-read-only",
    errno.EACCES: "workspace-read-only",
    errno.EPERM: "workspace-read-only",
    errno.EIO: "workspace-disk-fault",
    errno.ENODEV: "workspace-disk-fault",
    errno.ENOENT: "workspace-cannot-open",
    errno.ENOTDIR: "workspace-cannot-open",
}


def named(error: sqlite3.Error | OSError, where: Path) -> InspectorError | None:
    """The failure of the disk or of another process that `error` tells of; None for a fault of ours."""
    if isinstance(error, OSError):
        key = _SYSTEM.get(error.errno or 0)
        if isinstance(error.filename, str) and not Path(error.filename).is_relative_to(where):
            where = Path(error.filename)  # the key of the device, a backup: not the workspace's fault
        return Environment(key, where=str(where), reason=error.strerror or str(error)) if key else None
    extended = getattr(error, "sqlite_errorcode", None) or 0
    code = sqlite3.SQLITE_FULL if extended in _FULL_BEFORE else extended & 0xFF
    if code in _DAMAGE or (not code and "UTF-8" in str(error)):  # Python's own: a text that is none
        return Damaged("workspace-damaged", where=str(where), reason=str(error))
    key = _SQLITE.get(code)
    return Environment(key, where=str(where), reason=str(error)) if key else None


@contextmanager
def told(where: Path) -> Iterator[None]:
    """Raises what happens inside as Environment or Damaged where it is one."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if known := named(error, where):
            raise known from error
        raise
