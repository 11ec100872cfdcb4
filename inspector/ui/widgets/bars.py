"""The bars of immersive screens: above, where one is and what comes next; below, the keys that work now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.buttons import IconButton
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.saved import SavedIndicator
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.work import SaveLane


@dataclass(frozen=True)
class Key:
    """A key that works now and what it does: Key("Ctrl Z", say("inspect-undo"))."""

    cap: str
    does: str


class TopBar(QFrame):
    """← back, title over subtitle, a middle (progress), buttons at the right."""

    back = Signal()

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "top")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 14, 0)
        row.setSpacing(8)
        self._back = IconButton("chevron-left", say("ui-back"), key="Esc", tone="text")
        self._back.clicked.connect(self.back)
        row.addWidget(self._back)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        self._title = ElidedLabel(title, role="title", bold=True)
        self._subtitle = ElidedLabel(subtitle, role="second", tone="muted")
        names.addWidget(self._title)
        names.addWidget(self._subtitle)
        names.addStretch(1)
        self._names = QWidget()
        self._names.setLayout(names)
        names.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._names, 2)
        self.middle = QHBoxLayout()
        self.middle.setSpacing(8)
        row.addLayout(self.middle)
        row.addStretch(1)
        self.right = QHBoxLayout()
        self.right.setSpacing(8)
        row.addLayout(self.right)
        self._fit()

    def say(self, title: str, subtitle: str) -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._fit()

    def sizeHint(self) -> QSize:
        low = self.window().height() < 620
        lines = (theme.look.font_px("title") + theme.look.font_px("second")) * 1.448
        return QSize(
            super().sizeHint().width(), max(52 if low else 60, theme.look.control + 8, round(lines) + 8)
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """The names get what they need, up to a third of the bar; more is cut with a tooltip."""
        wants = max(self._title.sizeHint().width(), self._subtitle.sizeHint().width()) + 8
        self._names.setMaximumWidth(min(wants, 420))
        self._names.setMinimumWidth(min(wants, 140))


class BottomBar(QFrame):
    """已保存 · the keys that work now · a fact at the right (用时). Keys without room are left out, the last first."""

    def __init__(self, lane: SaveLane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(16)
        self.saved = SavedIndicator(lane)
        self._right = Label("", role="second", tone="muted")
        self._middle = _Keys()
        row.addWidget(self.saved)
        row.addWidget(self._middle, 1)
        row.addWidget(self._right)

    def show_keys(self, keys: Iterable[Key]) -> None:
        self._middle.show_keys(tuple(keys))

    def show_right(self, text: str) -> None:
        self._right.setText(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(36, round(theme.look.font_px("second") * 1.448) + 16))


class _Keys(Painted):
    """Painted: as widgets a change of keys cost 10 ms at every step (measured)."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keys: tuple[Key, ...] = ()

    def show_keys(self, keys: tuple[Key, ...]) -> None:
        if keys != self._keys:
            self._keys = keys
            self.setAccessibleName(say("ui-keys"))
            self.setAccessibleDescription(say("ui-comma").join(f"{key.cap} {key.does}" for key in keys))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        cap_metrics = QFontMetrics(theme.font("hint"))
        word_metrics = QFontMetrics(theme.font("second"))
        widths = [
            (cap_metrics.horizontalAdvance(key.cap) + 12, word_metrics.horizontalAdvance(key.does) + 5)
            for key in self._keys
        ]
        room, shown = self.width(), 0
        for cap, does in widths:
            room -= cap + does + 12
            if room < 0:
                break
            shown += 1
        x = (self.width() - sum(cap + does + 12 for cap, does in widths[:shown])) / 2
        middle = self.height() / 2
        for key, (cap, does) in zip(self._keys[:shown], widths, strict=False):
            box = QRectF(x + 6, middle - 10, cap, 20)
            painter.setPen(pen("line" if not theme.look.sunlight else "text", theme.look.border))
            painter.setBrush(theme.color("bg"))
            painter.drawRoundedRect(box, RADIUS["key"], RADIUS["key"])
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font("hint"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key.cap)
            painter.setFont(theme.font("second"))
            words = QRectF(box.right() + 5, 0, does + 4, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, key.does)
            x += cap + does + 12
