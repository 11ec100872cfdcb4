"""The program with a window: fonts, look, translations of Qt, the workspace, and the order of ending."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path
from time import process_time

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from inspector.model.errors import InspectorError
from inspector.places import resource
from inspector.services import chosen, recent, workspaces
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.crash import Crashes
from inspector.ui.desk import Desk, clock
from inspector.ui.screen import Place
from inspector.ui.theme import FAMILY, Look, theme
from inspector.ui.window import HOME, Window
from inspector.ui.work import Lanes, Rubbish

log = logging.getLogger(__name__)

FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE = "HanaMinB"  # characters of names that Noto lacks: \U00020BB7
FIRST_SIZE = (1280, 720)
UNREAD_MS = 300


def dress(application: QApplication) -> None:
    """Fonts, look and Qt's own words: what every window of this program stands on, `dress_names` apart."""
    for font in FONTS:
        QFontDatabase.addApplicationFont(str(resource("fonts", font)))
    QFont.insertSubstitution(FAMILY, RARE)
    application.setApplicationName(say("ui-name"))
    application.setQuitOnLastWindowClosed(False)  # a window that closes still waits for the disk
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    icon = QIcon()
    icon.addFile(str(resource("icons", "clipboard-check.svg")))
    application.setWindowIcon(icon)
    theme.wear(Look())


def dress_names() -> None:
    """The font of rare characters: Qt goes through its 30 MB, so not before the first page stands."""
    if RARE not in QFontDatabase.families():
        QFontDatabase.addApplicationFont(str(resource("fonts", f"{RARE}.ttf")))


class Program(QObject):
    """From start to end: which workspace, which window."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self.lanes = Lanes()
        self.window: QMainWindow | None = None
        self._workspace: Workspace | None = None
        self._crashes: Crashes | None = None
        self._rubbish = Rubbish()
        for lane in self.lanes.all:
            lane.crashed.connect(self._lane_crashed)

    def begin(self, folder: str | None) -> None:
        """Open the workspace that was named, or the last one, or the default; else the first start."""
        named = Path(folder) if folder else recent.last()
        if named is None:
            from inspector.ui.start import default_folder

            named = default_folder()
        try:
            self.work_in(workspaces.opened(named, report=self._remade))
        except InspectorError as error:
            from inspector.ui.start import default_folder

            new = error.key == "workspace-missing" and not folder
            self._first_start(default_folder() if new else named, None if new else error)

    def _remade(self, done: float) -> None:
        """Lists are made again: a window says so until the first page takes its place."""
        from inspector.ui.remaking import Remaking

        if not isinstance(self.window, Remaking):
            self.window = Remaking()
        self.window.tell(done)

    def work_in(self, workspace: Workspace) -> None:
        """Show the window of an open workspace, where one stood last."""
        self._workspace = workspace
        recent.remember(workspace.path)
        seen = chosen.appearance(workspace)
        theme.wear(Look(base=seen.base, sunlight=seen.sunlight, big=seen.big, text_percent=seen.text_percent))
        self._crashes = Crashes(workspace.path / "logs")
        self._crashes.watch()
        window = Window(Desk(workspace=workspace, lanes=self.lanes, now=clock), self._crashes.earlier)
        window.closed.connect(self._end)
        window.own_workspace.connect(self._leave_example)
        stood = chosen.stood(workspace)
        place = Place(stood.screen, stood.which, stood.spot) if stood.screen else HOME
        if place.screen == HOME.screen:
            self._show_read(window, place)
        else:
            self._show(window)
            window.show_place(place)
        self.lanes.read.when_idle(window, partial(QTimer.singleShot, 0, self._ready))

    def _show_read(self, window: Window, place: Place) -> None:
        """Home is painted once, with all it says, as soon as that was read; unread where that takes long."""
        late = QTimer(window, singleShot=True, interval=UNREAD_MS)
        late.timeout.connect(partial(self._show, window))
        late.start()
        window.show_place(place)
        self.lanes.read.when_idle(window, partial(self._show_now, window, late))

    def _show_now(self, window: Window, late: QTimer) -> None:
        if late.isActive():
            late.stop()
            self._show(window)

    def _ready(self) -> None:
        """Painted, and everything that the first page shows was read."""
        log.info("ready, %d ms of the processor", process_time() * 1000)
        dress_names()

    def _lane_crashed(self, error: BaseException) -> None:
        if self._crashes is not None and not isinstance(error, InspectorError):
            self._crashes.show(error)

    def _first_start(self, folder: Path, error: InspectorError | None = None) -> None:
        from inspector.ui.start import StartWindow

        start = StartWindow(self.lanes, clock, folder)
        start.made.connect(self.work_in)
        start.closed.connect(self._end)
        if error is not None:
            start.show_error(error)
        self._show(start)

    def _show(self, window: QMainWindow) -> None:
        old, self.window = self.window, window
        window.resize(*FIRST_SIZE)
        screen = window.screen().availableGeometry()
        if screen.width() <= FIRST_SIZE[0] or screen.height() <= FIRST_SIZE[1]:
            window.setWindowState(Qt.WindowState.WindowMaximized)
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _leave_example(self) -> None:
        """From the example to the own workspace."""
        from inspector.ui.start import default_folder

        self._let_go()
        self._first_start(default_folder())

    def _let_go(self) -> None:
        if self._crashes is not None:
            self._crashes.end()
            self._crashes = None
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.close()

    def _end(self) -> None:
        self.lanes.close()
        self._let_go()
        self._application.quit()


def main(folder: str | None) -> int:
    """The window; its exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    application = QApplication(sys.argv[:1])
    dress(application)
    program = Program(application)
    program.begin(folder)
    return application.exec()
