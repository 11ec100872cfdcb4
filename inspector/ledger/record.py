"""Records and batches as bytes: docs/format.md, "A batch".

A batch is one line: canonical JSON of its header, TAB, base64 of the device's Ed25519 signature, LF. What was signed
is kept and forwarded as these bytes; it is decoded for reading and never encoded again.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import msgspec

from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged
from inspector.model.fields import Fact
from inspector.model.finding import Move

PREFIX = b"inspector/1\n"
"""What is signed begins with this, so that the signature means nothing in another protocol."""

MAX_LINE = 16 * 2**20
MAX_RECORDS = 20_000
MAX_BLOBS = 200
MAX_BODY = 2**20
MAX_PARENTS = 1_000
MAX_ENTITY = 300
MAX_BLOB = 2**40
"""Limits in bytes or counts: docs/format.md, "Limits"."""

KINDS = frozenset(
    {
        *("unit", "site", "person", "form", "setting", "mandate", "calendar", "device"),
        *("inspection", "finding", "notice", "block", "signature"),
    }
)
"""The kinds that this version knows. Others are kept and forwarded, and set nothing."""

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DEVICE = re.compile(r"[0-9a-f]{32}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z_]{0,31}", re.ASCII)
_LEDGER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_WALL = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
"""Not str.isprintable: it knows no character that is younger than the Python it runs on, and no private ones."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Record(msgspec.Struct, frozen=True):
    """One immutable fact about one entity (记录). `parents` are the batches of the entity's latest records as the
    person saw them; `body` is {"set": {field: value}} and for findings "moves"; `blobs` are (sha256, bytes)."""

    kind: str
    entity: str
    parents: tuple[str, ...]
    body: dict[str, Any]
    blobs: tuple[tuple[str, int], ...] = ()

    @property
    def known(self) -> bool:
        """Whether this version understands the record; an unknown move is an unknown kind."""
        return self.kind in KINDS and all(move in _MOVES for move in self.moves)

    @property
    def set(self) -> dict[str, Any]:
        """The fields that the record sets."""
        fields: dict[str, Any] = self.body.get("set", {})
        return fields

    @property
    def moves(self) -> tuple[str, ...]:
        """The names of its moves, in order."""
        return tuple(move["move"] for move in self.body.get("moves", ()))

    def fact(self, batch: str, instant: int) -> Fact:
        """The record as `model.fields` reads it."""
        known = self.known
        return Fact(
            batch=batch,
            parents=self.parents,
            instant=instant,
            known=known,
            set=self.set if known else {},
            moves=self.moves if known and self.kind == "finding" else (),
        )


_MOVES = frozenset(move.value for move in Move)


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed. `key` is the device's public key (64 hex), `device` the first 32 hex of its SHA-256; `seq`
    counts from 1, `prev` is the hash of the device's previous batch ("" for the first); `wall` is RFC 3339 with
    offset, to the second, by that laptop's clock. Fields that this version does not know are ignored."""

    v: int
    ledger: str
    device: str
    key: str
    seq: int
    prev: str
    wall: str
    person: str | None
    records: tuple[Record, ...]


class Batch(msgspec.Struct, frozen=True):
    """The records of one act (批次), verified or just signed: made by `read_line` and `seal` only."""

    header: Header
    header_bytes: bytes
    signature: bytes
    hash: str
    """SHA-256 of the header's bytes: the batch's name."""

    @property
    def line(self) -> bytes:
        """The batch as it is kept, forwarded and hashed."""
        return self.header_bytes + b"\t" + base64.b64encode(self.signature) + b"\n"

    @property
    def instant(self) -> int:
        """The wall time in seconds since 1970 (UTC); before that negative."""
        return instant_of(self.header.wall)


class Key(Protocol):
    """What signs a batch: `inspector.ledger.keys.Device`."""

    @property
    def id(self) -> str: ...
    @property
    def public(self) -> str: ...
    def sign(self, data: bytes) -> bytes: ...


def fresh_id(randomness: bytes | None = None) -> str:
    """An id of 80 random bits as 16 base32 characters; `randomness` (10 bytes) for an example that must be the same
    from run to run."""
    return base64.b32encode(randomness or secrets.token_bytes(10)).decode("ascii")


def device_of(key: str) -> str:
    """The device that a public key (64 hex) belongs to."""
    return canonical.sha256(bytes.fromhex(key))[:32]


def instant_of(wall: str) -> int:
    """Seconds since 1970 (UTC) of an RFC 3339 time. Raises ValueError."""
    if not _WALL.fullmatch(wall):
        raise ValueError(f"{wall!r} is no RFC 3339 time with offset, to the second")
    return (datetime.fromisoformat(wall) - _EPOCH) // timedelta(seconds=1)


