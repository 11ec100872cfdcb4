"""Findings (问题) as they are listed and shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from inspector.model.deadline import overdue, read_due
from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.model.unit import Directory
from inspector.store import findings, sites, units
from inspector.store.findings import Row as Row
from inspector.store.workspace import Workspace

CLOSED = frozenset({State.PASSED, State.WITHDRAWN})


def every(
    workspace: Workspace,
    *,
    states: Collection[State] = (),
    unit: str = "",
    site: str = "",
    overdue_at: datetime | None = None,
) -> list[Row]:
    """Findings in the order in which they were found: those in one of `states`, that `unit` (id, full, short or former
    name) leads or helps with, at `site` (id, code or name), whose time limit has passed at `overdue_at`. What is left
    out does not narrow. Raises BadInput `unit-unknown`, `unit-ambiguous`, `site-unknown`, `site-ambiguous`."""
    with workspace.reading() as db:
        found = findings.every(db)
        at = sites.find(db, site) if site else ""
        who = _unit(Directory(units.every(db)), unit) if unit else ""
    return [
        one
        for one in found
        if (not states or one.state in states)
        and (not who or who in (one.lead_unit, *one.helping_units))
        and (not at or one.site == at)
        and (overdue_at is None or _late(one, overdue_at))
    ]


def one(workspace: Workspace, which: str) -> Row:
    """A finding by its id. Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        return findings.one(db, which)


def open_by_site(workspace: Workspace) -> Mapping[str, int]:
    """How many findings are open, by site."""
    with workspace.reading() as db:
        return findings.open_by_site(db)


def names(workspace: Workspace) -> Mapping[str, str]:
    """What the units and sites of findings are called where space is short, by id."""
    with workspace.reading() as db:
        called = {unit.id: unit.label for unit in units.every(db)}
        return called | {site.id: site.name for site in sites.every(db)}


def _unit(directory: Directory, name: str) -> str:
    if name in directory.by_id:
        return name
    found = directory.called(name)
    if len(found) != 1:
        raise BadInput("unit-ambiguous" if found else "unit-unknown", name=name)
    return found[0].id


def _late(found: Row, at: datetime) -> bool:
    return found.state not in CLOSED and overdue(read_due(found.due), at=at)
