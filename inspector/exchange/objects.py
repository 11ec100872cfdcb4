"""An object store (S3) as a remote, through fsspec: the extra `s3`. Credentials come from the environment or the
system's own files (as boto reads them), and stand in no workspace and no log."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from inspector.exchange import layout
from inspector.model.errors import BadInput, Damaged, Environment

SCHEME = "s3://"
_ADDRESS = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,62}(/[^@?#:]*)?", re.ASCII)


class Objects:
    """The objects below `address` (s3://bucket/prefix). Objects appear whole or not at all, so there are no temporary
    names. Raises BadInput `s3-address-invalid` (an address is kept and logged: no key may stand in it), Environment
    `s3-not-installed`."""

    def __init__(self, address: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise BadInput("s3-address-invalid", where=address.rpartition("@")[2])
        self.where = address.rstrip("/")
        try:
            import botocore.exceptions
            import s3fs
        except ImportError as error:
            raise Environment("s3-not-installed", where=address) from error
        self._errors: tuple[type[Exception], ...] = (
            OSError,
            botocore.exceptions.BotoCoreError,
            botocore.exceptions.ClientError,
        )
        self._root = self.where.removeprefix(SCHEME)
        # A listing from a cache would hide what another laptop has put there since.
        self._store: Any = s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)

    def list(self) -> Iterator[tuple[str, int]]:
        """As `Remote.list`."""
        with self._told():
            found = self._store.find(self._root, detail=True)
        if len(found) > layout.MAX_FILES:
            raise Environment("remote-too-many-files", where=self.where, most=layout.MAX_FILES)
        for path, about in found.items():
            yield path.removeprefix(f"{self._root}/"), int(about["size"])

    def read(self, name: str) -> bytes | None:
        """As `Remote.read`."""
        with self._told():
            try:
                most = layout.MAX_FILE + 10_000_000
                if self._store.info(f"{self._root}/{name}")["size"] > most:
                    raise Damaged("remote-file-too-large", where=self.where, file=name)
                return bytes(self._store.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        """As `Remote.write`."""
        with self._told():
            self._store.pipe_file(f"{self._root}/{name}", data)
            if self._store.cat_file(f"{self._root}/{name}") != data:
                raise Damaged("remote-lies", where=self.where, file=name)
            for old in instead_of:
                with contextlib.suppress(FileNotFoundError):
                    self._store.rm_file(f"{self._root}/{old}")

    def free(self) -> int | None:
        """Nobody knows, but whether anything can be written: by trying."""
        probe = f"{self._root}/.{layout.MARKER}.part"
        try:
            self._store.pipe_file(probe, b"")
            self._store.rm_file(probe)
        except PermissionError:
            return 0
        except self._errors as error:
            raise Environment("remote-gone", where=self.where, reason=str(error)[:200]) from error
        return None

    def close(self) -> None:
        """Nothing is held."""

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except PermissionError as error:
            raise Environment("remote-read-only", where=self.where, reason=str(error)[:200]) from error
        except self._errors as error:
            raise Environment("remote-gone", where=self.where, reason=str(error)[:200]) from error
