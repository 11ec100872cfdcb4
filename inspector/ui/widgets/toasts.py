"""Toasts: bottom centre, one line, 撤销, 6 s, at most three; they wait while the pointer or the focus is on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label

SHOWN_MS: Final = 6_000
MOST: Final = 3


class Toast(QFrame):
    """One line about something done that the screen does not show. Never for errors."""

    def __init__(
        self, text: str, *, icon: str = "circle-check", undo: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self.setProperty("kind", "toast")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 8 if undo else 16, 2)
        row.setSpacing(10)
        row.addWidget(Icon(icon, token="on_toast"))
        label = Label(text, tone="on_toast")
        row.addWidget(label, 1)
        self._undo = undo
        if undo:
            button = Button(say("ui-undo"), kind="toast", key="Ctrl Z")
            button.clicked.connect(self._undone)
            button.installEventFilter(self)
            row.addWidget(button)
            row.addWidget(Label("Ctrl Z", role="second", tone="on_toast"))
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.close_down)
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._timer.start()
        return False

    def close_down(self) -> None:
        self._timer.stop()
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _undone(self) -> None:
        undo = self._undo
        self.close_down()
        if undo:
            undo()


class Toasts(QWidget):
    """The stack over the bottom of a window. Its parent tells it when it was resized."""

    def __init__(self, parent: QWidget, *, lift: int = 52) -> None:
        super().__init__(parent)
        self._lift = lift
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        parent.installEventFilter(self)
        self.hide()

    def pop(self, text: str, *, icon: str = "circle-check", undo: Callable[[], None] | None = None) -> None:
        toasts = self.findChildren(Toast)
        for old in toasts[: max(0, len(toasts) - MOST + 1)]:
            self._column.removeWidget(old)
            old.close_down()
        toast = Toast(text, icon=icon, undo=undo)
        toast.destroyed.connect(self._place)
        self._column.addWidget(toast)
        self.show()
        self.raise_()
        for child in toast.findChildren(QWidget):
            child.ensurePolished()  # sizes come from the sheet
        self._column.activate()
        self._place()

    def clear(self) -> None:
        """Take all away: their undo belongs to a screen that was left."""
        for toast in self.findChildren(Toast):
            toast.close_down()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        parent = self.parentWidget()
        toasts = self.findChildren(Toast)
        if parent is None or not toasts:
            self.hide()
            return
        hint = self._column.sizeHint()
        width = min(max(370, hint.width()), parent.width() - 32)
        height = sum(toast.sizeHint().height() for toast in toasts) + self._column.spacing() * (
            len(toasts) - 1
        )
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - self._lift, width, height)
