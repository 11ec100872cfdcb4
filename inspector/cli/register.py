"""register export | import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector.cli.findings import STATES, read_states
from inspector.cli.moves import By
from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, File, command, group
from inspector.cli.show import show, tell, write
from inspector.model.errors import BadInput
from inspector.text import say

app = group("register", say("cli-register"))


@command(app, "export", help=say("cli-register-export"), example=say("cli-register-export-example"))
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli-register-file"))],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=say("cli-register-unit"))],
    states: STATES = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """What a unit leads, as a workbook that it fills in."""
    from inspector.services import register

    with opened(workspace) as here:
        made = register.export(here, unit, states=read_states(states))
    write(file, made.data)
    if as_json:
        show({"file": str(file), "findings": made.findings})
    else:
        tell(say("register-written", count=len(made.findings), file=file))


@command(app, "import", help=say("cli-register-import"), example=say("cli-register-import-example"))
def take(file: File, by: By, workspace: At = None, as_json: AsJson = False) -> int:
    """Good rows come in; 2 if a row has a problem."""
    from inspector.services import moves, people, register_answers

    with opened(workspace) as here:
        act = moves.Act(by=people.one(here, by).id, now=now())
        done = register_answers.import_file(here, file, act)
    messages = [say(f"row-{one.code}", value=one.value) for one in done.errors]
    if as_json:
        errors = [
            {"cell": one.cell, "row": one.row, "code": one.code, "message": message}
            for one, message in zip(done.errors, messages, strict=True)
        ]
        show({"changed": done.changed, "unchanged": done.unchanged, "errors": errors})
    for one, message in zip(done.errors, messages, strict=True):
        tell(say("register-cell", row=one.row, cell=one.cell, message=message))
    if not as_json:
        tell(say("register-imported", changed=len(done.changed), unchanged=done.unchanged))
    if done.errors:
        tell(say("register-refused", count=len({one.row for one in done.errors})))
        return BadInput.exit_status
    return 0
