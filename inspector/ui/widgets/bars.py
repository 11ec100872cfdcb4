"""The bars of immersive screens: above, where one is and what comes next; below, the keys that work now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import IconButton
from inspector.ui.widgets.saved import SavedIndicator
from inspector.ui.widgets.text import ElidedLabel, KeyCap, Label
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


class _Keys(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keys: tuple[Key, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pairs: list[QWidget] = []

    def show_keys(self, keys: tuple[Key, ...]) -> None:
        if keys == self._keys:
            return
        self._keys = keys
        for pair in self._pairs:
            self._row.removeWidget(pair)
            pair.hide()
            pair.deleteLater()
        self._pairs = []
        for key in keys:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(6, 0, 6, 0)
            row.setSpacing(5)
            row.addWidget(KeyCap(key.cap))
            row.addWidget(Label(key.does, role="second", tone="muted"))
            self._row.addWidget(pair)
            self._pairs.append(pair)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        room = self.width()
        for pair in self._pairs:
            room -= pair.sizeHint().width()
            pair.setVisible(room >= 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
