"""The card on which one names another place to sync with: a folder of a share, or an object store."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class AddingCard(Card):
    """`named` gives the path or the address; `closed` when none is wanted."""

    named = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-add"))
        self.add(Label(say("sync-add-text"), role="second", tone="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.where = TextLine(name=say("sync-add-where"), placeholder=say("sync-add-hint"))
        self.where.returnPressed.connect(self._name)
        self._field = Field(say("sync-add-where"), self.where)
        row.addWidget(self._field, 1)
        self.browse = Button(say("sync-choose"), icon="folder-open")
        self.browse.clicked.connect(self._choose)
        row.addWidget(self.browse, alignment=Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.yes = primary(say("sync-do"), icon="refresh")
        self.yes.clicked.connect(self._name)
        self.no = Button(say("sync-not-now"), kind="ghost")
        self.no.clicked.connect(self.closed)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.hide()

    def begin(self) -> None:
        """Ask for it."""
        self.where.clear()
        self._field.ask("")
        self.show()
        self.where.setFocus()

    def _choose(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, say("sync-choose")):
            self.named.emit(path)

    def _name(self) -> None:
        self.where.commit()
        where = self.where.text().strip()
        self._field.ask("" if where else say("sync-add-empty"))
        if where:
            self.named.emit(where)
        else:
            self.where.setFocus()
