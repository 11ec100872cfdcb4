"""extend | transfer | object: what units ask of the office, and what it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from inspector.cli.findings import print_rows
from inspector.cli.moves import OFFICE, By, Findings, Reason, begin
from inspector.cli.opening import opened
from inspector.cli.shape import AsJson, At
from inspector.model.errors import BadInput
from inspector.model.request import Ruling, Subject
from inspector.text import say

AskedBy = Annotated[str, typer.Option("--asked-by", metavar="TEXT", help=say("cli-move-asked-by"))]
Asked = Annotated[bool, typer.Option("--ask", help=say("cli-move-ask"))]
Ruled = Annotated[str, typer.Option("--ruling", metavar="RULING", help=say("cli-move-ruling"))]
Answered = Annotated[str, typer.Option("--answer", metavar="TEXT", help=say("cli-move-answer"))]


def extend(
    findings: Findings,
    by: By,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=say("cli-extend-until"))] = "",
    reason: Reason = "",
    asked_by: AskedBy = "",
    ask: Asked = False,
    ruling: Ruled = "",
    answer: Answered = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """More time: asked for and agreed to in one act, or asked for now and answered later."""
    _requested(
        Subject.EXTENSION,
        findings,
        by,
        after=until,
        reason=reason,
        asked_by=asked_by,
        ask=ask,
        ruling=ruling,
        answer=answer,
        workspace=workspace,
        as_json=as_json,
    )


def transfer(
    findings: Findings,
    by: By,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=say("cli-transfer-to"))] = "",
    reason: Reason = "",
    asked_by: AskedBy = "",
    ask: Asked = False,
    ruling: Ruled = "",
    answer: Answered = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """To another unit: asked for and agreed to in one act, or asked for now and answered later."""
    _requested(
        Subject.TRANSFER,
        findings,
        by,
        after=to,
        reason=reason,
        asked_by=asked_by,
        ask=ask,
        ruling=ruling,
        answer=answer,
        workspace=workspace,
        as_json=as_json,
    )


def object_(
    findings: Findings,
    by: By,
    reason: Reason = "",
    asked_by: AskedBy = "",
    ruling: Ruled = "",
    answer: Answered = "",
    place: Annotated[str, typer.Option("--place", metavar="TEXT", help=say("cli-object-place"))] = "",
    description: Annotated[
        str, typer.Option("--description", metavar="TEXT", help=say("cli-object-description"))
    ] = "",
    severity: Annotated[
        str, typer.Option("--severity", metavar="SEVERITY", help=say("cli-object-severity"))
    ] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """An objection comes in, or is answered."""
    changes = {"place": place, "description": description, "severity": severity}
    _requested(
        Subject.OBJECTION,
        findings,
        by,
        after="",
        reason=reason,
        asked_by=asked_by,
        ask=not ruling,
        ruling=ruling,
        answer=answer,
        changes={name: value for name, value in changes.items() if value},
        workspace=workspace,
        as_json=as_json,
    )


def _requested(
    subject: Subject,
    findings: list[str],
    by: str,
    *,
    after: str,
    reason: str,
    asked_by: str,
    ask: bool,
    ruling: str,
    answer: str,
    workspace: Path | None,
    as_json: bool,
    changes: dict[str, Any] | None = None,
) -> None:
    """--ruling answers what waits; --ask lets it wait; neither does both at once."""
    from inspector.services import requests

    if ruling and ruling not in set(Ruling):
        raise BadInput("cli-ruling-unknown", ruling=ruling, known=" ".join(Ruling))
    asked = {"asked_by": asked_by, "reason": reason, "after": after}
    with opened(workspace) as here:
        seen, act = begin(here, findings, by, OFFICE)
        if ruling:
            requests.settle(here, seen, act, subject, Ruling(ruling), answer=answer, changes=changes)
        elif ask:
            requests.ask(here, seen, act, subject, **asked)
        else:
            requests.grant(here, seen, act, subject, **asked, answer=answer)
        print_rows(here, seen, at=act.now, as_json=as_json)
