"""A list view whose rows are equally tall, with a heading above some: where a row stands is computed, so that a list of
100,000 stands at once (Qt asks for each row when it lays out: half a second, measured)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPalette, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from inspector.ui.widgets.row import Index

Action = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint

_STEPS: Final = {
    Action.MoveUp: -1,
    Action.MoveLeft: -1,
    Action.MovePrevious: -1,
    Action.MoveDown: 1,
    Action.MoveRight: 1,
    Action.MoveNext: 1,
}


class EvenList(QListView):
    """Rows as tall as `measure` said last; those of `set_headed` have a heading above them. Lengths are logical px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_px = self._heading_px = 1
        self._headed: list[int] = []
        # a viewport of Qt's own is looked up among all paint devices: 9 to 18 ms at the first one (measured)
        self.setViewport(QWidget())
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def measure(self, row_px: int, heading_px: int) -> None:
        """How tall a row is from now on, and a heading."""
        self._row_px, self._heading_px = row_px, heading_px
        self.doItemsLayout()

    def set_headed(self, rows: Iterable[int]) -> None:
        """The rows that have a heading above them."""
        self._headed = sorted(rows)

    def heading_px(self, row: int) -> int:
        """How much of a row's rectangle is its heading."""
        at = bisect_left(self._headed, row)
        return self._heading_px if at < len(self._headed) and self._headed[at] == row else 0

    @property
    def content_px(self) -> int:
        """How tall all rows are together."""
        return self._top(self._count)

    def rect_of(self, row: int) -> QRect:
        """Where a row is in the viewport, its heading included."""
        tall = self._row_px + self.heading_px(row)
        return QRect(0, self._top(row) - self.verticalOffset(), self.viewport().width(), tall)

    def rows_within(self, top: int, bottom: int) -> range:
        """The rows that are seen between two heights of the viewport, both included."""
        scrolled = self.verticalOffset()
        last = self.content_px - 1
        if not self._count or bottom + scrolled < 0 or top + scrolled > last:
            return range(0)
        first = self._at(max(0, top + scrolled))
        return range(first, self._at(min(last, bottom + scrolled)) + 1)

    @property
    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _top(self, row: int) -> int:
        """Where a row begins, its heading included, from the beginning of the list."""
        return row * self._row_px + bisect_left(self._headed, row) * self._heading_px

    def _at(self, y: int) -> int:
        """The row at a height that lies within the list."""
        return bisect_right(range(self._count), y, key=self._top) - 1

    # ── what Qt asks

    def visualRect(self, index: Index) -> QRect:
        return self.rect_of(index.row()) if index.isValid() else QRect()

    def indexAt(self, p: QPoint) -> QModelIndex:
        within = self.rows_within(p.y(), p.y())
        return self.model().index(within[0], 0) if within else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = Hint.EnsureVisible) -> None:
        if not index.isValid():
            return
        rect, tall, bar = self.visualRect(index), self.viewport().height(), self.verticalScrollBar()
        by = 0
        if hint == Hint.PositionAtCenter:
            by = rect.center().y() - tall // 2
        elif hint == Hint.PositionAtTop or (hint == Hint.EnsureVisible and rect.top() < 0):
            by = rect.top()
        elif hint == Hint.PositionAtBottom or rect.bottom() >= tall:
            # what is cut is cut at the lower edge, where one sees that more follows
            first = self._at(self.verticalOffset() + rect.bottom() - tall) + 1
            by = min(rect.top(), self._top(first) - self.verticalOffset())
        bar.setValue(bar.value() + by)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        count, row = self._count, self.currentIndex().row()
        if not count:
            return QModelIndex()
        if action == Action.MoveHome or row < 0:
            to = 0
        elif action == Action.MoveEnd:
            to = count - 1
        elif action in _STEPS:
            to = row + _STEPS[action]
        else:
            page = max(1, self.viewport().height() // self._row_px)
            to = row + (page if action == Action.MovePageDown else -page)
        return self.model().index(max(0, min(count - 1, to)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """From the row at the upper edge to the one at the lower, whichever way it was drawn."""
        rect = rect.normalized()
        within = self.rows_within(rect.top(), rect.bottom())
        model, found = self.model(), QItemSelection()
        if within:
            found.select(model.index(within[0], 0), model.index(within[-1], 0))
        self.selectionModel().select(found, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        seen, region = self.viewport().rect(), QRegion()
        for number in range(selection.size()):
            one = selection.at(number)
            region += QRegion(
                self.visualRect(one.topLeft()).united(self.visualRect(one.bottomRight())) & seen
            )
        return region

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        tall, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setSingleStep(self._row_px)
        bar.setPageStep(tall)
        bar.setRange(0, max(0, self.content_px - tall))
