"""Typing with an input method: nothing that is still being composed is lost, and digits that choose a
candidate never answer an item.

`text()` of a Qt field does not contain the preedit, and losing the focus dropped it (measured). The fields here
remember it, put it into the text when the focus leaves, and say `settled` whenever the text should be saved:
300 ms after the last key, on leaving, on a commit, and on `settle()`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

QUIET_MS: Final = 300


class TextLine(QLineEdit):
    """One line of text. `settled(text)` says when to save it; `text` there includes what is being composed."""

    settled = Signal(str)
    composed = Signal()  # the preedit changed

    def __init__(
        self, text: str = "", *, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.home(False)  # a text that is longer than its field is read from its beginning
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._preedit = ""
        self._said = text
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.settle)
        self.textEdited.connect(self._edited)

    @property
    def preedit(self) -> str:
        return self._preedit

    def whole_text(self) -> str:
        """The text with what is being composed at its place."""
        at = self.cursorPosition()
        return self.text()[:at] + self._preedit + self.text()[at:]

    def show_text(self, text: str) -> None:
        """Put a stored text in, without saving it again. A text being composed is kept: the person is typing."""
        if self._preedit or text == self.text():
            return
        self._said = text
        self.setText(text)
        if not self.hasFocus():
            self.home(False)

    def settle(self) -> None:
        """Say the text now if it is not the one said last."""
        self._quiet.stop()
        text = self.whole_text()
        if text != self._said:
            self._said = text
            self.settled.emit(text)

    def commit(self) -> None:
        """End the composition, keep its text, and settle."""
        if self._preedit:
            QGuiApplication.inputMethod().commit()
        if self._preedit:  # an input method that does not answer: its text is kept all the same
            text, self._preedit = self._preedit, ""
            self.insert(text)
        self.settle()

    def event(self, event: QEvent) -> bool:
        if _is_not_for(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are for the page below: Qt would write their paths into the text."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._edited()
        self.composed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.end(False)  # what is typed goes on where the text ends
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._preedit:
            text, self._preedit = self._preedit, ""
            self.insert(text)
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def _edited(self) -> None:
        self._quiet.start()


class TextArea(QPlainTextEdit):
    """Several lines, the same rules. Tab leaves the field, as forms are walked with it."""

    settled = Signal(str)
    composed = Signal()

    def __init__(
        self, text: str = "", *, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._preedit = ""
        self._said = text
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.settle)
        self.textChanged.connect(self._quiet.start)

    @property
    def preedit(self) -> str:
        return self._preedit

    def text(self) -> str:
        return self.toPlainText()

    def whole_text(self) -> str:
        at = self.textCursor().position()
        return self.toPlainText()[:at] + self._preedit + self.toPlainText()[at:]

    def show_text(self, text: str) -> None:
        """Put a stored text in, without saving it again."""
        if self._preedit or text == self.toPlainText():
            return
        self._said = text
        self.setPlainText(text)

    def settle(self) -> None:
        self._quiet.stop()
        text = self.whole_text()
        if text != self._said:
            self._said = text
            self.settled.emit(text)

    def commit(self) -> None:
        if self._preedit:
            QGuiApplication.inputMethod().commit()
        if self._preedit:
            text, self._preedit = self._preedit, ""
            self.insertPlainText(text)
        self.settle()

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if _is_not_for(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """As in a line."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._quiet.start()
        self.composed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._preedit:
            text, self._preedit = self._preedit, ""
            self.insertPlainText(text)
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()


def _is_not_for(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    """Whether a field leaves a key to the screen: Ctrl V without a text to paste (a photo), Ctrl Z and Ctrl Y when
    nothing that was typed here is left to undo."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Paste):
        data = QGuiApplication.clipboard().mimeData()
        return data.hasUrls() or not data.hasText()  # a copied file has a text, too: its path
    if event.matches(QKeySequence.StandardKey.Undo):
        return not can_undo
    return event.matches(QKeySequence.StandardKey.Redo) and not can_redo


def composing() -> bool:
    """Whether somebody is choosing among candidates now: digits belong to the input method then."""
    field = QApplication.focusWidget()
    return isinstance(field, (TextLine, TextArea)) and bool(field.preedit)


def commit_all(within: QWidget) -> None:
    """End every composition below `within` and settle every field: before leaving, saving, signing, closing."""
    for line in within.findChildren(TextLine):
        line.commit()
    for area in within.findChildren(TextArea):
        area.commit()


def digit(event: QKeyEvent) -> int | None:
    """The digit 1–9 of a key press that may answer, from either block of keys; None while composing."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier) or composing():
        return None
    number = event.key() - Qt.Key.Key_0.value
    return number if 1 <= number <= 9 else None
