"""The command line: from arguments to an exit status. 0 done, 1 the answer is no, 2 it cannot be done, 3 a fault
of ours, 130 stopped from the keyboard."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer._click import exceptions as wrong
from typer.main import get_command

from inspector import __version__
from inspector.cli import (
    archive,
    audit,
    bulletins,
    bundles,
    calendars,
    conflicts,
    desk,
    devices,
    drafts,
    editions,
    findings,
    forms,
    handing,
    inspections,
    moves,
    notices,
    numbers,
    office,
    people,
    register,
    requests,
    sites,
    start,
    sync,
    units,
    upkeep,
    verify,
)
from inspector.cli.opening import log_fault
from inspector.cli.shape import WORKSPACE, command, group
from inspector.cli.show import fail, tell, to_unicode
from inspector.model.errors import BadInput, InspectorError
from inspector.text import say

FAULT = 3

app = group("inspector", say("cli-inspector"))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"inspector {__version__}")
        raise typer.Exit


@app.callback()
def _everywhere(
    context: typer.Context,
    workspace: Annotated[Path | None, WORKSPACE] = None,
    _shown: Annotated[
        bool, typer.Option("--version", help=say("cli-version"), callback=_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = workspace


command(app, "init", help=say("cli-init"), example=say("cli-init-example"))(start.init)
command(app, "demo", help=say("cli-demo"), example=say("cli-demo-example"))(start.demo)
app.add_typer(forms.app)
app.add_typer(units.app)
app.add_typer(sites.app)
app.add_typer(people.app)
app.add_typer(inspections.app)
command(app, "sheet", help=say("cli-sheet"), example=say("cli-sheet-example"))(inspections.sheet)
command(app, "verify", help=say("cli-verify"), example=say("cli-verify-example"))(verify.verify)
app.add_typer(findings.app)
command(app, "handover", help=say("cli-handover"), example=say("cli-handover-example"))(handing.handover)
app.add_typer(notices.app)
command(app, "told", help=say("cli-told"), example=say("cli-told-example"))(moves.told)
command(app, "limit", help=say("cli-limit-set"), example=say("cli-limit-set-example"))(moves.limit)
command(app, "close", help=say("cli-close"), example=say("cli-close-example"))(moves.close)
command(app, "fail", help=say("cli-fail"), example=say("cli-fail-example"))(moves.fail)
command(app, "rectify", help=say("cli-rectify"), example=say("cli-rectify-example"))(moves.rectify)
command(app, "extend", help=say("cli-extend"), example=say("cli-extend-example"))(requests.extend)
command(app, "transfer", help=say("cli-transfer"), example=say("cli-transfer-example"))(requests.transfer)
command(app, "object", help=say("cli-object"), example=say("cli-object-example"))(requests.object_)
command(app, "duplicate", help=say("cli-duplicate"), example=say("cli-duplicate-example"))(moves.duplicate)
command(app, "withdraw", help=say("cli-withdraw"), example=say("cli-withdraw-example"))(moves.withdraw)
command(app, "reopen", help=say("cli-reopen"), example=say("cli-reopen-example"))(moves.reopen)
command(app, "attach", help=say("cli-attach"), example=say("cli-attach-example"))(moves.attach)
app.add_typer(register.app)
command(app, "lookback", help=say("cli-lookback"), example=say("cli-lookback-example"))(archive.lookback)
command(app, "held", help=say("cli-held"), example=say("cli-held-example"))(archive.held)
app.add_typer(archive.case)
command(app, "reinspect", help=say("cli-reinspect"), example=say("cli-reinspect-example"))(handing.reinspect)
app.add_typer(numbers.app)
app.add_typer(calendars.app)
command(app, "sync", help=say("cli-sync"), example=say("cli-sync-example"))(sync.sync)
app.add_typer(bundles.app)
command(forms.app, "publish", help=say("cli-form-publish"), example=say("cli-form-publish-example"))(
    editions.publish
)
command(forms.app, "offered", help=say("cli-form-offered"), example=say("cli-form-offered-example"))(
    editions.offered
)
command(forms.app, "adopt", help=say("cli-form-adopt"), example=say("cli-form-adopt-example"))(editions.adopt)
command(forms.app, "decline", help=say("cli-form-decline"), example=say("cli-form-decline-example"))(
    editions.decline
)
app.add_typer(drafts.app)
app.add_typer(devices.app)
app.add_typer(conflicts.app)
command(app, "join", help=say("cli-join"), example=say("cli-join-example"))(conflicts.join)
app.add_typer(office.app)
command(app, "coverage", help=say("cli-coverage"), example=say("cli-coverage-example"))(desk.coverage)
command(app, "figures", help=say("cli-figures"), example=say("cli-figures-example"))(desk.figures)
command(app, "ranking", help=say("cli-ranking"), example=say("cli-ranking-example"))(desk.ranking)
app.add_typer(desk.settings)
app.add_typer(bulletins.app)
command(app, "audit", help=say("cli-audit"), example=say("cli-audit-example"))(audit.audit)
command(app, "check", help=say("cli-check"), example=say("cli-check-example"))(upkeep.check)
command(app, "rebuild", help=say("cli-rebuild"), example=say("cli-rebuild-example"))(upkeep.rebuild)
command(app, "backup", help=say("cli-backup"), example=say("cli-backup-example"))(upkeep.backup)
command(app, "restore", help=say("cli-restore"), example=say("cli-restore-example"))(upkeep.restore)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    to_unicode()
    try:
        return _run(given, as_json=as_json)
    except Exception as error:  # noqa: BLE001 (the program ends here)
        return fail(Fault("cli-fault", kind=type(error).__name__, log=log_fault()), as_json=as_json)


def _run(given: list[str], *, as_json: bool) -> int:
    try:
        status = get_command(app).main(args=given, prog_name="inspector", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except InspectorError as error:
        return fail(error, as_json=as_json)
    except wrong.NoArgsIsHelpError as error:
        tell(error.ctx.get_help())
        return fail(BadInput("cli-command-missing", group=error.ctx.command_path), as_json=as_json)
    except wrong.UsageError as error:
        return fail(_told(error), as_json=as_json)
    except SystemExit:  # Typer's only one: whoever read our output has gone (`| head`), which is no answer
        return 0
    except typer.Abort:
        return fail(BadInput("cli-aborted"), as_json=as_json)


class Fault(InspectorError):
    """A fault of ours, as it is told: the log has its traceback."""

    exit_status = FAULT


def _told(error: wrong.UsageError) -> BadInput:
    """Wrong use of the command line, in the catalogue's words."""
    where = error.ctx.command_path if error.ctx else "inspector"
    if isinstance(error, wrong.NoSuchOption):
        near = say("did-you-mean", near=min(error.possibilities)) if error.possibilities else ""
        return BadInput("cli-option-unknown", option=error.option_name, near=near, command=where)
    if isinstance(error, wrong.MissingParameter):
        return BadInput("cli-argument-missing", argument=_named(error), command=where)
    if isinstance(error, wrong.BadParameter):
        return BadInput("cli-argument-invalid", argument=_named(error), command=where)
    if isinstance(error, wrong.BadOptionUsage):
        return BadInput("cli-option-misused", option=error.option_name, command=where)
    return BadInput("cli-arguments-too-many", command=where)


def _named(error: wrong.BadParameter) -> str:
    """The parameter, as it is written: --state, FILE."""
    param = error.param
    if param is None:
        return ""
    return param.metavar or "" if param.param_type_name == "argument" else " ".join(param.opts)
