"""What the list is narrowed to: views and chips above it, and the same as a filter that can be saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from inspector.model.finding import State
from inspector.model.marks import CLOSED
from inspector.model.words import Severity, word
from inspector.services.filters import Filter
from inspector.services.finding_list import Group, Listed, Wanted
from inspector.text import say, word_of
from inspector.ui.widgets.buttons import Chip, IconButton
from inspector.ui.widgets.flow import FlowLayout

OPEN, DUE, REPORTED, TODAY, ALL = "open", "due", "reported", "today", "all"
VIEWS: Final = (OPEN, DUE, REPORTED, TODAY, ALL)
FIRST, SECOND = ("unit", "street", "severity"), ("state", "item", "within", "team", "site")
DAYS: Final = (0, 1, 3, 7, 15)
AT_WORK: Final = tuple(state for state in State if state not in CLOSED)
_GROUPS: Final = {
    OPEN: frozenset(Group) - {Group.CLOSED},
    DUE: frozenset({Group.LATE, Group.TODAY}),
    REPORTED: frozenset(Group) - {Group.CLOSED},
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted, as it stands on the chips; `states` empty: whatever the view shows."""

    view: str = OPEN
    unit: str = ""
    street: str = ""
    severity: Severity | None = None
    states: frozenset[State] = frozenset()
    item: str = ""
    within: int | None = None
    overdue: bool = False
    team: str = ""
    site: str = ""

    @property
    def needs_closed(self) -> bool:
        """Whether what is closed may be among it."""
        return self.view in (ALL, TODAY) or bool(self.states & CLOSED)

    @property
    def narrow(self) -> bool:
        """Whether something is left out that the views of all alone would show."""
        return msgspec.structs.replace(self, view=OPEN) != Asked() or self.view not in (OPEN, ALL)

    def wanted(self, query: tuple[str, ...], *, today: str, teams: Mapping[str, str]) -> Wanted:
        """The same for the service; `today` is a date, `teams` the team of each inspection."""
        states = self.states or (frozenset({State.REPORTED}) if self.view == REPORTED else frozenset())
        of_team = frozenset(one for one, team in teams.items() if team == self.team) if self.team else None
        return Wanted(
            query=query,
            states=states,
            groups=frozenset() if self.states else _GROUPS.get(self.view, frozenset()),
            unit=self.unit,
            site=self.site,
            street=self.street,
            item=self.item,
            severity=self.severity,
            within=self.within,
            overdue=self.overdue,
            inspections=of_team,
            found_on=today if self.view == TODAY else "",
            by_unit=self.view == TODAY,
        )

    def filter(self) -> Filter:
        """The same as it is saved: what was found today is saved as what is open."""
        states: tuple[State, ...] = tuple(sorted(self.states))
        if not states and self.view != ALL:
            states = (State.REPORTED,) if self.view == REPORTED else AT_WORK
        return Filter(
            states=states,
            unit=self.unit,
            site=self.site,
            street=self.street,
            item=self.item,
            severity=self.severity,
            team=self.team,
            within=0 if self.view == DUE and self.within is None else self.within,
            overdue=self.overdue,
        )


def asked_of(saved: Filter) -> Asked:
    """What a saved filter asks for."""
    states = frozenset(saved.states)
    view = OPEN if states == frozenset(AT_WORK) else ALL
    due = view == OPEN and saved.within == 0 and not saved.overdue
    return Asked(
        view=DUE if due else REPORTED if states == {State.REPORTED} else view,
        unit=saved.unit,
        street=saved.street,
        severity=saved.severity,
        states=frozenset() if states in (frozenset(AT_WORK), frozenset({State.REPORTED})) else states,
        item=saved.item,
        within=None if due else saved.within,
        overdue=saved.overdue,
        team=saved.team,
        site=saved.site,
    )


def _counted(text: str, count: int) -> str:
    return f"{text}  {count}" if count else text


