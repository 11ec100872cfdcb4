"""Lists of what is taken or left out, each row with a tick: Enter, a press, or the space bar turns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from inspector.services.paper_list import Listed
from inspector.ui.notices.words import row
from inspector.ui.widgets.rows import RowList

MOST_ROWS: Final = 500  # a row is made in 75 µs (measured)


class TickList(RowList):
    """`turned` when a row is to be taken, or left out."""

    turned = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.opened.connect(self.turned)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current():
            self.turned.emit(self.current())
        else:
            super().keyPressEvent(event)


class Choosing(TickList):
    """`changed` when another set is taken."""

    changed = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self._listed: tuple[Listed, ...] = ()
        self._out: set[str] = set()
        self.turned.connect(self.turn)

    def show_documents(self, listed: Sequence[Listed], *, only: str = "") -> None:
        """These can be taken; all of them are, or `only` one. What was left out before stays out."""
        new = {one.id for one in listed} - {one.id for one in self._listed}
        self._listed = tuple(listed[:MOST_ROWS])
        if only:
            self._out |= new - {only}
        self._draw()

    def taken(self) -> tuple[str, ...]:
        """The documents (ids) that are taken, the first drafted first: numbers rise in this order."""
        return tuple(one.id for one in self.taken_documents())

    def taken_documents(self) -> tuple[Listed, ...]:
        """The same with what is shown of them."""
        return tuple(one for one in reversed(self._listed) if one.id not in self._out)

    def turn(self, key: str) -> None:
        """Take one that was left out, or leave it out."""
        self._out ^= {key}
        self._draw()
        self.changed.emit()

    def take_all(self, yes: bool) -> None:
        """All, or none."""
        self._out = set() if yes else {one.id for one in self._listed}
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        self.show_rows([row(one, ticked=one.id not in self._out) for one in self._listed])
