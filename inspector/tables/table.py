"""A list as it was read: rows by column, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from inspector.model.errors import BadInput
from inspector.model.rows import Row, RowProblem, tidy
from inspector.tables.headings import Columns, folded_heading

MAX_ROWS = 20_000
"""What one batch of the ledger holds: a list comes in as a whole."""
_HEADING_WITHIN = 20
"""Titles and notes may stand above the heading, in so many records at most."""


class Record(NamedTuple):
    """One record of a file before its columns are known: physical line, cells, and what is wrong with all of it."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`headings`: the columns of the file by name, as it writes them. `rows`: what can be read, tidied, in order.
    `problems`: records that can't be, as a whole."""

    headings: dict[str, str]
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]


def arrange(records: Iterable[Record], columns: Columns, *, where: str) -> Table:
    """The table made of a file's records. An empty record is left out.
    Raises BadInput `table-heading-missing`, `table-column-unknown`, `table-column-twice`, `table-too-large`."""
    iterator = iter(records)
    names, headings = _heading(iterator, columns, where=where)
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for record in iterator:
        if len(rows) + len(problems) >= MAX_ROWS:
            raise BadInput("table-too-large", file=where, rows=MAX_ROWS)
        cells = [tidy(cell) for cell in record.cells]
        if record.fault:
            problems.append(RowProblem(record.line, "", record.fault))
        elif any(cell for place, cell in enumerate(cells) if place >= len(names) or not names[place]):
            problems.append(RowProblem(record.line, "", "too-many-columns"))
        elif any(cells):
            cells += [""] * (len(names) - len(cells))
            rows.append(
                Row(record.line, {name: cell for name, cell in zip(names, cells, strict=False) if name})
            )
    return Table(headings=headings, rows=tuple(rows), problems=tuple(problems))


def _heading(records: Iterable[Record], columns: Columns, *, where: str) -> tuple[list[str], dict[str, str]]:
    """The column of each place ("" for a place without heading), and the headings as written."""
    missing = columns.required
    for count, record in enumerate(records):
        if count == _HEADING_WITHIN:
            break
        cells = [tidy(cell) for cell in record.cells]
        names = [columns.named(cell) for cell in cells]
        absent = tuple(column for column in columns.required if column not in names)
        if absent:
            missing = min(missing, absent, key=len)
            continue
        while not folded_heading(cells[-1]):
            del cells[-1], names[-1]
        unknown = [cell for cell, name in zip(cells, names, strict=True) if cell and not name]
        if unknown:
            known = ", ".join(columns.titles())
            raise BadInput("table-column-unknown", file=where, columns=", ".join(unknown), known=known)
        for name in names:
            if name and names.count(name) > 1:
                raise BadInput("table-column-twice", file=where, columns=columns.spellings[name][0])
        return names, {name: cell for name, cell in zip(names, cells, strict=True) if name}
    raise BadInput("table-heading-missing", file=where, columns=", ".join(columns.titles(missing)))
