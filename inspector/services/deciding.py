"""Deciding where people disagreed, and joining what is one thing: records that descend from all that was said."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inspector.ledger.record import Header, Record
from inspector.model.errors import BadInput, Refused
from inspector.model.fields import History
from inspector.services.drafts import stamp
from inspector.store import entities, projections, records
from inspector.store.workspace import Workspace

JOINABLE = ("site", "unit", "person")
"""What can be joined with `merged_into`; findings that are the same are withdrawn as 重复, inspections marked."""

TOGETHER = ("document", "sheet")
"""Fields that are one thing: the sheet is the paper of the document."""


class Choice(msgspec.Struct, frozen=True):
    """One decision: of `entity` the field in conflict (each of them, where `field` is empty) gets the value which
    `batch` gave it; an empty `batch` stands for what is shown."""

    entity: str
    batch: str = ""
    field: str = ""


class Before(msgspec.Struct, frozen=True):
    """What an entity said before a decision: these values, by one who knew `parents` (empty: all that there is)."""

    entity: str
    values: dict[str, Any]
    parents: tuple[str, ...] = ()


class Decided(msgspec.Struct, frozen=True):
    """What was decided: how many entities, and what `take_back` needs."""

    count: int
    before: tuple[Before, ...]


def choose(
    workspace: Workspace,
    choices: Sequence[Choice],
    *,
    now: datetime,
    person: str | None = None,
    reason: str = "",
) -> Decided:
    """Decide, all in one act; the last choice about an entity counts. Raises BadInput `conflict-unknown`,
    `conflict-side-unknown`; Refused `entity-newer`."""
    by_entity = {choice.entity: choice for choice in choices}
    with workspace.transaction() as db:
        made = [_decided(db, choice, reason) for choice in by_entity.values()]
        if made:
            records.append(db, workspace, tuple(record for record, _ in made), person=person, wall=stamp(now))
    return Decided(len(made), tuple(one for _, before in made for one in before))


def take_back(workspace: Workspace, decided: Decided, *, now: datetime, person: str | None = None) -> None:
    """The decision did not hold: what was said before stands again, and is asked about again. A record like any other;
    the decision stays in the ledger."""
    rounds: list[dict[str, Before]] = []
    for one in decided.before:  # an entity has at most one record in a batch
        free = next((each for each in rounds if one.entity not in each), None)
        if free is None:
            rounds.append({one.entity: one})
        else:
            free[one.entity] = one
    with workspace.transaction() as db:
        for each in rounds:
            made = tuple(_said_again(db, one) for one in each.values())
            records.append(db, workspace, made, person=person, wall=stamp(now))


def shown(workspace: Workspace, *, kind: str = "") -> list[Choice]:
    """The choices that keep what is shown, of all fields in conflict (of one type of entity): for `choose`, after a
    list was imported again."""
    with workspace.reading() as db:
        rows = db.execute("SELECT id, kind FROM entity WHERE conflicts <> x'7b7d' ORDER BY id").fetchall()
    return [Choice(entity) for entity, one in rows if kind in ("", one)]


def keep_both(
    workspace: Workspace, inspections: Sequence[str], *, now: datetime, person: str | None = None
) -> Decided:
    """These inspections are no duplicates of each other. Raises BadInput `inspection-unknown`."""
    others = {one: sorted(set(inspections) - {one}) for one in inspections}
    return _mark(workspace, {one: {"distinct_from": them} for one, them in others.items()}, now, person)


def mark_duplicate(
    workspace: Workspace, duplicates: Sequence[str], of: str, *, now: datetime, person: str | None = None
) -> Decided:
    """The inspections are duplicates of another, which counts. All stay. Raises BadInput `inspection-unknown`, Refused
    `join-with-itself`."""
    if of in duplicates:
        raise Refused("join-with-itself", entity=of)
    return _mark(workspace, {one: {"duplicate_of": of} for one in duplicates}, now, person)


def join(
    workspace: Workspace, entity: str, into: str, *, now: datetime, person: str | None = None
) -> Decided:
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
        before = Before(entity, {"merged_into": _row(db, entity)[2].get("merged_into", "")})
        record = Record(kind, entity, records.heads(db, entity), {"set": {"merged_into": into}})
        records.append(db, workspace, (record,), person=person, wall=stamp(now))
    return Decided(1, (before,))


def _decided(db: sqlite3.Connection, choice: Choice, reason: str) -> tuple[Record, list[Before]]:
    kind, conflicts, now_shown = _row(db, choice.entity)
    asked = (choice.field, *(TOGETHER if choice.field in TOGETHER else ())) if choice.field else conflicts
    fields = [name for name in conflicts if name in asked]
    if not fields:
        raise BadInput("conflict-unknown", entity=choice.entity)
    past = projections.past(db, choice.entity)
    if choice.batch:
        fact = next((one for one in past.facts if one.batch.startswith(choice.batch)), None)
        values = {name: fact.set[name] for name in fields if name in fact.set} if fact else {}
        if fact is None or not values:
            raise BadInput("conflict-side-unknown", entity=choice.entity, batch=choice.batch)
        source = fact.batch
    else:
        values = {name: now_shown[name] for name in fields}
        source = next(
            (one.batch for one in past.facts if all(one.set.get(name) == values[name] for name in values)), ""
        )
    if any(name in values for name in TOGETHER):
        fact = next((one for one in past.facts if one.batch == source), None)
        values |= {name: fact.set[name] for name in TOGETHER if fact and name in fact.set}
    before = _others(choice.entity, past, conflicts, values)
    said = {**values, "decided_because": reason} if reason else values
    record = Record(kind, choice.entity, past.heads, {"set": said}, _blobs_of(db, source, choice.entity))
    return record, before


def _others(
    entity: str, past: History, conflicts: dict[str, list[Any]], taken: dict[str, Any]
) -> list[Before]:
    """The sides that a decision overrules, each with the record that said it last."""
    found: dict[str, dict[str, Any]] = {}
    for name in conflicts.keys() & taken.keys():
        for value in (one for one in conflicts[name] if one != taken[name]):
            said = [one for one in past.facts if name in one.set and one.set[name] == value]
            found.setdefault(max(said, key=lambda one: (one.instant, one.batch)).batch, {})[name] = value
    return [Before(entity, values, (batch,)) for batch, values in sorted(found.items())]


def _said_again(db: sqlite3.Connection, before: Before) -> Record:
    blobs = _blobs_of(db, before.parents[0], before.entity) if before.parents else ()
    parents = before.parents or records.heads(db, before.entity)
    return Record(before.entity.partition(":")[0], before.entity, parents, {"set": before.values}, blobs)


def _mark(
    workspace: Workspace, marks: Mapping[str, dict[str, Any]], now: datetime, person: str | None
) -> Decided:
    with workspace.transaction() as db:
        made, before = [], []
        for one, fields in marks.items():
            row = db.execute(
                "SELECT shown FROM entity WHERE id = ? AND kind = 'inspection'", (one,)
            ).fetchone()
            if row is None:
                raise BadInput("inspection-unknown", inspection=one)
            said = msgspec.json.decode(row[0])
            made.append(Record("inspection", one, records.heads(db, one), {"set": fields}))
            before.append(
                Before(one, {name: said.get(name, type(value)()) for name, value in fields.items()})
            )
        records.append(db, workspace, tuple(made), person=person, wall=stamp(now))
    return Decided(len(made), tuple(before))


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
