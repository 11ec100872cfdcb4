"""What the holder of an office's root says of people and devices: enrolled (登记), ended (停用).

The root is an X.509 CA. For a person, being enrolled is a certificate; everything else is a statement that the root's
key signs and that a record carries. Whoever has pinned the root can tell it from what anybody else writes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

from inspector.model import canonical

PREFIX = b"inspector office/1\n"
"""Stands before the bytes that the root's key signs, so that they are never something else."""


class Act(StrEnum):
    """What is said."""

    ENROLLED = "enrolled"
    """登记"""
    ENDED = "ended"
    """停用"""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement about `entity` (a person or a device of `ledger`) at the time `at` (RFC 3339). `head` is, for a
    device that ends, its last batch that counts; empty if it had none. `signature` is ECDSA over P-256 and SHA-256, in
    hex, of `signed()`."""

    v: Literal[1] = 1
    act: Act
    ledger: str
    entity: str
    at: str
    head: str = ""
    reason: str = ""
    signature: str = ""

    def signed(self) -> bytes:
        """The bytes that the root's key signs: everything but the signature."""
        return PREFIX + canonical.encode(msgspec.structs.replace(self, signature=""))
