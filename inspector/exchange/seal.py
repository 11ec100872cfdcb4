"""Sealing (加密) of sticks, bundles and drafts: age, through pyrage (docs/format.md, "Sealed").

Everything in a sealed remote is encrypted to one X25519 identity: the ledger's, whose secret part lies on the laptops
that are enrolled, or one that was made for this remote and lies in its marker, encrypted with a passphrase. Stock age
opens both.
"""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

import msgspec
import pyrage

from inspector.exchange import layout
from inspector.exchange import passphrase as passphrases
from inspector.exchange.remote import Remote
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged, Refused

_MAX_MARKER = 4096


class Seal:
    """An identity that files are sealed to and opened with."""

    def __init__(self, identity: pyrage.x25519.Identity) -> None:
        self._identity = identity
        self._recipient = identity.to_public()

    @classmethod
    def new(cls) -> Seal:
        """A new identity."""
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def of(cls, secret: str) -> Seal:
        """The identity whose secret part is `secret` (AGE-SECRET-KEY-1…). Raises Damaged `seal-key-unreadable`."""
        try:
            return cls(pyrage.x25519.Identity.from_str(secret.strip()))
        except pyrage.IdentityError as error:
            raise Damaged("seal-key-unreadable") from error

    @property
    def recipient(self) -> str:
        """The public part (age1…)."""
        return str(self._recipient)

    @property
    def secret(self) -> str:
        """The secret part: whoever has it reads everything."""
        return str(self._identity)

    def seal(self, data: bytes) -> bytes:
        """The sealed bytes."""
        return bytes(pyrage.encrypt(data, [self._recipient]))

    def open(self, data: bytes) -> bytes:
        """The plain bytes. Raises Damaged `sealed-unreadable`: damaged, or sealed to another."""
        try:
            return bytes(pyrage.decrypt(data, [self._identity]))
        except pyrage.DecryptError as error:
            raise Damaged("sealed-unreadable", reason=str(error)) from error


class Marker(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `inspector-remote.json` says. `recipient` is there if the remote is sealed; `locked` is the identity's
    secret part, encrypted with a passphrase, if it was made for this remote."""

    v: int
    ledger: str
    recipient: str = ""
    locked: str = ""


def marker(remote: Remote) -> Marker | None:
    """The remote's marker; None if it has none, or half of one. Raises BadInput `remote-newer`."""
    data = remote.read(layout.MARKER)
    if data is None or len(data) > _MAX_MARKER:
        return None
    try:
        plain = canonical.decode(data)
        if isinstance(plain, dict) and plain.get("v", 1) != 1:
            raise BadInput("remote-newer", where=remote.where)
        return msgspec.convert(plain, Marker)
    except (Damaged, msgspec.ValidationError):
        return None


def marker_bytes(ledger: str, seal: Seal | None, *, passphrase: str = "") -> bytes:
    """The marker of a remote of `ledger`: sealed to `seal`, which is locked with `passphrase` unless that is
    empty (0.2 s)."""
    locked = ""
    if seal and passphrase:
        locked = base64.b64encode(passphrases.lock(seal.secret.encode(), passphrase)).decode()
    return canonical.encode(
        Marker(v=1, ledger=ledger, recipient=seal.recipient if seal else "", locked=locked)
    )


_UNLOCKED: dict[str, Seal] = {}
"""What a passphrase opened while this program runs, by its locked form: whoever sits here has typed it once. On no
disk."""


def unlocked_before(found: Marker) -> Seal | None:
    """The identity of a remote whose passphrase was given to this program before; None if it was not."""
    return _UNLOCKED.get(found.locked) if found.locked else None


@lru_cache(maxsize=8)
def _identity(locked: str, passphrase: str) -> Seal:
    """Kept while the program runs: scrypt takes its time."""
    secret = passphrases.unlock(base64.b64decode(locked, validate=True), passphrase)
    return Seal.of(secret.decode("ascii"))


def unlock(found: Marker, passphrase: str, *, where: str) -> Seal:
    """The identity of a remote that was sealed with a passphrase (0.2 s). What the marker says of its public part is
    not believed. Raises Refused `remote-passphrase-wrong`."""
    try:
        return _UNLOCKED.setdefault(found.locked, _identity(found.locked, passphrase))
    except (binascii.Error, ValueError, Damaged, Refused) as error:
        raise Refused("remote-passphrase-wrong", where=where) from error
