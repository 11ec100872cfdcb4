"""lookback | held | case export | case dossier: closed findings looked at again, and what goes to the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector.cli.findings import print_rows
from inspector.cli.moves import By, Findings, Photos, begin, taken
from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, command, group
from inspector.cli.show import show, tell
from inspector.model.errors import BadInput
from inspector.text import say

case = group("case", say("cli-case"))


def lookback(
    seed: Annotated[int, typer.Option("--seed", metavar="N", help=say("cli-lookback-seed"))],
    by: By,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help=say("cli-lookback-count"))] = 10,
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=say("cli-finding-unit"))] = "",
    street: Annotated[str, typer.Option("--street", metavar="NAME", help=say("cli-finding-street"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Closed findings to look at again, drawn by a recorded seed."""
    from inspector.services import lookbacks, moves, people

    at = now()
    with opened(workspace) as here:
        act = moves.Act(by=people.one(here, by).id, now=at)
        draw = lookbacks.draw(here, act, seed=seed, count=count, unit=unit, street=street)
        if as_json:
            show({"lookback": draw})
            return
        print_rows(here, moves.look(here, draw.findings), at=at, as_json=False)
    tell(say("lookback-drawn", count=len(draw.findings), among=draw.among, seed=draw.seed))


def held(
    findings: Findings,
    by: By,
    photos: Photos = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=say("cli-move-note"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Looked at again and still in order."""
    from inspector.services import lookbacks

    with opened(workspace) as here:
        seen, act = begin(here, findings, by)
        lookbacks.held(here, seen, act, shots=taken(here, photos), note=note)
        print_rows(here, seen, at=act.now, as_json=as_json)


@command(case, "export", help=say("cli-case-export"), example=say("cli-case-export-example"))
def export(
    where: Annotated[list[str], typer.Argument(metavar="DIR", help=say("cli-case-where"))],
    year: Annotated[int | None, typer.Option("--year", metavar="Y", help=say("cli-case-year"))] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=say("cli-case-unit"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """FINDING DIR, SITE DIR, or --year Y DIR: all documents and photos in order."""
    from inspector.services import case_file

    *which, folder = where
    if len(which) != (0 if year is not None else 1):
        raise BadInput("cli-case-which")
    with opened(workspace) as here:
        if year is not None:
            done = case_file.of_year(here, year, Path(folder), unit=unit)
        else:
            try:
                done = case_file.of_findings(here, which, Path(folder))
            except BadInput as error:
                if error.key != "finding-unknown":
                    raise
                done = case_file.of_site(here, which[0], Path(folder))
    if as_json:
        show({"folder": str(done.folder), "pieces": done.pieces, "missing": done.missing})
    else:
        tell(say("case-written", count=len(done.pieces), folder=done.folder, missing=done.missing))


@command(case, "dossier", help=say("cli-case-dossier"), example=say("cli-case-dossier-example"))
def dossier(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=say("cli-case-unit"))],
    year: Annotated[int, typer.Argument(metavar="YEAR", help=say("cli-case-year"))],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli-case-where"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A unit's year: its figures by month and the case behind them, in a folder of its own below DIR."""
    from inspector.services import dossiers

    with opened(workspace) as here:
        done = dossiers.of_unit(here, unit, year, folder, now=now())
    if as_json:
        show(
            {
                "folder": str(done.folder),
                "figures": str(done.figures),
                "pieces": done.case.pieces if done.case else (),
                "missing": done.case.missing if done.case else 0,
            }
        )
    else:
        count = len(done.case.pieces) if done.case else 0
        missing = done.case.missing if done.case else 0
        tell(say("case-written", count=count, folder=done.folder, missing=missing))
