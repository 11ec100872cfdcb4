"""What a 督查通报 states besides its texts: figures by unit, what is still open, typical cases with photos.

The content itself, `model.notice.Bulletin`, is a document like a notice: drafted, checked, issued with number and
signature. Nothing in it is automatic but the figures; praise and criticism are proposals until somebody signs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import msgspec

from inspector.model.inspection import Evidence, Named
from inspector.model.ranking import Group, Place, Tally

MOST_CASES = 6
"""Cases that are taken when nobody chooses: two pages of photos (自拟)."""

MOST_GOOD = 2
"""Good examples that are taken when nobody chooses (自拟)."""

MOST_ISSUE = 400
"""The largest 期号 of a year: one a day and some to spare."""

BOARD = 3
"""How many places the red and the black board have (domain.md 1.2: the last three; ties are all listed)."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The line of a unit. `place` is 0 where it is not ranked, `moved` 0 where nothing is known of before."""

    unit: Named
    group: str = ""
    place: int = 0
    moved: int = 0
    found: int
    due: int
    in_time: int
    late: int
    overdue: int
    reopened: int


class Boarded(msgspec.Struct, frozen=True, kw_only=True):
    """A unit on a board, and for how many issues in a row, this one included (连续 n 期)."""

    unit: Named
    issues: int = 1


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that is overdue on the day of the bulletin."""

    finding: str
    site: str
    place: str
    description: str
    due: str


class Problems(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit has not put right in time."""

    unit: Named
    rows: tuple[Open, ...]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A typical case: the finding with its photos before and after. `closed` is the day on which it was closed, else
    empty."""

    finding: str
    unit: Named
    site: str
    place: str
    description: str
    found_on: str
    due: str = ""
    closed: str = ""
    before: tuple[Evidence, ...] = ()
    after: tuple[Evidence, ...] = ()


def lines(groups: Sequence[Group]) -> tuple[Standing, ...]:
    """The units of a ranking as a bulletin lists them."""
    return tuple(line(place.tally, place) for group in groups for place in group.places)


def unranked(tallies: Sequence[Tally]) -> tuple[Standing, ...]:
    """The units as a bulletin without a ranking lists them: those of a group together, groups in the order in which
    their first units come."""
    groups: dict[str, list[Tally]] = {}
    for tally in tallies:
        groups.setdefault(tally.group, []).append(tally)
    return tuple(line(tally) for group in groups.values() for tally in group)


def line(tally: Tally, place: Place | None = None) -> Standing:
    """The line of one unit; without `place` it is not ranked."""
    return Standing(
        unit=Named(id=tally.id, name=tally.name),
        group=tally.group,
        place=(place.place or 0) if place else 0,
        moved=(place.moved or 0) if place else 0,
        found=tally.found,
        due=tally.due,
        in_time=tally.in_time,
        late=tally.late,
        overdue=tally.overdue,
        reopened=tally.reopened,
    )


def boards(
    groups: Sequence[Group], *, target: int, before: Sequence[Boards] = ()
) -> tuple[tuple[Boarded, ...], tuple[Boarded, ...]]:
    """红榜 and 黑榜: of each group the first three places that reach the target, and the last three units that do not;
    ties are all listed. `before` are the boards of earlier issues, the latest first."""
    red: list[Named] = []
    black: list[Named] = []
    for group in groups:
        ranked = [one for one in group.places if one.place is not None]
        good = [one for one in ranked if reaches(one.tally.in_time, one.tally.due, target=target)]
        red += [_named(one) for one in good if (one.place or 0) <= BOARD]
        bad = [one for one in ranked if one not in good]
        if bad:
            last = bad[-BOARD:][0].place or 0
            black += [_named(one) for one in bad if (one.place or 0) >= last]
    return (
        tuple(Boarded(unit=one, issues=_in_a_row(one.id, [seen.red for seen in before])) for one in red),
        tuple(Boarded(unit=one, issues=_in_a_row(one.id, [seen.black for seen in before])) for one in black),
    )


class Boards(msgspec.Struct, frozen=True, kw_only=True):
    """Who stood on the boards of an issue (entities of units)."""

    red: frozenset[str]
    black: frozenset[str]


def _in_a_row(unit: str, before: Sequence[frozenset[str]]) -> int:
    """This issue and those straight before it that list the unit."""
    return 1 + sum(1 for _ in takewhile(lambda seen: unit in seen, before))


def reaches(in_time: int, due: int, *, target: int) -> bool:
    """Whether a rate reaches `target` percent."""
    return due > 0 and in_time * 100 >= target * due


def _named(one: Place) -> Named:
    return Named(id=one.tally.id, name=one.tally.name)
