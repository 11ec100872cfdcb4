"""Which unit's paper is shown: a chip each, above the paper; nothing where there is one paper only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.widgets.buttons import Chip
from inspector.ui.widgets.flow import FlowLayout

FEW: Final = 2  # from so many papers on there is something to choose


class UnitChips(QWidget):
    """`turned` to another unit."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, Chip] = {}
        inset = QVBoxLayout(self)
        inset.setContentsMargins(20, 8, 12, 0)
        self._row = FlowLayout()
        inset.addLayout(self._row)
        self.setAccessibleName(say("slips-units"))
        self.hide()

    def show_units(self, units: Sequence[tuple[str, str, bool]], current: str) -> None:
        """Units with their names, and whether nothing is missing in their papers."""
        if list(self.chips) != [unit for unit, _, _ in units]:
            self._row.clear()
            self.chips = {}
            for unit, _, _ in units:
                chip = Chip("")
                chip.clicked.connect(partial(self.turned.emit, unit))
                self._row.addWidget(chip)
                self.chips[unit] = chip
        for unit, name, ready in units:
            self.chips[unit].say(say("slips-ready", unit=name) if ready else name)
        self.choose(current)
        self.setVisible(len(units) >= FEW)

    def choose(self, unit: str) -> None:
        """The one that is shown."""
        for other, chip in self.chips.items():
            chip.setChecked(other == unit)
