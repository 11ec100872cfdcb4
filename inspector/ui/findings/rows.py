"""The list of findings: a row is made when it is painted, so that 100,000 are there without a wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from inspector.services.finding_list import Group, Listed
from inspector.ui.theme import theme
from inspector.ui.widgets.rows import ROW, Fact, Index, Row, RowDelegate, RowList, RowsModel

MOST_GROUPED: Final = 20_000
"""With headings the view asks for the height of every row, about 2 µs each (measured): longer lists have none."""

ROWS_KEPT: Final = 600


class FindingRows(RowsModel):
    """Findings in their order; `heads` are the rows that begin a group, with its heading."""

    def __init__(self, make: Callable[[Listed, str], Row]) -> None:
        super().__init__()
        self._make = make
        self._listed: Sequence[Listed] = ()
        self._places: dict[str, int] = {}
        self.heads: Mapping[int, str] = {}
        self._row = lru_cache(ROWS_KEPT)(self._made)

    def show_findings(self, listed: Sequence[Listed], heads: Mapping[int, str]) -> None:
        """Swap them all."""
        self.beginResetModel()
        self._listed = listed
        self.heads = heads
        self._places = {}
        self._row.cache_clear()
        self.endResetModel()

    def place(self, key: str) -> QModelIndex:
        if key not in self._places:  # one look at each: a table of 100,000 took ten times as long (measured)
            self._places[key] = next((n for n, one in enumerate(self._listed) if one.id == key), -1)
        at = self._places[key]
        return self.index(at) if at >= 0 else QModelIndex()

    @property
    def listed(self) -> Sequence[Listed]:
        """What is shown, in its order."""
        return self._listed

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._listed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._listed):
            return None
        if role == ROW:
            return self._row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._row(index.row()).spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self._row(index.row())
            return f"{row.title}\n{row.note}"
        return None

    def _made(self, number: int) -> Row:
        return self._make(self._listed[number], self.heads.get(number, ""))


HEADING_TONES: Final = {Group.LATE: "bad", Group.TODAY: "warn"}


class FindingDelegate(RowDelegate):
    """Rows with a photo, a heading above the first of a group, and what is left in two lines."""

    def __init__(self, parent: QWidget, picture: Callable[[str], QImage | None]) -> None:
        super().__init__(parent, picture)
        self._headed_already = False
        self.tones: Mapping[Group, str] = HEADING_TONES

    def measure(self) -> None:
        """Before the view lays out: how tall rows are in this look."""
        row = theme.look.row2
        self._plain = QSize(100, row)
        self._headed = QSize(100, row + self._tall())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        return self._headed if isinstance(model, FindingRows) and index.row() in model.heads else self._plain

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The heading in the colour of its urgency; the row below it as every row."""
        model, tall = index.model(), self._heading(index)
        if not tall or not isinstance(model, FindingRows):
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setFont(theme.font("second", bold=True))
        painter.setPen(theme.color(self.tones.get(model.listed[index.row()].group, "muted")))
        room = QRect(rect.left() + 8, rect.top() + 4, rect.width() - 16, tall - 4)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, model.heads[index.row()])
        painter.restore()
        below = QStyleOptionViewItem(option)
        below.rect = rect.adjusted(0, tall, 0, 0)  # type: ignore[attr-defined]
        self._headed_already = True
        super().paint(painter, below, index)
        self._headed_already = False

    def _fact(
        self, painter: QPainter, view: QWidget, fact: Fact, rect: QRect, right: int, inverted: bool
    ) -> int:
        much, _, what = fact.text.partition("\n")
        if not what:
            return super()._fact(painter, view, fact, rect, right, inverted)
        large, small = theme.font("title", bold=True), theme.font("hint")
        tall = QFontMetrics(large).height()
        words = max(QFontMetrics(large).horizontalAdvance(much), QFontMetrics(small).horizontalAdvance(what))
        width = max(theme.look.px(fact.width), words)
        top = rect.center().y() - (tall + QFontMetrics(small).height()) // 2
        painter.setPen(theme.color("on_selected" if inverted else fact.tone))
        for font, text, at in ((large, much, top), (small, what, top + tall)):
            painter.setFont(font)
            room = QRect(right - width, at, width, QFontMetrics(font).height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return right - width - 14

    def _tall(self) -> int:
        return round(theme.look.font_px("second") * 1.448) + 14

    def _heading(self, index: Index) -> int:
        model = index.model()
        headed = isinstance(model, FindingRows) and index.row() in model.heads
        return self._tall() if headed and not self._headed_already else 0


class FindingList(RowList):
    """A RowList over FindingRows, of which several can be chosen: Shift and Ctrl with arrows or the mouse, Ctrl A all.
    `picked` when the choice is another one."""

    picked = Signal()

    def __init__(
        self, *, name: str, make: Callable[[Listed, str], Row], picture: Callable[[str], QImage | None]
    ) -> None:
        super().__init__(name=name, picture=picture)
        self._painter = FindingDelegate(self, picture)
        self._painter.measure()
        self.setItemDelegate(self._painter)
        self.findings = FindingRows(make)
        self.rows = self.findings
        self.setModel(self.findings)
        self.choose_several(False)

    def choose_several(self, yes: bool) -> None:
        """Whether a plain press adds to the choice, for hands without a keyboard."""
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.MultiSelection if yes else mode.ExtendedSelection)
        if not yes:
            self.clear_choice()

    def chosen_ids(self) -> tuple[str, ...]:
        """What is chosen, in the order of the list."""
        return tuple(one.id for one in self.chosen_findings())

    def chosen_findings(self) -> tuple[Listed, ...]:
        """The same as they are listed."""
        listed = self.findings.listed
        return tuple(one for top, bottom in sorted(self._ranges()) for one in listed[top : bottom + 1])

    def chosen_count(self) -> int:
        """How many are chosen."""
        return sum(bottom + 1 - top for top, bottom in self._ranges())

    def _ranges(self) -> list[tuple[int, int]]:
        """First and last rows: all of 100,000 that are chosen are one range."""
        chosen = self.selectionModel().selection()
        return [(chosen.at(n).top(), chosen.at(n).bottom()) for n in range(chosen.size())]

    def shows_taken(self, index: Index) -> bool:
        """Every one that is chosen."""
        return self.selectionModel().isSelected(index)

    def choose(self, which: Collection[str]) -> None:
        """Choose these, as far as they are listed."""
        found, wanted = QItemSelection(), frozenset(which)
        for number, one in enumerate(self.findings.listed):
            if one.id in wanted:
                at = self.findings.index(number)
                found.select(at, at)
        self.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def clear_choice(self) -> None:
        """One finding alone: the current one."""
        at = self.currentIndex()
        if at.isValid():
            self.selectionModel().select(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.clearSelection()

    def show_findings(self, listed: Sequence[Listed], heads: Mapping[int, str]) -> None:
        """Swap the rows; the current one stays if it is still there."""
        at = self.current()
        grouped = bool(heads) and len(listed) <= MOST_GROUPED
        self.setUniformItemSizes(not grouped)
        self.findings.show_findings(listed, heads if grouped else {})
        if at:
            self.go_to(at)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.picked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that adds to the choice opens nothing."""
        several = self.selectionMode() is QAbstractItemView.SelectionMode.MultiSelection
        if several or event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        ):
            QListView.mouseReleaseEvent(self, event)
        else:
            super().mouseReleaseEvent(event)

    def doItemsLayout(self) -> None:
        self._painter.measure()
        super().doItemsLayout()
