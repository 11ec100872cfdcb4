"""A certificate that ends soon, or has ended: its owner renews it here with his passphrase, without the office."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from inspector.model.person import Person
from inspector.services import validity
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label


class RenewCard(Card):
    """Shown only while it is time for it. `renewed` with the person."""

    renewed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("renew-title"), kind="warn")
        self._desk = desk
        self._person = ""
        self._words = Label(wrap=True)
        self.add(self._words)
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.passphrase = PassphraseField(name=say("person-passphrase"))
        self.passphrase.entered.connect(self._press)
        self.add(Field(say("person-passphrase"), self.passphrase))
        self.yes = Button(say("renew-do"), icon="certificate")
        self.yes.clicked.connect(self._press)
        self.add(self.yes)
        self.hide()

    def show_person(self, person: Person, *, key_here: bool) -> None:
        """For this person, if his key lies here and his certificate ends within 90 days."""
        now = self._desk.now()
        end = validity.ends(person)
        self._person = person.id
        self.strip.clear()
        self.passphrase.clear()
        self.setVisible(key_here and validity.due(person, now=now))
        if end is not None:
            key = "renew-ended" if end < now else "renew-ends"
            self._words.setText(say(key, name=person.name, day=f"{end.astimezone(now.tzinfo):%Y-%m-%d}"))

    def _press(self) -> None:
        if self.yes.isEnabled() and (typed := self.passphrase.passphrase()):
            self.yes.setEnabled(False)
            call = partial(validity.renew, self._desk.workspace, self._person, typed, now=self._desk.now())
            self._desk.lanes.save.ask(self, call, done=self._done, failed=self._refused)

    def _done(self, person: Person) -> None:
        self.yes.setEnabled(True)
        self.show_person(person, key_here=True)
        self.renewed.emit(person)

    def _refused(self, error: BaseException) -> None:
        self.yes.setEnabled(True)
        self.strip.show_error(error)
