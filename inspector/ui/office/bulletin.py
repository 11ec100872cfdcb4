"""One 通报: its words, its cases, its boards at the left, the pages as they print at the right; then 审核 and 签发."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.notice import Bulletin
from inspector.model.paper import Standing
from inspector.model.person import Person
from inspector.services import bulletin_cases, bulletin_files, bulletins, notices, people, settings
from inspector.services.bulletin_cases import Candidate
from inspector.services.bulletins import Edit
from inspector.services.notices import Row
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine, commit_all
from inspector.ui.notices.fields import ContactFields, PersonField
from inspector.ui.notices.words import standing_words
from inspector.ui.office.bulletin_figures import FiguresCard
from inspector.ui.office.bulletin_words import WordsCard
from inspector.ui.office.cases import CasesCard
from inspector.ui.paper import PaperView
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.theme import theme
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.text import Badge, KeyCap
from inspector.ui.words import short_day, site_note

WIDE_PX: Final = 460
NARROW_PX: Final = 340
WORK_PX: Final = 960
WIDE_WINDOW_PX: Final = 1600
STEPS: Final = {Standing.DRAFT: "review", Standing.CHECKED: "issue"}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A bulletin with what may be chosen for it, and its pages."""

    row: Row
    content: Bulletin
    offered: tuple[Candidate, ...]
    people: tuple[Person, ...]
    ranking: bool


def read(workspace: Workspace, which: str, now: datetime) -> Read:
    """Of an issued bulletin nothing is offered."""
    row, content = bulletins.one(workspace, which)
    draft = row.standing in STEPS
    offered = bulletin_cases.offered(workspace, bulletins.period_of(content), now=now) if draft else []
    return Read(
        row=row,
        content=content,
        offered=tuple(offered),
        people=tuple(people.every(workspace)),
        ranking=settings.ranking_rules(workspace).on,
    )


