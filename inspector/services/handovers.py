"""现场交办: what was found is handed over on the spot, and its limit begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.model import finding as rules
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Role, Step
from inspector.model.inspection import Evidence
from inspector.model.notice import Contact, Handover, Received
from inspector.model.paper import Kind
from inspector.model.person import Person
from inspector.model.words import Category
from inspector.services import document_texts, paperwork, people
from inspector.services.deeds import Preview, groups
from inspector.services.drafts import stamp
from inspector.services.moves import Seen
from inspector.services.paperwork import Slip
from inspector.services.serving import Clock, fields_of, printed
from inspector.store import findings, inspections, notices
from inspector.store.notices import Row as Listed
from inspector.store.workspace import Workspace


def hand_over(
    workspace: Workspace,
    which: Sequence[str],
    leader: people.Unlocked,
    received: Received,
    *,
    contact: Contact,
    now: datetime,
) -> tuple[Listed, ...]:
    """Hand over findings (ids), one 现场交办单 a lead unit, signed by the 组长; each with its number of this device.
    Each slip is whole or not at all. Raises as `check`, `compose` and `issue`."""
    with workspace.reading() as db:
        groups: dict[str, list[findings.Row]] = defaultdict(list)
        known = paperwork.Known(db)
        for one in dict.fromkeys(which):
            found = findings.one(db, one)
            unit = known.addressee(found)
            check(known, found, leader.person, received)
            groups[unit].append(found)
        codes = {unit: known.code(min(group, key=known.order)) for unit, group in groups.items()}
    done = []
    for unit, group in groups.items():
        slip = Slip(
            entity=workspace.new_id("notice"),
            number=paperwork.slip_number(workspace, codes[unit], now),
            people=(leader.person,),
            team="",
            begin=now,
            end=now,
            contact=contact,
            received=received,
            made=now,
        )
        document = compose(workspace, [found.id for found in group], slip)
        done.append(issue(workspace, document, leader, now=now))
    return tuple(done)


def preview(workspace: Workspace, which: Sequence[str], leader: Person, received: Received) -> Preview:
    """What `hand_over` would do to each of these findings: one slip a group. Raises BadInput `finding-unknown`."""
    refused: dict[str, Refused] = {}
    ready = []
    with workspace.reading() as db:
        known = paperwork.Known(db)
        for one in dict.fromkeys(which):
            found = findings.one(db, one)
            try:
                known.addressee(found)
                check(known, found, leader, received)
            except Refused as error:
                refused[found.id] = error
            else:
                ready.append(Seen(finding=found.id, heads=findings.heads(db, found.id)))
        return Preview(ready=tuple(ready), groups=groups(db, [one.finding for one in ready]), refused=refused)


def chosen(workspace: Workspace, which: Sequence[str]) -> tuple[str, ...]:
    """Findings by their ids, and those of visits (ids or printed numbers) that can be handed over now. Raises BadInput
    `finding-unknown` for what is neither."""
    found: list[str] = []
    with workspace.reading() as db:
        for one in which:
            try:
                found.append(findings.one(db, one).id)
                continue
            except BadInput as unknown:
                try:
                    visit = inspections.one(db, one).id
                except BadInput:
                    raise unknown from None
            of = [findings.one(db, finding) for finding in findings.of_inspection(db, visit)]
            found += [row.id for row in of if Move.HAND in rules.moves_for(row.state)]
    return tuple(dict.fromkeys(found))


def check(known: paperwork.Known, found: findings.Row, leader: Person, received: Received) -> None:
    """Whether a finding can be handed over now; on the spot it is the 组长 of the visit who does. Raises Refused
    `finding-move-not-now`, `finding-move-needs`, `handover-not-leader`."""
    leaders = [member for member in known.content(found).members if member.leader]
    if leaders and leader.id not in [member.person for member in leaders]:
        raise Refused("handover-not-leader", name=leader.name, leader=leaders[0].name)
    step = _step(leader.id, received, "", known.named(found.lead_unit).name)
    rules.take(found.state, step, role=Role.INSPECTOR)


def compose(workspace: Workspace, which: Sequence[str], slip: Slip) -> Handover:
    """The 现场交办单 about findings of one lead unit, as it would be signed; its limits run from `slip.received.at`.
    Raises BadInput `finding-unknown`, Refused `finding-without-unit`, `finding-without-limit`,
    `finding-without-mandate`."""
    texts = document_texts.of(workspace, Template.HANDOVER)
    clock = Clock(workspace)
    began = slip.received.at
    with workspace.reading() as db:
        known = paperwork.Known(db)
        group = sorted((findings.one(db, one) for one in which), key=known.order)
        rows = [known.row(found, n, began=began) for n, found in enumerate(group, 1)]
        mandate, to = known.mandate(group[0]), known.addressee(group[0])
        contents = [known.content(found) for found in group]
    rows = [msgspec.structs.replace(row, due=printed(clock.due(row.time_limit, began))) for row in rows]
    said = msgspec.structs.asdict(slip.contact) | {"contact": slip.contact.name, "count": len(rows)}
    said["team"] = paper_words.listed(dict.fromkeys(content.team for content in contents))
    said["day"] = paper_words.day(max(found.found_on for found in group))
    said["sites"] = paper_words.sites(list(dict.fromkeys(row.site.name for row in rows)))
    return Handover(
        ledger=workspace.ledger,
        entity=slip.entity,
        number=slip.number,
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(slip.made),
        category=Category.SUPERVISION,
        mandate=mandate,
        to=known.named(to),
        copied=tuple(unit for unit in known.helping(rows) if unit.id != to),
        parties=paper_words.parties(rows),
        members=paperwork.members(Kind.HANDOVER, slip.people),
        team=str(said["team"]),
        inspections=tuple(dict.fromkeys(found.inspection for found in group)),
        rows=tuple(rows),
        opening=texts.filled("opening", **said),
        asking=texts.filled("asking", **said),
        contact=slip.contact,
        received=slip.received,
    )


def issue(
    workspace: Workspace,
    document: Handover,
    leader: people.Unlocked,
    *,
    now: datetime,
    also: Callable[[Connection], None] | None = None,
) -> Listed:
    """Sign it, and hand over its findings; `also` is written in the same transaction. Raises Refused
    `finding-move-not-now`, those of `model.notice_rules`."""
    paperwork.require_ready(workspace, document, paperwork.bodies(workspace))
    signed = paperwork.signed(workspace, document, [leader], now=now)
    clock = Clock(workspace)
    at = document.received.at
    with workspace.transaction() as db:
        batch = [paperwork.record(db, signed, drafted=stamp(now), issued=now.date().isoformat(), served=at)]
        step = _step(leader.person.id, document.received, document.entity, document.to.name)
        for row in document.rows:
            rules.take(findings.one(db, row.finding).state, step, role=Role.INSPECTOR)
            fields = fields_of(row.time_limit, at, clock.due(row.time_limit, at))
            batch.append(paperwork.change_of(db, row.finding, step, **fields))
        paperwork.keep(db, workspace, batch, person=leader.person.id, now=now)
        if also is not None:
            also(db)
        return notices.one(db, document.entity)


def _step(leader: str, received: Received, document: str, unit: str) -> Step:
    photos: tuple[Evidence, ...] = received.photos
    return Step(
        move=Move.HAND,
        by=leader,
        to=received.name or unit,
        at=received.at,
        way=received.way.value,
        photos=tuple(photo.sha256 for photo in photos),
        document=document,
        reason=received.reason,
    )
