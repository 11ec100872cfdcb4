"""Entities as they stand, duplicates joined: units, sites, people and whatever else is nothing but fields."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from inspector.model.fields import joined

T = TypeVar("T")
_log = logging.getLogger(__name__)


def of_kind(db: sqlite3.Connection, kind: str, struct: type[T]) -> list[T]:
    """All entities of `kind` as values of `struct` (whose field `id` is the entity), by id; those that were joined
    into another are left out, and so are those that no value can be made of (written by a foreign program)."""
    found = []
    for entity, shown in shown_of(db, kind).items():
        if shown.get("merged_into") and joined_to(db, entity) != entity:
            continue
        if (value := by_itself(entity, shown, struct)) is not None:
            found.append(value)
    return found


def one(db: sqlite3.Connection, entity: str, struct: type[T]) -> T | None:
    """One entity, or the one it was joined into; None if it is unknown."""
    target = joined_to(db, entity)
    row = db.execute("SELECT shown FROM entity WHERE id = ?", (target,)).fetchone()
    return by_itself(target, msgspec.json.decode(row[0]), struct) if row else None


def shown_of(db: sqlite3.Connection, kind: str) -> dict[str, dict[str, Any]]:
    """The shown fields of all entities of `kind`, by entity."""
    rows = db.execute("SELECT id, shown FROM entity WHERE kind = ? ORDER BY id", (kind,)).fetchall()
    return {entity: msgspec.json.decode(shown) for entity, shown in rows}


def joined_to(db: sqlite3.Connection, entity: str) -> str:
    """Where `entity` ends when duplicates are joined."""
    merged: dict[str, str] = {}
    todo = entity
    while todo not in merged:
        row = db.execute("SELECT shown FROM entity WHERE id = ?", (todo,)).fetchone()
        target = msgspec.json.decode(row[0]).get("merged_into") if row else None
        if not isinstance(target, str) or not target:
            break
        merged[todo] = target
        todo = target
    return joined(entity, merged) if merged else entity


def by_itself(entity: str, shown: Mapping[str, Any], struct: type[T]) -> T | None:
    """An entity's shown fields as a value of `struct`; None if a foreign program wrote what makes none."""
    try:
        return msgspec.convert({**shown, "id": entity}, struct)
    except msgspec.ValidationError as error:
        _log.info("%s is no %s: %s", entity.partition(":")[0], struct.__name__, error)
        return None
