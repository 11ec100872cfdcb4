"""What a list of units must be, and what it makes of the units that are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from inspector.model.rows import MAX_CELL, Row, RowProblem, fault_of_form, half_width, problem, split
from inspector.model.unit import UNORDERED, Directory, Unit, entity, folded

COLUMNS = ("order", "name", "short", "former", "type", "roles")
REQUIRED = ("name",)
_MAX_ORDER = 999_999


def read_units(
    rows: Sequence[Row], *, present: Collection[str], known: Iterable[Unit]
) -> tuple[tuple[Unit, ...], tuple[RowProblem, ...]]:
    """The units of a list as they will be, in the order of its rows, and every problem of every row.

    A row is the unit of its full name, else the one that its 曾用名 names, which it then renames; else a new one.
    Columns that the file lacks (not in `present`) stay as they are. Codes: those of the form of a cell,
    `missing-value`, `not-a-number`, `duplicate-unit`, `ambiguous-unit` (曾用名 fits several units that are known),
    `former-name` (the row bears a name that its unit no longer has)."""
    directory = Directory(known)
    by_name = {folded(unit.name): unit for unit in directory.units}
    claimed = {folded(row.cells["name"]) for row in rows} & by_name.keys()
    problems: list[RowProblem] = []
    units: list[Unit] = []
    seen: set[str] = set()
    for row in rows:
        found = _faults(row)
        unit, code, column = _unit_of(row, by_name, directory, claimed)
        if not found and code:
            found.append(problem(row, column, code))
        if not found and unit.id in seen:
            found.append(problem(row, "name", "duplicate-unit"))
        seen.add(unit.id)
        problems += found
        if not found:
            units.append(_filled(unit, row, present))
    return tuple(units), tuple(problems)


def _faults(row: Row) -> list[RowProblem]:
    found: list[RowProblem] = []
    for column in COLUMNS:
        text = row.cells.get(column, "")
        code = fault_of_form(text)
        if column == "name" and len(folded(text)) > MAX_CELL:
            code = code or "too-long"  # NFKC makes up to 18 characters of one, and the entity is made of them
        if code:
            found.append(problem(row, column, code))
        elif column in REQUIRED and not folded(text):
            found.append(problem(row, column, "missing-value"))
        elif column == "order" and text and _order(text) is None:
            found.append(problem(row, column, "not-a-number"))
    return found


def _unit_of(
    row: Row, by_name: dict[str, Unit], directory: Directory, claimed: set[str]
) -> tuple[Unit, str, str]:
    """The unit as it is known (or a new one), and a code with its column where the names do not tell."""
    name = row.cells["name"]
    if unit := by_name.get(folded(name)):
        return unit, "", ""
    new = Unit(id=entity(name), name=name)
    former = {folded(old) for old in split(row.cells.get("former", ""))} - claimed
    renamed = [by_name[old] for old in sorted(former & by_name.keys())]
    if len(renamed) > 1:
        return new, "ambiguous-unit", "former"
    if renamed:
        return renamed[0], "", ""
    is_old_name = new.id in directory.by_id or any(
        folded(name) in map(folded, unit.former_names) for unit in directory.units
    )
    return new, "former-name" if is_old_name else "", "name"


def _filled(unit: Unit, row: Row, present: Collection[str]) -> Unit:
    cells = row.cells
    after = msgspec.structs.replace(unit, name=cells["name"])
    if "order" in present:
        order = _order(cells["order"])
        after = msgspec.structs.replace(after, order=UNORDERED if order is None else order)
    if "short" in present:
        after = msgspec.structs.replace(after, short=cells["short"])
    if "former" in present:
        after = msgspec.structs.replace(after, former_names=split(cells["former"]))
    if "type" in present:
        after = msgspec.structs.replace(after, type=cells["type"])
    if "roles" in present:
        after = msgspec.structs.replace(after, roles=split(cells["roles"]))
    return after


def _order(text: str) -> int | None:
    digits = half_width(text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(_MAX_ORDER)):
        return None
    return int(digits)
