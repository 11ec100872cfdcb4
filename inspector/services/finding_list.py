"""Findings as a list of tens of thousands shows them: what is late comes first, and one of them with all there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

import msgspec

from inspector.model import deadline, marks, search
from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.model.marks import Mark
from inspector.model.words import Severity
from inspector.services import findings
from inspector.services.findings import Event
from inspector.store import findings as store
from inspector.store import inspections, overviews, people, sites, units
from inspector.store.findings import Row
from inspector.store.workspace import Workspace

SOON_DAYS = 3


class Group(StrEnum):
    """How urgent a finding is: the headings of the list, in their order."""

    LATE = "late"
    """已逾期"""
    TODAY = "today"
    """今天到期"""
    SOON = "soon"
    """3 天内到期"""
    LATER = "later"
    """更晚到期"""
    NO_DUE = "no_due"
    """没有到期日: no notice has arrived yet."""
    CLOSED = "closed"
    """已销号、已撤销"""


class Listed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A finding as listed. `left` are days to the last day (−1: late since yesterday; None: nothing is due); `photo`
    the hash of its first photo; `found_on` RFC 3339; `said` is what a search looks in, folded."""

    id: str
    state: State
    group: Group
    left: int | None
    due: str
    site: str
    street: str
    unit: str
    item: str
    text: str
    place: str
    severity: Severity
    photo: str
    found_on: str
    said: str


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its counts: by urgency, and how many wait for a re-inspection."""

    listed: tuple[Listed, ...]
    groups: Mapping[Group, int]
    reported: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One finding with everything that is known of it. `names` are units, people and this site by entity; `number`
    is that of its sheet, `times` which time this is that the site failed the item."""

    finding: Row
    site_name: str
    marks: tuple[Mark, ...]
    left: int | None
    times: int
    number: str
    events: tuple[Event, ...]
    names: Mapping[str, str]


def every(workspace: Workspace, *, now: datetime, closed: bool = False) -> tuple[Listed, ...]:
    """The open findings, the most urgent first (the longest late at the top); with `closed` also those that are
    closed, behind them, the latest found first."""
    shared: dict[str, str] = {}  # wordings, days and hashes repeat: each is kept once
    with workspace.reading() as db:
        labels = {unit.id: unit.label for unit in units.every(db)}
        places = {site.id: (site.name, labels.get(site.street, "")) for site in sites.every(db)}
        listed = [
            _listed(brief, places.get(brief.site, ("", "")), labels, now, shared)
            for brief in overviews.findings_listed(db, closed=closed)
        ]
    order = {group: number for number, group in enumerate(Group)}
    listed.sort(key=lambda one: one.found_on, reverse=True)
    listed.sort(key=lambda one: (order[one.group], one.left or 0, one.due))
    return tuple(listed)


def overview(workspace: Workspace, *, now: datetime, closed: bool = False) -> Overview:
    """What `every` gives, counted."""
    listed = every(workspace, now=now, closed=closed)
    return Overview(
        listed=listed,
        groups=Counter(one.group for one in listed),
        reported=sum(one.state is State.REPORTED for one in listed),
    )


