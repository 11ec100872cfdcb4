"""Findings (问题): who is late, what next. The list at the left; at the right the chosen one, or what is done to it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget

from inspector.services import finding_page, units
from inspector.services.finding_page import Page, Shot
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings.column import ListColumn
from inspector.ui.findings.look import LookView
from inspector.ui.findings.narrowing import VIEWS
from inspector.ui.findings.side import SidePanel
from inspector.ui.findings.steps import Action, reinspection
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.beside import Beside

RIGHT_PX: Final = 420
NARROW_PX: Final = 330


class FindingsScreen(Screen):
    """`place.which` is a finding; `place.spot` a view: open, due, reported, today (by unit), all."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-findings"))
        pictures = Pictures(desk)
        self.column = ListColumn(desk, pictures, self.strip)
        self.list = self.column.list
        self.look = LookView(desk, pictures)
        self._work = QStackedWidget()
        self._work.addWidget(self.column)
        self._work.addWidget(self.look)
        self.side = SidePanel(desk, pictures)
        self.panel = self.side.page
        self._beside = Beside(
            self,
            self._work,
            self.side,
            self.panel,
            search=self.column.search,
            rows=self.list,
            right_px=RIGHT_PX,
            narrow_px=NARROW_PX,
        )
        self._connect_column()
        self._connect_side()
        self.begin_at(self.list)

    def turn_to(self, place: Place) -> None:
        self.column.must = place.which
        if place.spot in VIEWS:
            self.column.narrowing.show_view(place.spot)
        super().turn_to(place)

    def refresh(self) -> None:
        self.column.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.look.isVisible():
            self._shut_look()
        elif self.side.busy:
            self.side.show_page_again()
            self.list.setFocus()
        elif self.column.chosen():
            self._give_up()
        elif self._beside.covered:
            self._beside.show_list()
        else:
            super().keyPressEvent(event)

    # ── making

    def _connect_column(self) -> None:
        column = self.column
        column.list.chosen.connect(self._choose)
        column.list.opened.connect(self._open)
        column.list.picked.connect(self._picked)
        column.several.clicked.connect(self._choose_several)
        column.none.connect(self._show_none)
        column.archived.connect(self._archive)
        column.viewed.connect(self._viewed)
        column.told.connect(self.told)
        column.register.clicked.connect(partial(self.go.emit, Place("register")))
        column.reinspect.clicked.connect(partial(self.go.emit, Place("reinspect")))
        column.failed.connect(self.strip.show_error)

    def _connect_side(self) -> None:
        side, panel = self.side, self.panel
        self.look.closed.connect(self._shut_look)
        self.look.failed.connect(self.strip.show_error)
        panel.closed.connect(self._beside.show_list)
        panel.copied.connect(self._copied)
        panel.photo.connect(self._look_at_photo)
        panel.link.connect(side.open_link)
        panel.archived.connect(self._archive)
        panel.acted.connect(side.act)
        side.many.acted.connect(self._act_on_many)
        side.many.reinspected.connect(self._reinspect)
        side.many.written.connect(self.column.ask_file)
        side.many.archived.connect(self._archive)
        side.many.closed.connect(self._give_up)
        side.go.connect(self.go)
        side.done.connect(self._done)
        side.pdf.connect(self._look_at_pdf)
        side.image.connect(self._look_at_scan)
        side.finding.connect(self.column.go_to)
        side.left.connect(self.list.setFocus)
        side.failed.connect(self.strip.show_error)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            ("Ctrl+M", panel.offer),
            ("Ctrl+E", self.column.ask_file),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)
        QShortcut(
            QKeySequence("Ctrl+Return"), self.list, context=Qt.ShortcutContext.WidgetShortcut
        ).activated.connect(panel.step)

    def _choose(self, finding: str) -> None:
        self.stand(which=finding)
        self._read_page(finding)

    def _read_page(self, finding: str) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(finding_page.read, self.desk.workspace, finding, now=self.desk.now()),
            done=self._show_page,
            failed=self.strip.show_error,
        )

    def _show_page(self, page: Page) -> None:
        if page.finding.id == self.list.current():
            self.panel.show_page(page)

    def _show_none(self) -> None:
        self.panel.show_nothing()
        self.side.show_one()

    def _viewed(self, view: str) -> None:
        self.stand(which="", spot=view)

    # ── several

    def _choose_several(self) -> None:
        self.list.choose_several(self.column.several.isChecked())
        self.list.setFocus()

    def _picked(self) -> None:
        if self.list.chosen_count() > 1:
            counts = Counter(one.unit for one in self.list.chosen_findings())
            self.side.show_many(self.list.chosen_ids(), counts)
        else:
            self.side.show_one()

    def _give_up(self) -> None:
        self.column.several.setChecked(False)
        self.list.choose_several(False)
        self.list.setFocus()

    def _reinspect(self) -> None:
        self.side.act_on(reinspection(self.list.chosen_ids()), ())

    def _act_on_many(self, action: Action) -> None:
        self.side.act_on(action, self.list.chosen_ids())

    # ── one of them

    def _open(self, finding: str) -> None:
        self.stand(which=finding)
        self._beside.show_page()
        first = self.panel.steps[1]
        (self.panel.more if first.isHidden() else first).setFocus()

    def _copied(self) -> None:
        self.told.emit(Told(say("findings-copied"), icon="copy"))

    def _done(self, text: str) -> None:
        """A deed is on the disk: list, page and badges say so."""
        self.told.emit(Told(text))
        self.changed.emit()
        self._give_up()
        if current := self.list.current():
            self._read_page(current)
        self.column.read_again()

    def _archive(self) -> None:
        chosen = self.column.chosen()
        page = self.panel.page
        which = chosen or ((page.finding.id,) if page else ())
        self.desk.lanes.read.ask(
            self,
            partial(units.every, self.desk.workspace),
            done=partial(self.side.open_case, which, None if chosen else page),
            failed=self.strip.show_error,
        )

    # ── looking

    def _look_at_photo(self, photo: str) -> None:
        if (page := self.panel.page) is not None:
            self._beside.show_list()
            self._work.setCurrentWidget(self.look)
            self.look.show_photos(page.shots, photo, page.finding.description or page.finding.item)

    def _look_at_scan(self, scan: str, title: str) -> None:
        self._beside.show_list()
        self._work.setCurrentWidget(self.look)
        self.look.show_photos((Shot(sha256=scan, of="scan"),), scan, title)

    def _look_at_pdf(self, pdf: bytes, title: str) -> None:
        self._beside.show_list()
        self._work.setCurrentWidget(self.look)
        self.look.show_pdf(pdf, title)

    def _shut_look(self) -> None:
        self._work.setCurrentIndex(0)
        self.list.setFocus()
