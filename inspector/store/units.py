"""Units (单位) as they stand."""

from __future__ import annotations

import sqlite3

from inspector.model.unit import Unit
from inspector.store import entities


def every(db: sqlite3.Connection) -> list[Unit]:
    """All units, in the official order."""
    return sorted(entities.of_kind(db, "unit", Unit), key=lambda unit: unit.rank)
