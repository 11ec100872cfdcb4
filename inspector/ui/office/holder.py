"""The office's root unlocked for a while: who holds it enrols and ends without typing the passphrase each time."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal

from inspector.services import office
from inspector.services.office import Authority
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label

LOCKED_MS: Final = 600_000


class HolderCard(Card):
    """`changed` when it is unlocked or locked again: after ten minutes, or when one leaves."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("holder-title"))
        self._desk = desk
        self.authority: Authority | None = None
        self._words = Label(say("holder-note"), role="second", tone="muted", wrap=True)
        self.add(self._words)
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.passphrase = PassphraseField(name=say("root-passphrase"))
        self.passphrase.entered.connect(self.unlock)
        self._field = Field(say("root-passphrase"), self.passphrase)
        self.add(self._field)
        self.open = Button(say("holder-open"), icon="lock-open")
        self.open.clicked.connect(self.unlock)
        self.add(self.open)
        self.shut = Button(say("holder-shut"), icon="lock", kind="row")
        self.shut.clicked.connect(self.lock)
        self.add(self.shut)
        self.forget = QTimer(self, singleShot=True, interval=LOCKED_MS)
        self.forget.timeout.connect(self.lock)
        self.shut.hide()

    def unlock(self) -> None:
        """Open the root's key (half a second); the passphrase is not kept."""
        if self.open.isEnabled() and (typed := self.passphrase.passphrase()):
            self.open.setEnabled(False)
            call = partial(office.unlock, self._desk.workspace, typed)
            self._desk.lanes.paper.ask(self, call, done=self._opened, failed=self._refused)

    def lock(self) -> None:
        """Close it again."""
        self.forget.stop()
        self.authority = None
        self._tell()

    def _opened(self, authority: Authority) -> None:
        self.authority = authority
        self.forget.start()
        self._tell()

    def _refused(self, error: BaseException) -> None:
        self.open.setEnabled(True)
        self.strip.show_error(error)

    def _tell(self) -> None:
        held = self.authority is not None
        self.strip.clear()
        self.passphrase.clear()
        self.open.setEnabled(True)
        self._words.setText(say("holder-held") if held else say("holder-note"))
        self._field.setVisible(not held)
        self.open.setVisible(not held)
        self.shut.setVisible(held)
        self.changed.emit()
