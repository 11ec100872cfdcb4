"""/ finds an item by its number, two characters or initials; Enter on a wording opens the finding with it.
J jots down. Both are one line over the items."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services import item_index
from inspector.services.item_index import Entry
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.description import bracketed
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import KeyCap, Label

MOST = 60


class ItemFinder(QFrame):
    """`found` the item's code and the wording that was chosen, or none."""

    found = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "overlay")
        self._entries: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self._title = Label(say("inspect-find"), role="title", bold=True)
        column.addWidget(self._title)
        self.search = SearchField(name=say("inspect-find"), placeholder=say("inspect-find-hint"))
        self.search.typed.connect(self._filter)
        self.search.entered.connect(self._enter)
        self.search.moved.connect(self._step)
        self.search.line.installEventFilter(self)
        column.addWidget(self.search)
        self.list = RowList(name=say("inspect-items"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        self._none = Label(say("inspect-find-none"), tone="muted")
        self._none.hide()
        column.addWidget(self._none)
        self.hide()

    def pop(self, title: str) -> None:
        """Open it over its parent."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.search.line.clear()
        self._filter()
        self.show()
        self.raise_()
        self.search.setFocus()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """What there is to find."""
        self._entries = entries
        self._filter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What its line does not take must not answer the item below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and not self.search.line.preedit
        ):
            self.close_down()
            return True
        return False

    def close_down(self) -> None:
        self.hide()
        self.closed.emit()

    def _filter(self, _: str = "") -> None:
        self._shown = item_index.find(self._entries, self.search.text())[:MOST]
        self.list.show_rows(
            [
                Row(
                    key=str(number),
                    title=bracketed(entry.wording) if entry.wording else entry.text,
                    note=f"{entry.item} {entry.text}" if entry.wording else entry.item,
                    facts=(Fact(say("inspect-find-wording"), tone="accent"),) if entry.wording else (),
                )
                for number, entry in enumerate(self._shown)
            ],
            current="",
        )
        self._none.setVisible(not self._shown)
        if self._shown:
            self.list.setCurrentIndex(self.list.rows.index(0))

    def _step(self, by: int) -> None:
        self.list.step(by)

    def _enter(self) -> None:
        if self._shown:
            self.list.open_current()

    def _open(self, key: str) -> None:
        entry = self._shown[int(key)]
        self.hide()
        self.found.emit(entry.item, entry.wording)


class JotLine(QFrame):
    """速记: two words, Enter, on."""

    jotted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "overlay")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(Label(say("inspect-jot"), role="title", bold=True))
        self.line = TextLine(name=say("inspect-jot"), placeholder=say("inspect-jot-hint"))
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        row.addWidget(self.line, 1)
        row.addWidget(KeyCap("Enter"))
        row.addWidget(KeyCap("Esc"))
        self.hide()

    def pop(self) -> None:
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What its line does not take must not answer the item below."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and not self.line.preedit
        ):
            self.hide()
            self.closed.emit()
            return True
        return False

    def _enter(self) -> None:
        self.line.commit()
        text = self.line.text().strip()
        self.hide()
        if text:
            self.jotted.emit(text)
        self.closed.emit()
