"""check, rebuild, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector.cli.opening import made_again, named, now, opened
from inspector.cli.shape import AsJson, At, File
from inspector.cli.show import show, tell
from inspector.text import say


def check(
    deep: Annotated[bool, typer.Option("--deep", help=say("cli-check-deep"))] = False,
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """Whether everything is as it was written: 0 yes, 1 no. What is merely worth knowing goes to stderr."""
    from inspector.services import check

    with opened(workspace) as here:
        problems = check.check(here, deep=deep)
        facts = check.facts(here)
    lines = [say(one.kind, where=one.where, detail=one.detail) for one in problems]
    if as_json:
        found = [
            {"kind": one.kind, "where": one.where, "message": line}
            for one, line in zip(problems, lines, strict=True)
        ]
        show({"ok": not problems, "problems": found})
    else:
        typer.echo(say("cli-check-bad", count=len(problems)) if problems else say("cli-check-good"))
        for line in lines:
            typer.echo(line)
    for one in facts:
        tell(say(one.kind, where=one.where, detail=one.detail))
    return int(bool(problems))


def rebuild(workspace: At = None, as_json: AsJson = False) -> None:
    """Lists and states made again from the ledger."""
    from inspector.services import check

    with opened(workspace) as here:
        check.rebuild(here, report=made_again)
    if as_json:
        show({"rebuilt": True})
    else:
        tell(say("cli-rebuilt"))


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli-backup-file"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """One file that holds everything; it may be taken beside a window that is open. 1 if blobs were missing or
    damaged: the backup holds what there was."""
    from inspector.services import check

    done = check.backup(named(workspace), file, now=now())
    if as_json:
        show(done)
    else:
        tell(say("cli-backup-done", file=done.file, bytes=done.bytes, blobs=done.blobs))
        for blob in done.missing:
            tell(say("check-blob-missing", where=blob, detail=""))
        for blob in done.damaged:
            tell(say("check-blob-changed", where=blob, detail=""))
    return int(bool(done.missing or done.damaged))


def restore(
    file: File,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli-restore-folder"))],
    as_json: AsJson = False,
) -> None:
    """A workspace out of a backup; it goes on as a new device."""
    from inspector.services import check

    held = check.restore(file, folder)
    if as_json:
        show({"workspace": str(folder), "ledger": held.ledger, "made": held.made, "files": len(held.entries)})
    else:
        tell(say("cli-restored", folder=folder, made=held.made, count=len(held.entries)))
