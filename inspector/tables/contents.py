"""卷内目录 as a workbook: what lies in a case folder, one piece a row."""

from __future__ import annotations

import io
from collections.abc import Sequence

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inspector.tables.headings import CASE_COLUMNS, CASE_FILE
from inspector.tables.register import put_text

_WIDTHS = (6, 24, 26, 46, 12, 6, 44)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One piece (件). `date` is YYYY-MM-DD; `pages` 0 where the piece is not on this laptop; `file` its name."""

    responsible: str
    number: str
    title: str
    date: str
    pages: int
    file: str


def written(pieces: Sequence[Piece]) -> bytes:
    """The workbook; numbers of pieces and pages are numbers, everything else is text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = CASE_FILE
    put_text(sheet.cell(1, 1), CASE_FILE)
    sheet.cell(1, 1).font = Font(size=16, bold=True)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(CASE_COLUMNS))
    for column, (title, width) in enumerate(zip(CASE_COLUMNS, _WIDTHS, strict=True), 1):
        put_text(sheet.cell(2, column), title)
        sheet.cell(2, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for nth, piece in enumerate(pieces, 1):
        row = (nth, piece.responsible, piece.number, piece.title, piece.date, piece.pages or "", piece.file)
        for column, value in enumerate(row, 1):
            cell = sheet.cell(nth + 2, column)
            if isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, value)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
