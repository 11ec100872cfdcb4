"""init, demo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import named, passphrase_files
from inspector.cli.opening import now as this_moment
from inspector.cli.shape import AsJson, At, PassphraseFiles
from inspector.cli.show import show, tell, write
from inspector.cli.sync import opening_sealed
from inspector.model.errors import BadInput, Refused
from inspector.text import say


class _Sheet(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    site: str
    kind: str
    file: str


def init(
    ledger: Annotated[str, typer.Option("--ledger", metavar="CODE", help=say("cli-init-ledger"))] = "",
    bundle: Annotated[
        list[Path] | None, typer.Option("--from", metavar="BUNDLE", help=say("cli-init-from"))
    ] = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A new workspace: an empty one, or with what an office's bundle holds. Without --ledger or --from its ledger can
    never be joined with another."""
    from inspector.services import bundles, sync, workspaces

    folder = named(workspace)
    if bundle:
        begun = opening_sealed(
            passphrase_files(passphrase_file),
            lambda passphrase: bundles.begin(
                folder, bundle, now=this_moment(), how=sync.Sealing(passphrase=passphrase)
            ),
        )
        with begun as here:
            ledger = here.ledger
        made = {"workspace": str(here.path), "ledger": ledger}
        if as_json:
            show(made)
        else:
            tell(say("cli-init-done", **made))
        return
    try:
        here = workspaces.create(folder, ledger=ledger)
    except Refused as error:
        if error.key != "workspace-exists" or not ledger:
            raise
        here = workspaces.opened(folder)
        with here:
            workspaces.name_ledger(here, ledger)
    with here:
        made = {"workspace": str(here.path), "ledger": here.ledger}
    if as_json:
        show(made)
    else:
        tell(say("cli-init-done" if ledger else "cli-init-local", **made))


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli-demo-folder"))],
    photos: Annotated[
        Path | None, typer.Option("--photos", metavar="DIR", help=say("cli-demo-photos"))
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help=say("cli-demo-seed"))] = None,
    now: Annotated[str, typer.Option("--now", metavar="ISO", help=say("cli-demo-now"))] = "",
    no_gui: Annotated[bool, typer.Option("--no-gui", help=say("cli-demo-no-gui"))] = False,
    as_json: AsJson = False,
) -> int:
    """The worked example in DIR, its sheets as PDF files in DIR/sheets; then the window, where there can be one."""
    import subprocess

    from inspector import display
    from inspector.services import demo

    if photos is not None and not photos.is_dir():
        raise BadInput("cli-folder-missing", folder=str(photos))
    made = demo.build(
        folder, now=_moment(now) if now else this_moment(), photos=photos, seed=seed, report=_count_up
    )
    sheets = _written_out(made.path)
    judged = _one_of_each_kind(sheets) if made.new else []
    refused = _refused(judged) if judged else []
    if as_json:
        show({"workspace": str(made.path), "passphrase": made.passphrase, "sheets": sheets})
    else:
        tell(say("cli-demo-done", path=made.path, count=len(sheets), passphrase=made.passphrase))
        for one in sheets:
            typer.echo(one.file)
        if judged and not refused:
            tell(say("cli-demo-verified", count=len(judged)))
    if refused:
        tell(say("cli-demo-refused", files=" ".join(refused)))
        return 1
    if no_gui or as_json or display.missing():
        return 0
    return subprocess.call([sys.executable, "-m", "inspector", "--workspace", str(made.path)])


def _refused(judged: Sequence[_Sheet]) -> list[str]:
    from inspector.services import verification

    return [one.file for one in judged if not verification.verify_file(Path(one.file)).accepted]


def _one_of_each_kind(sheets: Sequence[_Sheet]) -> Sequence[_Sheet]:
    """To verify all of them takes half a minute; anybody can, with `inspector verify`."""
    return list({one.kind: one for one in sheets}.values())


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("time-invalid", text=text) from error
    if moment.tzinfo is None:
        raise BadInput("time-without-offset", text=text)
    return moment


def _count_up(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _written_out(path: Path) -> list[_Sheet]:
    """The example's sheets under names that people read; those that lie there already stay."""
    from inspector.model.file_name import sheet_file
    from inspector.services import inspections, workspaces

    folder = path / "sheets"
    written = []
    with workspaces.opened(path) as here:
        for row in inspections.every(here):
            content = inspections.document(here, row.id)
            file = folder / sheet_file(content, called=say("sheet-file"))
            if not file.exists():
                folder.mkdir(exist_ok=True)
                write(file, inspections.pdf(here, row.id))
            written.append(
                _Sheet(number=row.number, site=content.site.name, kind=content.site.kind, file=str(file))
            )
    return written
