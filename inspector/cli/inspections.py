"""inspection list | show | schema | import | sign, and sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened, passphrase, passphrase_files
from inspector.cli.shape import AsJson, At, File, Id, ListFile, PassphraseFiles, command, group
from inspector.cli.show import listing, problem_line, show, table, tell, to_file, write
from inspector.model.errors import InspectorError
from inspector.model.words import Category, word
from inspector.text import say, word_of

if TYPE_CHECKING:
    from inspector.model.inspection_json import Written
    from inspector.services.people import Unlocked
    from inspector.services.signing import Progress
    from inspector.services.workspaces import Workspace

app = group("inspection", say("cli-inspection"))

Names = Annotated[list[str], typer.Argument(metavar="NAME", help=say("cli-signers"))]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: str
    site: str
    category: Category
    score: float | None
    document: str


class _Draft(msgspec.Struct, frozen=True, kw_only=True):
    draft: str
    site: str
    category: Category
    signing: bool


class _Missing(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    where: str
    message: str


class _Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Where an inspection stands after `import` or `sign`: empty until it is so far."""

    draft: str = ""
    inspection: str = ""
    number: str
    document: str = ""
    signed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    missing: tuple[_Missing, ...] = ()


@command(app, "list", help=say("cli-inspection-list"), example=say("cli-inspection-list-example"))
def every(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """Signed inspections, the latest visit first, and the drafts that are open; the file gets the signed ones."""
    from inspector.services import findings, inspections, today

    with opened(workspace) as here:
        signed = [
            _Row(
                id=one.id,
                number=one.number,
                site=one.site,
                category=Category(one.category),
                score=None if one.score is None else one.score / 10,
                document=one.sheet,
            )
            for one in inspections.every(here)
        ]
        drafts = [
            _Draft(draft=one.draft, site=one.site.id, category=Category(one.category), signing=one.signing)
            for one in today.today(here, now=now()).drafts
        ]
        called = findings.names(here)
    if as_json:
        to_file(signed, out, called=called)
        show({"inspections": signed, "drafts": drafts})
        return
    listing("inspections", signed, as_json=False, called=called, file=out)
    if drafts:
        typer.echo("")
        listing("drafts", drafts, as_json=False, called=called)


@command(app, "show", help=say("cli-inspection-show"), example=say("cli-inspection-show-example"))
def one(id: Id, workspace: At = None, as_json: AsJson = False) -> None:
    """A draft or a signed inspection; with --json the object that `inspection import` takes."""
    from inspector.services import written

    with opened(workspace) as here:
        said = written.show(here, id)
    if as_json:
        show(said)
    else:
        typer.echo("\n".join(_summary(said)))


@command(app, "schema", help=say("cli-inspection-schema"), example=say("cli-inspection-schema-example"))
def schema() -> None:
    """The JSON Schema of what `inspection import` takes."""
    from inspector.model import inspection_json

    show(inspection_json.schema())


@command(app, "import", help=say("cli-inspection-import"), example=say("cli-inspection-import-example"))
def take(
    file: File,
    signers: Annotated[
        list[str] | None, typer.Option("--sign", metavar="NAME", help=say("cli-inspection-sign-now"))
    ] = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A draft of what the file says; with --sign it is signed at once, or nothing is kept of it."""
    from inspector.services import drafts, preparing, written

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        keys = _unlocked(here, signers or (), files)
        draft = written.import_file(here, file, now=now())
        if keys:
            try:
                outcome = _signed(here, draft, keys)
            except InspectorError:
                drafts.discard(here, draft)
                raise
        else:
            prepared = preparing.prepare(here, draft, now=now())
            outcome = _Outcome(
                draft=draft,
                number=prepared.content.number,
                missing=tuple(
                    _Missing(key=one.key, where=one.where, message=problem_line(one))
                    for one in (*prepared.missing, *prepared.counterpart)
                ),
            )
    _report(outcome, as_json=as_json)


@command(app, "sign", help=say("cli-inspection-sign"), example=say("cli-inspection-sign-example"))
def sign(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("cli-draft-id"))],
    names: Names,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Adds signatures to a draft; with the last one it becomes a sheet that never changes."""
    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        outcome = _signed(here, id, _unlocked(here, names, files))
    _report(outcome, as_json=as_json)


def sheet(
    id: Id,
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.pdf", help=say("cli-sheet-output"))],
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help=say("cli-sheet-number"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Writes the signed PDF out, byte for byte as it was signed."""
    from inspector.services import inspections

    with opened(workspace) as here:
        content = inspections.document(here, id, number=number)
        pdf = inspections.pdf(here, id, number=number)
    write(out, pdf)
    if as_json:
        show(
            {"file": str(out), "inspection": content.inspection, "number": content.number, "bytes": len(pdf)}
        )
    else:
        tell(say("cli-sheet-written", number=content.number, file=out))


def _unlocked(here: Workspace, names: Sequence[str], files: Mapping[str, str]) -> list[Unlocked]:
    """The keys of `names`, each opened with its passphrase before anything is written."""
    from inspector.services import people

    return [
        people.unlock(here, people.one(here, name).id, passphrase(name, files))
        for name in dict.fromkeys(names)
    ]


def _signed(here: Workspace, draft: str, keys: Sequence[Unlocked]) -> _Outcome:
    from inspector.services import inspections, preparing, signing

    progress: Progress = signing.sign_draft(here, draft, keys, now=now())
    if not progress.complete:
        number = preparing.prepare(here, draft, now=now()).content.number
        return _Outcome(draft=draft, number=number, signed=progress.signed, waiting=progress.waiting)
    content = inspections.document(here, progress.inspection)
    return _Outcome(
        inspection=content.inspection, number=content.number, document=progress.pdf, signed=progress.signed
    )


def _report(outcome: _Outcome, *, as_json: bool) -> None:
    if as_json:
        show(outcome)
    elif outcome.document:
        tell(say("cli-inspection-signed", number=outcome.number, inspection=outcome.inspection))
    elif outcome.signed:
        tell(say("cli-inspection-waiting", draft=outcome.draft, count=len(outcome.waiting)))
    else:
        tell(say("cli-inspection-imported", draft=outcome.draft, number=outcome.number))
        for one in outcome.missing:
            tell(f"  {one.message}")


def _summary(said: Written) -> Sequence[str]:
    """A draft or inspection in a few lines."""
    facts = [
        ("site", said.site),
        ("form", said.form),
        ("category", word(said.category)),
        ("team", said.team.name),
        ("begin", said.begin),
        ("end", said.end),
        ("answers", str(len(said.answers))),
        ("counterpart", word_of(said.counterpart.choice) if said.counterpart else ""),
    ]
    found = (
        say("cli-finding-line", item=one.item, place=one.place, description=one.description)
        for one in said.findings
    )
    return [*table([[say(f"cli-column-{name}"), text] for name, text in facts]), *found]
