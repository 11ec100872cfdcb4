"""Who decides: with the key of a person here, or on paper, and then a clerk says who, when, and keeps the scan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.model.person import Person
from inspector.services.notices import OnPaper
from inspector.services.people import Unlocked
from inspector.text import explain, say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.notices.fields import DayField, FilesField, PersonField
from inspector.ui.sign.keys import KeyRing
from inspector.ui.widgets.buttons import Tick
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class PaperFields(QWidget):
    """A decision that was given by hand: who, in which position, on which day, and the scan."""

    def __init__(self, today: date) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.name = TextLine(name=say("paper-by"))
        self._name = Field(say("paper-by"), self.name)
        self.position = TextLine(name=say("paper-position"))
        self.day = DayField(say("paper-on"), today)
        self.scan = FilesField(say("paper-scan"), kinds=say("paper-scan-files"))
        for widget in (self._name, Field(say("paper-position"), self.position), self.day, self.scan):
            column.addWidget(widget)

    def on_paper(self) -> OnPaper | None:
        """What was decided, or None, and then what is missing is asked for in place."""
        self.name.commit()
        self.position.commit()
        name, day = self.name.text().strip(), self.day.day()
        self._name.ask("" if name else say("paper-by-ask"))
        self.scan.ask("" if self.scan.files else say("paper-scan-ask"))
        if not name or day is None or not self.scan.files:
            return None
        return OnPaper(name=name, on=day, scan=self.scan.files[0], position=self.position.text().strip())


class SignerCard(Card):
    """The person who signs and his passphrase; with `paper` also a decision that was given by hand. `opened` comes once
    the key is open: it is closed again after ten minutes, and when the page is left."""

    opened = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, title: str, *, who: str, paper: str = "") -> None:
        super().__init__(title)
        self.keys = KeyRing(desk, self)
        self.person = PersonField(who)
        self.person.chosen.connect(self._chosen)
        self.add(self.person)
        self.passphrase = PassphraseField(name=say("person-passphrase"))
        self._passphrase = Field(say("person-passphrase"), self.passphrase)
        self.passphrase.entered.connect(self.unlock)
        self.passphrase.typed.connect(partial(self._passphrase.ask, ""))
        self.add(self._passphrase)
        self._state = Label(role="second", tone="muted", wrap=True)
        self.add(self._state)
        self.by_hand = Tick(paper)
        self.by_hand.toggled.connect(self._by_hand)
        self.paper = PaperFields(desk.now().date())
        self.add(self.by_hand)
        self.add(self.paper)
        self.by_hand.setVisible(bool(paper))
        self.paper.hide()
        self.keys.changed.connect(self._show_state)
        self.keys.opened.connect(self._opened)
        self.keys.refused.connect(self._refused)
        self._show_state()

    def show_people(self, people: Sequence[Person], here: Collection[str]) -> None:
        """Those whose keys lie on this laptop can sign."""
        self.person.show_people([one for one in people if one.id in here])
        self._show_state()

    def unlocked(self) -> Unlocked | None:
        """The chosen person with his key, if it is open."""
        person = self.person.person()
        return self.keys.people.get(person.id) if person else None

    def unlock(self) -> None:
        """Open the key with what is typed; without anything, ask for it."""
        person, passphrase = self.person.person(), self.passphrase.passphrase()
        if person is None:
            self.person.ask(say("signer-nobody"))
        elif not passphrase:
            self._passphrase.ask(say("signer-ask"))
            self.passphrase.setFocus()
        else:
            self.keys.unlock(person.id, passphrase)

    def lock(self) -> None:
        """Close all keys."""
        self.passphrase.clear()
        self.keys.lock()

    def _opened(self, _: str) -> None:
        self.passphrase.clear()
        self.opened.emit()

    def _refused(self, _: str, error: BaseException) -> None:
        words = explain(error) if isinstance(error, InspectorError) else (say("ui-fault"), "")
        self._passphrase.ask(" ".join(words))
        self.passphrase.clear()
        self.passphrase.setFocus()

    def _chosen(self) -> None:
        self.person.ask("")
        self._passphrase.ask("")
        self._show_state()

    def _by_hand(self, on: bool) -> None:
        self.paper.setVisible(on)
        self.changed.emit()

    def _show_state(self) -> None:
        open_ = self.unlocked() is not None
        self._passphrase.setVisible(not open_)
        self.passphrase.setEnabled(not self.keys.opening)
        self._state.setText(say("signer-open") if open_ else say("signer-opening"))
        self._state.setVisible(open_ or bool(self.keys.opening))
        self.changed.emit()
