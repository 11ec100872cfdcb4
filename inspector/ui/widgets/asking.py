"""Ask before what cannot be taken back: 签名并生成, 签发, 作废, 恢复备份. Everything else has 撤销 instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.text import Label

WIDE_PX = 460


class Asking(QDialog):
    """One question. The button that does it says what it does; 先不 leaves everything as it is."""

    def __init__(self, parent: QWidget, title: str, text: str, yes: str, *, icon: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(theme.look.px(WIDE_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, role="section", bold=True, wrap=True))
        column.addWidget(Label(text, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.no = Button(say("ask-not-now"), key="Esc")
        self.no.clicked.connect(self.reject)
        self.yes = primary(yes, icon=icon)
        self.yes.clicked.connect(self.accept)
        self.yes.setDefault(True)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.yes.setFocus()


def ask_first(
    parent: QWidget, title: str, text: str, yes: str, then: Callable[[], None], *, icon: str = ""
) -> Asking:
    """Ask, and call `then` on yes. It does not block: the window goes on beneath it."""
    asking = Asking(parent, title, text, yes, icon=icon)
    asking.accepted.connect(then)
    asking.open()
    return asking
