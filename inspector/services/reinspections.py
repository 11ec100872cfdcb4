"""复查: findings are looked at again; what passed is closed by the document that says so, in the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.ledger.record import Record
from inspector.model import deadline
from inspector.model import finding as rules
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Role, Step
from inspector.model.inspection import Evidence, TimeLimit
from inspector.model.notice import Contact, Received, Reinspection, Reseen, Row, Seen
from inspector.model.paper import Kind
from inspector.model.words import Category
from inspector.services import document_texts, paperwork, people
from inspector.services import notices as drafts
from inspector.services.drafts import stamp
from inspector.services.serving import Clock, fields_of
from inspector.store import findings, notices
from inspector.store.notices import Row as Listed
from inspector.store.workspace import Workspace


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of one finding: passing needs a photo, failing a photo or a note, and a new limit. `reported` is
    what the unit had said."""

    finding: str
    seen: Seen
    note: str = ""
    reported: str = ""
    photos: tuple[Evidence, ...] = ()
    time_limit: TimeLimit | None = None


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """When and by which team."""

    team: str
    begin: datetime
    end: datetime


def reinspect(
    workspace: Workspace,
    looks: Sequence[Look],
    signers: Sequence[people.Unlocked],
    visit: Visit,
    received: Received,
    *,
    contact: Contact,
    now: datetime,
) -> tuple[Listed, ...]:
    """A round of re-inspections, one 复查意见书 a lead unit, signed by all `signers` (two at least). Passed findings
    are closed (销号); for the others the new limit runs from `received.at`. Each document is whole or not at all.
    Raises Refused `finding-move-not-now`, `finding-move-needs`, `finding-without-unit`, those of
    `model.notice_rules`; BadInput `finding-unknown`, `reinspect-limit-missing`, `reinspect-twice`."""
    if len({look.finding for look in looks}) < len(looks):
        raise BadInput("reinspect-twice")
    with workspace.reading() as db:
        known = paperwork.Known(db)
        groups: dict[str, list[tuple[Look, findings.Row]]] = defaultdict(list)
        for look in looks:
            found = findings.one(db, look.finding)
            if not found.lead_unit or found.lead_unit in known.bodies:
                raise Refused("finding-without-unit", finding=found.id)
            if look.seen is not Seen.PASS:
                if look.time_limit is None:
                    raise BadInput("reinspect-limit-missing", finding=found.id)
                deadline.check(look.time_limit)
            rules.take(found.state, _step(look, signers, visit, ""), role=Role.INSPECTOR)
            groups[found.lead_unit].append((look, found))
    return tuple(
        _reinspect(workspace, group, signers, visit, received, contact=contact, now=now)
        for group in groups.values()
    )


def _reinspect(
    workspace: Workspace,
    group: Sequence[tuple[Look, findings.Row]],
    signers: Sequence[people.Unlocked],
    visit: Visit,
    received: Received,
    *,
    contact: Contact,
    now: datetime,
) -> Listed:
    texts = document_texts.of(workspace, Template.REINSPECTION)
    numbers = drafts.numbers_of(workspace)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        rows = tuple(
            _reseen(known.row(found, n, number=numbers.get(found.id, "")), look)
            for n, (look, found) in enumerate(group, 1)
        )
        first = group[0][1]
        mandate, form = known.mandate(first), known.content(first).form
    passed = sum(row.seen is Seen.PASS for row in rows)
    said = msgspec.structs.asdict(contact) | {"contact": contact.name, "team": visit.team}
    said |= {"day": paper_words.day(stamp(visit.end)), "count": len(rows)}
    said |= {"passed": passed, "failed": len(rows) - passed}
    document = Reinspection(
        ledger=workspace.ledger,
        entity=workspace.new_id("notice"),
        number=paperwork.slip_number(workspace, rows[0].row.site_code or form.id, now),
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(now),
        category=Category.SUPERVISION,
        mandate=mandate,
        to=known.named(first.lead_unit),
        copied=tuple(unit for unit in known.helping(row.row for row in rows) if unit.id != first.lead_unit),
        parties=paper_words.parties(row.row for row in rows),
        members=paperwork.members(Kind.REINSPECTION, signers),
        team=visit.team,
        begin=stamp(visit.begin),
        end=stamp(visit.end),
        rows=rows,
        opening=texts.filled("opening", **said),
        asking=texts.filled("asking", **said),
        review=texts.filled("review", **said),
        contact=contact,
        received=received,
    )
    paperwork.require_ready(workspace, document, known.bodies)
    signed = paperwork.signed(workspace, document, signers, now=now)
    with workspace.transaction() as db:
        batch = [
            paperwork.record(
                db, signed, drafted=stamp(now), issued=now.date().isoformat(), served=received.at
            ),
            *_moves(db, group, signers, visit, document, Clock(workspace)),
        ]
        paperwork.keep(db, workspace, batch, person=signers[0].person.id, now=now)
        return notices.one(db, document.entity)


def _reseen(row: Row, look: Look) -> Reseen:
    return Reseen(
        row=row,
        seen=look.seen,
        note=look.note,
        reported=look.reported,
        photos=look.photos,
        time_limit=None if look.seen is Seen.PASS else look.time_limit,
    )


def _moves(
    db: Connection,
    group: Sequence[tuple[Look, findings.Row]],
    signers: Sequence[people.Unlocked],
    visit: Visit,
    document: Reinspection,
    clock: Clock,
) -> Iterator[Record]:
    for look, found in group:
        step = _step(look, signers, visit, document.entity)
        rules.take(findings.one(db, found.id).state, step, role=Role.INSPECTOR)
        limit = None if look.seen is Seen.PASS else look.time_limit
        at = document.received.at
        fields = fields_of(limit, at, clock.due(limit, at)) if limit else {}
        yield paperwork.change_of(db, found.id, step, look.photos, **fields)


def _step(look: Look, signers: Sequence[people.Unlocked], visit: Visit, document: str) -> Step:
    return Step(
        move=Move.PASS if look.seen is Seen.PASS else Move.FAIL,
        by=signers[0].person.id if signers else "",
        at=stamp(visit.end),
        photos=tuple(photo.sha256 for photo in look.photos),
        document=document,
        reason=look.note,
    )
