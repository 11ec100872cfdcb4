"""One document: what it is, its pages, whether it is intact, and what people do with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.paper import Kind
from inspector.model.verdict import Verdict
from inspector.services import announcements
from inspector.services.papers import Looked
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.documents.reading import Shown
from inspector.ui.imewise import TextLine
from inspector.ui.notices.parts import ScansPart
from inspector.ui.paper import PaperView
from inspector.ui.paper_acts import PaperActs
from inspector.ui.screen import Place, Told
from inspector.ui.sign.done import VerdictCard
from inspector.ui.widgets.buttons import Button, Chip, IconButton
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import ElidedLabel, Label


class DocumentPanel(QFrame):
    """`corrected` with the reason, `numbered` with another document of the same inspection."""

    corrected = Signal(str)
    numbered = Signal(str)
    grown = Signal()
    closed = Signal()
    failed = Signal(object)
    go = Signal(object)
    told = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._lanes, self._workspace = desk.lanes, desk.workspace
        self._shown: Shown | None = None
        self.setProperty("kind", "detail")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 12)
        outer.setSpacing(8)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(4)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._title = ElidedLabel(role="section", bold=True)
        self._note = ElidedLabel(role="second", tone="muted")
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.addLayout(names, 1)
        self.grow = IconButton("maximize", say("documents-grow"), key="F11")
        self.grow.clicked.connect(self.grown)
        self.shut = IconButton("x", say("documents-shut"), key="Esc")
        self.shut.clicked.connect(self.closed)
        head.addWidget(self.grow)
        head.addWidget(self.shut)
        column.addLayout(head)
        self.acts = PaperActs(desk)
        column.addWidget(self.acts)
        self._others = QWidget()
        self._other_row = FlowLayout(self._others)
        column.addWidget(self._others)
        self.paper = PaperView(desk)
        self.paper.failed.connect(self.failed)
        column.addWidget(self.paper, 1)
        self.said = Button("", icon="shield-check", kind="ghost")
        self.said.clicked.connect(self._unfold)
        below = QWidget()
        foot = FlowLayout(below, gap=4)
        self.correct = Button(say("documents-correct"), icon="file-plus", kind="ghost", flush=True)
        self.correct.clicked.connect(self._ask_why)
        foot.addWidget(self.correct)
        self.office = Button(say("documents-desk"), icon="mail", kind="ghost")
        self.office.clicked.connect(self._open_desk)
        foot.addWidget(self.office)
        self.tell = Button(say("documents-tell"), icon="copy", kind="ghost")
        self.tell.clicked.connect(self._copy_announcement)
        foot.addWidget(self.tell)
        self.scanned = Button(say("documents-scans"), icon="photo-scan", kind="ghost")
        self.scanned.clicked.connect(self._open_scans)
        foot.addWidget(self.scanned)
        foot.addWidget(self.said)
        column.addWidget(below)
        self._why = QWidget()
        row = QHBoxLayout(self._why)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("pencil", px=18))
        self.why = TextLine(name=say("documents-why"), placeholder=say("documents-why-hint"))
        self.why.returnPressed.connect(self._correct)
        row.addWidget(self.why, 1)
        begin = Button(say("documents-correct-begin"))
        begin.clicked.connect(self._correct)
        row.addWidget(begin)
        self._why.hide()
        column.addWidget(self._why)
        self.scans = ScansPart(desk)
        self.scans.failed.connect(self.failed)
        self.scans.done.connect(self.changed)
        self.scans.hide()
        column.addWidget(self.scans)
        self.verdict = VerdictCard()
        self.audit = Button(say("documents-audit"), icon="file-search", kind="row")
        self.audit.clicked.connect(self._open_audit)
        self.verdict.add(self.audit)
        self.verdict.hide()
        column.addWidget(self.verdict)
        outer.addWidget(self._inside, 1)
        self._empty = EmptyState("file-search", say("documents-choose"), say("documents-choose-text"))
        outer.addWidget(self._empty, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._inside.hide()
        self._empty.show()
        self.paper.clear()
        self.acts.show_file("", "", b"")

    def show_paper(self, shown: Shown) -> None:
        """A signed document of this workspace."""
        self._shown = shown
        self._begin(shown.title)
        self._note.setText(shown.note)
        self.acts.show_file(shown.id, shown.number, shown.pdf)
        self.acts.show()
        self.correct.setVisible(shown.can_be_corrected)
        self.office.setVisible(shown.on_desk)
        self.tell.setVisible(shown.kind is Kind.SERVICE)
        self.scanned.setVisible(shown.kind is not None)
        count = len(shown.scans)
        self.scanned.say(say("documents-scans-count", count=count) if count else say("documents-scans"))
        self.scans.show_document(shown.id, shown.scans, shown.people)
        self.audit.show()
        self.said.say(say("documents-verifying"))
        self.said.wear_icon("shield-check", "muted")
        self._other_row.clear()
        self._others.setVisible(len(shown.numbers) > 1)
        if len(shown.numbers) > 1:
            self._show_others(shown.numbers, shown.number)
        self.paper.show_pdf(shown.pdf)

    def show_looked(self, looked: Looked) -> None:
        """A file from outside, with the answer about it."""
        self._begin(looked.name)
        self._note.setText(say("documents-outside"))
        self.acts.hide()
        self._others.hide()
        for button in (self.correct, self.office, self.tell, self.audit):
            button.hide()
        self.paper.show_pdf(looked.pdf)
        self.show_verdict(looked.verdict)
        self.verdict.show()

    def show_verdict(self, verdict: Verdict) -> None:
        """One line; a press unfolds why."""
        good = verdict.accepted
        self.verdict.show_verdict(verdict)
        self.verdict.setVisible(not good)
        self.said.say(say("documents-good" if good else "documents-bad"))
        self.said.wear_icon("shield-check" if good else "shield-x", "ok" if good else "bad")

    def _begin(self, title: str) -> None:
        self._title.setText(title)
        self._empty.hide()
        self._inside.show()
        self._why.hide()
        self.scans.hide()
        self.why.clear()
        self.verdict.hide()

    def _show_others(self, numbers: Sequence[str], here: str) -> None:
        self._other_row.addWidget(
            Label(say("documents-all", count=len(numbers)), role="second", tone="muted")
        )
        for number in numbers:
            chip = Chip(number)
            chip.setChecked(number == here)
            chip.clicked.connect(partial(self.numbered.emit, number))
            self._other_row.addWidget(chip)

    def _open_scans(self) -> None:
        self.scans.setVisible(self.scans.isHidden())

    def _open_desk(self) -> None:
        if self._shown is not None:
            self.go.emit(Place("notices", which=self._shown.id))

    def _open_audit(self) -> None:
        """Line by line, what is proven about it and what is not."""
        if self._shown is not None:
            self.go.emit(Place("audit", which=self._shown.number or self._shown.id))

    def _copy_announcement(self) -> None:
        """The text that a unit is told, to paste into a group."""
        if self._shown is not None:
            self._lanes.read.ask(
                self,
                partial(announcements.text, self._workspace, self._shown.id),
                done=self._copied,
                failed=self.failed.emit,
            )

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(Told(say("served-copied"), icon="copy"))

    def _unfold(self) -> None:
        self.verdict.setVisible(self.verdict.isHidden())

    def _ask_why(self) -> None:
        self._why.show()
        self.why.setFocus()

    def _correct(self) -> None:
        self.why.commit()
        if text := self.why.text().strip():
            self.corrected.emit(text)
        else:
            self.why.setFocus()
