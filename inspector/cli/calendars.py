"""calendar import | list | hours: holidays and make-up days of each year, and the hours of a working day."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
import typer

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, File, ListFile, command, group
from inspector.cli.show import listing, show, tell
from inspector.model.errors import BadInput
from inspector.text import say

app = group("calendar", say("cli-calendar"))

_SPAN = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)", re.ASCII)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    year: int
    holidays: int
    source: str


@command(app, "import", help=say("cli-calendar-import"), example=say("cli-calendar-import-example"))
def take(file: File, workspace: At = None, as_json: AsJson = False) -> None:
    """The plan of a year; limits that were only estimated get their date."""
    from inspector.services import calendars, serving

    with opened(workspace) as here:
        year = calendars.import_file(here, file, now=now())
        settled = serving.settle(here, person=None, now=now())
    if as_json:
        show({"year": year.year, "settled": settled})
    else:
        tell(say("cli-calendar-imported", year=year.year, settled=settled))


@command(app, "list", help=say("cli-calendar-list"), example=say("cli-calendar-list-example"))
def every(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """The years that are known, and where their plans come from."""
    from inspector.services import calendars

    with opened(workspace) as here:
        rows = [
            _Row(year=one.year, holidays=len(one.holidays), source=one.source)
            for one in calendars.years(here)
        ]
    listing("calendars", rows, as_json=as_json, file=out)


@command(app, "hours", help=say("cli-calendar-hours"), example=say("cli-calendar-hours-example"))
def hours(
    spans: Annotated[
        list[str] | None, typer.Argument(metavar="FROM-TO", help=say("cli-calendar-spans"))
    ] = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> None:
    """The hours in which 工作时 run; with spans they are set."""
    from inspector.services import calendars

    wanted = [_minutes(span) for span in spans or ()]
    with opened(workspace) as here:
        said = calendars.set_hours(here, wanted, now=now()) if wanted else calendars.hours(here)
    shown = [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in said.spans]
    if as_json:
        show({"hours": shown})
    else:
        typer.echo("  ".join(shown))


def _minutes(span: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(span)
    if not found:
        raise BadInput("hours-invalid")
    first, last = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return first, last
