"""Deciding where people disagreed, and joining what is one thing: records that descend from all that was said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inspector.ledger.record import Header, Record
from inspector.model.errors import BadInput, Refused
from inspector.services.drafts import stamp
from inspector.store import entities, projections, records
from inspector.store.workspace import Workspace

JOINABLE = ("site", "unit", "person")
"""What can be joined with `merged_into`; findings that are the same are withdrawn as 重复, inspections marked."""

TOGETHER = ("document", "sheet")
"""Fields that are one thing: the sheet is the paper of the document."""


def choose(
    workspace: Workspace,
    choices: Sequence[tuple[str, str]],
    *,
    now: datetime,
    person: str | None = None,
    reason: str = "",
) -> int:
    """Decide for (entity, batch): each field of the entity that is in conflict gets the value which that batch gave it.
    An empty `batch` stands for what is shown. All of it in one act; how many entities changed. Raises BadInput
    `conflict-unknown`, `conflict-side-unknown`; Refused `entity-newer`."""
    with workspace.transaction() as db:
        made = tuple(_decided(db, entity, batch, reason) for entity, batch in dict(choices).items())
        if made:
            records.append(db, workspace, made, person=person, wall=stamp(now))
    return len(made)


def shown(workspace: Workspace, *, kind: str = "") -> list[tuple[str, str]]:
    """The choices that keep what is shown, of all fields in conflict (of one type of entity): for `choose`, after a
    list was imported again."""
    with workspace.reading() as db:
        rows = db.execute("SELECT id, kind FROM entity WHERE conflicts <> x'7b7d' ORDER BY id").fetchall()
    return [(entity, "") for entity, one in rows if kind in ("", one)]


def keep_both(
    workspace: Workspace, inspections: Sequence[str], *, now: datetime, person: str | None = None
) -> None:
    """These inspections are no duplicates of each other. Raises BadInput `inspection-unknown`."""
    _mark(
        workspace, inspections, lambda one: {"distinct_from": sorted(set(inspections) - {one})}, now, person
    )


def mark_duplicate(
    workspace: Workspace, inspection: str, of: str, *, now: datetime, person: str | None = None
) -> None:
    """The inspection is a duplicate of another, which counts. Both stay. Raises BadInput `inspection-unknown`, Refused
    `join-with-itself`."""
    if inspection == of:
        raise Refused("join-with-itself", entity=of)
    _mark(workspace, [inspection], lambda _: {"duplicate_of": of}, now, person)


def join(workspace: Workspace, entity: str, into: str, *, now: datetime, person: str | None = None) -> None:
    """The site, unit or person `entity` is the same as `into`, and is shown as part of it from now on. Raises BadInput
    `entity-unknown`; Refused `join-not-possible`, `join-with-itself`, `entity-newer`."""
    kind = entity.partition(":")[0]
    if kind not in JOINABLE or into.partition(":")[0] != kind:
        raise Refused("join-not-possible", entity=entity, into=into)
    with workspace.transaction() as db:
        for one in (entity, into):
            _row(db, one)
        if entities.joined_to(db, into) in (entity, entities.joined_to(db, entity)):
            raise Refused("join-with-itself", entity=into)
        record = Record(kind, entity, records.heads(db, entity), {"set": {"merged_into": into}})
        records.append(db, workspace, (record,), person=person, wall=stamp(now))


def _decided(db: sqlite3.Connection, entity: str, batch: str, reason: str) -> Record:
    kind, conflicts, now_shown = _row(db, entity)
    if not conflicts:
        raise BadInput("conflict-unknown", entity=entity)
    past = projections.past(db, entity)
    if batch:
        fact = next((one for one in past.facts if one.batch.startswith(batch)), None)
        if fact is None or not conflicts.keys() & fact.set.keys():
            raise BadInput("conflict-side-unknown", entity=entity, batch=batch)
        values = {name: fact.set[name] for name in conflicts if name in fact.set}
        source = fact.batch
    else:
        values = {name: now_shown[name] for name in conflicts}
        source = next(
            (one.batch for one in past.facts if all(one.set.get(name) == values[name] for name in values)), ""
        )
    if any(name in values for name in TOGETHER):
        fact = next((one for one in past.facts if one.batch == source), None)
        values |= {name: fact.set[name] for name in TOGETHER if fact and name in fact.set}
    if reason:
        values["decided_because"] = reason
    return Record(kind, entity, past.heads, {"set": values}, _blobs_of(db, source, entity))


def _mark(
    workspace: Workspace,
    inspections: Sequence[str],
    fields: Callable[[str], dict[str, Any]],
    now: datetime,
    person: str | None,
) -> None:
    with workspace.transaction() as db:
        made = []
        for one in dict.fromkeys(inspections):
            if not db.execute("SELECT 1 FROM entity WHERE id = ? AND kind = 'inspection'", (one,)).fetchone():
                raise BadInput("inspection-unknown", inspection=one)
            made.append(Record("inspection", one, records.heads(db, one), {"set": fields(one)}))
        records.append(db, workspace, tuple(made), person=person, wall=stamp(now))


def _row(db: sqlite3.Connection, entity: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    row = db.execute(
        "SELECT kind, conflicts, shown, read_only FROM entity WHERE id = ?", (entity,)
    ).fetchone()
    if row is None:
        raise BadInput("entity-unknown", entity=entity)
    if row[3]:
        raise Refused("entity-newer", entity=entity)
    return row[0], msgspec.json.decode(row[1]), msgspec.json.decode(row[2])


def _blobs_of(db: sqlite3.Connection, batch: str, entity: str) -> tuple[tuple[str, int], ...]:
    """The blobs that the chosen record names: whoever keeps the decision keeps them."""
    row = db.execute("SELECT header FROM batch WHERE hash = ?", (batch,)).fetchone()
    if row is None:
        return ()
    said = msgspec.json.decode(row[0], type=Header)
    return next((one.blobs for one in said.records if one.entity == entity), ())
