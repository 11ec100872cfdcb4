"""复查: findings are looked at again; what passed is closed by the document that says so, in the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.ledger.record import Record
from inspector.model import deadline
from inspector.model import finding as rules
from inspector.model.document_text import Template
from inspector.model.errors import BadInput
from inspector.model.finding import Move, Role, Step
from inspector.model.inspection import Evidence, TimeLimit
from inspector.model.notice import Contact, Received, Reinspection, Reseen, Row, Seen
from inspector.model.paper import Kind
from inspector.model.words import Category
from inspector.services import document_texts, paperwork, people
from inspector.services import notices as drafts
from inspector.services.drafts import stamp
from inspector.services.paperwork import Slip
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
    Raises as `check`, `compose` and `issue`, BadInput `reinspect-twice`."""
    if len({look.finding for look in looks}) < len(looks):
        raise BadInput("reinspect-twice")
    with workspace.reading() as db:
        known = paperwork.Known(db)
        groups: dict[str, list[Look]] = defaultdict(list)
        codes: dict[str, str] = {}
        for look in looks:
            found = findings.one(db, look.finding)
            unit = known.addressee(found)
            check(found, look, by=signers[0].person.id if signers else "", end=visit.end)
            groups[unit].append(look)
            codes.setdefault(unit, known.code(found))
    done = []
    for unit, group in groups.items():
        slip = Slip(
            entity=workspace.new_id("notice"),
            number=paperwork.slip_number(workspace, codes[unit], now),
            people=tuple(one.person for one in signers),
            team=visit.team,
            begin=visit.begin,
            end=visit.end,
            contact=contact,
            received=received,
            made=now,
        )
        done.append(issue(workspace, compose(workspace, group, slip), group, signers, now=now))
    return tuple(done)


def check(found: findings.Row, look: Look, *, by: str, end: datetime) -> None:
    """Whether this can be said of a finding now. Raises Refused `finding-move-not-now`, `finding-move-needs`;
    BadInput `reinspect-limit-missing`, `limit-…`."""
    if look.seen is not Seen.PASS:
        if look.time_limit is None:
            raise BadInput("reinspect-limit-missing", finding=found.id)
        deadline.check(look.time_limit)
    rules.take(found.state, _step(look, by, stamp(end), ""), role=Role.INSPECTOR)


def compose(workspace: Workspace, looks: Sequence[Look], slip: Slip) -> Reinspection:
    """The 复查意见书 about findings of one lead unit, as it would be signed. Raises BadInput `finding-unknown`, Refused
    `finding-without-unit`, `finding-without-limit`, `finding-without-mandate`."""
    texts = document_texts.of(workspace, Template.REINSPECTION)
    numbers = drafts.numbers_of(workspace)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        first = findings.one(db, looks[0].finding)
        rows = tuple(
            _reseen(known.row(findings.one(db, look.finding), n, number=numbers.get(look.finding, "")), look)
            for n, look in enumerate(looks, 1)
        )
        mandate, to = known.mandate(first), known.addressee(first)
    passed = sum(row.seen is Seen.PASS for row in rows)
    said = msgspec.structs.asdict(slip.contact) | {"contact": slip.contact.name, "team": slip.team}
    said |= {"day": paper_words.day(stamp(slip.end)), "count": len(rows)}
    said |= {"passed": passed, "failed": len(rows) - passed}
    return Reinspection(
        ledger=workspace.ledger,
        entity=slip.entity,
        number=slip.number,
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(slip.made),
        category=Category.SUPERVISION,
        mandate=mandate,
        to=known.named(to),
        copied=tuple(unit for unit in known.helping(row.row for row in rows) if unit.id != to),
        parties=paper_words.parties(row.row for row in rows),
        members=paperwork.members(Kind.REINSPECTION, slip.people),
        team=slip.team,
        begin=stamp(slip.begin),
        end=stamp(slip.end),
        rows=rows,
        opening=texts.filled("opening", **said),
        asking=texts.filled("asking", **said),
        review=texts.filled("review", **said),
        contact=slip.contact,
        received=slip.received,
    )


def issue(
    workspace: Workspace,
    document: Reinspection,
    looks: Sequence[Look],
    signers: Sequence[people.Unlocked],
    *,
    now: datetime,
    also: Callable[[Connection], None] | None = None,
) -> Listed:
    """Sign it, and let it do what it says to its findings; `also` is written in the same transaction. Raises as
    `check`, and Refused those of `model.notice_rules`."""
    paperwork.require_ready(workspace, document, paperwork.bodies(workspace))
    signed = paperwork.signed(workspace, document, signers, now=now)
    clock = Clock(workspace)
    with workspace.transaction() as db:
        batch = [
            paperwork.record(
                db,
                signed,
                drafted=stamp(now),
                issued=now.date().isoformat(),
                served=document.received.at,
            ),
            *_moves(db, looks, document, clock),
        ]
        paperwork.keep(db, workspace, batch, person=signers[0].person.id, now=now)
        if also is not None:
            also(db)
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


def _moves(db: Connection, looks: Sequence[Look], document: Reinspection, clock: Clock) -> Iterator[Record]:
    for look in looks:
        step = _step(look, document.members[0].person, document.end, document.entity)
        found = findings.one(db, look.finding)
        rules.take(found.state, step, role=Role.INSPECTOR)
        limit = None if look.seen is Seen.PASS else look.time_limit
        at = document.received.at
        fields = fields_of(limit, at, clock.due(limit, at)) if limit else {}
        yield paperwork.change_of(db, found.id, step, look.photos, **fields)


def _step(look: Look, by: str, at: str, document: str) -> Step:
    return Step(
        move=Move.PASS if look.seen is Seen.PASS else Move.FAIL,
        by=by,
        at=at,
        photos=tuple(photo.sha256 for photo in look.photos),
        document=document,
        reason=look.note,
    )
