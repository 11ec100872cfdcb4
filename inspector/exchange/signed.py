"""What a device says of itself beside the ledger: what it holds (`Seen`), an open draft (`Parcel`).

    <canonical JSON> TAB <base64 Ed25519 signature over "inspector/1 <kind>\\n" + JSON> LF

`key` is the device's public key: the rest is vouched for by the device whose name is the key's hash.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from inspector.exchange.layout import SeenFile
from inspector.ledger.record import Key, device_of, is_hash
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged
from inspector.model.photo import Photo

MAX_LABEL = 40
"""Characters of what a laptop is called."""


class Run(msgspec.Struct, frozen=True, order=True):
    """Batches of one chain without a gap, the last one's hash being `tip`."""

    device: str
    first: int
    last: int
    tip: str


class Seen(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="seen"):
    """What a device holds and lacks. `n` counts from 1; `label` is how its people call it (03 号机); `wanted` are blobs
    that are named and not there; `broken` are files that it found broken on some remote; `drafts` are open here, with
    the number under which each was sent last. A device that `keeps` less than everything does not ask for the photos of
    others' findings, and has not said that it holds them."""

    v: int = 1
    ledger: str
    key: str
    n: int
    wall: str
    label: str
    held: tuple[Run, ...]
    wanted: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    drafts: tuple[tuple[str, int], ...] = ()
    keeps: str = "everything"

    @property
    def device(self) -> str:
        """Whose it is."""
        return device_of(self.key)


class Parcel(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="draft"):
    """An open draft on its way: enough to go on with it on another laptop. `after` is the number of the last `Seen`
    that its device wrote before; `heads` and `parts` are those of `store.drafts`; `photos` are the facts of its photos
    (`model.photo`), `blobs` everything that it needs: photos, the form's version."""

    v: int = 1
    ledger: str
    key: str
    n: int
    after: int
    label: str
    draft: str
    site: str
    form: str
    heads: tuple[tuple[str, tuple[str, ...]], ...]
    parts: tuple[tuple[str, Any], ...]
    changed: str
    photos: tuple[Photo, ...]
    blobs: tuple[str, ...]

    @property
    def device(self) -> str:
        """Whose it is."""
        return device_of(self.key)


Said = TypeVar("Said", Seen, Parcel)


def written(key: Key, said: Seen | Parcel) -> bytes:
    """What is said, signed by the device."""
    data = canonical.encode(said)
    return data + b"\t" + base64.b64encode(key.sign(_prefix(type(said)) + data)) + b"\n"


def read(line: bytes, kind: type[Said], ledger: str) -> Said:
    """What a device said, verified. Raises Damaged `said-unreadable` (reason), BadInput `said-newer`,
    `batch-other-ledger`."""
    data, tab, signed = line.removesuffix(b"\n").partition(b"\t")
    try:
        signature = base64.b64decode(signed, validate=True)
        plain = canonical.decode(data)
    except (binascii.Error, ValueError, Damaged) as error:
        raise Damaged("said-unreadable", reason=str(error)) from error
    if isinstance(plain, dict) and plain.get("v") != 1:
        raise BadInput("said-newer", version=str(plain.get("v"))[:20])
    try:
        said = msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise Damaged("said-unreadable", reason=str(error)) from error
    if said.ledger != ledger:
        raise BadInput("batch-other-ledger", ledger=said.ledger[:70], here=ledger)
    if len(said.label) > MAX_LABEL or not said.label.isprintable():
        raise Damaged(
            "said-unreadable", reason="label"
        )  # it is shown: no line breaks, no terminal's commands
    if not tab or not is_hash(said.key):
        raise Damaged("said-unreadable", reason="no key or signature")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(said.key)).verify(signature, _prefix(kind) + data)
    except (InvalidSignature, ValueError) as error:
        raise Damaged("said-unreadable", reason="signature does not fit") from error
    return said


def read_seen(line: bytes, file: SeenFile, ledger: str) -> Seen:
    """What a device said that it holds, and that is what the file's name says. Raises as `read`, and Damaged
    `said-other-than-named`."""
    seen = read(line, Seen, ledger)
    if seen.device != file.device or seen.n != file.n:
        raise Damaged("said-other-than-named")
    return seen


def _prefix(kind: type[Seen] | type[Parcel]) -> bytes:
    return b"inspector/1 seen\n" if kind is Seen else b"inspector/1 draft\n"
