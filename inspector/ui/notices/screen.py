"""整改文书: what is drafted, checked, issued, served. The list at the left, the chosen document at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model import search
from inspector.model.paper import Standing
from inspector.services import paper_list
from inspector.services.paper_list import Listed
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all
from inspector.ui.notices.panel import NoticePanel
from inspector.ui.notices.words import row
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.beside import ANY_WIDTH, Beside
from inspector.ui.widgets.buttons import Button, Chip, primary
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label

RIGHT_PX: Final = 420
NARROW_PX: Final = 380
WORK_PX: Final = 960
MOST_ROWS: Final = 200  # 75 µs a row (measured): two characters find the rest
ALL: Final = "all"
VIEWS: Final = (ALL, *(one.value for one in Standing))
NEXT: Final = {Standing.DRAFT: "review", Standing.CHECKED: "issue", Standing.ISSUED: "serve"}
"""What is done with all of a view at once."""


class NoticesScreen(Screen):
    """`place.which` is a document; `place.spot` a view: all, draft, checked, issued, served, void."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("notices-title"))
        self._listed: dict[str, Listed] = {}
        self._view = ALL
        self._arrived = False
        self._work = self._make_work()
        self.panel = NoticePanel(desk)
        self._beside = Beside(
            self,
            self._work,
            self.panel,
            self.panel,
            search=self.search,
            rows=self.list,
            right_px=RIGHT_PX,
            narrow_px=NARROW_PX,
        )
        self._connect()
        self._show_only(self._skeleton)
        self.begin_at(self.list)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.press = Button(say("notices-press"), icon="alert-triangle")
        self.press.clicked.connect(partial(self.go.emit, Place("pressing")))
        self.draft = primary(say("notices-draft"), icon="file-plus", key="Ctrl N")
        self.draft.clicked.connect(partial(self.go.emit, Place("drafting")))
        self._head = PageHead(say("notices-title"), self.press, self.draft)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self.search = SearchField(name=say("notices-search"), placeholder=say("notices-search-hint"))
        column.addWidget(self.search)
        chips = FlowLayout(gap=8)
        self.views: dict[str, Chip] = {}
        for view in VIEWS:
            chip = Chip(say(f"notices-view-{view}", count=0))
            chip.clicked.connect(partial(self._show_view, view))
            chips.addWidget(chip)
            self.views[view] = chip
        column.addLayout(chips)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.all_at_once = Button("")
        self.all_at_once.clicked.connect(self._act_on_all)
        acts.addWidget(self.all_at_once)
        acts.addStretch(1)
        for key, icon, place in (
            ("notices-numbers", "list", Place("numbers")),
            ("notices-wordings", "text-size", Place("wordings")),
        ):
            button = Button(say(key), icon=icon, kind="ghost")
            button.clicked.connect(partial(self.go.emit, place))
            acts.addWidget(button)
        column.addLayout(acts)
        self.list = RowList(name=say("notices-title"))
        column.addWidget(self.list, 1)
        self._more = Label(role="second", tone="muted", wrap=True)
        self._more.hide()
        column.addWidget(self._more)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        start = Button(say("notices-draft"), icon="file-plus")
        start.clicked.connect(partial(self.go.emit, Place("drafting")))
        self._empty = EmptyState("mail", say("notices-none"), say("notices-none-text"), [start])
        column.addWidget(self._empty, 1)
        every = Button(say("notices-show-all"))
        every.clicked.connect(self._show_all)
        self._missing = EmptyState("zoom-question", say("notices-missing"), "", [every])
        column.addWidget(self._missing, 1)
        return work

    def _connect(self) -> None:
        self.search.typed.connect(self._filter)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.panel.go.connect(self.go)
        self.panel.told.connect(self.told)
        self.panel.failed.connect(self.strip.show_error)
        self.panel.changed.connect(self._changed)
        self.panel.closed.connect(self._beside.show_list)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (("Ctrl+P", self.panel.print_out), ("Ctrl+Return", self.panel.do_next)):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)

    # ── reading and showing

    def turn_to(self, place: Place) -> None:
        self._arrived = place.spot in VIEWS and not place.which
        if place.spot in VIEWS:
            self._view = place.spot
        elif place.which:
            self._view = ALL
        super().turn_to(place)

    def refresh(self) -> None:
        if not self._listed:
            self._skeleton.start()
        self.desk.lanes.read.ask(
            self, partial(paper_list.desk, self.desk.workspace), done=self._show, failed=self._not_read
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.fold()
        wide = theme.space(self.window().width(), self.window().height()).wide
        self._work.setMaximumWidth(theme.look.px(WORK_PX) if wide else ANY_WIDTH)
        if wide:  # the page grows, not the length of lines
            self.panel.setMaximumWidth(ANY_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._beside.covered:
            self._beside.show_list()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.panel.paper.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def leave(self, then: Callable[[], None]) -> None:
        commit_all(self)
        self.panel.texts.save()
        super().leave(then)

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, listed: tuple[Listed, ...]) -> None:
        self._skeleton.stop()
        self._listed = {one.id: one for one in listed}
        counts = {view: len(self._in_view(view)) for view in VIEWS}
        waiting = sum(counts[one.value] for one in NEXT)
        self._head.about.setText(say("notices-sum", count=counts[ALL], waiting=waiting))
        for view, chip in self.views.items():
            chip.say(say(f"notices-view-{view}", count=counts[view]))
        self._filter(self.search.text())
        which = self.place.which
        if which in self._listed:
            self.list.go_to(which)
            self.panel.show_document(which)
        else:
            self._show_first()
        if self._arrived and self.all_at_once.isVisible():
            self.all_at_once.setFocus()  # what was just done leads to what all of these wait for
        self._arrived = False

    def _in_view(self, view: str) -> list[Listed]:
        every = self._listed.values()
        return [one for one in every if view == ALL or (one.standing and one.standing.value == view)]

    def _filter(self, _text: str) -> None:
        wanted = search.words(self.search.text())
        among = [one for one in self._in_view(self._view) if search.rank(wanted, one.search) is not None]
        for view, chip in self.views.items():
            chip.setChecked(view == self._view)
        self.list.show_rows([row(one) for one in among[:MOST_ROWS]])
        self._more.setText(say("documents-more", shown=MOST_ROWS, count=len(among)))
        self._more.setVisible(len(among) > MOST_ROWS)
        self.search.show_count(say("documents-found", count=len(among)) if wanted else "")
        standing = self._standing()
        count = len(self._in_view(self._view))
        self.all_at_once.setVisible(standing in NEXT and count > 0)
        if standing in NEXT:
            self.all_at_once.say(say(f"notices-all-{NEXT[standing]}", count=count))
        self._show_only(self.list if among else self._missing if self._listed else self._empty)

    def _standing(self) -> Standing | None:
        return None if self._view == ALL else Standing(self._view)

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty, self._missing):
            widget.setVisible(widget is shown)

    # ── acting

    def _show_view(self, view: str) -> None:
        self._view = view
        self.stand(which="", spot=view)
        self._filter(self.search.text())
        self._show_first()

    def _show_first(self) -> None:
        """The first of the list, unless one of it is shown already."""
        if not self.list.rows.rowCount():
            self.panel.show_nothing()
        elif not self.list.current():
            self.list.step(1)

    def _show_all(self) -> None:
        self.search.line.clear()
        self._show_view(ALL)
        self.list.setFocus()

    def _choose(self, which: str) -> None:
        self.stand(which=which)
        self.panel.show_document(which)

    def _open(self, which: str) -> None:
        self._choose(which)
        self._beside.show_page()
        self.panel.begin()

    def _act_on_all(self) -> None:
        standing = self._standing()
        if standing in NEXT:
            act = NEXT[standing]
            self.go.emit(Place("serving") if act == "serve" else Place("deciding", spot=act))

    def _changed(self) -> None:
        self.changed.emit()
        self.refresh()
