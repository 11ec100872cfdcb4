"""The right side: the page of a finding, the form of a deed, several at once, or the export of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from inspector.model.deed import Deed
from inspector.model.errors import InspectorError
from inspector.model.unit import Unit
from inspector.services import notices, papers, scans
from inspector.services.deeds import Preview
from inspector.services.finding_page import Page
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings import known
from inspector.ui.findings.casing import CaseForm
from inspector.ui.findings.form import DeedForm
from inspector.ui.findings.known import Doing, Known
from inspector.ui.findings.many import ManyPanel
from inspector.ui.findings.panel import FindingPanel
from inspector.ui.findings.steps import Action, deed_words
from inspector.ui.findings.story import Link
from inspector.ui.pictures import Pictures

PDF = b"%PDF-"


class SidePanel(QFrame):
    """`done` says what was recorded, `go` where else something is done, `pdf` (bytes, title) and `image` (hash, title)
    what is to be looked at, `finding` another one; `left` when a form is given up."""

    done = Signal(str)
    go = Signal(object)
    pdf = Signal(bytes, str)
    image = Signal(str, str)
    finding = Signal(str)
    left = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self._desk = desk
        self._which: tuple[str, ...] = ()
        self._deed = Deed.TELL
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        self.page = FindingPanel(pictures)
        self.form = DeedForm(desk, pictures)
        self.many = ManyPanel()
        self.case = CaseForm(desk)
        for widget in (self.page, self.form, self.many, self.case):
            self._stack.addWidget(widget)
        self.form.closed.connect(self._leave)
        self.form.looked.connect(self._look)
        self.form.done.connect(self._do)
        self.case.closed.connect(self._leave)

    @property
    def busy(self) -> bool:
        """Whether something is being asked for."""
        return self._stack.currentWidget() in (self.form, self.case)

    def show_one(self) -> None:
        """The page of the current finding; what is being asked for stays."""
        self._which = ()
        if not self.busy:
            self._stack.setCurrentWidget(self.page)

    def show_many(self, which: Sequence[str], counts: Mapping[str, int]) -> None:
        """Several are chosen: so many of each unit."""
        self._which = tuple(which)
        self.many.show_units(counts)
        if not self.busy:
            self._stack.setCurrentWidget(self.many)

    def show_page_again(self) -> None:
        """Whatever was asked for is given up."""
        self._stack.setCurrentWidget(self.many if len(self._which) > 1 else self.page)

    def _leave(self) -> None:
        self.show_page_again()
        self.left.emit()

    # ── acting

    def act(self, action: Action) -> None:
        """What was chosen on the page of a finding."""
        if self.page.page is not None:
            self.act_on(action, (self.page.page.finding.id,))

    def act_on(self, action: Action, which: Sequence[str]) -> None:
        """Go where it is done, or ask for what it needs."""
        if action.place is not None:
            self.go.emit(action.place)
        elif action.deed is not None:
            self._which = tuple(which)
            call = partial(known.read, self._desk.workspace, self._which, single=len(self._which) == 1)
            self._desk.lanes.read.ask(
                self, call, done=partial(self._open, action.deed), failed=self.failed.emit
            )

    def open_case(self, which: Sequence[str], page: Page | None, units: Sequence[Unit]) -> None:
        """The export of a case: of these findings, of the site of the one, of a unit and a year."""
        self.case.open(
            which,
            site=page.finding.site if page else "",
            title=page.site_name if page else "",
            units=[unit for unit in units if not unit.party],
            today=self._desk.now().date(),
        )
        self._stack.setCurrentWidget(self.case)

    def _open(self, deed: Deed, found: Known) -> None:
        self._deed = deed
        self._stack.setCurrentWidget(self.form)
        self.form.open(deed, found)

    def _look(self, doing: Doing) -> None:
        self._desk.lanes.read.ask(
            self,
            partial(known.preview, self._desk.workspace, doing, self._desk.now()),
            done=partial(self._show_ahead, doing),
            failed=self._refused,
        )

    def _show_ahead(self, doing: Doing, ahead: Preview) -> None:
        self.form.show_preview(doing, ahead)

    def _do(self, doing: Doing) -> None:
        self._desk.lanes.save.ask(
            self,
            partial(known.do, self._desk.workspace, doing, self._desk.now()),
            done=partial(self._recorded, doing),
            failed=self._refused,
        )

    def _recorded(self, doing: Doing, _: None) -> None:
        self._which = ()
        self._stack.setCurrentWidget(self.page)
        words = deed_words(doing.deed)
        if len(doing.seen) > 1:
            words = say("findings-do-many", what=words, count=len(doing.seen))
        self.done.emit(say("findings-recorded", what=words))

    def _refused(self, error: BaseException) -> None:
        """What was typed stays; if somebody wrote to a finding meanwhile, it is looked at again."""
        self.form.refuse(error)
        if isinstance(error, InspectorError) and error.key in ("finding-moved-on", "moves-refused"):
            call = partial(known.read, self._desk.workspace, self._which, single=len(self._which) == 1)
            self._desk.lanes.read.ask(self, call, done=self.form.see, failed=self.failed.emit)

    # ── looking

    def open_link(self, link: Link) -> None:
        """A paper, a sheet, a scan, another finding."""
        workspace, paper = self._desk.workspace, self._desk.lanes.paper
        if link.kind == "finding":
            self.finding.emit(link.which)
            return
        calls = {
            "paper": partial(notices.pdf, workspace, link.which),
            "sheet": partial(_sheet, workspace, link.which),
            "scan": partial(scans.read, workspace, link.which),
        }
        paper.ask(self, calls[link.kind], done=partial(self._opened, link), failed=self.failed.emit)

    def _opened(self, link: Link, data: bytes) -> None:
        if data.startswith(PDF):
            self.pdf.emit(data, link.text)
        else:
            self.image.emit(link.which, link.text)


def _sheet(workspace: Workspace, inspection: str) -> bytes:
    return papers.one(workspace, inspection).pdf
