"""The description of a finding: a text whose open placeholders are tab stops."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument

from inspector.model import wording
from inspector.ui.imewise import TextArea
from inspector.ui.theme import theme

OPEN: Final = "\u3014"
CLOSE: Final = "\u3015"
"""The brackets in which the screen shows an open placeholder."""


def bracketed(text: str) -> str:
    """A wording of a form as the screen shows it."""
    return text.replace("{", OPEN).replace("}", CLOSE)


class Description(TextArea):
    """Tab goes from placeholder to placeholder, then on to the next field; ↓ in an empty one offers the wordings."""

    wanted = Signal()

    def __init__(self, *, name: str, placeholder: str) -> None:
        super().__init__(name=name, placeholder=placeholder)
        self._marks = _Placeholders(self.document())
        theme.changed.connect(self._marks.rehighlight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.toPlainText() and not self.preedit:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.next_stop():
            return True
        return super().focusNextPrevChild(forward)

    def next_stop(self, *, from_start: bool = False) -> bool:
        """Select the next open placeholder; whether there is one."""
        cursor = self.textCursor()
        at = -1 if from_start else cursor.selectionEnd()
        after = [stop for stop in wording.tab_stops(self.toPlainText()) if stop.start >= at]
        if not after:
            return False
        cursor.setPosition(after[0].start)
        cursor.setPosition(after[0].end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()
        return True

    def fill(self, name: str, text: str) -> bool:
        """Put what was typed into a field of its own at its placeholder; whether there was one."""
        mark = f"{OPEN}{name}{CLOSE}"
        now = self.toPlainText()
        if not text or mark not in now or self.preedit:
            return False
        self.show_text(now.replace(mark, text))
        return True


class _Placeholders(QSyntaxHighlighter):
    """Open placeholders on amber."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        mark = QTextCharFormat()
        mark.setBackground(QColor(theme.hex("warn_soft")))
        mark.setForeground(QColor(theme.hex("warn")))
        for stop in wording.tab_stops(text):
            self.setFormat(stop.start, stop.end - stop.start, mark)
