"""督查通报: drafted from the figures of a period, changed by a person. `services.notices` checks it, `services.issuing`
numbers and signs it, as every document of the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import bulletin_word, paper_words
from inspector.ledger.record import Record
from inspector.model import bulletin as parts
from inspector.model import marks
from inspector.model.bulletin import MOST_ISSUE, Boarded, Boards, Case, Open, Problems
from inspector.model.document_text import DocumentText, Template
from inspector.model.errors import BadInput, Refused
from inspector.model.form_rules import MAX_TEXT
from inspector.model.inspection import Mandate, Named
from inspector.model.notice import Bulletin, Contact, Decision
from inspector.model.number import Official
from inspector.model.paper import Kind, Standing
from inspector.model.person import Person
from inspector.model.unit import UNORDERED
from inspector.model.words import Category
from inspector.services import bulletin_cases, document_texts, figures, paperwork, settings
from inspector.services.drafts import plain, stamp
from inspector.services.figures import Period
from inspector.store import findings, inspections, notices, records, sites
from inspector.store.notices import Row
from inspector.store.workspace import Workspace


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into a bulletin: `cases` and `good` are findings (entities; None: they are proposed), `boards` whether
    there are a red and a black one, which needs a ranking."""

    period: Period
    handled_by: Person
    contact: Contact | None = None
    cases: tuple[str, ...] | None = None
    good: tuple[str, ...] | None = None
    boards: bool = False


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """What a person changes in a draft; None leaves it. `copied` are those who get it besides the units (抄送);
    `refigure` counts everything again, as of now."""

    issue_no: int | None = None
    opening: str | None = None
    praise: str | None = None
    asking: str | None = None
    copied: tuple[str, ...] | None = None
    contact: Contact | None = None
    handled_by: Person | None = None
    cases: tuple[str, ...] | None = None
    good: tuple[str, ...] | None = None
    boards: bool | None = None
    refigure: bool = False


def every(workspace: Workspace) -> list[Row]:
    """All bulletins and their drafts, the latest first."""
    with workspace.reading() as db:
        return [row for row in notices.every(db) if row.kind is Kind.BULLETIN]


