"""A layout that fills rows from left to right and breaks where the room ends: chips, small buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

FEW: Final = 3


class FlowLayout(QLayout):
    """Rows of widgets in reading order. Nothing is cut: what does not fit goes to the next row."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, row_gap: int = 0) -> None:
        super().__init__(parent)
        self._gap = gap
        self._row_gap = row_gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[
            int, int
        ] = {}  # by width; a layout around it asks dozens of times for one key (measured)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take all widgets out and delete them."""
        while self._items:
            if widget := self._items.pop().widget():
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def arrange(self, widgets: Sequence[QWidget]) -> None:
        """Have these widgets in this order. Those that are here already are not put in again, which Qt answers with a
        message to each (40 ms while 20 photos came in, measured); those that are left out live on."""
        if [item.widget() for item in self._items] == list(widgets):
            return
        here = {item.widget(): item for item in self._items}
        around = self.parentWidget()
        new = [widget for widget in widgets if widget not in here]
        # of many, each that is shown would lay out all of them (300 among 400: 0.6 s, measured)
        at_once = len(new) > FEW and not around.isHidden() and around.focusWidget() is None
        if at_once:
            around.hide()
        for widget in new:
            self.addWidget(widget)
            widget.show()
            here[widget] = self._items[-1]
        self._items = [here[widget] for widget in widgets]
        self.invalidate()
        if at_once:
            around.show()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for row in self._rows(rect.width()):
            tall = max(item.sizeHint().height() for item in row)
            x = rect.x()
            for item in row:
                hint = item.sizeHint()
                if move:
                    width = min(hint.width(), max(rect.width(), item.minimumSize().width()))
                    middle = y + (tall - hint.height()) // 2
                    item.setGeometry(QRect(QPoint(x, middle), QSize(width, hint.height())))
                x += hint.width() + self._gap
            y += tall + self._row_gap
        return max(0, y - self._row_gap - rect.y())

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        """The items as they break into rows of at most `width` px."""
        rows: list[list[QLayoutItem]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not rows or x + wide > width:
                rows.append([])
                x = 0
            rows[-1].append(item)
            x += wide + self._gap
        return rows
