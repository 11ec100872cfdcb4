"""Photos that are dragged from the tray onto an item or a finding."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from inspector.ui.widgets.tiles import PhotoTile

MIME: Final = "application/x-inspector-photos"


def dragged(data: QMimeData) -> tuple[str, ...]:
    """The hashes of the photos that are dragged; none for anything else."""
    if not data.hasFormat(MIME):
        return ()
    return tuple(bytes(data.data(MIME).data()).decode("ascii").split())


class DragTile(PhotoTile):
    """A photo of the tray: a press gives it to the open finding, a drag carries it to an item."""

    def __init__(
        self,
        photo: str,
        name: str,
        *,
        size: QSize,
        plate: str = "",
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, size=size, plate=plate, tone=tone, parent=parent)
        self.photo = photo
        self._pressed = QPoint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or moved < QApplication.startDragDistance():
            super().mouseMoveEvent(event)
            return
        self.setDown(False)
        data = QMimeData()
        data.setData(MIME, QByteArray(self.photo.encode()))
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab().scaledToWidth(96, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)
