"""Rounds (一轮) on the way: what is due is seen again finding by finding, or what was found is handed over; then one
paper a lead unit is signed on the spot. Every act is on the disk when its function returns, also after a kill."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.model import round as rules
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import State
from inspector.model.inspection import Signs
from inspector.model.notice import Contact
from inspector.model.paper import Kind
from inspector.model.round import Round, Side, Sighting
from inspector.services import chosen, handovers, inspections, paperwork
from inspector.services.drafts import stamp
from inspector.store import findings, rounds, sites, units
from inspector.store.workspace import Workspace


def every(workspace: Workspace) -> list[Round]:
    """The rounds that are not signed yet, the latest first."""
    with workspace.reading() as db:
        return rounds.every(db)


def one(workspace: Workspace, which: str) -> Round:
    """Raises BadInput `round-unknown`."""
    with workspace.reading() as db:
        return rounds.one(db, which)


def begin(workspace: Workspace, which: Sequence[str], *, now: datetime, of: str = "") -> Round:
    """A round of re-inspections of these findings, by street and site, with the team of the last visit; `of` is the
    draw of a 回头看. Raises BadInput `findings-none`, `finding-unknown`."""
    if not which:
        raise BadInput("findings-none")
    team = chosen.visit(workspace).team
    signers = [one.person for one in team.members if one.signs is Signs.CERTIFICATE]
    return _begun(
        workspace,
        Round(
            id=workspace.new_id("round"),
            kind=Kind.REINSPECTION,
            begin=stamp(now),
            team=team.name,
            signers=tuple(sorted(signers, key=lambda one: one != team.leader)),
            sightings=tuple(Sighting(finding=finding) for finding in _by_place(workspace, which)),
            of=of,
        ),
    )


def hand_over(workspace: Workspace, inspection: str, *, now: datetime) -> Round:
    """What a signed inspection found, to be handed over on the spot by its 组长; the one that is under way already, if
    there is one. Raises BadInput `finding-unknown`, Refused `handover-nothing`."""
    for under_way in every(workspace):
        if under_way.kind is Kind.HANDOVER and under_way.of == inspection:
            return under_way
    with workspace.reading() as db:
        found = [
            finding
            for finding in handovers.chosen(workspace, [inspection])
            if findings.one(db, finding).state is not State.HANDED
        ]
    if not found:
        raise Refused("handover-nothing")
    visit = inspections.document(workspace, inspection)
    leader = next((one.person for one in visit.members if one.leader), visit.members[0].person)
    return _begun(
        workspace,
        Round(
            id=workspace.new_id("round"),
            kind=Kind.HANDOVER,
            begin=stamp(now),
            team=visit.team,
            signers=(leader,),
            sightings=tuple(Sighting(finding=finding) for finding in found),
            of=inspection,
        ),
    )


def see(workspace: Workspace, which: str, sighting: Sighting) -> Round:
    """What was seen of one finding; it can be taken back. Raises BadInput `round-unknown`."""
    return _change(workspace, which, lambda walk: rules.seen(walk, sighting))


def undo(workspace: Workspace, which: str) -> tuple[Round, str]:
    """Take back what was seen last; the round, and the finding that it was about (empty: nothing to take back)."""
    with workspace.transaction(first=True) as db:
        walk, finding = rules.undone(rounds.one(db, which))
        rounds.keep(db, walk)
    return walk, finding


def leave_out(workspace: Workspace, which: str, finding: str) -> Round:
    """Not in this round. One without findings is no round any more."""
    with workspace.transaction() as db:
        left = rules.without(rounds.one(db, which), finding)
        (rounds.keep if left.sightings else _remove)(db, left)
    return left


def set_signers(workspace: Workspace, which: str, signers: Sequence[str]) -> Round:
    """Who signs (persons), in this order."""
    return _change(workspace, which, lambda walk: msgspec.structs.replace(walk, signers=tuple(signers)))


def set_contact(workspace: Workspace, which: str, contact: Contact, *, team: str) -> Round:
    """Whom the units ask, and the name of the team; the contact is proposed again next time."""
    with workspace.transaction(first=True) as db:
        walk = msgspec.structs.replace(rounds.one(db, which), contact=contact, team=team)
        rounds.keep(db, walk)
        paperwork.remember_contact(db, contact)
    return walk


def end_visit(workspace: Workspace, which: str, *, now: datetime) -> Round:
    """The visit ends when signing begins; once a recipient has done something, that time stands."""

    def change(walk: Round) -> Round:
        if walk.end and any(side.received for side in walk.sides):
            return walk
        return msgspec.structs.replace(walk, end=stamp(now))

    return _change(workspace, which, change)


def discard(workspace: Workspace, which: str) -> None:
    """Throw a round away: nothing that was seen is kept."""
    with workspace.transaction() as db:
        rounds.remove(db, which)


def keep_side(workspace: Workspace, which: str, side: Side) -> Round:
    """A unit's paper has its number now."""
    return _change(workspace, which, lambda walk: rules.with_side(walk, side))


def signed_off(db: Connection, which: str, done: Collection[str]) -> None:
    """In the transaction that signs a paper: its findings leave the round, which ends with the last one."""
    left = rounds.one(db, which)
    for finding in done:
        left = rules.without(left, finding)
    (rounds.keep if left.sightings else _remove)(db, left)


def _remove(db: Connection, walk: Round) -> None:
    rounds.remove(db, walk.id)


def _change(workspace: Workspace, which: str, change: Callable[[Round], Round]) -> Round:
    with workspace.transaction(first=True) as db:
        before = rounds.one(db, which)
        after = change(before)
        if after != before:
            rounds.keep(db, after)
    return after


def _begun(workspace: Workspace, walk: Round) -> Round:
    with workspace.transaction() as db:
        walk = msgspec.structs.replace(walk, contact=paperwork.remembered_contact(db))
        rounds.keep(db, walk)
    return walk


def _by_place(workspace: Workspace, which: Sequence[str]) -> list[str]:
    """The findings street by street and site by site, as one walks; at a site in the order of its sheet."""
    with workspace.reading() as db:
        known = paperwork.Known(db)
        street = {unit.id: unit.rank for unit in units.every(db)}
        rank = {
            site.id: (street.get(site.street, (10**9, site.street)), site.rank) for site in sites.every(db)
        }
        rows = [findings.one(db, one) for one in dict.fromkeys(which)]
        nowhere = ((10**9, ""), (True, "", ""))  # a site whose record has not arrived
        rows.sort(key=lambda row: (rank.get(row.site, nowhere), known.order(row)))
    return [row.id for row in rows]
