"""What a 通报 shows in pictures: typical cases, and those that were put right well. A person chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from sqlite3 import Connection

import msgspec

from inspector.model.bulletin import MOST_CASES, MOST_GOOD, Case
from inspector.model.finding import Move, State
from inspector.model.inspection import Evidence, PhotoRole
from inspector.model.words import Severity
from inspector.services import moves, paperwork
from inspector.services.figures import Period
from inspector.store import blobs, cases, findings, overviews, photos, sites
from inspector.store.workspace import Workspace

MOST_OFFERED = 60
"""Findings that a person chooses from: three screens of a list (自拟)."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that may be told of. `before` and `after` are photos that lie here, by their hashes, else empty."""

    case: Case
    severe: bool

    @property
    def before(self) -> str:
        return self.case.before[0].sha256 if self.case.before else ""

    @property
    def after(self) -> str:
        return self.case.after[0].sha256 if self.case.after else ""


def typical(workspace: Workspace, db: Connection, period: Period, now: datetime) -> list[str]:
    """Findings of the period that a lead unit answers for and that have a photo here: severe ones first, then the
    latest."""
    begin = datetime.combine(period.first, time(), now.tzinfo)
    end = datetime.combine(period.last + timedelta(days=1), time(), now.tzinfo)
    return [
        brief.id
        for brief in overviews.found_between(db, int(begin.timestamp()), int(end.timestamp()))
        if brief.lead_unit and brief.photo and blobs.has(workspace, brief.photo)
    ]


def good(workspace: Workspace, db: Connection, known: paperwork.Known, period: Period) -> list[Case]:
    """Findings of the period that were closed in time, with a photo before and one after here."""
    found = []
    offered = cases.closed_in_time(db, period.first.isoformat(), period.last.isoformat(), most=MOST_OFFERED)
    for one in offered:
        case = of(workspace, db, known, one)
        if case.unit.id and case.before and case.after:
            found.append(case)
    return found


def proposed(
    workspace: Workspace, db: Connection, period: Period, now: datetime
) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """What is taken while nobody has chosen: typical cases, and good ones."""
    known = paperwork.Known(db)
    well = good(workspace, db, known, period)[:MOST_GOOD]
    taken = {case.finding for case in well}
    bad = [one for one in typical(workspace, db, period, now) if one not in taken][:MOST_CASES]
    return tuple(of(workspace, db, known, one) for one in bad), tuple(well)


def offered(workspace: Workspace, period: Period, *, now: datetime) -> list[Candidate]:
    """What a person may choose from: the typical ones first, then what was put right well."""
    with workspace.reading() as db:
        known = paperwork.Known(db)
        ids = typical(workspace, db, period, now)[:MOST_OFFERED]
        shown = {one: of(workspace, db, known, one) for one in ids}
        shown |= {case.finding: case for case in good(workspace, db, known, period)}
        return [
            Candidate(case=case, severe=findings.one(db, one).severity is Severity.MAJOR)
            for one, case in shown.items()
        ]


def of(workspace: Workspace, db: Connection, known: paperwork.Known, finding: str) -> Case:
    """A finding as a case, with the photos of it that lie here. Raises BadInput `finding-unknown`."""
    found = findings.one(db, finding)
    steps = [
        step
        for said in findings.told(db, found.id)
        for n, step in enumerate(said.body.get("moves", ()))
        if step.get("move") == Move.PASS.value and n not in said.void
    ]
    last = steps[-1] if steps and found.state is State.PASSED else {}
    here = [photo for photo in found.photos if blobs.has(workspace, photo.sha256)]
    site = sites.one(db, found.site)
    after = (
        *(photo for photo in here if photo.role is PhotoRole.AFTER),
        *_after(workspace, db, [str(one) for one in last.get("photos", ())]),
    )
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
        after=tuple({photo.sha256: photo for photo in after}.values()),
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
