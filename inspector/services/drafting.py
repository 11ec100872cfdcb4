"""Drafts of 整改通知书: what was found in a period, put into notices; and what is taken out of one again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.ledger.record import Record
from inspector.model import deadline
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import State
from inspector.model.inspection import Mandate, Named, TimeLimit
from inspector.model.notice import Contact, Decision, Notice
from inspector.model.notice import Row as Asked
from inspector.model.number import Official
from inspector.model.person import Person
from inspector.model.words import Category, TimeLimitKind
from inspector.services import document_texts, paperwork
from inspector.services.drafts import plain, stamp
from inspector.store import findings, notices
from inspector.store.notices import Row
from inspector.store.workspace import Workspace

OPEN = frozenset({State.OPEN, State.HANDED, State.SERVED, State.FAILED, State.REOPENED})
"""What is asked for in a notice. 待复查 waits for a look, 有争议 for a decision."""


MOST_ROWS = 60
"""Findings of one notice (自拟): some twelve pages. A record holds 1 MiB, some 500 of them."""


class By(StrEnum):
    """What one notice is for."""

    UNIT = "unit"
    UNIT_AND_PARTY = "unit+party"
    UNIT_AND_SITE = "unit+site"


class Why(StrEnum):
    """Why a finding of the period gets no notice."""

    LIVE = "live"
    """It stands in another one."""
    NO_UNIT = "no_unit"
    """No lead unit, or a company."""
    SELF = "self"
    """Of a 自查: nobody asks."""


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of the period that gets no notice, and why; `notice` is the one that it stands in."""

    finding: str
    why: Why
    notice: str = ""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What would be drafted: the notices, without numbers; and what is left out. `at_once` are findings whose 立行立改
    is over: they need a new limit first."""

    notices: tuple[Notice, ...]
    left: tuple[Left, ...]
    at_once: tuple[str, ...] = ()


def usual_contact(workspace: Workspace) -> Contact:
    """Whom units were told to ask last; nobody at first."""
    with workspace.reading() as db:
        return paperwork.remembered_contact(db)


def plan(
    workspace: Workspace,
    *,
    first: date,
    last: date,
    by: By = By.UNIT,
    handled_by: Person,
    contact: Contact | None = None,
    limit: TimeLimit | None = None,
    now: datetime,
) -> Plan:
    """Every finding that was found from `first` to `last`, is open, and is in no live notice, put into notices:
    one a lead unit unless `by` says otherwise. `limit` is the new limit of those that were 立行立改 and are not done.
    Nothing is written. Raises BadInput `notice-period-empty`, `time-limit-invalid`."""
    if last < first:
        raise BadInput("notice-period-empty", first=str(first), last=str(last))
    if limit is not None:
        deadline.check(limit)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        taken = notices.by_finding(db, notices.every(db))
        contact = contact or paperwork.remembered_contact(db)
        groups: dict[tuple[str, ...], list[findings.Row]] = defaultdict(list)
        left: list[Left] = []
        at_once = []
        for found in findings.page(db, findings.Narrow(states=OPEN)):
            if not _within(found, first, last):
                continue
            if why := _why_not(found, known, taken):
                left.append(why)
                continue
            if found.time_limit is not None and found.time_limit.kind is TimeLimitKind.AT_ONCE:
                at_once.append(found.id)
            groups[_group(found, by, known.mandate(found))].append(found)
        drawn = [
            _draft(workspace, known, group, handled_by, contact, limit, (first, last), now)
            for group in _ordered(groups.values(), known)
        ]
    return Plan(notices=tuple(drawn), left=tuple(left), at_once=() if limit else tuple(at_once))


def draft(workspace: Workspace, planned: Plan, *, now: datetime) -> tuple[str, ...]:
    """Keep the drafts of a plan, all in one batch; their entities. A new limit is the findings' from now on.
    Raises Refused `notice-at-once-left`, `notice-nothing`, `notice-finding-taken` (another draft has one since)."""
    if planned.at_once:
        raise Refused("notice-at-once-left", count=len(planned.at_once), findings=list(planned.at_once))
    if not planned.notices:
        raise Refused("notice-nothing")
    with workspace.transaction() as db:
        taken = notices.by_finding(db, notices.every(db))
        batch: list[Record] = []
        for one in planned.notices:
            for row in one.rows:
                if row.finding in taken:
                    raise Refused(
                        "notice-finding-taken", finding=row.finding, notice=taken[row.finding][0].id
                    )
                batch += _new_limit(db, row)
            batch.append(paperwork.draft_record(db, one, drafted=stamp(now)))
        contact = planned.notices[0].contact
        paperwork.remember_contact(db, contact)
        paperwork.keep(db, workspace, batch, person=planned.notices[0].handled_by.id, now=now)
    return tuple(one.entity for one in planned.notices)


def draft_all(
    workspace: Workspace,
    *,
    first: date,
    last: date,
    by: By,
    handled_by: Person,
    contact: Contact,
    limit: TimeLimit | None,
    now: datetime,
) -> tuple[str, ...]:
    """Plan and keep in one go: the entities of the drafts. Raises like `plan` and `draft`."""
    planned = plan(
        workspace,
        first=first,
        last=last,
        by=by,
        handled_by=handled_by,
        contact=contact,
        limit=limit,
        now=now,
    )
    return draft(workspace, planned, now=now)


def _within(found: findings.Row, first: date, last: date) -> bool:
    return first.isoformat() <= found.found_on[:10] <= last.isoformat()


def _why_not(
    found: findings.Row, known: paperwork.Known, taken: Mapping[str, tuple[Row, ...]]
) -> Left | None:
    if found.id in taken:
        return Left(finding=found.id, why=Why.LIVE, notice=taken[found.id][0].id)
    if found.category is Category.SELF:
        return Left(finding=found.id, why=Why.SELF)
    if not found.lead_unit or found.lead_unit in known.bodies:
        return Left(finding=found.id, why=Why.NO_UNIT)
    return None


def _group(found: findings.Row, by: By, mandate: Mandate) -> tuple[str, ...]:
    """What stands in one notice: one lead unit under one mandate."""
    also = {By.UNIT: "", By.UNIT_AND_PARTY: found.party, By.UNIT_AND_SITE: found.site}[by]
    return (found.lead_unit, mandate.issuer, mandate.number, also)


def _ordered(groups: Iterable[list[findings.Row]], known: paperwork.Known) -> list[list[findings.Row]]:
    """Notices in the official order of their units, rows by site and sheet; what is too long for one is several."""

    def rank(group: list[findings.Row]) -> tuple[int, str, str]:
        lead = group[0].lead_unit
        order = known.units[lead].rank if lead in known.units else (10**9, lead)
        return (*order, group[0].site)

    ordered = sorted(
        (sorted(group, key=known.order) for group in groups),
        key=rank,
    )
    return [
        group[start : start + MOST_ROWS] for group in ordered for start in range(0, len(group), MOST_ROWS)
    ]


def _draft(
    workspace: Workspace,
    known: paperwork.Known,
    group: Sequence[findings.Row],
    handled_by: Person,
    contact: Contact,
    limit: TimeLimit | None,
    period: tuple[date, date],
    now: datetime,
) -> Notice:
    texts = document_texts.of(workspace, Template.NOTICE)
    rows = tuple(_row(known, found, n, limit) for n, found in enumerate(group, 1))
    said = msgspec.structs.asdict(contact) | {"contact": contact.name} | said_of(known, group, rows)
    mandate = known.mandate(group[0])
    return Notice(
        ledger=workspace.ledger,
        entity=workspace.new_id("notice"),
        number="",
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(now),
        category=group[0].category,
        mandate=mandate,
        to=known.named(group[0].lead_unit),
        copied=tuple(unit for unit in known.helping(rows) if unit.id != group[0].lead_unit),
        parties=paper_words.parties(rows),
        members=(),
        official=Official("", 0, 0),
        issued_on="",
        period_from=period[0].isoformat(),
        period_to=period[1].isoformat(),
        rows=rows,
        opening=texts.filled("opening", **said),
        asking=texts.filled("asking", **said),
        feedback=texts.filled("feedback", **said),
        review=texts.filled("review", **said),
        contact=contact,
        handled_by=Named(id=handled_by.id, name=handled_by.name),
        checked=Decision(),
        issued=Decision(),
    )


def said_of(
    known: paperwork.Known, group: Sequence[findings.Row], rows: Sequence[Asked]
) -> dict[str, object]:
    """What the opening says of its findings: when, by whom, where, how many."""
    days = [found.found_on[:10] for found in group]
    return {
        "period": paper_words.days(min(days), max(days)),
        "count": len(rows),
        "team": paper_words.listed(dict.fromkeys(known.content(found).team for found in group)),
        "sites": paper_words.sites(list(dict.fromkeys(row.site.name for row in rows))),
    }


def _row(known: paperwork.Known, found: findings.Row, n: int, limit: TimeLimit | None) -> Asked:
    late = found.time_limit is not None and found.time_limit.kind is TimeLimitKind.AT_ONCE
    if late and limit:
        return known.row(found, n, time_limit=limit, began="")
    if found.state is State.REOPENED:  # the limit of the round before is over
        return known.row(found, n, began="")
    return known.row(found, n)


def _new_limit(db: Connection, row: Asked) -> list[Record]:
    before = findings.one(db, row.finding)
    if before.time_limit == row.time_limit:
        return []
    fields = {"time_limit": plain(row.time_limit), "began": "", "due": ""}
    return [paperwork.change_of(db, row.finding, None, **fields)]
