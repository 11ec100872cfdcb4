"""送达: documents arrive, limits begin, 送达回证 proves it; one for all documents of a recipient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from sqlite3 import Connection
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model import deadline
from inspector.model.deadline import Due
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import CLOSED, Move, State, Step, moves_for
from inspector.model.inspection import Named, TimeLimit
from inspector.model.notice import (
    Bulletin,
    Document,
    Missed,
    Received,
    Row,
    ServedLimit,
    ServedPaper,
    Service,
)
from inspector.model.paper import PAPERS, Kind, Standing
from inspector.services import calendars, document_texts, paperwork, people
from inspector.services.drafts import plain, stamp
from inspector.store import findings, notices, records
from inspector.store.notices import Row as Listed
from inspector.store.workspace import Workspace


class Clock:
    """What turns a limit into its end, read once for many findings: the calendar and the office's hours."""

    def __init__(self, workspace: Workspace) -> None:
        self._calendar = calendars.known(workspace)
        self._hours = calendars.hours(workspace)

    def due(self, limit: TimeLimit, began: str) -> Due:
        """The end of a limit that began at an instant (RFC 3339)."""
        return deadline.due(
            limit, served=datetime.fromisoformat(began), calendar=self._calendar, hours=self._hours
        )


def written(due: Due) -> str:
    """A date, or an instant to the minute, as fields and documents have it."""
    return due.at.isoformat(timespec="minutes") if isinstance(due.at, datetime) else due.at.isoformat()


def printed(due: Due) -> str:
    """The same for a document, which never prints an estimate."""
    return "" if due.estimated else written(due)


def fields_of(limit: TimeLimit, began: str, due: Due) -> dict[str, Any]:
    """What a finding is told of its limit once that runs."""
    return {
        "time_limit": plain(limit),
        "began": began,
        "due": written(due),
        "due_estimated": due.estimated,
    }


def serve(
    workspace: Workspace,
    which: Sequence[str],
    received: Received | Mapping[str, Received],
    server: people.Unlocked,
    *,
    now: datetime,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Listed, ...]:
    """Record that issued documents arrived: one 送达回证 a recipient, signed by who brought them; the limits of their
    findings run from `received.at`, those that began on the spot from then. `received`: how, by all of them or by
    each unit (entity). Each recipient is whole or not at all. The proofs of service. `report` hears how many units are
    done, before the first and after each; what it raises stops the rest, which have not arrived.

    Raises BadInput `service-nobody` (a unit without receiver), `service-time`; Refused `notice-not-issued`,
    `notice-has-no-service` (a document that is handed over by itself), those of `model.notice_rules`."""
    with workspace.reading() as db:
        by_unit: dict[str, list[Listed]] = defaultdict(list)
        for one in which:
            row = notices.one(db, one)
            _require_servable(row)
            by_unit[row.to.id].append(row)
    clock = Clock(workspace)
    done: list[Listed] = []
    for unit, rows in by_unit.items():
        if report:
            report(len(done), len(by_unit))
        act = received.get(unit) if isinstance(received, Mapping) else received
        if act is None:
            raise BadInput("service-nobody", unit=rows[0].to.name)
        done.append(_serve(workspace, rows, act, server, clock, now))
    if report:
        report(len(done), len(by_unit))
    return tuple(done)


def _require_servable(row: Listed) -> None:
    if not PAPERS[row.kind].issued:
        raise Refused("notice-has-no-service", number=row.number)
    if row.standing is not Standing.ISSUED:
        raise Refused("notice-not-issued", number=row.number or row.id, standing=row.standing)


