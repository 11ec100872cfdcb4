"""People (人员) as they stand."""

from __future__ import annotations

import sqlite3

from inspector.model.person import Person
from inspector.store import entities


def every(db: sqlite3.Connection) -> list[Person]:
    """All people, by organisation and name."""
    return sorted(entities.of_kind(db, "person", Person), key=lambda person: person.rank)
