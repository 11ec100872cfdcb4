"""The key of a device, and the mark up to which its chain has been seen.

The files lie outside the workspace, in the user's local (not roaming) data folder, and are never in a backup: so a
copy of a workspace, a restored one and one that was set back can tell that they are not the original, and go on as a
new device instead of signing a second batch with a number that is taken.

    <workspace id>.json   {"key": base64 of the 32 secret bytes, "machine", "workspace": path}; written seldom, fsynced
    <workspace id>.mark   seq, hash; overwritten in place after each commit. Not in the file above: rewriting the only
                          copy of a key with every act would put it at risk.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import platform
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from inspector.ledger.files import put_in_place
from inspector.ledger.record import device_of, is_hash
from inspector.model.errors import Damaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SECRET_BYTES = 32
_MARK_BYTES = 16 + 1 + 64 + 1


class Mark(msgspec.Struct, frozen=True):
    """The last batch of this device that is known to be committed. (0, "") before the first."""

    seq: int
    hash: str


class _KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    machine: str
    workspace: str


class Device:
    """The device of one workspace on this machine. Made by `create` and `load`; close it to release its mark file.

    A workspace is opened to be looked at more often than something is signed in it: what signs is loaded then."""

    def __init__(self, *, secret: bytes, file: Path, machine: str, workspace: str) -> None:
        self._secret = secret
        self.machine = machine
        self.workspace = workspace
        self._file = file
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._mark = os.open(file.with_suffix(".mark"), flags, 0o600)

    @classmethod
    def create(cls, folder: Path, *, workspace: str, path: Path) -> Device:
        """A new device for the workspace with the id `workspace` at `path`. An earlier key of that id is replaced:
        it has signed what it has signed. On the disk when this returns."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret = os.urandom(_SECRET_BYTES)
        file = folder / f"{workspace}.json"
        file.with_suffix(".mark").unlink(missing_ok=True)
        _write(file, secret, path)
        return cls(secret=secret, file=file, machine=this_machine(), workspace=str(path))

    @classmethod
    def load(cls, folder: Path, *, workspace: str) -> Device | None:
        """The device of the workspace with this id, or None if this user has none on this machine's disk.
        Raises Damaged `device-key-unreadable`."""
        file = folder / f"{workspace}.json"
        try:
            kept = msgspec.json.decode(file.read_bytes(), type=_KeyFile)
            secret = base64.b64decode(kept.key, validate=True)
        except FileNotFoundError:
            return None
        except (msgspec.DecodeError, binascii.Error, ValueError) as error:
            raise Damaged("device-key-unreadable", file=str(file)) from error
        if len(secret) != _SECRET_BYTES:
            raise Damaged("device-key-unreadable", file=str(file))
        return cls(secret=secret, file=file, machine=kept.machine, workspace=kept.workspace)

    def move_to(self, path: Path) -> None:
        """The workspace was moved: it is at `path` now."""
        _write(self._file, self._secret, path)
        self.workspace = str(path)

    @cached_property
    def key(self) -> Ed25519PrivateKey:
        """What signs."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._secret)

    @cached_property
    def public(self) -> str:
        """The public key (64 hex)."""
        return self.key.public_key().public_bytes_raw().hex()

    @cached_property
    def id(self) -> str:
        """The device's name in the ledger (32 hex)."""
        return device_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (64 bytes)."""
        return self.key.sign(data)

    @property
    def mark(self) -> Mark | None:
        """How far the chain has been seen; None if the file cannot be read as a mark."""
        os.lseek(self._mark, 0, os.SEEK_SET)
        text = os.read(self._mark, _MARK_BYTES + 1).decode("ascii", "replace")
        if not text:
            return Mark(0, "")
        seq, _, digest = text.rstrip("\n").partition(" ")
        return (
            Mark(int(seq), digest)
            if len(text) == _MARK_BYTES and seq.isdecimal() and is_hash(digest)
            else None
        )

    def raise_mark(self, seq: int, digest: str) -> None:
        """The batch `seq` with the hash `digest` is committed. In the system's cache when this returns."""
        os.lseek(self._mark, 0, os.SEEK_SET)
        os.write(self._mark, b"%016d %s\n" % (seq, digest.encode("ascii")))

    def settle(self) -> None:
        """Brings the mark to the disk: before anything leaves the laptop (sync, bundle, backup, export, print)."""
        os.fsync(self._mark)

    def close(self) -> None:
        """Releases the mark file."""
        if self._mark >= 0:
            os.close(self._mark)
            self._mark = -1


def this_machine() -> str:
    """A stable name of this machine (32 hex), that tells nothing about it. Linux: /etc/machine-id; elsewhere, or
    without it: the host's name and processor."""
    for source in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            if identity := source.read_text("ascii").strip():
                break
        except (OSError, UnicodeDecodeError):
            continue
    else:
        identity = f"{platform.node()} {platform.system()} {platform.machine()}"
    return hashlib.sha256(b"inspector machine\n" + identity.encode()).hexdigest()[:32]


def _write(file: Path, secret: bytes, path: Path) -> None:
    content = msgspec.json.encode(
        _KeyFile(
            key=base64.b64encode(secret).decode("ascii"),
            machine=this_machine(),
            workspace=str(path),
        )
    )
    temporary = file.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    put_in_place(temporary, file)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
