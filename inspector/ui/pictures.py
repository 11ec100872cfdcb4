"""Thumbnails for tiles and rows: read and decoded on the images lane, the latest few hundred kept."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector.model.errors import InspectorError
from inspector.services.workspaces import Workspace
from inspector.ui.desk import Desk

KEPT: Final = 400  # of 120 × 90 px: 17 MB


class Pictures(QObject):
    """Small pictures by the hash of their original."""

    arrived = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._images: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._asked: set[tuple[str, int, int]] = set()

    def image(self, photo: str, *, side_px: int = 320, turned: int = 0) -> QImage | None:
        """The picture if it is here; else None, and `arrived` says when it came."""
        key = (photo, side_px, turned)
        found = self._images.get(key)
        if found is not None:
            self._images.move_to_end(key)
            return found
        if key not in self._asked:
            self._asked.add(key)
            self._desk.lanes.images.ask(
                self,
                partial(_thumbnail, self._desk.workspace, photo, side_px, turned),
                done=partial(self._keep, key),
                failed=partial(self._fail, key),
            )
        return None

    def _keep(self, key: tuple[str, int, int], image: QImage) -> None:
        self._images[key] = image
        self._asked.discard(key)
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        self.arrived.emit(key[0])

    def _fail(self, key: tuple[str, int, int], error: BaseException) -> None:
        """A photo that is not here (another laptop has it) stays a grey tile; asking again would not help."""
        if not isinstance(error, InspectorError):
            self._asked.discard(key)


def _thumbnail(workspace: Workspace, photo: str, side_px: int, turned: int) -> QImage:
    from inspector.services import (
        photos,  # 0.1 s with its decoders (measured): not before the window is there
    )

    return QImage.fromData(photos.thumbnail(workspace, photo, turned=turned, side_px=side_px))
