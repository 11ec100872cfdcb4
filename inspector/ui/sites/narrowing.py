"""The chips above the list of sites: kind, street, lead unit, what is open, what must be looked at again."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from inspector.services.site_list import Listed
from inspector.text import say
from inspector.ui.sites.book import Wanted
from inspector.ui.widgets.buttons import Chip
from inspector.ui.widgets.flow import FlowLayout

OPEN: Final = "open"
UNCHECKED: Final = "unchecked"
WORDS: Final = {
    "kind": "site-chip-kind",
    "street": "site-chip-street",
    "lead": "site-chip-lead",
    OPEN: "site-chip-open",
    UNCHECKED: "site-chip-unchecked",
}
CHOSEN: Final = ("kind", "street", "lead")
"""Chips with a menu of what there is; the other two are on or off."""


class SiteChips(QWidget):
    """`changed` when the list is to be narrowed anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen = dict.fromkeys(CHOSEN, "")
        self._listed: tuple[Listed, ...] = ()
        flow = FlowLayout(self, gap=8)
        self.chips = {name: Chip(say(key), checkable=True) for name, key in WORDS.items()}
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self._press, name))
            flow.addWidget(chip)

    def show_listed(self, listed: tuple[Listed, ...]) -> None:
        """The sites that the menus count."""
        self._listed = listed

    def wanted(self, text: str, sort: int) -> Wanted:
        """What one looks for, with the words that are typed and the order."""
        return Wanted(
            text=text,
            sort=sort,
            open_only=self.chips[OPEN].isChecked(),
            unchecked_only=self.chips[UNCHECKED].isChecked(),
            **self._chosen,
        )

    def count_kind(self, found: int) -> None:
        """The chip of the kind says how many are left of it."""
        kind = self._chosen["kind"]
        name = next((one.kind for one in self._listed if one.site.kind == kind), kind)
        self.chips["kind"].say(f"{name} {found}" if kind else say("site-chip-kind"))

    def clear(self) -> None:
        """Nothing narrowed."""
        for name, chip in self.chips.items():
            chip.setChecked(False)
            if name in CHOSEN:
                self._chosen[name] = ""
                chip.say(say(WORDS[name]))

    def _press(self, name: str) -> None:
        if name in CHOSEN:
            self.chips[name].setChecked(bool(self._chosen[name]))
            self._pop(name)
        else:
            self.changed.emit()

    def _pop(self, name: str) -> None:
        chip = self.chips[name]
        menu = QMenu(self)
        menu.setAccessibleName(chip.text())
        menu.addAction(say("site-chip-every")).triggered.connect(partial(self._choose, name, ""))
        kinds = {one.site.kind: one.kind for one in self._listed}
        counts = Counter(
            {"kind": one.site.kind, "street": one.street, "lead": one.lead_unit}[name] for one in self._listed
        )
        for value, count in sorted(counts.items(), key=lambda pair: -pair[1]):
            if value:
                shown = kinds.get(value, value) if name == "kind" else value
                action = menu.addAction(f"{shown}  {count}")
                action.triggered.connect(partial(self._choose, name, value))
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _choose(self, name: str, value: str, _: bool = False) -> None:
        self._chosen[name] = value
        chip = self.chips[name]
        chip.setChecked(bool(value))
        if name != "kind":
            chip.say(value or say(WORDS[name]))
        self.changed.emit()
