"""State as shape + word + colour, and progress: icons, state marks, rings, bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.ui import icons
from inspector.ui.theme import theme
from inspector.ui.widgets.dress import Painted, antialiased, pen

# an answer's verdict, or "open" for one not given yet
STATE_ICONS = {
    "pass": "circle-check",
    "not_applicable": "circle-minus",
    "open": "circle",
    "unchecked": "eye-off",
}
STATE_TONES = {"pass": "ok", "fail": "bad", "not_applicable": "muted", "open": "faint", "unchecked": "muted"}


class Icon(Painted):
    """An icon beside text: decoration, so it has no accessible name of its own."""

    def __init__(
        self, name: str, *, px: int = 20, token: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._px, self._token = name, px, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, token: str = "") -> None:
        self._name, self._token = name, token or self._token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._px, self._px)

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = icons.pixmap(self._name, px=self._px, token=self._token, on=self)
        QPainter(self).drawPixmap((self.width() - self._px) // 2, (self.height() - self._px) // 2, picture)


def paint_state(painter: QPainter, widget: QWidget, box: QRectF, state: str) -> None:
    """Draw the shape of a state into `box` (20 px): only 不合格 is a filled square."""
    px = round(box.width())
    if state == "fail":
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bad"))
        inner = box.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, 3, 3)
        painter.setPen(pen("on_bad", 2))
        third = inner.width() / 3.1
        cross = inner.adjusted(third, third, -third, -third)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
        painter.restore()
        return
    painter.drawPixmap(
        box.topLeft(), icons.pixmap(STATE_ICONS[state], px=px, token=STATE_TONES[state], on=widget)
    )


class StateIcon(Painted):
    """The shape of a state alone: pass fail not_applicable unchecked open. Set its word as accessible name."""

    def __init__(
        self, state: str = "open", *, word: str = "", px: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._px = px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state, word)

    def show_state(self, state: str, word: str) -> None:
        self._state = state
        self.setAccessibleName(word)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._px, self._px)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(0, (self.height() - self._px) / 2, self._px, self._px)
        paint_state(antialiased(self), self, box, self._state)


def paint_ring(
    painter: QPainter,
    widget: QWidget,
    box: QRectF,
    done: int,
    total: int,
    *,
    letter: str = "",
    inverted: bool = False,
) -> None:
    """A ring into `box`; full turns green with a tick (or keeps its letter)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = 3.2
    inner = box.adjusted(stroke / 2 + 0.5, stroke / 2 + 0.5, -stroke / 2 - 0.5, -stroke / 2 - 0.5)
    full = total > 0 and done >= total
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        pen("ok" if full and not inverted else "chart" if theme.look.sunlight else "track", stroke)
    )
    painter.drawEllipse(inner)
    if full:
        px = round(box.width() * 0.62)
        if not letter:
            picture = icons.pixmap("check", px=px, token="on_here" if inverted else "ok", on=widget)
            painter.drawPixmap(
                box.center().toPoint().x() - px // 2, box.center().toPoint().y() - px // 2, picture
            )
    elif done:
        arc = pen("on_here" if inverted else "accent", stroke)
        arc.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(arc)
        painter.drawArc(inner, 90 * 16, round(-360 * 16 * done / max(total, 1)))
    if letter:
        painter.setPen(theme.color("on_here" if inverted else "text"))
        font = theme.font("hint", bold=True)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


class Bar(Painted):
    """Progress of the whole: passed and failed on a track; the numbers stand beside it."""

    def __init__(self, *, width: int = 150, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width, self._passed, self._failed, self._total = width, 0, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_progress(self, *, passed: int, failed: int, total: int) -> None:
        """`passed`: everything answered that did not fail."""
        if (passed, failed, total) == (self._passed, self._failed, self._total):
            return
        self._passed, self._failed, self._total = passed, failed, total
        self.setAccessibleName(f"{passed + failed} / {total}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(antialiased(self), QRectF(self.rect()), self._passed, self._failed, self._total)


def paint_bar(painter: QPainter, box: QRectF, passed: int, failed: int, total: int) -> None:
    """A 6 px bar in `box`: passed, failed, open."""
    track = QRectF(box.left(), box.center().y() - 3, box.width(), 6)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(track, 3, 3)
    one = track.width() / max(total, 1)
    painter.setBrush(theme.color("ok"))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), one * passed, 6), 3, 3)
    if failed:
        painter.setBrush(theme.color("bad"))
        painter.drawRect(QRectF(track.left() + one * passed, track.top(), max(3.0, one * failed), 6))
    painter.restore()
