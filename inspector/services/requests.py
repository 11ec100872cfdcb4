"""What units ask for (异议, 转办, 延期) and what the office answers, on one or several findings as one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from inspector.model.deadline import read_due
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Role, Step
from inspector.model.marks import CLOSED
from inspector.model.request import Request, Ruling, Subject, answered
from inspector.model.unit import Directory
from inspector.services import moves
from inspector.services.drafts import plain, stamp
from inspector.services.moves import Act, Change, Seen
from inspector.store import units
from inspector.store.findings import Row
from inspector.store.workspace import Workspace

CHANGEABLE = frozenset({"place", "description", "quantity", "severity", "party", "time_limit", "due"})
"""What an objection can change of a finding; who leads is changed by a transfer."""


def ask(
    workspace: Workspace,
    seen: Sequence[Seen],
    act: Act,
    subject: Subject,
    *,
    asked_by: str,
    reason: str,
    after: str = "",
) -> None:
    """A request comes in and waits. `after` is the unit (id or name) of a transfer, the due date of an extension.
    Raises Refused `finding-closed`, `request-waits`, `request-reason-missing`, and what `grant` refuses."""
    wanted = _wanted(workspace, subject, after)

    def change(row: Row) -> Change:
        request = _request(row, subject, act, asked_by=asked_by, reason=reason, after=wanted)
        return Change(fields={subject.value: plain(request)})

    moves.keep(workspace, seen, act, change)


def grant(
    workspace: Workspace,
    seen: Sequence[Seen],
    act: Act,
    subject: Subject,
    *,
    asked_by: str,
    reason: str,
    after: str,
    answer: str = "",
) -> None:
    """A transfer or an extension that is asked for and agreed to in one act.
    Raises like `ask` and `settle`; BadInput `unit-unknown`, `unit-ambiguous`, `due-unreadable`; Refused
    `transfer-to-party` (a company is never addressed), `transfer-to-same`, `extension-nothing-due`,
    `extension-not-later`."""
    wanted = _wanted(workspace, subject, after)

    def change(row: Row) -> Change:
        request = _request(row, subject, act, asked_by=asked_by, reason=reason, after=wanted)
        return _settled(row, subject, request, Ruling.AGREED, act, answer, {})

    moves.keep(workspace, seen, act, change)


def settle(
    workspace: Workspace,
    seen: Sequence[Seen],
    act: Act,
    subject: Subject,
    ruling: Ruling,
    *,
    answer: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """The office answers a request that waits. An objection that is 变更 sets `changes` (fields of CHANGEABLE); one
    that is 撤销 withdraws the finding; a transfer that is agreed to gives it to the other unit, whose limit begins
    with service on it; an extension sets the new date, and the old one stays in the request.
    Raises Refused what `model.request.answered` refuses, `request-not-yours`, `objection-changes-nothing`."""

    def change(row: Row) -> Change:
        request: Request | None = getattr(row, subject.value)
        return _settled(row, subject, request, ruling, act, answer, changes or {})

    moves.keep(workspace, seen, act, change)


def _request(row: Row, subject: Subject, act: Act, *, asked_by: str, reason: str, after: str) -> Request:
    if row.state in CLOSED:
        raise Refused("finding-closed", finding=row.id)
    waiting: Request | None = getattr(row, subject.value)
    if waiting is not None and waiting.open:
        raise Refused("request-waits", finding=row.id, subject=subject)
    if not reason.strip():
        raise Refused("request-reason-missing", subject=subject)
    before = ""
    if subject is Subject.TRANSFER:
        before = row.lead_unit
        if after == before:
            raise Refused("transfer-to-same", finding=row.id)
    if subject is Subject.EXTENSION:
        before = row.due
        if not before:
            raise Refused("extension-nothing-due", finding=row.id)
        if not _later(after, before):
            raise Refused("extension-not-later", finding=row.id, due=before)
    return Request(asked_by=asked_by, asked_at=stamp(act.now), reason=reason, before=before, after=after)


def _settled(
    row: Row,
    subject: Subject,
    request: Request | None,
    ruling: Ruling,
    act: Act,
    answer: str,
    changes: Mapping[str, Any],
) -> Change:
    if act.role is not Role.OFFICE:
        raise Refused("request-not-yours", subject=subject)
    done = answered(subject, request, ruling, by=act.by, at=stamp(act.now), answer=answer)
    fields: dict[str, Any] = {subject.value: plain(done)}
    step = None
    if ruling is Ruling.WITHDRAWN:
        step = Step(move=Move.WITHDRAW, by=act.by, at=stamp(act.now), reason=answer)
    elif ruling is Ruling.CHANGED:
        new = {name: value for name, value in changes.items() if plain(getattr(row, name)) != value}
        if not new or not new.keys() <= CHANGEABLE:
            raise Refused("objection-changes-nothing", finding=row.id)
        fields |= new
    elif ruling is Ruling.AGREED and subject is Subject.TRANSFER:
        fields |= {**moves.NEW_LIMIT, "lead_unit": done.after}
        fields["helping_units"] = [unit for unit in row.helping_units if unit != done.after]
    elif ruling is Ruling.AGREED:
        fields |= {"due": done.after, "due_estimated": False}
    return Change(step=step, fields=fields)


def _wanted(workspace: Workspace, subject: Subject, after: str) -> str:
    """What a request asks for, as a record says it."""
    if subject is Subject.OBJECTION:
        return ""
    if subject is Subject.EXTENSION:
        return _due(after)
    with workspace.reading() as db:
        directory = Directory(units.every(db))
    found = (directory.by_id[after],) if after in directory.by_id else directory.called(after)
    if len(found) != 1:
        raise BadInput("unit-ambiguous" if found else "unit-unknown", name=after)
    if found[0].party:
        raise Refused("transfer-to-party", unit=found[0].name)
    return found[0].id


def _due(text: str) -> str:
    try:
        due = read_due(text)
    except ValueError as error:
        raise BadInput("due-unreadable", due=text) from error
    if due is None:
        raise BadInput("due-unreadable", due=text)
    return due.isoformat() if not isinstance(due, datetime) else stamp(due)


def _later(after: str, before: str) -> bool:
    """Whether a due date is later than another; a date ends with its day."""
    try:
        new, old = read_due(after), read_due(before)
    except ValueError:
        return True
    if isinstance(new, datetime) and isinstance(old, datetime):
        return new > old
    return _day(new) > _day(old)


def _day(due: date | datetime | None) -> date:
    return due.date() if isinstance(due, datetime) else due or date.min
