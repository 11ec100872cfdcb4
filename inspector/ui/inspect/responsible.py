"""Who answers for a finding, and by when: units by role, the party concerned, the time limit in words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.model.draft import DraftFinding
from inspector.model.inspection import TimeLimit
from inspector.model.unit import Unit
from inspector.model.words import TimeLimitKind, word
from inspector.services.inspecting import Ground
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.menus import offer
from inspector.ui.inspect.words import COMMON_LIMITS, time_limit_words
from inspector.ui.widgets.buttons import Button, Chip, IconButton
from inspector.ui.widgets.fields import ComboField, NumberField
from inspector.ui.widgets.text import ElidedLabel, Label


class Units(QWidget):
    """牵头 and 配合. `changed` gives the fields of the finding that are others now."""

    changed = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self._finding: DraftFinding | None = None
        row = bare_row(self)
        self.lead = ComboField(name=say("finding-lead"))
        self.lead.addItem(say("finding-lead-none" if ground.leads else "finding-lead-unknown"), "")
        for unit in ground.leads:
            self.lead.addItem(unit.label, unit.id)
        self.lead.activated.connect(self._led)
        row.addWidget(self.lead, 1)
        row.addWidget(Label(say("finding-helping"), role="second", tone="muted"))
        self._helping = QHBoxLayout()
        self._helping.setSpacing(6)
        row.addLayout(self._helping, 1)
        self._plus = IconButton("plus", say("finding-helping-add"))
        self._plus.clicked.connect(self._offer)
        row.addWidget(self._plus)

    def show_finding(self, finding: DraftFinding) -> None:
        before, self._finding = self._finding, finding
        self.lead.setCurrentIndex(max(0, self.lead.findData(finding.lead_unit)))
        if before is not None and before.helping_units == finding.helping_units:
            return
        while self._helping.count():
            item = self._helping.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        named = {unit.id: unit.label for unit in self._ground.units}
        before_it: QWidget = self.lead
        for entity in finding.helping_units:
            label = named.get(entity, entity)
            button = Button(label, icon="x", kind="row")
            button.setAccessibleName(say("finding-helping-remove", unit=label))
            button.setToolTip(say("finding-helping-remove", unit=label))
            button.clicked.connect(partial(self._without, entity))
            self._helping.addWidget(button)
            QWidget.setTabOrder(before_it, button)
            before_it = button
        self._helping.addStretch(1)
        QWidget.setTabOrder(before_it, self._plus)

    def _led(self) -> None:
        lead = self.lead.currentData()
        helping = self._finding.helping_units if self._finding else ()
        self.changed.emit({"lead_unit": lead, "helping_units": tuple(one for one in helping if one != lead)})

    def _offer(self) -> None:
        if self._finding is not None:
            taken = {self._finding.lead_unit, *self._finding.helping_units}
            units = [(unit.label, unit) for unit in self._ground.leads if unit.id not in taken]
            offer(self._plus, units, self._with)

    def _with(self, unit: Unit) -> None:
        if self._finding is not None:
            self.changed.emit({"helping_units": (*self._finding.helping_units, unit.id)})

    def _without(self, entity: str) -> None:
        if self._finding is not None:
            left = tuple(one for one in self._finding.helping_units if one != entity)
            self._plus.setFocus()
            self.changed.emit({"helping_units": left})


class Party(QWidget):
    """涉及单位: a name, or one of the companies of the list."""

    changed = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        row = bare_row(self)
        self.line = TextLine(name=say("finding-party"), placeholder=say("finding-party-hint"))
        self.line.settled.connect(self._settled)
        row.addWidget(self.line, 1)
        self._choose = Button(say("finding-party-choose"), kind="link")
        self._choose.clicked.connect(self._offer)
        row.addWidget(self._choose)
        if not ground.parties:
            self._choose.hide()

    def _settled(self, text: str) -> None:
        self.changed.emit({"party": text.strip()})

    def _offer(self) -> None:
        offer(self._choose, [(unit.label, unit) for unit in self._ground.parties], self._take)

    def _take(self, unit: Unit) -> None:
        self.line.setText(unit.name)
        self.line.settle()


class Limits(QWidget):
    """整改时限: one press for the usual ones, a number and its kind for any other."""

    changed = Signal(object)

    def __init__(self, usual: TimeLimit | None) -> None:
        super().__init__()
        row = bare_row(self)
        kinds = list(TimeLimitKind)
        self._pool = [Chip("") for _ in range(len(COMMON_LIMITS) + 1)]
        self._chips: dict[TimeLimit, Chip] = {}
        for place, chip in enumerate(self._pool):
            chip.clicked.connect(partial(self._take, place))
            row.addWidget(chip)
        self._own = Chip(say("inspect-limit-own"))
        self._own.clicked.connect(self._open)
        row.addWidget(self._own)
        self._number = NumberField(name=say("inspect-limit-number"), width=56)
        self._kind = ComboField(name=say("inspect-limit-kind"))
        for kind in kinds:
            if kind is not TimeLimitKind.AT_ONCE:
                self._kind.addItem(word(kind), kind)
        self._number.settled.connect(self._typed)
        self._kind.activated.connect(self._typed)
        for widget in (self._number, self._kind):
            widget.hide()
            row.addWidget(widget)
        note = ElidedLabel(say("inspect-limit-note"), role="second", tone="muted")
        row.addWidget(note, 1)
        self.offer(usual)

    def offer(self, usual: TimeLimit | None) -> None:
        """The usual limits, and the one that the item has."""
        kinds = list(TimeLimitKind)
        common = COMMON_LIMITS if usual is None else (usual, *COMMON_LIMITS)
        limits = sorted(dict.fromkeys(common), key=lambda one: (kinds.index(one.kind), one.n))
        self._chips = dict(zip(limits, self._pool, strict=False))
        for limit, chip in self._chips.items():
            chip.say(time_limit_words(limit))
        for place, chip in enumerate(self._pool):
            chip.setVisible(place < len(limits))

    def show_limit(self, limit: TimeLimit | None) -> None:
        for one, chip in self._chips.items():
            chip.setChecked(one == limit)
        own = limit is not None and limit not in self._chips
        self._own.setChecked(own)
        self._number.setVisible(own)
        self._kind.setVisible(own)
        if limit is not None and own:
            if not self._number.hasFocus():
                self._number.show_text(str(limit.n))
            self._kind.setCurrentIndex(self._kind.findData(limit.kind))

    def _take(self, place: int) -> None:
        limit = list(self._chips)[place]
        self.show_limit(limit)
        self.changed.emit({"time_limit": limit})

    def _open(self) -> None:
        self._own.setChecked(True)
        self._number.show()
        self._kind.show()
        self._number.setFocus()

    def _typed(self, _: object = None) -> None:
        text = self._number.text()
        if text.isascii() and text.isdigit() and 1 <= int(text) <= 366:
            self.changed.emit({"time_limit": TimeLimit(kind=self._kind.currentData(), n=int(text))})


def bare_row(holder: QWidget) -> QHBoxLayout:
    """A row without margins inside `holder`."""
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row
