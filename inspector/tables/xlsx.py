"""Spreadsheets (.xlsx) as lists: numbers and dates as the text that a person sees."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from inspector.model.errors import BadInput
from inspector.tables.table import MAX_ROWS, Record

MAX_UNPACKED_BYTES = 256 * 2**20
_MAX_CELLS = 5_000_000
"""A sheet can claim 16,384 cells a row with a single one at its edge."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,  # xml.etree.ElementTree.ParseError is one
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What openpyxl 3.1 raises for files that are none of its kind, by fuzzing it."""


def records(data: bytes, *, where: str) -> Iterator[Record]:
    """The rows of the first sheet that has any content, from its first row.
    A formula is read as its text, not as a result that some other program left in the file.
    Raises BadInput `table-broken`, `table-too-large`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise BadInput("table-too-large", file=where, rows=MAX_ROWS)
        yield from _rows(data, where=where)
    except BROKEN as error:
        raise BadInput("table-broken", file=where, reason=f"{type(error).__name__}: {error}") from error


def _rows(data: bytes, *, where: str) -> Iterator[Record]:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # styles and validations that openpyxl does not know do not matter here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        cells = 0
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a wrong one
            empty = True
            for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
                cells += len(values)
                if cells > _MAX_CELLS:
                    raise BadInput("table-too-large", file=where, rows=MAX_ROWS)
                texts = tuple(as_text(value) for value in values)
                empty = empty and not any(texts)
                yield Record(line, texts)
            if not empty:
                return


def as_text(value: object) -> str:
    """A cell's value as a person sees it: a whole number without .0, 15 digits at most, a date as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
