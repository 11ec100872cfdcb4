"""What came from which device and when: one line an arrival, the latest few hundred. Local facts, never records."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from inspector.store import local

_KEY = "arrivals"
MOST = 300
"""Arrivals that are kept: a year of ten laptops, one sync a fortnight each; 30 KB."""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """Batches and records of one device that came with one sync: `at` is RFC 3339, `place` the remote or bundle."""

    device: str
    at: str
    place: str
    batches: int
    records: int


def every(db: sqlite3.Connection) -> list[Arrival]:
    """The latest first."""
    text = local.get(db, _KEY)
    return msgspec.json.decode(text, type=list[Arrival]) if text else []


def keep(db: sqlite3.Connection, new: Sequence[Arrival]) -> None:
    """Adds what came just now."""
    if new:
        local.put(db, _KEY, msgspec.json.encode([*new, *every(db)][:MOST]).decode())


def last_walls(db: sqlite3.Connection, tips: Mapping[str, str]) -> dict[str, str]:
    """When each device wrote its latest batch, by its own clock; `tips` are the hashes of these by device."""
    found = {}
    for device, tip in tips.items():
        row = db.execute("SELECT header FROM batch WHERE hash = ?", (tip,)).fetchone()
        if row:
            found[device] = msgspec.json.decode(row[0], type=_Header).wall
    return found


class _Header(msgspec.Struct):
    wall: str
