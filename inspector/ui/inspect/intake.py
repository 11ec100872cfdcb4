"""Photos come in: from a dialog, dropped, pasted, also as bare pixels; several at once, each failure by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector.model.photo import Photo
from inspector.services import photos
from inspector.services.photos import Taken
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.work import Ticket


class PhotoIntake(QObject):
    """`came` with the hashes of what came in, in the order given. `placed`: they belong to something already, so they
    lie in no tray."""

    came = Signal(object)  # tuple of hashes
    coming = Signal(int, int)
    taken = Signal(object)  # tuple of Taken: what became of each file
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, *, placed: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._over, self._placed = desk, parent, placed
        self._ticket: Ticket | None = None

    def ask(self) -> None:
        """Which files."""
        names, _ = QFileDialog.getOpenFileNames(self._over, say("photos-import"), "", say("photos-files"))
        self.take_files([Path(name) for name in names])

    def take_files(self, files: Sequence[Path]) -> None:
        """Take in files."""
        if not files:
            return
        self.coming.emit(0, len(files))
        call = partial(photos.take_files, self._desk.workspace, list(files), now=self._now())
        self._ticket = self._desk.lanes.images.ask(
            self, call, done=self._files_came, failed=self.failed.emit, told=self.coming.emit
        )

    def take(self, data: QMimeData) -> bool:
        """Take in what was dropped or lies in the clipboard; whether there was a photo in it."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.take_files(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        name = f"{say('photos-pasted')}-{self._desk.now():%H%M%S}.png"
        self._desk.lanes.images.ask(
            self,
            partial(_take_image, self._desk, image, name, self._now()),
            done=self._pasted,
            failed=self.failed.emit,
        )
        return True

    def paste(self) -> bool:
        """Take in what lies in the clipboard."""
        return self.take(QGuiApplication.clipboard().mimeData())

    def stop(self) -> None:
        """Nobody wants the rest; what came in stays in the tray."""
        if self._ticket is not None:
            self._desk.lanes.images.cancel(self._ticket)
            self.taken.emit(())
            self.came.emit(())

    def _now(self) -> datetime | None:
        return None if self._placed else self._desk.now()

    def _files_came(self, taken: tuple[Taken, ...]) -> None:
        self.taken.emit(taken)
        self.came.emit(tuple(one.photo.sha256 for one in taken if one.photo is not None))

    def _pasted(self, photo: Photo) -> None:
        self.came.emit((photo.sha256,))


def _take_image(desk: Desk, image: QImage, name: str, now: datetime | None) -> Photo:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return photos.take_bytes(desk.workspace, bytes(data.data()), name=name, now=now)
