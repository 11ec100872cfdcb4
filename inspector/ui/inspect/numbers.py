"""The fields of an item that is judged by a number or an option: what is typed there, and what stands beside it."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.model import answer as rules
from inspector.model import decimals
from inspector.model.answer import Answer, Header
from inspector.model.errors import BadInput
from inspector.model.form import Choose, Count, HeaderItem, Item, Measure, Ratio
from inspector.model.wording import rate_tenths
from inspector.model.words import Verdict
from inspector.text import say
from inspector.ui.inspect.words import limit_words, none_allowed
from inspector.ui.widgets.buttons import Chip
from inspector.ui.widgets.fields import NumberField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import KeyCap, Label

NUMBERED = (Choose, Count, Measure, Ratio)
"""The kinds of answers that have such fields."""


class Numbers(QWidget):
    """`typed` while one types, `settled` when a field is left, `chosen` an option was pressed."""

    typed = Signal()
    settled = Signal()
    chosen = Signal(str)

    def __init__(self, item: Item, header_items: dict[str, HeaderItem]) -> None:
        super().__init__()
        self._item, self._header_items = item, header_items
        self.fields: list[NumberField] = []
        self.options: list[Chip] = []
        if isinstance(item.answer, Choose):
            self._make_options(item.answer)
        else:
            self._make_fields()

    def answer(self, given: Answer) -> Answer:
        """`given` with the number as it stands in the fields."""
        kind = self._item.answer
        if isinstance(kind, Ratio):
            numerator, denominator = (_whole(field.text()) for field in self.fields)
            return replace(given, numerator=numerator, denominator=denominator)
        if isinstance(kind, Measure):
            return replace(given, value=_scaled(self.fields[0].text(), self._item.decimals))
        if isinstance(kind, Count):
            return replace(given, count=_whole(self.fields[0].text()))
        return given

    def show_answer(self, given: Answer, header: Header, *, counted: int | None) -> None:
        """How it stands; a field that is being typed into is left alone."""
        kind = self._item.answer
        if isinstance(kind, Ratio):
            for field, number in zip(self.fields, (given.numerator, given.denominator), strict=True):
                _show_number(field, "" if number is None else str(number))
        elif isinstance(kind, Measure):
            value = "" if given.value is None else decimals.shown(given.value, self._item.decimals)
            _show_number(self.fields[0], value)
        elif isinstance(kind, Count):
            number = rules.typed_or_counted(given, counted)
            _show_number(self.fields[0], "" if number is None else str(number))
            if none_allowed(self._item):
                self.setVisible(bool(number) or given.verdict is Verdict.FAIL)
        for chip in self.options:
            chip.setChecked(chip.objectName() == given.option)
        if self.fields:
            self._show_limit(header)

    def show_result(self, typed: Answer, *, fails: bool) -> None:
        """The rate that two numbers make."""
        if isinstance(self._item.answer, Ratio):
            rate = ""
            if typed.numerator is not None and typed.denominator:
                rate = f"= {rate_tenths(typed.numerator, typed.denominator) / 10:g} %"
            self._result.setText(rate)
            self._result.tone("bad" if fails else "ok")

    def choose(self, number: int) -> bool:
        """The option by its digit; whether there is one."""
        if not 1 <= number <= len(self.options):
            return False
        self.chosen.emit(self.options[number - 1].objectName())
        return True

    # ── making

    def _make_options(self, kind: Choose) -> None:
        flow = FlowLayout(self, gap=8)
        for number, option in enumerate(kind.options, 1):
            flow.addWidget(KeyCap(str(number)))
            chip = Chip(option)
            chip.setObjectName(option)
            chip.clicked.connect(self._press_option)
            self.options.append(chip)
            flow.addWidget(chip)

    def _make_fields(self) -> None:
        item = self._item
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        unit = Label(item.measure_unit, tone="muted")
        if isinstance(item.answer, Ratio):
            self._add_number(row, item.answer.numerator)
            row.addWidget(Label("÷", role="section", tone="muted"))
            self._add_number(row, item.answer.denominator)
        else:
            row.addWidget(self._number(item.text if isinstance(item.answer, Measure) else say("ui-count")))
        row.addWidget(unit)
        row.addSpacing(8)
        self._result = Label(role="page", bold=True)
        row.addWidget(self._result)
        row.addStretch(1)
        self.limit = Label(role="second", tone="muted")
        row.addWidget(self.limit)

    def _add_number(self, row: QHBoxLayout, caption: str) -> None:
        label = Label(caption, tone="muted")
        field = self._number(caption)
        label.setBuddy(field)
        row.addWidget(label)
        row.addWidget(field)

    def _number(self, name: str) -> NumberField:
        field = NumberField(name=f"{self._item.code} {name}", decimals=self._item.decimals)
        field.textEdited.connect(self._edited)
        field.settled.connect(self._left)
        self.fields.append(field)
        return field

    def _show_limit(self, header: Header) -> None:
        limit = limit_words(self._item, header)
        if limit:
            self.limit.setText(say("inspect-limit", limit=limit))
        elif self._item.limit is not None and self._item.limit.by:
            name = self._header_items[self._item.limit.by].key
            self.limit.setText(say("inspect-limit-open", name=name))

    # ── signals

    def _edited(self) -> None:
        self.typed.emit()

    def _left(self) -> None:
        self.settled.emit()

    def _press_option(self) -> None:
        self.chosen.emit(self.sender().objectName())


def _show_number(field: NumberField, text: str) -> None:
    if not field.hasFocus() or not field.text():
        field.show_text(text)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _scaled(text: str, places: int) -> int | None:
    try:
        return decimals.scaled(text, places)
    except BadInput:
        return None
