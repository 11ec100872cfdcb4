"""A fault of ours: a report in the workspace's logs, one dialog that says where it lies, and the work goes on.

A report names no text that a person typed: it is sent to strangers."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector import __version__
from inspector.text import say
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.text import Label

log = logging.getLogger(__name__)

NATIVE = "crash-native.txt"
MOST_DIALOGS = 3


class Crashes(QObject):
    """Takes what no screen expected. `folder` is where reports lie."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._dialogs: list[CrashDialog] = []  # kept: a dialog that nobody holds is gone at once
        self._native: TextIO | None = None
        self.earlier = self._left_behind()

    def watch(self) -> None:
        """From now on: exceptions of slots come here, and a fault below Python leaves its stack in a file."""
        sys.excepthook = self._caught
        self._native = (self._folder / NATIVE).open("w", encoding="utf-8")
        faulthandler.enable(self._native)

    def end(self) -> None:
        """The program ends as it should."""
        sys.excepthook = sys.__excepthook__
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            (self._folder / NATIVE).unlink(missing_ok=True)
            self._native = None

    def report(self, error: BaseException) -> Path | None:
        """Write a report; where it lies, or None if the disk refuses."""
        file = self._folder / f"crash-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.txt"
        frames = traceback.extract_tb(error.__traceback__)
        head = f"inspector {__version__}\nQt {qVersion()}\nPython {sys.version}\n{platform.platform()}\n"
        stack = "".join(traceback.format_list(frames))
        try:
            file.write_text(f"{head}\n{stack}{type(error).__name__}\n", "utf-8")
        except OSError:
            return None
        return file

    def show(self, error: BaseException) -> None:
        """One dialog: what happened, that what was saved is there, where the report lies."""
        file = self.report(error)
        log.error("%s, report %s", type(error).__name__, file and file.name)
        if len(self._dialogs) >= MOST_DIALOGS:  # a fault in every repaint must not bury the window
            return
        dialog = CrashDialog(file, QApplication.activeWindow())
        self._dialogs.append(dialog)
        dialog.open()

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.show(error.with_traceback(trace))

    def _left_behind(self) -> Path | None:
        """The stack of a program that was struck down below Python, kept under a name of its own."""
        file = self._folder / NATIVE
        try:
            if not file.exists() or not file.stat().st_size:
                return None
            return file.rename(self._folder / f"crash-{datetime.now().astimezone():%Y%m%d-%H%M%S}-native.txt")
        except OSError:
            return None


class CrashDialog(QDialog):
    """What a person sees of a fault of ours."""

    def __init__(self, file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.setWindowTitle(say("crash-title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(say("ui-fault"), role="title", bold=True, wrap=True))
        where = say("crash-where", file=file) if file else say("crash-nowhere")
        text = Label(where, wrap=True)
        text.setMinimumWidth(460)
        column.addWidget(text)
        row = QHBoxLayout()
        row.addStretch(1)
        if file is not None:
            folder = Button(say("crash-open-folder"), icon="folder-open")
            folder.clicked.connect(self._open_folder)
            row.addWidget(folder)
        on = primary(say("crash-go-on"))
        on.clicked.connect(self.accept)
        row.addWidget(on)
        column.addLayout(row)

    def _open_folder(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))