def page(workspace: Workspace, which: str, *, now: datetime) -> Page:
    """Everything about one finding. Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        row = store.one(db, which)
        names = {unit.id: unit.name for unit in units.every(db)}
        names |= {person.id: person.name for person in people.every(db)}
        try:
            site_name = sites.one(db, row.site).name
        except BadInput:  # its record has not arrived yet
            site_name = ""
        try:
            number = inspections.one(db, row.inspection).number if row.inspection else ""
        except BadInput:
            number = ""
        times = store.nth(db, row)
    return Page(
        finding=row,
        site_name=site_name,
        marks=findings.marks(row, at=now, times=times),
        left=_left(row.state, row.due, _waits(row), now),
        times=times,
        number=number,
        events=tuple(findings.timeline(workspace, row.id)),
        names=names,
    )


def _listed(
    brief: overviews.FindingListed,
    site: tuple[str, str],
    labels: Mapping[str, str],
    now: datetime,
    shared: dict[str, str],
) -> Listed:
    state = State(brief.state)
    left = _left(state, brief.due, brief.contested, now)
    name, street = site
    unit = labels.get(brief.lead_unit, "")
    return Listed(
        id=brief.id,
        state=state,
        group=_group(state, left),
        left=left,
        due=shared.setdefault(brief.due, brief.due),
        site=name,
        street=street,
        unit=unit,
        item=shared.setdefault(brief.item, brief.item),
        text=shared.setdefault(brief.text, brief.text),
        place=shared.setdefault(brief.place, brief.place),
        severity=Severity(brief.severity) if brief.severity in _SEVERITIES else Severity.MINOR,
        photo=shared.setdefault(brief.photo, brief.photo),
        found_on=brief.found_on,
        said=search.folded(f"{name} {brief.text} {brief.place} {brief.item} {unit} {street}"),
    )


_SEVERITIES = frozenset(one.value for one in Severity)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; what is left out does not narrow. `query` are words (model.search), `found_on` is the
    beginning of an RFC 3339 time; `by_unit` puts it in the order of units, those with the most findings first."""

    query: tuple[str, ...] = ()
    states: frozenset[State] = frozenset()
    groups: frozenset[Group] = frozenset()
    unit: str = ""
    street: str = ""
    severity: Severity | None = None
    found_on: str = ""
    by_unit: bool = False


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """What fits, in its order; `begins` are the places where another group (or unit) begins, each with the number of
    findings in it."""

    listed: list[Listed]
    begins: tuple[tuple[int, int], ...]


def narrowed(listed: Sequence[Listed], wanted: Wanted) -> Narrowed:
    """Those of a list that fit. 100,000 take 0.1 s: off the GUI thread."""
    found = [one for one in listed if _fits(one, wanted)]
    if wanted.by_unit:
        counts = Counter(one.unit for one in found)
        found.sort(key=lambda one: (-counts[one.unit], one.unit))
    begins, at = [], 0
    for _, together in groupby(found, key=_unit if wanted.by_unit else _group_of):
        count = sum(1 for _ in together)
        begins.append((at, count))
        at += count
    return Narrowed(listed=found, begins=tuple(begins))


def _fits(one: Listed, wanted: Wanted) -> bool:
    return (
        (not wanted.groups or one.group in wanted.groups)
        and (not wanted.states or one.state in wanted.states)
        and (not wanted.unit or one.unit == wanted.unit)
        and (not wanted.street or one.street == wanted.street)
        and (wanted.severity is None or one.severity is wanted.severity)
        and (not wanted.found_on or one.found_on.startswith(wanted.found_on))
        and (not wanted.query or all(word in one.said for word in wanted.query))
    )


_unit, _group_of = attrgetter("unit"), attrgetter("group")


def _waits(row: Row) -> bool:
    return marks.contested(row.objection, row.transfer)


def _left(state: State, due: str, waits: bool, now: datetime) -> int | None:
    """Days to the last day, less than 0 once it is late at this instant; while the unit waits for an answer to an
    objection or a transfer, time does not count against it."""
    try:
        last = deadline.read_due(due)
    except ValueError:
        return None
    if last is None or state in marks.CLOSED:
        return None
    left = deadline.days_left(last, at=now)
    if deadline.overdue(last, at=now, disputed=waits):
        return min(left, -1)
    return max(left, 0) if waits else left


def _group(state: State, left: int | None) -> Group:
    if state in marks.CLOSED:
        return Group.CLOSED
    if left is None:
        return Group.NO_DUE
    if left < 0:
        return Group.LATE
    if left == 0:
        return Group.TODAY
    return Group.SOON if left <= SOON_DAYS else Group.LATER
