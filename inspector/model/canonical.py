"""Bytes that are hashed or signed: one spelling for each value.

Sorted ASCII keys, no floats, integers within ±(2^53 − 1): docs/format.md, "Canonical JSON".
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

from inspector.model.errors import Damaged

MAX_INTEGER = 2**53 - 1
MAX_NESTING = 16

T = TypeVar("T")
_encoder = msgspec.json.Encoder(order="sorted")


def encode(value: object) -> bytes:
    """The canonical bytes of `value` (a msgspec struct or plain JSON value).
    Raises ValueError for what has no canonical spelling (float, huge integer, key that is not ASCII,
    lone surrogate, nesting deeper than 16): a fault of the caller."""
    plain = msgspec.to_builtins(value)
    _check(plain, 0)
    return _encoder.encode(plain)


def decode(data: bytes) -> Any:
    """The plain value of canonical bytes. Raises Damaged `not-canonical` for any other spelling."""
    try:
        value = msgspec.json.decode(data)
        _check(value, 0)
        same = _encoder.encode(value) == data
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Damaged("not-canonical", reason=str(error)) from error
    if not same:
        raise Damaged("not-canonical", reason="another spelling of the same value")
    return value


def decode_as(data: bytes, kind: type[T]) -> T:
    """Canonical bytes as a checked value of `kind`; fields that this version does not know are ignored.
    Raises Damaged `not-canonical`, `not-this-schema`."""
    value = decode(data)
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise Damaged("not-this-schema", kind=kind.__name__, reason=str(error)) from error


def sha256(data: bytes) -> str:
    """The name of `data`: 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _check(value: object, depth: int) -> None:
    if depth > MAX_NESTING:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"key {key!r} is not ASCII")
            _check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, bool) or value is None:
        pass
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError("integer beyond 2^53 - 1")
    elif isinstance(value, str):
        value.encode("utf-8")  # UnicodeEncodeError is a ValueError: lone surrogate
    else:
        raise ValueError(f"{type(value).__name__} has no canonical spelling")
