"""发出去: the units that have something to put right, and a workbook for each that it fills in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from inspector.services import papers, register, reply_forms
from inspector.services.register import UnitCount
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button, Tick, primary
from inspector.ui.widgets.frames import Card, EmptyState, Skeleton
from inspector.ui.widgets.page import Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.work import Report, Ticket


class GoingPage(QWidget):
    """`told` what was written, `failed` why not."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._units: tuple[UnitCount, ...] = ()
        self._chosen: dict[str, None] = {}
        self._ticket: Ticket | None = None
        self._folder = ""
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_work(), 1)
        across.addWidget(self._make_side())
        self._skeleton.start()

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 4, 16, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        self._sum = Label(tone="muted")
        head.addWidget(self._sum, 1)
        self.every = Button(say("register-all"), icon="square-check", kind="ghost")
        self.every.clicked.connect(self._choose_all)
        head.addWidget(self.every)
        column.addLayout(head)
        self.list = UnitList()
        self.list.opened.connect(self._toggle)
        self.list.ticked.connect(self._toggle)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton(rows=8)
        column.addWidget(self._skeleton, 1)
        self._empty = EmptyState("checks", say("register-none"), say("register-none-next"))
        self._empty.hide()
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> Side:
        self.side = Side()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        card = Card(say("register-out"))
        card.add(Label(say("register-how"), role="second", tone="muted", wrap=True))
        self.book = Tick(say("register-book"))
        self.book.setChecked(True)
        self.form = Tick(say("register-form"))
        for tick in (self.book, self.form):
            tick.toggled.connect(self._tell)
            card.add(tick)
        column.addWidget(card)
        self._done = Card(kind="ok")
        self._said = Label(wrap=True)
        self._done.add(self._said)
        self.open = Button(say("paper-open-folder"), icon="folder-open")
        self.open.clicked.connect(self._open)
        self._done.body.addWidget(self.open, alignment=Qt.AlignmentFlag.AlignLeft)
        self._done.hide()
        column.addWidget(self._done)
        column.addStretch(1)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(say("register-writing", done=0, total=0))
        self._progress.hide()
        column.addWidget(self._progress)
        row = QHBoxLayout()
        self.stop = Button(say("evening-stop"), icon="player-stop")
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        row.addWidget(self.stop)
        row.addStretch(1)
        self.write = primary(say("register-write", count=0), icon="table-export", key="Ctrl Enter", big=True)
        self.write.clicked.connect(self.ask)
        row.addWidget(self.write)
        column.addLayout(row)
        return self.side

    def read(self) -> None:
        """What each unit has."""
        self._desk.lanes.read.ask(
            self,
            partial(register.counts, self._desk.workspace),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.failed.emit(error)

    def _show(self, units: tuple[UnitCount, ...]) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        first = not self._units
        self._units = units
        here = {one.unit.id for one in units}
        self._chosen = {one: None for one in self._chosen if one in here}
        if first:
            self._chosen = dict.fromkeys(one.unit.id for one in units)
        self.list.setVisible(bool(units))
        self.every.setVisible(bool(units))
        self._empty.setVisible(not units)
        self._draw()

    def _draw(self) -> None:
        self.list.show_rows([_row(one, one.unit.id in self._chosen) for one in self._units])
        self._tell()

    def _tell(self, _: object = None) -> None:
        self._sum.setText(say("register-sum", units=len(self._units), chosen=len(self._chosen)))
        self.write.say(say("register-write", count=len(self._chosen)))
        some = self.book.isChecked() or self.form.isChecked()
        self.write.setEnabled(bool(self._chosen) and some and self._ticket is None)

    # ── choosing

    def _toggle(self, unit: str) -> None:
        if unit in self._chosen:
            del self._chosen[unit]
        else:
            self._chosen[unit] = None
        self._draw()

    def _choose_all(self) -> None:
        every = [one.unit.id for one in self._units]
        self._chosen = {} if len(self._chosen) == len(every) else dict.fromkeys(every)
        self._draw()

    # ── writing

    def ask(self) -> None:
        """Where to."""
        if self.write.isEnabled():
            self._desk.lanes.read.ask(
                self, partial(papers.export_folder, self._desk.workspace), done=self._choose_folder
            )

    def _choose_folder(self, last: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("paper-export-where"), last or str(Path.home()))
        if folder:
            self.write_to(Path(folder))

    def write_to(self, folder: Path) -> None:
        """The files of the chosen units."""
        self._folder = str(folder)
        self._done.hide()
        self._progress.setRange(0, 0)
        self._progress.show()
        self.stop.show()
        call = partial(
            _write,
            self._desk.workspace,
            [one.unit.id for one in self._units if one.unit.id in self._chosen],
            folder,
            self._desk,
            book=self.book.isChecked(),
            form=self.form.isChecked(),
        )
        self._ticket = self._desk.lanes.paper.ask(
            self, call, done=self._written, failed=self._not_written, told=self._told
        )
        self._tell()

    def _told(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._desk.lanes.paper.cancel(self._ticket)
            self._rest()

    def _rest(self) -> None:
        self._ticket = None
        self._progress.hide()
        self.stop.hide()
        self._tell()

    def _written(self, files: tuple[Path, ...]) -> None:
        self._rest()
        self._said.setText(say("register-out-done", count=len(files), folder=self._folder))
        self._done.show()
        self.told.emit(Told(say("register-out-told", count=len(files)), icon="file-download"))
        self.open.setFocus()

    def _not_written(self, error: BaseException) -> None:
        self._rest()
        self.failed.emit(error)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))

    def fit(self) -> None:
        """As wide as the window allows."""
        self.side.fit()


class UnitList(RowList):
    """Units with a box: Space ticks one."""

    ticked = Signal(str)

    def __init__(self) -> None:
        super().__init__(name=say("register-units"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current():
            self.ticked.emit(self.current())
        else:
            super().keyPressEvent(event)


def _row(one: UnitCount, chosen: bool) -> Row:
    reported = say("findings-chip-reported", count=one.reported) if one.reported else ""
    return Row(
        key=one.unit.id,
        title=one.unit.name,
        icon="square-check" if chosen else "square",
        facts=(
            *((Fact(reported, tone="accent", badge=True),) if reported else ()),
            Fact(say("register-open", count=one.open), width=84),
        ),
    )


def _write(
    workspace: Workspace,
    units: list[str],
    folder: Path,
    desk: Desk,
    *,
    book: bool,
    form: bool,
    report: Report,
) -> tuple[Path, ...]:
    papers.keep_export_folder(workspace, folder)
    written: tuple[Path, ...] = ()
    if book:
        written += register.export_files(
            workspace,
            units,
            folder,
            called=say("register-title"),
            on=desk.now().date(),
            report=report,
        )
    if form:
        written += reply_forms.export(workspace, units, folder, report=report)
    return written
