"""The card of this laptop (本机): what it is called, and which of others' photos it keeps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector.services.keeping import EVERYTHING, PAPERS
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button, Segments
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class OwnCard(Card):
    """`named` gives another name, `keeps` what is kept from now on, `released` that room is wanted."""

    named = Signal(str)
    keeps = Signal(str)
    released = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-this"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name = TextLine(name=say("sync-name"))
        self.name.returnPressed.connect(self._name)
        self._field = Field(say("sync-name"), self.name, hint=say("sync-name-hint"))
        row.addWidget(self._field, 1)
        self.call = Button(say("sync-name-do"), icon="pencil")
        self.call.clicked.connect(self._name)
        row.addWidget(self.call, alignment=Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.keep = Segments(
            [(EVERYTHING, say("sync-keep-everything")), (PAPERS, say("sync-keep-papers"))],
            name=say("sync-keep"),
        )
        self.keep.chosen.connect(self._keep)
        self.add(Field(say("sync-keep"), self.keep))
        self.add(Label(say("sync-keep-text"), role="second", tone="muted", wrap=True))
        self.release = Button(say("sync-release"), icon="trash")
        self.release.clicked.connect(self.released)
        self.add(self.release)

    def show_own(self, label: str, keeps: str) -> None:
        """How it is called and what it keeps now; what one is typing stays."""
        if not self.name.hasFocus():
            self.name.show_text(label)
        self.keep.choose(keeps)
        self.release.setVisible(keeps == PAPERS)

    def ask(self, text: str) -> None:
        """Why the name cannot be used; empty when it can."""
        self._field.ask(text)

    def _name(self) -> None:
        self.name.commit()
        self.named.emit(self.name.text())

    def _keep(self, what: object) -> None:
        self.keeps.emit(str(what))
