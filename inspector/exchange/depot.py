"""A remote whose files are opened and sealed on the way: what the rest of the program reads and writes is plain."""

from __future__ import annotations

import msgspec

from inspector.exchange import layout
from inspector.exchange.layout import DraftFile, File, Listing
from inspector.exchange.remote import Remote
from inspector.exchange.seal import Seal
from inspector.model.errors import Damaged


class Depot:
    """`sealed` says whether everything there is sealed to `seal`; drafts always are, and need one."""

    def __init__(self, remote: Remote, *, seal: Seal | None, sealed: bool) -> None:
        self.remote = remote
        self.where = remote.where
        self.seal = seal
        self.sealed = sealed

    def listing(self) -> Listing:
        """What lies there now."""
        return layout.listing(self.remote.list(), sealed=self.sealed)

    def read(self, file: File) -> bytes | None:
        """The file's plain bytes, as many as its name says; None if it is no longer there. Raises Damaged
        `sealed-unreadable`, `remote-file-cut`; Environment."""
        data = self.remote.read(file.name)
        if data is None:
            return None
        if file.sealed:
            if self.seal is None:
                raise Damaged("sealed-unreadable", reason="no key")
            data = self.seal.open(data)
        if len(data) != file.bytes:
            raise Damaged("remote-file-cut", bytes=len(data), named=file.bytes)
        return data

    def write(self, file: File, data: bytes, *, instead_of: tuple[File, ...] = ()) -> File:
        """Puts the plain bytes there, sealed if this remote is; the file as it is called there. Raises Environment,
        Damaged `remote-lies`."""
        if not isinstance(file, DraftFile):
            file = msgspec.structs.replace(file, sealed=self.sealed)
        if file.sealed:
            if self.seal is None:
                raise ValueError("nothing to seal with")
            data = self.seal.seal(data)
        self.remote.write(file.name, data, instead_of=tuple(old.name for old in instead_of))
        return file
