"""Rounds that are not signed yet, as facts of this laptop: one value each, written whole with every act."""

from __future__ import annotations

import sqlite3

import msgspec

from inspector.model.errors import BadInput
from inspector.model.round import Round
from inspector.store import local

_PREFIX = "round/"


def every(db: sqlite3.Connection) -> list[Round]:
    """All of them, the latest first. One that another version wrote is left out, and stays where it is."""
    rows = db.execute(
        "SELECT value FROM local WHERE key > :first AND key < :last",
        {"first": _PREFIX, "last": _PREFIX[:-1] + chr(ord(_PREFIX[-1]) + 1)},
    ).fetchall()
    found = []
    for (text,) in rows:
        try:
            found.append(msgspec.json.decode(text, type=Round))
        except msgspec.DecodeError:
            continue
    return sorted(found, key=lambda one: (one.begin, one.id), reverse=True)


def one(db: sqlite3.Connection, which: str) -> Round:
    """Raises BadInput `round-unknown`."""
    found = next((one for one in every(db) if one.id == which), None)
    if found is None:
        raise BadInput("round-unknown", round=which)
    return found


def keep(db: sqlite3.Connection, walk: Round) -> None:
    """Write it as it stands now."""
    local.put(db, f"{_PREFIX}{walk.id}", msgspec.json.encode(walk).decode())


def remove(db: sqlite3.Connection, which: str) -> None:
    """It is signed, or thrown away."""
    db.execute("DELETE FROM local WHERE key = :key", {"key": f"{_PREFIX}{which}"})
