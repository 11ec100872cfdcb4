"""Figures of the desk: findings by unit and street, and the ranking of units, if the office has switched it on."""

from __future__ import annotations

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
from inspector.store.figures import Counted, Sums
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
    (figures,) = _counted(workspace, (period,), at)
    return figures


def each(workspace: Workspace, periods: Sequence[Period], *, at: datetime) -> list[Figures]:
    """The figures of several periods, units and sites read once."""
    return _counted(workspace, periods, at)


def ranked(workspace: Workspace, period: Period, *, at: datetime) -> Ranking:
    """The ranking of a period. Raises Refused `ranking-off` until the office has switched it on."""
    rules = settings.ranking_rules(workspace)
    if not rules.on:
        raise Refused("ranking-off")
    now, before = _counted(workspace, (period, period.before()), at)
    return Ranking(
        rules=rules,
        figures=now,
        groups=ranking.ranked(now.units, least=rules.least, before=before.units),
    )


def _counted(workspace: Workspace, periods: Iterable[Period], at: datetime) -> list[Figures]:
    with workspace.reading() as db:
        counted = [
            (period, figures.counted(db, first=period.first, last=period.last, at=at)) for period in periods
        ]
        directory = Directory(units.every(db))
        streets = sites.streets(db)
        named = {*streets.values(), *(unit for _, one in counted for unit in one.units)}
        joined = {one: entities.joined_to(db, one) for one in named if one and one not in directory.by_id}
    return [_figures(period, one, directory, streets, joined) for period, one in counted]


def _figures(
    period: Period,
    counted: Counted,
    directory: Directory,
    streets: Mapping[str, str],
    joined: Mapping[str, str],
) -> Figures:
    by_unit: dict[str, list[Sums]] = defaultdict(list)
    by_street: dict[str, list[Sums]] = defaultdict(list)
    for unit, sums in counted.units.items():
        if unit:
            by_unit[joined.get(unit, unit)].append(sums)
    for site, sums in counted.sites.items():
        if street := streets.get(site):
            by_street[joined.get(street, street)].append(sums)
    return Figures(
        period=period,
        total=_tally("", directory, counted.units.values()),
        units=_tallies(by_unit, directory),
        streets=_tallies(by_street, directory),
    )


def _tallies(rows: Mapping[str, list[Sums]], directory: Directory) -> tuple[Tally, ...]:
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
