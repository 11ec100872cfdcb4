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
    """`typed` while one types, `settled` when a field is left, `chosen` an option was pressed. One is turned from item
    to item, as its card is."""

    typed = Signal()
    settled = Signal()
    chosen = Signal(str)

    def __init__(self, header_items: dict[str, HeaderItem]) -> None:
        super().__init__()
        self._item: Item | None = None
        self._header_items = header_items
        self.fields: list[NumberField] = []
        self.options: list[Chip] = []
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, gap=8)
        column.addWidget(self._choices)
        self._typed = QWidget()
        self._make_fields()
        column.addWidget(self._typed)

    def turn_to(self, item: Item) -> None:
        """Ask for the numbers of an item, or for one of its options."""
        self._item = item
        kind = item.answer
        self._flow.clear()
        self.options = []
        self._choices.setVisible(isinstance(kind, Choose))
        self._typed.setVisible(not isinstance(kind, Choose))
        self._result.setText("")
        self.limit.setText("")
        if isinstance(kind, Choose):
            self.fields = []
            self._show_options(kind)
            return
        captions = (kind.numerator, kind.denominator) if isinstance(kind, Ratio) else ()
        for caption, label in zip(captions, self._captions, strict=False):
            label.setText(caption)
        for widget in (*self._captions, self._over, self._second):
            widget.setVisible(bool(captions))
        self.fields = [self._first, self._second] if captions else [self._first]
        names = captions or (item.text if isinstance(kind, Measure) else say("ui-count"),)
        for name, field in zip(names, self.fields, strict=True):
            field.ask_for(f"{item.code} {name}", item.decimals)
        self._unit.setText(item.measure_unit)

    def answer(self, given: Answer) -> Answer:
        """`given` with the number as it stands in the fields."""
        item = self._item
        kind = item.answer if item is not None else None
        if isinstance(kind, Ratio):
            numerator, denominator = (_whole(field.text()) for field in self.fields)
            return replace(given, numerator=numerator, denominator=denominator)
        if item is not None and isinstance(kind, Measure):
            return replace(given, value=_scaled(self.fields[0].text(), item.decimals))
        if isinstance(kind, Count):
            return replace(given, count=_whole(self.fields[0].text()))
        return given

    def show_answer(self, given: Answer, header: Header, *, counted: int | None) -> None:
        """How it stands; a field that is being typed into is left alone."""
        item = self._item
        if item is None:
            return
        kind = item.answer
        if isinstance(kind, Ratio):
            for field, number in zip(self.fields, (given.numerator, given.denominator), strict=True):
                _show_number(field, "" if number is None else str(number))
        elif isinstance(kind, Measure):
            value = "" if given.value is None else decimals.shown(given.value, item.decimals)
            _show_number(self.fields[0], value)
        elif isinstance(kind, Count):
            number = rules.typed_or_counted(given, counted)
            _show_number(self.fields[0], "" if number is None else str(number))
            if none_allowed(item):
                self.setVisible(bool(number) or given.verdict is Verdict.FAIL)
        for chip in self.options:
            chip.setChecked(chip.objectName() == given.option)
        if self.fields:
            self._show_limit(item, header)

    def show_result(self, typed: Answer, *, fails: bool) -> None:
        """The rate that two numbers make."""
        if self._item is not None and isinstance(self._item.answer, Ratio):
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

    def _show_options(self, kind: Choose) -> None:
        for number, option in enumerate(kind.options, 1):
            self._flow.addWidget(KeyCap(str(number)))
            chip = Chip(option)
            chip.setObjectName(option)
            chip.clicked.connect(self._press_option)
            self.options.append(chip)
            self._flow.addWidget(chip)

    def _make_fields(self) -> None:
        row = QHBoxLayout(self._typed)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._captions = (Label(tone="muted"), Label(tone="muted"))
        self._over = Label("÷", role="section", tone="muted")
        self._first, self._second = self._number(), self._number()
        self._unit = Label(tone="muted")
        self._result = Label(role="page", bold=True)
        self.limit = Label(role="second", tone="muted")
        for caption, field in zip(self._captions, (self._first, self._second), strict=True):
            caption.setBuddy(field)
        for widget in (
            self._captions[0],
            self._first,
            self._over,
            self._captions[1],
            self._second,
            self._unit,
        ):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self._result)
        row.addStretch(1)
        row.addWidget(self.limit)

    def _number(self) -> NumberField:
        field = NumberField(name=say("ui-count"))
        field.setProperty("role", "title")
        field.textEdited.connect(self._edited)
        field.settled.connect(self._left)
        return field

    def _show_limit(self, item: Item, header: Header) -> None:
        limit = limit_words(item, header)
        if limit:
            self.limit.setText(say("inspect-limit", limit=limit))
        elif item.limit is not None and item.limit.by:
            name = self._header_items[item.limit.by].key
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
