"""The bar that puts chosen photos to an item: type its number, see what it is, Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from inspector.model.errors import InspectorError
from inspector.services.album import Target
from inspector.text import explain, say
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.text import ElidedLabel, Label

QUIET_MS = 60
FIELD_PX = 110


class AssignBar(QFrame):
    """`asked` what a number means, `wanted` to put the photos there, `taken_back` to take them off."""

    asked = Signal(str)
    wanted = Signal(str)
    taken_back = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(10)
        self._count = Label(bold=True)
        row.addWidget(self._count)
        row.addWidget(Label(say("album-put-to"), role="second", tone="muted"))
        self.line = TextLine(name=say("album-number"), placeholder=say("album-number-hint"))
        self.line.setMaximumWidth(theme.look.px(FIELD_PX))
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        row.addWidget(self.line)
        self._means = ElidedLabel(role="second", tone="muted")
        row.addWidget(self._means, 1)
        self.back = Button(say("album-take-back"), kind="ghost")
        self.back.clicked.connect(self.taken_back)
        row.addWidget(self.back)
        self.put = primary(say("album-put"), icon="corner-down-left", key="Enter")
        self.put.clicked.connect(self._enter)
        row.addWidget(self.put)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._ask)

    def show_count(self, count: int, *, placed: bool) -> None:
        """How many are chosen, and whether some of them are put somewhere already."""
        self._count.setText(say("album-chosen", count=count))
        self.back.setVisible(placed)
        self.put.setEnabled(count > 0)
        self.setVisible(count > 0)

    def begin(self, text: str) -> None:
        """A character was typed on the sheet: it is the beginning of a number."""
        self.line.setFocus()
        self.line.setText(text)
        self.line.setCursorPosition(len(text))

    def show_target(self, target: Target) -> None:
        """What the number means."""
        text = target.item.text
        self._means.tone("text")
        self._means.setText(say("album-means-site", site=target.site, text=text) if target.site else text)

    def refuse(self, error: BaseException) -> None:
        """It means nothing."""
        self._means.tone("bad")
        self._means.setText(explain(error)[0] if isinstance(error, InspectorError) else "")

    def clear(self) -> None:
        """After it was done."""
        self.line.clear()
        self._means.setText("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.KeyPress and not self.line.preedit:
            self.clear()
            self.closed.emit()
            return True
        return False

    def _typed(self, text: str) -> None:
        if text.strip():
            self._quiet.start()
        else:
            self._quiet.stop()
            self._means.setText("")

    def _ask(self) -> None:
        if text := self.line.text().strip():
            self.asked.emit(text)

    def _enter(self) -> None:
        self._quiet.stop()
        if text := self.line.text().strip():
            self.wanted.emit(text)
        else:
            self.line.setFocus()
