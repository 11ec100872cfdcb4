"""number allot | list | declare: 发文字号."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, ListFile, command, group, optional_file
from inspector.cli.show import listing, tell
from inspector.model.errors import BadInput
from inspector.model.number import Fate, Status
from inspector.text import say

app = group("number", say("cli-number"))


class _Block(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    prefix: str
    year: int
    first: int
    last: int
    device: str


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    standing: Status | Fate
    documents: tuple[str, ...]
    reason: str


@command(app, "allot", help=say("cli-number-allot"), example=say("cli-number-allot-example"))
def allot(
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help=say("cli-number-prefix"))],
    year: Annotated[int, typer.Argument(metavar="YEAR", help=say("cli-number-year"))],
    first: Annotated[int, typer.Argument(metavar="FIRST", help=say("cli-number-first"))],
    last: Annotated[int, typer.Argument(metavar="LAST", help=say("cli-number-last"))],
    device: Annotated[str, typer.Option("--device", metavar="DEVICE", help=say("cli-number-device"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """A block of numbers for one laptop."""
    from inspector.services import numbers

    with opened(workspace) as here:
        block = numbers.allot(
            here, prefix=prefix, year=year, first=first, last=last, device=device, now=now()
        )
    row = _Block(
        id=block.id, prefix=block.prefix, year=block.year, first=first, last=last, device=block.device
    )
    listing("blocks", [row], as_json=as_json)


@command(app, "list", help=say("cli-number-list"), example=say("cli-number-list-example"))
def every(
    standing: Annotated[str, typer.Option("--state", metavar="STATE", help=say("cli-number-state"))] = "",
    out: ListFile = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """Every number of every block, and what became of it."""
    from inspector.services import numbers

    if standing and standing not in set(Status):
        raise BadInput("cli-state-unknown", state=standing, known=" ".join(Status))
    with opened(workspace) as here:
        blocks = numbers.every(here)
        twice = numbers.doubles(here)
    rows = [
        _Line(
            number=say("official-number", prefix=line.number.prefix, year=line.number.year, n=line.number.n),
            standing=line.status,
            documents=line.documents,
            reason=line.reason,
        )
        for one in blocks
        for line in one.lines
        if not standing or line.status == standing
    ]
    listing("numbers", rows, as_json=as_json, file=out)
    for number in twice:
        tell(say("cli-number-twice", prefix=number.prefix, year=number.year, n=number.n))


@command(app, "declare", help=say("cli-number-declare"), example=say("cli-number-declare-example"))
def declare(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=say("cli-number-number"))],
    used: Annotated[Path | None, optional_file("--used", say("cli-number-used"))] = None,
    void: Annotated[str, typer.Option("--void", metavar="REASON", help=say("cli-number-void"))] = "",
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """What became of a number that no document here carries."""
    from inspector.model.number import read_official
    from inspector.services import numbers

    if (used is None) == (not void):
        raise BadInput("cli-number-one")
    fate = Fate.USED if used else Fate.VOID
    with opened(workspace) as here:
        said = numbers.declare(here, read_official(number), fate, now=now(), reason=void, scan=used)
    row = _Line(
        number=say("official-number", prefix=said.number.prefix, year=said.number.year, n=said.number.n),
        standing=fate,
        documents=(),
        reason=said.reason,
    )
    listing("numbers", [row], as_json=as_json)
