"""The current item: what must hold, what was here before, its number, and the four answers."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model import answer as rules
from inspector.model.answer import Answer, Header
from inspector.model.form import Choose, HeaderItem, Item, Text
from inspector.model.words import Severity, UncheckedReason, Verdict, word
from inspector.services.inspecting import LeftOver
from inspector.text import say
from inspector.ui.imewise import TextArea
from inspector.ui.inspect.numbers import NUMBERED, Numbers
from inspector.ui.inspect.openings import LeftOverStrip, OffStrip, Proposal, Reasons, Written
from inspector.ui.inspect.words import (
    clause_words,
    how_words,
    limit_words,
    none_allowed,
    takes_number,
    weight_words,
)
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.answer import AnswerButton
from inspector.ui.widgets.buttons import IconButton
from inspector.ui.widgets.fields import NumberField
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Badge, ElidedLabel, Label

VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)
SEVERITY_TONES = {Severity.MINOR: "muted", Severity.MAJOR: "bad", Severity.VETO: "bad"}
TEXT_PX = 84
SLOTS = 7
OFF, NUMBERS, PROPOSAL, REASONS, WHY, NOTE, TEXT = range(SLOTS)

Made = TypeVar("Made", bound=QWidget)


class ItemCard(QFrame):
    """It asks, the screen answers: `judged` a verdict was pressed, `numbered` the number changed, `noted` …

    One card is turned from item to item: another one, with forty widgets to dress, took 20 ms at each key
    (measured)."""

    judged = Signal(object)  # Verdict
    numbered = Signal(object)  # Answer with the number as typed
    worded = Signal(object)  # Answer with note, reason or text as typed
    reasoned = Signal(object, str)  # UncheckedReason or None (not applicable), words
    seen = Signal(object, bool)  # LeftOver, still

    def __init__(self, item: Item, header_items: dict[str, HeaderItem], pictures: Pictures) -> None:
        super().__init__()
        self.item = item
        self._header_items, self._pictures = header_items, pictures
        self._header: Header = {}
        self._given = Answer()
        self._counted: int | None = None
        self._is_off = False
        self._strips: list[LeftOverStrip] = []
        self.setProperty("kind", "current")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(8)
        column.addLayout(self._make_head())
        self._title = Label(role="current", bold=True, wrap=True)
        column.addWidget(self._title)
        column.addLayout(self._make_how())
        self._slots = [QVBoxLayout() for _ in range(SLOTS)]  # what opens seldom is made when it opens
        column.addLayout(self._slots[OFF])
        self._left = QVBoxLayout()
        self._left.setSpacing(8)
        column.addLayout(self._left)
        for slot in (NUMBERS, PROPOSAL, REASONS, WHY, NOTE):
            column.addLayout(self._slots[slot])
        self.buttons: dict[Verdict, AnswerButton] = {}
        self._answers = QWidget()
        row = QHBoxLayout(self._answers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, verdict in enumerate(VERDICTS, 1):
            button = AnswerButton(verdict.value, word(verdict), key=str(number))
            button.clicked.connect(self._press)
            self.buttons[verdict] = button
            row.addWidget(button, 3 if number < 3 else 2)
        column.addWidget(self._answers)
        column.addLayout(self._slots[TEXT])

    def turn_to(self, item: Item, header: Header, left_over: tuple[LeftOver, ...], times: int) -> None:
        """Be the card of an item: what must hold, how one checks it, how often it failed here before and what of that
        is still open. `show_answer` says how it stands."""
        self.item, self._header, self._given, self._counted = item, header, Answer(), None
        self._is_off = False
        self.setAccessibleName(f"{item.code} {item.text}")
        self._code.setText(item.code)
        self._severity.show_fact(word(item.severity), SEVERITY_TONES[item.severity])
        self._times.setText(say("ui-times", n=times + 1) if times else "")
        self._times.setVisible(bool(times))
        weight = weight_words(item)
        self._weight.setText(weight)
        self._weight.setVisible(bool(weight))
        self._clause.setText(clause_words(item))
        self._title.setText(item.text)
        words = say("ui-sentence", text=how_words(item))
        self._how.setText(words + (say("ui-sentence", text=item.exemption) if item.exemption else ""))
        none = none_allowed(item)
        self._none_allowed.setText(say("inspect-limit", limit=limit_words(item, header)) if none else "")
        self._none_allowed.setVisible(none)
        for name in ("_off_strip", "_proposal", "_reasons", "_why", "_note", "_numbers", "_text_area"):
            if self._has(name):
                getattr(self, name).hide()
        self._show_before(left_over)
        if isinstance(item.answer, NUMBERED):
            self._numbers.turn_to(item)
            self._numbers.show()
        is_text = isinstance(item.answer, Text)
        self._answers.setVisible(not is_text)
        if is_text:
            self._text_area.setAccessibleName(item.text)
            self._text_area.show()

    @property
    def numbers(self) -> Numbers | None:
        """The fields of an item that is judged by a number or an option."""
        return self._numbers if isinstance(self.item.answer, NUMBERED) else None

    # ── made when they are wanted

    def prepare(self) -> None:
        """Make what most items want, too."""
        self._numbers.hide()

    def _put(self, slot: int, widget: Made) -> Made:
        self._slots[slot].addWidget(widget)
        return widget

    def _has(self, name: str) -> bool:
        return name in self.__dict__

    @cached_property
    def _off_strip(self) -> OffStrip:
        return self._put(OFF, OffStrip())

    @cached_property
    def _numbers(self) -> Numbers:
        made = self._put(NUMBERS, Numbers(self._header_items))
        made.typed.connect(self._propose)
        made.settled.connect(self._number_settled)
        made.chosen.connect(self._option)
        return made

    @cached_property
    def _text_area(self) -> TextArea:
        made = self._put(TEXT, TextArea(name=self.item.text, placeholder=say("inspect-text-hint")))
        made.setMaximumHeight(TEXT_PX)
        made.settled.connect(self._text_settled)
        return made

    @cached_property
    def _proposal(self) -> Proposal:
        return self._put(PROPOSAL, Proposal())

    @cached_property
    def _reasons(self) -> Reasons:
        made = self._put(REASONS, Reasons())
        made.chosen.connect(self.reasoned)
        return made

    @cached_property
    def _why(self) -> Written:
        made = self._put(WHY, Written(say("inspect-why"), say("inspect-why-hint")))
        made.line.settled.connect(self._why_settled)
        return made

    @cached_property
    def _note(self) -> Written:
        made = self._put(NOTE, Written(say("inspect-note"), say("inspect-note-hint")))
        made.line.settled.connect(self._note_settled)
        return made

    # ── what stands there

    def _show_before(self, left_over: tuple[LeftOver, ...]) -> None:
        for strip in self._strips:
            self._left.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self._strips = [LeftOverStrip(left, self.seen, self._pictures) for left in left_over]
        for strip in self._strips:
            self._left.addWidget(strip)

    def show_off(self, why: str) -> None:
        """A condition switches the item off: it says why, and there is nothing to answer."""
        self._is_off = bool(why)
        if why or self._has("_off_strip"):
            self._off_strip.show_why(why)
        if not isinstance(self.item.answer, Text):
            self._answers.setVisible(not why)
        if self.numbers is not None and (why or not none_allowed(self.item)):
            self.numbers.setVisible(not why)

    @property
    def is_off(self) -> bool:
        """Whether a condition switches the item off."""
        return self._is_off

    def show_answer(
        self, given: Answer, header: Header, *, counted: int | None, seen: dict[str, bool]
    ) -> None:
        """How it stands; fields that are being typed into are left alone."""
        self._given, self._header, self._counted = given, header, counted
        for verdict, button in self.buttons.items():
            button.take(given.verdict is verdict)
        if self.numbers is not None:
            self.numbers.show_answer(given, header, counted=counted)  # beside its field stands the limit
            self._none_allowed.setVisible(none_allowed(self.item) and self.numbers.isHidden())
        self._propose()
        if given.note or self._has("_note"):
            self._note.show_text(given.note, wanted=bool(given.note))
        if isinstance(self.item.answer, Text):
            self._text_area.show_text(given.text)
        better = rules.better_than_proposed(self.item, header, given, counted=counted)
        other = given.verdict is Verdict.NOT_APPLICABLE or given.reason is UncheckedReason.OTHER
        wanted = better or (other and not self.asks_reason)
        if wanted or self._has("_why"):
            self._why.call(say("inspect-why") if better else say("inspect-why-other"))
            self._why.show_text(given.why, wanted=wanted)
        for strip in self._strips:
            strip.show_seen(seen)

    def show_caps(self, alt: bool) -> None:
        """A cap never shows a key that would not work: Alt 1 while a field has the focus."""
        for number, button in enumerate(self.buttons.values(), 1):
            button.show_key(f"Alt {number}" if alt or isinstance(self.item.answer, Choose) else str(number))

    # ── what is asked of it

    @property
    def first_field(self) -> QWidget | None:
        """The field that takes the focus when the item becomes the current one."""
        if isinstance(self.item.answer, Text):
            return self._text_area
        return self.fields[0] if self.fields and takes_number(self.item) else None

    @property
    def fields(self) -> list[NumberField]:
        """The fields for numbers, in their order."""
        return [] if self.numbers is None else self.numbers.fields

    @property
    def asks_reason(self) -> bool:
        """Whether a list of reasons is open: digits choose there."""
        return self._has("_reasons") and not self._reasons.isHidden()

    def ask_reason(self, verdict: Verdict) -> None:
        """Open the list of reasons of 不适用 or 未检."""
        self._reasons.ask(verdict)
        if self._has("_why"):
            self._why.hide()

    def choose_reason(self, number: int) -> bool:
        """The digit that was pressed while the list is open; whether it is one of the list."""
        return self._reasons.choose(number)

    def fold_reasons(self) -> None:
        """Close the list without choosing."""
        self._reasons.hide()

    def ask_why(self) -> None:
        """The written reason is missing: go there."""
        self._why.show()
        self._why.line.setFocus()

    def write_note(self) -> None:
        """备注 on this item."""
        self._note.show()
        self._note.line.setFocus()

    def choose_option(self, number: int) -> bool:
        """The option of a 选择 by its digit; whether there is one."""
        return self.numbers is not None and self.numbers.choose(number)

    def typed(self) -> Answer:
        """The answer with the number as it stands in the fields."""
        return self._given if self.numbers is None else self.numbers.answer(self._given)

    def proposed(self) -> Verdict | None:
        """What the number says as it stands in the fields."""
        return rules.proposal(self.item, self._header, self.typed(), counted=self._counted)

    # ── making

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._code = Label(role="second", tone="accent", bold=True)
        self._severity = Badge()
        self._times = Badge(tone="warn")
        self._weight = Label(role="second", tone="muted")
        for label in (self._code, self._severity, self._times, self._weight):
            head.addWidget(label)
        self._clause = ElidedLabel(role="second", tone="muted")
        self._clause.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._clause, 1)
        note = IconButton("note", say("inspect-note"), key="N")
        note.clicked.connect(self.write_note)
        head.addWidget(note)
        return head

    def _make_how(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Icon("search", px=16))
        self._how = ElidedLabel(tone="muted")
        row.addWidget(self._how, 1)
        self._none_allowed = Label(role="second", tone="muted")
        row.addWidget(self._none_allowed)
        return row

    # ── the number

    def _number_settled(self) -> None:
        typed = self.typed()
        if typed != self._given:
            self.numbered.emit(typed)

    def _propose(self) -> None:
        """Result and limit beside the field, the proposal in a strip, the proposed button outlined, not filled."""
        proposed = None if self.numbers is None else self.proposed()
        if self.numbers is not None:
            self.numbers.show_result(self.typed(), fails=proposed is Verdict.FAIL)
        for verdict, button in self.buttons.items():
            button.propose(proposed is verdict and self._given.verdict is None)
        shown = proposed is not None and self._given.verdict is None and not none_allowed(self.item)
        if shown or self._has("_proposal"):
            self._proposal.show_verdict(proposed if shown else None)

    # ── signals

    def _press(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.judged.emit(Verdict(button.verdict))

    def _option(self, option: str) -> None:
        self.numbered.emit(replace(self._given, option=option))

    def _why_settled(self, text: str) -> None:
        self.worded.emit(replace(self._given, why=text.strip()))

    def _note_settled(self, text: str) -> None:
        self.worded.emit(replace(self._given, note=text.strip()))

    def _text_settled(self, text: str) -> None:
        self.worded.emit(replace(self._given, text=text.strip()))
