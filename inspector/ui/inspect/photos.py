"""The day's photos beside the items: what is loose, what is put where, how more come in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.services.inspecting import InTray, LeftOver
from inspector.services.photos import Taken
from inspector.text import explain, say
from inspector.ui.inspect.photo_tiles import DragTile
from inspector.ui.pictures import Pictures
from inspector.ui.theme import SCROLL_PX, theme
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import clock_words, short_day

WIDE_PX, NARROW_PX = 270, 208
SIDE_PX = 14
GAP_PX = 8
WIDE_TILE_PX = 216


class PhotoColumn(QFrame):
    """`given` a press on a photo: it goes to the finding that is open."""

    given = Signal(str)
    sort = Signal()
    bring = Signal()
    paste = Signal()
    stop = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self.setAccessibleName(say("photos-title"))
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._tiles: dict[PhotoTile, str] = {}
        self._made: dict[InTray, DragTile] = {}
        self._shown: tuple[InTray, ...] = ()
        self._size = QSize(116, 87)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SIDE_PX, 10, SIDE_PX - SCROLL_PX, 12)  # the scroll bar lies in the margin
        outer.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLL_PX, 0)
        self._title = Label(say("photos-title"), role="title", bold=True)
        head.addWidget(self._title)
        head.addStretch(1)
        self._sort = Button(say("photos-sort"), icon="layout-grid", kind="ghost", flush=True)
        self._sort.clicked.connect(self.sort)
        head.addWidget(self._sort)
        outer.addLayout(head)
        scrolled = Scrolled(spacing=8)
        outer.addWidget(scrolled, 1)
        body = scrolled.body
        self._pair = _Pair(pictures)
        self._pair.hide()
        body.addWidget(self._pair)
        self._loose_title = Label(role="second", bold=True, tone="muted")
        self._loose, self._loose_grid = _grid()
        self._hint = Label(say("photos-hint"), role="second", tone="muted", wrap=True)
        self._put_title = Label(role="second", bold=True, tone="muted")
        self._put, self._put_grid = _grid()
        self._none = Label(say("photos-none"), bold=True, tone="muted")
        self._none_next = Label(say("photos-none-next"), role="second", tone="muted", wrap=True)
        for widget in (
            self._loose_title,
            self._loose,
            self._hint,
            self._put_title,
            self._put,
            self._none,
            self._none_next,
        ):
            body.addWidget(widget)
        body.addStretch(1)
        self._came = CameCard()
        self._came.stop.connect(self.stop)
        self._came.hide()
        came = QHBoxLayout()  # below the photos: what comes in does not move those that are there
        came.setContentsMargins(0, 0, SCROLL_PX, 0)
        came.addWidget(self._came)
        outer.addLayout(came)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, SCROLL_PX, 0)
        foot.setSpacing(8)
        bring = Button(say("photos-import"), icon="photo-plus", key="Ctrl I")
        bring.clicked.connect(self.bring)
        paste = Button(say("photos-paste"), icon="clipboard", key="Ctrl V")
        paste.clicked.connect(self.paste)
        foot.addWidget(bring, 1)
        foot.addWidget(paste, 1)
        outer.addLayout(foot)

    def fold(self, *, narrow: bool, wide: bool) -> None:
        width = theme.look.px(NARROW_PX if narrow else WIDE_PX)
        self.setMinimumWidth(width)
        self.setMaximumWidth(16_777_215 if wide else width)
        tile = WIDE_TILE_PX if wide else (width - 2 * SIDE_PX - GAP_PX - 4) // 2
        size = QSize(tile, tile * 3 // 4)
        if size != self._size:
            self._size = size
            for one in self._tiles:
                one.resize_to(size)

    def can_sort(self, yes: bool) -> None:
        """Whether the program has the screen on which photos are sorted."""
        self._sort.setVisible(yes)

    def show_tray(self, tray: tuple[InTray, ...]) -> None:
        """The day's photos; those of other visits are left out, they have their own places."""
        shown = tuple(one for one in tray if one.here or not one.at)
        if shown == self._shown:
            return
        self._shown = shown
        loose = [one for one in shown if not one.here]
        put = [one for one in shown if one.here]
        before, self._made = self._made, {}
        self._fill(self._loose_grid, loose, before)
        self._fill(self._put_grid, put, before)
        for tile in before.values():
            tile.hide()
            tile.deleteLater()
        self._tiles = {tile: one.photo.sha256 for one, tile in self._made.items()}
        self._loose_title.setText(f"{say('photos-loose')} {len(loose)}")
        self._put_title.setText(f"{say('photos-put')} {len(put)}")
        for widget in (self._loose_title, self._loose, self._hint):
            widget.setVisible(bool(loose))
        for widget in (self._put_title, self._put):
            widget.setVisible(bool(put))
        self._none.setVisible(not shown)
        self._none_next.setVisible(not shown)

    def show_pair(self, left: LeftOver | None, now_photo: str, times: int) -> None:
        """上次与这次, while a finding is open at an item that failed before."""
        self._title.setText(say("photos-then-and-now") if left else say("photos-title"))
        self._pair.setVisible(left is not None)
        if left is not None:
            self._pair.show_pair(left, now_photo, times)

    def show_coming(self, done: int, total: int) -> None:
        """Photos are coming in."""
        self._came.show_coming(done, total)

    def show_taken(self, taken: tuple[Taken, ...]) -> None:
        """What became of each: a line for every one that did not come in."""
        self._came.show_taken(taken)

    def _fill(self, grid: FlowLayout, photos: list[InTray], before: dict[InTray, DragTile]) -> None:
        """Put the tiles in their order; one that was there `before`, and where it is, is not made again."""
        tiles = [before.pop(one) if one in before else self._tile(one) for one in photos]
        self._made.update(zip(photos, tiles, strict=True))
        grid.arrange(tiles)

    def _tile(self, one: InTray) -> DragTile:
        photo = one.photo
        time = clock_words(photo.taken_at) if photo.taken_at else ""
        name = (
            say("photos-one-put", name=photo.name, at=one.at)
            if one.at
            else say("photos-one", name=photo.name)
        )
        tile = DragTile(
            photo.sha256, name, size=self._size, plate=one.at or time, tone="bad" if one.at else ""
        )
        tile.clicked.connect(partial(self.given.emit, photo.sha256))
        tile.show_image(self._pictures.image(photo.sha256))
        return tile

    def _arrived(self, photo: str) -> None:
        for tile, shown in self._tiles.items():
            if shown == photo:
                tile.show_image(self._pictures.image(photo))


