"""卷内目录 as a workbook: what lies in a case folder, one piece a row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import ceil

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inspector.tables.export import across_one_page, columns_of
from inspector.tables.headings import CASE_COLUMNS, CASE_FILE
from inspector.tables.register import put_text

_WIDTHS = (6, 24, 30, 46, 12, 6, 46)
_LINE_POINTS = 16
_EDGE = Side(style="thin", color="999999")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


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
        sheet.cell(2, column).border = _BORDER
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
            cell.border = _BORDER
        # A row keeps the height of one line in programs that do not measure it again when they open the file.
        lines = max(ceil(columns_of(value) / width) for value, width in zip(row, _WIDTHS, strict=True))
        sheet.row_dimensions[nth + 2].height = _LINE_POINTS * max(1, lines)
    sheet.freeze_panes = "A3"
    across_one_page(sheet, heading="1:2")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
