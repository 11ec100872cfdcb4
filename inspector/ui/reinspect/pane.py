"""Before beside after: one large photo on each side, the others of its side small below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.inspection import Evidence
from inspector.text import say
from inspector.ui.pictures import Pictures
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import PhotoTile, paint_plate
from inspector.ui.words import short_day

SIDE_PX: Final = 1280  # the longer side of the large photo, as it is decoded
SMALL: Final = QSize(88, 66)


class Large(Painted):
    """A photo as large as it fits, whole; without one, what is missing in words."""

    def __init__(self, missing: str) -> None:
        super().__init__()
        self._missing = missing
        self._image: QImage | None = None
        self._plate, self._tone, self._there = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(360, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 84)

    def show_photo(self, image: QImage | None, plate: str, tone: str, *, there: bool) -> None:
        """The photo with its plate; `there`: it will come, if it is not here yet."""
        self._image, self._plate, self._tone, self._there = image, plate, tone, there
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(pen("line2" if theme.look.sunlight else "line", theme.look.border))
        painter.setBrush(theme.color("bg"))
        painter.drawRoundedRect(room, RADIUS["photo"], RADIUS["photo"])
        if self._image is not None and not self._image.isNull():
            size = self._image.size().scaled(
                room.adjusted(3, 3, -3, -3).size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(room.center())
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
            paint_plate(painter, room, self._plate, self._tone)
        elif not self._there:
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font("body"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room.adjusted(12, 8, -12, -8), flags, self._missing)


class Strut(QWidget):
    """As high as a button: so both sides begin at the same height."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.look.control)


class Pane(QWidget):
    """One side. `removed` gives the photo that is taken off again, `add` asks for another one."""

    removed = Signal(str)
    add = Signal()

    def __init__(self, pictures: Pictures, *, after: bool) -> None:
        super().__init__()
        self._pictures, self._after = pictures, after
        pictures.arrived.connect(self._arrived)
        self._shots: tuple[Evidence, ...] = ()
        self._at = 0
        self._tiles: list[PhotoTile] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Label(say("round-after") if after else say("round-before"), bold=True))
        self._count = Label(role="second", tone="muted")
        head.addWidget(self._count, 1)
        self.take_off = IconButton("trash", say("round-take-off"))
        self.take_off.clicked.connect(self._take_off)
        self.take_off.hide()
        self.more = Button(say("round-add"), icon="photo-plus", kind="ghost", flush=True, key="Ctrl I")
        self.more.clicked.connect(self.add)
        head.addWidget(self.more)
        head.addWidget(self.take_off)
        head.addWidget(Strut())
        column.addLayout(head)
        self.more.setVisible(after)
        self.large = Large(say("round-no-after") if after else say("round-no-before"))
        column.addWidget(self.large, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._small = QWidget()
        self._small.setLayout(self._row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        column.addWidget(self._small)
        self._small.hide()

    def show_shots(self, shots: Sequence[Evidence]) -> None:
        """The photos of this side; the latest one large."""
        if tuple(shots) == self._shots:
            return
        self._shots = tuple(shots)
        self._at = max(0, len(self._shots) - 1) if self._after else 0
        for tile in self._tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = []
        several = len(self._shots) > 1
        for n, shot in enumerate(self._shots if several else ()):
            tile = PhotoTile(say("round-photo", n=n + 1, day=_day(shot)).strip(), size=SMALL)
            tile.clicked.connect(partial(self._turn, n))
            self._row.insertWidget(n, tile)
            self._tiles.append(tile)
        self._small.setVisible(several)
        self.take_off.setVisible(self._after and bool(self._shots))
        self._count.setText(say("round-photos", count=len(self._shots)) if self._shots else "")
        self._draw()

    def _turn(self, to: int) -> None:
        self._at = to
        self._draw()

    def _draw(self) -> None:
        for n, (tile, shot) in enumerate(zip(self._tiles, self._shots, strict=False)):
            tile.show_image(self._pictures.image(shot.sha256, turned=shot.turned))
            tile.take(n == self._at)
        if not self._shots:
            self.large.show_photo(None, "", "", there=False)
            self.large.setAccessibleName(say("round-no-after") if self._after else say("round-no-before"))
            return
        shot = self._shots[self._at]
        image = self._pictures.image(shot.sha256, side_px=SIDE_PX, turned=shot.turned)
        plate = say("round-seen-on" if self._after else "round-before-on", day=_day(shot)).strip()
        self.large.show_photo(image, plate, "" if self._after else "bad", there=True)
        self.large.setAccessibleName(plate)

    def _arrived(self, photo: str) -> None:
        if any(shot.sha256 == photo for shot in self._shots):
            self._draw()

    def _take_off(self) -> None:
        if self._shots:
            self.removed.emit(self._shots[self._at].sha256)


def _day(shot: Evidence) -> str:
    taken = shot.shifted or shot.taken_at
    return short_day(taken) if taken else ""
