"""Imports of the office's lists: all rows or none, as one batch; the same file again writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model.person import Person
from inspector.model.rows import RowProblem
from inspector.model.site import Site
from inspector.model.unit import Unit
from inspector.services.drafts import stamp
from inspector.store import records
from inspector.store.workspace import Workspace
from inspector.tables.headings import Columns
from inspector.tables.table import Table


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, in entities; or why it did nothing: `errors` in the order of the rows, each with its
    column as the file calls it."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[RowProblem, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a list says of one entity: the fields to set (none: it is known), and the batches of its latest records
    as they were when it was compared."""

    entity: str
    new: bool
    fields: Mapping[str, Any]
    parents: tuple[str, ...]


def refused(table: Table, problems: Iterable[RowProblem], columns: Columns) -> Imported:
    """The import that did nothing: for the records that could not be read, and the problems of the others."""
    named = (
        msgspec.structs.replace(
            one, column=table.headings.get(one.column) or columns.titles((one.column,))[0]
        )
        for one in problems
    )
    return Imported(errors=tuple(sorted((*table.problems, *named), key=lambda one: one.row)))


def fields(wanted: Unit | Site | Person, shown: Mapping[str, Any]) -> dict[str, Any]:
    """The fields to set so that an entity that shows `shown` becomes what is wanted: those that differ and no others,
    so that two laptops that change different fields of one entity do not disagree. What is empty and was never
    said stays unsaid."""
    unsaid = _unsaid(type(wanted))
    return {
        name: value
        for name, value in _plain(wanted).items()
        if name not in ("id", "facts") and value != shown.get(name, unsaid[name])
    }


def keep(workspace: Workspace, changes: Sequence[Change], *, now: datetime) -> Imported:
    """Writes the changes as one batch, on the disk when this returns. Raises BadInput `batch-too-large`."""
    written = tuple(
        Record(
            kind=change.entity.partition(":")[0],
            entity=change.entity,
            parents=change.parents,
            body={"set": dict(change.fields)},
        )
        for change in changes
        if change.fields
    )
    if written:
        with workspace.transaction() as db:
            records.append(db, workspace, written, person=None, wall=stamp(now))
    added = sum(change.new for change in changes)
    return Imported(added=added, changed=len(written) - added, unchanged=len(changes) - len(written))


@cache
def _unsaid(kind: type[Unit | Site | Person]) -> Mapping[str, Any]:
    """What a field is as long as no record has said anything; None for what every entity must have. Asked once a
    type: msgspec compiles the annotations each time (1.4 ms)."""
    return {
        one.name: None if one.default is msgspec.NODEFAULT else _plain(one.default)
        for one in msgspec.structs.fields(kind)
    }


def _plain(value: Any) -> Any:
    """As a record says it, and gives it back."""
    return msgspec.json.decode(msgspec.json.encode(value))
