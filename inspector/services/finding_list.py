"""Findings as a list of tens of thousands shows them: what is late comes first; narrowed, grouped, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from sqlite3 import Connection

import msgspec

from inspector.model import deadline, marks, search
from inspector.model.deadline import Due
from inspector.model.finding import State
from inspector.model.inspection import TimeLimit
from inspector.model.words import Severity, TimeLimitKind
from inspector.services import calendars
from inspector.store import overviews, sites, units
from inspector.store.workspace import Workspace

SOON = TimeLimit(kind=TimeLimitKind.WORKDAY, n=3)
"""What the third group of the list ends with, counted from today."""


class Group(StrEnum):
    """How urgent a finding is: the headings of the list, in their order."""

    LATE = "late"
    """已逾期"""
    TODAY = "today"
    """今天到期"""
    SOON = "soon"
    """3 个工作日内到期"""
    LATER = "later"
    """更晚到期"""
    NO_DUE = "no_due"
    """没有到期日: no notice has arrived yet."""
    CLOSED = "closed"
    """已销号、已撤销"""


class Listed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A finding as listed. `left` are days to the last day (−1: late since yesterday; None: nothing is due),
    `estimated` where holidays are not known; `unit` leads, `units` are all that answer for it; `photo` the hash of its
    first photo; `found_on` RFC 3339; `said` is what a search looks in, folded."""

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
    inspection: str
    units: tuple[str, ...]
    estimated: bool


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its counts: by urgency, and how many wait for a re-inspection. `soon_estimated`: the three working
    days reach into a year whose holidays are not known."""

    listed: tuple[Listed, ...]
    groups: Mapping[Group, int]
    reported: int
    soon_estimated: bool


def every(workspace: Workspace, *, now: datetime, closed: bool = False) -> tuple[Listed, ...]:
    """The open findings, the most urgent first (the longest late at the top); with `closed` also those that are
    closed, behind them, the latest found first."""
    return overview(workspace, now=now, closed=closed).listed


def first(workspace: Workspace, *, now: datetime, most: int) -> tuple[Listed, ...]:
    """The most urgent open findings, so many: what a screen shows while `overview` reads all of them."""
    soon = deadline.due(SOON, served=now, calendar=calendars.known(workspace))
    with workspace.reading() as db:
        found = overviews.findings_urgent(db, most=most)
        listing = _listing(db, now, soon, sites.names(db, {brief.site for brief in found}))
        latest = sorted(map(listing.listed, found), key=attrgetter("found_on"), reverse=True)
    return tuple(_in_order(latest))


def overview(workspace: Workspace, *, now: datetime, closed: bool = False) -> Overview:
    """What `every` gives, with its counts."""
    soon = deadline.due(SOON, served=now, calendar=calendars.known(workspace))
    with workspace.reading() as db:
        listing = _listing(db, now, soon, sites.names(db))
        listed = _in_order(map(listing.listed, overviews.findings_listed(db, closed=closed)))
    return Overview(
        listed=tuple(listed),
        groups=Counter(one.group for one in listed),
        reported=sum(one.state is State.REPORTED for one in listed),
        soon_estimated=soon.estimated,
    )


def teams(workspace: Workspace) -> Mapping[str, str]:
    """The team that made each inspection, by inspection: read when somebody narrows by it."""
    with workspace.reading() as db:
        return overviews.teams(db)


def _in_order(latest: Iterable[Listed]) -> list[Listed]:
    """The most urgent first, of those that come with the latest found first. Put into piles, not sorted: a sort of
    100,000 holds the interpreter, and the window with it, for 0.1 s (measured)."""
    order = {group: number for number, group in enumerate(Group)}
    piles: dict[tuple[int, int, str], list[Listed]] = {}
    for one in latest:
        piles.setdefault((order[one.group], one.left or 0, one.due), []).append(one)
    return [one for urgency in sorted(piles) for one in piles[urgency]]


def _listing(db: Connection, now: datetime, soon: Due, named: Mapping[str, tuple[str, str]]) -> _Listing:
    labels = {unit.id: unit.label for unit in units.every(db)}
    places = {site: (name, labels.get(street, "")) for site, (name, street) in named.items()}
    return _Listing(now, deadline.days_left(soon.at, at=now), labels, places)


class _Listing:
    """What makes listed findings out of stored ones; `soon` are days until the end of the third group."""

    def __init__(
        self, now: datetime, soon: int, labels: Mapping[str, str], places: Mapping[str, tuple[str, str]]
    ) -> None:
        self._now, self._soon, self._labels, self._places = now, soon, labels, places
        self._several: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._shared: dict[str, str] = {}  # wordings, days and hashes repeat: each is kept once
        self._left: dict[tuple[str, str, bool], int | None] = {}

    def listed(self, brief: overviews.FindingListed) -> Listed:
        shared = self._shared
        state = State(brief.state)
        stands = (brief.state, brief.due, brief.contested)
        if stands not in self._left:
            self._left[stands] = left_of(state, brief.due, self._now, waits=brief.contested)
        left = self._left[stands]
        name, street = self._places.get(brief.site, ("", ""))
        unit = self._labels.get(brief.lead_unit, "")
        return Listed(
            id=brief.id,
            state=state,
            group=_group(state, left, self._soon),
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
            inspection=shared.setdefault(brief.inspection, brief.inspection),
            units=self._units((brief.lead_unit, *brief.helping)),
            estimated=brief.estimated,
        )

    def _units(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        if ids not in self._several:
            self._several[ids] = tuple(label for one in ids if (label := self._labels.get(one, "")))
        return self._several[ids]


_SEVERITIES = frozenset(one.value for one in Severity)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; what is left out does not narrow. `query` are words (model.search), `unit` (as it is
    labelled) leads or helps, `item` is an item or a form (GC-05, GC), `within` days from today what is late among them,
    `inspections` those of the teams that are wanted, `found_on` the beginning of an RFC 3339 time; `by_unit` puts it in
    the order of units, those with the most findings first."""

    query: tuple[str, ...] = ()
    states: frozenset[State] = frozenset()
    groups: frozenset[Group] = frozenset()
    unit: str = ""
    site: str = ""
    street: str = ""
    item: str = ""
    severity: Severity | None = None
    within: int | None = None
    overdue: bool = False
    inspections: frozenset[str] | None = None
    found_on: str = ""
    by_unit: bool = False


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """What fits, in its order; `begins` are the places where another group (or unit) begins, each with the number of
    findings in it."""

    listed: list[Listed]
    begins: tuple[tuple[int, int], ...]


