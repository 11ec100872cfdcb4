"""The card on which one says for whom a bundle is, and whether a passphrase closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector.text import say
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import ComboField, Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class PackingCard(Card):
    """`asked` when the file is to be chosen; `closed` when no bundle is wanted."""

    asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-pack"))
        self.add(Label(say("sync-pack-text"), role="second", tone="muted", wrap=True))
        self.device = ComboField(name=say("sync-pack-for"))
        self.add(Field(say("sync-pack-for"), self.device))
        self.passphrase = PassphraseField(name=say("sync-passphrase"))
        self.passphrase.entered.connect(self.asked)
        self.add(Field(say("sync-passphrase"), self.passphrase, hint=say("ui-optional")))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.yes = primary(say("sync-pack-do"), icon="package-export")
        self.yes.clicked.connect(self.asked)
        self.no = Button(say("sync-not-now"), kind="ghost")
        self.no.clicked.connect(self.closed)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def begin(self, devices: Sequence[tuple[str, str]]) -> None:
        """Ask; `devices` are (id, label) of the laptops that said what they hold."""
        self.device.clear()
        self.device.addItem(say("sync-pack-everything"), "")
        for device, label in devices:
            self.device.addItem(say("sync-pack-lacking", label=label), device)
        self.passphrase.clear()
        self.show()
        self.device.setFocus()

    def chosen(self) -> tuple[str, str]:
        """The device (empty: everything), and the passphrase (empty: open to everybody)."""
        return str(self.device.currentData() or ""), self.passphrase.passphrase()

    def forget(self) -> None:
        """No bundle is wanted, and nothing typed is kept."""
        self.passphrase.clear()
        self.hide()
