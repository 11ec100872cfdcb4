"""A bundle (数据包): the layout of a remote in zip files, each at most 512 MiB and complete in itself.

Entries are stored, not compressed: what they hold is photos, PDFs and sealed bytes. Reading never changes a bundle.
"""

from __future__ import annotations

import os
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from inspector.exchange import layout
from inspector.exchange.remote import PART, settle, told
from inspector.ledger.files import put_in_place
from inspector.model.errors import BadInput, Damaged, Environment, Refused

MOST_BYTES = 512 * 2**20
"""What most mail boxes' and chat programs' transfer of files takes, and FAT by far (docs/decisions.md)."""

_ENTRY_BYTES = 300
"""What an entry adds beside its bytes: its name twice, two headers."""


class Bundle:
    """One file of a bundle, to read: a remote that cannot be written. Raises BadInput `bundle-unreadable`."""

    def __init__(self, file: Path) -> None:
        self.where = str(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except OSError as error:
            raise BadInput("bundle-unreadable", file=str(file), reason=error.strerror or "") from error
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
            raise BadInput("bundle-unreadable", file=str(file), reason=str(error)) from error
        self._entries = {info.filename: info for info in self._zip.infolist() if _plain(info)}

    def list(self) -> Iterator[tuple[str, int]]:
        """As `Remote.list`. Compressed entries do not count: a small file must not become a large one."""
        for name, info in self._entries.items():
            yield name, info.file_size

    def read(self, name: str) -> bytes | None:
        """As `Remote.read`. Raises Damaged `bundle-entry-damaged`."""
        info = self._entries.get(name)
        if info is None:
            return None
        if info.file_size > layout.MAX_FILE + 10_000_000:
            raise Damaged("remote-file-too-large", where=self.where, file=name)
        with told(self.where):
            try:
                return self._zip.read(info)
            except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError) as error:
                raise Damaged("bundle-entry-damaged", file=name, reason=str(error)) from error

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        """A bundle is not written when it is read."""
        raise Environment("remote-read-only", where=self.where, reason="zip")

    def free(self) -> int | None:
        """Nothing can be written."""
        return 0

    def close(self) -> None:
        """Closes the file."""
        self._zip.close()


class Writer:
    """New zip files `file`, `file` with -2, -3 before its ending, and so on. In a `with` block: when it ends they all
    stand there, on the disk and read back; if it raises, none does. Raises Refused `bundle-exists`."""

    def __init__(self, file: Path, marker: bytes, *, most_bytes: int = MOST_BYTES) -> None:
        self.where = str(file)
        self._file = file
        self._marker = marker
        self._most = most_bytes
        self._parts: list[Path] = []
        self._zip: zipfile.ZipFile | None = None
        self._size = 0
        self.files: tuple[Path, ...] = ()

    def __enter__(self) -> Writer:
        self._next()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            if self._zip:
                self._zip.close()
            for part in self._parts:
                part.unlink(missing_ok=True)

    def make_room(self, size: int) -> None:
        """What comes next, `size` bytes, belongs together: if this file has no room for it, the next one begins."""
        if self._size + size > self._most and self._size > len(self._marker) + _ENTRY_BYTES:
            self._next()

    def list(self) -> Iterator[tuple[str, int]]:
        """Nothing lies there yet."""
        return iter(())

    def read(self, name: str) -> bytes | None:
        """The marker: the rest is read back when all is written."""
        return self._marker if name == layout.MARKER else None

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        """As `Remote.write`, into the current file."""
        if self._zip is None:
            raise ValueError("not open")
        with told(self.where):
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o644 << 16
            self._zip.writestr(info, data)
        self._size += len(data) + _ENTRY_BYTES

    def free(self) -> int | None:
        """Nobody knows before it is written."""
        return None

    def close(self) -> None:
        """Nothing is held but in a `with` block."""

    def _next(self) -> None:
        self._settle()
        number = len(self._parts) + 1
        target = self._name(number)
        if target.exists():
            raise Refused("bundle-exists", file=str(target))
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}{PART}")
        with told(self.where):
            self._parts.append(part)
            self._zip = zipfile.ZipFile(part, "x", zipfile.ZIP_STORED)
        self._size = 0
        self.write(layout.MARKER, self._marker)

    def _settle(self) -> None:
        if self._zip is None:
            return
        with told(self.where):
            self._zip.close()
            part = self._parts[-1]
            descriptor = os.open(part, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            with zipfile.ZipFile(part) as again:
                if (bad := again.testzip()) is not None:
                    raise Damaged("remote-lies", where=self.where, file=bad)
        self._zip = None

    def _finish(self) -> None:
        self._settle()
        with told(self.where):
            self.files = tuple(self._name(number) for number in range(1, len(self._parts) + 1))
            for part, target in zip(self._parts, self.files, strict=True):
                put_in_place(part, target)
            settle(self._file.absolute().parent)
        self._parts = []

    def _name(self, number: int) -> Path:
        return self._file if number == 1 else self._file.with_stem(f"{self._file.stem}-{number}")


def _plain(info: zipfile.ZipInfo) -> bool:
    return (
        info.compress_type == zipfile.ZIP_STORED
        and info.compress_size == info.file_size
        and not info.is_dir()
    )
