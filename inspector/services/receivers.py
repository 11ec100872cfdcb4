"""Who took the documents of a day (收件人名单): read from a list, a row a unit, in place of typing them all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from inspector.model.notice import Received
from inspector.model.paper import Way
from inspector.model.rows import Row, RowProblem, fault_of_form, problem
from inspector.model.unit import Directory
from inspector.services import lists
from inspector.store import units
from inspector.store.workspace import Workspace
from inspector.tables import read
from inspector.tables.headings import RECEIVERS, WAYS

_FIELDS = ("name", "position", "telephone", "place", "relation", "reason", "witness")


class Receivers(msgspec.Struct, frozen=True, kw_only=True):
    """How documents were received, by unit (entity); `errors` name the rows that say nothing that can be used."""

    by_unit: Mapping[str, Received]
    errors: tuple[RowProblem, ...] = ()


def read_file(workspace: Workspace, path: Path, usual: Received) -> Receivers:
    """A list of receivers (.csv or .xlsx). What a row leaves empty is as in `usual`, which has the time and the way.
    A row counts as a whole or not at all, and the good ones do; what its way of service needs must be there. Raises
    BadInput for a file that is no list at all (`tables.read`)."""
    table = read(path, RECEIVERS)
    with workspace.reading() as db:
        directory = Directory(units.every(db))
    found: dict[str, Received] = {}
    problems: list[RowProblem] = []
    for row in table.rows:
        unit, fault = _unit(row, directory, found)
        act, faults = _received(row, usual)
        faults = [fault, *faults] if fault else faults
        problems += faults
        if not faults:
            found[unit] = act
    return Receivers(by_unit=found, errors=lists.refused(table, problems, RECEIVERS).errors)


def _unit(row: Row, directory: Directory, found: Mapping[str, Received]) -> tuple[str, RowProblem | None]:
    name = row.cells["unit"]
    fits = directory.called(name) if name else ()
    if not name:
        return "", problem(row, "unit", "missing-value")
    if len(fits) != 1:
        return "", problem(row, "unit", "ambiguous-unit" if fits else "unknown-unit")
    if fits[0].id in found:
        return "", problem(row, "unit", "duplicate-unit")
    return fits[0].id, None


def _received(row: Row, usual: Received) -> tuple[Received, list[RowProblem]]:
    said = {field: text for field in _FIELDS if (text := row.cells.get(field, ""))}
    problems = [problem(row, field, code) for field, text in said.items() if (code := fault_of_form(text))]
    way = usual.way
    if word := row.cells.get("way", ""):
        known = [one for one, spelling in WAYS.items() if word == spelling]
        if not known:
            return usual, [*problems, problem(row, "way", "unknown-way")]
        way = known[0]
    act = msgspec.structs.replace(usual, way=way, **said)
    problems += [
        problem(row, field, "missing-value")
        for field in act.lacks()
        if field in _FIELDS or way is not Way.LEFT
    ]
    return act, problems
