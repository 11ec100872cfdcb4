"""One finding with everything that is known of it: its life, papers and photos, what can be done, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.model.deed import Deed, deeds_for
from inspector.model.errors import BadInput
from inspector.model.finding import Move
from inspector.model.inspection import PhotoRole
from inspector.model.marks import Mark, contested
from inspector.model.next_step import Next, Standpoint, next_step
from inspector.model.paper import Kind, Standing
from inspector.model.unit import Unit
from inspector.model.words import TimeLimitKind
from inspector.services import deeds, finding_list, findings
from inspector.services.findings import Event
from inspector.services.moves import Seen
from inspector.store import findings as store
from inspector.store import inspections, notices, people, sites, units
from inspector.store.findings import Row
from inspector.store.workspace import Workspace


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A document that speaks of the finding; `issued` is the day on which it was signed, empty for a draft."""

    id: str
    kind: Kind
    number: str
    standing: Standing
    issued: str
    void: bool


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the finding: `of` is `before`, `after` (on the spot), `report` (the unit's), or the move that it
    proves; `at` RFC 3339 or a date, or empty."""

    sha256: str
    of: str
    at: str = ""
    turned: int = 0
    caption: str = ""

    @property
    def before(self) -> bool:
        """Whether it shows what was found."""
        return self.of == PhotoRole.BEFORE


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One finding. `seen` is what the person sees of it, for an act on it; `names` are units and people by entity,
    `leads` the units that may be addressed; `number` is that of its sheet, `printed` its own (17-3), `times` which time
    this is that the site failed the item; `shots` are the photos from before, then the others, the latest first."""

    finding: Row
    seen: Seen
    site_name: str
    marks: tuple[Mark, ...]
    left: int | None
    times: int
    number: str
    printed: str
    events: tuple[Event, ...]
    names: Mapping[str, str]
    leads: tuple[Unit, ...]
    papers: tuple[Paper, ...]
    shots: tuple[Shot, ...]
    deeds: tuple[Deed, ...]
    next: Next


def read(workspace: Workspace, which: str, *, now: datetime) -> Page:
    """Everything about one finding. Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        row = store.one(db, which)
        every_unit = units.every(db)
        names = {unit.id: unit.name for unit in every_unit}
        names |= {person.id: person.name for person in people.every(db)}
        times = store.nth(db, row)
        papers = notices.every(db)
        live = notices.by_finding(db, papers).get(row.id, ())
        seen = Seen(finding=row.id, heads=store.heads(db, row.id))
        site_name, number = _site_name(db, row), _sheet_number(db, row)
    events = tuple(findings.timeline(workspace, row.id))
    marks = findings.marks(row, at=now, times=times)
    notice = live[0] if live else None
    leads = tuple(unit for unit in every_unit if not unit.party)
    return Page(
        finding=row,
        seen=seen,
        site_name=site_name,
        marks=marks,
        left=finding_list.left_of(row.state, row.due, now, waits=contested(row.objection, row.transfer)),
        times=times,
        number=number,
        printed=_printed(notice, row.id),
        events=events,
        names=names,
        leads=leads,
        papers=tuple(_papers(papers, row.id, events)),
        shots=tuple(_shots(row, events)),
        deeds=deeds_for(deeds.case_of(row, noticed=bool(live))),
        next=next_step(_standpoint(row, marks, notice, {unit.id for unit in leads}, now)),
    )


def _standpoint(
    row: Row, marks: tuple[Mark, ...], notice: notices.Row | None, leads: set[str], now: datetime
) -> Standpoint:
    at_once = row.time_limit is not None and row.time_limit.kind is TimeLimitKind.AT_ONCE
    return Standpoint(
        state=row.state,
        waits=any(one is not None and one.open for one in (row.objection, row.transfer, row.extension)),
        late=Mark.OVERDUE in marks,
        notice=notice.standing if notice else None,
        led=row.lead_unit in leads,
        dated=bool(row.due),
        fresh=row.found_on[:10] == now.date().isoformat(),
        at_once_over=at_once and row.found_on[:10] < now.date().isoformat(),
    )


def _site_name(db: Connection, row: Row) -> str:
    try:
        return sites.one(db, row.site).name
    except BadInput:  # its record has not arrived yet
        return ""


def _sheet_number(db: Connection, row: Row) -> str:
    try:
        return inspections.one(db, row.inspection).number if row.inspection else ""
    except BadInput:
        return ""


def _printed(notice: notices.Row | None, finding: str) -> str:
    if notice is None or notice.official is None:
        return ""
    return f"{notice.official.n}-{notice.findings.index(finding) + 1}"


def _papers(every: list[notices.Row], finding: str, events: tuple[Event, ...]) -> Iterator[Paper]:
    """Those that have it as a row, and those that its steps rest on."""
    named = {taken.step.document for event in events for taken in event.steps}
    for one in every:
        if finding in one.findings or one.id in named:
            yield Paper(
                id=one.id,
                kind=one.kind,
                number=one.number,
                standing=one.standing,
                issued=one.issued,
                void=bool(one.void),
            )


def _shots(row: Row, events: tuple[Event, ...]) -> Iterator[Shot]:
    """Those from before in their order, then all others, the latest first, each once."""
    later: dict[str, Shot] = {}
    for photo in row.photos:
        shot = Shot(
            sha256=photo.sha256,
            of=photo.role.value,
            at=photo.shifted or photo.taken_at,
            turned=photo.turned,
            caption=photo.caption,
        )
        if photo.role is PhotoRole.BEFORE:
            yield shot
        else:
            later[photo.sha256] = shot
    for event in events:
        for taken in event.steps:
            of = "report" if taken.step.move is Move.REPORT else taken.step.move.value
            for sha256 in () if taken.void else taken.step.photos:
                later.setdefault(sha256, Shot(sha256=sha256, of=of, at=taken.step.at or event.wall))
    if row.report is not None:
        for photo in row.report.photos:
            later.setdefault(photo.sha256, Shot(sha256=photo.sha256, of="report", at=photo.taken_at))
    yield from reversed(later.values())
