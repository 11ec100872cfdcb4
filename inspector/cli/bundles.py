"""bundle write, bundle read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspector.cli.opening import now, opened, passphrase, passphrase_files
from inspector.cli.shape import AsJson, At, Files, PassphraseFiles, command, group
from inspector.cli.show import fail, show, tell
from inspector.cli.sync import PASSPHRASE, asked, lines_of, opening_sealed, plain, progress
from inspector.text import say

app = group("bundle", say("cli-bundle"))


@command(app, "write", help=say("cli-bundle-write"), example=say("cli-bundle-write-example"))
def write(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli-bundle-file"))],
    device: Annotated[str, typer.Option("--for", metavar="DEVICE", help=say("cli-bundle-for"))] = "",
    plain_text: Annotated[bool, typer.Option("--plain", help=say("cli-bundle-plain"))] = False,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Everything, or what a device lacks, in files that can go by any way."""
    from inspector.services import bundles, sealing, sync

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        if plain_text:
            how = sync.PLAIN
        elif PASSPHRASE in files or sealing.key(here) is None:
            how = sync.Sealing(passphrase=passphrase(PASSPHRASE, files, new=True))
        else:
            how = sync.Sealing(sealed=True)
        done = bundles.write(here, file, now=now(), device=device, how=how, report=progress)
    if as_json:
        show(done)
        return
    tell(
        say("cli-bundle-written", batches=done.batches, blobs=done.blobs, megabytes=f"{done.bytes / 1e6:.1f}")
    )
    for one in done.files:
        typer.echo(one)


@command(app, "read", help=say("cli-bundle-read"), example=say("cli-bundle-read-example"))
def read(
    files: Files,
    accept: Annotated[bool, typer.Option("--accept", help=say("cli-sync-accept"))] = False,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """Takes what is new: 0 all is well, 1 something was passed over or nobody was let in, 2 a file is no bundle."""
    from inspector.services import bundles, sync

    with opened(workspace) as here:
        done = opening_sealed(
            passphrase_files(passphrase_file),
            lambda passphrase: bundles.read(
                here,
                files,
                now=now(),
                accept=lambda strangers: accept or asked(strangers),
                how=sync.Sealing(passphrase=passphrase),
                report=progress,
            ),
        )
    if as_json:
        show({"bundles": [plain(one) for one in done]})
    status = 0
    for one in done:
        if not as_json:
            for line in lines_of(one):
                tell(line)
        if one.failure:
            status = fail(one.failure, as_json=False)
        elif one.broken or one.strangers:
            status = status or 1
    return status
