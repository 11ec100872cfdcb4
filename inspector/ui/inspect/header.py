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
    """The current item of the header. `answered` (code, option or number)."""

    answered = Signal(str, str)

    def __init__(self, item: HeaderItem) -> None:
        super().__init__()
        self.item = item
        self._chips: list[Chip] = []
        self.field: NumberField | None = None
        self.setProperty("kind", "current")
        self.setAccessibleName(f"{item.code} {item.key}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(item.code, role="second", tone="accent", bold=True))
        of_site = item.of is Of.SITE
        head.addWidget(Badge(say("inspect-header-of-site" if of_site else "inspect-header-of-visit")))
        if not item.required:
            head.addWidget(Badge(say("ui-optional")))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Label(item.key, role="current", bold=True, wrap=True))
        if item.text:
            column.addWidget(Label(item.text, tone="muted", wrap=True))
        column.addWidget(self._make_answer())

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

    def _make_answer(self) -> QWidget:
        holder = QWidget()
        if isinstance(self.item.answer, Choose):
            flow = FlowLayout(holder, gap=8)
            for number, option in enumerate(self.item.answer.options, 1):
                flow.addWidget(KeyCap(str(number)))
                chip = Chip(option)
                chip.setObjectName(option)
                chip.setAccessibleDescription(str(number))
                chip.clicked.connect(self._press)
                self._chips.append(chip)
                flow.addWidget(chip)
            return holder
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field = NumberField(name=self.item.key, decimals=self.item.answer.decimals)
        self.field.settled.connect(self._settled)
        row.addWidget(self.field)
        row.addWidget(Label(self.item.answer.measure_unit, tone="muted"))
        row.addStretch(1)
        return holder

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
