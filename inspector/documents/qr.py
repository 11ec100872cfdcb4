"""The QR code of a page: plain text, so any telephone reads it without a network."""

from __future__ import annotations

import segno
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

SIDE = 21 * mm
"""Side of the printed modules: 20 mm are left when a printer shrinks the page to 97 %. The quiet zone of 4 modules
(2.3 mm) lies outside of it, in the page's margin."""


def draw(canvas: Canvas, text: str, x: float, y: float) -> None:
    """The code of `text` with its lower left module at (x, y): one path, filled, no lines between modules.
    Error correction M (15 %): a fold or a stamp does not kill it."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8").matrix
    module = SIDE / len(matrix)
    path = canvas.beginPath()
    for row, cells in enumerate(matrix):
        start = None
        for column, dark in enumerate([*cells, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(
                    x + start * module, y + SIDE - (row + 1) * module, (column - start) * module, module
                )
                start = None
    canvas.saveState()
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
