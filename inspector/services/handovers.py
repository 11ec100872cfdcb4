"""现场交办: what was found is handed over on the spot, and its limit begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspector.documents import paper_words
from inspector.model import finding as rules
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Role, Step
from inspector.model.inspection import Content, Evidence
from inspector.model.notice import Contact, Handover, Received
from inspector.model.paper import Kind
from inspector.model.words import Category
from inspector.services import document_texts, paperwork, people
from inspector.services.drafts import stamp
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
    Each slip is whole or not at all. Raises Refused `finding-move-not-now`, `finding-without-unit`,
    `finding-without-mandate`, `handover-not-leader`, those of `model.notice_rules`; BadInput `finding-unknown`."""
    with workspace.reading() as db:
        groups: dict[str, list[findings.Row]] = defaultdict(list)
        known = paperwork.Known(db)
        for one in dict.fromkeys(which):
            found = findings.one(db, one)
            if not found.lead_unit or found.lead_unit in known.bodies:
                raise Refused("finding-without-unit", finding=found.id)
            _require_leader(known.content(found), leader)
            rules.take(found.state, _step(leader, received, "", found.lead_unit), role=Role.INSPECTOR)
            groups[found.lead_unit].append(found)
    return tuple(
        _hand_over(workspace, group, leader, received, contact=contact, now=now) for group in groups.values()
    )


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


def _require_leader(visit: Content, leader: people.Unlocked) -> None:
    """On the spot it is the 组长 of the visit who hands over. Raises Refused `handover-not-leader`."""
    leaders = [member for member in visit.members if member.leader]
    if leaders and leader.person.id not in [member.person for member in leaders]:
        raise Refused("handover-not-leader", name=leader.person.name, leader=leaders[0].name)


def _hand_over(
    workspace: Workspace,
    group: Sequence[findings.Row],
    leader: people.Unlocked,
    received: Received,
    *,
    contact: Contact,
    now: datetime,
) -> Listed:
    texts = document_texts.of(workspace, Template.HANDOVER)
    clock = Clock(workspace)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        group = sorted(group, key=known.order)
        rows = [known.row(found, n) for n, found in enumerate(group, 1)]
        mandate = known.mandate(group[0])
        contents = [known.content(found) for found in group]
    dues = [clock.due(row.time_limit, received.at) for row in rows]
    rows = [
        msgspec.structs.replace(row, began=received.at, due=printed(due))
        for row, due in zip(rows, dues, strict=True)
    ]
    said = msgspec.structs.asdict(contact) | {"contact": contact.name, "count": len(rows)}
    said["team"] = paper_words.listed(dict.fromkeys(content.team for content in contents))
    said["day"] = paper_words.day(max(found.found_on for found in group))
    said["sites"] = paper_words.sites(list(dict.fromkeys(row.site.name for row in rows)))
    document = Handover(
        ledger=workspace.ledger,
        entity=workspace.new_id("notice"),
        number=paperwork.slip_number(workspace, rows[0].site_code or contents[0].form.id, now),
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(now),
        category=Category.SUPERVISION,
        mandate=mandate,
        to=known.named(group[0].lead_unit),
        copied=tuple(unit for unit in known.helping(rows) if unit.id != group[0].lead_unit),
        parties=paper_words.parties(rows),
        members=paperwork.members(Kind.HANDOVER, [leader], leads=True),
        team=str(said["team"]),
        inspections=tuple(dict.fromkeys(found.inspection for found in group)),
        rows=tuple(rows),
        opening=texts.filled("opening", **said),
        asking=texts.filled("asking", **said),
        contact=contact,
        received=received,
    )
    paperwork.require_ready(workspace, document, known.bodies)
    signed = paperwork.signed(workspace, document, [leader], now=now)
    with workspace.transaction() as db:
        batch = [
            paperwork.record(
                db, signed, drafted=stamp(now), issued=now.date().isoformat(), served=received.at
            )
        ]
        for row, due in zip(rows, dues, strict=True):
            step = _step(leader, received, document.entity, document.to.name)
            rules.take(findings.one(db, row.finding).state, step, role=Role.INSPECTOR)
            fields = fields_of(row.time_limit, received.at, due)
            batch.append(paperwork.change_of(db, row.finding, step, **fields))
        paperwork.keep(db, workspace, batch, person=leader.person.id, now=now)
        return notices.one(db, document.entity)


def _step(leader: people.Unlocked, received: Received, document: str, unit: str) -> Step:
    photos: tuple[Evidence, ...] = received.photos
    return Step(
        move=Move.HAND,
        by=leader.person.id,
        to=received.name or unit,
        at=received.at,
        way=received.way.value,
        photos=tuple(photo.sha256 for photo in photos),
        document=document,
        reason=received.reason,
    )
