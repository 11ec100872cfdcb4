"""Units (单位): imported from the office's list, in official order."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from inspector.model.unit import Unit
from inspector.model.unit_rules import read_units
from inspector.services import lists
from inspector.services.lists import Change, Imported
from inspector.store import entities, records
from inspector.store import units as store
from inspector.store.workspace import Workspace
from inspector.tables import read
from inspector.tables.headings import UNITS

_log = logging.getLogger(__name__)


def import_file(workspace: Workspace, path: Path, *, now: datetime) -> Imported:
    """Take in a list of units (.csv or .xlsx); `errors` say by row and column why it was not. Nothing is removed: a
    unit that the list leaves out stays. Raises BadInput for a file that is no list at all (`tables.read`)."""
    table = read(path, UNITS)
    with workspace.reading() as db:
        units, problems = read_units(table.rows, present=table.headings, known=store.every(db))
        if table.problems or problems:
            return lists.refused(table, problems, UNITS)
        shown = entities.shown_of(db, "unit")
        changes = [
            Change(
                entity=unit.id,
                new=unit.id not in shown,
                fields=lists.fields(unit, shown.get(unit.id, {})),
                parents=records.heads(db, unit.id),
            )
            for unit in units
        ]
    done = lists.keep(workspace, changes, now=now)
    _log.info("units: %d added, %d changed, %d unchanged", done.added, done.changed, done.unchanged)
    return done


def every(workspace: Workspace) -> list[Unit]:
    """All units in the official order."""
    with workspace.reading() as db:
        return store.every(db)
