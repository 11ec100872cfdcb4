"""Ranking (排名) of units by how they put findings right in time: pure rules, the formula in one place.

按期整改率 = 到期前销号 ÷ 已到期. A finding counts for the unit that leads it now, in the period of its last day.

- due (已到期): its limit has passed, or it was closed before. What was withdrawn, what waits for an answer to an
  objection or a transfer, and what has no due date does not count. An extended limit counts as extended.
- in time (按期整改): closed (销号) on or before its last day. Put right on the spot counts as closed.
- overdue (逾期未改): its limit has passed and it is not closed.

Rates are compared by cross-multiplication, never as fractions of a float. Equal rates share a place, and the places
behind them are left out (1, 2, 2, 4). Units with fewer due findings than `least` are not ranked. Figures by domain.md
1.2 and 10; that a unit below ten is not ranked is the project's own (自拟), and can be set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cmp_to_key

import msgspec

LEAST = 10
"""Due findings below which a unit is not ranked, unless the office sets another number (自拟)."""

TARGET = 90
"""The rate in percent that the line in the picture stands for, unless the office sets another (自拟)."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one unit (or street) in a period. `found` were found in it; `due` were due in it, of which
    `in_time` were closed in time and `overdue` are open; `late` were closed late; `reopened` (反弹) came back after
    they were closed, among those found."""

    id: str
    name: str
    group: str = ""
    order: int = 0
    found: int = 0
    due: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    reopened: int = 0

    @property
    def tenths(self) -> int | None:
        """The rate in tenths of a percent, rounded half up; None where nothing was due."""
        return rate(self.in_time, self.due)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a ranking: the place from 1, shared by equal rates; None where the unit has too few due findings.
    `moved` is how many places it rose (negative: fell) since the period before, None where it has no place in one of
    them."""

    place: int | None
    tally: Tally
    moved: int | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A peer group (部门, 街道 …) with its units: the ranked ones first, then those that are not, in official order."""

    name: str
    places: tuple[Place, ...]


def rate(part: int, whole: int) -> int | None:
    """`part` of `whole` in tenths of a percent, rounded half up; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def ranked(
    tallies: Iterable[Tally], *, least: int = LEAST, before: Iterable[Tally] = ()
) -> tuple[Group, ...]:
    """The groups in the order of their first unit by official order; in each the units by rate. `before` are the
    tallies of the period before, by the same rule."""
    now = list(tallies)
    earlier = {
        place.tally.id: place.place for group in _groups(list(before), least) for place in group.places
    }
    return tuple(
        msgspec.structs.replace(
            group,
            places=tuple(
                msgspec.structs.replace(one, moved=_moved(earlier.get(one.tally.id), one.place))
                for one in group.places
            ),
        )
        for group in _groups(now, least)
    )


def _groups(tallies: Sequence[Tally], least: int) -> list[Group]:
    official = sorted(tallies, key=lambda one: (one.order, one.id))
    names = dict.fromkeys(one.group for one in official)
    return [
        Group(name=name, places=_places([one for one in official if one.group == name], least))
        for name in names
    ]


def _places(official: Sequence[Tally], least: int) -> tuple[Place, ...]:
    """Sorting is stable: equal rates stand in official order, under one place."""
    enough = sorted((one for one in official if one.due >= max(least, 1)), key=cmp_to_key(_better))
    places: list[Place] = []
    for position, one in enumerate(enough, 1):
        same = bool(places) and _better(places[-1].tally, one) == 0
        places.append(Place(place=places[-1].place if same else position, tally=one))
    few = (one for one in official if one.due < max(least, 1))
    return (*places, *(Place(place=None, tally=one) for one in few))


def _better(one: Tally, other: Tally) -> int:
    """Negative if `one` has the higher rate."""
    return other.in_time * one.due - one.in_time * other.due


def _moved(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else before - now