def _serve(
    workspace: Workspace,
    rows: Sequence[Listed],
    received: Received,
    server: people.Unlocked,
    clock: Clock,
    now: datetime,
) -> Listed:
    at = _instant(received.at)
    if at > now or at.date() < max(date.fromisoformat(row.issued) for row in rows):
        raise BadInput("service-time", at=received.at, number=rows[0].number)
    texts = document_texts.of(workspace, Template.SERVICE)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        papers = [notices.document(db, row) for row in rows]
        limits = [_limit(row, limit, received.at, clock) for paper in papers for row, limit in _limits(paper)]
    to: Named = rows[0].to
    first = papers[0]
    code = known.units[to.id].label if to.id in known.units else to.name
    document = Service(
        ledger=workspace.ledger,
        entity=workspace.new_id("notice"),
        number=paperwork.slip_number(workspace, code, now),
        heading=texts.heading,
        issuer=first.issuer,
        made=stamp(now),
        category=first.category,
        mandate=first.mandate,
        to=to,
        members=paperwork.members(Kind.SERVICE, [server.person]),
        papers=tuple(
            ServedPaper(kind=row.kind, entity=row.id, number=row.number, title=row.heading, sha256=row.sheet)
            for row in rows
        ),
        received=received,
        limits=tuple(limit for limit, _ in limits),
        note=texts.filled("note"),
    )
    paperwork.require_ready(workspace, document, known.bodies)
    signed = paperwork.signed(workspace, document, [server], now=now)
    with workspace.transaction() as db:
        for row in rows:
            _require_servable(notices.one(db, row.id))
        batch = [paperwork.record(db, signed, drafted=stamp(now), issued=now.date().isoformat())]
        batch += [_arrived(db, row, document) for row in rows]
        batch += _moves(db, document, limits, server)
        paperwork.keep(db, workspace, batch, person=server.person.id, now=now)
        return notices.one(db, document.entity)


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("service-time", at=text, number="") from error
    if at.tzinfo is None:
        raise BadInput("service-time", at=text, number="")
    return at


def _limits(paper: Document) -> Iterator[tuple[Row, TimeLimit]]:
    """The findings of a document, each with the limit that it states."""
    for row in () if isinstance(paper, Service | Bulletin) else paper.rows:
        if isinstance(row, Missed):  # its limit is a new one
            yield msgspec.structs.replace(row.row, began="", due=""), row.time_limit
        elif isinstance(row, Row):
            yield row, row.time_limit


def _limit(row: Row, limit: TimeLimit, at: str, clock: Clock) -> tuple[ServedLimit, Due]:
    """A limit that began on the spot keeps that beginning."""
    began = row.began or at
    due = clock.due(limit, began)
    return (
        ServedLimit(
            finding=row.finding, number=row.number, time_limit=limit, began=row.began, due=printed(due)
        ),
        due,
    )


def _arrived(db: Connection, row: Listed, document: Service) -> Record:
    said = {"served": document.received.at, "service": document.entity}
    return Record("notice", row.id, records.heads(db, row.id), {"set": said})


def _moves(
    db: Connection,
    document: Service,
    limits: Sequence[tuple[ServedLimit, Due]],
    server: people.Unlocked,
) -> Iterator[Record]:
    """What was reported or closed since is not moved any more."""
    received = document.received
    for limit, due in limits:
        if Move.SERVE not in moves_for(findings.one(db, limit.finding).state):
            continue
        step = Step(
            move=Move.SERVE,
            by=server.person.id,
            to=received.name or document.to.name,
            at=received.at,
            way=received.way.value,
            document=document.entity,
            reason=received.reason,
        )
        fields = fields_of(limit.time_limit, limit.began or received.at, due)
        yield paperwork.change_of(db, limit.finding, step, **fields)


def settle(workspace: Workspace, *, person: str | None, now: datetime) -> int:
    """Compute again what was only estimated, when a year's holidays have become known; how many findings got a date."""
    clock = Clock(workspace)
    with workspace.transaction() as db:
        batch = []
        for found in findings.page(db, findings.Narrow(states=frozenset(State) - CLOSED)):
            if not found.due_estimated or found.time_limit is None or not found.began:
                continue
            due = clock.due(found.time_limit, found.began)
            if not due.estimated:
                batch.append(
                    paperwork.change_of(db, found.id, None, **fields_of(found.time_limit, found.began, due))
                )
        if batch:
            records.append(db, workspace, tuple(batch), person=person, wall=stamp(now))
    return len(batch)