def one(workspace: Workspace, which: str) -> tuple[Row, Bulletin]:
    """A bulletin by its entity or number. Raises BadInput `notice-unknown`, `bulletin-unknown`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
        content = notices.document(db, row)
    if not isinstance(content, Bulletin):
        raise BadInput("bulletin-unknown", notice=which)
    return row, content


def draft(workspace: Workspace, wanted: Wanted, *, now: datetime) -> str:
    """Keep the draft of a bulletin; its entity. Raises Refused `bulletin-nothing` (nothing was found or due),
    `ranking-off` (boards without a ranking), `bulletin-no-mandate`; BadInput `finding-unknown`."""
    made = planned(workspace, wanted, now=now)
    with workspace.transaction() as db:
        paperwork.remember_contact(db, made.contact)
        record = paperwork.draft_record(db, made, drafted=stamp(now))
        paperwork.keep(db, workspace, [record], person=wanted.handled_by.id, now=now)
    return made.entity


def planned(workspace: Workspace, wanted: Wanted, *, now: datetime) -> Bulletin:
    """What would be drafted. Nothing is written. Raises like `draft`."""
    texts = document_texts.of(workspace, Template.BULLETIN)
    mandate = _mandate(workspace)
    entity = workspace.new_id("notice")
    with workspace.reading() as db:
        known = paperwork.Known(db)
        contact = wanted.contact or paperwork.remembered_contact(db)
        cases, good = bulletin_cases.proposed(workspace, db, wanted.period, now)
        if wanted.cases is not None:
            cases = tuple(bulletin_cases.of(workspace, db, known, one) for one in wanted.cases)
        if wanted.good is not None:
            good = tuple(bulletin_cases.of(workspace, db, known, one) for one in wanted.good)
        issue_no = _next_issue(db, wanted.period.last.year)
    nothing = parts.Standing(
        unit=Named(id="", name=""), found=0, due=0, in_time=0, late=0, overdue=0, reopened=0
    )
    made = Bulletin(
        ledger=workspace.ledger,
        entity=entity,
        number="",
        heading=texts.heading,
        issuer=mandate.issuer,
        made=stamp(now),
        category=Category.SUPERVISION,
        mandate=mandate,
        to=Named(id="", name=texts.filled("to")),
        members=(),
        official=Official("", 0, 0),
        issued_on="",
        issue_no=issue_no,
        period_from=wanted.period.first.isoformat(),
        period_to=wanted.period.last.isoformat(),
        ranked=False,
        least=0,
        target=0,
        total=nothing,
        units=(),
        good=good,
        cases=cases,
        opening="",
        asking=texts.filled("asking", contact=contact.name, telephone=contact.telephone, place=contact.place),
        contact=contact,
        handled_by=Named(id=wanted.handled_by.id, name=wanted.handled_by.name),
        checked=Decision(),
        issued=Decision(),
    )
    counted = _figured(workspace, made, boards=wanted.boards, now=now)
    return msgspec.structs.replace(
        counted, opening=_opening(texts, counted), praise=_judged(texts, counted.red, counted.black)
    )


def change(workspace: Workspace, which: str, edit: Edit, *, now: datetime) -> Bulletin:
    """A draft as a person wants it. It has to be checked again. Where figures or boards change, the sentences about
    them follow, unless a person has written others. Raises BadInput `bulletin-unknown`, `bulletin-issue-no`,
    `notice-text-too-long`, `finding-unknown`; Refused `notice-not-draft`, `ranking-off`, `bulletin-nothing`,
    `doc-word-forbidden`."""
    row, before = one(workspace, which)
    if row.standing not in (Standing.DRAFT, Standing.CHECKED):
        raise Refused("notice-not-draft", number=row.number or row.id, standing=row.standing.value)
    if edit.issue_no is not None and not 1 <= edit.issue_no <= MOST_ISSUE:
        raise BadInput("bulletin-issue-no", number=edit.issue_no, most=MOST_ISSUE)
    for text in (edit.opening, edit.praise, edit.asking, *(edit.copied or ())):
        if text is not None and len(text) > MAX_TEXT:
            raise BadInput("notice-text-too-long", most=MAX_TEXT, text=text[:20])
    after = before
    if edit.refigure or (edit.boards is not None and edit.boards != before.boards):
        boards = before.boards if edit.boards is None else edit.boards
        after = _retold(workspace, before, _figured(workspace, before, boards=boards, now=now))
    said = {
        name: value
        for name in ("issue_no", "opening", "praise", "asking", "contact")
        if (value := getattr(edit, name)) is not None
    }
    if edit.copied is not None:
        said["copied"] = tuple(Named(id="", name=name) for one in edit.copied if (name := one.strip()))
    if edit.handled_by is not None:
        said["handled_by"] = Named(id=edit.handled_by.id, name=edit.handled_by.name)
    after = msgspec.structs.replace(after, **said, **_chosen(workspace, edit), checked=Decision())
    paperwork.require_lawful(workspace, after)
    if msgspec.structs.replace(before, checked=Decision()) == after:
        return before
    with workspace.transaction() as db:
        paperwork.remember_contact(db, after.contact)
        body = {"set": {"draft": plain(after), "checked": ""}}
        record = Record("notice", row.id, records.heads(db, row.id), body)
        paperwork.keep(db, workspace, (record,), person=after.handled_by.id, now=now)
    return after


def period_of(content: Bulletin) -> Period:
    """The days that a bulletin speaks of."""
    return Period(first=date.fromisoformat(content.period_from), last=date.fromisoformat(content.period_to))


def _chosen(workspace: Workspace, edit: Edit) -> dict[str, tuple[Case, ...]]:
    found: dict[str, tuple[Case, ...]] = {}
    with workspace.reading() as db:
        known = paperwork.Known(db)
        for name in ("cases", "good"):
            if (ids := getattr(edit, name)) is not None:
                found[name] = tuple(bulletin_cases.of(workspace, db, known, one) for one in ids)
    return found


def _figured(workspace: Workspace, content: Bulletin, *, boards: bool, now: datetime) -> Bulletin:
    """The bulletin with all that is counted, as of now."""
    period, rules = period_of(content), settings.ranking_rules(workspace)
    if boards and not rules.on:
        raise Refused("ranking-off")
    if rules.on:
        ranking = figures.ranked(workspace, period, at=now)
        seen, groups = ranking.figures, ranking.groups
    else:
        seen, groups = figures.of(workspace, period, at=now), ()
    if not seen.total.found and not seen.total.due:
        raise Refused("bulletin-nothing", first=str(period.first), last=str(period.last))
    with workspace.reading() as db:
        before = _boards_before(db, content) if boards else ()
        problems = _problems(db, paperwork.Known(db), period, now)
    red, black = parts.boards(groups, target=rules.target, before=before) if boards else ((), ())
    return msgspec.structs.replace(
        content,
        ranked=rules.on,
        least=rules.least,
        target=rules.target,
        total=parts.line(seen.total),
        units=parts.lines(groups) if rules.on else parts.unranked(seen.units),
        boards=boards,
        red=red,
        black=black,
        problems=problems,
    )


def _retold(workspace: Workspace, before: Bulletin, after: Bulletin) -> Bulletin:
    """Sentences that nobody changed follow the figures."""
    texts = document_texts.of(workspace, Template.BULLETIN)
    own_opening = before.opening != _opening(texts, before)
    own_praise = before.praise != _judged(texts, before.red, before.black)
    return msgspec.structs.replace(
        after,
        opening=before.opening if own_opening else _opening(texts, after),
        praise=before.praise if own_praise else _judged(texts, after.red, after.black),
    )


def _opening(texts: DocumentText, content: Bulletin) -> str:
    total = content.total
    return texts.filled(
        "opening",
        period=paper_words.days(content.period_from, content.period_to),
        found=total.found,
        due=total.due,
        in_time=total.in_time,
        rate=bulletin_word.rate(total.in_time, total.due),
        overdue=total.overdue,
        reopened=total.reopened,
    )


def _judged(texts: DocumentText, red: Sequence[Boarded], black: Sequence[Boarded]) -> str:
    """Praise and criticism as proposed: whoever checks the draft may change them."""
    said = ""
    if red:
        said += texts.filled("praise", units=paper_words.names([one.unit for one in red]))
    if black:
        said += texts.filled("criticism", units=paper_words.names([one.unit for one in black]))
    return said


def _next_issue(db: Connection, year: int) -> int:
    """The 期号 after those of the year that are not void."""
    given = [
        content.issue_no
        for row in notices.every(db)
        if row.kind is Kind.BULLETIN and row.live
        if isinstance(content := notices.document(db, row), Bulletin)
        and content.period_to.startswith(f"{year}-")
    ]
    return min(MOST_ISSUE, max(given, default=0) + 1)


def _boards_before(db: Connection, content: Bulletin) -> tuple[Boards, ...]:
    """The boards of issued bulletins on earlier periods, the latest first."""
    issued = [
        said
        for row in notices.every(db)
        if row.kind is Kind.BULLETIN and row.live and row.sheet and row.id != content.entity
        if isinstance(said := notices.document(db, row), Bulletin)
        and said.boards
        and said.period_to < content.period_to
    ]
    issued.sort(key=lambda one: (one.period_to, one.issued_on, one.entity), reverse=True)
    return tuple(
        Boards(
            red=frozenset(one.unit.id for one in said.red), black=frozenset(one.unit.id for one in said.black)
        )
        for said in issued
    )


def _problems(db: Connection, known: paperwork.Known, period: Period, now: datetime) -> tuple[Problems, ...]:
    """What is overdue, by lead unit in official order."""
    by_unit: dict[str, list[Open]] = defaultdict(list)
    sites_by_id = {site.id: site for site in sites.every(db)}
    for found in findings.page(db, findings.Narrow(due_by=period.last.isoformat())):
        waits = marks.contested(found.objection, found.transfer)
        if not found.lead_unit or not marks.overdue(found.state, found.due, contested=waits, at=now):
            continue
        by_unit[found.lead_unit].append(
            Open(
                finding=found.id,
                site=sites_by_id[found.site].name if found.site in sites_by_id else "",
                place=found.place,
                description=found.description,
                due=found.due,
            )
        )
    return tuple(
        Problems(unit=known.named(unit), rows=tuple(by_unit[unit]))
        for unit in sorted(by_unit, key=lambda one: _rank(known, one))
    )


def _mandate(workspace: Workspace) -> Mandate:
    """What the latest visit acted on: a bulletin speaks for the same office. Raises Refused `bulletin-no-mandate`."""
    with workspace.reading() as db:
        for row in inspections.every(db):
            if mandate := inspections.document(db, row).mandate:
                return mandate
    raise Refused("bulletin-no-mandate")


def _rank(known: paperwork.Known, unit: str) -> tuple[int, str]:
    return known.units[unit].rank if unit in known.units else (UNORDERED, unit)
