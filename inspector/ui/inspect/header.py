"""The header comes first: conditions and limits hang on it. A digit answers and goes on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.form import Choose, Form, HeaderItem
from inspector.model.words import Of
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Chip, primary
from inspector.ui.widgets.fields import NumberField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Badge, KeyCap, Label


class HeaderCard(QFrame):
    """The current item of the header. `answered` (code, option or number). One is turned from item to item."""

    answered = Signal(str, str)
    reasoned = Signal(str, str)

    def __init__(self, item: HeaderItem) -> None:
        super().__init__()
        self.item = item
        self._known = ""
        self._chips: list[Chip] = []
        self.setProperty("kind", "current")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._code = Label(role="second", tone="accent", bold=True)
        self._of = Badge()
        self._optional = Badge(say("ui-optional"))
        for label in (self._code, self._of, self._optional):
            head.addWidget(label)
        head.addStretch(1)
        column.addLayout(head)
        self._title = Label(role="current", bold=True, wrap=True)
        self._text = Label(tone="muted", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._text)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, gap=8)
        column.addWidget(self._choices)
        self._number = QWidget()
        row = QHBoxLayout(self._number)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._field = NumberField(name=item.key)
        self._field.setProperty("role", "title")
        self._field.settled.connect(self._settled)
        self._unit = Label(tone="muted")
        row.addWidget(self._field)
        row.addWidget(self._unit)
        row.addStretch(1)
        column.addWidget(self._number)
        self._changed = FactChanged()
        self._changed.line.settled.connect(self._reasoned)
        column.addWidget(self._changed)
        self._changed.hide()

    def turn_to(self, item: HeaderItem, known: str = "") -> None:
        """Be the card of an item of the header; `known` is what the site was known for so far."""
        self._changed.line.settle()
        self.item, self._known = item, known if item.of is Of.SITE else ""
        self._changed.begin(self._known)
        self.setAccessibleName(f"{item.code} {item.key}")
        self._code.setText(item.code)
        self._of.setText(say("inspect-header-of-site" if item.of is Of.SITE else "inspect-header-of-visit"))
        self._optional.setVisible(not item.required)
        self._title.setText(item.key)
        self._text.setText(item.text)
        self._text.setVisible(bool(item.text))
        self._flow.clear()
        self._chips = []
        choose = isinstance(item.answer, Choose)
        self._choices.setVisible(choose)
        self._number.setVisible(not choose)
        if isinstance(item.answer, Choose):
            self._show_options(item.answer)
        else:
            self._field.ask_for(item.key, item.answer.decimals)
            self._unit.setText(item.answer.measure_unit)

    @property
    def field(self) -> NumberField | None:
        """Where a number is typed; an item with options has none."""
        return None if isinstance(self.item.answer, Choose) else self._field

    def show_answer(self, text: str, why: str = "") -> None:
        if not self._changed.line.hasFocus():
            self._changed.line.show_text(why)
        self._changed.setVisible(self._differs(text) or self._changed.line.hasFocus())
        for chip in self._chips:
            chip.setChecked(chip.objectName() == text)
        if self.field is not None and not self.field.hasFocus():
            self.field.show_text(text)

    def choose(self, number: int) -> bool:
        """The option by its digit; whether there is one."""
        if not 1 <= number <= len(self._chips):
            return False
        self.answered.emit(self.item.code, self._chips[number - 1].objectName())
        return True

    def ask_why(self, text: str) -> bool:
        """Whether `text` is another fact than the site was known for, and nobody said why yet: then it is asked."""
        line = self._changed.line
        if not self._differs(text) or line.text().strip() or line.hasFocus():
            return False
        self._changed.show()
        line.setFocus()
        return True

    @property
    def explaining(self) -> bool:
        """Whether somebody is saying why."""
        return self._changed.line.hasFocus()

    def _differs(self, text: str) -> bool:
        return bool(self._known and text and text != self._known)

    def _reasoned(self, why: str) -> None:
        self.reasoned.emit(self.item.code, why)

    def show_caps(self, alt: bool) -> None:
        """Digits choose only while no field has the focus; a choice has none."""

    def _show_options(self, kind: Choose) -> None:
        for number, option in enumerate(kind.options, 1):
            self._flow.addWidget(KeyCap(str(number)))
            chip = Chip(option)
            chip.setObjectName(option)
            chip.setAccessibleDescription(str(number))
            chip.clicked.connect(self._press)
            self._chips.append(chip)
            self._flow.addWidget(chip)

    def _press(self) -> None:
        self.answered.emit(self.item.code, self.sender().objectName())

    def _settled(self, text: str) -> None:
        self.answered.emit(self.item.code, text.strip())


class FactChanged(QWidget):
    """A fact of the site is another one now: why, in a few words or by a tap."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self._words = Label(tone="warn", wrap=True)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = TextLine(name=say("change-site-reason"), placeholder=say("change-site-reason-hint"))
        row.addWidget(self.line, 1)
        for key in ("change-site-has-changed", "change-site-was-wrong"):
            chip = Chip(say(key), checkable=False)
            chip.clicked.connect(partial(self._take, say(key)))
            row.addWidget(chip)
        column.addLayout(row)

    def begin(self, known: str) -> None:
        """Another item: what the site was known for."""
        self._words.setText(say("inspect-fact-changed", known=known))
        self.line.show_text("")
        self.hide()

    def _take(self, text: str) -> None:
        self.line.setText(text)
        self.line.settle()


class FactsStrip(Card):
    """What the site was like last time: one Enter takes it all."""

    accepted = Signal()

    def __init__(self) -> None:
        super().__init__(kind="accent")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("history", token="accent"))
        self._words = Label(wrap=True)
        row.addWidget(self._words, 1)
        row.addWidget(KeyCap("Enter"))
        accept = primary(say("inspect-facts-accept"))
        accept.clicked.connect(self.accepted)
        row.addWidget(accept)
        self.body.addLayout(row)
        self.hide()

    def show_facts(self, form: Form, facts: dict[str, str]) -> None:
        """What is offered; nothing hides it."""
        named = form.header_by_code
        text = say("ui-list").join(f"{named[code].key} {value}" for code, value in facts.items())
        self._words.setText(say("inspect-facts", facts=text))
        self.setVisible(bool(facts))


def offered(form: Form, facts: dict[str, str], header: dict[str, str]) -> dict[str, str]:
    """The facts of the site that fit the form and that nobody has answered yet."""
    found = {}
    for item in form.header:
        value = facts.get(item.code, "")
        fits = not item.options or value in item.options
        if item.of is Of.SITE and value and fits and not header.get(item.code):
            found[item.code] = value
    return found
