"""复查: what is due, place by place; a round is chosen from it and begun, or one that is not finished goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QMenu, QVBoxLayout

from inspector.model import search
from inspector.model.finding import State
from inspector.model.round import Round
from inspector.services import finding_list, rounds
from inspector.services.finding_list import Group, Listed, Wanted
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings.rows import FindingList, FindingRows
from inspector.ui.findings.words import left_words, state_words
from inspector.ui.pictures import Pictures
from inspector.ui.reinspect.begin_side import BeginSide
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.buttons import Button, Chip
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.row import Fact, Heading, Row
from inspector.ui.words import site_note

REPORTED, LATE, ALL = "reported", "late", "all"
MOST: Final = 120  # findings of one round: as many as a sheet has photos


class ReinspectScreen(Screen):
    """`place.which` are findings that are chosen already, with commas between them."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("round-title"))
        self._listed: Mapping[str, Listed] = {}
        self._shown: list[Listed] = []
        self._chosen: dict[str, None] = {}
        self._view, self._street = REPORTED, ""
        self._must: tuple[str, ...] = ()
        self._streets: tuple[str, ...] = ()
        self._pictures = Pictures(desk)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_work(), 1)
        self.side = BeginSide(desk)
        self.side.begin.connect(self._begin)
        self.side.opened.connect(self._open)
        self.side.failed.connect(self.strip.show_error)
        across.addWidget(self.side)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(self._begin)
        self.begin_at(self.search)  # which is there before the list is read
        self._skeleton.start()

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.register = Button(say("register-title"), icon="table-export")
        self.register.clicked.connect(partial(self.go.emit, Place("register")))
        self._head = PageHead(say("round-title"), self.register)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self.search = SearchField(name=say("round-search"), placeholder=say("findings-search-hint"))
        self.search.typed.connect(self._filter)
        self.search.moved.connect(self._step)
        self.search.entered.connect(self._toggle_current)
        column.addWidget(self.search)
        row = FlowLayout(gap=8)
        self.views = {
            REPORTED: Chip(say("findings-chip-reported", count=0)),
            LATE: Chip(say("findings-chip-due", count=0)),
            ALL: Chip(say("findings-chip-open", count=0)),
        }
        for name, chip in self.views.items():
            chip.clicked.connect(partial(self._show_view, name))
            row.addWidget(chip)
        self.street = Chip(say("findings-chip-street"))
        self.street.clicked.connect(self._choose_street)
        row.addWidget(self.street)
        self.every = Button(say("round-choose-all"), icon="square-check", kind="ghost")
        self.every.clicked.connect(self._choose_all)
        row.addWidget(self.every)
        column.addLayout(row)
        self.list = DueList(self._pictures, self._row)
        self.list.opened.connect(self._toggle)
        self.list.ticked.connect(self._toggle)
        self.list.ticked_site.connect(self._toggle_site)
        self.list.typed.connect(self._type_on)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        more = Button(say("round-show-open"))
        more.clicked.connect(partial(self._show_view, ALL))
        self._empty = EmptyState("checks", say("round-none"), say("round-none-next"), [more])
        self._empty.hide()
        column.addWidget(self._empty, 1)
        return work

    # ── showing

    def turn_to(self, place: Place) -> None:
        self._must = tuple(one for one in place.which.split(",") if one)
        super().turn_to(place)

    def here(self) -> Place:
        return Place("reinspect")

    def refresh(self) -> None:
        call = partial(_read, self.desk.workspace, self.desk.now())
        self.desk.lanes.read.ask(self, call, done=self._show, failed=self._not_read)

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, read: Due) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._listed, under_way = read.listed, read.rounds
        here = self._listed.keys()
        self._streets = read.streets
        taken = {one.finding for walk in under_way for one in walk.sightings}
        if self._must:
            self._chosen = dict.fromkeys(one for one in self._must if one in here)
            self._view, self._must = ALL, ()
        self._chosen = {one: None for one in self._chosen if one in here}
        self.side.show_rounds(under_way)
        reported, late = read.reported, read.late
        if self._view == REPORTED and not reported and late:
            self._view = LATE
        self.views[REPORTED].say(say("findings-chip-reported", count=reported))
        self.views[LATE].say(say("findings-chip-due", count=late))
        self.views[ALL].say(say("findings-chip-open", count=f"{len(self._listed):,}"))
        self._head.about.setText(say("round-sum", reported=reported, late=late, taken=len(taken)))
        self._filter()

    def _filter(self, _: object = None) -> None:
        for name, chip in self.views.items():
            chip.setChecked(name == self._view)
        self.street.setChecked(bool(self._street))
        self.street.say(self._street or say("findings-chip-street"))
        wanted = Wanted(
            query=search.words(self.search.text()),
            states=frozenset({State.REPORTED}) if self._view == REPORTED else frozenset(),
            groups=frozenset({Group.LATE, Group.TODAY}) if self._view == LATE else frozenset(),
            street=self._street,
        )
        self.desk.lanes.read.ask(
            self,
            partial(_by_place, self._listed, wanted),  # read, never changed: the lane may have it
            done=self._narrowed,
            failed=self.strip.show_error,
        )

    def _narrowed(self, narrowed: tuple[list[Listed], dict[int, Heading]]) -> None:
        found, heads = narrowed
        self._shown = found
        self.list.show_findings(found, heads)
        self.search.show_count(say("findings-count", count=f"{len(found):,}") if self.search.text() else "")
        self.list.setVisible(bool(found))
        self.every.setVisible(bool(found))
        self._empty.setVisible(not found)
        if found and self.search.line.hasFocus() and not self.search.text():
            self.list.setFocus()
        self._draw()

    def _draw(self) -> None:
        self.list.draw_again()
        sites = {self._listed[one].site for one in self._chosen}
        self.side.show_chosen(len(self._chosen), len(sites), too_many=len(self._chosen) > MOST)

    def _row(self, one: Listed) -> Row:
        state, tone = state_words(one.state)
        left, left_tone = left_words(one.left, one.due)
        facts = (
            Fact(one.unit, width=90),
            Fact(state, tone=tone, badge=True),
            Fact(left, tone=left_tone, width=84, bold=one.left is not None and one.left <= 0),
        )
        return Row(
            key=one.id,
            title=one.text or one.item,
            note=site_note(one.place, one.item),
            icon="square-check" if one.id in self._chosen else "square",
            facts=tuple(fact for fact in facts if fact.text),
        )

    # ── choosing

    def _show_view(self, name: str) -> None:
        self._view = name
        self._filter()

    def _choose_street(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(say("findings-chip-street"))
        menu.addAction(say("findings-any")).triggered.connect(partial(self._narrow, ""))
        for text in self._streets:
            menu.addAction(text).triggered.connect(partial(self._narrow, text))
        menu.aboutToHide.connect(self._filter)
        menu.popup(self.street.mapToGlobal(QPoint(0, self.street.height())))

    def _narrow(self, street: str) -> None:
        self._street = street
        self._filter()

    def _toggle(self, finding: str) -> None:
        if finding in self._chosen:
            del self._chosen[finding]
        else:
            self._chosen[finding] = None
        self._draw()

    def _toggle_site(self, finding: str) -> None:
        """All of the same site, or none of it if all are chosen."""
        if at := self._listed.get(finding):
            self._toggle_all([one.id for one in self._shown if one.site == at.site])

    def _choose_all(self) -> None:
        self._toggle_all([one.id for one in self._shown])

    def _toggle_all(self, which: Sequence[str]) -> None:
        if all(one in self._chosen for one in which):
            for one in which:
                del self._chosen[one]
        else:
            self._chosen |= dict.fromkeys(which)
        self._draw()

    def _toggle_current(self) -> None:
        if not self.list.current():
            self.list.step(1)
        if key := self.list.current():
            self._toggle(key)

    def _step(self, by: int) -> None:
        self.list.step(by)

    def _type_on(self, text: str) -> None:
        self.search.line.setFocus()
        self.search.line.insert(text)

    # ── beginning

    def _begin(self) -> None:
        if not self._chosen or len(self._chosen) > MOST:
            return
        call = partial(rounds.begin, self.desk.workspace, list(self._chosen), now=self.desk.now())
        self.desk.lanes.save.ask(self, call, done=self._begun, failed=self.strip.show_error)

    def _begun(self, walk: Round) -> None:
        self._chosen = {}
        self.go.emit(Place("round", which=walk.id))

    def _open(self, which: str) -> None:
        self.go.emit(Place("round", which=which))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit()


class DueList(FindingList):
    """Rows with a box: Space ticks one, Shift Space all of its site."""

    ticked = Signal(str)
    ticked_site = Signal(str)

    def __init__(self, pictures: Pictures, make: Any) -> None:
        super().__init__(name=say("round-due-list"), make=make, picture=pictures.image)
        self._ticked = TickedRows(make)
        self.findings = self._ticked
        self.rows = self._ticked
        self.setModel(self._ticked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def draw_again(self) -> None:
        """Another choice."""
        self._ticked.draw_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current()
        if event.key() == Qt.Key.Key_Space and key:
            whole = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.ticked_site if whole else self.ticked).emit(key)
        else:
            super().keyPressEvent(event)


class TickedRows(FindingRows):
    """Rows whose box is drawn as it is now."""

    def draw_again(self) -> None:
        """Another choice: nothing moves."""
        self._row.cache_clear()
        if self.listed:
            self.dataChanged.emit(self.index(0), self.index(len(self.listed) - 1))


@dataclass(frozen=True)
class Due:
    """What is read at once: open findings by id, the rounds that are not signed, and counts."""

    listed: Mapping[str, Listed]
    rounds: list[Round]
    reported: int
    late: int
    streets: tuple[str, ...]


def _read(workspace: Workspace, now: datetime) -> Due:
    seen = finding_list.overview(workspace, now=now)
    return Due(
        listed={one.id: one for one in seen.listed},
        rounds=rounds.every(workspace),
        reported=seen.reported,
        late=sum(seen.groups.get(group, 0) for group in (Group.LATE, Group.TODAY)),
        streets=tuple(sorted({one.street for one in seen.listed} - {""})),
    )


def _by_place(listed: Mapping[str, Listed], wanted: Wanted) -> tuple[list[Listed], dict[int, Heading]]:
    """What is wanted, street by street and site by site, what is late first; where each site begins, and its name."""
    found = finding_list.narrowed(tuple(listed.values()), wanted).listed
    found = sorted(found, key=lambda one: (one.street, one.site))
    heads: dict[int, Heading] = {}
    before = None
    for at, one in enumerate(found):
        if (one.street, one.site) != before:
            before = (one.street, one.site)
            heads[at] = Heading(site_note(one.site, one.street))
    return found, heads
