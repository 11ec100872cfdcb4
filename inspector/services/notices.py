"""整改通知书: drafted from what was found, checked, listed, voided. `services.issuing` numbers and signs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any

import msgspec

from inspector.documents import paper_words
from inspector.ledger.record import Record
from inspector.model import deadline
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import State
from inspector.model.form_rules import MAX_TEXT
from inspector.model.inspection import Mandate, Named, Signs, TimeLimit
from inspector.model.notice import Contact, Decision, Document, Issued, Missed, Notice, Press
from inspector.model.notice import Row as Asked
from inspector.model.number import Official
from inspector.model.paper import Kind, Standing
from inspector.model.person import Person
from inspector.model.words import Category, TimeLimitKind
from inspector.services import document_texts, paperwork, people, scans
from inspector.services.drafts import plain, stamp
from inspector.store import blobs, findings, notices, records
from inspector.store.notices import Row as Row
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


def change(
    workspace: Workspace,
    which: str,
    *,
    now: datetime,
    requirements: Mapping[int, str] = MappingProxyType({}),
    contact: Contact | None = None,
    **texts: str,
) -> Document:
    """A draft with other words: `opening`, `asking`, `feedback`, `review`, whom to ask, and by row what is asked for.
    It has to be checked again. Raises Refused `notice-not-draft`, `doc-word-forbidden`; BadInput `notice-no-row`,
    `notice-text-too-long`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
        before = notices.document(db, row)
    _require_draft(row)
    assert isinstance(before, Notice | Press)
    for text in (*texts.values(), *requirements.values()):
        if len(text) > MAX_TEXT:
            raise BadInput("notice-text-too-long", most=MAX_TEXT, text=text[:20])
    after = msgspec.structs.replace(
        before,
        rows=_asking(before, requirements),
        contact=contact or before.contact,
        checked=Decision(),
        **texts,
    )
    paperwork.require_lawful(workspace, after)
    with workspace.transaction() as db:
        said = {"draft": plain(after), "checked": ""}
        record = Record("notice", row.id, records.heads(db, row.id), {"set": said})
        paperwork.keep(db, workspace, (record,), person=after.handled_by.id, now=now)
    return after


def _asking(before: Notice | Press, requirements: Mapping[int, str]) -> tuple[Any, ...]:
    """The rows with what is asked for in some of them."""
    rows: list[Any] = list(before.rows)
    for n, text in requirements.items():
        if not 1 <= n <= len(rows):
            raise BadInput("notice-no-row", row=n, rows=len(rows))
        row = rows[n - 1]
        if isinstance(row, Missed):
            asked = msgspec.structs.replace(row.row, requirement=text)
            rows[n - 1] = msgspec.structs.replace(row, row=asked)
        else:
            rows[n - 1] = msgspec.structs.replace(row, requirement=text)
    return tuple(rows)


class OnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A decision given by hand on paper, of which there is a scan."""

    name: str
    on: date
    scan: Path
    position: str = ""


def decided(
    workspace: Workspace, by: people.Unlocked | OnPaper, *, now: datetime
) -> tuple[Decision, tuple[scans.Scan, ...]]:
    """A decision as a document states it, and the scan that it rests on. Raises like `scans.keep`."""
    if isinstance(by, OnPaper):
        kept = scans.keep(workspace, by.scan)
        decision = Decision(
            name=by.name.strip(),
            position=by.position,
            at=by.on.isoformat(),
            signs=Signs.HAND,
            scan=kept.sha256,
        )
        return decision, (kept,)
    person = by.person
    return Decision(by=person.id, name=person.name, position=person.position, at=now.date().isoformat()), ()


def review(
    workspace: Workspace, which: Sequence[str], by: people.Unlocked | OnPaper, *, now: datetime
) -> tuple[str, ...]:
    """审核 of drafts, with one's key or on paper: what was checked is exactly this draft, a change takes it back.
    Raises Refused `notice-not-draft`, `doc-word-forbidden`, and like `decided`."""
    decision, kept = decided(workspace, by, now=now)
    with workspace.reading() as db:
        rows = [notices.one(db, one) for one in which]
        documents = [notices.document(db, row) for row in rows]
    for row, document in zip(rows, documents, strict=True):
        _require_draft(row)
        paperwork.require_lawful(workspace, document)
    with workspace.transaction() as db:
        batch = [
            Record(
                "notice",
                row.id,
                records.heads(db, row.id),
                {
                    "set": {
                        "draft": plain(msgspec.structs.replace(document, checked=decision)),
                        "checked": decision.at,
                    }
                },
                tuple((one.sha256, one.bytes) for one in kept),
            )
            for row, document in zip(rows, documents, strict=True)
        ]
        handler = documents[0]
        assert isinstance(handler, Issued)
        paperwork.keep(db, workspace, batch, person=decision.by or handler.handled_by.id, now=now)
    return tuple(row.id for row in rows)


def void(workspace: Workspace, which: str, *, reason: str, by: Person, now: datetime) -> Row:
    """作废 of a draft or of an issued document: its number stays with it and is listed as void, its findings are free
    for another notice. Raises BadInput `notice-void-reason`, Refused `notice-void-already`."""
    if not reason.strip():
        raise BadInput("notice-void-reason")
    with workspace.transaction() as db:
        row = notices.one(db, which)
        if row.void:
            raise Refused("notice-void-already", number=row.number or row.id, reason=row.void)
        said = {"void": reason.strip(), "voided": stamp(now)}
        record = Record("notice", row.id, records.heads(db, row.id), {"set": said})
        paperwork.keep(db, workspace, (record,), person=by.id, now=now)
        return notices.one(db, row.id)


def attach(workspace: Workspace, which: str, scan: Path, *, by: Person, now: datetime) -> str:
    """Keep the scan of the stamped or signed paper with the document that it is; its SHA-256. Raises like
    `scans.keep`."""
    kept = scans.keep(workspace, scan)
    with workspace.transaction() as db:
        row = notices.one(db, which)
        said = {f"scan_{kept.sha256}": {"at": stamp(now), "name": scan.name}}
        blob = ((kept.sha256, kept.bytes),)
        record = Record("notice", row.id, records.heads(db, row.id), {"set": said}, blob)
        paperwork.keep(db, workspace, (record,), person=by.id, now=now)
    return kept.sha256


def every(workspace: Workspace) -> list[Row]:
    """All documents of rectification and their drafts, the latest first."""
    with workspace.reading() as db:
        return notices.every(db)


def one(workspace: Workspace, which: str) -> Row:
    """A document by its entity, number, or the 16 digits that are printed. Raises BadInput `notice-unknown`."""
    with workspace.reading() as db:
        return notices.one(db, which)


def document(workspace: Workspace, which: str) -> Document:
    """What a document or draft says. Raises like `one`."""
    with workspace.reading() as db:
        return notices.document(db, notices.one(db, which))


def pdf(workspace: Workspace, which: str) -> bytes:
    """The signed file, or the preview of a draft. Raises like `one`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
        said = notices.document(db, row)
    return blobs.read(workspace, row.sheet) if row.sheet else paperwork.pdf(workspace, said)


def twice(workspace: Workspace) -> Mapping[str, tuple[Row, ...]]:
    """Findings that stand in several live notices after a merge, with these: a person voids all but one."""
    with workspace.reading() as db:
        found = notices.by_finding(db, notices.every(db))
    return {finding: rows for finding, rows in found.items() if len(rows) > 1}


def numbers_of(workspace: Workspace) -> Mapping[str, str]:
    """The printed number (17-3) of every finding that stands in a live, issued notice."""
    found: dict[str, str] = {}
    with workspace.reading() as db:
        for row in reversed(notices.every(db)):
            if row.kind is Kind.NOTICE and row.official is not None and row.live:
                found |= {finding: f"{row.official.n}-{n}" for n, finding in enumerate(row.findings, 1)}
    return found


def _require_draft(row: Row) -> None:
    if row.standing not in (Standing.DRAFT, Standing.CHECKED):
        raise Refused("notice-not-draft", number=row.number or row.id, standing=row.standing.value)


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
    days = [found.found_on[:10] for found in group]
    teams = dict.fromkeys(known.content(found).team for found in group)
    sites = dict.fromkeys(row.site.name for row in rows)
    said = msgspec.structs.asdict(contact) | {"contact": contact.name}
    said |= {
        "period": paper_words.days(min(days), max(days)),
        "count": len(rows),
        "team": paper_words.listed(teams),
    }
    said["sites"] = paper_words.sites(list(sites))
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
