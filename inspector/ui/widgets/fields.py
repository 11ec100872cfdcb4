"""Fields of forms: label, editor, and the red line that asks back in place."""

from __future__ import annotations

import unicodedata
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui import icons
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.dress import dress
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label


class Field(QWidget):
    """A label above an editor. `ask()` puts a red line under it: a missing answer is asked for where it belongs."""

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        caption = Label(label, role="second", tone="muted")
        caption.setBuddy(editor)
        head.addWidget(caption)
        head.addStretch(1)
        self._hint = Label(hint, role="hint", tone="faint")
        head.addWidget(self._hint)
        self._asked = Label("", role="second", tone="bad", wrap=True)
        self._asked.hide()
        if not hint:
            self._hint.hide()
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self._asked)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The editor's; a proxy of Qt's would break the tab order around widgets that come later (measured)."""
        self.editor.setFocus(reason)

    def hint(self, text: str) -> None:
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def ask(self, text: str) -> None:
        """Show what is missing; an empty text takes it away."""
        self._asked.setText(text)
        self._asked.setVisible(bool(text))
        inner = self.editor.findChild(QLineEdit) if not isinstance(self.editor, QLineEdit) else self.editor
        dress(inner or self.editor, bad=bool(text))


class _Digits(QValidator):
    """Digits and, if decimals are allowed, one point. Full-width digits become plain ones."""

    def __init__(self, decimals: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.decimals = decimals

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        plain = unicodedata.normalize("NFKC", text).strip().replace("\u3002", ".")
        whole, point, rest = plain.partition(".")
        good = (whole == "" or (whole.isascii() and whole.isdigit())) and (
            rest == "" or (rest.isascii() and rest.isdigit())
        )
        if not good or (point and not self.decimals) or len(rest) > self.decimals or len(whole) > 9:
            return QValidator.State.Invalid, text, position
        complete = bool(whole) and (not point or bool(rest))
        return (
            (QValidator.State.Acceptable if complete else QValidator.State.Intermediate),
            plain,
            min(position, len(plain)),
        )


class NumberField(TextLine):
    """A whole or decimal number as typed; `decimals` of the item say how many digits may follow the point."""

    def __init__(
        self, *, name: str, decimals: int = 0, width: int = 88, parent: QWidget | None = None
    ) -> None:
        super().__init__(name=name, parent=parent)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhNoPredictiveText)
        self._digits = _Digits(decimals, self)
        self.setValidator(self._digits)
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def ask_for(self, name: str, decimals: int) -> None:
        """Take another number from now on; the field is empty."""
        self.setAccessibleName(name)
        self._digits.decimals = decimals
        self.show_text("")

    def sizeHint(self) -> QSize:
        return QSize(theme.look.px(self._width), super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


SHOW_KEY: Final = "Ctrl+H"


class PassphraseField(QWidget):
    """A passphrase: no input method, never remembered, shown while one wants to see it (Ctrl H). Tab goes on to the
    next field: what one typed blindly went into the button."""

    typed = Signal()
    entered = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(self)
        self._line.setAccessibleName(name)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._line.textEdited.connect(self.typed)
        self._line.returnPressed.connect(self.entered)
        self._show = Button(say("ui-passphrase-show"), kind="link")
        self._show.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show.setToolTip(SHOW_KEY)
        self._show.setCheckable(True)
        self._show.setAccessibleDescription(name)
        self._show.toggled.connect(self._shown)
        self._show.setParent(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        self.setFocusProxy(self._line)
        toggle = QShortcut(QKeySequence(SHOW_KEY), self._line, context=Qt.ShortcutContext.WidgetShortcut)
        toggle.activated.connect(self._show.toggle)

    @property
    def line(self) -> QLineEdit:
        """What Tab reaches."""
        return self._line

    def passphrase(self) -> str:
        return self._line.text()

    def clear(self) -> None:
        self._line.clear()
        self._show.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._show.sizeHint()
        self._show.setGeometry(
            self.width() - size.width() - 4, (self.height() - size.height()) // 2, size.width(), size.height()
        )
        self._line.setTextMargins(0, 0, size.width(), 0)
        self._show.raise_()

    def _shown(self, on: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._show.say(say("ui-passphrase-hide" if on else "ui-passphrase-show"))


class ComboField(QComboBox):
    """A list to choose from. The wheel scrolls the page unless the list has the focus."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)
        self.currentTextChanged.connect(self._tip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip(self.currentText())

    def _tip(self, text: str) -> None:
        self.setToolTip(text if self.fontMetrics().horizontalAdvance(text) > self.width() - 52 else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        picture = icons.pixmap("chevron-down", px=18, token="muted", on=self)
        QPainter(self).drawPixmap(QPoint(self.width() - 30, (self.height() - 18) // 2), picture)


class SearchField(QWidget):
    """Search as one types: `typed(text)` at each committed change, with a count at the right and a way to clear."""

    typed = Signal(str)
    entered = Signal()
    moved = Signal(int)  # ↓ +1, ↑ −1: the list below follows while the field keeps the focus

    def __init__(self, *, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = TextLine(name=name, placeholder=placeholder)
        self.line.setTextMargins(28, 0, 96, 0)
        self.line.textChanged.connect(self._changed)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)
        self._icon = Icon("search", token="accent", parent=self)
        self._count = Label("", role="second", tone="muted", parent=self)
        self._clear = IconButton("x", say("ui-search-clear"), key="Esc", parent=self)
        self._clear.clicked.connect(self.line.clear)
        self._clear.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        for over in (self._icon, self._count, self._clear):
            over.raise_()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The line's."""
        self.line.setFocus(reason)

    def text(self) -> str:
        return self.line.text()

    def show_count(self, text: str) -> None:
        self._count.setText(text)
        self._place()

    def eventFilter(self, watched: object, event: object) -> bool:
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QKeyEvent

        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.line.preedit:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape and self.line.text():
                self.line.clear()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._place()
        self.typed.emit(text)

    def _place(self) -> None:
        middle = self.height() // 2
        self._icon.setGeometry(12, middle - 10, 20, 20)
        side = self._clear.sizeHint()
        self._clear.setGeometry(
            self.width() - side.width() - 2, middle - side.height() // 2, side.width(), side.height()
        )
        right = side.width() + 4 if not self._clear.isHidden() else 14
        size = self._count.sizeHint()
        self._count.setGeometry(
            self.width() - right - size.width(), middle - size.height() // 2, size.width(), size.height()
        )
        self.line.setTextMargins(28, 0, right + size.width() - 4, 0)
