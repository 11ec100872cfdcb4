"""person add | renew | list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened, passphrase, passphrase_files
from inspector.cli.shape import AsJson, At, ListFile, PassphraseFiles, command, group, optional_file
from inspector.cli.show import listing, show, tell
from inspector.model.errors import BadInput
from inspector.text import say

app = group("person", say("cli-person"))


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    organisation: str
    certificate: str


@command(app, "add", help=say("cli-person-add"), example=say("cli-person-add-example"))
def add(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=say("cli-person-name"))] = None,
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="TEXT", help=say("cli-person-organisation"))
    ] = "",
    position: Annotated[
        str, typer.Option("--position", metavar="TEXT", help=say("cli-person-position"))
    ] = "",
    number: Annotated[str, typer.Option("--number", metavar="TEXT", help=say("cli-person-number"))] = "",
    p12: Annotated[Path | None, optional_file("--p12", say("cli-person-p12"))] = None,
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A person with a new key, or with the one that its owner brings."""
    from inspector.services import people

    files = passphrase_files(passphrase_file)
    with opened(workspace) as here:
        if p12:
            person = people.import_p12(
                here,
                p12,
                passphrase(name or p12.name, files),
                now=now(),
                organisation=organisation,
                position=position,
                number=number,
            )
        elif name:
            person = people.add(
                here,
                name=name,
                organisation=organisation,
                position=position,
                number=number,
                passphrase=passphrase(name, files, new=True),
                now=now(),
            )
        else:
            raise BadInput("cli-argument-missing", argument="NAME", command="inspector person add")
    row = _Row(
        id=person.id,
        name=person.name,
        organisation=person.organisation,
        certificate=people.fingerprint(person),
    )
    if as_json:
        show(row)
    else:
        tell(say("cli-person-added", name=row.name, id=row.id, certificate=row.certificate))


@command(app, "renew", help=say("cli-person-renew"), example=say("cli-person-renew-example"))
def renew(
    who: Annotated[str, typer.Argument(metavar="WHO", help=say("cli-person-who"))],
    passphrase_file: PassphraseFiles = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A new certificate for the key that a person has, when the old one ends."""
    from inspector.services import people, validity

    with opened(workspace) as here:
        name = people.one(here, who).name
        person = validity.renew(here, who, passphrase(name, passphrase_files(passphrase_file)), now=now())
        end = validity.ends(person)
    row = {"id": person.id, "name": person.name, "until": str(end.date()) if end else ""}
    if as_json:
        show(row)
    else:
        tell(say("cli-person-renewed", name=row["name"], until=row["until"]))


@command(app, "list", help=say("cli-person-list"), example=say("cli-person-list-example"))
def every(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """People by organisation and name, each with the SHA-256 of the certificate that signs."""
    from inspector.services import people

    with opened(workspace) as here:
        found = people.every(here)
    rows = [
        _Row(
            id=person.id,
            name=person.name,
            organisation=person.organisation,
            certificate=people.fingerprint(person) if person.certificates else "",
        )
        for person in found
    ]
    listing("people", rows, as_json=as_json, file=out)
