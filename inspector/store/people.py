"""People (人员) as they stand."""

from __future__ import annotations

import sqlite3

import msgspec

from inspector.model.person import Person
from inspector.store import entities


def every(db: sqlite3.Connection) -> list[Person]:
    """All people, by organisation and name; each with the certificates of those who were joined into him, before his
    own."""
    everybody = entities.of_kind(db, "person", Person)
    twice = entered(db)
    whole = [_with(person, twice[person.id]) if person.id in twice else person for person in everybody]
    return sorted(whole, key=lambda person: person.rank)


def entered(db: sqlite3.Connection) -> dict[str, list[Person]]:
    """Of each who was entered more than once and joined: himself, then those who were joined into him, as each stands
    by itself."""
    shown = entities.shown_of(db, "person")
    found: dict[str, list[Person]] = {}
    for entity, fields in shown.items():
        target = entities.joined_to(db, entity) if fields.get("merged_into") else entity
        part = entities.by_itself(entity, fields, Person) if target != entity else None
        himself = entities.by_itself(target, shown[target], Person) if part and target in shown else None
        if part and himself:
            found.setdefault(target, [himself]).append(part)
    return found


def _with(person: Person, parts: list[Person]) -> Person:
    own = dict.fromkeys(der for one in reversed(parts) for der in one.certificates)
    return msgspec.structs.replace(person, certificates=tuple(own))
