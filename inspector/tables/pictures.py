"""Pictures out of a workbook's package, each with the cell that it belongs to: those that float over cells, and those
that WPS keeps in cells (`=DISPIMG("ID_…",1)`, xl/cellimages.xml).

A reader of its own: openpyxl loses what it does not know (WPS's pictures, groups, formats that Pillow opens late).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from xml.etree import ElementTree

import msgspec
from openpyxl.xml.constants import DRAWING_NS, PKG_REL_NS, REL_NS, SHEET_DRAWING_NS, SHEET_MAIN_NS

MAX_PICTURES = 2_000
MAX_PICTURE_BYTES = 50_000_000
"""As for a photo that comes any other way (model.photo)."""
MAX_XML_BYTES = 64 * 2**20

_DRAWING, _ART = f"{{{SHEET_DRAWING_NS}}}", f"{{{DRAWING_NS}}}"
_SHEET, _REL, _PACKAGE = f"{{{SHEET_MAIN_NS}}}", f"{{{REL_NS}}}", f"{{{PKG_REL_NS}}}"
_DISPIMG = re.compile(r'(?:_xlfn\.)?DISPIMG\(\s*"([^"]{1,100})"', re.IGNORECASE)
_POINT, _PIXEL = 12_700, 9_525
_CHARACTER_PIXELS, _PADDING_PIXELS = 7, 5
_DEFAULT_POINTS, _DEFAULT_CHARACTERS = 15.0, 8.43
_ROWS, _COLUMNS = 20_100, 200
"""Beyond these no picture of a list lies."""


class Picture(msgspec.Struct, frozen=True):
    """A picture, by the cell (row and column from 1) that it belongs to, and its part of the package."""

    row: int
    column: int
    part: str


class Package:
    """An .xlsx as the zip that it is; every part is read within bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def read(self, part: str, *, most: int = MAX_PICTURE_BYTES) -> bytes:
        """The bytes of a part. Raises ValueError where there is none, or it is larger than `most`."""
        if part not in self._names or self._archive.getinfo(part).file_size > most:
            raise ValueError(f"no readable part {part[:80]}")
        with self._archive.open(part) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise ValueError(f"part {part[:80]} is larger than it says")
        return data

    def xml(self, part: str) -> ElementTree.Element | None:
        """The root of a part, None if there is none. A document type, which no office program writes, is refused:
        entities that expand without end hide in it."""
        if part not in self._names:
            return None
        data = self.read(part, most=MAX_XML_BYTES)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ValueError(f"a document type in {part[:80]}")
        return ElementTree.fromstring(data)

    def related(self, part: str) -> dict[str, str]:
        """The parts that `part` points to, by id; what lies outside of the package is left out."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for one in root.iter(f"{_PACKAGE}Relationship") if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") == "External" or not target:
                continue
            absolute = target.startswith("/")
            found[one.get("Id", "")] = (
                target[1:] if absolute else posixpath.normpath(posixpath.join(folder, target))
            )
        return found

    def sheet(self, title: str) -> str:
        """The part of the sheet that is called `title`."""
        book = self.xml("xl/workbook.xml")
        for sheet in book.iter(f"{_SHEET}sheet") if book is not None else ():
            if sheet.get("name") == title:
                return self.related("xl/workbook.xml")[sheet.get(f"{_REL}id", "")]
        raise ValueError("no such sheet")

    def floating(self, sheet: str) -> list[Picture]:
        """The pictures over the cells of a sheet."""
        root = self.xml(sheet)
        if root is None:
            return []
        rows, columns = _grid(root)
        targets = self.related(sheet)
        found: list[Picture] = []
        for drawing in root.iter(f"{_SHEET}drawing"):
            part = targets.get(drawing.get(f"{_REL}id", ""), "")
            shapes = self.xml(part)
            media = self.related(part) if shapes is not None else {}
            for anchor in shapes if shapes is not None else ():
                for blip in anchor.iter(f"{_ART}blip"):
                    name = media.get(blip.get(f"{_REL}embed", ""), "")
                    place = _cell(anchor, rows, columns)
                    if name and place and len(found) < MAX_PICTURES:
                        found.append(Picture(row=place[0], column=place[1], part=name))
        return found

    def in_cells(self) -> dict[str, str]:
        """WPS's pictures in cells: the part of each by its id."""
        part = "xl/cellimages.xml"
        root = self.xml(part)
        media = self.related(part) if root is not None else {}
        found: dict[str, str] = {}
        for picture in root.iter(f"{_DRAWING}pic") if root is not None else ():
            named = picture.find(f".//{_DRAWING}cNvPr")
            blip = picture.find(f".//{_ART}blip")
            if named is not None and blip is not None:
                name = media.get(blip.get(f"{_REL}embed", ""), "")
                if name and len(found) < MAX_PICTURES:
                    found[named.get("name", "")] = name
        return found


