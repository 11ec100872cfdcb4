"""The right side of the sync screen: what two people said, and the person who decides (需要你定)."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.person import Person
from inspector.services.conflicts import Kind
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.sync.questions import Asked, Question
from inspector.ui.sync.sides import Sides
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.page import Side
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Badge, Label

RIGHT_PX: Final = 400
NARROW_PX: Final = 320
SHORT: Final = 12
"""A side's text stands on the button if it is no longer."""
ICONS: Final = {
    Kind.FIELD: "pencil",
    Kind.DISPUTED: "flag",
    Kind.DUPLICATE: "copy",
    Kind.NUMBER: "file-text",
}


BULK: Final = {
    "site": "sync-bulk-site",
    "unit": "sync-bulk-unit",
    "person": "sync-bulk-person",
    "finding": "sync-bulk-finding",
}
"""What can be decided for all of a kind: documents are looked at one by one."""


class Chosen(msgspec.Struct, frozen=True):
    """A decision as it was made: which side of which question, by whom ("" where nobody is named), and why."""

    asked: Question
    key: str
    person: str = ""
    reason: str = ""


class DecidingPanel(Side):
    """One question at a time, the others in a list below it. `chose` gives a Chosen; `both` when both count (the
    question, the person); `look` when it is decided elsewhere; `bulk` a kind of thing whose shown values all count."""

    chose = Signal(object)
    both = Signal(object, str)
    look = Signal(object)
    bulk = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(wide=RIGHT_PX, narrow=NARROW_PX)
        self._asked = Asked(questions=(), total=0, in_bulk={})
        self._at = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(16, 16, 16, 16), spacing=10)
        outer.addWidget(scrolled)
        self._fill_head(scrolled.body)
        self.subject = Label(bold=True, wrap=True)
        scrolled.body.addWidget(self.subject)
        self.sides = Sides(desk)
        self.sides.taken.connect(self._taken)
        scrolled.body.addWidget(self.sides)
        self.reason = TextLine(name=say("sync-reason"), placeholder=say("sync-reason-hint"))
        scrolled.body.addWidget(self.reason)
        self.person = ComboField(name=say("sync-decider"))
        self._decider = Field(say("sync-decider"), self.person)
        scrolled.body.addWidget(self._decider)
        self._fill_acts(scrolled.body)
        self._fill_others(scrolled.body)
        scrolled.body.addStretch(1)
        self.hide()

    def _fill_head(self, body: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(say("sync-decide"), role="section", bold=True))
        self._count = Badge(tone="warn")
        head.addWidget(self._count)
        head.addStretch(1)
        self._number = Label(role="second", tone="muted")
        head.addWidget(self._number)
        body.addLayout(head)
        body.addWidget(Label(say("sync-decide-text"), role="second", tone="muted", wrap=True))

    def _fill_acts(self, body: QVBoxLayout) -> None:
        self.yes = primary(say("sync-decide-do"), icon="gavel")
        self.yes.clicked.connect(self._choose)
        self.open = primary(say("sync-decide-look"), icon="arrow-right")
        self.open.clicked.connect(self._look)
        self.keep = Button(say("sync-decide-both"))
        self.keep.clicked.connect(self._keep_both)
        self.later = Button(say("sync-decide-later"), kind="ghost")
        self.later.clicked.connect(self._next)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.yes, self.open):
            row.addWidget(button, 1)
        row.addWidget(self.later)
        body.addLayout(row)
        body.addWidget(self.keep)

    def _fill_others(self, body: QVBoxLayout) -> None:
        self._rest = Card(say("sync-decide-others"))
        self.others = RowList(name=say("sync-decide-others"), fitted=True)
        self.others.opened.connect(self._turn_to)
        self._rest.add(self.others)
        body.addWidget(self._rest)
        self._more = Label(role="second", tone="muted", wrap=True)
        body.addWidget(self._more)
        self._bulk = FlowLayout(gap=8, row_gap=8)
        body.addLayout(self._bulk)
        self.bulks: dict[str, Button] = {}

    def show_asked(self, asked: Asked, people: tuple[Person, ...]) -> None:
        """What waits; the panel is not there while nothing does. What one is at stays as it is."""
        known = [(one.name, one.id) for one in people]
        if known != [
            (self.person.itemText(n), self.person.itemData(n)) for n in range(1, self.person.count())
        ]:
            self.person.clear()
            self.person.addItem(say("sync-decider-nobody"), "")
            for name, person in known:
                self.person.addItem(name, person)
        if asked != self._asked:
            self._asked = asked
            self._at = min(self._at, max(0, len(asked.questions) - 1))
            self._show_bulk()
            self._turn()
        self.setVisible(bool(asked.questions))

    def _show_bulk(self) -> None:
        """Many of one kind, as after a list was imported again, need not be decided one by one."""
        self._bulk.clear()
        self.bulks = {}
        for kind, count in self._asked.in_bulk.items():
            if count > 1 and kind in BULK:
                button = Button(say(BULK[kind], count=count), icon="checks")
                button.clicked.connect(partial(self._decide_all, kind))
                self.bulks[kind] = button
                self._bulk.addWidget(button)

    def _turn(self) -> None:
        questions = self._asked.questions
        if not questions:
            return
        asked = questions[self._at]
        self._count.show_fact(str(self._asked.total), "warn")
        self._number.setText(f"{self._at + 1} / {self._asked.total}")
        self.subject.setText(asked.subject)
        chooses = asked.kind in (Kind.FIELD, Kind.DUPLICATE)
        self.sides.show_question(asked, chooses=chooses)
        self.reason.clear()
        self.reason.setVisible(asked.kind is Kind.FIELD)
        self._decider.setVisible(chooses)
        self.yes.setVisible(chooses)
        self.yes.setEnabled(False)
        self.yes.say(say("sync-decide-do"))
        self.keep.setVisible(asked.kind is Kind.DUPLICATE)
        self.open.setVisible(not chooses)
        self.later.setVisible(len(questions) > 1)
        rows = [
            Row(key=str(number), title=one.subject, icon=ICONS[one.kind])
            for number, one in enumerate(questions)
            if number != self._at
        ]
        self.others.show_rows(rows)
        self._rest.setVisible(bool(rows))
        self._more.setText(say("sync-decide-more", count=self._asked.total - len(questions)))
        self._more.setVisible(self._asked.total > len(questions))
        self._chain()

    def _chain(self) -> None:
        """Tab goes down the panel, which is the last on the page: Qt puts what was made last at the end."""
        order: list[QWidget] = [card.choice for card in self.sides.cards if card.choice.parent()]
        order += [self.reason, self.person, self.yes, self.open, self.later, self.keep, self.others]
        order += self.bulks.values()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _turn_to(self, number: str) -> None:
        self._at = int(number)
        self._turn()
        self.sides.setFocus()

    def _next(self) -> None:
        self._turn_to(str((self._at + 1) % len(self._asked.questions)))

    def _taken(self) -> None:
        card = self.sides.chosen
        self.yes.setEnabled(card is not None)
        if (
            card is not None
            and self._asked.questions[self._at].kind is Kind.FIELD
            and len(card.text) <= SHORT
        ):
            self.yes.say(say("sync-decide-as", answer=card.text))
        else:
            self.yes.say(say("sync-decide-do"))

    def _who(self) -> str:
        return str(self.person.currentData() or "")

    def _choose(self) -> None:
        card = self.sides.chosen
        if card is not None:
            asked = self._asked.questions[self._at]
            self.reason.commit()
            self.chose.emit(Chosen(asked, card.key, self._who(), self.reason.text().strip()))

    def _keep_both(self) -> None:
        self.both.emit(self._asked.questions[self._at], self._who())

    def _look(self) -> None:
        self.look.emit(self._asked.questions[self._at])

    def _decide_all(self, kind: str) -> None:
        self.bulk.emit(kind, self._who())
