"""Photos and drawn signatures on a page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfbase import pdfutils
from reportlab.platypus import Flowable

from inspector.documents.flow import HAIR, Align
from inspector.model.inspection import Stroke

_INK = 1.1
"""Points: the width of a pen stroke."""


class Picture(Flowable):  # type: ignore[misc]
    """A JPEG, whole and not distorted, as large as a box of `width` × `height` points allows."""

    def __init__(self, jpeg: bytes, width: float, height: float, *, align: Align = Align.CENTRE) -> None:
        super().__init__()
        self._jpeg = jpeg
        pixels_wide, pixels_high, *_ = pdfutils.readJPEGInfo(BytesIO(jpeg))
        scale = min(width / pixels_wide, height / pixels_high)
        self._wide, self._high = pixels_wide * scale, pixels_high * scale
        self._align = align
        self.width, self.height = width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        x, y = (self.width - self._wide) * self._align.value, (self.height - self._high) / 2
        self.canv.jpeg(self._jpeg, x, y, self._wide, self._high)
        self.canv.setLineWidth(HAIR)
        self.canv.rect(x, y, self._wide, self._high, stroke=1, fill=0)


class Signature(Flowable):  # type: ignore[misc]
    """A signature as it was drawn, in strokes of 1/100 pt with the origin at the upper left, shrunk to fit into
    `width` × `height` points, never enlarged."""

    def __init__(self, strokes: Sequence[Stroke], width: float, height: float) -> None:
        super().__init__()
        self._lines = [
            [
                (stroke.points[i] / 100, stroke.points[i + 1] / 100)
                for i in range(0, len(stroke.points) - 1, 2)
            ]
            for stroke in strokes
            if len(stroke.points) >= 2
        ]
        points = [point for line in self._lines for point in line] or [(0.0, 0.0)]
        self._left, self._top = min(x for x, _ in points), min(y for _, y in points)
        wide, high = max(x for x, _ in points) - self._left, max(y for _, y in points) - self._top
        self._scale = min(1.0, (width - 2 * _INK) / max(wide, 1), (height - 2 * _INK) / max(high, 1))
        self.width, self.height = width, height
        self._lift = (height - high * self._scale) / 2

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setLineWidth(_INK)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for line in self._lines:
            path = canvas.beginPath()
            path.moveTo(*self._place(line[0]))
            # A dot of the pen is a line of no length with round caps.
            for point in line[1:] or line:
                path.lineTo(*self._place(point))
            canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return _INK + (x - self._left) * self._scale, self.height - self._lift - (y - self._top) * self._scale