def dispimg(formula: str) -> tuple[str, ...]:
    """The ids of the pictures that a cell's formula shows, if it is WPS's."""
    return tuple(_DISPIMG.findall(formula))


class _Edges:
    """Where rows (or columns) begin, in EMU, the unit of drawings (1/914,400 inch)."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self._begins = [0, *accumulate(sizes)]

    def at(self, index: int, offset: int) -> int:
        """The place that lies `offset` inside of the row with this index from 0."""
        return self._begins[min(max(index, 0), len(self._begins) - 1)] + offset

    def of(self, begin: int, end: int) -> int:
        """The row, from 1, that something belongs to which reaches from `begin` to `end`: where its middle lies, or
        for what is larger than the row (a photo as it was pasted) the one that it begins in, by two thirds."""
        first = bisect_right(self._begins, begin)
        last = len(self._begins) - 1
        size = self._begins[min(first, last)] - self._begins[min(first, last) - 1]
        return bisect_right(self._begins, begin + min((end - begin) // 2, size // 3))


def _grid(sheet: ElementTree.Element) -> tuple[_Edges, _Edges]:
    """The edges of rows and columns; what is hidden has no size."""
    standard = sheet.find(f"{_SHEET}sheetFormatPr")
    default = standard.attrib if standard is not None else {}
    points: dict[int, float] = {}
    for row in sheet.iter(f"{_SHEET}row"):
        if _true(row.get("hidden")) or row.get("ht"):
            points[int(row.get("r", 0))] = 0.0 if _true(row.get("hidden")) else float(row.get("ht", 0))
    characters: dict[int, float] = {}
    for column in sheet.iter(f"{_SHEET}col"):
        width = 0.0 if _true(column.get("hidden")) else float(column.get("width", _DEFAULT_CHARACTERS))
        for nth in range(int(column.get("min", 1)), min(int(column.get("max", 1)), _COLUMNS) + 1):
            characters[nth] = width
    high = float(default.get("defaultRowHeight", _DEFAULT_POINTS))
    wide = float(default.get("defaultColWidth", _DEFAULT_CHARACTERS))
    return (
        _Edges(round(points.get(nth, high) * _POINT) for nth in range(1, _ROWS)),
        _Edges(column_emu(characters.get(nth, wide)) for nth in range(1, _COLUMNS)),
    )


def column_emu(characters: float) -> int:
    """How wide a column of so many characters of the standard font (11 points) is. Source: ECMA-376, 18.3.1.13."""
    return round(characters * _CHARACTER_PIXELS + _PADDING_PIXELS) * _PIXEL if characters else 0


def _true(flag: str | None) -> bool:
    return flag in ("1", "true")


def _cell(anchor: ElementTree.Element, rows: _Edges, columns: _Edges) -> tuple[int, int] | None:
    """The cell (row, column) that an anchored picture belongs to; None where nothing says it."""
    begin, end = _corner(anchor, "from", rows, columns), _corner(anchor, "to", rows, columns)
    if begin is None and (position := anchor.find(f"{_DRAWING}pos")) is not None:
        begin = (int(position.get("y", 0)), int(position.get("x", 0)))
    if begin is None:
        return None
    if end is None and (size := anchor.find(f"{_DRAWING}ext")) is not None:
        end = (begin[0] + int(size.get("cy", 0)), begin[1] + int(size.get("cx", 0)))
    end = end or begin
    return rows.of(begin[0], end[0]), columns.of(begin[1], end[1])


def _corner(anchor: ElementTree.Element, which: str, rows: _Edges, columns: _Edges) -> tuple[int, int] | None:
    corner = anchor.find(f"{_DRAWING}{which}")
    if corner is None:
        return None
    said = {
        name: int(corner.findtext(f"{_DRAWING}{name}") or 0) for name in ("row", "rowOff", "col", "colOff")
    }
    return rows.at(said["row"], said["rowOff"]), columns.at(said["col"], said["colOff"])
