"""The header comes first: conditions and limits hang on it. A digit answers and goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.form import Choose, Form, HeaderItem
from inspector.model.words import Of
from inspector.text import say
from inspector.ui.widgets.buttons import Chip, primary
from inspector.ui.widgets.fields import NumberField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Badge, KeyCap, Label


class HeaderCard(QFrame):
    """The current item of the header. `answered` (code, option or number). One is turned from item to item."""

    answered = Signal(str, str)

    def __init__(self, item: HeaderItem) -> None:
        super().__init__()
        self.item = item
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
        self._field.settled.connect(self._settled)
        self._unit = Label(tone="muted")
        row.addWidget(self._field)
        row.addWidget(self._unit)
        row.addStretch(1)
        column.addWidget(self._number)

    def turn_to(self, item: HeaderItem) -> None:
        """Be the card of an item of the header."""
        self.item = item
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

    def show_answer(self, text: str) -> None:
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
