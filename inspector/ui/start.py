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

from inspector.model.person import MIN_PASSPHRASE
from inspector.services import folders
from inspector.services.folders import Folder
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui import beginning
from inspector.ui.beginning import Brought, Myself
from inspector.ui.imewise import TextLine
from inspector.ui.promises import promises
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Tick, primary
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label
from inspector.ui.words import day_words
from inspector.ui.work import Lanes

TICK_MS = 10_000
FORM_PX = 900  # in a wide window the form stays at the hand


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
        self._looks = 0
        self._brought: Brought | None = None
        self.setWindowTitle(say("ui-name"))
        self.setMinimumSize(960, 540)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = promises()
        row.addWidget(self._side)
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scrolled = Scrolled(margins=(48, 24, 48, 8), spacing=8)
        column.addWidget(self._scrolled, 1)
        self._make_form(self._scrolled.body)
        self._foot = self._make_foot()
        column.addLayout(self._foot)
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
        right = self.width() - width - side - theme.look.px(FORM_PX) if space.wide else side
        self._scrolled.body.setContentsMargins(side, 16 if space.low else 40, right, 8)
        self._foot.setContentsMargins(side, 8, right, 20)

    def _make_form(self, body: QVBoxLayout) -> None:
        body.addWidget(Label(say("start-title"), role="page", bold=True))
        self._note = Label(say("start-note"), tone="muted", wrap=True)
        body.addWidget(self._note)
        self._strip = ErrorStrip(can_retry=False)
        body.addWidget(self._strip)
        self._name = TextLine(name=say("start-name"))
        self._position = TextLine(name=say("start-position"))
        self._organisation = TextLine(name=say("start-organisation"))
        self._number = TextLine(name=say("start-number"), placeholder=say("start-number-hint"))
        self._passphrase = PassphraseField(name=say("start-passphrase"))
        self._again = PassphraseField(name=say("start-again"))
        self._ledger = TextLine(name=say("start-ledger"), placeholder=say("start-ledger-example"))
        self._opens = PassphraseField(name=say("start-bundle-passphrase"))
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
            "opens": Field(say("start-bundle-passphrase"), self._opens),
            "place": Field(say("start-place"), place),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self._fields["opens"].hide()
        for number, field in enumerate(field for name, field in self._fields.items() if name != "opens"):
            grid.addWidget(field, number // 2, number % 2)
        grid.addWidget(self._fields["opens"], len(self._fields) // 2, 0)
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
        foot.setSpacing(12)
        self._example = Button(say("start-example"), icon="player-play")
        self._example.clicked.connect(self._show_example)
        foot.addWidget(self._example)
        self._bring = Button(say("start-bundle"), icon="package-import")
        self._bring.clicked.connect(self._choose_bundle)
        foot.addWidget(self._bring)
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

    def _look(self, *, apart: str = "") -> None:
        """Ask the system about the folder; until it answers nothing is made there."""
        self._looks += 1
        self._looked = None
        self.make.setEnabled(False)
        self._fields["place"].hint(say("start-looking"))
        self._lanes.read.ask(
            self,
            partial(folders.look, self._folder, apart=apart),
            done=partial(self._seen, self._looks),
            failed=self._not_seen,
        )

    def _seen(self, look: int, folder: Folder) -> None:
        if look != self._looks:  # another folder was chosen since
            return
        self._looked, self._folder = folder, folder.path
        self._place.setText(str(folder.path))
        self.make.setEnabled(self._example.isEnabled())
        field = self._fields["place"]
        field.hint(say("start-free", gigabytes=folder.free // 10**9))
        field.ask(say(folder.unfit) if folder.unfit else "")
        self.make.say(say("start-open") if folder.holds else say("start-make"))

    def _not_seen(self, error: BaseException) -> None:
        self._fields["place"].hint("")
        self._strip.show_error(error)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, say("start-place"), str(self._folder.parent))
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, chosen: Path) -> None:
        """Another place for the workspace; a folder with other files gets one of its own inside."""
        self._folder = chosen
        self._place.setText(str(chosen))
        self._look(apart=say("start-folder"))

    def _choose_bundle(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, say("start-bundle"), "", say("sync-bundles"))
        if files:
            self.bring(tuple(Path(file) for file in files))

    def bring(self, files: tuple[Path, ...]) -> None:
        """Begin with an office's bundle: its ledger, forms, units, sites and people come along."""
        self._strip.clear()
        self._lanes.read.ask(
            self, partial(beginning.look, files), done=self._is_brought, failed=self._strip.show_error
        )

    def _is_brought(self, brought: Brought) -> None:
        self._brought = brought
        self._ledger.setText(brought.ledger)
        self._ledger.setReadOnly(True)
        self._fields["ledger"].hint(say("start-bundle-from"))
        self._note.setText(say("start-bundle-brings", file=brought.files[0].name))
        self._fields["organisation"].hint(say("start-bundle-known"))
        self._fields["opens"].setVisible(brought.sealed)
        (self._opens if brought.sealed else self._name).setFocus()

    def _complete(self) -> bool:
        """Ask back in place; whether nothing is missing."""
        asks = {
            "name": say("start-ask-name") if not self._name.text().strip() else "",
            "organisation": say("start-ask-organisation")
            if not (self._brought or self._organisation.text().strip())
            else "",
            "opens": say("start-ask-bundle")
            if self._brought and self._brought.sealed and not self._opens.passphrase()
            else "",
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
            self._ask(partial(beginning.reopen, self._folder))
            return
        for line in (self._name, self._position, self._organisation, self._number, self._ledger):
            line.commit()
        if not self._complete():
            return
        myself = Myself(
            name=self._name.text(),
            position=self._position.text(),
            organisation=self._organisation.text(),
            number=self._number.text(),
            passphrase=self._passphrase.passphrase(),
        )
        now = self._now()
        if self._brought:
            opens = self._opens.passphrase()
            self._ask(partial(beginning.from_bundle, self._folder, myself, self._brought, opens, now=now))
        else:
            ledger = self._ledger.text().strip()
            self._ask(partial(beginning.make, self._folder, myself, ledger=ledger, now=now))

    def _show_example(self) -> None:
        self._ask(partial(beginning.example, example_folder(), self._now()))

    def _ask(self, call: Callable[..., Workspace]) -> None:
        self._strip.clear()
        for button in (self.make, self._example, self._bring):
            button.setEnabled(False)
        self._progress.setText(say("start-working"))
        self._lanes.paper.ask(self, call, done=self.made.emit, failed=self._failed, told=self._told)

    def _told(self, done: int, total: int) -> None:
        self._progress.setText(say("start-progress", done=done, total=total))

    def _failed(self, error: BaseException) -> None:
        self._progress.setText("")
        for button in (self._example, self._bring):
            button.setEnabled(True)
        self.make.setEnabled(self._looked is not None)
        self._strip.show_error(error)
