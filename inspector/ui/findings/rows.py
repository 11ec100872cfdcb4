"""The list of findings: a row is made when it is painted, so that 100,000 are there without a wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from inspector.services.finding_list import Listed
from inspector.ui.widgets.row import Heading, Index, Row, RowsModel
from inspector.ui.widgets.rows import RowList

ROWS_KEPT: Final = 600


class FindingRows(RowsModel):
    """Findings in their order; `headings` stand above the first of each group."""

    def __init__(self, make: Callable[[Listed], Row]) -> None:
        super().__init__()
        self._make = make
        self._listed: Sequence[Listed] = ()
        self._places: dict[str, int] = {}
        self._row = lru_cache(ROWS_KEPT)(self._made)

    def show_findings(self, listed: Sequence[Listed], headings: Mapping[int, Heading]) -> None:
        """Swap them all."""
        self.beginResetModel()
        self._listed = listed
        self.headings = headings
        self._places = {}
        self._row.cache_clear()
        self.endResetModel()

    def row(self, number: int) -> Row:
        return self._row(number)

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

    def _made(self, number: int) -> Row:
        return self._make(self._listed[number])


class FindingList(RowList):
    """A RowList over FindingRows, of which several can be chosen: Shift and Ctrl with arrows or the mouse, Ctrl A all.
    `picked` when the choice is another one."""

    picked = Signal()

    def __init__(
        self, *, name: str, make: Callable[[Listed], Row], picture: Callable[[str], QImage | None]
    ) -> None:
        super().__init__(name=name, picture=picture, large_headings=True)
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

    def rows_taken(self) -> list[range]:
        """Every one that is chosen."""
        return [range(top, bottom + 1) for top, bottom in self._ranges()]

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

    def show_findings(self, listed: Sequence[Listed], headings: Mapping[int, Heading]) -> None:
        """Swap the rows; the current one stays if it is still there."""
        at = self.current()
        self.findings.show_findings(listed, headings)
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
