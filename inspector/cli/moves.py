"""told | rectify | extend | transfer | object | duplicate | withdraw | reopen | attach: steps in the lives of findings
that need no paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inspector.cli.findings import print_rows
from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, optional_file, optional_files
from inspector.model.errors import BadInput
from inspector.model.finding import Role
from inspector.model.request import Report, Ruling, Subject
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.moves import Act, Seen
    from inspector.services.workspaces import Workspace

Findings = Annotated[list[str], typer.Argument(metavar="FINDING", help=say("cli-findings-id"))]
By = Annotated[str, typer.Option("--by", metavar="NAME", help=say("cli-move-by"))]
InRole = Annotated[str, typer.Option("--role", metavar="ROLE", help=say("cli-move-role"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("cli-move-reason"))]
Photos = Annotated[list[Path] | None, optional_files("--photo", say("cli-move-photo"))]
AskedBy = Annotated[str, typer.Option("--asked-by", metavar="TEXT", help=say("cli-move-asked-by"))]
Asked = Annotated[bool, typer.Option("--ask", help=say("cli-move-ask"))]
Ruled = Annotated[str, typer.Option("--ruling", metavar="RULING", help=say("cli-move-ruling"))]
Answered = Annotated[str, typer.Option("--answer", metavar="TEXT", help=say("cli-move-answer"))]
OFFICE = Role.OFFICE.value


def told(
    findings: Findings,
    by: By,
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help=say("cli-told-to"))],
    way: Annotated[str, typer.Option("--way", metavar="TEXT", help=say("cli-told-way"))],
    at: Annotated[str, typer.Option("--at", metavar="ISO", help=say("cli-told-at"))] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-move-note"))] = "",
    role: InRole = OFFICE,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Handed over by telephone or in a group."""
    from inspector.services import moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, role)
        moves.hand_over(here, seen, act, to=to, way=way, at=_instant(at) if at else act.now, note=note)
        print_rows(here, seen, at=act.now, as_json=as_json)


def rectify(
    findings: Findings,
    by: By,
    measures: Annotated[
        str, typer.Option("--measures", metavar="TEXT", help=say("cli-rectify-measures"))
    ] = "",
    person: Annotated[str, typer.Option("--person", metavar="TEXT", help=say("cli-rectify-person"))] = "",
    finished: Annotated[
        str, typer.Option("--finished", metavar="DATE", help=say("cli-rectify-finished"))
    ] = "",
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help=say("cli-rectify-source"))] = "",
    letter: Annotated[str, typer.Option("--letter", metavar="TEXT", help=say("cli-rectify-letter"))] = "",
    photos: Photos = None,
    role: InRole = OFFICE,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """What the unit says that it did."""
    from inspector.services import moves

    said = Report(measures=measures, person=person, finished=finished, source=source)
    with opened(workspace) as here:
        seen, act = begin(here, findings, by, role)
        moves.report(here, seen, act, said=said, shots=taken(here, photos), document=letter)
        print_rows(here, seen, at=act.now, as_json=as_json)


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


def duplicate(
    findings: Findings,
    by: By,
    of: Annotated[str, typer.Option("--of", metavar="FINDING", help=say("cli-duplicate-of"))],
    reason: Reason,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Withdrawn, since another finding says the same."""
    from inspector.services import moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, OFFICE)
        moves.duplicate(here, seen, act, of=of, reason=reason)
        print_rows(here, seen, at=act.now, as_json=as_json)


def withdraw(
    findings: Findings, by: By, reason: Reason, workspace: At = None, as_json: AsJson = False
) -> None:
    """There was no such finding."""
    from inspector.services import moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, OFFICE)
        moves.withdraw(here, seen, act, reason=reason)
        print_rows(here, seen, at=act.now, as_json=as_json)


def reopen(
    findings: Findings,
    by: By,
    reason: Reason = "",
    photos: Photos = None,
    role: InRole = OFFICE,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """It is back after it was closed."""
    from inspector.services import moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, role)
        moves.reopen(here, seen, act, reason=reason, shots=taken(here, photos))
        print_rows(here, seen, at=act.now, as_json=as_json)


def attach(
    findings: Findings,
    by: By,
    scan: Annotated[Path, optional_file("--scan", say("cli-attach-scan"))],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-move-note"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A scan belongs to these findings."""
    from inspector.services import moves, scans

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, OFFICE)
        kept = scans.keep(here, scan)
        moves.attach(here, seen, act, scan=(kept.sha256, kept.bytes), name=scan.name, note=note)
        print_rows(here, seen, at=act.now, as_json=as_json)


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


def begin(here: Workspace, which: list[str], by: str, role: str = OFFICE) -> tuple[tuple[Seen, ...], Act]:
    """The findings as they stand now, and who acts."""
    from inspector.services import moves, people

    if role not in set(Role):
        raise BadInput("cli-role-unknown", role=role, known=" ".join(Role))
    act = moves.Act(by=people.one(here, by).id, now=now(), role=Role(role))
    return moves.look(here, which), act


def taken(here: Workspace, files: list[Path] | None) -> list[str]:
    """The originals of these photos, on the disk."""
    from inspector.services import photos

    return [photos.take_file(here, file).sha256 for file in files or ()]


def _instant(text: str) -> datetime:
    """A time that was given, with this machine's offset where it has none. Raises BadInput `time-invalid`."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise BadInput("time-invalid", text=text) from error
