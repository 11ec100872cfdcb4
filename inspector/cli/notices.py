"""notice draft | review | issue | serve | press | void | list | export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from inspector.cli import receiving
from inspector.cli.opening import now, opened, passphrase_files
from inspector.cli.receiving import ContactName, ContactPlace, ContactTelephone, Limit
from inspector.cli.shape import (
    AsJson,
    At,
    File,
    Files,
    ListFile,
    PassphraseFiles,
    command,
    group,
    optional_file,
)
from inspector.cli.show import listing, show, tell
from inspector.model.errors import BadInput
from inspector.model.paper import Kind, Standing
from inspector.text import say

if TYPE_CHECKING:
    from inspector.model.document_text import DocumentText
    from inspector.services.drafting import Plan
    from inspector.services.notices import OnPaper
    from inspector.services.notices import Row as Listed
    from inspector.services.workspaces import Workspace

app = group("notice", say("cli-notice"))

Ids = Annotated[list[str], typer.Argument(metavar="ID", help=say("cli-notice-id"))]
By = Annotated[str, typer.Option("--by", metavar="NAME", help=say("cli-notice-by"))]
Handler = Annotated[str, typer.Option("--handler", metavar="NAME", help=say("cli-notice-handler"))]
OnPaperOf = Annotated[str, typer.Option("--on-paper", metavar="NAME", help=say("cli-notice-on-paper"))]
PaperDate = Annotated[str, typer.Option("--on", metavar="DATE", help=say("cli-notice-on"))]
PaperScan = Annotated[Path | None, optional_file("--scan", say("cli-notice-scan"))]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: Kind
    number: str
    to: str
    standing: Standing
    findings: int
    served: str
    void: str


class _Planned(msgspec.Struct, frozen=True, kw_only=True):
    to: str
    findings: int
    places: tuple[str, ...]


@command(app, "draft", help=say("cli-notice-draft"), example=say("cli-notice-draft-example"))
def draft(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help=say("cli-notice-from"))],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help=say("cli-notice-to"))],
    handler: Handler,
    per: Annotated[str, typer.Option("--by", metavar="WHAT", help=say("cli-notice-per"))] = "unit",
    limit: Limit = "",
    contact: ContactName = "",
    telephone: ContactTelephone = "",
    office: ContactPlace = "",
    preview: Annotated[bool, typer.Option("--preview", help=say("cli-notice-preview"))] = False,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Drafts of all that was found and is in no notice yet; with --preview only what they would be."""
    from inspector.services import drafting, people

    if per not in set(drafting.By):
        raise BadInput("cli-per-unknown", given=per, known=" ".join(drafting.By))
    with opened(workspace) as here:
        planned = drafting.plan(
            here,
            first=receiving.day(first),
            last=receiving.day(last),
            by=drafting.By(per),
            handled_by=people.one(here, handler),
            contact=receiving.contact(contact, telephone, office),
            limit=receiving.limit(limit) if limit else None,
            now=now(),
        )
        made = () if preview else drafting.draft(here, planned, now=now())
        rows = _rows(here, made)
    if preview:
        _previewed(planned, as_json=as_json)
    else:
        listing("notices", rows, as_json=as_json)


def _previewed(planned: Plan, *, as_json: bool) -> None:
    rows = [
        _Planned(
            to=one.to.name,
            findings=len(one.rows),
            places=tuple(f"{row.site.name} {row.place}" for row in one.rows),
        )
        for one in planned.notices
    ]
    if as_json:
        show({"notices": rows, "left": planned.left, "at_once": planned.at_once})
        return
    listing("notices", rows, as_json=False)
    found = sum(row.findings for row in rows)
    tell(say("cli-notice-planned", notices=len(rows), findings=found, left=len(planned.left)))
    if planned.at_once:
        tell(say("cli-notice-at-once", count=len(planned.at_once)))


