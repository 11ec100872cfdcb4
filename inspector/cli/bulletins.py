"""bulletin draft | change | review | issue | export. Checking and issuing are those of every document of the office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inspector.cli import notices, receiving
from inspector.cli.opening import now, opened
from inspector.cli.receiving import ContactName, ContactPlace, ContactTelephone
from inspector.cli.shape import AsJson, At, Id, PassphraseFiles, command, group
from inspector.cli.show import show, tell
from inspector.model.errors import BadInput
from inspector.text import say

app = group("bulletin", say("cli-bulletin"))

TEXTS = ("opening", "praise", "asking")


class _Drafted(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    units: int
    overdue: int
    cases: int


@command(app, "draft", help=say("cli-bulletin-draft"), example=say("cli-bulletin-draft-example"))
def draft(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help=say("cli-notice-from"))],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help=say("cli-notice-to"))],
    handler: notices.Handler,
    cases: Annotated[
        list[str] | None, typer.Option("--case", metavar="FINDING", help=say("cli-bulletin-case"))
    ] = None,
    good: Annotated[
        list[str] | None, typer.Option("--good", metavar="FINDING", help=say("cli-bulletin-good"))
    ] = None,
    boards: Annotated[bool, typer.Option("--boards", help=say("cli-bulletin-boards"))] = False,
    contact: ContactName = "",
    telephone: ContactTelephone = "",
    office: ContactPlace = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The figures of a period as a draft; somebody checks it before it is issued."""
    from inspector.services import bulletins, figures, people
    from inspector.services import notices as papers

    with opened(workspace) as here:
        made = bulletins.draft(
            here,
            bulletins.Wanted(
                period=figures.Period(first=receiving.day(first), last=receiving.day(last)),
                handled_by=people.one(here, handler),
                contact=receiving.contact(contact, telephone, office),
                cases=tuple(cases) if cases else None,
                good=tuple(good) if good else None,
                boards=boards,
            ),
            now=now(),
        )
        content = papers.document(here, made)
    assert content.kind == "bulletin"
    row = _Drafted(id=made, units=len(content.units), overdue=content.total.overdue, cases=len(content.cases))
    if as_json:
        show(row)
    else:
        tell(say("cli-bulletin-drafted", **msgspec.structs.asdict(row)))


@command(app, "change", help=say("cli-bulletin-change"), example=say("cli-bulletin-change-example"))
def change(
    id: Id,
    issue_no: Annotated[
        int | None, typer.Option("--issue-no", metavar="N", help=say("cli-bulletin-no"))
    ] = None,
    texts: Annotated[
        list[str] | None, typer.Option("--text", metavar="NAME=FILE", help=say("cli-bulletin-text"))
    ] = None,
    cases: Annotated[
        list[str] | None, typer.Option("--case", metavar="FINDING", help=say("cli-bulletin-case"))
    ] = None,
    good: Annotated[
        list[str] | None, typer.Option("--good", metavar="FINDING", help=say("cli-bulletin-good"))
    ] = None,
    copied: Annotated[
        list[str] | None, typer.Option("--copied", metavar="NAME", help=say("cli-bulletin-copied"))
    ] = None,
    boards: Annotated[
        bool | None, typer.Option("--boards/--no-boards", help=say("cli-bulletin-boards"))
    ] = None,
    refigure: Annotated[bool, typer.Option("--refigure", help=say("cli-bulletin-refigure"))] = False,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A draft in a person's own words; it has to be checked again."""
    from inspector.services import bulletins

    said = {}
    for given in texts or ():
        name, _, file = given.partition("=")
        if name not in TEXTS or not file:
            raise BadInput("bulletin-text-unknown", given=given, known=" ".join(TEXTS))
        said[name] = _read(Path(file))
    edit = bulletins.Edit(
        issue_no=issue_no,
        cases=tuple(cases) if cases else None,
        good=tuple(good) if good else None,
        copied=tuple(copied) if copied else None,
        boards=boards,
        refigure=refigure,
        opening=said.get("opening"),
        praise=said.get("praise"),
        asking=said.get("asking"),
    )
    with opened(workspace) as here:
        made = bulletins.change(here, id, edit, now=now())
    row = {"id": made.entity, "issue": made.issue_no}
    if as_json:
        show(row)
    else:
        tell(say("cli-bulletin-changed", **row))


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("cli-file-missing", file=str(file)) from error


command(app, "review", help=say("cli-bulletin-review"), example=say("cli-bulletin-review-example"))(
    notices.review
)


@command(app, "issue", help=say("cli-bulletin-issue"), example=say("cli-bulletin-issue-example"))
def issue(
    by: notices.By,
    which: notices.Ids,
    prefix: Annotated[str, typer.Option("--prefix", metavar="TEXT", help=say("cli-notice-prefix"))] = "",
    on_paper: notices.OnPaperOf = "",
    on: notices.PaperDate = "",
    scan: notices.PaperScan = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Numbered and signed: only what is named, never all that was checked."""
    notices.issue(by, which, prefix, on_paper, on, scan, passphrase_file, workspace, as_json)


@command(app, "export", help=say("cli-bulletin-export"), example=say("cli-bulletin-export-example"))
def export(
    id: Id,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli-bulletin-folder"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The signed PDF, its text for word processors, its figures as workbooks."""
    from inspector.services import bulletin_files

    with opened(workspace) as here:
        files = bulletin_files.export_files(here, id, folder)
    if as_json:
        show({"files": [str(file) for file in files]})
    else:
        for file in files:
            typer.echo(str(file))
