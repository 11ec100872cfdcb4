"""How a widget chooses its rule of the style sheet, and the base of those that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inspector.ui.theme import theme


def dress(widget: QWidget, **properties: object) -> None:
    """Set style properties (`role`, `tone`, `kind`, `bold`, `bad` …) and let the sheet look again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


class Painted(QWidget):
    """A widget that paints itself from the theme's tokens; a new look gives it a new size, too."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()


def antialiased(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def pen(token: str | QColor, width: float) -> QPen:
    return QPen(theme.color(token) if isinstance(token, str) else token, width)


def fill(painter: QPainter, box: QRect | QRectF, token: str) -> None:
    """Fill a box without an edge. Not by fillRect: its first call loads the names of 169 gradients, 6 ms (measured)."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(token))
    painter.drawRect(box)
