"""A 整改台账 that comes back from a unit: its rows by column, typed as the cells are, with the pictures of each."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
from openpyxl.utils import get_column_letter

from inspector.model.errors import BadInput
from inspector.model.rows import tidy
from inspector.tables.headings import REGISTER, REGISTER_SHEET
from inspector.tables.pictures import Package, dispimg
from inspector.tables.table import MAX_ROWS
from inspector.tables.xlsx import BROKEN, MAX_UNPACKED_BYTES, as_text

MAX_FILE_BYTES = 512 * 2**20
"""A hundred findings with four photos of a phone each."""
_HEADING_WITHIN = 20
_MAX_COLUMNS = 200
_PICTURES = "xl/media/"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `cells` by column: a text, a date, or a number that no format calls a date. `formulas` are the columns
    that hold a formula, `errors` those that hold an error or a picture of a kind that cannot be read. `pictures` are
    parts of the package, those in cells first."""

    row: int
    cells: Mapping[str, str | date | datetime | float]
    formulas: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()
    pictures: tuple[str, ...] = ()


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """`letters`: the column letter of each column that the file has. `stray`: cells outside of all rows over which a
    picture lies."""

    letters: Mapping[str, str]
    answers: tuple[Answer, ...]
    stray: tuple[str, ...]
    package: Package

    def cell(self, row: int, column: str) -> str:
        """What a person calls the cell: K7; the row alone where the file lacks the column."""
        return f"{self.letters.get(column, '')}{row}"

    def picture(self, part: str) -> bytes | None:
        """The bytes of a picture; None where the file does not hold them whole."""
        try:
            return self.package.read(part)
        except BROKEN:
            return None


@contextmanager
def opened(path: Path) -> Iterator[Register]:
    """The register in the file `path`; its pictures can be read as long as the block lasts.
    Raises BadInput: `table-unreadable`, `table-too-large`, `table-broken`, `table-heading-missing`,
    `table-column-twice`."""
    with ExitStack() as open_files:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise BadInput("table-too-large", file=path.name, rows=MAX_ROWS)
            archive = open_files.enter_context(zipfile.ZipFile(path))
            plain = sum(one.file_size for one in archive.infolist() if not one.filename.startswith(_PICTURES))
            if plain > MAX_UNPACKED_BYTES:
                raise BadInput("table-too-large", file=path.name, rows=MAX_ROWS)
            register = _register(path, Package(archive))
        except FileNotFoundError as error:
            reason = error.strerror or str(error)
            raise BadInput("table-unreadable", file=path.name, reason=reason) from error
        except BROKEN as error:
            reason = f"{type(error).__name__}: {error}"
            raise BadInput("table-broken", file=path.name, reason=reason) from error
        yield register


def _register(path: Path, package: Package) -> Register:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # styles and validations that openpyxl does not know do not matter here
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        with closing(book):
            sheets = sorted(book.worksheets, key=lambda sheet: sheet.title != REGISTER_SHEET)
            for sheet in sheets:
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_col=_MAX_COLUMNS)
                if names := _heading(rows, path):
                    begin, columns = names
                    cells = list(_rows(rows, begin, columns, path))
                    return _with_pictures(package, sheet.title, begin, columns, cells)
    raise BadInput(
        "table-heading-missing", file=path.name, columns=", ".join(REGISTER.titles(REGISTER.required))
    )


def _heading(rows: Iterator[Any], path: Path) -> tuple[int, dict[int, str]] | None:
    """The row of the heading, and the column at each place (from 1) whose heading is known."""
    for nth, row in enumerate(rows, 1):
        named = {
            place: name
            for place, cell in enumerate(row, 1)
            if (name := REGISTER.named(tidy(as_text(cell.value))))
        }
        if set(REGISTER.required) <= set(named.values()):
            for name in named.values():
                if list(named.values()).count(name) > 1:
                    raise BadInput("table-column-twice", file=path.name, columns=REGISTER.spellings[name][0])
            return nth, named
        if nth == _HEADING_WITHIN:
            break
    return None


def _rows(rows: Iterator[Any], begin: int, columns: Mapping[int, str], path: Path) -> Iterator[Answer]:
    for nth, row in enumerate(rows, begin + 1):
        if nth - begin > MAX_ROWS:
            raise BadInput("table-too-large", file=path.name, rows=MAX_ROWS)
        cells: dict[str, Any] = {}
        formulas, errors = set(), set()
        for place, cell in enumerate(row, 1):
            name = columns.get(place)
            if name is None or cell.value is None:
                continue
            if cell.data_type == "f" or not isinstance(cell.value, str | int | float | date):
                formulas.add(name)
                cells[name] = str(cell.value)
            elif cell.data_type == "e":
                errors.add(name)
            else:
                cells[name] = tidy(cell.value) if isinstance(cell.value, str) else cell.value
        yield Answer(row=nth, cells=cells, formulas=frozenset(formulas), errors=frozenset(errors))


def _with_pictures(
    package: Package, title: str, begin: int, columns: Mapping[int, str], rows: list[Answer]
) -> Register:
    """Each picture with its row: those that lie over the photos from before, or left of them, are the office's own."""
    ours = next((place for place, name in columns.items() if name == "before"), 0)
    in_cells = package.in_cells()
    over: dict[int, list[str]] = defaultdict(list)
    stray: list[str] = []
    last = begin + len(rows)
    for picture in package.floating(package.sheet(title)):
        if not begin < picture.row <= last:
            stray.append(f"{get_column_letter(min(picture.column, _MAX_COLUMNS))}{picture.row}")
        elif picture.column > ours:
            over[picture.row].append(picture.part)
    answers = []
    for row in rows:
        shown = dispimg(str(row.cells.get("after", ""))) if "after" in row.formulas else ()
        parts = [in_cells[one] for one in shown if one in in_cells]
        found = tuple(dict.fromkeys((*parts, *over[row.row])))
        formulas = row.formulas - {"after"} if shown and len(parts) == len(shown) else row.formulas
        answers.append(msgspec.structs.replace(row, formulas=formulas, pictures=found))
    return Register(
        letters={name: get_column_letter(place) for place, name in columns.items()},
        answers=tuple(answers),
        stray=tuple(stray),
        package=package,
    )
