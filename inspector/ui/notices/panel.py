"""One document of rectification: its pages as they print, its findings, its words, its scans, and what comes next."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.model.notice import Document
from inspector.model.paper import Kind, Standing
from inspector.model.person import Person
from inspector.services import notices, people
from inspector.services.notices import Attached, Row
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.notices.fields import PersonField
from inspector.ui.notices.parts import RowsPart, ScansPart, TextsPart
from inspector.ui.notices.words import standing_words
from inspector.ui.paper import PaperView
from inspector.ui.paper_acts import PaperActs
from inspector.ui.screen import Place
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button, IconButton, Segments, primary
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.text import Badge, ElidedLabel, Label
from inspector.ui.words import short_day, site_note
from inspector.ui.work import Ticket

PAGES, ROWS, TEXTS, SCANS = "pages", "rows", "texts", "scans"
STEPS: Final = {
    Standing.DRAFT: "review",
    Standing.CHECKED: "issue",
    Standing.ISSUED: "serve",
    Standing.SERVED: "proof",
}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of a document shows, of one moment."""

    row: Row
    document: Document
    pdf: bytes
    scans: tuple[Attached, ...]
    people: tuple[Person, ...]


def read(workspace: Workspace, which: str) -> Read:
    """One document with everything about it; of a draft its pages are drawn now."""
    return Read(
        row=notices.one(workspace, which),
        document=notices.document(workspace, which),
        pdf=notices.pdf(workspace, which),
        scans=notices.scans_of(workspace, which),
        people=tuple(people.every(workspace)),
    )


