"""Figures of the desk: findings by unit and street, and the ranking of units, if the office has switched it on."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from inspector.model import ranking
from inspector.model.errors import BadInput, Refused
from inspector.model.ranking import Group, Tally
from inspector.model.unit import UNORDERED, Directory
from inspector.services import settings
from inspector.services.settings import RankingRules
from inspector.store import entities, figures, sites, units
from inspector.store.figures import Side, Sums
from inspector.store.workspace import Workspace

_SUMS = ("found", "due", "in_time", "late", "overdue", "reopened")


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput("figures-period-empty", first=str(self.first), last=str(self.last))

    def before(self) -> Period:
        """The stretch of the same length that ends the day before."""
        length = self.last - self.first
        end = self.first - timedelta(days=1)
        return Period(first=end - length, last=end)


def days_back(now: datetime, days: int) -> Period:
    """The last `days` days, today included."""
    return Period(first=now.date() - timedelta(days=days - 1), last=now.date())


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What was found and put right in a period: in all, by lead unit, by street; in official order."""

    period: Period
    total: Tally
    units: tuple[Tally, ...]
    streets: tuple[Tally, ...]


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """The ranking of a period by the office's rules, with the figures it was made from."""

    rules: RankingRules
    figures: Figures
    groups: tuple[Group, ...]


def of(workspace: Workspace, period: Period, *, at: datetime) -> Figures:
    """The figures of a period, as they stand at the instant `at`. Findings that no unit leads count in the total."""
    (figures,) = each(workspace, (period,), at=at)
    return figures


def each(workspace: Workspace, periods: Sequence[Period], *, at: datetime) -> list[Figures]:
    """The figures of several periods, units and sites read once."""
    with workspace.reading() as db:
        directory, streets = Directory(units.every(db)), sites.streets(db)
        return [_figures(db, directory, streets, period, at) for period in periods]


def ranked(workspace: Workspace, period: Period, *, at: datetime) -> Ranking:
    """The ranking of a period. Raises Refused `ranking-off` until the office has switched it on."""
    rules = settings.ranking_rules(workspace)
    if not rules.on:
        raise Refused("ranking-off")
    with workspace.reading() as db:
        directory = Directory(units.every(db))
        now = _figures(db, directory, sites.streets(db), period, at)
        earlier = period.before()
        before = _tallies(db, directory, _counted(db, Side.UNIT, earlier, at).items())
    return Ranking(
        rules=rules, figures=now, groups=ranking.ranked(now.units, least=rules.least, before=before)
    )


def _figures(
    db: sqlite3.Connection, directory: Directory, streets: Mapping[str, str], period: Period, at: datetime
) -> Figures:
    by_unit = _counted(db, Side.UNIT, period, at)
    by_street = ((streets.get(site, ""), sums) for site, sums in _counted(db, Side.SITE, period, at).items())
    return Figures(
        period=period,
        total=_tally("", directory, by_unit.values()),
        units=_tallies(db, directory, by_unit.items()),
        streets=_tallies(db, directory, by_street),
    )


def _counted(db: sqlite3.Connection, side: Side, period: Period, at: datetime) -> dict[str, Sums]:
    return figures.counted(db, side, first=period.first, last=period.last, at=at)


def _tallies(
    db: sqlite3.Connection, directory: Directory, counted: Iterable[tuple[str, Sums]]
) -> tuple[Tally, ...]:
    """One for each unit or street, in official order; of what was joined into another, with that one."""
    joined: dict[str, str] = {}
    rows: dict[str, list[Sums]] = defaultdict(list)
    for entity, sums in counted:
        if entity and entity not in joined:
            known = entity in directory.by_id
            joined[entity] = entity if known else entities.joined_to(db, entity)
        if entity:
            rows[joined[entity]].append(sums)
    found = [_tally(one, directory, of) for one, of in rows.items()]
    return tuple(sorted(found, key=lambda one: (one.order, one.id)))


def _tally(entity: str, directory: Directory, rows: Iterable[Sums]) -> Tally:
    unit = directory.by_id.get(entity)
    sums = dict.fromkeys(_SUMS, 0)
    for row in rows:
        for name in _SUMS:
            sums[name] += getattr(row, name)
    return Tally(
        id=entity,
        name=unit.label if unit else entity.partition(":")[2],
        group=unit.type if unit else "",
        order=unit.order if unit else UNORDERED,
        **sums,
    )
