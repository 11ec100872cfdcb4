"""Bytes that are hashed or signed: one spelling for each value.

Sorted ASCII keys, no floats, integers within ±(2^53 − 1): docs/format.md, "Canonical JSON".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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


def spelled_again(value: Any) -> bytes:
    """The canonical bytes of a plain value that came out of canonical bytes, or is a part of one: what has no
    canonical spelling cannot be in it, so that is not looked for again (1.4 ms for a sheet)."""
    return _encoder.encode(value)


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
    """Whether a plain value has a canonical spelling. Texts, which are most of the 700 values of a sheet, are not
    looked at one by one: the encoder refuses lone surrogates, and nothing else can be wrong with them."""
    kind = type(value)
    inner: Iterable[object]
    if kind is dict:
        assert isinstance(value, dict)
        try:
            named = "".join(value).isascii()
        except TypeError:
            named = False
        if not named:
            raise ValueError("a key is no ASCII text")
        inner = value.values()
    elif kind is list or kind is tuple:
        assert isinstance(value, list | tuple)
        inner = value
    elif kind is int:
        assert isinstance(value, int)
        if abs(value) > MAX_INTEGER:
            raise ValueError("integer beyond 2^53 - 1")
        return
    elif kind is str or kind is bool or value is None:
        return
    else:
        raise ValueError(f"{kind.__name__} has no canonical spelling")
    if depth >= MAX_NESTING and value:
        raise ValueError("nested too deeply")
    for one in inner:
        if type(one) not in _ALWAYS_FINE:
            _check(one, depth + 1)


_ALWAYS_FINE = frozenset({str, bool, type(None)})
