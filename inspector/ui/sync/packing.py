"""The card on which one says for whom a bundle is, and whether a passphrase closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector.services.sync import Sealing
from inspector.text import say
from inspector.ui.widgets.buttons import Button, Tick, primary
from inspector.ui.widgets.fields import ComboField, Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class PackingCard(Card):
    """`asked` when the file is to be chosen; `closed` when no bundle is wanted. It is sealed unless one says no:
    with the ledger's key if it `has_key`, else with a passphrase."""

    asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-pack"))
        self.add(Label(say("sync-pack-text"), role="second", tone="muted", wrap=True))
        self.device = ComboField(name=say("sync-pack-for"))
        self.add(Field(say("sync-pack-for"), self.device))
        self.passphrase = PassphraseField(name=say("sync-passphrase"))
        self.passphrase.entered.connect(self._ask)
        self._field = Field(say("sync-passphrase"), self.passphrase)
        self.add(self._field)
        self.plain = Tick(say("sync-pack-plain"))
        self.plain.toggled.connect(self._tell)
        self.add(self.plain)
        self._has_key = False
        row = QHBoxLayout()
        row.setSpacing(8)
        self.yes = primary(say("sync-pack-do"), icon="package-export")
        self.yes.clicked.connect(self._ask)
        self.no = Button(say("sync-not-now"), kind="ghost")
        self.no.clicked.connect(self.closed)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def begin(self, devices: Sequence[tuple[str, str]], *, has_key: bool) -> None:
        """Ask; `devices` are (id, label) of the laptops that said what they hold."""
        self._has_key = has_key
        self.plain.setChecked(False)
        self._tell()
        self.device.clear()
        self.device.addItem(say("sync-pack-everything"), "")
        for device, label in devices:
            self.device.addItem(say("sync-pack-lacking", label=label), device)
        self.passphrase.clear()
        self.show()
        self.device.setFocus()

    def chosen(self) -> tuple[str, Sealing]:
        """The device (empty: everything), and how the bundle is sealed."""
        plain, passphrase = self.plain.isChecked(), self.passphrase.passphrase()
        how = Sealing() if plain else Sealing(sealed=not passphrase, passphrase=passphrase)
        return str(self.device.currentData() or ""), how

    def forget(self) -> None:
        """No bundle is wanted, and nothing typed is kept."""
        self.passphrase.clear()
        self.hide()

    def _tell(self) -> None:
        """What becomes of it without a passphrase."""
        self._field.ask("")
        self._field.hint(say("sync-pack-by-key") if self._has_key and not self.plain.isChecked() else "")

    def _ask(self) -> None:
        if self.plain.isChecked() or self._has_key or self.passphrase.passphrase():
            self.asked.emit()
        else:
            self._field.ask(say("sync-pack-ask"))
            self.passphrase.setFocus()