class _Pair(QWidget):
    """Then and now, one above the other or side by side."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._photos = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._then = PhotoTile("", size=QSize(116, 116))
        self._now = PhotoTile("", size=QSize(116, 116), tone="bad")
        row.addWidget(self._then)
        row.addWidget(self._now)
        row.addStretch(1)
        column.addLayout(row)
        self._words = Label(role="second", tone="warn", wrap=True)
        column.addWidget(self._words)

    def show_pair(self, left: LeftOver, now_photo: str, times: int) -> None:
        self._photos = (left.photo, now_photo)
        self._then.setVisible(bool(left.photo))
        self._now.setVisible(bool(now_photo))
        self._then.show_plate(say("photos-then", day=short_day(left.finding.found_on)))
        self._then.setAccessibleName(say("photos-then", day=short_day(left.finding.found_on)))
        self._now.show_plate(say("ui-today"), "bad")
        self._now.setAccessibleName(say("ui-today"))
        self._words.setText(say("photos-times", n=times + 1))
        self._draw()

    def _arrived(self, photo: str) -> None:
        if photo in self._photos:
            self._draw()

    def _draw(self) -> None:
        for tile, photo in zip((self._then, self._now), self._photos, strict=True):
            tile.show_image(self._pictures.image(photo) if photo else None)


class CameCard(Card):
    """What came in, and one line for each that did not."""

    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(4)
        self._said = Label(bold=True, wrap=True)
        row.addWidget(self._said, 1)
        self._stop = Button(say("photos-stop"), kind="link")
        self._stop.clicked.connect(self.stop)
        self._fold = IconButton("x", say("ui-fold"))
        self._fold.clicked.connect(self.hide)
        row.addWidget(self._stop)
        row.addWidget(self._fold)
        self.body.addLayout(row)
        self._lines = Label(role="second", wrap=True)
        self.add(self._lines)

    def show_coming(self, done: int, total: int) -> None:
        self._said.setText(say("photos-coming", done=done, total=total))
        self._lines.hide()
        self._stop.show()
        self._fold.hide()
        self.become("card")
        self.show()

    def show_taken(self, taken: tuple[Taken, ...]) -> None:
        failed = [one for one in taken if one.error is not None]
        self._stop.hide()
        self._fold.show()
        if not failed:
            self.hide()
            return
        self.become("bad" if len(failed) == len(taken) else "warn")
        self._said.setText(say("photos-came-part", total=len(taken), count=len(taken) - len(failed)))
        self._lines.setText("\n".join(_why(one.error) for one in failed))
        self._lines.show()
        self.show()


def _why(error: InspectorError | None) -> str:
    return " ".join(explain(error)) if error else ""


def _grid() -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    return holder, FlowLayout(holder, gap=GAP_PX, row_gap=GAP_PX)
