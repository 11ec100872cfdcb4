"""What is issued and has not arrived, and the act of recording that it has: calls for lanes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from inspector.model.notice import Received
from inspector.model.paper import Standing
from inspector.model.person import Person
from inspector.services import announcements, notices, paper_list, paperwork, people, serving
from inspector.services.paper_list import Listed
from inspector.services.people import Unlocked
from inspector.services.workspaces import Workspace
from inspector.ui.notices.served import Served


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What is issued and has not arrived, by unit (entity); who can sign here."""

    by_unit: Mapping[str, tuple[Listed, ...]]
    people: tuple[Person, ...]
    here: Collection[str]


def read(workspace: Workspace) -> Read:
    """In the order of drafting, the units as they come."""
    units = {row.id: row.to.id for row in notices.every(workspace)}
    by_unit: dict[str, list[Listed]] = {}
    for one in reversed(paper_list.desk(workspace)):
        if one.standing is Standing.ISSUED:
            by_unit.setdefault(units[one.id], []).append(one)
    return Read(
        by_unit={unit: tuple(ones) for unit, ones in by_unit.items()},
        people=tuple(people.every(workspace)),
        here=people.with_key_here(workspace),
    )


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """What arrived at one unit: its documents, how they were received, and the photos of that."""

    papers: tuple[str, ...]
    received: Received
    photos: tuple[Path, ...]


def serve(
    workspace: Workspace,
    arrivals: Mapping[str, Arrival],
    server: Unlocked,
    now: datetime,
    report: Callable[[int, int], None],
) -> tuple[Served, ...]:
    """Take the photos in, prove every arrival, and say what each unit is to be told."""
    acts = {
        unit: msgspec.structs.replace(one.received, photos=paperwork.evidence(workspace, one.photos))
        for unit, one in arrivals.items()
    }
    which = [paper for one in arrivals.values() for paper in one.papers]
    done = serving.serve(workspace, which, acts, server, now=now, report=report)
    return tuple(
        Served(service=row.id, unit=row.to.name, text=announcements.text(workspace, row.id)) for row in done
    )
