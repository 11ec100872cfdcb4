"""The line above which somebody signs with mouse, pen or finger."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainterPath, QPaintEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.model.inspection import Stroke
from inspector.text import say
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import Painted, antialiased, pen

UNITS_PER_PX: Final = 75  # strokes are stored in 1/100 pt; a px of 96 dpi is 0.75 pt
MOST_POINTS: Final = 4_000  # a long name has 600; the rest would only make the sheet large
NEAR_PX: Final = 1.5  # points closer than this say nothing new
SIZE: Final = QSize(320, 108)


class SignaturePad(Painted):
    """`signed` after every stroke. The stored strokes are what is printed."""

    signed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[QPointF]] = []
        self._drawing: list[QPointF] | None = None
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, in 1/100 pt from the upper left of the field."""
        return tuple(
            Stroke(points=tuple(round(value * UNITS_PER_PX) for at in line for value in (at.x(), at.y())))
            for line in self._strokes
        )

    def show_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Show a stored signature."""
        self._strokes = [
            [
                QPointF(one.points[i] / UNITS_PER_PX, one.points[i + 1] / UNITS_PER_PX)
                for i in range(0, len(one.points) - 1, 2)
            ]
            for one in strokes
        ]
        self.update()

    def clear(self) -> None:
        """清除重签."""
        self._strokes = []
        self._drawing = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIZE.width(), round(SIZE.height() * (1.2 if theme.look.big else 1)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._follow(event.type(), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            kinds = {
                QEvent.Type.TouchBegin: QEvent.Type.TabletPress,
                QEvent.Type.TouchUpdate: QEvent.Type.TabletMove,
            }
            self._follow(kinds.get(event.type(), QEvent.Type.TabletRelease), event.points()[0].position())
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        look = theme.look
        edge = look.border
        painter.setPen(pen("line2", edge))
        painter.setBrush(theme.color("paper"))
        inside = self.rect().adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(inside, RADIUS["control"], RADIUS["control"])
        base = round(self.height() * 0.71)
        dashed = pen("chart", 1)
        dashed.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        painter.drawLine(16, base, self.width() - 16, base)
        painter.setPen(theme.color("plate"))  # the field is paper in every theme
        painter.setFont(theme.font("hint"))
        foot = self.rect().adjusted(16, base + 2, -16, -4)
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, say("sign-pad-hint"))
        ink = pen("plate", 2.4)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in (*self._strokes, *([self._drawing] if self._drawing else [])):
            path = QPainterPath(line[0])
            for at in line[1:] or line:
                path.lineTo(at)
            painter.drawPath(path)

    def _follow(self, kind: QEvent.Type, at: QPointF) -> None:
        if not self.isEnabled():
            return
        if kind == QEvent.Type.TabletPress:
            self._begin(at)
        elif kind == QEvent.Type.TabletMove:
            self._move(at)
        elif kind == QEvent.Type.TabletRelease:
            self._end()

    def _begin(self, at: QPointF) -> None:
        self._drawing = [self._inside(at)]
        self.update()

    def _move(self, at: QPointF) -> None:
        if self._drawing is None or sum(map(len, self._strokes)) + len(self._drawing) >= MOST_POINTS:
            return
        at = self._inside(at)
        if (at - self._drawing[-1]).manhattanLength() >= NEAR_PX:
            self._drawing.append(at)
            self.update()

    def _end(self) -> None:
        if self._drawing is None:
            return
        line, self._drawing = self._drawing, None
        self._strokes.append(line)
        self.update()
        self.signed.emit()

    def _inside(self, at: QPointF) -> QPointF:
        return QPointF(
            min(max(at.x(), 0.0), float(self.width())), min(max(at.y(), 0.0), float(self.height()))
        )
