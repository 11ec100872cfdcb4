"""What the list of documents is narrowed to: a kind, of sheets a category, the documents of one finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.model.paper import Kind
from inspector.model.words import Category, word
from inspector.services.paper_list import Listed
from inspector.text import say
from inspector.ui.documents.rows import kind_words
from inspector.ui.widgets.buttons import Chip
from inspector.ui.widgets.flow import FlowLayout

ALL = "all"
SHEETS = "sheets"


class Narrowing(QWidget):
    """`changed` when something else is asked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = ALL
        self._category: Category | None = None
        self._ids: Collection[str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        kinds = QWidget()
        flow = FlowLayout(kinds)
        self.finding = Chip(say("documents-of-finding"))
        self.finding.setChecked(True)
        self.finding.clicked.connect(self._no_finding)
        self.finding.hide()
        flow.addWidget(self.finding)
        self.kinds: dict[str, Chip] = {}
        for name, text in (
            (ALL, say("documents-every")),
            (SHEETS, kind_words(None)),
            *((kind.value, kind_words(kind)) for kind in Kind),
        ):
            self.kinds[name] = Chip(text)
            self.kinds[name].clicked.connect(partial(self._only, name))
            flow.addWidget(self.kinds[name])
        column.addWidget(kinds)
        self._row = QWidget()
        categories = FlowLayout(self._row)
        self.categories: dict[Category, Chip] = {}
        for category in Category:
            chip = Chip(word(category))
            chip.clicked.connect(partial(self._turn, category))
            categories.addWidget(chip)
            self.categories[category] = chip
        column.addWidget(self._row)
        self._show()

    def show_kinds(self, listed: Iterable[Listed]) -> None:
        """Only kinds that are there can be asked for."""
        there = {one.kind.value if one.kind else SHEETS for one in listed}
        for name, chip in self.kinds.items():
            chip.setVisible(name in there or name == ALL)
        if self._kind not in there | {ALL}:
            self._kind = ALL
            self._show()

    def only_of_finding(self, ids: Collection[str] | None) -> None:
        """The documents (ids) of one finding; None: of all."""
        self._ids = ids
        self.finding.setVisible(ids is not None)
        if ids is not None:
            self._kind, self._category = ALL, None
            self._show()

    def widen(self) -> None:
        """Everything is asked for."""
        self._kind, self._category = ALL, None
        self.only_of_finding(None)
        self._show()

    def fits(self, one: Listed) -> bool:
        """Whether a document is asked for."""
        if self._ids is not None and one.id not in self._ids:
            return False
        if self._kind == ALL:
            return True
        if self._kind == SHEETS:
            return one.kind is None and self._category in (None, one.category)
        return one.kind is not None and one.kind.value == self._kind

    def _only(self, kind: str) -> None:
        self._kind = kind
        self._show()
        self.changed.emit()

    def _turn(self, category: Category) -> None:
        self._category = None if self._category is category else category
        self._show()
        self.changed.emit()

    def _no_finding(self) -> None:
        self.finding.setChecked(True)
        self.only_of_finding(None)
        self.changed.emit()

    def _show(self) -> None:
        for name, chip in self.kinds.items():
            chip.setChecked(name == self._kind)
        self._row.setVisible(self._kind == SHEETS)
        for category, chip in self.categories.items():
            chip.setChecked(category is self._category)
