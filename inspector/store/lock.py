"""The lock of a workspace: one process owns it, and says who it is in the file that is locked.

portalocker did the same; its imports (importlib.metadata, email, a client for Redis) were 27 ms of every start."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR = (
    1 << 30
)  # the byte that Windows locks: it lets nobody else read a locked one, and who holds it stands before it
_LONGEST = 20


class Lock:
    """Held from now on, until `release` or the end of the process, however that ends. `left` is what whoever had it
    before wrote last."""

    def __init__(self, file: Path) -> None:
        """Raises BlockingIOError if it is held, by another process or by this one."""
        self._file = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            _take(self._file)
            self.left = os.read(self._file, _LONGEST).decode("ascii", "replace").strip()
        except BaseException:
            os.close(self._file)
            raise

    def write(self, text: str) -> None:
        """Say who holds it. Raises OSError, on a full disk."""
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, text.encode("ascii"))

    def release(self) -> None:
        """Another may have it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _take(file: int) -> None:
    try:
        if sys.platform == "win32":
            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # Windows says EACCES
        raise BlockingIOError(error.errno, error.strerror) from error


def holder(file: Path) -> str:
    """What whoever holds the lock says of himself; empty if it cannot be read."""
    try:
        return file.read_text("ascii", "replace").strip()[:_LONGEST]
    except OSError:
        return ""
