"""Lists of two-line rows: keys that open them, small buttons, headings above groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from inspector.ui.theme import theme
from inspector.ui.widgets.dress import antialiased
from inspector.ui.widgets.even_list import EvenList
from inspector.ui.widgets.row import ROW, Index, Row, RowsModel
from inspector.ui.widgets.row_painter import RowPainter, action_box


class RowList(EvenList):
    """A list of rows. `opened` on Enter or a press, `acted` on the row's small button (or Enter, if there is one),
    `chosen` when another row becomes the current one."""

    opened = Signal(str)
    acted = Signal(str)
    chosen = Signal(str)
    typed = Signal(str)  # a character typed on the list: the search field takes it

    def __init__(
        self,
        *,
        name: str,
        picture: Callable[[str], QImage | None] | None = None,
        fitted: bool = False,
        large_headings: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`fitted`: as tall as its rows, without a scroll bar of its own."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.hovered = -1
        self._fitted = fitted
        self._painter = RowPainter(self, picture, large=large_headings)
        self.rows = RowsModel()
        self.setModel(self.rows)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setProperty("kind", "rows")
        self.measure(theme.look.row2, self._painter.heading_px)
        if fitted:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Row], *, current: str | None = None) -> None:
        """Swap the rows; stay at the row with the key `current`, else at the one where one was."""
        at = self.current() if current is None else current
        self.rows.show_rows(rows)
        if at:
            self.go_to(at)
        if self._fitted:
            self.updateGeometry()

    def current(self) -> str:
        """The key of the current row, or nothing."""
        row = self.currentIndex().data(ROW)
        return row.key if isinstance(row, Row) else ""

    def rows_taken(self) -> list[range]:
        """The rows that are painted as taken: the current one."""
        at = self.currentIndex().row()
        return [range(at, at + 1)]

    def go_to(self, key: str) -> None:
        """Make a row the current one."""
        index = self.rows.place(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def show_picture(self, photo: str) -> None:
        """A picture came: paint again the rows that show it."""
        for number in self.rows_within(0, self.viewport().height()):
            if self.rows.row(number).photo == photo:
                self.update(self.rows.index(number))

    def step(self, by: int) -> None:
        """The row below (+1) or above (−1) becomes the current one."""
        count = self.rows.rowCount()
        if count:
            at = self.currentIndex().row()
            self.setCurrentIndex(self.rows.index(max(0, min(count - 1, at + by))))

    def open_current(self) -> None:
        """Open the current row, or the first if there is none."""
        if not self.current():
            self.step(1)
        if key := self.current():
            self.opened.emit(key)

    def sizeHint(self) -> QSize:
        if self._fitted:
            return QSize(200, self.content_px + 2)
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._fitted else super().minimumSizeHint()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW) if current.isValid() else None
        if isinstance(row, Row):
            self.chosen.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(row, Row):
                (self.acted if row.action else self.opened).emit(row.key)
        elif (
            event.text().strip()
            and event.text().isprintable()
            and event.modifiers()
            in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            before, self.hovered = self.hovered, row
            for number in (before, row):
                self.update(self.rows.index(number))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        row = index.data(ROW) if index.isValid() else None
        if event.button() != Qt.MouseButton.LeftButton or not isinstance(row, Row):
            return
        if row.action and at.x() >= action_box(row, self.visualRect(index)).left() - 8:
            self.acted.emit(row.key)
        else:
            self.opened.emit(row.key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.measure(theme.look.row2, self._painter.heading_px)
            self.updateGeometry()

    def reset(self) -> None:
        super().reset()
        self.set_headed(self.rows.headings)
        self.updateGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self.viewport())
        taken, last = self.rows_taken(), self.rows.rowCount() - 1
        for number in self.rows_within(event.rect().top(), event.rect().bottom()):
            rect = self.rect_of(number)
            if tall := self.heading_px(number):
                above = QRect(rect.topLeft(), QSize(rect.width(), tall))
                self._painter.paint_heading(painter, above, self.rows.headings[number])
                rect = rect.adjusted(0, tall, 0, 0)
            self._painter.paint(
                painter,
                rect,
                self.rows.row(number),
                here=any(number in some for some in taken),
                over=number == self.hovered,
                last=number == last,
            )
