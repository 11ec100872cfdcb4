"""The card of what a sync has to ask first: the passphrase of a sealed place, whether new devices may come in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.services.sync import Stranger
from inspector.text import say
from inspector.ui.sync.lines import SignedLine, clear
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card


class AskedCard(Card):
    """Hidden until there is something to ask. `opened` gives the passphrase that was typed, `plain` that none is
    wanted; `let_in` that the new devices may come; `closed` that nothing of it is wanted."""

    opened = Signal(str)
    plain = Signal()
    let_in = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-title"))
        self.title.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.passphrase = PassphraseField(name=say("sync-passphrase"))
        self.passphrase.entered.connect(self._open)
        self._field = Field(say("sync-passphrase"), self.passphrase)
        self.add(self._field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.open = primary(say("sync-open"), icon="lock-open")
        self.open.clicked.connect(self._open)
        self.accept = primary(say("sync-let-in"), icon="check")
        self.accept.clicked.connect(self.let_in)
        self.without = Button(say("sync-plain"))
        self.without.clicked.connect(self.plain)
        self.no = Button(say("sync-not-now"), kind="ghost")
        self.no.clicked.connect(self.closed)
        for button in (self.open, self.accept, self.without, self.no):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.hide()

    def ask_passphrase(self, name: str, *, new: bool) -> None:
        """What opens a sealed stick, or seals a new one."""
        self._turn(say("sync-new-title", name=name) if new else say("sync-sealed-title", name=name))
        self._say(say("sync-new-text") if new else say("sync-sealed-text"), "lock")
        self.open.say(say("sync-seal") if new else say("sync-open"))
        for widget in (self._field, self.open):
            widget.show()
        self.accept.hide()
        self.without.setVisible(new)
        self.passphrase.setFocus()

    def ask_strangers(self, strangers: Sequence[Stranger]) -> None:
        """Whether devices that were never met may come in."""
        records = sum(one.records for one in strangers)
        self._turn(say("sync-strangers", count=len(strangers), records=records))
        for one in strangers:
            name = say("sync-stranger", label=one.label or one.device[:8], records=one.records)
            self._say(name, "device-laptop")
        self._say(say("sync-strangers-text"), "info-circle")
        self.accept.show()
        for widget in (self._field, self.open, self.without):
            widget.hide()
        self.accept.setFocus()

    def forget(self) -> None:
        """Nothing is asked, and nothing typed is kept."""
        self.passphrase.clear()
        self.hide()

    def _turn(self, title: str) -> None:
        self.passphrase.clear()
        self.title.setText(title)
        self.setAccessibleName(title)
        clear(self._lines)
        self.show()

    def _say(self, text: str, icon: str) -> None:
        self._lines.addWidget(SignedLine(text, icon, "muted"))

    def _open(self) -> None:
        if passphrase := self.passphrase.passphrase():
            self.opened.emit(passphrase)
