"""A folder that is looked into: the messenger's, the phone assistant's, a card. It offers what is new, and attaches
nothing by itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector.services import album
from inspector.text import say
from inspector.ui.desk import Desk

LOOK_MS: Final = 10_000


class FolderWatch(QObject):
    """`offered` with the pictures that are new there."""

    offered = Signal(object)  # tuple of paths
    failed = Signal(object)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def ask(self) -> None:
        """Which folder."""
        self._desk.lanes.read.ask(self, partial(album.watched, self._desk.workspace), done=self._choose)

    def use(self, folder: Path) -> None:
        """Look into `folder` from now on."""
        self._desk.lanes.read.ask(
            self,
            partial(album.watch, self._desk.workspace, str(folder)),
            done=self._begun,
            failed=self.failed.emit,
        )

    def look(self) -> None:
        """What is new there."""
        self._desk.lanes.read.ask(
            self,
            partial(album.offered, self._desk.workspace, on=self._desk.now().date()),
            done=self.offered.emit,
            failed=self.failed.emit,
        )

    def _choose(self, last: str) -> None:
        start = last or str(Path.home())
        if folder := QFileDialog.getExistingDirectory(self._over, say("album-folder"), start):
            self.use(Path(folder))

    def _begun(self, _nothing: None) -> None:
        self.look()
