"""calendar import | list: holidays and make-up days of each year."""

from __future__ import annotations

import msgspec

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, File, command, group
from inspector.cli.show import listing, show, tell
from inspector.text import say

app = group("calendar", say("cli-calendar"))


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
def every(workspace: At = None, as_json: AsJson = False) -> None:
    """The years that are known, and where their plans come from."""
    from inspector.services import calendars

    with opened(workspace) as here:
        rows = [
            _Row(year=one.year, holidays=len(one.holidays), source=one.source)
            for one in calendars.years(here)
        ]
    listing("calendars", rows, as_json=as_json)
