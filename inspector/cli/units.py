"""unit import | list."""

from __future__ import annotations

import msgspec

from inspector.cli.opening import now, opened
from inspector.cli.shape import AsJson, At, File, ListFile, command, group
from inspector.cli.show import imported, listing
from inspector.text import say

app = group("unit", say("cli-unit"))


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    short: str
    order: int | None
    roles: tuple[str, ...]


@command(app, "import", help=say("cli-unit-import"), example=say("cli-unit-import-example"))
def take(file: File, workspace: At = None, as_json: AsJson = False) -> int:
    """All rows or none; 2 if a row has a problem."""
    from inspector.services import units

    with opened(workspace) as here:
        return imported(units.import_file(here, file, now=now()), file, as_json=as_json)


@command(app, "list", help=say("cli-unit-list"), example=say("cli-unit-list-example"))
def every(out: ListFile = None, workspace: At = None, as_json: AsJson = False) -> None:
    """Units in the official order."""
    from inspector.model.unit import UNORDERED
    from inspector.services import units

    with opened(workspace) as here:
        found = units.every(here)
    rows = [
        _Row(
            id=unit.id,
            name=unit.name,
            short=unit.short,
            order=None if unit.order == UNORDERED else unit.order,
            roles=unit.roles,
        )
        for unit in found
    ]
    listing("units", rows, as_json=as_json, file=out)