class Narrowing(QWidget):
    """The chips, and two buttons that stand beside the search: more chips, and the saved filters. `changed` when
    something else is wanted; `teams_wanted` before teams can be chosen."""

    changed = Signal()
    teams_wanted = Signal()
    kept = Signal()  # the saved filters are wanted

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()
        self.listed: Sequence[Listed] = ()
        self.teams: Mapping[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        first, self._second = FlowLayout(gap=8), QWidget()
        second = FlowLayout(self._second, gap=8)
        self.views = {view: Chip(say(f"findings-chip-{view}", count=0)) for view in (OPEN, DUE, REPORTED)}
        self.views |= {TODAY: Chip(say("findings-chip-today")), ALL: Chip(say("findings-chip-all"))}
        for name, chip in self.views.items():
            chip.clicked.connect(partial(self.show_view, name))
            first.addWidget(chip)
        self.chips = {name: Chip(say(f"findings-chip-{name}")) for name in (*FIRST, *SECOND)}
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self._choose_from, name))
            (first if name in FIRST else second).addWidget(chip)
        self.more = IconButton("adjustments", say("findings-chip-more"))
        self.more.setCheckable(True)
        self.more.clicked.connect(self._unfold)
        self.saved = IconButton("bookmark", say("findings-chip-saved"))
        self.saved.clicked.connect(self.kept)
        column.addLayout(first)
        column.addWidget(self._second)
        self._second.hide()
        self._draw()

    def count(self, *, open_: str, due: int, reported: int) -> None:
        """How many each view has."""
        self.views[OPEN].say(say("findings-chip-open", count=open_))
        self.views[DUE].say(say("findings-chip-due", count=due))
        self.views[REPORTED].say(say("findings-chip-reported", count=reported))

    def take(self, asked: Asked) -> None:
        """Want something else."""
        self.asked = asked
        self._draw()
        self.changed.emit()

    def show_view(self, view: str) -> None:
        """Another view; the chips stay."""
        self.take(msgspec.structs.replace(self.asked, view=view, states=frozenset()))

    def narrow(self, name: str, value: object) -> None:
        """Another value of a chip; nothing takes the narrowing away."""
        self.take(msgspec.structs.replace(self.asked, **{name: value}))

    def values(self, name: str) -> Sequence[tuple[str, object]]:
        """What a chip offers: (text with how many there are, value)."""
        if name == "within":
            late = (say("findings-within-late"), -1)
            return [late, *((say("findings-within", days=days), days) for days in DAYS)]
        if name == "team":
            counts = Counter(self.teams.get(one.inspection, "") for one in self.listed)
            return [(_counted(team, counts[team]), team) for team in sorted(set(self.teams.values()) - {""})]
        if name == "severity":
            severities = Counter(one.severity for one in self.listed)
            return [(_counted(word(one), severities[one]), one) for one in Severity]
        if name == "state":
            states = Counter(one.state for one in self.listed)
            return [(_counted(word_of(one), states[one]), frozenset({one})) for one in State]
        return [(_counted(text, count), text) for text, count in sorted(self._texts(name).items()) if text]

    def _texts(self, name: str) -> Counter[str]:
        """How often each value of a chip is listed; of items also each form."""
        if name == "item":
            items = Counter(one.item for one in self.listed)
            return items + Counter(one.item.partition("-")[0] for one in self.listed)
        if name == "unit":
            return Counter(unit for one in self.listed for unit in one.units)
        return Counter(one.site if name == "site" else one.street for one in self.listed)

    def show_teams(self, teams: Mapping[str, str]) -> None:
        """The team of each inspection: its chip can be opened now."""
        self.teams = teams
        self._choose_from("team")

    def _unfold(self) -> None:
        self._second.setVisible(self.more.isChecked() or self._second_used())
        self._draw()

    def _second_used(self) -> bool:
        asked = self.asked
        return bool(asked.states or asked.item or asked.team or asked.site or asked.overdue) or (
            asked.within is not None
        )

    def _choose_from(self, name: str) -> QMenu | None:
        """A chip's list of values; 不限 takes the narrowing away."""
        self._draw()
        if name == "team" and not self.teams:
            self.teams_wanted.emit()
            return None
        chip = self.chips[name]
        menu = QMenu(self)
        menu.setAccessibleName(say(f"findings-chip-{name}"))
        menu.addAction(say("findings-any")).triggered.connect(partial(self._take, name, None))
        for text, value in self.values(name):
            menu.addAction(text).triggered.connect(partial(self._take, name, value))
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))
        return menu

    def _take(self, name: str, value: object, _checked: bool = False) -> None:
        if name == "within":
            late = value == -1
            asked = msgspec.structs.replace(self.asked, within=None if late else value, overdue=late)
            self.take(asked)
        elif name == "state":
            self.take(msgspec.structs.replace(self.asked, states=value or frozenset()))
        elif name == "severity":
            self.narrow(name, value)
        else:
            self.narrow(name, value or "")

    def _draw(self) -> None:
        """Every chip says what it narrows to."""
        asked = self.asked
        for view, chip in self.views.items():
            chip.setChecked(view == asked.view and not asked.states)
        texts = {
            "unit": asked.unit,
            "street": asked.street,
            "severity": word(asked.severity) if asked.severity else "",
            "state": say("ui-list").join(word_of(one) for one in sorted(asked.states)),
            "item": asked.item,
            "within": self._days(),
            "team": asked.team,
            "site": asked.site,
        }
        for name, text in texts.items():
            self.chips[name].setChecked(bool(text))
            self.chips[name].say(text or say(f"findings-chip-{name}"))
        used = self._second_used()
        self.more.setChecked(used or self.more.isChecked())
        if used:
            self._second.show()

    def _days(self) -> str:
        if self.asked.overdue:
            return say("findings-within-late")
        return "" if self.asked.within is None else say("findings-within", days=self.asked.within)
