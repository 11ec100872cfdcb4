"""收回来: what a unit filled in, row by row, before anything comes in; errors are named by their cell."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.person import Person
from inspector.services import moves, people, register_answers
from inspector.services.register_answers import CellProblem, Imported, Preview, Read
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import short_day, site_note

TILE: Final = QSize(132, 99)


class ComingPage(QWidget):
    """`told` and `changed` once rows came in, `failed` why a file cannot be read at all."""

    told = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: Path | None = None
        self._preview: Preview | None = None
        self.setAcceptDrops(True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_work(), 1)
        across.addWidget(self._make_side())
        self._fit()

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 4, 16, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._sum = ElidedLabel(tone="muted")
        head.addWidget(self._sum, 1)
        self.choose = Button(say("register-choose"), icon="table-import", key="Ctrl I")
        self.choose.clicked.connect(self.ask)
        head.addWidget(self.choose)
        column.addLayout(head)
        self.list = RowList(name=say("register-rows"))
        self.list.chosen.connect(self._choose_row)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        self._skeleton.hide()
        column.addWidget(self._skeleton, 1)
        self._first = Button(say("register-choose"), icon="table-import")
        self._first.clicked.connect(self.ask)
        texts = say("register-in-none"), say("register-in-next")
        self._empty = EmptyState("table-import", *texts, [self._first])
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> Side:
        self.side = Side()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scrolled = Scrolled(margins=(16, 4, 16, 8), spacing=12)
        column.addWidget(scrolled, 1)
        self.row_card = RowCard()
        scrolled.body.addWidget(self.row_card)
        scrolled.body.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 6, 16, 16)
        foot.setSpacing(10)
        self.person = ComboField(name=say("register-by"))
        foot.addWidget(Field(say("register-by"), self.person))
        row = QHBoxLayout()
        row.addStretch(1)
        self.take = primary(say("register-take", count=0), icon="checks", key="Ctrl Enter", big=True)
        self.take.clicked.connect(self.take_in)
        row.addWidget(self.take)
        foot.addLayout(row)
        column.addLayout(foot)
        return self.side

    def read(self) -> None:
        """Who can record it."""
        self._desk.lanes.read.ask(
            self, partial(people.every, self._desk.workspace), done=self._show_people, failed=self.failed.emit
        )

    def _show_people(self, everybody: list[Person]) -> None:
        kept = self.person.currentData()
        self.person.clear()
        for one in everybody:
            self.person.addItem(one.name, one.id)
        self.person.setCurrentIndex(max(0, self.person.findData(kept)))

    def choose_focus(self) -> None:
        """The focus where one goes on."""
        (self.list if self.list.isVisibleTo(self) else self._first).setFocus()

    # ── looking

    def ask(self) -> None:
        """Which file."""
        name, _ = QFileDialog.getOpenFileName(self, say("register-choose"), "", say("register-files"))
        if name:
            self.look(Path(name))

    def look(self, file: Path) -> None:
        """What the file would do."""
        self._file, self._preview = file, None
        self.list.hide()
        self._empty.hide()
        self._skeleton.start()
        self._desk.lanes.paper.ask(
            self,
            partial(register_answers.preview, self._desk.workspace, file, now=self._desk.now()),
            done=self._show,
            failed=self._not_read,
        )
        self._fit()

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._fit()
        self.failed.emit(error)

    def _show(self, preview: Preview) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._preview = preview
        rows = [_row(read) for read in preview.rows]
        rows += [_stray(problem) for problem in preview.stray]
        self.list.show_rows(rows, current="")
        self._fit()
        if rows:
            first = next((read for read in preview.rows if read.problems), None) or next(
                iter(preview.rows), None
            )
            self.list.go_to(str(first.row) if first else rows[0].key)
            self.list.setFocus()

    def _fit(self) -> None:
        preview = self._preview
        some = preview is not None and bool(preview.rows or preview.stray)
        waiting = self._file is not None and preview is None and self._skeleton.isVisibleTo(self)
        self.list.setVisible(some)
        self.choose.setVisible(some)
        self._empty.setVisible(not some and not waiting)
        coming = preview.coming if preview else 0
        self.take.say(say("register-take", count=coming))
        self.take.setEnabled(bool(coming))
        self.row_card.setVisible(some)
        if preview is None or self._file is None:
            self._sum.setText("")
            self._empty.tell(say("register-in-none"), say("register-in-next"))
            return
        wrong = sum(bool(row.problems) for row in preview.rows) + len(preview.stray)
        same = preview.silent + sum(row.same for row in preview.rows)
        self._sum.setText(say("register-in-sum", file=self._file.name, coming=coming, wrong=wrong, same=same))
        self._empty.tell(say("register-in-silent", file=self._file.name), say("register-in-silent-next"))

    def _choose_row(self, key: str) -> None:
        if self._preview is not None:
            read = next((one for one in self._preview.rows if str(one.row) == key), None)
            stray = [one for one in self._preview.stray if f"stray {one.cell}" == key]
            self.row_card.show_read(read, stray)

    # ── taking in

    def take_in(self) -> None:
        """Good rows come in, in one act."""
        if self._file is None or self._preview is None or not self._preview.coming:
            return
        if not self.person.currentData():
            self.person.setFocus()
            return
        self.take.setEnabled(False)
        act = moves.Act(by=self.person.currentData(), now=self._desk.now())
        call = partial(
            register_answers.import_file,
            self._desk.workspace,
            self._file,
            act,
            previewed=self._preview.digest,
        )
        self._desk.lanes.save.ask(self, call, done=self._taken, failed=self._not_taken)

    def _taken(self, done: Imported) -> None:
        self.told.emit(Told(say("register-taken", count=len(done.changed)), icon="checks"))
        self.changed.emit()
        if self._file is not None:
            self.look(self._file)  # what came in says so now; what is left has its errors

    def _not_taken(self, error: BaseException) -> None:
        self._fit()
        self.failed.emit(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.look(files[0])

    def fit(self) -> None:
        """As wide as the window allows."""
        self.side.fit()


class RowCard(Card):
    """One row: what it says, its new pictures, and what is wrong with which cell."""

    def __init__(self) -> None:
        super().__init__(say("register-row"))
        self._where = Label(bold=True, wrap=True)
        self.add(self._where)
        self._text = Label(role="second", tone="muted", wrap=True)
        self.add(self._text)
        self.problems = Label(tone="bad", wrap=True)
        self.add(self.problems)
        self._said = Label(wrap=True)
        self.add(self._said)
        holder = QWidget()
        self._pictures = FlowLayout(holder, gap=8, row_gap=8)
        self.add(holder)
        self.tiles: list[PhotoTile] = []

    def show_read(self, read: Read | None, stray: list[CellProblem]) -> None:
        """The row; without one, pictures that lie outside of all."""
        problems = read.problems if read else tuple(stray)
        first = problems[0].row if problems else 0
        self.note.setText(say("register-row-n", n=read.row if read else first))
        self._where.setText(site_note(read.number, read.site, read.place) if read else "")
        self._text.setText(read.description if read else "")
        self.problems.setText("\n".join(problem_words(one) for one in problems))
        self.problems.setVisible(bool(problems))
        said = read.said if read else None
        lines = []
        if said is not None:
            for name, text in (
                ("measures", said.measures),
                ("finished", short_day(said.finished) if said.finished else ""),
                ("person", said.person),
                ("note", said.note),
            ):
                if text:
                    lines.append(say(f"register-said-{name}", text=text))
        self._said.setText("\n".join(lines))
        self._said.setVisible(bool(lines))
        self._pictures.clear()
        self.tiles = []
        for n, data in enumerate(read.pictures if read else (), 1):
            tile = PhotoTile(say("register-picture", n=n), size=TILE)
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.show_image(QImage.fromData(data))
            self._pictures.addWidget(tile)
            self.tiles.append(tile)


def problem_words(problem: CellProblem) -> str:
    """K7：“后天”不是日期，请写 2026-11-25 这样."""
    return say("register-cell-says", cell=problem.cell, text=say(f"row-{problem.code}", value=problem.value))


def _row(read: Read) -> Row:
    icon, tone, state = "circle-check", "ok", say("register-comes")
    if read.problems:
        icon, tone, state = "alert-circle", "bad", say("register-wrong")
    elif read.same:
        icon, tone, state = "circle-minus", "muted", say("register-same")
    said = site_note(read.said.measures, read.said.person)
    if read.problems:
        said = problem_words(read.problems[0])
    photos = say("round-photos", count=len(read.pictures)) if read.pictures else ""
    return Row(
        key=str(read.row),
        title=site_note(read.number, read.site, read.place) or say("register-row-n", n=read.row),
        note=said,
        icon=icon,
        facts=tuple(
            fact for fact in (Fact(photos), Fact(state, tone=tone, badge=bool(read.problems))) if fact.text
        ),
        faint=read.same,
    )


def _stray(problem: CellProblem) -> Row:
    return Row(
        key=f"stray {problem.cell}",
        title=say("register-row-n", n=problem.row),
        note=problem_words(problem),
        icon="photo-exclamation",
        facts=(Fact(say("register-wrong"), tone="bad", badge=True),),
    )
