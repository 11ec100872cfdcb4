"""Storages that fail: remotes by call, this laptop's disk by SQLite's calls and by the system's."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from inspector.exchange.remote import Remote
from inspector.model.errors import Environment
from tests.exchange.desk import Pulled


class Tearing(Pulled):
    """A stick without a journal: the write at one call is reported as done, and leaves half a file under its name."""

    def __init__(self, remote: Remote, *, at: int) -> None:
        super().__init__(remote, after=10**9)
        self._at = at
        self.spoilt = ""

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        super().write(name, data, instead_of=instead_of)
        if self.calls == self._at:
            self.spoil(Path(self.where, name), data)
            self.spoilt = name

    def spoil(self, file: Path, data: bytes) -> None:
        file.write_bytes(data[: len(data) // 2])


class Forgetting(Tearing):
    """A stick that reports success and drops what was written."""

    def spoil(self, file: Path, data: bytes) -> None:
        file.unlink()


class Stumbling(Pulled):
    """A share that is away for one call, and there again at the next."""

    def __init__(self, remote: Remote, *, at: int) -> None:
        super().__init__(remote, after=10**9)
        self._at = at

    def _call(self) -> None:
        super()._call()
        if self.calls == self._at:
            raise Environment("remote-gone", where=self.where, reason="stumbled")


class Full(Pulled):
    """A stick that says it has room and is full after some bytes."""

    def __init__(self, remote: Remote, *, room: int) -> None:
        super().__init__(remote, after=10**9)
        self._room = room

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        self._room -= len(data)
        if self._room < 0:
            raise Environment("remote-full", where=self.where, reason="full")
        super().write(name, data, instead_of=instead_of)


class FaultyFile(apsw.VFSFile):
    """A file that counts on its disk's fuse."""

    def __init__(self, disk: FaultyDisk, name: str | apsw.URIFilename, flags: list[int]) -> None:
        self._disk = disk
        super().__init__(disk.base_vfs, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.count()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self._disk.count()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:
        self._disk.count()
        super().xTruncate(size)


class FaultyDisk(apsw.VFS):
    """A disk on which the `at`th write or sync fails, and those after it do not."""

    def __init__(self, name: str, *, at: int) -> None:
        self.name = name
        self.base_vfs = apsw.vfs_names()[0]
        self.at = at
        self.calls = 0
        super().__init__(name, self.base_vfs)

    def xOpen(self, name: str | apsw.URIFilename, flags: list[int]) -> FaultyFile:
        return FaultyFile(self, name, flags)

    def count(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise apsw.IOError("the disk failed once")


@contextmanager
def system_fails(monkeypatch: Any, *, at: int, code: int, times: int = 1) -> Iterator[None]:
    """The `at`th of the calls that bring files to the disk fails with `code`, and `times - 1` after it: a full disk,
    one with bad sectors, a scanner that holds a file."""
    calls = 0

    def failing(call: Callable[..., Any]) -> Callable[..., Any]:
        def tried(*args: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if at <= calls < at + times:
                raise OSError(code, os.strerror(code), str(args[0]) if args else "")
            return call(*args, **named)

        return tried

    with monkeypatch.context() as patched:
        names = ("replace",) if code == errno.EACCES else ("fsync", "replace", "mkdir")
        for name in names:
            patched.setattr(os, name, failing(getattr(os, name)))
        yield
