"""The window: navigation, the page, what is wrong, toasts, the way back. It knows screens by their names alone."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.services import alone, chosen, today
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.dropping import dropped_pdf
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.screens import ENTRIES, OPENINGS
from inspector.ui.sync.rounds import DraftRounds
from inspector.ui.theme import theme
from inspector.ui.widgets.navigation import Navigation
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.toasts import Toasts

if TYPE_CHECKING:
    from inspector.services.workspaces import Workspace
    from inspector.ui.palette import Palette

HOME = Place("today")
START = "start"
STEPS_BACK = 30
ABOVE_TOASTS_PX = 52


class Window(QMainWindow):
    """The screens of one workspace. `closed` comes after everything typed is on the disk."""

    closed = Signal()
    own_workspace = Signal()  # from the example to the first start

    def __init__(self, desk: Desk, crash_report: Path | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._kept: dict[str, Screen] = {}
        self._path: list[Place] = []
        self._shown: Screen | None = None
        self._leaving = False
        self._closing = False
        self._palette: Palette | None = None
        self.setMinimumSize(960, 540)
        self.setAcceptDrops(True)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        ledger = desk.workspace.ledger
        self._navigation = Navigation(
            [entry for entry in ENTRIES if entry.screen in OPENINGS],
            title=say("nav-example-title") if desk.example else say("ui-name"),
            note=say("nav-example-note") if desk.example else say("nav-ledger", ledger=ledger),
            example=desk.example,
        )
        self._navigation.opened.connect(self._open_from_navigation)
        self._navigation.find_pressed.connect(self.open_palette)
        row.addWidget(self._navigation)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self._saving = ErrorStrip(can_close=False)  # a save that the disk refuses: it stays until it is saved
        self._saving.retry.connect(desk.lanes.save.retry)
        self._fault = ErrorStrip(can_retry=False)
        column.addWidget(self._saving)
        column.addWidget(self._fault)
        if desk.workspace.ended_badly:
            column.addWidget(_aftermath(desk, crash_report))
        self._pages = QStackedWidget()
        column.addWidget(self._pages, 1)
        self.setCentralWidget(inside)
        self._toasts = Toasts(inside, lift=ABOVE_TOASTS_PX)
        desk.lanes.save.stuck.connect(self._saving.show_error)
        desk.lanes.save.unstuck.connect(self._saving.clear)
        for lane in desk.lanes.all:
            lane.crashed.connect(self.show_fault)
        for keys, slot in (
            ("Ctrl+K", self.open_palette),
            ("Ctrl+N", self.start),
            ("F1", self._help),
            ("F9", theme.toggle_sunlight),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        theme.changed.connect(self._worn)
        self._draft_rounds = DraftRounds(desk)

    @property
    def screen_shown(self) -> Screen | None:
        """The page that is shown."""
        return self._shown

    def show_place(self, place: Place) -> None:
        """Leave the page in order, then open another; the way back leads here."""
        if self._shown is not None:
            self._path = [*self._path, self._shown.here()][-STEPS_BACK:]
        self._leave_for(place)

    def go_back(self) -> None:
        """Where one came from, else home."""
        self._leave_for(self._path.pop() if self._path else HOME)

    def open_palette(self) -> None:
        """The palette over the page: any site, finding, document, printed hash or action."""
        from inspector.ui.palette import Palette

        if self._palette is None:
            self._palette = Palette(self._desk, self.centralWidget())
            self._palette.go.connect(self.show_place)
        self._palette.pop()

    def start(self) -> None:
        """开始检查: choose a site."""
        self.show_place(Place("sites"))

    def show_fault(self, error: BaseException) -> None:
        """A call that nobody answers for. A fault of ours has its own dialog (crash.py)."""
        if isinstance(error, InspectorError):
            self._fault.show_error(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._navigation.fold(theme.space(self.width(), self.height()).narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing or self._shown is None:
            super().closeEvent(event)
            self.closed.emit()
            return
        event.ignore()
        # later, not inside this event: Qt ignores a close within a close
        self._shown.leave(partial(QTimer.singleShot, 0, self._close_now))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdf(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A PDF, wherever it is dropped, is verified."""
        if file := dropped_pdf(event.mimeData()):
            event.acceptProposedAction()
            self.show_place(Place("documents", spot=str(file)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._shown is not None and self._path:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _open_from_navigation(self, screen: str) -> None:
        self._path.clear()
        self._leave_for(Place(screen))

    def _leave_for(self, place: Place) -> None:
        if self._shown is None:
            self._open(place)
        elif not self._leaving:  # a second key while the disk is slow opens nothing twice
            self._leaving = True
            self._shown.leave(partial(self._open, place))

    def _open(self, place: Place) -> None:
        self._leaving = False
        if place.screen == START:
            self.own_workspace.emit()
            return
        if place.screen not in OPENINGS:
            place = HOME
        old = self._shown
        screen = self._kept.get(place.screen)
        if screen is None:
            screen = OPENINGS[place.screen].make(self._desk, place)
            self._listen(screen)
            self._pages.addWidget(screen)
            if screen.kept:
                self._kept[place.screen] = screen
        self._shown = screen
        self._toasts.clear()
        self._pages.setCurrentWidget(screen)
        self._navigation.setVisible(not screen.immersive)
        self._navigation.show_here(OPENINGS[place.screen].under or place.screen)
        if old is not None and old is not screen and not old.kept:
            self._pages.removeWidget(old)
            old.deleteLater()
        self._name()
        screen.turn_to(place)
        screen.take_focus()
        self._remember()
        self._count()

    def _count(self) -> None:
        """What needs somebody now, beside the words of the navigation."""
        self._desk.lanes.read.ask(
            self, partial(_attention, self._desk.workspace, self._desk.now()), done=self._show_counts
        )

    def _show_counts(self, counted: tuple[dict[str, int], int]) -> None:
        counts, only_here = counted
        notes = {"sync": say("nav-only-here", count=only_here)} if only_here else {}
        self._navigation.show_counts(counts, notes)

    def _listen(self, screen: Screen) -> None:
        screen.go.connect(self.show_place)
        screen.back.connect(self.go_back)
        screen.told.connect(self._tell)
        screen.changed.connect(self._count)
        screen.titled.connect(self._name)

    def _remember(self) -> None:
        """Where one is, so that a restart, also after a crash, begins there."""
        if self._shown is None:
            return
        here = self._shown.here()
        at = chosen.Stood(screen=here.screen, which=here.which, spot=here.spot)
        self._desk.lanes.read.ask(self, partial(chosen.stand, self._desk.workspace, at))

    def _name(self) -> None:
        if self._shown is not None:
            key = "ui-title-example" if self._desk.example else "ui-title"
            self.setWindowTitle(say(key, page=self._shown.title))

    def _tell(self, told: Told) -> None:
        self._toasts.pop(told.text, icon=told.icon, undo=told.undo)

    def _help(self) -> None:
        self.show_place(Place("help", spot=self._shown.place.screen if self._shown else ""))

    def _worn(self) -> None:
        """Another look is on: remember it."""
        look = theme.look
        self._navigation.fold(theme.space(self.width(), self.height()).narrow)
        kept = chosen.Appearance(
            base=look.base, sunlight=look.sunlight, big=look.big, text_percent=look.text_percent
        )
        self._desk.lanes.read.ask(self, partial(chosen.keep_appearance, self._desk.workspace, kept))


def _attention(workspace: Workspace, now: datetime) -> tuple[dict[str, int], int]:
    """What needs somebody now, by screen, and how many inspections lie on this laptop alone."""
    return today.counts(workspace, now=now), alone.inspections(workspace)


def _aftermath(desk: Desk, report: Path | None) -> ErrorStrip:
    """Seldom needed: the module comes with it."""
    from inspector.ui.aftermath import AftermathStrip

    return AftermathStrip(desk, report)
