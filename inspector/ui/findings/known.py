"""What the form of a deed has to know, read at once on a lane; and the deed itself, as a call for a lane."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspector.model.deed import Deed, Said
from inspector.model.errors import BadInput
from inspector.model.finding import Role, State
from inspector.model.person import Person
from inspector.model.unit import Unit
from inspector.services import chosen, deeds, findings, moves, people, units
from inspector.services.chosen import Acting
from inspector.services.deeds import Group, Preview
from inspector.services.findings import Row
from inspector.services.moves import Act, Seen
from inspector.services.workspaces import Workspace


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The findings as they are seen now, by lead unit; `row` is the one, if it is one. `near` are findings of its site
    (id, text), `leads` the units that may be addressed, `acting` who acted last."""

    seen: tuple[Seen, ...]
    groups: tuple[Group, ...]
    row: Row | None
    near: tuple[tuple[str, str], ...]
    leads: tuple[Unit, ...]
    people: tuple[Person, ...]
    acting: Acting


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """A deed that is said in full."""

    deed: Deed
    seen: tuple[Seen, ...]
    by: str
    role: Role
    said: Said


def read(workspace: Workspace, which: Sequence[str], *, single: bool) -> Known:
    """Raises BadInput `finding-unknown`."""
    seen = moves.look(workspace, which)
    row = findings.one(workspace, seen[0].finding) if single else None
    return Known(
        seen=seen,
        groups=deeds.by_unit(workspace, [one.finding for one in seen]),
        row=row,
        near=_near(workspace, row) if row else (),
        leads=tuple(unit for unit in units.every(workspace) if not unit.party),
        people=tuple(people.every(workspace)),
        acting=chosen.acting(workspace),
    )


def do(workspace: Workspace, doing: Doing, now: datetime) -> None:
    """Do it, and remember who did. Raises like `deeds.do`."""
    act = Act(by=doing.by, now=now, role=doing.role)
    deeds.do(workspace, doing.seen, doing.deed, act, doing.said)
    chosen.keep_acting(workspace, Acting(person=doing.by, role=doing.role))


def preview(workspace: Workspace, doing: Doing, now: datetime) -> Preview:
    """What it would do."""
    act = Act(by=doing.by, now=now, role=doing.role)
    return deeds.preview(workspace, doing.seen, doing.deed, act, doing.said)


def _near(workspace: Workspace, row: Row) -> tuple[tuple[str, str], ...]:
    """The other findings of the site, those of the same item first."""
    try:
        found = findings.every(workspace, site=row.site)
    except BadInput:  # the record of the site has not arrived yet
        return ()
    others = [one for one in found if one.id != row.id and one.state is not State.WITHDRAWN]
    others.sort(key=lambda one: one.item != row.item)
    return tuple((one.id, f"{one.item} {one.place} {one.description}") for one in others)