def seal(
    key: Key, *, ledger: str, seq: int, prev: str, wall: str, person: str | None, records: tuple[Record, ...]
) -> Batch:
    """A batch, signed. Raises BadInput `batch-too-large` (the limits above); ValueError for what no batch may hold
    (a fault of the caller)."""
    header = Header(
        v=1,
        ledger=ledger,
        device=key.id,
        key=key.public,
        seq=seq,
        prev=prev,
        wall=wall,
        person=person,
        records=records,
    )
    header_bytes = canonical.encode(header)
    if len(records) > MAX_RECORDS or len(header_bytes) > MAX_LINE - 100:
        raise BadInput("batch-too-large", records=len(records), bytes=len(header_bytes))
    if fault := _fault(header, len(header_bytes)):
        raise ValueError(fault)
    signature = key.sign(PREFIX + header_bytes)
    return Batch(header, header_bytes, signature, canonical.sha256(header_bytes))


def read_line(line: bytes, ledger: str | None = None) -> Batch:
    """The batch of one line (with or without its LF), verified: bytes, limits, signature, and that it is of `ledger`.
    Raises Damaged `batch-unreadable` (reason), BadInput `batch-newer`, `batch-other-ledger`."""
    # here, not above: a window that opens verifies nothing (20 ms of its start, measured)
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(line) > MAX_LINE:
        raise Damaged("batch-unreadable", reason="line longer than 16 MiB")
    header_bytes, tab, signed = line.removesuffix(b"\n").partition(b"\t")
    try:
        signature = base64.b64decode(signed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Damaged("batch-unreadable", reason="signature is no base64") from error
    if not tab or len(signature) != 64 or base64.b64encode(signature) != signed:
        raise Damaged("batch-unreadable", reason="no signature")
    try:
        plain = canonical.decode(header_bytes)
    except Damaged as error:
        raise Damaged("batch-unreadable", reason=str(error.values["reason"])) from error
    if isinstance(plain, dict) and plain.get("v") != 1:
        raise BadInput("batch-newer", version=str(plain.get("v"))[:20])
    try:
        header = msgspec.convert(plain, Header)
    except msgspec.ValidationError as error:
        raise Damaged("batch-unreadable", reason=str(error)) from error
    if fault := _fault(header, len(header_bytes)):
        raise Damaged("batch-unreadable", reason=fault)
    if ledger is not None and header.ledger != ledger:
        raise BadInput("batch-other-ledger", ledger=header.ledger, here=ledger)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(header.key)).verify(signature, PREFIX + header_bytes)
    except (InvalidSignature, ValueError) as error:
        raise Damaged("batch-unreadable", reason="signature does not fit") from error
    return Batch(header, header_bytes, signature, canonical.sha256(header_bytes))


def is_ledger(name: str) -> bool:
    """Whether `name` can name a ledger: 1 to 64 of a–z, 0–9 and -, the first no -."""
    return bool(_LEDGER.fullmatch(name))


def is_hash(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hex."""
    return bool(_HASH.fullmatch(text))


def _fault(header: Header, size: int) -> str | None:
    """What is wrong with a header of `size` bytes, in English for a log, or None."""
    if header.v != 1 or not is_ledger(header.ledger):
        return "v or ledger"
    if not _HASH.fullmatch(header.key) or not _DEVICE.fullmatch(header.device):
        return "key or device"
    if header.device != device_of(header.key):
        return "device is not that of the key"
    if header.seq < 1 or (header.seq == 1) != (header.prev == ""):
        return "seq and prev"
    if header.prev and not _HASH.fullmatch(header.prev):
        return "prev"
    if header.person is not None and not _is_entity(header.person, "person"):
        return "person"
    try:
        instant_of(header.wall)
    except ValueError as error:
        return str(error)
    if not 1 <= len(header.records) <= MAX_RECORDS:
        return "number of records"
    seen: set[str] = set()
    for record in header.records:
        if fault := _record_fault(record) or (_body_fault(record) if size > MAX_BODY else None):
            return f"record {record.entity[:60]!r}: {fault}"
        if record.entity in seen:
            return f"two records of {record.entity[:60]!r}"
        seen.add(record.entity)
    return None


def _record_fault(record: Record) -> str | None:
    if not _KIND.fullmatch(record.kind) or not _is_entity(record.entity, record.kind):
        return "kind or entity"
    if len(record.parents) > MAX_PARENTS or len(set(record.parents)) != len(record.parents):
        return "parents"
    if not all(_HASH.fullmatch(parent) for parent in record.parents):
        return "parents"
    if len(record.blobs) > MAX_BLOBS:
        return "more than 200 blobs"
    if not all(_HASH.fullmatch(name) and 0 <= size <= MAX_BLOB for name, size in record.blobs):
        return "blobs"
    if not isinstance(record.body.get("set", {}), dict):
        return "set"
    moves = record.body.get("moves", [])
    if not isinstance(moves, list | tuple):
        return "moves"
    if not all(isinstance(move, dict) and isinstance(move.get("move"), str) for move in moves):
        return "moves"
    return None


def _body_fault(record: Record) -> str | None:
    return "body larger than 1 MiB" if len(canonical.encode(record.body)) > MAX_BODY else None


def _is_entity(entity: str, kind: str) -> bool:
    head, colon, name = entity.partition(":")
    return head == kind and bool(colon and name) and len(entity) <= MAX_ENTITY and not _CONTROL.search(name)
