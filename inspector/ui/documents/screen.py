"""文书: find, print, prove. The list at the left, the chosen document at the right; a PDF dropped here is verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model import search
from inspector.model.verdict import Verdict
from inspector.services import corrections, notices, papers
from inspector.services.paper_list import Listed
from inspector.services.papers import Looked
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.documents.detail import DocumentPanel
from inspector.ui.documents.exporting import ExportAll
from inspector.ui.documents.narrowing import Narrowing
from inspector.ui.documents.outside import VerifyFile
from inspector.ui.documents.reading import Lists, Shown, read, read_lists
from inspector.ui.documents.rows import row
from inspector.ui.dropping import dropped_pdf
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import SearchField
from inspector.ui.widgets.frames import EmptyState, Skeleton
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label

RIGHT_PX: Final = 420
NARROW_PX: Final = 360
WORK_PX: Final = 960  # in a wide window the page grows, not the length of lines
WEEK: Final = timedelta(days=7)
MOST_ROWS: Final = (
    200  # 75 µs a row (measured): 30,000 would hold the window for 2 s; two characters find the rest
)


class DocumentsScreen(Screen):
    """`place.which` is an inspection or a document of rectification, which is shown; or a finding, whose documents are
    listed. `place.spot` is the path of a file to verify."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-documents"))
        self.setAcceptDrops(True)
        self._listed: dict[str, Listed] = {}
        self._shown = ""
        self._alone = False
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._work = self._make_work()
        self.panel = DocumentPanel(desk)
        across.addWidget(self._work, 1)
        across.addWidget(self.panel, 1)
        self._connect()
        self._show_only(self._skeleton)
        self.begin_at(self.search)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.verify = VerifyFile(self.desk)
        self.verify.looked.connect(self._looked)
        self.verify.refused.connect(self.strip.show_error)
        self.office = Button(say("documents-office"), icon="mail")
        self.office.clicked.connect(partial(self.go.emit, Place("notices")))
        self.sign = primary(say("documents-evening", count=0), icon="signature")
        self.sign.clicked.connect(partial(self.go.emit, Place("evening")))
        self.sign.hide()
        self._head = PageHead(say("nav-documents"), self.verify, self.office, self.sign)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self.search = SearchField(name=say("documents-search"), placeholder=say("documents-search-hint"))
        column.addWidget(self.search)
        filters = QHBoxLayout()
        self.narrowing = Narrowing()
        filters.addWidget(self.narrowing, 1)
        self.export_all = ExportAll(self.desk)
        filters.addWidget(self.export_all, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(filters)
        self.list = RowList(name=say("nav-documents"))
        column.addWidget(self.list, 1)
        self._more = Label(role="second", tone="muted", wrap=True)
        self._more.hide()
        column.addWidget(self._more)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        start = Button(say("documents-start"), icon="plus")
        start.clicked.connect(partial(self.go.emit, Place("sites")))
        self._empty = EmptyState("file-text", say("documents-none"), say("documents-none-text"), [start])
        column.addWidget(self._empty, 1)
        every = Button(say("documents-show-all"))
        every.clicked.connect(self._show_all)
        self._missing = EmptyState("zoom-question", say("documents-missing"), "", [every])
        column.addWidget(self._missing, 1)
        return work

    def _connect(self) -> None:
        self.search.typed.connect(self._filter)
        self.narrowing.changed.connect(self._filter)
        self.export_all.told.connect(self.told)
        self.export_all.refused.connect(self.strip.show_error)
        self.search.moved.connect(self.list.step)
        self.search.entered.connect(self.list.open_current)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.typed.connect(self._type_on)
        self.panel.numbered.connect(self._read_number)
        self.panel.corrected.connect(self._correct)
        self.panel.grown.connect(self._grow)
        self.panel.closed.connect(self._shrink)
        self.panel.failed.connect(self.strip.show_error)
        self.panel.go.connect(self.go)
        self.panel.changed.connect(self._scanned)
        self.panel.told.connect(self.told)
        self.panel.acts.told.connect(self.told)
        self.panel.acts.failed.connect(self.strip.show_error)
        for keys, slot in (("Ctrl+P", self.panel.acts.print_out), ("F11", self._grow)):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(slot)

    # ── reading and showing

    def turn_to(self, place: Place) -> None:
        super().turn_to(place)
        if place.spot:  # a file that was dropped on another page
            self.look_at(Path(place.spot))
            self.stand(spot="")

    def refresh(self) -> None:
        if not self._listed:
            self._skeleton.start()
        self.desk.lanes.read.ask(
            self,
            partial(read_lists, self.desk.workspace, self.place.which, self.desk.now()),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, seen: Lists) -> None:
        self._skeleton.stop()
        self._listed = {one.id: one for one in seen.listed}
        since = (self.desk.now() - WEEK).isoformat()
        week = sum(one.day >= since[: len(one.day)] for one in seen.listed)
        self._head.about.setText(say("documents-sum", week=week, count=len(seen.listed)))
        self.sign.setVisible(bool(seen.unsigned))
        self.sign.say(say("documents-evening", count=seen.unsigned))
        count = len(seen.on_desk)
        self.office.say(say("documents-office-count", count=count) if count else say("documents-office"))
        self.narrowing.show_kinds(seen.listed)
        which = self.place.which
        if seen.of_finding is not None:
            self.narrowing.only_of_finding(seen.of_finding)
        elif which in self._listed and not self.narrowing.fits(self._listed[which]):
            self.narrowing.widen()  # it was asked for by its id: nothing may hide it
        self._filter()
        if which in self._listed:
            self._shown = ""
            self.list.go_to(which)
            self._choose(which)
        elif seen.of_finding is not None:
            self.list.step(1)
        elif which in seen.on_desk:  # a draft: it is worked on there
            self.go.emit(Place("notices", which=which))

    def _show_all(self) -> None:
        self.narrowing.widen()
        self.search.line.clear()
        self._filter()
        self.list.setFocus()

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty, self._missing):
            widget.setVisible(widget is shown)

    def _among(self) -> list[Listed]:
        wanted = search.words(self.search.text())
        return [
            one
            for one in self._listed.values()
            if self.narrowing.fits(one) and search.rank(wanted, one.search) is not None
        ]

    def _filter(self, _text: str = "") -> None:
        among = self._among()
        self.list.show_rows([row(one) for one in among[:MOST_ROWS]])
        self._more.setText(say("documents-more", shown=MOST_ROWS, count=len(among)))
        self._more.setVisible(len(among) > MOST_ROWS)
        self.search.show_count(say("documents-found", count=len(among)) if self.search.text() else "")
        self.export_all.show_documents([one.id for one in among])
        self._show_only(self.list if among else self._missing if self._listed else self._empty)

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.line.insert(text)

    # ── one document

    def _choose(self, which: str) -> None:
        if which == self._shown:
            return
        self._shown = which
        self.stand(which=which)
        self._read_number("")

    def _open(self, which: str) -> None:
        self._choose(which)
        if self._drawer():
            self._grow()

    def _read_number(self, number: str) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(read, self.desk.workspace, self._shown, number),
            done=partial(self._show_paper, self._shown),
            failed=self._not_shown,
        )

    def _show_paper(self, which: str, shown: Shown) -> None:
        if which != self._shown:
            return
        self.panel.show_paper(shown)
        call = (
            partial(papers.verify, self.desk.workspace, which, number=shown.number)
            if shown.kind is None
            else partial(notices.verify, self.desk.workspace, which)
        )
        self.desk.lanes.paper.ask(
            self, call, done=partial(self._verified, which), failed=self.strip.show_error
        )

    def _verified(self, which: str, verdict: Verdict) -> None:
        if which == self._shown:
            self.panel.show_verdict(verdict)

    def _not_shown(self, error: BaseException) -> None:
        self.panel.show_nothing()
        self.strip.show_error(error)

    def _scanned(self) -> None:
        """The shown document has another scan."""
        self._read_number("")

    def _correct(self, why: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(corrections.correct, self.desk.workspace, self._shown, why=why),
            done=self._corrected,
            failed=self.strip.show_error,
        )

    def _corrected(self, draft: str) -> None:
        self.changed.emit()
        self.go.emit(Place("inspect", which=draft))

    # ── files from outside

    def look_at(self, file: Path) -> None:
        """Verify a file that somebody brought."""
        self.strip.clear()
        self._shown = ""
        self.verify.look_at(file)

    def _looked(self, looked: Looked) -> None:
        self._shown = ""
        self.panel.show_looked(looked)
        if self._drawer():
            self._grow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdf(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if file := dropped_pdf(event.mimeData()):
            event.acceptProposedAction()
            self.look_at(file)

    # ── room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._alone:
            self._shrink()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.panel.paper.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def leave(self, then: Callable[[], None]) -> None:
        self._shrink()
        super().leave(then)

    def _drawer(self) -> bool:
        return theme.space(self.window().width(), self.window().height()).drawer

    def _grow(self) -> None:
        self._alone = not self._alone
        self._fold()
        self.panel.paper.setFocus()

    def _shrink(self) -> None:
        self._alone = False
        self._fold()
        self.list.setFocus()

    def _fold(self) -> None:
        space = theme.space(self.window().width(), self.window().height())
        width = theme.look.px(NARROW_PX if space.narrow else RIGHT_PX)
        wide = self._alone or space.wide
        self.panel.setMinimumWidth(0 if self._alone else width)
        self.panel.setMaximumWidth(16_777_215 if wide else width)
        self._work.setMaximumWidth(theme.look.px(WORK_PX) if space.wide else 16_777_215)
        self._work.setVisible(not self._alone)
        self.panel.setVisible(self._alone or not space.drawer)
        self.panel.shut.setVisible(self._alone)
        self.panel.grow.setVisible(not self._alone)
