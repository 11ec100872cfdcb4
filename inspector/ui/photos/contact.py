"""The contact sheet: a day's photos by time, in groups with a heading, chosen by keys or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from inspector.model.inspection import PhotoRole
from inspector.services.album import Picture
from inspector.text import say
from inspector.ui.inspect.photo_tiles import MIME
from inspector.ui.photos.group import ROOM_PX, Group, by_time
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.tiles import PhotoTile

TILES_AT_ONCE: Final = 40
COLUMNS: Final = 4


class ContactTile(PhotoTile):
    """One photo of the sheet."""

    def __init__(self, photo: str, *, size: QSize) -> None:
        super().__init__("", size=size)
        self.photo = photo
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sheet has the focus and its keys

    def call(self, name: str) -> None:
        """What it is called, for a screen reader and as its tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)


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
        self._shown: dict[str, Picture] = {}
        self._draft = ""
        self._order: list[str] = []
        self._keys: list[tuple[str, int]] = []
        self._taken: list[str] = []
        self._here = ""
        self._anchor = ""
        self._pressed: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("album-sheet"))
        self._groups: list[Group] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._make)

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
        """The photos by time; what was chosen stays chosen where it is still there. A photo that was there keeps its
        tile; others get theirs a few at a time, the first ones at once."""
        self._draft = draft
        self._shown = {one.photo.sha256: one for one in pictures}
        for photo in self._tiles.keys() & self._shown.keys():
            self._write_plate(photo)
        keys = [(one.photo.sha256, one.photo.shift_seconds) for one in pictures]
        if keys == self._keys:
            return
        self._keys, self._order = keys, list(self._shown)
        wanted = by_time(pictures)
        while len(self._groups) > len(wanted):
            self._groups.pop().end()
        while len(self._groups) < len(wanted):
            self._groups.append(Group(self._column))
        for group, within in zip(self._groups, wanted, strict=True):
            group.begin(within)
        for photo in self._tiles.keys() - self._shown.keys():
            tile = self._tiles.pop(photo)
            tile.hide()
            tile.deleteLater()
        self._taken = [photo for photo in self._taken if photo in self._shown]
        if self._here not in self._shown:
            self._here = self._order[0] if self._order else ""
        for photo in self._tiles:
            self._number(photo)
        self._make()

    def _make(self) -> None:
        """Some tiles more: 400 at once would hold up the window for 0.1 s (measured)."""
        for photo in [one for one in self._order if one not in self._tiles][:TILES_AT_ONCE]:
            tile = ContactTile(photo, size=self._side())
            tile.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            tile.show_image(self._pictures.image(photo))
            self._tiles[photo] = tile
            self._write_plate(photo)
            self._number(photo)
        for group in self._groups:
            group.show_tiles([self._tiles[photo] for photo in group.photos if photo in self._tiles])
        if len(self._tiles) < len(self._order):
            self._more.start()

    def _write_plate(self, photo: str) -> None:
        picture = self._shown[photo]
        plate, tone = plate_of(picture, self._draft)
        self._tiles[photo].show_plate(plate, tone)
        self._tiles[photo].call(say("album-tile", name=picture.photo.name, at=plate))

    def choose(self, photos: Sequence[str]) -> None:
        """Choose these, and no others."""
        self._taken = [photo for photo in photos if photo in self._shown]
        if self._taken:
            self._here = self._taken[-1]
        self._tell()

    def go_to(self, photo: str) -> None:
        """Make a photo the one at hand."""
        if photo in self._shown:
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
        if tile := self._tiles.get(self._here):
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

    def _number(self, photo: str) -> None:
        """Its place among those that are chosen, if there are several."""
        at = self._taken.index(photo) + 1 if photo in self._taken else 0
        self._tiles[photo].show_number(at if len(self._taken) > 1 else 0)
        self._tiles[photo].take(photo == self._here or at > 0)

    def _tell(self) -> None:
        for photo in self._tiles:
            self._number(photo)
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