def narrowed(listed: Sequence[Listed], wanted: Wanted) -> Narrowed:
    """Those of a list that fit. 100,000 take 25 to 60 ms: off the GUI thread."""
    found = list(listed)
    for fits in _tests(wanted):  # one after the other: half the time of asking each for all (measured)
        found = [one for one in found if fits(one)]
    if wanted.by_unit:
        counts = Counter(one.unit for one in found)
        found.sort(key=lambda one: (-counts[one.unit], one.unit))
    begins, at = [], 0
    for _, together in groupby(found, key=_unit if wanted.by_unit else _group_of):
        count = sum(1 for _ in together)
        begins.append((at, count))
        at += count
    return Narrowed(listed=found, begins=tuple(begins))


def _tests(wanted: Wanted) -> Iterator[Callable[[Listed], bool]]:
    """What a finding has to pass, for each part of `wanted` that narrows."""
    for word in wanted.query:
        yield lambda one, word=word: word in one.said  # type: ignore[misc]
    if wanted.groups:
        yield lambda one: one.group in wanted.groups
    if wanted.states:
        yield lambda one: one.state in wanted.states
    if wanted.unit:
        yield lambda one: wanted.unit in one.units
    if wanted.site:
        yield lambda one: one.site == wanted.site
    if wanted.street:
        yield lambda one: one.street == wanted.street
    if wanted.item:
        yield lambda one: one.item == wanted.item or one.item.startswith(f"{wanted.item}-")
    if wanted.severity is not None:
        yield lambda one: one.severity is wanted.severity
    if (within := wanted.within) is not None:
        yield lambda one: one.left is not None and one.left <= within
    if wanted.overdue:
        yield lambda one: one.group is Group.LATE
    if (inspections := wanted.inspections) is not None:
        yield lambda one: one.inspection in inspections
    if wanted.found_on:
        yield lambda one: one.found_on.startswith(wanted.found_on)


_unit, _group_of = attrgetter("unit"), attrgetter("group")


def left_of(state: State, due: str, now: datetime, *, waits: bool) -> int | None:
    """Days to the last day, less than 0 once it is late at this instant; while the unit `waits` for an answer to an
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


def _group(state: State, left: int | None, soon: int) -> Group:
    if state in marks.CLOSED:
        return Group.CLOSED
    if left is None:
        return Group.NO_DUE
    if left < 0:
        return Group.LATE
    if left == 0:
        return Group.TODAY
    return Group.SOON if left <= soon else Group.LATER
