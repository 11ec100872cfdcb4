"""The photo at hand: tools, the picture, its caption, what is known of it, before and after, then and now."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.draft import Shot
from inspector.model.inspection import Mark, PhotoRole
from inspector.model.photo import TIME_PHRASES, Photo
from inspector.services.album import Album, Picture, Spot
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.photos.picture import ARROW, BOX, PIXELATE, SELECT, MarkView
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, IconButton, Segments
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.widgets.tiles import PhotoTile

TOOLS = ((SELECT, "pointer", "album-select"), (ARROW, "arrow-up-right", "album-arrow"))
MORE_TOOLS = ((BOX, "square", "album-box"), (PIXELATE, "blur", "album-pixelate"))
PAIR = QSize(200, 132)
MIB = 1_048_576


class PhotoDetail(QFrame):
    """`edited` with the spot and how it is shown now; `moved` with the spot and ±1."""

    edited = Signal(object, object)  # Spot, Shot
    moved = Signal(object, int)
    clock = Signal()
    large = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._spot: Spot | None = None
        self._pair = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(16, 4, 16, 10)
        inside.setSpacing(6)
        inside.addLayout(self._make_tools())
        self.view = MarkView()
        self.view.marked.connect(self._marked)
        inside.addWidget(self.view, 1)
        self._pair_row = self._make_pair()
        inside.addWidget(self._pair_row)
        self._hint = Label(say("album-not-placed"), role="second", tone="warn", wrap=True)
        inside.addWidget(self._hint)
        inside.addLayout(self._make_caption())
        self._time = ElidedLabel(role="second")
        self._facts = ElidedLabel(role="second", tone="muted")
        facts = QHBoxLayout()
        facts.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._time)
        words.addWidget(self._facts)
        facts.addLayout(words, 1)
        self.shift = Button(say("clock-title"), icon="clock", kind="ghost")
        self.shift.clicked.connect(self.clock)
        facts.addWidget(self.shift)
        inside.addLayout(facts)
        column.addWidget(self._inside, 1)
        self._empty = EmptyState("photo", say("album-none"), say("album-none-text"))
        column.addWidget(self._empty, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No photo is at hand."""
        self._spot = None
        self._inside.hide()
        self._empty.show()

    def show_picture(self, picture: Picture, album: Album) -> None:
        """Another photo, or the same one changed. The large picture is given by `view.show_image`."""
        self._empty.hide()
        self._inside.show()
        draft = album.typed.id if album.typed else ""
        spot = next((one for one in picture.spots if one.item and (one.draft == draft or not draft)), None)
        self._spot = spot
        shot = spot.shot if spot else Shot(sha256=picture.photo.sha256)
        self.view.show_shot(turned=shot.turned, marks=shot.marks, can_mark=spot is not None)
        self.caption.show_text(shot.caption)
        for widget in (*self._tools, self.caption, self._turn, self._wipe, self._role):
            widget.setEnabled(spot is not None)
        self._wipe.setEnabled(bool(shot.marks))
        self._hint.setVisible(spot is None)
        self._hint.setText(
            say("album-not-placed")
            if not picture.spots
            else say("album-elsewhere", site=picture.spots[0].site)
        )
        self._role.choose(shot.role if spot else None)
        self._order.setText(say("album-order", n=spot.place, of=spot.of) if spot else "")
        self._earlier.setEnabled(spot is not None and spot.place > 1)
        self._later.setEnabled(spot is not None and spot.place < spot.of)
        self._tell(picture.photo)
        self._show_pair(spot, album)

    def settle(self) -> None:
        """Say what is typed."""
        self.caption.commit()

    # ── making

    def _make_tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._tools: list[QWidget] = []
        group = QButtonGroup(self)
        for tool, icon, key in (*TOOLS, *MORE_TOOLS):
            button = Button(say(key), icon=icon, kind="segment")
            button.setCheckable(True)
            button.setChecked(tool == SELECT)
            button.clicked.connect(partial(self.view_tool, tool))
            group.addButton(button)
            self._tools.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self._turn = IconButton("rotate-clockwise", say("album-turn"), key="Ctrl R")
        self._turn.clicked.connect(self.turn)
        self._wipe = IconButton("eraser", say("album-wipe"), key="Delete")
        self._wipe.clicked.connect(self._remove_mark)
        self._smaller = IconButton("zoom-out", say("paper-smaller"), key="−")
        self._larger = IconButton("zoom-in", say("paper-larger"), key="+")
        self._smaller.clicked.connect(partial(self._zoom, -1))
        self._larger.clicked.connect(partial(self._zoom, 1))
        self.grow = IconButton("maximize", say("documents-grow"), key="F11")
        self.grow.clicked.connect(self.large)
        for button in (self._turn, self._wipe, self._smaller, self._larger, self.grow):
            row.addWidget(button)
        return row

    def _make_pair(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._then = PhotoTile("", size=PAIR)
        self._now = PhotoTile("", size=PAIR)
        row.addWidget(self._then)
        row.addWidget(self._now)
        row.addStretch(1)
        return holder

    def _make_caption(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.caption = TextLine(name=say("album-caption"), placeholder=say("album-caption-hint"))
        self.caption.settled.connect(self._captioned)
        row.addWidget(self.caption, 1)
        self._role = Segments(
            [(PhotoRole.BEFORE, say("album-before")), (PhotoRole.AFTER, say("album-role-after"))],
            name=say("album-role"),
        )
        self._role.chosen.connect(self._took_role)
        row.addWidget(self._role)
        self._earlier = IconButton("chevron-left", say("album-earlier"))
        self._later = IconButton("chevron-right", say("album-later"))
        self._order = Label(role="second", tone="muted")
        self._earlier.clicked.connect(partial(self._move, -1))
        self._later.clicked.connect(partial(self._move, 1))
        row.addWidget(self._earlier)
        row.addWidget(self._order)
        row.addWidget(self._later)
        return row

    # ── acts

    def view_tool(self, tool: str) -> None:
        """What a drag on the picture draws."""
        self.view.take_tool(tool)

    def turn(self) -> None:
        """90° clockwise; the marks come along."""
        self._edit(turned=(self._spot.shot.turned + 90) % 360 if self._spot else 0)

    def _remove_mark(self) -> None:
        self.view.remove_mark()

    def _marked(self, marks: tuple[Mark, ...]) -> None:
        self._edit(marks=marks)

    def _captioned(self, text: str) -> None:
        self._edit(caption=text.strip())

    def _took_role(self, role: object) -> None:
        self._edit(role=role)

    def _edit(self, **change: object) -> None:
        spot = self._spot
        if spot is None:
            return
        shot = replace(spot.shot, **change)
        if shot != spot.shot:
            self._spot = replace(spot, shot=shot)
            self.view.show_shot(turned=shot.turned, marks=shot.marks, can_mark=True)
            self.edited.emit(spot, shot)

    def _move(self, by: int) -> None:
        if self._spot is not None:
            self.moved.emit(self._spot, by)

    def _zoom(self, by: int) -> None:
        self.view.step_zoom(by)

    # ── telling

    def _tell(self, photo: Photo) -> None:
        time = photo.taken_at[:16].replace("T", " ")
        text = say(TIME_PHRASES[photo.taken_source], time=time)
        if photo.shifted:
            text = say("ui-dot").join((text, say("photo-time-shifted", time=photo.shifted[11:16])))
        self._time.setText(text)
        self.shift.setEnabled(bool(photo.taken_at))
        size = say("album-size", width=photo.width, height=photo.height, mb=f"{photo.bytes / MIB:.1f}")
        warnings = [say(key) for key in photo.warnings]
        self._facts.setText(say("ui-dot").join((size, photo.camera or photo.name, *warnings)))

    def _show_pair(self, spot: Spot | None, album: Album) -> None:
        """Before beside after where the finding has both; else last time beside this time."""
        then = now = then_words = now_words = ""
        if spot is not None and album.typed is not None:
            shots = next(
                (one.photos for one in album.typed.findings if f"findings/{one.id}" == spot.path), ()
            )
            before = next((one.sha256 for one in shots if one.role is PhotoRole.BEFORE), "")
            after = next((one.sha256 for one in shots if one.role is PhotoRole.AFTER), "")
            if before and after:
                then, now, then_words, now_words = (
                    before,
                    after,
                    say("album-before"),
                    say("album-role-after"),
                )
            elif album.then.get(spot.item):
                then, now = album.then[spot.item], spot.shot.sha256
                then_words, now_words = say("album-last-time"), say("album-this-time")
        self._pair = (then, now)
        self._pair_row.setVisible(bool(then))
        for tile, photo, words, tone in (
            (self._then, then, then_words, "bad"),
            (self._now, now, now_words, "ok"),
        ):
            tile.show_plate(words, tone)
            tile.setAccessibleName(words)
            tile.show_image(self._pictures.image(photo) if photo else None)

    def _arrived(self, photo: str) -> None:
        for tile, shown in zip((self._then, self._now), self._pair, strict=True):
            if photo and shown == photo:
                tile.show_image(self._pictures.image(photo))