@command(app, "edit", help=say("cli-notice-edit"), example=say("cli-notice-edit-example"))
def edit(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("cli-notice-id"))],
    opening: Annotated[str, typer.Option("--opening", metavar="TEXT", help=say("cli-notice-opening"))] = "",
    asking: Annotated[str, typer.Option("--asking", metavar="TEXT", help=say("cli-notice-asking"))] = "",
    feedback: Annotated[
        str, typer.Option("--feedback", metavar="TEXT", help=say("cli-notice-feedback"))
    ] = "",
    requirements: Annotated[
        list[str] | None,
        typer.Option("--requirement", metavar="ROW=TEXT", help=say("cli-notice-requirement")),
    ] = None,
    contact: ContactName = "",
    telephone: ContactTelephone = "",
    office: ContactPlace = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Other words in a draft; it has to be checked again."""
    from inspector.services import notices

    texts = {"opening": opening, "asking": asking, "feedback": feedback}
    changed = {name: said for name, said in texts.items() if said}
    with opened(workspace) as here:
        notices.change(
            here,
            id,
            requirements=dict(_requirement(one) for one in requirements or ()),
            contact=receiving.contact(contact, telephone, office),
            now=now(),
            **changed,
        )
        rows = _rows(here, [id])
    listing("notices", rows, as_json=as_json)


def _requirement(given: str) -> tuple[int, str]:
    row, equals, text = given.partition("=")
    if not equals or not row.isascii() or not row.isdigit():
        raise BadInput("cli-requirement-invalid", given=given)
    return int(row), text


@command(app, "review", help=say("cli-notice-review"), example=say("cli-notice-review-example"))
def review(
    which: Ids,
    by: By = "",
    on_paper: OnPaperOf = "",
    on: PaperDate = "",
    scan: PaperScan = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Checked, with one's key or on paper."""
    from inspector.services import notices

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        paper = _paper(on_paper, on, scan)
        if paper is None and not by:
            raise BadInput("cli-notice-nobody")
        done = notices.review(here, which, paper or receiving.unlocked(here, by, files), now=now())
        rows = _rows(here, done)
    listing("notices", rows, as_json=as_json)


