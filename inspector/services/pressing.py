"""督办: what was not put right in time is asked for again, of the unit and its leader in charge, with a new limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.model import deadline
from inspector.model.document_text import Template
from inspector.model.errors import Refused
from inspector.model.finding import State
from inspector.model.inspection import Named, TimeLimit
from inspector.model.notice import Contact, Decision, Missed, Press
from inspector.model.number import Official
from inspector.model.paper import Kind, Standing
from inspector.model.person import Person
from inspector.services import document_texts, paperwork
from inspector.services import findings as listed
from inspector.services import notices as drafts
from inspector.services.drafts import stamp
from inspector.store import findings, notices
from inspector.store.workspace import Workspace

_WAITING = frozenset({State.SERVED, State.HANDED, State.FAILED})
"""What a unit still has to answer for. 待复查 waits for us."""


def plan(
    workspace: Workspace,
    *,
    limit: TimeLimit,
    handled_by: Person,
    contact: Contact | None = None,
    leader: str = "",
    only: Sequence[str] = (),
    now: datetime,
) -> tuple[Press, ...]:
    """督办单 for everything whose limit has passed at `now`, one a lead unit, each without number; `only` narrows it
    to these findings. What is in an open 督办单 already, contested, reported, or late by an estimate alone is left
    out. Nothing is written. Raises BadInput `time-limit-invalid`."""
    deadline.check(limit)
    late = [
        found
        for found in listed.every(workspace, overdue_at=now)
        if found.state in _WAITING and not found.due_estimated and (not only or found.id in only)
    ]
    numbers = drafts.numbers_of(workspace)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        rows = notices.every(db)
        pressed = _pressed(rows)
        served = {finding: of for finding, of in notices.by_finding(db, rows).items() if of[0].served}
        contact = contact or paperwork.remembered_contact(db)
        groups: dict[tuple[str, ...], list[Missed]] = defaultdict(list)
        first: dict[tuple[str, ...], findings.Row] = {}
        for found in sorted(late, key=known.order):
            if found.id in pressed or found.id not in served:
                continue
            mandate = known.mandate(found)
            group = (found.lead_unit, mandate.issuer, mandate.number)
            first.setdefault(group, found)
            notice = served[found.id][0]
            groups[group].append(
                Missed(
                    row=known.row(
                        found, len(groups[group]) + 1, number=numbers.get(found.id, ""), due=found.due
                    ),
                    notice=notice.number,
                    served_on=notice.served[:10],
                    days_late=_days_late(found, now),
                    time_limit=limit,
                )
            )
        return tuple(
            _press(workspace, known, first[group], missed, handled_by, contact, leader, now)
            for group, missed in sorted(groups.items())
        )


def draft(workspace: Workspace, presses: Sequence[Press], *, now: datetime) -> tuple[str, ...]:
    """Keep the drafts, in one batch; their entities. Raises Refused `press-nothing`, `notice-finding-taken`."""
    if not presses:
        raise Refused("press-nothing")
    with workspace.transaction() as db:
        _require_free(db, presses)
        batch = [paperwork.draft_record(db, one, drafted=stamp(now)) for one in presses]
        paperwork.remember_contact(db, presses[0].contact)
        paperwork.keep(db, workspace, batch, person=presses[0].handled_by.id, now=now)
    return tuple(one.entity for one in presses)


def _require_free(db: Connection, presses: Sequence[Press]) -> None:
    pressed = _pressed(notices.every(db))
    for press in presses:
        for missed in press.rows:
            if missed.row.finding in pressed:
                notice = pressed[missed.row.finding]
                raise Refused("notice-finding-taken", finding=missed.row.finding, notice=notice.id)


def _pressed(rows: Sequence[notices.Row]) -> dict[str, notices.Row]:
    """The findings of 督办单 that have not arrived: with their arrival a new limit runs."""
    return {
        finding: row
        for row in rows
        if row.kind is Kind.PRESS and row.live and row.standing is not Standing.SERVED
        for finding in row.findings
    }


def _days_late(found: findings.Row, now: datetime) -> int:
    due = deadline.read_due(found.due)
    assert due is not None
    return -deadline.days_left(due, at=now)


def _press(
    workspace: Workspace,
    known: paperwork.Known,
    first: findings.Row,
    missed: Sequence[Missed],
    handled_by: Person,
    contact: Contact,
    leader: str,
    now: datetime,
) -> Press:
    texts = document_texts.of(workspace, Template.PRESS)
    said = msgspec.structs.asdict(contact) | {"contact": contact.name, "count": len(missed)}
    said["day"] = paper_words.day(stamp(now))
    mandate = known.mandate(first)
    return Press(
        ledger=workspace.ledger,
        entity=workspace.new_id("notice"),
        number="",
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(now),
        category=first.category,
        mandate=mandate,
        to=known.named(first.lead_unit),
        copied=tuple(unit for unit in known.helping(one.row for one in missed) if unit.id != first.lead_unit),
        parties=paper_words.parties(one.row for one in missed),
        members=(),
        official=Official("", 0, 0),
        issued_on="",
        leader_in_charge=leader,
        rows=tuple(missed),
        opening=texts.filled("opening", **said),
        asking=texts.filled("asking", **said),
        feedback=texts.filled("feedback", **said),
        contact=contact,
        handled_by=Named(id=handled_by.id, name=handled_by.name),
        checked=Decision(),
        issued=Decision(),
    )
