"""The working calendar and the office's hours: what is shipped, and what an office has imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from inspector.ledger.record import Record
from inspector.model.calendar import MAX_BYTES, Calendar, Year, read_year
from inspector.model.deadline import Hours
from inspector.model.errors import BadInput
from inspector.places import resource
from inspector.services.drafts import plain, stamp
from inspector.store import entities, records
from inspector.store.workspace import Workspace

_HOURS = "setting:hours"


def known(workspace: Workspace) -> Calendar:
    """The calendar of all years that are known; an imported year replaces the shipped one."""
    return Calendar((*_shipped(), *_imported(workspace)))


def years(workspace: Workspace) -> tuple[Year, ...]:
    """The years that are known, in order."""
    return tuple(year for _, year in sorted(known(workspace).years.items()))


def hours(workspace: Workspace) -> Hours:
    """The office's working hours; the default (自拟) if it has set none."""
    with workspace.reading() as db:
        shown = entities.shown_of(db, "setting").get(_HOURS, {})
    try:
        return msgspec.convert(shown, Hours)
    except msgspec.ValidationError:  # written by a foreign program
        return Hours()


def set_hours(workspace: Workspace, spans: Sequence[tuple[int, int]], *, now: datetime) -> Hours:
    """The office's working hours from now on: what was served before keeps its date. Raises BadInput
    `hours-invalid`."""
    try:
        chosen = Hours(spans=tuple(spans))
    except ValueError as error:
        raise BadInput("hours-invalid") from error
    said = plain(chosen)
    with workspace.transaction() as db:
        if entities.shown_of(db, "setting").get(_HOURS) != said:
            record = Record("setting", _HOURS, records.heads(db, _HOURS), {"set": said})
            records.append(db, workspace, (record,), person=None, wall=stamp(now))
    return chosen


def import_file(workspace: Workspace, path: Path, *, now: datetime) -> Year:
    """Take in the plan of a year. The same file again writes nothing.
    Raises BadInput `calendar-file-unreadable` and what `model.calendar.read_year` raises."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1).decode("utf-8")
    except OSError as error:
        raise BadInput(
            "calendar-file-unreadable", file=path.name, reason=error.strerror or str(error)
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput("calendar-file-unreadable", file=path.name, reason="UTF-8") from error
    year = read_year(text, where=path.name)
    entity = f"calendar:{year.year}"
    said = plain(year)
    with workspace.transaction() as db:
        if entities.shown_of(db, "calendar").get(entity) != said:
            record = Record("calendar", entity, records.heads(db, entity), {"set": said})
            records.append(db, workspace, (record,), person=None, wall=stamp(now))
    return year


def _imported(workspace: Workspace) -> list[Year]:
    found = []
    with workspace.reading() as db:
        shown = entities.shown_of(db, "calendar")
    for entity in sorted(shown):
        try:
            found.append(msgspec.convert(shown[entity], Year))
        except msgspec.ValidationError:  # of a version that writes another schema
            continue
    return found


@cache
def _shipped() -> tuple[Year, ...]:
    files = sorted(resource("calendar").glob("*.toml"))
    return tuple(read_year(file.read_text("utf-8"), where=file.name) for file in files)
