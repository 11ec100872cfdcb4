"""Sites (点位): find one of thousands by typing anywhere, and start."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.words import word
from inspector.services import chosen, drafts, site_list, sites, today
from inspector.services.chosen import Visit
from inspector.services.lists import Imported
from inspector.services.site_list import Page
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.sites.book import SORTS, Book
from inspector.ui.sites.imported import ImportCard
from inspector.ui.sites.late import LATE
from inspector.ui.sites.missing import MissingSite
from inspector.ui.sites.narrowing import SiteChips
from inspector.ui.sites.panel import SitePanel
from inspector.ui.theme import theme
from inspector.ui.widgets.beside import Beside
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import ComboField, SearchField
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import site_note

RIGHT_PX: Final = 420
NARROW_PX: Final = 360


class SitesScreen(Screen):
    """The list with its search at the left, the chosen site's page at the right."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-sites"))
        self._book = Book((), desk.now())
        self._visit = Visit()
        self._read_once = False
        self._pictures = Pictures(desk)
        self._work = QFrame()
        self._work.setProperty("kind", "work")
        column = QVBoxLayout(self._work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        column.addLayout(self._make_head())
        column.addWidget(self.strip)
        self._imported = ImportCard()
        self._imported.hide()
        column.addWidget(self._imported)
        self.search = SearchField(name=say("site-search"), placeholder=say("site-search-hint"))
        self.search.typed.connect(self._filter)
        column.addWidget(self.search)
        self.chips = SiteChips()
        self.chips.changed.connect(self._filter)
        column.addWidget(self.chips)
        column.addLayout(self._make_columns())
        self.list = RowList(name=say("nav-sites"), picture=self._pictures.image)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        self._empty = self._make_empty()
        column.addWidget(self._empty, 1)
        self._missing = MissingSite()
        self._missing.near_wanted.connect(self._open_near)
        self._missing.new_wanted.connect(self._add)
        column.addWidget(self._missing, 1)
        self.panel = SitePanel(self._pictures, example=desk.example)
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
        self._connect_panel()
        self._show_only(self._skeleton)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (("Ctrl+Return", self._plan_current), ("Ctrl+I", self._import)):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)
        self.begin_at(self.search)

    def refresh(self) -> None:
        self._skeleton.start()
        read = self.desk.lanes.read
        read.ask(
            self,
            partial(_read, self.desk.workspace, self.desk.now()),
            done=self._show,
            failed=self.strip.show_error,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._beside.covered:
            self._beside.show_list()
        elif event.text().strip() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._beside.type_on(event.text())
        else:
            super().keyPressEvent(event)

    # ── making

    def _make_head(self) -> PageHead:
        bring = Button(say("site-import"), icon="table-import", key="Ctrl I")
        bring.clicked.connect(self._import)
        add = Button(say("site-add"), icon="plus")
        add.clicked.connect(self._add)
        self.head = PageHead(say("nav-sites"), bring, add)
        return self.head

    def _make_columns(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 24, 0)
        row.setSpacing(14)
        self._sort = ComboField(name=say("site-sort"))
        self._sort.addItems([say(key) for key in SORTS])
        self._sort.setSizeAdjustPolicy(ComboField.SizeAdjustPolicy.AdjustToContents)
        self._sort.currentIndexChanged.connect(self._filter)
        row.addWidget(self._sort)
        row.addStretch(1)
        for key, width in (("site-column-last", 70), ("site-column-score", 54), ("site-column-open", 72)):
            label = Label(say(key), role="second", tone="muted")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setMinimumWidth(theme.look.px(width))
            row.addWidget(label)
        return row

    def _make_empty(self) -> EmptyState:
        bring = primary(say("site-import-first"), icon="table-import")
        bring.clicked.connect(self._import)
        add = Button(say("site-add"))
        add.clicked.connect(self._add)
        return EmptyState("map-pin-plus", say("site-empty"), say("site-empty-next"), [bring, add])

    def _connect_panel(self) -> None:
        panel = self.panel
        panel.begin.connect(self._begin)
        panel.proceed.connect(self._proceed)
        panel.plan.connect(self._add_to_plan)
        panel.finding.connect(self._open_finding)
        panel.history.connect(self._open_history)
        panel.change_team.connect(self._change_team)
        panel.change_site.connect(self._change_site)
        panel.late.connect(self._enter_late)
        panel.own_workspace.connect(partial(self.go.emit, Place("start")))
        panel.closed.connect(self._beside.show_list)

    # ── showing

    def _show(self, read: tuple[Book, Visit]) -> None:
        self._skeleton.stop()
        self.strip.clear()
        self._book, self._visit = read
        wanted = self.place.which
        self.head.about.setText(say("site-sum", count=f"{len(self._book.listed):,}"))
        self.chips.show_listed(self._book.listed)
        self.panel.show_team(_team_words(self._visit))
        self._filter()
        if wanted and wanted in self._book:
            if not self.list.rows.place(wanted).isValid():
                self._show_all()
            self.list.go_to(wanted)
        if self.list.current():
            self._read_page(self.list.current())

    def _filter(self, _: object = None) -> None:
        wanted = self.chips.wanted(self.search.text(), self._sort.currentIndex())
        found = self._book.narrowed(wanted)
        kept = self.list.current()
        self.list.show_rows(self._book.rows(found))
        self.search.show_count(say("site-count", count=len(found)) if wanted.narrows else "")
        self.chips.count_kind(len(found))
        if not self._book.listed:
            self._show_only(self._empty)
        elif not found:
            self._missing.say_missing(self.search.text().strip(), self._book.listed)
            self._show_only(self._missing)
        else:
            self._show_only(self.list)
            if not self.list.rows.place(kept).isValid():
                self.list.setCurrentIndex(self.list.rows.index(0))

    def _show_all(self) -> None:
        """Nothing narrowed: the site that was asked for must be seen."""
        self.search.line.clear()
        self.chips.clear()
        self._filter()

    def _show_only(self, shown: object) -> None:
        for widget in (self.list, self._skeleton, self._empty, self._missing):
            widget.setVisible(widget is shown)

    def _choose(self, key: str) -> None:
        self.stand(which=key)
        self._read_page(key)

    def _read_page(self, site: str) -> None:
        now = self.desk.now()
        self.desk.lanes.read.ask(
            self,
            partial(site_list.page, self.desk.workspace, site, now=now),
            done=self._show_page,
            failed=self.strip.show_error,
        )

    def _show_page(self, page: Page) -> None:
        if page.site.id == self.list.current() or self._beside.covered:
            self.panel.show_page(page, self.desk.now())

    # ── acting

    def _open(self, key: str) -> None:
        """Enter on a row goes to its button; a second Enter starts."""
        self.stand(which=key)
        self._beside.show_page()
        if self._beside.covered:
            self._read_page(key)
        self.panel.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_near(self, site: str) -> None:
        self.search.line.clear()
        self.list.go_to(site)

    def _begin(self, site: str) -> None:
        """Start at once when category, mandate and team are known; else they are asked once."""
        if not self._visit.team.members:
            self.go.emit(Place("begin", which=site))
            return
        now = self.desk.now()
        self.panel.start.setEnabled(False)
        self.desk.lanes.save.ask(
            self,
            partial(_start, self.desk.workspace, site, self._visit, now),
            done=self._begun,
            failed=self._not_begun,
        )

    def _begun(self, draft: str) -> None:
        self.panel.start.setEnabled(True)
        self.changed.emit()
        self.go.emit(Place("inspect", which=draft))

    def _not_begun(self, error: BaseException) -> None:
        self.panel.start.setEnabled(True)
        self.strip.show_error(error)

    def _proceed(self, draft: str) -> None:
        self.go.emit(Place("inspect", which=draft))

    def _add_to_plan(self, site: str) -> None:
        day = self.desk.now().date()
        self.desk.lanes.save.ask(
            self,
            partial(today.add_to_plan, self.desk.workspace, site, on=day),
            done=partial(self._planned, site),
            failed=self.strip.show_error,
        )

    def _plan_current(self) -> None:
        if site := self.list.current():
            self._add_to_plan(site)

    def _planned(self, site: str, _: None) -> None:
        self.told.emit(Told(say("site-planned", name=self._book.name(site))))

    def _open_finding(self, finding: str) -> None:
        self.go.emit(Place("findings", which=finding))

    def _open_history(self, site: str) -> None:
        self.go.emit(Place("inspections", spot=site))

    def _change_team(self, site: str) -> None:
        self.go.emit(Place("begin", which=site))

    def _enter_late(self, site: str) -> None:
        self.go.emit(Place("begin", which=site, spot=LATE))

    def _change_site(self, site: str) -> None:
        self.go.emit(Place("site-change", which=site))

    def _add(self) -> None:
        self.go.emit(Place("site-new", spot=self.search.text().strip()))

    def _import(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, say("site-import"), "", say("site-import-files"))
        if file:
            self.take_file(Path(file))

    def take_file(self, file: Path) -> None:
        """Take in the office's list of sites."""
        now = self.desk.now()
        self._imported.wait(file.name)
        self.desk.lanes.save.ask(
            self,
            partial(sites.import_file, self.desk.workspace, file, now=now),
            done=partial(self._taken, file.name),
            failed=self._not_taken,
        )

    def _taken(self, name: str, done: Imported) -> None:
        self._imported.show_result(name, done)
        self.changed.emit()
        self.refresh()

    def _not_taken(self, error: BaseException) -> None:
        self._imported.hide()
        self.strip.show_error(error)


def _read(workspace: Workspace, now: datetime) -> tuple[Book, Visit]:
    return Book(site_list.every(workspace), now), chosen.visit(workspace)


def _start(workspace: Workspace, site: str, visit: Visit, now: datetime) -> str:
    return drafts.start(
        workspace, site=site, category=visit.category, mandate=visit.mandate, team=visit.team, now=now
    )


def _team_words(visit: Visit) -> str:
    if not visit.team.members:
        return say("site-team-unknown")
    return site_note(word(visit.category), visit.team.name, say("site-team", count=len(visit.team.members)))
