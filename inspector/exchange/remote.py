"""A remote (同步目标): storage without logic and without locks, five calls. A folder on a stick or a share is here; an
object store is `inspector.exchange.objects`, a bundle `inspector.exchange.bundle`. The same tests run over all.

What is written stands there whole under its name, or not at all, and was read back. Nothing here knows what the files
mean: `inspector.exchange.layout` has their names.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from inspector.exchange import layout
from inspector.ledger.files import put_in_place
from inspector.model.errors import Damaged, Environment, InspectorError

PART = ".part"
"""How the name of an unfinished file ends; before it stands the device that wrote it."""

_SYSTEM = {
    errno.ENOSPC: "remote-full",
    errno.EDQUOT: "remote-full",
    errno.EFBIG: "remote-full",
    errno.EROFS: "remote-read-only",
    errno.EACCES: "remote-read-only",
    errno.EPERM: "remote-read-only",
}


class Remote(Protocol):
    """Where laptops meet. Names are those of `layout`, with slashes."""

    where: str
    """How a person calls it: the path or the address."""

    def list(self) -> Iterator[tuple[str, int]]:
        """Every regular file with its size in bytes, in no order; others may be writing. Raises Environment."""

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None if it is not there. Raises Environment; Damaged `remote-file-too-large`."""

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        """Puts a file there, whole and read back, or not at all; then the files `instead_of` go. Raises Environment;
        Damaged `remote-lies` when other bytes come back."""

    def free(self) -> int | None:
        """The bytes that still fit; None where nobody knows. 0 where nothing can be written at all."""

    def close(self) -> None:
        """Gives back what it holds."""


class Folder:
    """A folder on a stick, a share or this disk. `device` marks unfinished files, so that two laptops on one share
    never write the same."""

    def __init__(self, path: Path, *, device: str) -> None:
        self.where = str(path)
        self._path = path
        self._device = device[:8]

    def list(self) -> Iterator[tuple[str, int]]:
        """As `Remote.list`; links and other things that are no regular files are passed over. What this device left
        unfinished when it was killed goes: it lists when it writes nothing."""
        with told(self.where):
            if not self._path.is_dir():
                raise Environment("remote-gone", where=self.where, reason="")
            left = layout.MAX_FILES
            marker = self._path / layout.MARKER
            if marker.is_file():
                yield layout.MARKER, marker.stat().st_size
            for folder in layout.FOLDERS:
                for name, size in _files(self._path / folder, folder):
                    if name.endswith(PART):
                        self._clear(name)
                        continue
                    left -= 1
                    if not left:
                        raise Environment("remote-too-many-files", where=self.where, most=layout.MAX_FILES)
                    yield name, size

    def read(self, name: str) -> bytes | None:
        """As `Remote.read`."""
        with told(self.where):
            try:
                return self._read(self._path / name)
            except (FileNotFoundError, NotADirectoryError) as error:
                if not self._path.is_dir():
                    raise Environment("remote-gone", where=self.where, reason="") from error
                return None

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        """As `Remote.write`."""
        file = self._path / name
        part = file.with_name(f".{self._device}-{secrets.token_hex(4)}{PART}")
        with told(self.where):
            if not self._path.is_dir():
                raise Environment("remote-gone", where=self.where, reason="")
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("xb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
                    _drop_cache(out.fileno())
                if self._read(part) != data:
                    raise Damaged("remote-lies", where=self.where, file=name)
                put_in_place(part, file)
            except BaseException:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
                raise
            settle(file.parent)
            for old in instead_of:
                with contextlib.suppress(
                    FileNotFoundError, PermissionError
                ):  # another laptop was faster, or reads it
                    (self._path / old).unlink()

    def free(self) -> int | None:
        """As `Remote.free`: 0 on a folder that cannot be written, found out by trying."""
        probe = self._path / f".{self._device}-{secrets.token_hex(4)}{PART}"
        try:
            probe.touch(exist_ok=False)
            probe.unlink()
            return shutil.disk_usage(self._path).free
        except OSError as error:
            if _SYSTEM.get(error.errno or 0) == "remote-read-only":
                return 0
            if _SYSTEM.get(error.errno or 0) == "remote-full":
                return 1
            raise named(error, self.where) from error

    def close(self) -> None:
        """Nothing is held."""

    def _clear(self, name: str) -> None:
        if name.rpartition("/")[2].startswith(f".{self._device}-"):
            with contextlib.suppress(OSError):  # write-protected: then it stays
                (self._path / name).unlink()

    def _read(self, file: Path) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(file, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as opened:
            data = opened.read(layout.MAX_FILE + 10_000_000)
            if opened.read(1):
                raise Damaged("remote-file-too-large", where=self.where, file=file.name)
            return data


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """Raises what a disk or a share says inside as Environment: what, where, why."""
    try:
        yield
    except OSError as error:
        raise named(error, where) from error


def named(error: OSError, where: str) -> InspectorError:
    """The failure of a remote that `error` tells of: full, read-only, or gone (pulled, switched off, torn)."""
    key = _SYSTEM.get(error.errno or 0, "remote-gone")
    return Environment(key, where=where, reason=error.strerror or str(error))


def _files(folder: Path, name: str) -> Iterator[tuple[str, int]]:
    """The regular files two folders deep: the layout has no more."""
    try:
        with os.scandir(folder) as entries:
            below = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return
    for one in below:
        try:
            with os.scandir(one.path) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        with contextlib.suppress(FileNotFoundError):  # replaced by a newer one just now
                            yield f"{name}/{one.name}/{entry.name}", entry.stat(follow_symlinks=False).st_size
        except FileNotFoundError:
            continue


def _drop_cache(descriptor: int) -> None:
    """So that reading back reads the stick, where the system can: on Linux."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def settle(folder: Path) -> None:
    """Brings the names in a folder to the disk, where that can be done."""
    if os.name != "posix":
        return  # Windows brings the names in a folder to the disk by itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # shares and FAT drivers refuse to sync a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
