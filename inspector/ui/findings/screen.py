"""Findings (问题): who is late, what next. The list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from inspector.model import search
from inspector.model.finding import State
from inspector.model.words import Severity, word
from inspector.services import finding_list, finding_page
from inspector.services.finding_list import Group, Listed, Narrowed, Overview, Wanted
from inspector.services.finding_page import Page
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings.panel import FindingPanel
from inspector.ui.findings.rows import FindingList
from inspector.ui.findings.words import row
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.beside import Beside
from inspector.ui.widgets.buttons import Button, Chip
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.text import ElidedLabel, Label

RIGHT_PX: Final = 420
NARROW_PX: Final = 330
OPEN, DUE, REPORTED, TODAY, ALL = "open", "due", "reported", "today", "all"
MOST_AT_ONCE: Final = 10_000  # narrowed in 10 ms; longer lists on a lane
VIEWS: Final = (OPEN, DUE, REPORTED, TODAY, ALL)


class FindingsScreen(Screen):
    """`place.which` is a finding; `place.spot` a view: open, due, reported, today (by unit), all."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-findings"))
        self._listed: tuple[Listed, ...] = ()
        self._view = OPEN
        self._wanted = Wanted()
        self._must = place.which
        self._has_closed = False
        self._unit, self._street = "", ""
        self._severity: Severity | None = None
        self._pictures = Pictures(desk)
        self._pictures.arrived.connect(self._picture_arrived)
        work = self._make_work()
        self.panel = FindingPanel(self._pictures)
        self._beside = Beside(
            self,
            work,
            self.panel,
            self.panel,
            search=self.search,
            rows=self.list,
            right_px=RIGHT_PX,
            narrow_px=NARROW_PX,
        )
        self.panel.sheet.connect(self._open_sheet)
        self.panel.closed.connect(self._beside.show_list)
        self.panel.copied.connect(self._copied)
        self._show_only(self._skeleton)
        self.begin_at(self.list)

    def turn_to(self, place: Place) -> None:
        if place.spot in VIEWS:
            self._view = place.spot
        self._must = place.which
        super().turn_to(place)

    def refresh(self) -> None:
        self._skeleton.start()
        self._read(closed=self._view in (ALL, TODAY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._beside.covered:
            self._beside.show_list()
        else:
            super().keyPressEvent(event)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(say("nav-findings"), role="page", bold=True))
        self._sum = ElidedLabel(tone="muted")
        names.addWidget(self._sum)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addWidget(self.strip)
        self.search = SearchField(name=say("findings-search"), placeholder=say("findings-search-hint"))
        self.search.typed.connect(self._filter)
        column.addWidget(self.search)
        chips = FlowLayout(gap=8)
        self.views = {
            OPEN: Chip(say("findings-chip-open", count=0)),
            DUE: Chip(say("findings-chip-due", count=0)),
            REPORTED: Chip(say("findings-chip-reported", count=0)),
            TODAY: Chip(say("findings-chip-today")),
            ALL: Chip(say("findings-chip-all")),
        }
        for name, chip in self.views.items():
            chip.clicked.connect(partial(self._show_view, name))
            chips.addWidget(chip)
        self.chips = {
            "unit": Chip(say("findings-chip-unit")),
            "street": Chip(say("findings-chip-street")),
            "severity": Chip(say("findings-chip-severity")),
        }
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self._choose_from, name))
            chips.addWidget(chip)
        column.addLayout(chips)
        self.list = FindingList(name=say("nav-findings"), make=row, picture=self._pictures.image)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        all_ = Button(say("findings-show-all"))
        all_.clicked.connect(self._show_all)
        self._empty = EmptyState("flag-off", say("findings-empty"), say("findings-empty-next"), [all_])
        column.addWidget(self._empty, 1)
        return work

    # ── showing

    def _read(self, *, closed: bool) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(finding_list.overview, self.desk.workspace, now=self.desk.now(), closed=closed),
            done=partial(self._show, closed),
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, closed: bool, seen: Overview) -> None:
        self._skeleton.stop()
        self.strip.clear()
        if self._must and not closed and all(one.id != self._must for one in seen.listed):
            self._view = ALL  # it is closed: the list that holds it is the whole one
            self._read(closed=True)
            return
        self._listed, self._has_closed = seen.listed, closed
        late, today = (seen.groups.get(group, 0) for group in (Group.LATE, Group.TODAY))
        open_ = f"{len(seen.listed) - seen.groups.get(Group.CLOSED, 0):,}"
        self._sum.setText(say("findings-sum", open=open_, late=late, today=today))
        self.views[OPEN].say(say("findings-chip-open", count=open_))
        self.views[DUE].say(say("findings-chip-due", count=late + today))
        self.views[REPORTED].say(say("findings-chip-reported", count=seen.reported))
        self._filter()

    def _filter(self, _: object = None) -> None:
        for name, chip in self.views.items():
            chip.setChecked(name == self._view)
        for name, taken in (
            ("unit", self._unit),
            ("street", self._street),
            ("severity", word(self._severity) if self._severity else ""),
        ):
            self.chips[name].setChecked(bool(taken))
            self.chips[name].say(taken or say(f"findings-chip-{name}"))
        wanted = self._asked()
        self._wanted = wanted
        if len(self._listed) <= MOST_AT_ONCE:
            self._show_narrowed(wanted, finding_list.narrowed(self._listed, wanted))
        else:
            self.desk.lanes.read.ask(
                self,
                partial(finding_list.narrowed, self._listed, wanted),
                done=partial(self._show_narrowed, wanted),
                failed=self.strip.show_error,
            )

    def _asked(self) -> Wanted:
        """What the chips and the words say."""
        return Wanted(
            query=search.words(self.search.text()),
            states=frozenset({State.REPORTED}) if self._view == REPORTED else frozenset(),
            groups=_GROUPS.get(self._view, frozenset()),
            unit=self._unit,
            street=self._street,
            severity=self._severity,
            found_on=self.desk.now().date().isoformat() if self._view == TODAY else "",
            by_unit=self._view == TODAY,
        )

    def _show_narrowed(self, wanted: Wanted, found: Narrowed) -> None:
        if wanted != self._wanted:
            return  # another key was pressed meanwhile
        narrow = bool(
            wanted.query or self._unit or self._street or self._severity or self._view not in (OPEN, ALL)
        )
        self.search.show_count(say("findings-count", count=f"{len(found.listed):,}") if narrow else "")
        if self._must and narrow and all(one.id != self._must for one in found.listed):
            self._widen()  # it was asked for by its id: nothing may hide it
            return
        kept = self.list.current()
        self.list.show_findings(found.listed, _headings(found, by_unit=wanted.by_unit))
        if not found.listed:
            self._say_none(narrow)
            return
        self._show_only(self.list)
        if self._must:
            self.list.go_to(self._must)
            self._must = ""
        elif not self.list.rows.place(kept).isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))

    def _say_none(self, narrowed: bool) -> None:
        self.panel.show_nothing()
        if narrowed or self._listed:
            self._empty.tell(say("findings-narrow"), say("findings-narrow-next"), icon="flag-off")
        else:
            self._empty.tell(say("findings-empty"), say("findings-empty-next"), icon="flag-off")
        self._show_only(self._empty)

    def _show_only(self, shown: object) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    def _picture_arrived(self, _: str) -> None:
        self.list.viewport().update()

    def _choose(self, finding: str) -> None:
        self.stand(which=finding)
        self.desk.lanes.read.ask(
            self,
            partial(finding_page.read, self.desk.workspace, finding, now=self.desk.now()),
            done=self._show_page,
            failed=self.strip.show_error,
        )

    def _show_page(self, page: Page) -> None:
        if page.finding.id == self.list.current():
            self.panel.show_page(page)

    # ── acting

    def _show_view(self, name: str) -> None:
        self._view = name
        self.stand(which="", spot=name)
        if name in (ALL, TODAY) and not self._has_closed:
            self.refresh()
        else:
            self._filter()

    def _show_all(self) -> None:
        """Nothing narrowed, the closed ones among them."""
        self._widen()
        self._show_view(ALL)

    def _widen(self) -> None:
        self._unit, self._street, self._severity = "", "", None
        self._view = ALL if self._has_closed else OPEN
        if self.search.text():
            self.search.line.clear()  # which filters
        else:
            self._filter()

    def _choose_from(self, name: str) -> None:
        """A chip's list of values; 不限 takes the narrowing away."""
        chip = self.chips[name]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(say(f"findings-chip-{name}"))
        menu.addAction(say("findings-any")).triggered.connect(partial(self._narrow, name, ""))
        for text in self._values(name):
            menu.addAction(text).triggered.connect(partial(self._narrow, name, text))
        menu.aboutToHide.connect(self._filter)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _values(self, name: str) -> Sequence[str]:
        if name == "severity":
            return [word(one) for one in Severity]
        taken = {one.unit if name == "unit" else one.street for one in self._listed}
        return sorted(taken - {""})

    def _narrow(self, name: str, text: str) -> None:
        if name == "unit":
            self._unit = text
        elif name == "street":
            self._street = text
        else:
            self._severity = next((one for one in Severity if word(one) == text), None)
        self._filter()

    def _open(self, finding: str) -> None:
        self.stand(which=finding)
        self._beside.show_page()
        self.panel.open_sheet.setFocus()

    def _open_sheet(self, inspection: str) -> None:
        self.go.emit(Place("documents", which=inspection))

    def _copied(self) -> None:
        self.told.emit(Told(say("findings-copied"), icon="copy"))


_GROUPS = {
    OPEN: frozenset(Group) - {Group.CLOSED},
    DUE: frozenset({Group.LATE, Group.TODAY}),
    REPORTED: frozenset(Group) - {Group.CLOSED},
}


def _headings(found: Narrowed, *, by_unit: bool) -> dict[int, str]:
    """What stands above the first row of each group, or of each unit, with how many there are."""
    headings = {}
    for at, count in found.begins:
        one = found.listed[at]
        name = say(f"findings-group-{one.group.value.replace('_', '-')}")
        if by_unit:
            name = one.unit or say("findings-group-unit-none")
        headings[at] = say("findings-group", name=name, count=count)
    return headings
