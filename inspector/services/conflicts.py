"""Where two people disagreed (需要你定): both sides with who, when and which photos, until a person decides
(`services.deciding`). Equal values are no conflict, and conflicts stay until they are decided."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice
from typing import Any, NamedTuple

import msgspec

from inspector.exchange import signed
from inspector.model import canonical
from inspector.model.fields import Fact, History
from inspector.services import receipts
from inspector.store import entities, met, projections
from inspector.store.workspace import Workspace


class Kind(StrEnum):
    """What people disagree about."""

    FIELD = "field"
    """Different values of one field."""
    DISPUTED = "disputed"
    """A finding with several outcomes (有争议): the office passes, fails, withdraws or reopens it."""
    DUPLICATE = "duplicate"
    """Two inspections of one site by one form at overlapping times."""
    NUMBER = "number"
    """Two documents with one number."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the answers: `value` as JSON, for a dispute the moves, for a duplicate the inspection; `batch` says it.
    `person` is an entity ("" where nobody is named), `device` how its people call it; `at` is RFC 3339 by its clock."""

    value: Any
    batch: str
    person: str
    device: str
    at: str
    photos: tuple[str, ...] = ()


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Something to decide about `entity`; the first side is the one that is shown meanwhile. `field` is empty unless
    it is one field's."""

    kind: Kind
    entity: str
    field: str = ""
    sides: tuple[Side, ...]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """How much there is to decide; `fields` counts by kind of entity those that have fields in conflict."""

    total: int
    fields: dict[str, int]


def every(workspace: Workspace, *, most: int | None = None) -> list[Conflict]:
    """The to-do list, in a fixed order: disputes, duplicates, fields, numbers; of a long one the first `most`."""
    with workspace.reading() as db:
        labels = _labels(workspace, db)
        found = chain(
            _disputed(db, labels), _duplicates(db, labels), _fields(db, labels), _numbers(db, labels)
        )
        return list(islice(found, most))


def waiting(workspace: Workspace) -> Waiting:
    """How many there are of `every`, without looking at each."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT kind, conflicts FROM entity WHERE conflicts <> x'7b7d' ORDER BY id"
        ).fetchall()
        (disputed,) = db.execute("SELECT count(*) FROM finding WHERE state = 'disputed'").fetchone()
        doubles = sum(1 for _ in _duplicate_visits(db))
        numbers = len(_doubled_numbers(db))
    asked = [(kind, len(_asked(msgspec.json.decode(said)))) for kind, said in rows]
    total = sum(count for _, count in asked) + int(disputed) + doubles + numbers
    return Waiting(total=total, fields=dict(Counter(kind for kind, _ in asked)))


def _asked(conflicts: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The fields that are asked about: the sheet is one thing with its document."""
    return {
        name: values for name, values in conflicts.items() if name != "sheet" or "document" not in conflicts
    }


def _fields(db: sqlite3.Connection, labels: dict[str, str]) -> Iterable[Conflict]:
    rows = db.execute(
        "SELECT id, shown, conflicts FROM entity WHERE conflicts <> x'7b7d' ORDER BY id"
    ).fetchall()
    for entity, shown_now, conflicts in rows:
        past = projections.past(db, entity)
        current = msgspec.json.decode(shown_now)
        for name, values in _asked(msgspec.json.decode(conflicts)).items():
            shown_first = sorted(values, key=lambda one: (one != current[name], canonical.encode(one)))
            sides = (_side(db, labels, _who_said(past, name, one).batch, entity, one) for one in shown_first)
            yield Conflict(kind=Kind.FIELD, entity=entity, field=name, sides=tuple(sides))


def _who_said(past: History, name: str, value: Any) -> Fact:
    """The latest record that sets a field to a value, or the one that it repeats: who decides for a value has not
    said it first."""
    facts = {one.batch: one for one in past.facts if name in one.set and one.set[name] == value}
    said = max(facts.values(), key=lambda one: (one.instant, one.batch))
    while before := [facts[batch] for batch in said.parents if batch in facts]:
        said = max(before, key=lambda one: (one.instant, one.batch))
    return said


def _disputed(db: sqlite3.Connection, labels: dict[str, str]) -> Iterable[Conflict]:
    rows = db.execute("SELECT id, standing FROM finding WHERE state = 'disputed' ORDER BY id").fetchall()
    for entity, standing in rows:
        moves = {one.batch: list(one.moves) for one in projections.past(db, entity).facts}
        batches = sorted({one.partition("/")[0] for one in standing.split()})
        yield Conflict(
            kind=Kind.DISPUTED,
            entity=entity,
            sides=tuple(_side(db, labels, batch, entity, moves.get(batch, [])) for batch in batches),
        )


def _duplicates(db: sqlite3.Connection, labels: dict[str, str]) -> Iterable[Conflict]:
    for pair in _duplicate_visits(db):
        sides = tuple(_side(db, labels, one.batch, one.entity, one.entity) for one in pair)
        yield Conflict(kind=Kind.DUPLICATE, entity=pair[0].entity, sides=sides)


