"""Tables of a form: cells with hair lines, rows that stay whole, heading rows that come again on the next page.

reportlab's own table raises an error for a row that is taller than a page, and text that people type has no limit:
here such a row goes on on the next page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from inspector.documents.flow import HAIR, THICK, Text

LABEL_GREY = 0.937
"""6 % grey, behind labels only."""
PADDING = 2 * mm
TALL = 260.0
"""Points. A lower row is never cut: it fits on any page below its heading rows."""


class Cell(NamedTuple):
    """What stands in a cell, one below the other; `span` columns wide. `top`: it begins at the upper edge, else it
    stands in the middle. `flush`: without room left and right; `open`: without a line on its left."""

    content: tuple[Flowable, ...]
    span: int = 1
    grey: bool = False
    top: bool = False
    flush: bool = False
    open: bool = False


def cell(*content: Flowable | str, span: int = 1, **given: bool) -> Cell:
    """A cell; strings become text."""
    things = tuple(Text(thing) if isinstance(thing, str) else thing for thing in content)
    return Cell(things, span, **given)


Row = Sequence[Cell]


class Grid(Flowable):  # type: ignore[misc]
    """Rows of cells over columns of `widths`. The first `repeat` rows are the heading: they come again on each page.
    `thick_head` and `thick` draw a strong frame around the heading, around all; `bare` draws no line. `least` is the
    lowest height of a row, `padding` the room above and below what stands in a cell."""

    def __init__(
        self,
        rows: Sequence[Row],
        widths: Sequence[float],
        *,
        repeat: int = 0,
        thick_head: bool = False,
        thick: bool = False,
        bare: bool = False,
        padding: float = 1.1 * mm,
        least: float = 0,
    ) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._widths = tuple(widths)
        self._repeat = repeat
        self._thick_head = thick_head
        self._thick = thick
        self._bare = bare
        self._padding = padding
        self._least = least
        self.width = sum(widths)
        self._heights: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if not self._heights:
            self._heights = [self._row_height(row) for row in self._rows]
            self.height = sum(self._heights)
        return self.width, self.height

    def _row_height(self, row: Row) -> float:
        tallest = max(height_of(one.content, room) for one, _, room in self._columns(row))
        return float(max(self._least, tallest + 2 * self._padding))

    def _columns(self, row: Row) -> list[tuple[Cell, float, float]]:
        """Each cell with its left edge and the width that its content has."""
        columns = []
        x, index = 0.0, 0
        for one in row:
            wide = sum(self._widths[index : index + one.span])
            columns.append((one, x, wide - (0 if one.flush else 2 * PADDING)))
            x, index = x + wide, index + one.span
        return columns

    def split(self, width: float, height: float) -> list[Flowable]:
        """Between rows; in a row only where it is tall. Never behind the heading alone, nor behind the grey row that
        begins a group."""
        self.wrap(width, height)
        fit, used = 0, 0.0
        while fit < len(self._rows) and used + self._heights[fit] <= height:
            used += self._heights[fit]
            fit += 1
        if fit == len(self._rows):
            return [self]
        head = self._rows[: self._repeat]
        if fit >= self._repeat and self._heights[fit] > TALL:
            upper, lower = self._cut(self._rows[fit], height - used)
            if upper:
                return [
                    self._part((*self._rows[:fit], upper)),
                    self._part((*head, lower, *self._rows[fit + 1 :])),
                ]
        while fit > self._repeat and len(self._rows[fit - 1]) == 1 and self._rows[fit - 1][0].grey:
            fit -= 1
        if fit <= self._repeat:
            return []
        return [self._part(self._rows[:fit]), self._part((*head, *self._rows[fit:]))]

    def _part(self, rows: Sequence[Row]) -> Grid:
        return Grid(
            rows,
            self._widths,
            repeat=self._repeat,
            thick_head=self._thick_head,
            thick=self._thick,
            bare=self._bare,
            padding=self._padding,
            least=self._least,
        )

    def _cut(self, row: Row, height: float) -> tuple[Row, Row]:
        """The row as far as it fits, and the rest; nothing and the whole row where nothing fits. What fits whole,
        as the label of the row does, comes again."""
        room = height - 2 * self._padding
        upper, lower, moved = [], [], False
        for one, _, wide in self._columns(row):
            first, rest = _cut(one.content, wide, room)
            moved = moved or bool(first and rest)
            upper.append(one._replace(content=first, top=True))
            lower.append(one._replace(content=rest if rest or not one.grey else one.content, top=True))
        return (upper, lower) if moved else ((), row)

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(HAIR)
        canvas.setLineCap(2)
        # All grey first: it must not cover half of a line.
        canvas.setFillGray(LABEL_GREY)
        for one, x, y, wide, height in self._places():
            if one.grey:
                canvas.rect(x, y, wide, height, stroke=0, fill=1)
        canvas.setFillGray(0)
        for one, x, y, wide, height in self._places():
            self._draw_content(one, x, y, wide, height)
            if not self._bare:
                if x and not one.open:
                    canvas.line(x, y, x, y + height)
                if not x:
                    canvas.line(0, y, self.width, y)
        if not self._bare:
            canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        if self._thick or self._thick_head:
            canvas.setLineWidth(THICK)
            low = 0.0 if self._thick else self.height - sum(self._heights[: self._repeat])
            canvas.rect(0, low, self.width, self.height - low, stroke=1, fill=0)
        canvas.restoreState()

    def _places(self) -> Iterator[tuple[Cell, float, float, float, float]]:
        """Each cell with its lower left corner, width and height."""
        y = self.height
        for row, height in zip(self._rows, self._heights, strict=True):
            y -= height
            for one, x, room in self._columns(row):
                yield one, x, y, room if one.flush else room + 2 * PADDING, height

    def _draw_content(self, one: Cell, x: float, y: float, wide: float, height: float) -> None:
        side = 0 if one.flush else PADDING
        room = wide - 2 * side
        tall = height_of(one.content, room)
        free = self._padding if one.top else (height - tall) / 2
        top = y + height - free
        for thing in one.content:
            top -= thing.wrap(room, tall)[1]
            thing.drawOn(self.canv, x + side, top)


def height_of(content: Sequence[Flowable], width: float) -> float:
    """The height of flowables one below the other, in points."""
    return sum(float(thing.wrap(width, 1e6)[1]) for thing in content)


def _cut(
    content: Sequence[Flowable], width: float, room: float
) -> tuple[tuple[Flowable, ...], tuple[Flowable, ...]]:
    """What fits into `room` points of height, and what is left."""
    for index, thing in enumerate(content):
        height = thing.wrap(width, room)[1]
        if height > room:
            parts = thing.split(width, room)
            if len(parts) == 2:
                return (*content[:index], parts[0]), (parts[1], *content[index + 1 :])
            return tuple(content[:index]), tuple(content[index:])
        room -= height
    return tuple(content), ()
