"""told | limit | close | fail | rectify | duplicate | withdraw | reopen | attach: steps in the lives of findings that
need no paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from inspector.cli import receiving
from inspector.cli.findings import print_rows
from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, optional_file, optional_files
from inspector.cli.show import listing, show, tell
from inspector.model.deed import Deed, Said
from inspector.model.errors import BadInput
from inspector.model.finding import Role
from inspector.model.request import Report
from inspector.text import explain, say

if TYPE_CHECKING:
    from inspector.services.deeds import Preview
    from inspector.services.moves import Act, Seen
    from inspector.services.workspaces import Workspace

Findings = Annotated[list[str], typer.Argument(metavar="FINDING", help=say("cli-findings-id"))]
By = Annotated[str, typer.Option("--by", metavar="NAME", help=say("cli-move-by"))]
InRole = Annotated[str, typer.Option("--role", metavar="ROLE", help=say("cli-move-role"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("cli-move-reason"))]
Photos = Annotated[list[Path] | None, optional_files("--photo", say("cli-move-photo"))]
NewLimit = Annotated[str, typer.Option("--limit", metavar="LIMIT", help=say("cli-limit-new"))]
OFFICE = Role.OFFICE.value


def told(
    findings: Findings,
    by: By,
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help=say("cli-told-to"))],
    way: Annotated[str, typer.Option("--way", metavar="TEXT", help=say("cli-told-way"))],
    at: Annotated[str, typer.Option("--at", metavar="ISO", help=say("cli-told-at"))] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-move-note"))] = "",
    role: InRole = OFFICE,
    preview: Annotated[bool, typer.Option("--preview", help=say("cli-preview"))] = False,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Handed over by telephone or in a group; with --preview only what that would do."""
    from inspector.services import deeds, moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, role)
        if preview:
            said = Said(to=to, way=way, at=_instant(at).isoformat() if at else "", reason=note)
            print_preview(deeds.preview(here, seen, Deed.TELL, act, said), as_json=as_json)
            return
        moves.hand_over(here, seen, act, to=to, way=way, at=_instant(at) if at else act.now, note=note)
        print_rows(here, seen, at=act.now, as_json=as_json)


def limit(findings: Findings, by: By, limit: NewLimit, workspace: At = None, as_json: AsJson = False) -> None:
    """Another time limit, for those to be put right at once that were not."""
    from inspector.services import moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, OFFICE)
        moves.new_limit(here, seen, act, limit=receiving.limit(limit))
        print_rows(here, seen, at=act.now, as_json=as_json)


def close(
    findings: Findings,
    by: By,
    photos: Photos = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-move-note"))] = "",
    role: InRole = OFFICE,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Seen to be put right, without a 复查意见书."""
    _judged(findings, by, role, photos, note, workspace, passed=True, as_json=as_json)


def fail(
    findings: Findings,
    by: By,
    photos: Photos = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-move-note"))] = "",
    limit: receiving.Limit = "",
    role: InRole = OFFICE,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Seen not to be put right, without a 复查意见书."""
    _judged(findings, by, role, photos, note, workspace, passed=False, limit=limit, as_json=as_json)


def _judged(
    findings: list[str],
    by: str,
    role: str,
    photos: list[Path] | None,
    note: str,
    workspace: Path | None,
    *,
    passed: bool,
    as_json: bool,
    limit: str = "",
) -> None:
    from inspector.services import moves

    with opened(workspace) as here:
        seen, act = begin(here, findings, by, role)
        moves.judge(
            here,
            seen,
            act,
            passed=passed,
            shots=taken(here, photos),
            note=note,
            limit=receiving.limit(limit) if limit else None,
        )
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


class _Ahead(msgspec.Struct, frozen=True, kw_only=True):
    unit: str
    findings: int


def print_preview(ahead: Preview, *, as_json: bool) -> None:
    """What an act on several findings would do, by lead unit; and what it would not."""
    rows = [_Ahead(unit=group.label, findings=group.count) for group in ahead.groups]
    if as_json:
        refused = {one: {"key": error.key, **error.values} for one, error in ahead.refused.items()}
        show({"preview": rows, "refused": refused})
        return
    listing("preview", rows, as_json=False)
    for error in ahead.refused.values():
        tell(explain(error)[0])
    tell(say("cli-previewed", ready=len(ahead.ready), refused=len(ahead.refused)))


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
