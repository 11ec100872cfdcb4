"""One photo, large: zoom, and the layer of marks over it. The original is never touched."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy

from inspector.model.inspection import Mark
from inspector.model.photo import turned_point
from inspector.text import say
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import Painted, antialiased

WHOLE: Final = 10_000  # marks are in 1/10000 of the upright picture
SMALLEST: Final = 120  # a mark smaller than this in both directions was a slip of the hand
SQUARES: Final = 8  # across the shorter side of a pixelated area, as on paper
ZOOMS: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
NEAR_PX: Final = 14
ARROW, BOX, PIXELATE, SELECT = "arrow", "box", "pixelate", "select"


class MarkView(Painted):
    """`marked` with all marks after one was drawn or taken away. The wheel and + − zoom, a drag moves."""

    marked = Signal(object)  # tuple of Mark

    def __init__(self) -> None:
        super().__init__()
        self.tool = SELECT
        self.marks: tuple[Mark, ...] = ()
        self.can_mark = False
        self._upright: QImage | None = None
        self._image: QImage | None = None
        self._turned = 0
        self._zoom = 0
        self._middle = QPointF(0.5, 0.5)  # what stands in the middle of the view, as a share of the picture
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self._taken = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("album-picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def zoom(self) -> float:
        """How many times larger than the whole picture in view."""
        return ZOOMS[self._zoom]

    def sizeHint(self) -> QSize:
        return QSize(400, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def show_image(self, image: QImage | None) -> None:
        """The upright picture; None while it is read."""
        self._upright = image
        self._zoom, self._middle, self._taken = 0, QPointF(0.5, 0.5), -1
        self._turn_image()

    def show_shot(self, *, turned: int, marks: tuple[Mark, ...], can_mark: bool) -> None:
        """How it is shown: turned clockwise by degrees, with marks."""
        self.marks, self.can_mark = marks, can_mark
        if turned != self._turned:
            self._turned = turned
            self._turn_image()
        self._taken = min(self._taken, len(marks) - 1)
        self.update()

    def take_tool(self, tool: str) -> None:
        """What a drag draws from now on."""
        self.tool = tool
        self.setCursor(Qt.CursorShape.ArrowCursor if tool == SELECT else Qt.CursorShape.CrossCursor)

    def step_zoom(self, by: int) -> None:
        """One step closer or away."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + by))
        if not self._zoom:
            self._middle = QPointF(0.5, 0.5)
        self.update()

    def remove_mark(self) -> None:
        """Take the chosen mark away, else the last one."""
        if self.marks and self.can_mark:
            at = self._taken if self._taken >= 0 else len(self.marks) - 1
            self._taken = -1
            self.marked.emit((*self.marks[:at], *self.marks[at + 1 :]))

    # ── the hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Left: QPointF(-0.1, 0),
            Qt.Key.Key_Right: QPointF(0.1, 0),
            Qt.Key.Key_Up: QPointF(0, -0.1),
            Qt.Key.Key_Down: QPointF(0, 0.1),
        }
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.marks and self.can_mark:
            self.remove_mark()
        elif key in moves and self._zoom:
            self._move_middle(self._middle + moves[key] * (1 / self.zoom))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._image is not None:
            self._from = self._to = event.position()
            if self.tool == SELECT:
                self._taken = self._mark_at(event.position())
                self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None or self._to is None:
            return
        if self.tool == SELECT:
            room = self._room()
            moved = event.position() - self._to
            self._move_middle(self._middle - QPointF(moved.x() / room.width(), moved.y() / room.height()))
        self._to = event.position()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begin, end = self._from, event.position()
        self._from = self._to = None
        if begin is not None and self.tool != SELECT and self.can_mark:
            mark = self._drawn(begin, end)
            if max(abs(mark.x1 - mark.x0), abs(mark.y1 - mark.y0)) >= SMALLEST:
                self.marked.emit((*self.marks, mark))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    # ── where things are

    def _turn_image(self) -> None:
        image = self._upright
        self._image = (
            image.transformed(QTransform().rotate(self._turned)) if image and self._turned else image
        )
        self.update()

    def _room(self) -> QRectF:
        """Where the picture lies in the view."""
        if self._image is None:
            return QRectF(self.rect())
        fit = min(self.width() / self._image.width(), self.height() / self._image.height())
        wide, tall = self._image.width() * fit * self.zoom, self._image.height() * fit * self.zoom
        return QRectF(
            self.width() / 2 - wide * self._middle.x(),
            self.height() / 2 - tall * self._middle.y(),
            wide,
            tall,
        )

    def _move_middle(self, to: QPointF) -> None:
        room = self._room()
        x = min(0.5, self.width() / 2 / room.width())
        y = min(0.5, self.height() / 2 / room.height())
        self._middle = QPointF(min(max(to.x(), x), 1 - x), min(max(to.y(), y), 1 - y))
        self.update()

    def _drawn(self, begin: QPointF, end: QPointF) -> Mark:
        kind = self.tool
        x0, y0 = self._upright_at(begin)
        x1, y1 = self._upright_at(end)
        if kind == ARROW:
            return Mark(kind="arrow", x0=x0, y0=y0, x1=x1, y1=y1)
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        return Mark(kind="box" if kind == BOX else "pixelate", x0=left, y0=top, x1=right, y1=bottom)

    def _upright_at(self, at: QPointF) -> tuple[int, int]:
        room = self._room()
        x = round(WHOLE * (at.x() - room.left()) / room.width())
        y = round(WHOLE * (at.y() - room.top()) / room.height())
        inside = min(max(x, 0), WHOLE), min(max(y, 0), WHOLE)
        return turned_point(*inside, 360 - self._turned)

    def _in_view(self, x: int, y: int) -> QPointF:
        room = self._room()
        x, y = turned_point(x, y, self._turned)
        return QPointF(room.left() + room.width() * x / WHOLE, room.top() + room.height() * y / WHOLE)

    def _mark_at(self, at: QPointF) -> int:
        for number in reversed(range(len(self.marks))):
            mark = self.marks[number]
            one, other = self._in_view(mark.x0, mark.y0), self._in_view(mark.x1, mark.y1)
            if QRectF(one, other).normalized().adjusted(-NEAR_PX, -NEAR_PX, NEAR_PX, NEAR_PX).contains(at):
                return number
        return -1

    # ── painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self._room()
        if self._image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("neutral_soft" if not theme.look.sunlight else "track"))
            painter.drawRoundedRect(self.rect(), RADIUS["photo"], RADIUS["photo"])
            return
        painter.setClipRect(self.rect())
        painter.drawImage(room, self._image)
        shown = list(self.marks)
        if self._from is not None and self._to is not None and self.tool != SELECT and self.can_mark:
            shown.append(self._drawn(self._from, self._to))
        for mark in (one for one in shown if one.kind == PIXELATE):
            self._paint_pixelated(painter, mark)
        for number, mark in enumerate(shown):
            if mark.kind != PIXELATE:
                self._paint_line(painter, mark)
            if number == self._taken:
                self._paint_taken(painter, mark)

    def _paint_pixelated(self, painter: QPainter, mark: Mark) -> None:
        image = self._image
        if image is None:
            return
        box = QRectF(self._in_view(mark.x0, mark.y0), self._in_view(mark.x1, mark.y1)).normalized()
        room = self._room()
        scale = image.width() / room.width()
        source = QRectF(
            (box.left() - room.left()) * scale,
            (box.top() - room.top()) * scale,
            box.width() * scale,
            box.height() * scale,
        ).toAlignedRect()
        square = max(1.0, min(source.width(), source.height()) / SQUARES)
        few = image.copy(source).scaled(
            max(1, round(source.width() / square)),
            max(1, round(source.height() / square)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(box, few)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def _paint_line(self, painter: QPainter, mark: Mark) -> None:
        """White below, red above: it stays a line on a dark wall and on a grey print."""
        thick = max(3.0, max(self._room().width(), self._room().height()) / 200)
        one, other = self._in_view(mark.x0, mark.y0), self._in_view(mark.x1, mark.y1)
        for token, width in (("on_plate", 2.4 * thick), ("plate_bad", thick)):
            ink = QPen(theme.color(token), width)
            ink.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            ink.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(ink)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if mark.kind == BOX:
                painter.drawRect(QRectF(one, other).normalized())
            else:
                painter.drawLine(one, other)
                painter.setBrush(theme.color(token))
                painter.drawPolygon(_head(one, other, 4.5 * thick))

    def _paint_taken(self, painter: QPainter, mark: Mark) -> None:
        box = QRectF(self._in_view(mark.x0, mark.y0), self._in_view(mark.x1, mark.y1)).normalized()
        dashed = QPen(theme.color("toast_accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-8, -8, 8, 8))


def _head(tail: QPointF, tip: QPointF, size: float) -> QPolygonF:
    """The head of an arrow with its point at `tip`."""
    angle = math.atan2(tip.y() - tail.y(), tip.x() - tail.x())
    sides = [
        QPointF(tip.x() - size * math.cos(angle + turn), tip.y() - size * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    return QPolygonF([tip, *sides])
