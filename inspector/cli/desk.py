"""coverage, figures, ranking, setting list | set: the office's desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile, command, group
from inspector.cli.show import listing, show, tell, to_file
from inspector.model.errors import BadInput
from inspector.text import say

if TYPE_CHECKING:
    from inspector.model.ranking import Place, Tally
    from inspector.services.figures import Period

settings = group("setting", say("cli-setting"))

DAYS = 30
"""A month: what a desk looks at unless it says otherwise."""

First = Annotated[str, typer.Option("--from", metavar="DATE", help=say("cli-desk-from"))]
Last = Annotated[str, typer.Option("--to", metavar="DATE", help=say("cli-desk-to"))]


def period(first: str, last: str, *, at: datetime) -> Period:
    """The days that --from and --to name; without them the last 30. Raises BadInput `cli-date-invalid`,
    `figures-period-empty`."""
    from inspector.services import figures

    back = figures.days_back(at, DAYS)
    try:
        end = date.fromisoformat(last) if last else back.last
        begin = date.fromisoformat(first) if first else min(back.first, end)
    except ValueError as error:
        raise BadInput("cli-date-invalid", given=f"{first} {last}".strip()) from error
    return figures.Period(first=begin, last=end)


class _Site(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    kind: str
    street: str
    seen: str


def coverage(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """Which sites are still to be inspected in this round."""
    from inspector.services import coverage

    with opened(workspace) as here:
        found = coverage.of(here, now=now())
    rows = [
        _Site(code=one.code, name=one.name, kind=one.kind, street=one.street, seen=one.last[:10])
        for one in found.due
    ]
    if as_json:
        show(found)
    else:
        of_round = found.round.name or say("coverage-no-round")
        tell(say("coverage-round", name=of_round, begins=found.round.begins or say("coverage-ever")))
        tell(say("coverage-sum", inspected=found.inspected, sites=found.sites))
        for part in (*found.kinds, *found.streets):
            name = part.name or say("coverage-without")
            tell(say("coverage-part", name=name, inspected=part.inspected, sites=part.sites))
        listing("due", rows, as_json=False)
    to_file(rows, out)


class _Unit(msgspec.Struct, frozen=True, kw_only=True):
    rank: int | None
    moved: int | None
    unit: str
    group: str
    found: int
    due: int
    in_time: int
    late: int
    overdue: int
    reopened: int
    rate: str


def figures(
    first: First = "",
    last: Last = "",
    streets: Annotated[bool, typer.Option("--streets", help=say("cli-figures-streets"))] = False,
    out: ListFile = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Findings by unit or street, in the official order."""
    from inspector.services import figures

    at = now()
    with opened(workspace) as here:
        seen = figures.of(here, period(first, last, at=at), at=at)
    rows = [_row(None, None, one) for one in (seen.streets if streets else seen.units)]
    if as_json:
        plain = {"from": str(seen.period.first), "to": str(seen.period.last), "total": _plain(seen.total)}
        parts = {"units": seen.units, "streets": seen.streets}
        show(plain | {name: [_plain(one) for one in tallies] for name, tallies in parts.items()})
    else:
        tell(say("desk-period", first=seen.period.first, last=seen.period.last))
        tell(say("desk-formula"))
        listing("units", rows, as_json=False)
    to_file(rows, out)


def ranking(
    first: First = "",
    last: Last = "",
    out: ListFile = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Units by how they put things right in time, in groups of peers."""
    from inspector.services import figures

    at = now()
    with opened(workspace) as here:
        seen = figures.ranked(here, period(first, last, at=at), at=at)
    rows = [_row(one.place, one.moved, one.tally) for group in seen.groups for one in group.places]
    if as_json:
        groups = [
            {"name": group.name, "places": [_placed(one) for one in group.places]} for group in seen.groups
        ]
        show(
            {
                "from": str(seen.figures.period.first),
                "to": str(seen.figures.period.last),
                "formula": say("desk-formula"),
                "least": seen.rules.least,
                "target": seen.rules.target,
                "groups": groups,
            }
        )
    else:
        tell(say("desk-period", first=seen.figures.period.first, last=seen.figures.period.last))
        tell(say("desk-formula"))
        tell(say("desk-least", least=seen.rules.least))
        listing("units", rows, as_json=False)
    to_file(rows, out)


def _row(rank: int | None, moved: int | None, one: Tally) -> _Unit:
    return _Unit(
        rank=rank,
        moved=moved,
        unit=one.name,
        group=one.group,
        found=one.found,
        due=one.due,
        in_time=one.in_time,
        late=one.late,
        overdue=one.overdue,
        reopened=one.reopened,
        rate="" if one.tenths is None else say("desk-rate", whole=one.tenths // 10, tenth=one.tenths % 10),
    )


def _plain(one: Tally) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(one)
    return plain | {"rate_tenths": one.tenths}


def _placed(one: Place) -> dict[str, Any]:
    return {"place": one.place, "moved": one.moved} | _plain(one.tally)


@command(settings, "list", help=say("cli-setting-list"), example=say("cli-setting-list-example"))
def every(workspace: At = None, as_json: AsJson = False) -> None:
    """The office's settings, with defaults."""
    from inspector.services import settings

    with opened(workspace) as here:
        found = settings.every(here)
    listing("settings", found, as_json=as_json)


@command(settings, "set", help=say("cli-setting-set"), example=say("cli-setting-set-example"))
def put(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli-setting-name"))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=say("cli-setting-value"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """One setting, for all laptops of the ledger."""
    from inspector.services import settings

    with opened(workspace) as here:
        done = settings.put(here, name, value, now=now())
    if as_json:
        show(done)
    else:
        tell(say("cli-setting-done", name=done.name, value=done.value))
