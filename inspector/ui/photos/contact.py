"""The contact sheet: a day's photos by time, in groups with a heading, chosen by keys or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from inspector.model.inspection import PhotoRole
from inspector.services.album import Picture
from inspector.text import say
from inspector.ui.inspect.photo_tiles import MIME
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import PhotoTile

GAP: Final = timedelta(minutes=5)  # a pause longer than this begins another group
COLUMNS: Final = 4
ROOM_PX: Final = 8


class ContactTile(PhotoTile):
    """One photo of the sheet."""

    def __init__(self, picture: Picture, name: str, *, size: QSize, plate: str, tone: str) -> None:
        super().__init__(name, size=size, plate=plate, tone=tone)
        self.photo = picture.photo.sha256
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sheet has the focus and its keys


class ContactSheet(Scrolled):
    """`chosen` with the hashes in the order of choosing, the one at hand last; `typed` a character for the number."""

    chosen = Signal(object)
    typed = Signal(str)
    opened = Signal()
    dragged = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(margins=(20, 8, 20, 12), spacing=6)
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._tiles: dict[str, ContactTile] = {}
        self._order: list[str] = []
        self._keys: list[tuple[str, int]] = []
        self._taken: list[str] = []
        self._here = ""
        self._anchor = ""
        self._pressed: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("album-sheet"))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(6)
        self.body.addLayout(self._groups)
        self.body.addStretch(1)

    @property
    def taken(self) -> tuple[str, ...]:
        """What is chosen, in the order of choosing."""
        return tuple(self._taken)

    @property
    def here(self) -> str:
        """The photo at hand."""
        return self._here

    def tile(self, photo: str) -> ContactTile | None:
        """The tile of a photo."""
        return self._tiles.get(photo)

    def show_pictures(self, pictures: Sequence[Picture], *, draft: str) -> None:
        """The photos by time; what was chosen stays chosen where it is still there. The same photos in the same
        order keep their tiles: only what the plates say is new."""
        keys = [(one.photo.sha256, one.photo.shift_seconds) for one in pictures]
        if keys == self._keys:
            for picture in pictures:
                tile = self._tiles[picture.photo.sha256]
                plate, tone = plate_of(picture, draft)
                tile.show_plate(plate, tone)
                tile.setAccessibleName(say("album-tile", name=picture.photo.name, at=plate))
            return
        self._keys = keys
        while item := self._groups.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._tiles, self._order = {}, [one.photo.sha256 for one in pictures]
        for group in _groups(pictures):
            self._groups.addWidget(Label(_heading(group), role="second", bold=True))
            holder = QWidget()
            row = FlowLayout(holder, gap=ROOM_PX, row_gap=ROOM_PX)
            for picture in group:
                plate, tone = plate_of(picture, draft)
                tile = ContactTile(
                    picture,
                    say("album-tile", name=picture.photo.name, at=plate),
                    size=self._side(),
                    plate=plate,
                    tone=tone,
                )
                tile.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                tile.show_image(self._pictures.image(picture.photo.sha256))
                self._tiles[picture.photo.sha256] = tile
                row.addWidget(tile)
            self._groups.addWidget(holder)
        self._taken = [photo for photo in self._taken if photo in self._tiles]
        if self._here not in self._tiles:
            self._here = self._order[0] if self._order else ""
        self._number()

    def choose(self, photos: Sequence[str]) -> None:
        """Choose these, and no others."""
        self._taken = [photo for photo in photos if photo in self._tiles]
        if self._taken:
            self._here = self._taken[-1]
        self._tell()

    def go_to(self, photo: str) -> None:
        """Make a photo the one at hand."""
        if photo in self._tiles:
            self._here = self._anchor = photo
            self.choose([photo])

    # ── keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(),
            Qt.Key.Key_Down: self._columns(),
            Qt.Key.Key_Home: -len(self._order),
            Qt.Key.Key_End: len(self._order),
        }
        if key in steps and self._order:
            self._step(steps[key], extend=shift, keep=control)
        elif key == Qt.Key.Key_Space and self._here:
            self._toggle(self._here)
        elif key == Qt.Key.Key_A and control:
            self.choose(self._order)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._here:
            self.opened.emit()
        elif key == Qt.Key.Key_Escape and len(self._taken) > 1:
            self.choose([self._here])
        elif event.text().strip() and not control and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, *, extend: bool, keep: bool) -> None:
        at = self._order.index(self._here) if self._here in self._order else 0
        to = max(0, min(len(self._order) - 1, at + by))
        self._here = self._order[to]
        if extend:
            self._extend()
        elif not keep:
            self._anchor = self._here
            self._taken = [self._here]
        self._tell()

    def _extend(self) -> None:
        begin = self._order.index(self._anchor) if self._anchor in self._order else 0
        end = self._order.index(self._here)
        step = 1 if end >= begin else -1
        self._taken = self._order[begin : end + step if end + step >= 0 else None : step]

    def _toggle(self, photo: str) -> None:
        if photo in self._taken:
            self._taken.remove(photo)
        else:
            self._taken.append(photo)
        self._anchor = photo
        self._tell()

    # ── the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        photo = self._photo_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not photo:
            return
        self._pressed = event.position().toPoint()
        self._here = photo
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._toggle(photo)
            return
        elif photo not in self._taken:
            self._anchor = photo
            self._taken = [photo]
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        photo = self._photo_at(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if self._pressed is not None and plain and photo == self._here and len(self._taken) > 1:
            self._anchor = photo
            self.choose([photo])
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._photo_at(event.position().toPoint()):
            self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not self._taken:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if moved < QApplication.startDragDistance():
            return
        self._pressed = None
        self.dragged.emit()
        data = QMimeData()
        data.setData(MIME, QByteArray(" ".join(self._taken).encode()))
        drag = QDrag(self)
        drag.setMimeData(data)
        tile = self._tiles[self._here]
        drag.setPixmap(tile.grab().scaledToWidth(96, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for tile in self._tiles.values():
            tile.resize_to(self._side())

    def _photo_at(self, at: QPoint) -> str:
        for photo, tile in self._tiles.items():
            if tile.rect().contains(tile.mapFrom(self, at)):
                return photo
        return ""

    def _columns(self) -> int:
        return max(2, COLUMNS if self.width() < 900 else self.width() // 190)

    def _side(self) -> QSize:
        columns = self._columns()
        room = self.width() - 40 - 16 - ROOM_PX * (columns - 1)
        width = max(96, room // columns)
        return QSize(width, width * 2 // 3)

    def _arrived(self, photo: str) -> None:
        if tile := self._tiles.get(photo):
            tile.show_image(self._pictures.image(photo))

    def _number(self) -> None:
        many = len(self._taken) > 1
        for photo, tile in self._tiles.items():
            at = self._taken.index(photo) + 1 if photo in self._taken else 0
            tile.show_number(at if many else 0)
            tile.take(photo == self._here or photo in self._taken)

    def _tell(self) -> None:
        self._number()
        if tile := self._tiles.get(self._here):
            self.ensureWidgetVisible(tile, 0, 40)
            self.setAccessibleDescription(tile.accessibleName())
        self.chosen.emit(self.taken)


def plate_of(picture: Picture, draft: str) -> tuple[str, str]:
    """What the plate of a photo says, and its tone: an item of this draft, another site, or nothing yet."""
    if not picture.spots:
        return say("album-loose"), "warn"
    spot = picture.spots[0]
    if spot.draft != draft:
        return spot.site, ""
    if not spot.item:
        return say("album-jotting"), "warn"
    if spot.shot.role is PhotoRole.AFTER:
        return say("album-after", item=spot.item), "ok"
    return spot.item, "bad"


def _groups(pictures: Sequence[Picture]) -> list[list[Picture]]:
    """The photos by time, parted where nothing was taken for five minutes; those without a time come last."""
    groups: list[list[Picture]] = []
    before: datetime | None = None
    for picture in pictures:
        moment = picture.photo.moment
        same = groups and (
            (moment is None and before is None) or (moment and before and moment - before <= GAP)
        )
        if same:
            groups[-1].append(picture)
        else:
            groups.append([picture])
        before = moment
    return groups


def _heading(group: Sequence[Picture]) -> str:
    first, last = group[0].photo.moment, group[-1].photo.moment
    if first is None or last is None:
        return say("album-group-no-time", count=len(group))
    begin, end = f"{first:%H:%M}", f"{last:%H:%M}"
    if begin == end:
        return say("album-group-one", time=begin, count=len(group))
    return say("album-group", begin=begin, end=end, count=len(group))
