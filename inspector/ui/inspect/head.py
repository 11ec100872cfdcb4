"""What frames the items of a section: its title with the count, and the column that scrolls."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.text import say
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import Label


class SectionHead(QWidget):
    """The section's title, how far it is, and 其余都合格."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 4, 0)
        row.setSpacing(10)
        self._title = Label(role="section", bold=True)
        self._count = Label(role="second", tone="muted")
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        self.rest = Button(say("inspect-rest"), icon="checks", kind="ghost", flush=True)
        row.addWidget(self.rest)

    def show_section(self, title: str, count: str) -> None:
        """Which section it is."""
        self._title.setText(title)
        self._count.setText(count)


class Rows(Scrolled):
    """Scrolls by wheel and bar; the keys belong to the screen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
