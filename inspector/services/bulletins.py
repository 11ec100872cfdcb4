"""督查通报: drafted from the figures of a period. `services.notices` checks it, `services.issuing` numbers and signs
it, as every document of the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from sqlite3 import Connection

import msgspec

from inspector.documents import bulletin_word, paper, paper_words
from inspector.model import bulletin as parts
from inspector.model import marks
from inspector.model.bulletin import MOST_CASES, Case, Open, Problems
from inspector.model.document_text import DocumentText, Template
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, State
from inspector.model.inspection import Evidence, Mandate, Named, PhotoRole
from inspector.model.notice import Bulletin, Contact, Decision
from inspector.model.number import Official
from inspector.model.person import Person
from inspector.model.ranking import Tally
from inspector.model.unit import UNORDERED
from inspector.model.words import Category
from inspector.services import document_texts, figures, moves, notice_files, paperwork, settings
from inspector.services import notices as papers
from inspector.services.drafts import stamp
from inspector.services.figures import Figures, Period
from inspector.store import blobs, findings, inspections, notices, overviews, photos, sites
from inspector.store.workspace import Workspace
from inspector.tables import export


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into a bulletin: `cases` are findings (entities; none: severe ones with photos are taken), `boards`
    whether there are a red and a black one, which needs a ranking."""

    period: Period
    handled_by: Person
    contact: Contact | None = None
    cases: tuple[str, ...] = ()
    boards: bool = False


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
    rules = settings.ranking_rules(workspace)
    if wanted.boards and not rules.on:
        raise Refused("ranking-off")
    if rules.on:
        ranking = figures.ranked(workspace, wanted.period, at=now)
        seen, groups = ranking.figures, ranking.groups
    else:
        seen, groups = figures.of(workspace, wanted.period, at=now), ()
    if not seen.total.found and not seen.total.due:
        raise Refused("bulletin-nothing", first=str(wanted.period.first), last=str(wanted.period.last))
    red, black = parts.boards(groups, target=rules.target) if wanted.boards else ((), ())
    texts = document_texts.of(workspace, Template.BULLETIN)
    mandate = _mandate(workspace)
    with workspace.reading() as db:
        known = paperwork.Known(db)
        contact = wanted.contact or paperwork.remembered_contact(db)
        problems = _problems(db, known, wanted.period, now)
        cases = _cases(workspace, db, known, wanted, now)
    return Bulletin(
        ledger=workspace.ledger,
        entity=workspace.new_id("notice"),
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
        period_from=wanted.period.first.isoformat(),
        period_to=wanted.period.last.isoformat(),
        ranked=rules.on,
        least=rules.least,
        target=rules.target,
        total=parts.line(seen.total),
        units=parts.lines(groups) if rules.on else tuple(parts.line(one) for one in seen.units),
        red=red,
        black=black,
        problems=problems,
        cases=cases,
        opening=texts.filled("opening", **_said(seen)),
        praise=_judged(texts, red, black),
        asking=texts.filled("asking", contact=contact.name, telephone=contact.telephone, place=contact.place),
        contact=contact,
        handled_by=Named(id=wanted.handled_by.id, name=wanted.handled_by.name),
        checked=Decision(),
        issued=Decision(),
    )


def export_files(workspace: Workspace, which: str, folder: Path) -> tuple[Path, ...]:
    """Write a bulletin into `folder`: the PDF (of a draft, its preview), its text for word processors, its figures and
    what is open as workbooks. Where they are. Raises BadInput `bulletin-unknown`; Environment `export-failed`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
        content = notices.document(db, row)
    if not isinstance(content, Bulletin):
        raise BadInput("bulletin-unknown", notice=which)
    name = paper.file_name(content).removesuffix(".pdf")
    heading, units = bulletin_word.figures(content)
    open_heading, rows = bulletin_word.problems(content)
    files = {
        f"{name}.pdf": papers.pdf(workspace, row.id),
        f"{name}.docx": bulletin_word.bulletin(content),
        f"{name}.xlsx": export.as_xlsx(heading, units),
        f"{name}_{bulletin_word.problems_name()}.xlsx": export.as_xlsx(open_heading, rows),
    }
    return tuple(notice_files.write(folder / file, data) for file, data in files.items())


def _said(seen: Figures) -> dict[str, object]:
    total: Tally = seen.total
    return {
        "period": paper_words.days(seen.period.first.isoformat(), seen.period.last.isoformat()),
        "found": total.found,
        "due": total.due,
        "in_time": total.in_time,
        "rate": bulletin_word.rate(total.in_time, total.due),
        "overdue": total.overdue,
        "reopened": total.reopened,
    }


def _judged(texts: DocumentText, red: Sequence[Named], black: Sequence[Named]) -> str:
    """Praise and criticism as proposed: whoever checks the draft may change them."""
    said = ""
    if red:
        said += texts.filled("praise", units=paper_words.names(red))
    if black:
        said += texts.filled("criticism", units=paper_words.names(black))
    return said


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


def _cases(
    workspace: Workspace, db: Connection, known: paperwork.Known, wanted: Wanted, now: datetime
) -> tuple[Case, ...]:
    """The chosen findings; if none is, severe ones of the period that have a photo here, then the latest."""
    if wanted.cases:
        return tuple(_case(workspace, db, known, findings.one(db, one)) for one in wanted.cases)
    begin = datetime.combine(wanted.period.first, time(), now.tzinfo)
    end = datetime.combine(wanted.period.last + timedelta(days=1), time(), now.tzinfo)
    fitting = [
        brief.id
        for brief in overviews.found_between(db, int(begin.timestamp()), int(end.timestamp()))
        if brief.lead_unit and brief.photo and blobs.has(workspace, brief.photo)
    ]
    return tuple(_case(workspace, db, known, findings.one(db, one)) for one in fitting[:MOST_CASES])


def _case(workspace: Workspace, db: Connection, known: paperwork.Known, found: findings.Row) -> Case:
    steps = [
        step
        for said in findings.told(db, found.id)
        for n, step in enumerate(said.body.get("moves", ()))
        if step.get("move") == Move.PASS.value and n not in said.void
    ]
    last = steps[-1] if steps and found.state is State.PASSED else {}
    here = [photo for photo in found.photos if blobs.has(workspace, photo.sha256)]
    site = sites.one(db, found.site)
    return Case(
        finding=found.id,
        unit=known.named(found.lead_unit),
        site=site.name if site else "",
        place=found.place,
        description=found.description,
        found_on=found.found_on[:10],
        due=found.due,
        closed=str(last.get("at", ""))[:10],
        before=tuple(photo for photo in here if photo.role is PhotoRole.BEFORE),
        after=(
            *(photo for photo in here if photo.role is PhotoRole.AFTER),
            *_after(workspace, db, [str(one) for one in last.get("photos", ())]),
        ),
    )


def _after(workspace: Workspace, db: Connection, shots: Sequence[str]) -> tuple[Evidence, ...]:
    """Photos of a closing; one that another laptop took in has no facts here, and says no time."""
    facts = photos.facts(db, shots)
    found: list[Evidence] = []
    for shot in shots:
        if shot in facts:
            found += moves.after(db, [shot])
        elif blobs.has(workspace, shot):
            found.append(Evidence(sha256=shot, bytes=blobs.size(workspace, shot), role=PhotoRole.AFTER))
    return tuple(found)
