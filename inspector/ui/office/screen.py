"""汇总登记, the office's desk: what came together, what is left of the round, figures, who belongs to the office, its
root."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.office.arrivals import ArrivalsPart
from inspector.ui.office.coverage import CoveragePart
from inspector.ui.office.figures import FiguresPart
from inspector.ui.office.members import MembersPart
from inspector.ui.office.part import DeskPart
from inspector.ui.office.root import RootPart
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Segments
from inspector.ui.widgets.text import Label

PARTS: Final[dict[str, type[DeskPart]]] = {
    "arrivals": ArrivalsPart,
    "coverage": CoveragePart,
    "figures": FiguresPart,
    "members": MembersPart,
    "root": RootPart,
}


class OfficeScreen(Screen):
    """`place.spot` is the part that is shown. A part is made when it is shown first."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("office-title"))
        self.parts: dict[str, DeskPart] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QFrame()
        top.setProperty("kind", "work")
        head = QVBoxLayout(top)
        head.setContentsMargins(24, 16, 16, 12)
        head.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Label(say("office-title"), role="page", bold=True))
        self.tabs = Segments([(name, say(f"office-{name}")) for name in PARTS], name=say("office-title"))
        self.tabs.chosen.connect(self._turn)
        row.addWidget(self.tabs)
        row.addStretch(1)
        head.addLayout(row)
        head.addWidget(self.strip)
        column.addWidget(top)
        self._pages = QStackedWidget()
        column.addWidget(self._pages, 1)
        self.begin_at(self.tabs)
        self._open(place.spot)

    @property
    def part(self) -> DeskPart:
        """The part that is shown."""
        shown = self._pages.currentWidget()
        assert isinstance(shown, DeskPart)
        return shown

    def refresh(self) -> None:
        self.part.refresh()

    def turn_to(self, place: Place) -> None:
        if place.spot:
            self._open(place.spot)
        super().turn_to(Place(place.screen, place.which, self._name()))

    def leave(self, then: Callable[[], None]) -> None:
        """The root's key is forgotten; a recovery sheet that nobody has put away is asked about."""
        root, members = self.parts.get("root"), self.parts.get("members")
        if isinstance(members, MembersPart):
            members.lock()
        if isinstance(root, RootPart) and root.waits:
            self.tabs.choose("root")
            self._open("root")
            text = say("root-leave-text")
            ask_first(self, say("root-leave"), text, say("root-leave-do"), partial(super().leave, then))
            return
        super().leave(then)

    def _name(self) -> str:
        return next(name for name, part in self.parts.items() if part is self.part)

    def _turn(self, name: object) -> None:
        self._open(str(name))
        self.stand(spot=str(name))
        self.refresh()

    def _open(self, name: str) -> None:
        name = name if name in PARTS else next(iter(PARTS))
        if name not in self.parts:
            part = PARTS[name](self.desk)
            part.go.connect(self.go)
            part.told.connect(self.told)
            part.changed.connect(self.changed)
            part.failed.connect(self.strip.show_error)
            self.parts[name] = part
            self._pages.addWidget(part)
        self.strip.clear()
        self.tabs.choose(name)
        self._pages.setCurrentWidget(self.parts[name])
