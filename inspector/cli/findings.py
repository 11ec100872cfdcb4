"""finding list | show."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, command, group
from inspector.cli.show import listing, page, show
from inspector.model.errors import BadInput
from inspector.text import say

app = group("finding", say("cli-finding"))


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    inspection: str
    item: str
    site: str
    place: str
    quantity: str
    severity: str
    state: str
    lead_unit: str
    due: str
    photos: tuple[str, ...]


@command(app, "list", help=say("cli-finding-list"), example=say("cli-finding-list-example"))
def every(
    states: Annotated[
        list[str] | None, typer.Option("--state", metavar="STATE", help=say("cli-finding-state"))
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=say("cli-finding-unit"))] = "",
    site: Annotated[str, typer.Option("--site", metavar="CODE", help=say("cli-finding-site"))] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help=say("cli-finding-overdue"))] = False,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Findings in the order in which they were found."""
    from inspector.model.finding import State
    from inspector.services import findings

    for state in states or ():
        if state not in set(State):
            raise BadInput("cli-state-unknown", state=state, known=" ".join(State))
    with opened(workspace) as here:
        found = findings.every(
            here,
            states=[State(state) for state in states or ()],
            unit=unit,
            site=site,
            overdue_at=now() if overdue else None,
        )
        called = findings.names(here)
    rows = [
        _Row(
            id=one.id,
            inspection=one.inspection,
            item=one.item,
            site=one.site,
            place=one.place,
            quantity=f"{one.quantity} {one.measure}".strip(),
            severity=one.severity.value,
            state=one.state.value,
            lead_unit=one.lead_unit,
            due=one.due,
            photos=tuple(photo.sha256 for photo in one.photos),
        )
        for one in found
    ]
    listing("findings", rows, as_json=as_json, called=called)


@command(app, "show", help=say("cli-finding-show"), example=say("cli-finding-show-example"))
def one(
    id: Annotated[str, typer.Argument(metavar="FINDING", help=say("cli-finding-id"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Everything that is known of one finding."""
    from inspector.services import findings

    with opened(workspace) as here:
        found = findings.one(here, id)
        called = findings.names(here)
    if as_json:
        show(found)
    else:
        page(found, called=called)
