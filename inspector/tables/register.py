"""问题整改台账 as a workbook that a unit fills in: one finding a row, photos in their cells, no formula anywhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import FORMAT_DATE_YYYYMMDD2
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inspector.model.finding import State
from inspector.tables.headings import (
    REGISTER,
    REGISTER_MORE,
    REGISTER_NOTE,
    REGISTER_SHEET,
    REGISTER_TITLE,
    STATES,
)
from inspector.tables.pictures import column_emu

HEADING = 3
"""Title, note, heading: three rows, which a printer repeats on each page."""
PHOTOS = 2
"""Photos a cell; more are said in words."""
FILLED = ("measures", "finished", "person", "note")
"""The columns that a unit fills; it pastes photos into `after`."""

_WIDTHS = dict(
    zip(
        REGISTER.spellings,
        (7, 12, 12, 24, 21, 10, 10, 10, 9, 11, 20, 11, 10, 21, 8, 12, 12),
        strict=True,
    )
)
"""In characters; on paper all are fitted to the width of A4 across."""
_PHOTO_POINTS = 96.0
"""The height of a photo (34 mm) and of a row; a row with two photos is twice as high."""
_POINT = 12_700
_MARGIN = 19_050
"""In EMU: a point, and two pixels around a photo."""
_LONGEST = 32_767
"""Characters that a cell may hold (Excel's specification)."""

_EDGE = Side(style="thin", color="999999")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_GREY = PatternFill("solid", fgColor="EEEEEE")
_YELLOW = PatternFill("solid", fgColor="FFF8D6")
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_DAY, _MINUTE, _TEXT = FORMAT_DATE_YYYYMMDD2, f"{FORMAT_DATE_YYYYMMDD2} hh:mm", "@"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `before` and `after` are JPEGs, as many as are placed; `more_before` and `more_after` are not."""

    finding: str
    number: str
    site: str
    place: str
    description: str
    lead: str
    helping: str
    party: str
    limit: str
    due: date | datetime | None
    state: State
    measures: str = ""
    finished: date | datetime | None = None
    person: str = ""
    note: str = ""
    before: tuple[bytes, ...] = ()
    after: tuple[bytes, ...] = ()
    more_before: int = 0
    more_after: int = 0


def written(lines: Sequence[Line], *, unit: str) -> bytes:
    """The workbook. Dates are dates; every other cell is text and stays text when somebody edits it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = REGISTER_SHEET
    names = tuple(REGISTER.spellings)
    _head(sheet, names, unit)
    for row, line in enumerate(lines, HEADING + 1):
        _row(sheet, row, names, line)
    _page(sheet, names, rows=HEADING + len(lines))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Text and never a formula, whatever it begins with; `quotePrefix` keeps it text when somebody edits the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.quotePrefix = True


def _head(sheet: Worksheet, names: Sequence[str], unit: str) -> None:
    last = len(names) - 1  # the hidden column stays outside
    for row, text, height in ((1, REGISTER_TITLE.format(unit=unit), 30), (2, REGISTER_NOTE, 22)):
        cell = sheet.cell(row, 1)
        put_text(cell, text)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        sheet.row_dimensions[row].height = height
        cell.alignment = _CENTRED
    sheet.cell(1, 1).font = Font(size=16, bold=True)
    for column, title in enumerate(REGISTER.titles(), 1):
        cell = sheet.cell(HEADING, column)
        put_text(cell, title)
        cell.font, cell.alignment, cell.border, cell.fill = Font(bold=True), _CENTRED, _BORDER, _GREY
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[names[column - 1]]
    sheet.column_dimensions[get_column_letter(len(names))].hidden = True


def _row(sheet: Worksheet, row: int, names: Sequence[str], line: Line) -> None:
    sheet.row_dimensions[row].height = _PHOTO_POINTS * max(1, len(line.before), len(line.after))
    said = {**msgspec.structs.asdict(line), "state": STATES[line.state]}
    for column, name in enumerate(names, 1):
        cell = sheet.cell(row, column)
        value = said[name]
        if name in ("before", "after"):
            more = said[f"more_{name}"]
            put_text(cell, REGISTER_MORE.format(count=more) if more else "")
            _place(sheet, row, column, value)
            cell.alignment = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
        elif isinstance(value, date):  # a datetime is one
            timed = isinstance(value, datetime)
            cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            cell.number_format = _MINUTE if timed else _DAY
            cell.alignment = _CENTRED
        elif value is None or (name == "finished" and not value):
            cell.number_format = _DAY  # so that what is typed becomes a date
            cell.alignment = _CENTRED
        else:
            put_text(cell, value)
            cell.alignment = _WRAPPED
        cell.border = _BORDER
        if name in (*FILLED, "after"):
            cell.fill = _YELLOW


def _place(sheet: Worksheet, row: int, column: int, photos: Sequence[bytes]) -> None:
    """Photos into a cell, below each other, as large as they fit. They move and hide with their row."""
    width = column_emu(_WIDTHS[tuple(REGISTER.spellings)[column - 1]])
    height = round(_PHOTO_POINTS * _POINT)
    for place, photo in enumerate(photos):
        image = Image(io.BytesIO(photo))
        factor = min((width - 2 * _MARGIN) / image.width, (height - 2 * _MARGIN) / image.height)
        wide, high = int(image.width * factor), int(image.height * factor)
        left = (width - wide) // 2
        top = place * height + (height - high) // 2
        image.anchor = TwoCellAnchor(
            editAs="twoCell",
            _from=AnchorMarker(col=column - 1, colOff=left, row=row - 1, rowOff=top),
            to=AnchorMarker(col=column - 1, colOff=left + wide, row=row - 1, rowOff=top + high),
        )
        sheet.add_image(image)


def _page(sheet: Worksheet, names: Sequence[str], *, rows: int) -> None:
    sheet.freeze_panes = f"D{HEADING + 1}"
    sheet.print_title_rows = f"1:{HEADING}"
    sheet.print_area = f"A1:{get_column_letter(len(names) - 1)}{rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    footer = sheet.oddFooter
    assert footer is not None and footer.center is not None  # a new sheet has them
    footer.center.text = "&P / &N"
