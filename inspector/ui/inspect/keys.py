"""The keys of the inspection: digits answer, letters act, Enter goes on; in a field they are typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from inspector.ui.imewise import digit
from inspector.ui.inspect.answering import Answering
from inspector.ui.inspect.asides import Asides
from inspector.ui.inspect.board import ItemBoard
from inspector.ui.inspect.card import VERDICTS, ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.where import Where
from inspector.ui.inspect.words import takes_number
from inspector.ui.inspect.work import DraftWork


class Keys(QObject):
    """What a key does where one is on `page`."""

    toggled_open = Signal()

    def __init__(
        self,
        page: QWidget,
        work: DraftWork,
        board: ItemBoard,
        where: Where,
        answering: Answering,
        asides: Asides,
    ) -> None:
        super().__init__()
        self._page, self._work, self._board, self._where = page, work, board, where
        self._answering, self._asides = answering, asides

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means here; whether it means anything."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not self._work.ready or held not in plain:
            return False
        number = digit(event)
        if number is not None and not self.in_field():
            return self._digit(number)
        moves: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
            Qt.Key.Key_Down: partial(self._where.step, 1),
            Qt.Key.Key_Up: partial(self._where.step, -1),
            Qt.Key.Key_PageDown: partial(self._where.step_section, 1),
            Qt.Key.Key_PageUp: partial(self._where.step_section, -1),
            Qt.Key.Key_Escape: self._escape,
        }
        letters: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Slash: self._asides.find,
            Qt.Key.Key_J: self._asides.jot_down,
            Qt.Key.Key_U: self.toggled_open.emit,
            Qt.Key.Key_N: self._answering.write_note,
            Qt.Key.Key_R: partial(self._answering.see_first, True),
            Qt.Key.Key_T: partial(self._answering.see_first, False),
        }
        act = moves.get(key) or (None if self.in_field() else letters.get(key))
        return act is not None and act() is not False

    def _digit(self, number: int) -> bool:
        card = self._board.current
        if isinstance(card, HeaderCard):
            return card.choose(number)
        if not isinstance(card, ItemCard):
            return False
        if card.asks_reason:
            return card.choose_reason(number)
        if card.choose_option(number):
            return True
        if number <= len(VERDICTS):
            self._answering.judge(VERDICTS[number - 1])
        return number <= len(VERDICTS)

    def _enter(self) -> bool:
        card = self._board.current
        if isinstance(card, FindingForm):
            return isinstance(QApplication.focusWidget(), QLineEdit) and self._page.focusNextChild()
        if self._board.offered_facts():
            self._answering.accept_facts()
            return True
        explained = isinstance(card, HeaderCard) and card.explaining
        self._board.settle()
        if isinstance(card, HeaderCard):
            if explained or not card.explaining:  # a number that is another fact of the site asks why first
                self._where.next_header(card.item.code)
            return True
        if isinstance(card, ItemCard) and not card.asks_reason and self._work.waits(card.item.code):
            proposed = card.proposed()
            if proposed is not None and (takes_number(card.item) or card.typed().option):
                self._answering.judge(proposed)
                return True
        self._where.next()
        return True

    def _escape(self) -> bool:
        card = self._board.current
        if isinstance(card, ItemCard) and card.asks_reason:
            card.fold_reasons()
            self._answering.ask_no_reason()
            self._where.focus()
        elif self._where.finding:
            self._where.go_to(self._where.code)
        elif self.in_field():
            self._board.settle()
            self._board.setFocus()
        else:
            return False
        return True

    def in_field(self) -> bool:
        """Whether keys are typed into a field."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit | QPlainTextEdit) and self._page.isAncestorOf(focus)