@command(app, "issue", help=say("cli-notice-issue"), example=say("cli-notice-issue-example"))
def issue(
    by: By,
    which: Annotated[list[str] | None, typer.Argument(metavar="ID", help=say("cli-notice-all"))] = None,
    prefix: Annotated[str, typer.Option("--prefix", metavar="TEXT", help=say("cli-notice-prefix"))] = "",
    on_paper: OnPaperOf = "",
    on: PaperDate = "",
    scan: PaperScan = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Numbered and signed, all with one passphrase; whatever stops it, no document is half issued."""
    from inspector.services import issuing, notices

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        checked = [
            one.id
            for one in reversed(notices.every(here))
            if one.standing is Standing.CHECKED and one.kind is not Kind.BULLETIN
        ]
        issuer = issuing.Issuer(key=receiving.unlocked(here, by, files), on_paper=_paper(on_paper, on, scan))
        done = issuing.issue(
            here, which or checked, issuer, prefix=prefix, now=now(), report=None if as_json else _heard
        )
        rows = _rows(here, [one.id for one in done])
    listing("notices", rows, as_json=as_json)


def _heard(done: int, total: int) -> None:
    tell(say("cli-notice-progress", done=done, total=total))


@command(app, "serve", help=say("cli-notice-serve"), example=say("cli-notice-serve-example"))
@receiving.receives
def serve(
    which: Ids,
    by: By,
    arrival: receiving.Arrival,
    receivers: Annotated[
        list[str] | None, typer.Option("--receiver", metavar="UNIT=NAME", help=say("cli-notice-receiver"))
    ] = None,
    receivers_file: Annotated[Path | None, optional_file("--receivers", say("cli-notice-receivers"))] = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """They arrived: one proof for each unit, and the dates on which limits end."""
    from inspector.services import announcements, serving

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        act = arrival(here)
        each = receiving.each_unit(here, act, receivers or (), receivers_file)
        done = serving.serve(here, which, each, receiving.unlocked(here, by, files), now=now())
        told = [announcements.text(here, one.id) for one in done]
        rows = _rows(here, [one.id for one in done])
    if as_json:
        show({"notices": rows, "announcements": told})
        return
    listing("notices", rows, as_json=False)
    for one in told:
        typer.echo(f"\n{one}")


@command(app, "press", help=say("cli-notice-press"), example=say("cli-notice-press-example"))
def press(
    handler: Handler,
    limit: Limit,
    findings: Annotated[
        list[str] | None, typer.Argument(metavar="FINDING", help=say("cli-notice-press-only"))
    ] = None,
    leader: Annotated[str, typer.Option("--leader", metavar="TEXT", help=say("cli-notice-leader"))] = "",
    contact: ContactName = "",
    telephone: ContactTelephone = "",
    office: ContactPlace = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Drafts of 督办单 for what is late; they are reviewed, issued and served like notices."""
    from inspector.services import people, pressing

    with opened(workspace) as here:
        planned = pressing.plan(
            here,
            limit=receiving.limit(limit),
            handled_by=people.one(here, handler),
            contact=receiving.contact(contact, telephone, office),
            leader=leader,
            only=findings or (),
            now=now(),
        )
        rows = _rows(here, pressing.draft(here, planned, now=now()))
    listing("notices", rows, as_json=as_json)


@command(app, "void", help=say("cli-notice-void"), example=say("cli-notice-void-example"))
def void(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("cli-notice-id"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("cli-notice-reason"))],
    by: By,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Its number is listed as void; its findings are free for another one."""
    from inspector.services import notices, people

    with opened(workspace) as here:
        done = notices.void(here, id, reason=reason, by=people.one(here, by), now=now())
        rows = _rows(here, [done.id])
    listing("notices", rows, as_json=as_json)


@command(app, "list", help=say("cli-notice-list"), example=say("cli-notice-list-example"))
def every(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """All documents of rectification and their drafts, the latest first."""
    from inspector.services import notices

    with opened(workspace) as here:
        rows = [_row(one) for one in notices.every(here)]
        twice = notices.twice(here)
    listing("notices", rows, as_json=as_json, file=out)
    for finding, several in twice.items():
        named = " ".join(one.number or one.id for one in several)
        tell(say("cli-notice-twice", finding=finding, notices=named))


@command(app, "scan", help=say("cli-notice-attach"), example=say("cli-notice-attach-example"))
def scan_of(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("cli-notice-id"))],
    file: File,
    by: By,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The scan of the stamped or hand-signed paper stays with its document."""
    from inspector.services import notices, people

    with opened(workspace) as here:
        kept = notices.attach(here, id, file, by=people.one(here, by), now=now())
    if as_json:
        show({"scan": kept})
    else:
        tell(say("cli-notice-attached", file=file, digits=kept[:8]))


@command(app, "text", help=say("cli-notice-text"), example=say("cli-notice-text-example"))
def text(
    files: Files,
    preview: Annotated[bool, typer.Option("--preview", help=say("cli-notice-text-preview"))] = False,
    as_json: AsJson = False,
) -> None:
    """Whether texts that an office has edited can be used; with --preview as they would stand on a document."""
    from inspector.services import document_texts

    checked = [document_texts.check(file) for file in files]
    if as_json:
        show({"texts": [_text(one, dict(document_texts.filled(one)) if preview else {}) for one in checked]})
    for file, one in zip(files, checked, strict=True):
        tell(say("cli-form-is-right", file=file))
        for _, line in document_texts.filled(one) if preview and not as_json else ():
            typer.echo(line)


def _text(one: DocumentText, filled: Mapping[str, str]) -> dict[str, object]:
    said: dict[str, object] = {"name": one.template.value, "heading": one.heading}
    return said | {"filled": filled} if filled else said


@command(app, "export", help=say("cli-notice-export"), example=say("cli-notice-export-example"))
def export(
    which: Ids,
    folder: Annotated[Path, typer.Option("-o", metavar="DIR", help=say("cli-notice-folder"))],
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The signed file, its draft for word processors, the form for the answer, and the page for the recipient."""
    from inspector.services import notice_files

    with opened(workspace) as here:
        written = notice_files.export(here, which, folder)
    if as_json:
        show({"files": [str(file) for file in written]})
    for file in written:
        tell(str(file))


def _paper(name: str, on: str, scan: Path | None) -> OnPaper | None:
    from inspector.services.notices import OnPaper

    if not name:
        return None
    if scan is None or not on:
        raise BadInput("cli-notice-paper", name=name)
    return OnPaper(name=name, on=receiving.day(on), scan=scan)


def _rows(here: Workspace, which: Sequence[str]) -> list[_Row]:
    from inspector.services import notices

    return [_row(notices.one(here, one)) for one in which]


def _row(one: Listed) -> _Row:
    return _Row(
        id=one.id,
        kind=one.kind,
        number=one.number,
        to=one.to.name,
        standing=one.standing,
        findings=len(one.findings),
        served=one.served,
        void=one.void,
    )
