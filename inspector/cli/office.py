"""office init | sheet | recover | pin | request | enrol | end | trust | list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened, passphrase, passphrase_files
from inspector.cli.shape import AsJson, At, File, ListFile, PassphraseFiles, command, group
from inspector.cli.show import listing, show, tell, write
from inspector.model.errors import BadInput
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.enrolment import Enrolled
    from inspector.services.office import Root

app = group("office", say("cli-office"))

OFFICE = "office"
RECOVERY = "recovery"
"""The names of the root's passphrase and of the code on the recovery sheet, in --passphrase-file."""

Out = Annotated[Path, typer.Option("-o", metavar="FILE", help=say("cli-office-out"))]
Who = Annotated[str, typer.Argument(metavar="WHO", help=say("cli-office-who"))]


@command(app, "init", help=say("cli-office-init"), example=say("cli-office-init-example"))
def init(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli-office-name"))],
    sheet: Annotated[Path, typer.Option("--sheet", metavar="FILE", help=say("cli-office-sheet"))],
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The office's root, made on this laptop, and its recovery sheet."""
    from inspector.services import office

    with opened(workspace) as here:
        write(sheet, b"")  # before anything is made: a sheet that cannot be written would lose the root
        secret = passphrase(OFFICE, passphrase_files(passphrase_file), new=True)
        root, paper = office.begin(here, name=name, passphrase=secret, now=now())
        write(sheet, paper)
    _tell_root(root, as_json=as_json)
    if not as_json:
        tell(say("cli-office-print", file=sheet))


@command(app, "sheet", help=say("cli-office-again"), example=say("cli-office-again-example"))
def again(
    out: Out, passphrase_file: PassphraseFiles = None, workspace: At = None, as_json: AsJson = False
) -> None:
    """The recovery sheet once more, for whoever knows the root's passphrase."""
    from inspector.services import office

    with opened(workspace) as here:
        secret = passphrase(OFFICE, passphrase_files(passphrase_file))
        write(out, office.sheet(here, secret, now=now()))
    if as_json:
        show({"file": str(out)})
    else:
        tell(say("cli-office-print", file=out))


@command(app, "recover", help=say("cli-office-recover"), example=say("cli-office-recover-example"))
def recover(
    file: File, passphrase_file: PassphraseFiles = None, workspace: At = None, as_json: AsJson = False
) -> None:
    """The root's key again, out of the code on the sheet."""
    from inspector.services import office

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        code = passphrase(RECOVERY, files)
        secret = passphrase(OFFICE, files, new=True)
        root = office.recover(here, code, file, passphrase=secret, now=now())
    _tell_root(root, as_json=as_json)


@command(app, "pin", help=say("cli-office-pin"), example=say("cli-office-pin-example"))
def pin(
    file: File,
    digits: Annotated[
        str, typer.Option("--fingerprint", metavar="HEX", help=say("cli-office-fingerprint"))
    ] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """Without the fingerprint it is only shown, and nothing is pinned: exit status 1."""
    from inspector.services import office

    seen = office.fingerprint(file)
    wanted = "".join(digits.split()).lower()
    if not wanted:
        _tell_root(seen, as_json=as_json)
        tell(say("cli-office-compare", file=file))
        return 1
    if wanted != seen.fingerprint:
        raise BadInput("office-fingerprint-differs", file=str(file), digits=seen.fingerprint)
    with opened(workspace) as here:
        done = office.pin(here, file, now=now())
    if as_json:
        show(done)
    else:
        _tell_root(done.root, as_json=False)
        for name in done.people:
            tell(say("cli-office-got", name=name))
    return 0


@command(app, "request", help=say("cli-office-request"), example=say("cli-office-request-example"))
def request(
    who: Who,
    out: Out,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """What a person hands to the office so that it certifies his key."""
    from inspector.services import office, people

    with opened(workspace) as here:
        name = people.one(here, who).name
        asked = office.request(here, who, passphrase(name, passphrase_files(passphrase_file)))
    write(out, asked)
    if as_json:
        show({"name": name, "file": str(out)})
    else:
        tell(say("cli-office-requested", name=name, file=out))


@command(app, "enrol", help=say("cli-office-enrol"), example=say("cli-office-enrol-example"))
def enrol(
    who: Who,
    out: Annotated[Path | None, typer.Option("-o", metavar="FILE", help=say("cli-office-reply"))] = None,
    device: Annotated[bool, typer.Option("--device", help=say("cli-office-device"))] = False,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A request that is a file, a person of the list, or a device."""
    from inspector.services import enrolment, office

    with opened(workspace) as here:
        holder = office.unlock(here, passphrase(OFFICE, passphrase_files(passphrase_file)))
        if device:
            done = enrolment.enrol_device(here, who, holder, now=now())
        elif Path(who).is_file():
            done = enrolment.enrol_request(here, Path(who), holder, now=now())
        else:
            done = enrolment.enrol_person(here, who, holder, now=now())
    if out and done.pem:
        write(out, done.pem)
    _tell_done(done, say("cli-office-enrolled", name=done.name), as_json=as_json)


@command(app, "end", help=say("cli-office-end"), example=say("cli-office-end-example"))
def end(
    who: Who,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("cli-office-reason"))],
    device: Annotated[bool, typer.Option("--device", help=say("cli-office-device"))] = False,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A person signs no more; what a device writes from now on is marked. What was signed stays."""
    from inspector.services import enrolment, office

    with opened(workspace) as here:
        holder = office.unlock(here, passphrase(OFFICE, passphrase_files(passphrase_file)))
        ending = enrolment.end_device if device else enrolment.end_person
        done = ending(here, who, holder, reason=reason, now=now())
    _tell_done(done, say("cli-office-ended", name=done.name), as_json=as_json)


@command(app, "trust", help=say("cli-office-trust"), example=say("cli-office-trust-example"))
def trust(out: Out, workspace: At = None, as_json: AsJson = False) -> None:
    """The root and all that it has issued, for `verify --trust` and for the other laptops."""
    from inspector.services import office

    with opened(workspace) as here:
        root = office.root(here)
        data = office.trust_file(here)
    write(out, data)
    if root:
        _tell_root(root, as_json=as_json)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    entity: str
    name: str
    enrolled: str
    ended: str
    reason: str
    after: int


@command(app, "list", help=say("cli-office-list"), example=say("cli-office-list-example"))
def list_(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """People and devices: since when they belong to the office, and which ended."""
    from inspector.services import enrolment

    with opened(workspace) as here:
        found = enrolment.every(here, now=now())
    rows = [_Row(**{name: getattr(one, name) for name in _Row.__struct_fields__}) for one in found]
    listing("members", rows, as_json=as_json, file=out)


def _tell_root(root: Root, *, as_json: bool) -> None:
    if as_json:
        show(root)
        return
    grouped = " ".join(root.fingerprint[at : at + 4] for at in range(0, 64, 4))
    tell(say("cli-office-root", name=root.name, until=root.until[:10]))
    typer.echo(grouped)


def _tell_done(done: Enrolled, line: str, *, as_json: bool) -> None:
    if as_json:
        show(
            {
                "kind": done.kind,
                "entity": done.entity,
                "name": done.name,
                "certificate": done.certificate,
            }
        )
    else:
        tell(line)
        if done.certificate:
            typer.echo(done.certificate)
