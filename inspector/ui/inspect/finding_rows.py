"""Two rows of the open finding: where it is, and how much of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.model.words import Severity, word
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.responsible import bare_row
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Chip, Segments
from inspector.ui.widgets.fields import ComboField, NumberField
from inspector.ui.widgets.text import Label

PLACE_PX = 120
PLACES_SHOWN = 3


class PlaceRow(QWidget):
    """位置, and the places that were named lately."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = bare_row(self)
        self.line = TextLine(name=say("finding-place"), placeholder=say("finding-place-hint"))
        row.addWidget(self.line, 1)
        self._chips = [Chip("", checkable=False) for _ in range(PLACES_SHOWN)]
        for chip in self._chips:
            chip.setMaximumWidth(theme.look.px(PLACE_PX))
            chip.clicked.connect(partial(self._take, chip))
            row.addWidget(chip)

    def offer(self, places: tuple[str, ...]) -> None:
        """The latest first."""
        for nth, chip in enumerate(self._chips):
            chip.setVisible(nth < len(places))
            if nth < len(places):
                chip.say(places[nth])
                chip.setToolTip(places[nth])

    def _take(self, chip: Chip) -> None:
        self.taken.emit(chip.text())


class AmountRow(QWidget):
    """数量 and its measure, 程度, and the way to a party."""

    def __init__(self) -> None:
        super().__init__()
        row = bare_row(self)
        self.quantity = NumberField(name=say("finding-quantity"), decimals=2, width=72)
        self.measure = ComboField(name=say("finding-measure"))
        row.addWidget(self.quantity)
        row.addWidget(self.measure)
        row.addSpacing(8)
        row.addWidget(Label(say("finding-severity"), role="second", tone="muted"))
        self.severity = Segments(
            [(one, word(one)) for one in (Severity.MINOR, Severity.MAJOR)],
            name=say("finding-severity"),
            bad=Severity.MAJOR,
        )
        row.addWidget(self.severity)
        row.addStretch(1)
        self.party = Button(say("finding-party"), icon="plus", kind="link", tone="accent")
        row.addWidget(self.party)

    def offer(self, own: str) -> None:
        """The measures: that of the item first, then the usual ones."""
        measures = ["", *dict.fromkeys((*([own] if own else []), *say("finding-measures").split()))]
        if measures != [self.measure.itemText(at) for at in range(self.measure.count())]:
            self.measure.clear()
            self.measure.addItems(measures)

    def show_measure(self, measure: str) -> None:
        """One that nobody offered is one more."""
        if self.measure.findText(measure) < 0:
            self.measure.addItem(measure)
        self.measure.setCurrentIndex(self.measure.findText(measure))