class NoticePanel(QFrame):
    """`show_document` reads one and shows it."""

    go = Signal(object)
    told = Signal(object)
    failed = Signal(object)
    changed = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self._desk = desk
        self._which = ""
        self._read: Read | None = None
        self._ticket: Ticket | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 12)
        outer.setSpacing(8)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._make_head())
        self.acts = PaperActs(desk)
        self.acts.told.connect(self.told)
        self.acts.failed.connect(self.failed)
        column.addWidget(self.acts)
        self.parts = Segments(
            [(one, say(f"notice-part-{one}")) for one in (PAGES, ROWS, TEXTS, SCANS)],
            name=say("notice-parts"),
        )
        self.parts.chosen.connect(self._show_part)
        column.addWidget(self.parts)
        self._stack = QStackedWidget()
        self.paper = PaperView(desk)
        self.paper.failed.connect(self.failed)
        self.rows = RowsPart(desk)
        self.texts = TextsPart(desk)
        self.scans = ScansPart(desk)
        for part in (self.paper, self.rows, self.texts, self.scans):
            self._stack.addWidget(part)
        for part in (self.rows, self.texts, self.scans):
            part.failed.connect(self.failed)
            part.done.connect(self._again)
        self.rows.go.connect(self.go)
        self.rows.told.connect(self.told)
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_void())
        column.addLayout(self._make_foot())
        outer.addWidget(self._inside, 1)
        self._empty = EmptyState("mail", say("notice-choose"), say("notice-choose-text"))
        outer.addWidget(self._empty, 1)
        self.show_nothing()

    # ── making

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._title = ElidedLabel(role="section", bold=True)
        self._note = ElidedLabel(role="second", tone="muted")
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.addLayout(names, 1)
        self._badge = Badge()
        head.addWidget(self._badge)
        self.shut = IconButton("x", say("documents-shut"), key="Esc")
        self.shut.clicked.connect(self.closed)
        self.shut.hide()
        head.addWidget(self.shut)
        return head

    def _make_void(self) -> QWidget:
        self._why = QWidget()
        column = QVBoxLayout(self._why)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.reason = TextLine(name=say("notice-void-why"), placeholder=say("notice-void-hint"))
        self._reason = Field(say("notice-void-why"), self.reason)
        self.reason.returnPressed.connect(self._ask_void)
        column.addWidget(self._reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.voider = PersonField(say("notice-void-by"))
        row.addWidget(self.voider, 1)
        go = Button(say("notice-void-go"), icon="trash")
        go.clicked.connect(self._ask_void)
        row.addWidget(go)
        column.addLayout(row)
        self._why.hide()
        return self._why

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.void = Button(say("notice-void"), icon="trash", kind="ghost", flush=True)
        self.void.clicked.connect(self._open_void)
        foot.addWidget(self.void)
        self._voided = Label(role="second", tone="muted", wrap=True)
        foot.addWidget(self._voided, 1)
        foot.addStretch(1)
        self.next = primary("", icon="arrow-right", key="Ctrl Enter")
        self.next.clicked.connect(self.do_next)
        foot.addWidget(self.next)
        return foot

    # ── showing

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._which, self._read = "", None
        self._inside.hide()
        self._empty.show()
        self.paper.clear()

    def show_document(self, which: str) -> None:
        """Read it and show it; what comes later for another one is passed over."""
        lane = self._desk.lanes.paper
        if self._ticket is not None:
            lane.cancel(self._ticket)
        self._which = which
        self._ticket = lane.ask(
            self,
            partial(read, self._desk.workspace, which),
            done=partial(self._show, which),
            failed=self._not_shown,
        )

    def begin(self) -> None:
        """The hand goes to what comes next."""
        (self.next if self.next.isVisible() else self.parts).setFocus()

    def fold(self, alone: bool) -> None:
        """A way back while the page covers the list."""
        self.shut.setVisible(alone)

    def print_out(self) -> None:
        """The printer's dialog."""
        self.acts.print_out()

    def _not_shown(self, error: BaseException) -> None:
        self.show_nothing()
        self.failed.emit(error)

    def _show(self, which: str, seen: Read) -> None:
        if which != self._which:
            return
        other = self._read is None or self._read.row.id != which
        self._read = seen
        row, document = seen.row, seen.document
        draft = row.standing in (Standing.DRAFT, Standing.CHECKED)
        self._title.setText(row.heading)
        self._note.setText(site_note(row.number or say("doc-number-later"), row.to.name))
        self._badge.show_fact(*standing_words(row.standing))
        self.acts.show_file(row.id, row.number or row.heading, seen.pdf)
        self.paper.show_pdf(seen.pdf)
        self.rows.show_document(document, draft=draft)
        self.texts.show_document(document, draft=draft)
        self.scans.show_document(row.id, seen.scans, seen.people)
        self.voider.show_people(seen.people)
        self.void.setVisible(row.standing is not Standing.VOID)
        step = STEPS.get(row.standing, "")
        bulletin = row.kind is Kind.BULLETIN  # it has a page of its own, and goes to nobody in person
        self.parts.setVisible(not bulletin)
        self.next.setVisible(bulletin or (bool(step) and (step != "proof" or bool(row.service))))
        if bulletin or step:
            self.next.say(say("notice-next-bulletin") if bulletin else say(f"notice-next-{step}"))
        voided = say("notice-voided", day=short_day(row.voided), reason=row.void) if row.void else ""
        self._voided.setText(voided)
        self._voided.setVisible(bool(voided))
        if other:
            self._why.hide()
            self.reason.clear()
            self.parts.choose(PAGES)
            self._stack.setCurrentWidget(self.paper)
        self._empty.hide()
        self._inside.show()

    def _show_part(self, part: object) -> None:
        shown = {PAGES: self.paper, ROWS: self.rows, TEXTS: self.texts, SCANS: self.scans}
        self._stack.setCurrentWidget(shown[str(part)])

    # ── acting

    def do_next(self) -> None:
        """What comes next for this document: checked, issued, served, its proof."""
        if self._read is None:
            return
        row = self._read.row
        step = STEPS.get(row.standing, "")
        if row.kind is Kind.BULLETIN:
            self.go.emit(Place("bulletin", which=row.id))
        elif step in ("review", "issue"):
            self.go.emit(Place("deciding", which=row.id, spot=step))
        elif step == "serve":
            self.go.emit(Place("serving", which=row.id))
        elif row.service:
            self.go.emit(Place("documents", which=row.service))

    def _open_void(self) -> None:
        self._why.setVisible(self._why.isHidden())
        if not self._why.isHidden():
            self.reason.setFocus()

    def _ask_void(self) -> None:
        self.reason.commit()
        reason, by = self.reason.text().strip(), self.voider.person()
        self._reason.ask("" if reason else say("notice-void-ask"))
        if not reason or by is None or self._read is None:
            self.reason.setFocus()
            return
        row = self._read.row
        ask_first(
            self,
            say("notice-void-sure", number=row.number or row.heading),
            say("notice-void-then-issued" if row.number else "notice-void-then-draft"),
            say("notice-void-go"),
            partial(self._void, row.id, reason, by),
            icon="trash",
        )

    def _void(self, which: str, reason: str, by: Person) -> None:
        self._desk.lanes.save.ask(
            self,
            partial(notices.void, self._desk.workspace, which, reason=reason, by=by, now=self._desk.now()),
            done=self._voided_now,
            failed=self.failed.emit,
        )

    def _voided_now(self, _: Row) -> None:
        self._why.hide()
        self.reason.clear()
        self._again()

    def _again(self) -> None:
        """It is another one now: whoever shows the panel reads it again."""
        self.changed.emit()
