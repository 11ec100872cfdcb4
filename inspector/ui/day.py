"""收工: what is not finished at the left, 今日小结 at the right: to be pasted, kept as one page, printed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.day import Summary
from inspector.services import day
from inspector.services.day import Closing, Undone
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextArea
from inspector.ui.printing import Printing
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.screens import OPENINGS
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import clock_words, day_words, site_note

MOST_CODES: Final = 4


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Both halves of the page, of one moment; `text` is the summary in words."""

    closing: Closing
    summary: Summary
    text: str


class DayScreen(Screen):
    """One page for the end of a day."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("day-title"))
        self._now = desk.now()
        self._summary: Summary | None = None
        self._undone: dict[str, Undone] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        self._side = self._make_side()
        row.addWidget(self._side)
        self._printing = Printing(desk, self)
        self._printing.failed.connect(self.strip.show_error)
        self.begin_at(self.list)

    def refresh(self) -> None:
        self._now = self.desk.now()
        self._skeleton.start()
        self.desk.lanes.read.ask(
            self,
            partial(_read, self.desk.workspace, self._now),
            done=self._show,
            failed=self._not_read,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.sign = primary(say("day-sign"), icon="signature")
        self.sign.clicked.connect(partial(self.go.emit, Place("evening")))
        self.sign.hide()
        self.head = PageHead(say("day-title"), self.sign)
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self._scrolled = Scrolled(spacing=12)
        column.addWidget(self._scrolled, 1)
        body = self._scrolled.body
        self._photos = Card(kind="warn")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Icon("photo-exclamation", token="warn"))
        self._photos_said = Label(wrap=True)
        line.addWidget(self._photos_said, 1)
        self.tidy = Button(say("day-photos-open"))
        self.tidy.clicked.connect(partial(self.go.emit, Place("photos")))
        if (
            "photos" not in OPENINGS
        ):  # never setVisible(True) before it has a parent: it would be a window of its own
            self.tidy.hide()
        line.addWidget(self.tidy)
        self._photos.body.addLayout(line)
        body.addWidget(self._photos)
        self.list = RowList(name=say("day-left"), fitted=True)
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._open)
        body.addWidget(self.list)
        self._not_begun = Card(say("day-not-begun"))
        self._sites = Label(wrap=True)
        self._not_begun.add(self._sites)
        body.addWidget(self._not_begun)
        body.addStretch(1)
        self._empty = EmptyState("circle-check", say("day-nothing"), say("day-nothing-next"))
        column.addWidget(self._empty, 1)
        self._skeleton = Skeleton(rows=3)
        column.addWidget(self._skeleton, 1)
        self._scrolled.hide()
        self._empty.hide()
        return work

    def _make_side(self) -> Side:
        side = Side()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(say("day-summary"), role="section", bold=True))
        column.addWidget(Label(say("day-summary-note"), role="second", tone="muted"))
        self.text = TextArea(name=say("day-summary"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text, 1)
        self.copy = Button(say("day-copy"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self.save = Button(say("day-save"), icon="file-download")
        self.save.clicked.connect(self._save)
        self.paper = Button(say("day-print"), icon="printer", kind="ghost")
        self.paper.clicked.connect(self._print)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.copy, self.save, self.paper):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return side

    # ── showing

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.show_error(error)

    def _show(self, read: Read) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.clear()
        closing = read.closing
        self._summary = read.summary
        self._undone = {one.draft: one for one in closing.undone}
        count = len(closing.undone) + bool(closing.photos) + bool(closing.not_begun)
        date = day_words(self._now)
        self.head.about.setText(
            say("day-sum", date=date, count=count) if count else say("day-sum-nothing", date=date)
        )
        self._empty.setVisible(closing.nothing)
        self._scrolled.setVisible(not closing.nothing)
        self.sign.setVisible(any(one.answered for one in closing.undone))
        self._photos.setVisible(bool(closing.photos))
        self._photos_said.setText(say("day-photos", count=closing.photos))
        self.list.setVisible(bool(closing.undone))
        self.list.show_rows([_row(one) for one in closing.undone])
        self._not_begun.setVisible(bool(closing.not_begun))
        self._sites.setText(say("ui-list").join(closing.not_begun))
        self.text.show_text(read.text)

    # ── acting

    def _open(self, draft: str) -> None:
        answered = self._undone[draft].answered
        self.go.emit(Place("sign" if answered else "inspect", which=draft))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.told.emit(Told(say("day-copied"), icon="copy"))

    def _save(self) -> None:
        proposed = str(Path.home() / say("day-file", date=self._now.date().isoformat()))
        file, _ = QFileDialog.getSaveFileName(self, say("day-save"), proposed, say("day-files"))
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """The summary as one page of PDF."""
        if self._summary is not None:
            self.desk.lanes.paper.ask(
                self,
                partial(day.write, self._summary, file),
                done=self._written,
                failed=self.strip.show_error,
            )

    def _written(self, file: Path) -> None:
        self.told.emit(Told(say("day-saved", file=file.name), icon="file-check"))

    def _print(self) -> None:
        if self._summary is not None:
            self.desk.lanes.paper.ask(
                self,
                partial(day.paper, self._summary),
                done=self._ask_printer,
                failed=self.strip.show_error,
            )

    def _ask_printer(self, pdf: bytes) -> None:
        self._printing.ask(pdf, say("day-summary"))


def _read(workspace: Workspace, now: datetime) -> Read:
    seen = day.summary(workspace, now=now)
    return Read(closing=day.closing(workspace, now=now), summary=seen, text=day.text(seen))


def _row(one: Undone) -> Row:
    notes = [one.kind, clock_words(one.begin) if one.begin else ""]
    if one.unanswered:
        codes = say("ui-list").join(one.unanswered[:MOST_CODES])
        if len(one.unanswered) > MOST_CODES:
            codes = say("day-unanswered-more", codes=codes)
        notes.append(say("day-unanswered", count=len(one.unanswered), codes=codes))
    if one.missing:
        notes.append(say("day-missing", count=one.missing))
    if one.unsigned:
        notes.append(say("day-unsigned", names=say("ui-list").join(one.unsigned)))
    facts = []
    if one.unplaced:
        facts.append(Fact(say("day-unplaced", count=one.unplaced), tone="warn", badge=True))
    if one.answered and not (one.missing or one.unplaced):
        facts.append(Fact(say("day-ready"), tone="accent", bold=True))
    return Row(
        key=one.draft,
        title=one.site,
        note=site_note(*notes),
        icon="signature" if one.answered else "clipboard-list",
        facts=tuple(facts),
    )