def _duplicate_visits(db: sqlite3.Connection) -> Iterable[tuple[_Visit, _Visit]]:
    """Two current documents of one site and form, in whatever edition, whose visits overlap, unless somebody has
    decided."""
    one_place = _joined_sites(db)
    rows = db.execute(
        "SELECT site, begins, ends, entity, batch, form FROM document WHERE current"
        " AND (site IN (SELECT site FROM document WHERE current GROUP BY site HAVING count(*) > 1)"
        " OR site IN (SELECT value FROM json_each(?))) ORDER BY site, entity, batch",
        (json.dumps(sorted({*one_place, *one_place.values()})),),
    ).fetchall()
    at_site: dict[str, list[_Visit]] = {}
    for site, begins, ends, entity, batch, version in rows:
        try:
            begin, end = datetime.fromisoformat(begins), datetime.fromisoformat(ends or begins)
        except ValueError:
            continue  # of a foreign program
        at_site.setdefault(one_place.get(site, site), []).append(_Visit(begin, end, entity, batch, version))
    for visits in at_site.values():
        for first, second in _overlapping(visits):
            if _same_form(db, first, second) and not _decided_already(db, first.entity, second.entity):
                yield first, second


def _joined_sites(db: sqlite3.Connection) -> dict[str, str]:
    """The sites that were joined into another, and into which."""
    rows = db.execute(
        "SELECT id FROM entity WHERE kind = 'site' AND CAST(shown AS TEXT) LIKE '%\"merged_into\"%' ORDER BY id"
    ).fetchall()
    return {site: entities.joined_to(db, site) for (site,) in rows}


class _Visit(NamedTuple):
    begin: datetime
    end: datetime
    entity: str
    batch: str
    version: str


def _overlapping(visits: list[_Visit]) -> Iterable[tuple[_Visit, _Visit]]:
    """Pairs of different visits that share a moment, the one that began first in front."""
    visits.sort(key=lambda one: (one.begin, one.entity))
    for place, first in enumerate(visits):
        for second in visits[place + 1 :]:
            if second.begin >= first.end and second.begin > first.begin:
                break
            if first.entity != second.entity:
                yield first, second


def _same_form(db: sqlite3.Connection, first: _Visit, second: _Visit) -> bool:
    """Whether both were made by one form; two laptops may have had two editions of it."""
    if first.version == second.version:
        return True
    one, other = (
        db.execute(
            "SELECT json_extract(CAST(document AS TEXT), '$.form.id') FROM document WHERE entity = ? AND batch = ?",
            (visit.entity, visit.batch),
        ).fetchone()
        for visit in (first, second)
    )
    return bool(one == other)


def _decided_already(db: sqlite3.Connection, first: str, second: str) -> bool:
    for one, other in ((first, second), (second, first)):
        (shown,) = db.execute("SELECT shown FROM entity WHERE id = ?", (one,)).fetchone()
        said = msgspec.json.decode(shown)
        if said.get("duplicate_of") or other in (said.get("distinct_from") or ()):
            return True
    return False


def _numbers(db: sqlite3.Connection, labels: dict[str, str]) -> Iterable[Conflict]:
    for number, first in _doubled_numbers(db):
        said = db.execute(
            "SELECT DISTINCT entity, batch FROM document WHERE number = ? ORDER BY entity, batch", (number,)
        ).fetchall()
        yield Conflict(
            kind=Kind.NUMBER,
            entity=first,
            field=number,
            sides=tuple(_side(db, labels, batch, entity, entity) for entity, batch in said),
        )


def _doubled_numbers(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Numbers that stand on different documents, each with the first of these."""
    return db.execute(
        "SELECT number, min(entity) FROM document WHERE number <> '' GROUP BY number"
        " HAVING count(DISTINCT content) > 1 ORDER BY number"
    ).fetchall()


def _side(db: sqlite3.Connection, labels: dict[str, str], batch: str, entity: str, value: Any) -> Side:
    (header,) = db.execute("SELECT header FROM batch WHERE hash = ?", (batch,)).fetchone()
    said = msgspec.json.decode(header, type=_Header)
    photos = next((one.blobs for one in said.records if one.entity == entity), ())
    return Side(
        value=value,
        batch=batch,
        person=said.person or "",
        device=labels.get(said.device) or said.device[:8],
        at=said.wall,
        photos=tuple(name for name, _ in photos),
    )


def _labels(workspace: Workspace, db: sqlite3.Connection) -> dict[str, str]:
    called = {
        seen.device: seen.label
        for seen in (signed.read(one.line, signed.Seen, workspace.ledger) for one in met.seen(db))
    }
    return called | {workspace.device.id: receipts.label(db)}


class _Named(msgspec.Struct):
    entity: str
    blobs: tuple[tuple[str, int], ...]


class _Header(msgspec.Struct):
    device: str
    person: str | None
    wall: str
    records: tuple[_Named, ...]