class BulletinScreen(Screen):
    """`place.which` is the bulletin. Every change is kept at once, and has to be checked again."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("bulletins-title"))
        self._standing = Standing.DRAFT
        self._ranking = False
        self._pictures = Pictures(desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.step)
        self._show_only(self._skeleton)
        self._skeleton.start()
        self.begin_at(self.words.areas["opening"])

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 8)
        column.setSpacing(8)
        self.badge = Badge()
        self.head = PageHead(say("bulletins-title"), self.badge, back=self.back)
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        self._empty = EmptyState("file-off", say("bulletins-gone"), say("bulletins-gone-text"))
        column.addWidget(self._empty, 1)
        self._scrolled = Scrolled(spacing=12, margins=(0, 0, 8, 8))
        column.addWidget(self._scrolled, 1)
        body = self._scrolled.body
        self.figures = FiguresCard()
        self.figures.numbered.connect(self._number)
        self.figures.turned.connect(self._turn_boards)
        self.figures.refigured.connect(self._refigure)
        body.addWidget(self.figures)
        self.words = WordsCard()
        self.words.typed.connect(self._typed)
        self.words.copied_to.connect(self._copied)
        body.addWidget(self.words)
        self.good = CasesCard(say("bulletins-good"), self._pictures, none=say("bulletins-good-none"))
        self.good.changed.connect(partial(self._chose, "good"))
        self.cases = CasesCard(say("bulletins-cases"), self._pictures, none=say("bulletins-cases-none"))
        self.cases.changed.connect(partial(self._chose, "cases"))
        body.addWidget(self.good)
        body.addWidget(self.cases)
        body.addWidget(self._make_handler())
        body.addStretch(1)
        return work

    def _make_handler(self) -> Card:
        card = Card(say("bulletins-handler-card"))
        self.handler = PersonField(say("drafting-handler"))
        self.handler.chosen.connect(self._handled)
        self.contact = ContactFields()
        for line in (self.contact.name, self.contact.telephone, self.contact.place):
            line.settled.connect(self._named)
        card.add(self.handler)
        card.add(self.contact)
        return card

    def _make_side(self) -> Side:
        self._side = Side(wide=WIDE_PX, narrow=NARROW_PX)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(8)
        self.paper = PaperView(self.desk, title=say("bulletins-pages"))
        self.paper.failed.connect(self.strip.show_error)
        column.addWidget(self.paper, 1)
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(8)
        self.files = Button(say("bulletins-files"), icon="file-export")
        self.files.clicked.connect(self._choose_folder)
        self.void = Button(say("bulletins-void"), icon="x", kind="ghost")
        self.void.clicked.connect(self._ask_reason)
        line.addWidget(self.files)
        line.addWidget(self.void)
        line.addStretch(1)
        column.addLayout(line)
        self.reason = TextLine(name=say("bulletins-void-reason"), placeholder=say("bulletins-void-reason"))
        self.reason.returnPressed.connect(self._ask_void)
        self.reason.hide()
        column.addWidget(self.reason)
        last = QHBoxLayout()
        last.setContentsMargins(8, 0, 8, 0)
        last.addStretch(1)
        last.addWidget(KeyCap("Ctrl Enter"))
        self.next = primary(say("bulletins-step-review"), icon="checks", key="Ctrl Enter", big=True)
        self.next.clicked.connect(self.step)
        last.addWidget(self.next)
        column.addLayout(last)
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()
        if self.window().width() >= WIDE_WINDOW_PX:  # text stays readable, the pages grow
            self._side.setFixedWidth(max(self._side.width(), self.width() - theme.look.px(WORK_PX)))

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(read, self.desk.workspace, self.place.which, self.desk.now()),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._show_only(self._empty)
        self.strip.show_error(error)

    def _show(self, seen: Read) -> None:
        self._skeleton.stop()
        self.strip.clear()
        self._show_only(self._scrolled)
        self._standing = seen.row.standing
        self.badge.show_fact(*standing_words(seen.row.standing))
        self.handler.show_people(seen.people)
        self.handler.combo.setCurrentIndex(self.handler.combo.findData(seen.content.handled_by.id))
        self._ranking = seen.ranking
        self._show_content(seen.content)
        self.words.show_content(seen.content, fresh=True)
        self.contact.show_contact(seen.content.contact)
        cases = [one.case for one in seen.offered]
        well = [case for case in cases if case.closed and case.before and case.after]
        self.good.show_cases(seen.content.good, well)
        self.cases.show_cases(seen.content.cases, cases)
        for card in (self.good, self.cases):
            card.freeze(not self._open)
        self._freeze()
        self._draw_pages()
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or not self.isAncestorOf(focus)):
            self.take_focus()  # when the page was opened its fields were not there yet

    @property
    def _open(self) -> bool:
        """Whether words can still be changed."""
        return self._standing in STEPS

    def _show_content(self, content: Bulletin) -> None:
        """What the program writes; where one is typing, what is typed is newer than what came back."""
        first, last = short_day(content.period_from), short_day(content.period_to)
        issue = say("bulletins-issue-of", year=content.period_to[:4], n=content.issue_no)
        period = say("bulletins-period", first=first, last=last)
        self.head.about.setText(site_note(period, issue, content.number))
        self.figures.show_content(content)
        self.words.show_content(content, fresh=False)

    def _freeze(self) -> None:
        self.figures.freeze(frozen=not self._open, ranking=self._ranking)
        self.words.freeze(not self._open)
        for widget in (self.handler, self.contact):
            widget.setEnabled(self._open)
        self.void.setVisible(self._standing is not Standing.VOID)
        key = STEPS.get(self._standing, "file")
        self.next.say(say(f"bulletins-step-{key}"))
        self.next.wear_icon({"review": "checks", "issue": "signature"}.get(key, "file-text"))
        self.next.setVisible(self._standing is not Standing.VOID)

    def _draw_pages(self) -> None:
        self.desk.lanes.paper.ask(
            self,
            partial(notices.pdf, self.desk.workspace, self.place.which),
            done=self.paper.show_pdf,
            failed=self.strip.show_error,
        )

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self._scrolled, self._skeleton, self._empty):
            widget.setVisible(widget is shown)
        self._side.setVisible(shown is self._scrolled)

    # ── changing

    def keep(self, edit: Edit) -> None:
        """Write a change of the draft."""
        if not self._open:
            return
        self.desk.lanes.save.ask(
            self,
            partial(bulletins.change, self.desk.workspace, self.place.which, edit, now=self.desk.now()),
            done=self._kept,
            failed=self._not_kept,
        )

    def _kept(self, content: Bulletin) -> None:
        self.strip.clear()
        self._show_content(content)
        self._standing = Standing.CHECKED if content.checked.name else Standing.DRAFT
        self.badge.show_fact(*standing_words(self._standing))
        self._freeze()
        self._draw_pages()

    def _not_kept(self, error: BaseException) -> None:
        self.strip.show_error(error)

    def _typed(self, name: str, text: str) -> None:
        self.keep(msgspec.structs.replace(Edit(), **{name: text}))

    def _copied(self, names: tuple[str, ...]) -> None:
        self.keep(Edit(copied=names))

    def _number(self, issue: int) -> None:
        self.keep(Edit(issue_no=issue))

    def _refigure(self) -> None:
        self.keep(Edit(refigure=True))

    def _turn_boards(self, on: bool) -> None:
        self.keep(Edit(boards=on))

    def _chose(self, name: str, findings: tuple[str, ...]) -> None:
        self.keep(Edit(cases=findings) if name == "cases" else Edit(good=findings))

    def _handled(self) -> None:
        if person := self.handler.person():
            self.keep(Edit(handled_by=person))

    def _named(self, _: str) -> None:
        if (contact := self.contact.contact()) is not None:
            self.keep(Edit(contact=contact))

    # ── acting

    def step(self) -> None:
        """What comes next: it is checked, it is issued, it is looked at."""
        commit_all(self)
        which, key = self.place.which, STEPS.get(self._standing)
        place = Place("deciding", which=which, spot=key) if key else Place("documents", which=which)
        self.desk.lanes.save.when_idle(self, partial(self.go.emit, place))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("bulletins-files"))
        if folder:
            self.write_files(Path(folder))

    def write_files(self, folder: Path) -> None:
        """The PDF, the text for word processors, the workbooks."""
        self.desk.lanes.paper.ask(
            self,
            partial(bulletin_files.export_files, self.desk.workspace, self.place.which, folder),
            done=partial(self._wrote, folder),
            failed=self.strip.show_error,
        )

    def _wrote(self, folder: Path, files: tuple[Path, ...]) -> None:
        self.told.emit(Told(say("bulletins-wrote", count=len(files), folder=folder), icon="file-export"))

    def _ask_reason(self) -> None:
        self.reason.show()
        self.reason.setFocus()

    def _ask_void(self) -> None:
        self.reason.commit()
        person, reason = self.handler.person(), self.reason.text().strip()
        if person is None or not reason:
            return
        ask_first(
            self,
            say("bulletins-void"),
            say("bulletins-void-text"),
            say("bulletins-void-do"),
            partial(self._void, person, reason),
        )

    def _void(self, person: Person, reason: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(
                notices.void,
                self.desk.workspace,
                self.place.which,
                reason=reason,
                by=person,
                now=self.desk.now(),
            ),
            done=self._voided,
            failed=self.strip.show_error,
        )

    def _voided(self, _: Row) -> None:
        self.reason.hide()
        self.told.emit(Told(say("bulletins-voided"), icon="x"))
        self.changed.emit()
        self.refresh()
