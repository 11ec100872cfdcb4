"""The QR code of a page: plain text, so any telephone reads it without a network."""

from __future__ import annotations

from functools import lru_cache

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

SIDE = 21 * mm
"""Side of the printed modules: 20 mm are left when a printer shrinks the page to 97 %. The quiet zone of 4 modules
(2.3 mm) lies outside of it, in the page's margin."""


def draw(canvas: Canvas, text: str, x: float, y: float, *, side: float = SIDE) -> None:
    """The code of `text`, `side` wide, its lower left module at (x, y): one path, filled, no lines between modules.
    Error correction M (15 %): a fold or a stamp does not kill it."""
    path, modules = _path(text)
    canvas.saveState()
    canvas.setFillGray(0)
    canvas.translate(x, y)
    canvas.scale(side / modules, side / modules)
    canvas._code.append(path)
    canvas.restoreState()


@lru_cache(maxsize=4)
def _path(text: str) -> tuple[str, int]:
    """The dark modules as PDF operators, a module a unit, and how many there are a side. Every page of a document has
    the same, and making it takes longer than all else on a page."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8").matrix
    operators = []
    for row, cells in enumerate(matrix):
        start = None
        for column, dark in enumerate([*cells, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                operators.append(f"{start} {len(matrix) - row - 1} {column - start} 1 re")
                start = None
    return " ".join([*operators, "f"]), len(matrix)
