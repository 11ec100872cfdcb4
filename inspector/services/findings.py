"""Findings (问题) as they are listed and shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from inspector.model import marks as rules
from inspector.model.errors import BadInput
from inspector.model.finding import State, Step
from inspector.model.marks import Mark
from inspector.model.unit import Directory
from inspector.model.words import Severity
from inspector.store import findings, sites, units
from inspector.store.findings import Narrow
from inspector.store.findings import Row as Row
from inspector.store.workspace import Workspace


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A step on the time line; `void` if it was not allowed when it was recorded (无效步骤)."""

    step: Step
    void: bool = False


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One record on a finding's time line: the person (an entity, or empty), the device, the wall time (RFC 3339),
    the steps, the fields that it set, and the photos and documents that it named (SHA-256). `known` is False for a
    record that a newer version wrote."""

    batch: str
    device: str
    person: str
    wall: str
    steps: tuple[Taken, ...]
    fields: Mapping[str, Any]
    blobs: tuple[str, ...]
    known: bool = True


def every(
    workspace: Workspace,
    *,
    states: Collection[State] = (),
    unit: str = "",
    site: str = "",
    street: str = "",
    item: str = "",
    severity: Severity | None = None,
    team: str = "",
    due_by: date | None = None,
    overdue_at: datetime | None = None,
    most: int = -1,
    skip: int = 0,
) -> list[Row]:
    """Findings in the order in which they were found: those in one of `states`, that `unit` (id, full, short or former
    name) leads or helps with, at `site` (id, code or name) or in a `street` (as a unit), of an `item` or a form, found
    by a `team`, that are open and due by a day, whose time limit has passed at `overdue_at`. What is left out does not
    narrow. At most so many (−1: all), without the first `skip`; with `overdue_at` of those that are due at all.
    Raises BadInput `unit-unknown`, `unit-ambiguous`, `site-unknown`, `site-ambiguous`."""
    with workspace.reading() as db:
        directory = Directory(units.every(db) if unit or street else ())
        found = findings.page(
            db,
            Narrow(
                states=frozenset(states),
                unit=unit_of(directory, unit) if unit else "",
                site=sites.find(db, site) if site else "",
                street=unit_of(directory, street) if street else "",
                item=item,
                severity=severity,
                team=team,
                due_by=str(due_by or (overdue_at.date() if overdue_at else "")),
            ),
            most=most,
            skip=skip,
        )
    return [one for one in found if overdue_at is None or _late(one, overdue_at)]


def one(workspace: Workspace, which: str) -> Row:
    """A finding by its id. Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        return findings.one(db, which)


def timeline(workspace: Workspace, which: str) -> list[Event]:
    """What happened to a finding: every record after those that its author knew, else by the clocks of the laptops.
    Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        told = findings.told(db, findings.one(db, which).id)
    return [
        Event(
            batch=said.batch,
            device=said.device,
            person=said.person,
            wall=said.wall,
            steps=tuple(
                Taken(step=_step(move), void=nth in said.void)
                for nth, move in enumerate(said.body.get("moves", ()))
            ),
            fields=said.body.get("set", {}),
            blobs=said.blobs,
            known=said.known,
        )
        for said in told
    ]


def times(workspace: Workspace, rows: Iterable[Row]) -> Mapping[str, int]:
    """Which time it is that their sites failed their items (第 n 次), by finding."""
    with workspace.reading() as db:
        return {row.id: findings.nth(db, row) for row in rows}


def marks(row: Row, *, at: datetime, times: int = 1) -> tuple[Mark, ...]:
    """The marks of a finding at an instant."""
    return rules.marks(
        row.state,
        row.due,
        at=at,
        objection=row.objection,
        transfer=row.transfer,
        extension=row.extension,
        fixed_on_spot=row.fixed_on_spot,
        times=times,
    )


def open_by_site(workspace: Workspace) -> Mapping[str, int]:
    """How many findings are open, by site."""
    with workspace.reading() as db:
        return findings.open_by_site(db)


def names(workspace: Workspace) -> Mapping[str, str]:
    """What the units and sites of findings are called where space is short, by id."""
    with workspace.reading() as db:
        called = {unit.id: unit.label for unit in units.every(db)}
        return called | {site.id: site.name for site in sites.every(db)}


def unit_of(directory: Directory, name: str) -> str:
    """The unit (an entity) of this id, or that this full, short or former name fits.
    Raises BadInput `unit-unknown`, `unit-ambiguous`."""
    if name in directory.by_id:
        return name
    found = directory.called(name)
    if len(found) != 1:
        raise BadInput("unit-ambiguous" if found else "unit-unknown", name=name)
    return found[0].id


def _late(found: Row, at: datetime) -> bool:
    waits = rules.contested(found.objection, found.transfer)
    return rules.overdue(found.state, found.due, contested=waits, at=at)


def _step(move: Mapping[str, Any]) -> Step:
    try:
        return msgspec.convert(move, Step)
    except msgspec.ValidationError:
        return Step(
            move=move["move"]
        )  # written by a foreign program: the move counts, the rest is unreadable
