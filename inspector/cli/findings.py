"""finding list | show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile, command, group
from inspector.cli.show import listing, page, show
from inspector.cli.timeline import print_timeline
from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.model.marks import Mark
from inspector.model.words import Severity
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.findings import Row
    from inspector.services.moves import Seen
    from inspector.services.workspaces import Workspace

app = group("finding", say("cli-finding"))


STATES = Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help=say("cli-finding-state"))]


def read_states(given: Sequence[str] | None) -> list[State]:
    """The states of --state. Raises BadInput `cli-state-unknown`."""
    for state in given or ():
        if state not in set(State):
            raise BadInput("cli-state-unknown", state=state, known=" ".join(State))
    return [State(state) for state in given or ()]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: str
    inspection: str
    item: str
    site: str
    place: str
    quantity: str
    severity: Severity
    state: State
    marks: tuple[Mark, ...]
    lead_unit: str
    due: str
    days_left: int | None
    photos: tuple[str, ...]


def print_rows(workspace: Workspace, seen: Sequence[Seen], *, at: datetime, as_json: bool) -> None:
    """How findings stand after an act on them."""
    from inspector.services import findings

    rows = [findings.one(workspace, one.finding) for one in seen]
    _print(workspace, rows, at=at, as_json=as_json)


def _print(
    workspace: Workspace, found: Iterable[Row], *, at: datetime, as_json: bool, out: Path | None = None
) -> None:
    from inspector.model import marks
    from inspector.services import findings, notices

    found = list(found)
    times = findings.times(workspace, found)
    numbers = notices.numbers_of(workspace)
    rows = [
        _Row(
            id=one.id,
            number=numbers.get(one.id, ""),
            inspection=one.inspection,
            item=one.item,
            site=one.site,
            place=one.place,
            quantity=f"{one.quantity} {one.measure}".strip(),
            severity=one.severity,
            state=one.state,
            marks=findings.marks(one, at=at, times=times[one.id]),
            lead_unit=one.lead_unit,
            due=one.due,
            days_left=marks.days_left(one.state, one.due, at=at),
            photos=tuple(photo.sha256 for photo in one.photos),
        )
        for one in found
    ]
    listing("findings", rows, as_json=as_json, called=findings.names(workspace), file=out)


@command(app, "list", help=say("cli-finding-list"), example=say("cli-finding-list-example"))
def every(
    states: STATES = None,
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=say("cli-finding-unit"))] = "",
    site: Annotated[str, typer.Option("--site", metavar="CODE", help=say("cli-finding-site"))] = "",
    street: Annotated[str, typer.Option("--street", metavar="NAME", help=say("cli-finding-street"))] = "",
    item: Annotated[str, typer.Option("--item", metavar="CODE", help=say("cli-finding-item"))] = "",
    severity: Annotated[
        Severity | None, typer.Option("--severity", metavar="SEVERITY", help=say("cli-finding-severity"))
    ] = None,
    team: Annotated[str, typer.Option("--team", metavar="NAME", help=say("cli-finding-team"))] = "",
    within: Annotated[
        int | None, typer.Option("--within", metavar="DAYS", help=say("cli-finding-within"))
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=say("cli-finding-overdue"))] = False,
    most: Annotated[int, typer.Option("--most", metavar="N", min=-1, help=say("cli-finding-most"))] = -1,
    skip: Annotated[int, typer.Option("--skip", metavar="N", min=0, help=say("cli-finding-skip"))] = 0,
    save: Annotated[str, typer.Option("--save", metavar="NAME", help=say("cli-finding-save"))] = "",
    saved: Annotated[str, typer.Option("--saved", metavar="NAME", help=say("cli-finding-saved"))] = "",
    out: ListFile = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Findings in the order in which they were found."""
    from inspector.services import filters, findings

    at = now()
    asked = filters.Filter(
        states=tuple(read_states(states)),
        unit=unit,
        site=site,
        street=street,
        item=item,
        severity=severity,
        team=team,
        within=within,
        overdue=overdue,
    )
    with opened(workspace) as here:
        if saved:
            asked = filters.one(here, saved)
        found = findings.every(
            here,
            states=asked.states,
            unit=asked.unit,
            site=asked.site,
            street=asked.street,
            item=asked.item,
            severity=asked.severity,
            team=asked.team,
            due_by=None if asked.within is None else at.date() + timedelta(days=asked.within),
            overdue_at=at if asked.overdue else None,
            most=most,
            skip=skip,
        )
        if save:
            filters.keep(here, save, asked)
        _print(here, found, at=at, as_json=as_json, out=out)


@command(app, "filters", help=say("cli-finding-filters"), example=say("cli-finding-filters-example"))
def saved_filters(
    rename: Annotated[
        str, typer.Option("--rename", metavar="NAME", help=say("cli-finding-filter-rename"))
    ] = "",
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=say("cli-finding-filter-to"))] = "",
    remove: Annotated[
        str, typer.Option("--remove", metavar="NAME", help=say("cli-finding-filter-remove"))
    ] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The saved filters, after one was renamed or taken away."""
    from inspector.services import filters

    with opened(workspace) as here:
        if rename:
            filters.rename(here, rename, to)
        if remove:
            filters.remove(here, remove)
        saved = filters.every(here)
    if as_json:
        show({"filters": [{"name": name, "filter": asked} for name, asked in saved.items()]})
    else:
        for name in saved:
            typer.echo(name)


@command(app, "show", help=say("cli-finding-show"), example=say("cli-finding-show-example"))
def one(
    id: Annotated[str, typer.Argument(metavar="FINDING", help=say("cli-finding-id"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Everything that is known of one finding, and what happened to it."""
    from inspector.services import findings, moves, people

    at = now()
    with opened(workspace) as here:
        (seen,) = moves.look(here, [id])
        found = findings.one(here, seen.finding)
        times = findings.times(here, [found])[found.id]
        line = findings.timeline(here, found.id)
        called = {**findings.names(here), **{one.id: one.name for one in people.every(here)}}
    marks = findings.marks(found, at=at, times=times)
    if as_json:
        said = msgspec.to_builtins(found)
        show({**said, "marks": marks, "times": times, "timeline": line})
    else:
        page(found, called=called)
        print_timeline(line, marks, called=called)
