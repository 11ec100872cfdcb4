"""A secret locked with a passphrase: an age file with one scrypt stanza (age-encryption.org/v1; C2SP age.md), as stock
age writes and opens it.

By hand, since the library takes as much work as makes one second on this machine, and refuses to open what would take a
slower or busier one much longer: a stick that was sealed on a new computer could not be opened on an old one, and the
passphrase would have been called wrong. Here the work is fixed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspector.model.errors import Damaged, Refused

WORK = 16
"""scrypt with N = 2^16, r = 8, p = 1: 64 MiB, 0.2 s on a laptop of 2020 (measured 2026-11-26; busy, a second)."""

MOST_WORK = 19
"""More is not tried: 512 MiB. A marker must not fill the memory."""

_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9]\d?)\n([A-Za-z0-9+/]{43})\n---)"
    rb" ([A-Za-z0-9+/]{43})\n"
)
_LAST = bytes(11) + b"\x01"
"""The nonce of the first chunk of 64 KiB when it is the last, too."""
_MOST_SECRET = 1024


def lock(secret: bytes, passphrase: str, *, work: int = WORK) -> bytes:
    """The secret (at most 1 KiB) as an age file that the passphrase opens."""
    if len(secret) > _MOST_SECRET:
        raise ValueError("longer than a secret")
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_b64(salt), work, _b64(wrapped))
    payload = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(_LAST, secret, None)
    return head + b" " + _b64(_mac(file_key, head)) + b"\n" + nonce + payload


def unlock(locked: bytes, passphrase: str) -> bytes:
    """The secret. Raises Refused `passphrase-wrong`; Damaged `locked-unreadable` for what is no such file."""
    fits = _HEADER.match(locked)
    if not fits or len(locked) - fits.end() > 16 + _MOST_SECRET + 16 or int(fits[3]) > MOST_WORK:
        raise Damaged("locked-unreadable")
    head, salt, work, wrapped, mac = fits.groups()
    try:
        key = _wrap_key(passphrase, _plain(salt), int(work))
        file_key = ChaCha20Poly1305(key).decrypt(bytes(12), _plain(wrapped), None)
    except InvalidTag as error:
        raise Refused("passphrase-wrong") from error
    nonce, payload = locked[fits.end() :][:16], locked[fits.end() + 16 :]
    if len(file_key) != 16 or len(nonce) != 16 or not hmac.compare_digest(_mac(file_key, head), _plain(mac)):
        raise Damaged("locked-unreadable")
    try:
        return ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).decrypt(_LAST, payload, None)
    except InvalidTag as error:
        raise Damaged("locked-unreadable") from error


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    return hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=1 << work,
        r=8,
        p=1,
        maxmem=(1 << work) * 8 * 128 + 2**24,
        dklen=32,
    )


def _derived(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _plain(text: bytes) -> bytes:
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _b64(data) != text:
        raise Damaged("locked-unreadable")  # another spelling of the same bytes
    return data
