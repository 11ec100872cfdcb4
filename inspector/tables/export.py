"""Any list for people with a spreadsheet: CSV and XLSX, in which no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inspector.tables.register import put_text

Value = str | int | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula when it opens a CSV file (OWASP, CSV injection)."""
_WIDEST = 48
_ACROSS = 2
"""A Chinese character is two columns wide."""


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as CSV: UTF-8 with a mark, which Excel needs, CRLF. A text that looks like a formula gets an apostrophe
    in front; numbers stay numbers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_plain(heading) for heading in headings])
    writer.writerows([[_plain(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as a workbook of one sheet: texts are texts, the heading stays in sight and filters."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for column, heading in enumerate(headings, 1):
        cell = sheet.cell(1, column)
        put_text(cell, heading)
        cell.font = Font(bold=True)
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            if isinstance(value, int):
                sheet.cell(line, column, value)
            elif value:
                put_text(sheet.cell(line, column), value)
    for column, values in enumerate(zip(headings, *rows, strict=True), 1):
        widest = max(columns_of(value) for value in values)
        sheet.column_dimensions[get_column_letter(column)].width = min(widest, _WIDEST) + 2
    sheet.freeze_panes = "A2"
    across_one_page(sheet, heading="1:1")
    if headings:
        sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def across_one_page(sheet: Worksheet, *, heading: str) -> None:
    """Print it on A4 lying down, all columns across one page, the rows of the `heading` on each."""
    sheet.print_title_rows = heading
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _plain(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def columns_of(value: Value) -> int:
    """How wide a value stands, in characters of a column."""
    text = "" if value is None else str(value)
    return sum(1 if ord(char) < 0x2E80 else _ACROSS for char in text)
