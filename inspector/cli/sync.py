"""sync."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from inspector.cli.opening import now, opened, passphrase, passphrase_files
from inspector.cli.shape import AsJson, At, PassphraseFiles
from inspector.cli.show import fail, failure, show, tell
from inspector.model.errors import InspectorError, Refused
from inspector.text import explain, say

if TYPE_CHECKING:
    from inspector.services.sync import Broken, Progress, Stranger, Synced

PASSPHRASE = "sync"
"""The name of the passphrase of sticks and bundles in --passphrase-file."""

_MB = 1_000_000
Done = TypeVar("Done")


def sync(
    remote: Annotated[str, typer.Argument(metavar="REMOTE", help=say("cli-sync-remote"))],
    accept: Annotated[bool, typer.Option("--accept", help=say("cli-sync-accept"))] = False,
    sealed: Annotated[bool, typer.Option("--sealed", help=say("cli-sync-sealed"))] = False,
    plain_text: Annotated[bool, typer.Option("--plain", help=say("cli-sync-plain"))] = False,
    eject: Annotated[bool, typer.Option("--eject", help=say("cli-sync-eject"))] = False,
    read_all: Annotated[bool, typer.Option("--read-all", help=say("cli-sync-read-all"))] = False,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """Both sides get what they lack: 0 when everything of this laptop is there, 1 if not (or not everybody was let
    in), 2 if the remote failed."""
    from inspector.services import ejecting, remotes, sync

    said = sealed or plain_text or not remotes.on_stick(remote)  # a stick is sealed unless one says no
    with opened(workspace) as here:
        done = opening_sealed(
            passphrase_files(passphrase_file),
            lambda passphrase: sync.run(
                here,
                sync.reached(here, remote),
                now=now(),
                accept=lambda strangers: accept or asked(strangers),
                how=sync.Sealing(sealed, passphrase) if said or passphrase else None,
                read_all=read_all,
                report=progress,
            ),
        )
        if eject and done.complete:
            ejecting.eject(remote)
    if as_json:
        show(plain(done) | (failure(done.failure) if done.failure else {}))
    else:
        for line in lines_of(done):
            tell(line)
    if done.failure:
        return fail(done.failure, as_json=False)
    good = (done.complete or done.read_only) and not done.broken and not done.strangers
    return 0 if good else 1


def opening_sealed(files: Mapping[str, str], call: Callable[[str], Done]) -> Done:
    """What the call does with the passphrase from its file, if there is one; where a passphrase is wanted after all,
    whoever sits at the terminal is asked. Raises what the call raises."""
    try:
        return call(files.get(PASSPHRASE, ""))
    except Refused as error:
        if error.key not in ("remote-sealed", "remote-new") or not sys.stdin.isatty():
            raise
        new = error.key == "remote-new"
    return call(passphrase(PASSPHRASE, files, new=new))


def asked(strangers: tuple[Stranger, ...]) -> bool:
    """Whether the person at the terminal lets the new devices in; where nobody can be asked, they stay out."""
    if not sys.stdin.isatty():
        return False
    labels = " ".join(one.label or one.device[:8] for one in strangers)
    question = say(
        "cli-sync-ask", count=len(strangers), records=sum(one.records for one in strangers), labels=labels
    )
    return input(question).strip().casefold() in ("y", "yes")


def lines_of(done: Synced) -> list[str]:
    """What a sync did, in sentences."""
    taken = done.taken
    lines = [say("cli-sync-taken", batches=taken.batches, records=taken.records, blobs=taken.blobs)]
    if done.put_files:
        lines.append(say("cli-sync-put", files=done.put_files, megabytes=f"{done.put_bytes / _MB:.1f}"))
    lines += [
        say(
            "cli-sync-stranger",
            device=one.device[:8],
            label=one.label,
            batches=one.batches,
            records=one.records,
        )
        for one in done.strangers
    ]
    lines += [say("cli-sync-broken", where=one.where, file=one.file, why=why(one)) for one in done.broken]
    if done.mended:
        lines.append(say("cli-sync-mended", count=done.mended))
    if done.missing:
        lines.append(say("cli-sync-missing", count=done.missing, where=done.place))
    if done.read_only:
        lines.append(say("cli-sync-read-only", where=done.place))
    elif done.complete:
        lines.append(say("cli-sync-complete", where=done.place))
    elif done.stopped:
        lines.append(say("cli-sync-stopped"))
    else:
        lines.append(say("cli-sync-incomplete"))
    return lines


def why(one: Broken) -> str:
    """What is wrong with a file, in a sentence."""
    return explain(InspectorError(one.why, **one.values))[0]


def plain(done: Synced) -> dict[str, object]:
    """What a sync did, as the object of --json."""
    return {
        "remote": done.place,
        "complete": done.complete,
        "read_only": done.read_only,
        "taken": {"batches": done.taken.batches, "records": done.taken.records, "blobs": done.taken.blobs},
        "put": {"files": done.put_files, "bytes": done.put_bytes},
        "missing": done.missing,
        "mended": done.mended,
        "strangers": done.strangers,
        "broken": [{"where": one.where, "file": one.file, "message": why(one)} for one in done.broken],
    }


def progress(how_far: Progress) -> None:
    """How far it is, on one line of a terminal."""
    if not sys.stderr.isatty():
        return
    left = how_far.seconds_left
    step = say("cli-sync-progress-take" if how_far.step == "take" else "cli-sync-progress-put")
    line = say(
        "cli-sync-progress",
        step=step,
        files=how_far.files,
        files_total=how_far.files_total,
        done=f"{how_far.bytes / _MB:.0f}",
        total=f"{how_far.bytes_total / _MB:.0f}",
        left=say("cli-sync-left", seconds=round(left)) if left is not None else "",
    )
    ended = how_far.files >= how_far.files_total
    print(f"\r{line}", end="\n" if ended else "", file=sys.stderr, flush=True)
