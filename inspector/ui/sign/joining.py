"""＋添加检查人: somebody who is known already, or a new person with a key of his own, on the spot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from inspector.model.person import MIN_PASSPHRASE, Person
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import ComboField, Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip


class NewPerson(QWidget):
    """The fields of a new person; `typed` gives them once nothing is missing."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self.name = TextLine(name=say("person-name"))
        self.organisation = TextLine(name=say("person-organisation"))
        self.position = TextLine(name=say("person-position"))
        self.number = TextLine(name=say("person-number"))
        self.passphrase = PassphraseField(name=say("person-passphrase"))
        self.again = PassphraseField(name=say("person-again"))
        least = say("person-least", count=MIN_PASSPHRASE)
        self._fields = {
            "name": Field(say("person-name"), self.name),
            "organisation": Field(say("person-organisation"), self.organisation),
            "position": Field(say("person-position"), self.position, hint=say("ui-optional")),
            "number": Field(say("person-number"), self.number, hint=say("ui-optional")),
            "passphrase": Field(say("person-passphrase"), self.passphrase, hint=least),
            "again": Field(say("person-again"), self.again),
        }
        for number, field in enumerate(self._fields.values()):
            grid.addWidget(field, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The name's; a proxy of Qt's would break the tab order (measured)."""
        self.name.setFocus(reason)

    def typed(self) -> dict[str, str] | None:
        """What `people.add` takes; None if something is missing, which is asked for in place."""
        for line in (self.name, self.organisation, self.position, self.number):
            line.commit()
        passphrase = self.passphrase.passphrase()
        asks = {
            "name": "" if self.name.text().strip() else say("person-ask-name"),
            "organisation": "" if self.organisation.text().strip() else say("person-ask-organisation"),
            "passphrase": ""
            if len(passphrase) >= MIN_PASSPHRASE
            else say("person-least", count=MIN_PASSPHRASE),
            "again": "" if passphrase == self.again.passphrase() else say("person-ask-again"),
        }
        for name, text in asks.items():
            self._fields[name].ask(text)
        missing = next((name for name, text in asks.items() if text), "")
        if missing:
            self._fields[missing].editor.setFocus()
            return None
        return {
            "name": self.name.text(),
            "organisation": self.organisation.text(),
            "position": self.position.text(),
            "number": self.number.text(),
            "passphrase": passphrase,
        }

    def clear(self) -> None:
        """Forget what was typed."""
        for line in (self.name, self.organisation, self.position, self.number):
            line.clear()
        self.passphrase.clear()
        self.again.clear()


class JoinCard(Card):
    """`joined` with the entity of somebody known, `made` with the fields of a new person."""

    joined = Signal(str)
    made = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sign-add"))
        self._known: tuple[Person, ...] = ()
        self.is_open = False
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.who = ComboField(name=say("sign-add-who"))
        self.who.currentIndexChanged.connect(self._fit)
        self.add(self.who)
        self.new = NewPerson()
        self.add(self.new)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.no = Button(say("ask-not-now"), kind="ghost")
        self.no.clicked.connect(self.close_down)
        self.yes = Button(say("sign-add-do"), icon="user-plus")
        self.yes.clicked.connect(self._add)
        self.new.again.entered.connect(self._add)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.body.addLayout(row)
        self.hide()

    def pop(self, known: Sequence[Person]) -> None:
        """Open, with those who are not in the team yet."""
        self._known = tuple(known)
        self.who.clear()
        for person in known:
            self.who.addItem(say("sign-add-known", name=person.name, organisation=person.organisation))
        self.who.addItem(say("sign-add-new"))
        self.who.setCurrentIndex(0)
        self.strip.clear()
        self.is_open = True
        self.show()
        self._fit()
        (self.who if known else self.new).setFocus()

    def close_down(self) -> None:
        """Fold away; passphrases are forgotten."""
        self.new.clear()
        self.is_open = False
        self.hide()
        self.closed.emit()

    def wait(self, waiting: bool) -> None:
        """While the key is made (half a second)."""
        self.yes.setEnabled(not waiting)

    def _fit(self) -> None:
        self.new.setVisible(self.who.currentIndex() == len(self._known))

    def _add(self) -> None:
        at = self.who.currentIndex()
        if 0 <= at < len(self._known):
            self.joined.emit(self._known[at].id)
        elif (typed := self.new.typed()) is not None:
            self.made.emit(typed)
