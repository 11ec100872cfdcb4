"""The first start: one's own workspace, or the example. Ready in one minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from inspector.model.errors import InspectorError
from inspector.model.person import MIN_PASSPHRASE
from inspector.services import folders
from inspector.services.folders import Folder
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Tick, primary
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label
from inspector.ui.words import day_words
from inspector.ui.work import Lanes, Report

TICK_MS = 10_000


def default_folder() -> Path:
    """Where a workspace lies unless one says otherwise."""
    return Path.home() / say("start-folder")


def example_folder() -> Path:
    """Where the example lies."""
    return Path.home() / say("start-example-folder")


class StartWindow(QMainWindow):
    """The form at the right, what it means at the left. `made` gives the open workspace."""

    made = Signal(object)  # Workspace
    closed = Signal()

    def __init__(self, lanes: Lanes, now: Callable[[], datetime], folder: Path) -> None:
        super().__init__()
        self._lanes = lanes
        self._now = now
        self._folder = folder
        self._looked: Folder | None = None
        self.setWindowTitle(say("ui-name"))
        self.setMinimumSize(960, 540)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = _promises()
        row.addWidget(self._side)
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scrolled = Scrolled(margins=(48, 24, 48, 8), spacing=8)
        column.addWidget(self._scrolled, 1)
        self._make_form(self._scrolled.body)
        column.addLayout(self._make_foot())
        row.addWidget(work, 1)
        self.setCentralWidget(inside)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tell_time)
        self._clock.start()
        self._tell_time()
        self._look()
        self._name.setFocus()

    def show_error(self, error: BaseException) -> None:
        """Why a workspace could not be opened."""
        self._strip.show_error(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme.space(self.width(), self.height())
        width = theme.look.px(320 if space.narrow else 480)
        self._side.setMinimumWidth(width)
        self._side.setMaximumWidth(width)
        self._side.setVisible(not space.drawer)
        side = 24 if space.narrow else 48
        self._scrolled.body.setContentsMargins(side, 16 if space.low else 40, side, 8)

    def _make_form(self, body: QVBoxLayout) -> None:
        body.addWidget(Label(say("start-title"), role="page", bold=True))
        body.addWidget(Label(say("start-note"), tone="muted", wrap=True))
        self._strip = ErrorStrip(can_retry=False)
        body.addWidget(self._strip)
        self._name = TextLine(name=say("start-name"))
        self._position = TextLine(name=say("start-position"))
        self._organisation = TextLine(name=say("start-organisation"))
        self._number = TextLine(name=say("start-number"), placeholder=say("start-number-hint"))
        self._passphrase = PassphraseField(name=say("start-passphrase"))
        self._again = PassphraseField(name=say("start-again"))
        self._ledger = TextLine(name=say("start-ledger"), placeholder=say("start-ledger-example"))
        self._place = TextLine(str(self._folder), name=say("start-place"))
        self._place.setReadOnly(True)
        change = Button(say("start-change"), icon="folder")
        change.clicked.connect(self._choose_folder)
        place = QWidget()
        with_button = QHBoxLayout(place)
        with_button.setContentsMargins(0, 0, 0, 0)
        with_button.setSpacing(8)
        with_button.addWidget(self._place, 1)
        with_button.addWidget(change)
        least = say("start-least", count=MIN_PASSPHRASE)
        self._fields = {
            "name": Field(say("start-name"), self._name),
            "position": Field(say("start-position"), self._position),
            "organisation": Field(say("start-organisation"), self._organisation),
            "number": Field(say("start-number"), self._number, hint=say("ui-optional")),
            "passphrase": Field(say("start-passphrase"), self._passphrase, hint=least),
            "again": Field(say("start-again"), self._again),
            "ledger": Field(say("start-ledger"), self._ledger, hint=say("start-ledger-hint")),
            "place": Field(say("start-place"), place),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for number, field in enumerate(self._fields.values()):
            grid.addWidget(field, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        body.addLayout(grid)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addWidget(Icon("keyboard", px=18))
        hint.addWidget(Label(say("start-passphrase-note"), role="second", tone="muted", wrap=True), 1)
        body.addLayout(hint)
        body.addWidget(self._make_clock())
        body.addStretch(1)

    def _make_clock(self) -> Card:
        card = Card(kind="accent")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Icon("clock", token="accent"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._time = Label(bold=True, wrap=True)
        words.addWidget(self._time)
        words.addWidget(Label(say("start-clock-note"), role="second", tone="muted", wrap=True))
        row.addLayout(words, 1)
        self._right_time = Tick(say("start-clock-right"))
        row.addWidget(self._right_time)
        card.body.addLayout(row)
        self._time_asked = Label(role="second", tone="bad")
        self._time_asked.hide()
        card.body.addWidget(self._time_asked)
        return card

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 8, 48, 20)
        foot.setSpacing(12)
        self._example = Button(say("start-example"), icon="player-play")
        self._example.clicked.connect(self._show_example)
        foot.addWidget(self._example)
        self._progress = Label(role="second", tone="muted")
        foot.addWidget(self._progress, 1)
        self.make = primary(say("start-make"), big=True)
        self.make.clicked.connect(self._make)
        self._again.entered.connect(self._make)
        foot.addWidget(self.make)
        return foot

    def _tell_time(self) -> None:
        now = self._now()
        text = say("start-clock", year=now.year, day=day_words(now), time=f"{now:%H:%M}")
        self._time.setText(text)

    def _look(self) -> None:
        self._lanes.read.ask(self, partial(folders.look, self._folder), done=self._seen)

    def _seen(self, folder: Folder) -> None:
        self._looked = folder
        field = self._fields["place"]
        field.hint(say("start-free", gigabytes=folder.free // 10**9))
        field.ask(say(folder.unfit) if folder.unfit else "")
        self.make.say(say("start-open") if folder.holds else say("start-make"))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("start-place"), str(self._folder.parent))
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, chosen: Path) -> None:
        """Another place for the workspace; a folder with other files gets one of its own inside."""
        taken = chosen.is_dir() and any(chosen.iterdir()) and not (chosen / "inspector.db").exists()
        self._folder = chosen / say("start-folder") if taken else chosen
        self._place.setText(str(self._folder))
        self._look()

    def _complete(self) -> bool:
        """Ask back in place; whether nothing is missing."""
        asks = {
            "name": say("start-ask-name") if not self._name.text().strip() else "",
            "organisation": say("start-ask-organisation") if not self._organisation.text().strip() else "",
            "passphrase": say("start-least", count=MIN_PASSPHRASE)
            if len(self._passphrase.passphrase()) < MIN_PASSPHRASE
            else "",
            "again": say("start-ask-again")
            if self._passphrase.passphrase() != self._again.passphrase()
            else "",
            "place": say(self._looked.unfit) if self._looked and self._looked.unfit else "",
        }
        for name, text in asks.items():
            self._fields[name].ask(text)
        right = self._right_time.isChecked()
        self._time_asked.setText("" if right else say("start-ask-clock"))
        self._time_asked.setVisible(not right)
        first = next((name for name, text in asks.items() if text), "")
        if first:
            self._fields[first].editor.setFocus()
        elif not right:
            self._right_time.setFocus()
        return right and not first

    def _make(self) -> None:
        if not self.make.isEnabled():
            return
        if self._looked and self._looked.holds:
            self._ask(partial(_open, self._folder))
            return
        for line in (self._name, self._position, self._organisation, self._number, self._ledger):
            line.commit()
        if not self._complete():
            return
        self._ask(
            partial(
                _make,
                self._folder,
                ledger=self._ledger.text().strip(),
                name=self._name.text(),
                position=self._position.text(),
                organisation=self._organisation.text(),
                number=self._number.text(),
                passphrase=self._passphrase.passphrase(),
                now=self._now(),
            )
        )

    def _show_example(self) -> None:
        self._ask(partial(_example, example_folder(), self._now()))

    def _ask(self, call: Callable[..., Workspace]) -> None:
        self._strip.clear()
        self.make.setEnabled(False)
        self._example.setEnabled(False)
        self._progress.setText(say("start-working"))
        self._lanes.paper.ask(self, call, done=self.made.emit, failed=self._failed, told=self._told)

    def _told(self, done: int, total: int) -> None:
        self._progress.setText(say("start-progress", done=done, total=total))

    def _failed(self, error: BaseException) -> None:
        self._progress.setText("")
        self.make.setEnabled(True)
        self._example.setEnabled(True)
        self._strip.show_error(error)


def _promises() -> QFrame:
    side = QFrame()
    side.setProperty("kind", "sections")
    outer = QVBoxLayout(side)
    outer.setContentsMargins(0, 0, 0, 0)
    scrolled = Scrolled(margins=(40, 48, 36, 32), spacing=6)
    outer.addWidget(scrolled)
    body = scrolled.body
    body.addWidget(Label(say("ui-name"), role="date", bold=True))
    body.addWidget(Label(say("start-motto"), role="title", tone="muted", wrap=True))
    body.addSpacing(20)
    for icon, title, text in (
        ("wifi-off", "start-promise-offline", "start-promise-offline-note"),
        ("device-floppy", "start-promise-saved", "start-promise-saved-note"),
        ("shield-check", "start-promise-signed", "start-promise-signed-note"),
    ):
        row = QHBoxLayout()
        row.setSpacing(14)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(say(title), role="item", bold=True))
        column.addWidget(Label(say(text), tone="muted", wrap=True))
        mark = QVBoxLayout()
        mark.addWidget(Icon(icon, token="accent"))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(column, 1)
        body.addLayout(row)
        body.addSpacing(8)
    body.addStretch(1)
    warn = Card(kind="warn")
    warn.head.addWidget(Icon("alert-triangle", token="warn"))
    warn.head.addWidget(Label(say("start-know"), tone="warn", bold=True))
    warn.head.addStretch(1)
    warn.add(Label(say("start-know-forms"), wrap=True))
    warn.add(Label(say("start-know-secrets"), wrap=True))
    body.addWidget(warn)
    return side


def _make(
    folder: Path,
    *,
    ledger: str,
    name: str,
    position: str,
    organisation: str,
    number: str,
    passphrase: str,
    now: datetime,
    report: Report,
) -> Workspace:
    """The workspace and its first person. What was made of it is closed again if the person cannot be added; a second
    try finds it and goes on."""
    from inspector.services import people, workspaces

    report(0, 2)
    workspace = workspaces.create(folder, ledger=ledger)
    report(1, 2)
    try:
        people.add(
            workspace,
            name=name,
            organisation=organisation,
            position=position,
            passphrase=passphrase,
            number=number,
            now=now,
        )
    except InspectorError:
        workspace.close()
        raise
    return workspace


def _open(folder: Path, *, report: Report) -> Workspace:
    from inspector.services import workspaces

    report(0, 1)
    return workspaces.opened(folder)


def _example(folder: Path, now: datetime, *, report: Report) -> Workspace:
    """The example, built the first time (about a minute), opened from then on."""
    from inspector.services import demo, workspaces

    demo.build(folder, now=now, report=report)
    return workspaces.opened(folder)
