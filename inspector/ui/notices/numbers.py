"""发文字号: the blocks that the office allotted, the number that comes next, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.number import Block, Declared, Fate, Line, Official, Status
from inspector.services import notices, numbers
from inspector.services.numbers import Allotted, Upcoming
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.notices.fields import FilesField
from inspector.ui.notices.words import official_words
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.buttons import Button, Chip, Segments, primary
from inspector.ui.widgets.fields import Field, NumberField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label

MOST_ROWS: Final = 600
TONES: Final = {
    Status.FREE: "muted",
    Status.ISSUED: "ok",
    Status.VOID: "muted",
    Status.PAPER: "ok",
    Status.AWAITING: "bad",
}
ICONS: Final = {
    Status.FREE: "circle",
    Status.ISSUED: "circle-check",
    Status.VOID: "circle-x",
    Status.PAPER: "file-check",
    Status.AWAITING: "help-circle",
}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """All numbers, what comes next, whom the issued ones went to, and those that came twice."""

    blocks: tuple[Allotted, ...]
    upcoming: tuple[Upcoming, ...]
    units: Mapping[str, str]
    doubles: Mapping[Official, tuple[str, ...]]


def read(workspace: Workspace, year: int) -> Read:
    """What the page shows, of one moment."""
    return Read(
        blocks=numbers.every(workspace),
        upcoming=numbers.upcoming(workspace, year),
        units={row.id: row.to.name for row in notices.every(workspace) if row.number},
        doubles=numbers.doubles(workspace),
    )


class NumbersScreen(Screen):
    """Every number of every block at the left; a new block, and a word on a number, at the right."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("numbers-title"))
        self._read: Read | None = None
        self._status: Status | None = None
        self._numbers: dict[str, Line] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        self._show_only(self._skeleton)
        self._skeleton.start()

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self._head = PageHead(say("numbers-title"), back=self.back)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self._twice = Label(tone="bad", wrap=True)
        self._twice.hide()
        column.addWidget(self._twice)
        chips = FlowLayout()
        self._chips: dict[Status | None, Chip] = {}
        for status in (None, *Status):
            chip = Chip(say(f"numbers-is-{status.value}") if status else say("documents-every"))
            chip.setChecked(status is None)
            chip.clicked.connect(partial(self._only, status))
            chips.addWidget(chip)
            self._chips[status] = chip
        column.addLayout(chips)
        self.list = RowList(name=say("numbers-title"))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        self._more = Label(role="second", tone="muted", wrap=True)
        self._more.hide()
        column.addWidget(self._more)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        self._empty = EmptyState("list", say("numbers-none"), say("numbers-none-text"))
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> QFrame:
        self._side = Side()
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(16, 16, 16, 16)
        scrolled = Scrolled(spacing=12)
        outer.addWidget(scrolled)
        self._next = Card(say("numbers-next"))
        self._said = Label(wrap=True)
        self._next.add(self._said)
        scrolled.body.addWidget(self._next)
        scrolled.body.addWidget(self._make_block())
        scrolled.body.addWidget(self._make_word())
        scrolled.body.addStretch(1)
        return self._side

    def _make_block(self) -> Card:
        card = Card(say("numbers-block"))
        self.prefix = TextLine(name=say("numbers-prefix"), placeholder=say("numbers-prefix-hint"))
        card.add(Field(say("numbers-prefix"), self.prefix))
        line = QHBoxLayout()
        line.setSpacing(8)
        self.year = NumberField(name=say("numbers-year"), width=72)
        self.year.setText(str(self.desk.now().year))
        self.first = NumberField(name=say("numbers-first"), width=72)
        self.last = NumberField(name=say("numbers-last"), width=72)
        for key, field in (
            ("numbers-year", self.year),
            ("numbers-first", self.first),
            ("numbers-last", self.last),
        ):
            line.addWidget(Field(say(key), field))
        line.addStretch(1)
        card.body.addLayout(line)
        card.add(Label(say("numbers-block-note"), role="second", tone="muted", wrap=True))
        self.allot = primary(say("numbers-allot"), icon="plus")
        self.allot.clicked.connect(self._allot)
        self.last.returnPressed.connect(self._allot)
        card.body.addWidget(self.allot, alignment=Qt.AlignmentFlag.AlignRight)
        return card

    def _make_word(self) -> Card:
        self._word = Card(say("numbers-declare"))
        self._which = Label(wrap=True)
        self._word.add(self._which)
        self.fate = Segments(
            [(Fate.VOID, say("numbers-fate-void")), (Fate.USED, say("numbers-fate-used"))],
            name=say("numbers-declare"),
        )
        self.fate.choose(Fate.VOID)
        self.fate.chosen.connect(self._fit)
        self._word.add(self.fate)
        self.reason = TextLine(name=say("numbers-reason"), placeholder=say("numbers-reason-hint"))
        self._reason = Field(say("numbers-reason"), self.reason)
        self._word.add(self._reason)
        self.scan = FilesField(say("paper-scan"), kinds=say("paper-scan-files"))
        self._word.add(self.scan)
        self.declare = Button(say("numbers-declare-do"), icon="check")
        self.declare.clicked.connect(self._declare)
        self._word.body.addWidget(self.declare, alignment=Qt.AlignmentFlag.AlignRight)
        self._word.hide()
        self.scan.hide()
        return self._word

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(read, self.desk.workspace, self.desk.now().year),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, seen: Read) -> None:
        self._skeleton.stop()
        self._read = seen
        lines = [
            say("deciding-number-next", number=official_words(one.number), left=one.left)
            if one.number
            else say("numbers-used-up", prefix=one.prefix)
            for one in seen.upcoming
        ]
        self._said.setText("\n".join(lines) or say("deciding-number-none"))
        twice = [say("numbers-twice", number=official_words(number)) for number in seen.doubles]
        self._twice.setText("\n".join(twice))
        self._twice.setVisible(bool(twice))
        if not self.prefix.text() and seen.blocks:
            self.prefix.show_text(seen.blocks[-1].block.prefix)
        count = sum(len(one.lines) for one in seen.blocks)
        self._head.about.setText(say("numbers-sum", blocks=len(seen.blocks), count=count))
        self._filter()
        if not seen.blocks:
            self.prefix.setFocus()

    def _filter(self) -> None:
        every = [line for one in (self._read.blocks if self._read else ()) for line in one.lines]
        among = [line for line in every if self._status is None or line.status is self._status]
        shown = among[:MOST_ROWS]
        self._numbers = {official_words(line.number): line for line in shown}
        self.list.show_rows([self._row(line) for line in shown])
        self._more.setText(say("documents-more", shown=MOST_ROWS, count=len(among)))
        self._more.setVisible(len(among) > MOST_ROWS)
        self._show_only(self.list if every else self._empty)
        for status, chip in self._chips.items():
            chip.setChecked(status is self._status)

    def _row(self, line: Line) -> Row:
        units = self._read.units if self._read else {}
        to = say("ui-list").join(units.get(one, one) for one in line.documents)
        return Row(
            key=official_words(line.number),
            icon=ICONS[line.status],
            title=official_words(line.number),
            note=line.reason or to,
            facts=(Fact(say(f"numbers-is-{line.status.value}"), tone=TONES[line.status], badge=True),),
            faint=line.status in (Status.FREE, Status.VOID),
        )

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    def _only(self, status: Status | None) -> None:
        self._status = status
        self._filter()

    # ── acting

    def _choose(self, key: str) -> None:
        line = self._numbers[key]
        self._word.setVisible(line.status in (Status.FREE, Status.AWAITING))
        self._which.setText(say("numbers-declare-which", number=key))

    def _open(self, key: str) -> None:
        line = self._numbers[key]
        if line.documents:
            self.go.emit(Place("notices", which=line.documents[0]))
        elif not self._word.isHidden():
            self.reason.setFocus()

    def _allot(self) -> None:
        for field in (self.prefix, self.year, self.first, self.last):
            field.commit()
        year, first, last = (int(one.text() or 0) for one in (self.year, self.first, self.last))
        self.strip.clear()
        self.desk.lanes.save.ask(
            self,
            partial(
                numbers.allot,
                self.desk.workspace,
                prefix=self.prefix.text(),
                year=year,
                first=first,
                last=last,
                now=self.desk.now(),
            ),
            done=self._allotted,
            failed=self.strip.show_error,
        )

    def _allotted(self, block: Block) -> None:
        self.first.clear()
        self.last.clear()
        self.told.emit(Told(say("numbers-allotted", prefix=block.prefix, first=block.first, last=block.last)))
        self.refresh()

    def _fit(self, _: object) -> None:
        used = self.fate.value is Fate.USED
        self.scan.setVisible(used)
        self._reason.setVisible(not used)

    def _declare(self) -> None:
        line = self._numbers.get(self.list.current())
        self.reason.commit()
        used = self.fate.value is Fate.USED
        reason, files = self.reason.text().strip(), self.scan.files
        self._reason.ask("" if used or reason else say("numbers-reason-ask"))
        self.scan.ask("" if files or not used else say("paper-scan-ask"))
        if line is None or (used and not files) or (not used and not reason):
            return
        scan: Path | None = files[0] if used else None
        self.desk.lanes.save.ask(
            self,
            partial(
                numbers.declare,
                self.desk.workspace,
                line.number,
                Fate.USED if used else Fate.VOID,
                now=self.desk.now(),
                reason="" if used else reason,
                scan=scan,
            ),
            done=self._declared,
            failed=self.strip.show_error,
        )

    def _declared(self, said: Declared) -> None:
        self.reason.clear()
        self.scan.take(())
        self._word.hide()
        self.told.emit(Told(say("numbers-declared", number=official_words(said.number))))
        self.refresh()
