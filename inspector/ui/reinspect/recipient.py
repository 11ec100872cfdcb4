"""签收: who takes a unit's paper, and how. First the way, then only the fields that it needs; saved with every word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.notice import Received
from inspector.model.paper import WAYS, Way
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.pictures import Pictures
from inspector.ui.sign.signature import SignaturePad
from inspector.ui.widgets.buttons import Button, Chip
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import AddTile, PhotoTile
from inspector.ui.words import clock_words

FIELDS: Final = {
    Way.RECEIPT: ("position", "name", "place", "pad", "photos"),
    Way.RECEIVED_FOR: ("position", "name", "relation", "place", "pad", "photos"),
    Way.REFUSED: ("reason", "witness", "witness_position", "place"),
    Way.LEFT: ("place", "witness", "photos"),
    Way.MESSAGE: ("position", "name", "telephone", "photos"),
}
"""What is asked for; `WAYS` says what of it must be there."""
LINES: Final = (
    ("position", "receipt-position", 0, 0),
    ("name", "receipt-name", 0, 1),
    ("relation", "receipt-relation", 1, 0),
    ("telephone", "receipt-telephone", 1, 0),
    ("reason", "receipt-reason", 2, 0),
    ("witness", "receipt-witness", 3, 0),
    ("witness_position", "receipt-witness-position", 3, 1),
    ("place", "receipt-place", 4, 0),
)
WHOLE: Final = {"relation", "telephone", "reason", "place"}
TILE: Final = QSize(104, 78)


class RecipientCard(Card):
    """`acted` with what he did and the photos of it (SHA-256) whenever that changed."""

    acted = Signal(object, object)  # Received, tuple of hashes
    bring_photo = Signal()

    def __init__(self, pictures: Pictures, now: Callable[[], datetime]) -> None:
        super().__init__(say("receipt-title"))
        self._pictures, self._now = pictures, now
        pictures.arrived.connect(self._arrived)
        self._way: Way | None = None
        self._shots: tuple[str, ...] = ()
        self._said: tuple[Received, tuple[str, ...]] | None = None
        self._at = ""
        self._tiles: list[PhotoTile] = []
        holder = QWidget()
        row = FlowLayout(holder)
        self.chips: dict[Way, Chip] = {}
        for way in Way:
            chip = Chip(say(f"way-{way.value.replace('_', '-')}"))
            chip.clicked.connect(partial(self._choose, way))
            row.addWidget(chip)
            self.chips[way] = chip
        self.add(holder)
        self._warn = Label(say("receipt-void"), role="second", tone="warn", bold=True, wrap=True)
        self.add(self._warn)
        self.again = Button(say("receipt-again"), icon="refresh")
        self.again.clicked.connect(self._say_again)
        self.add(self.again)
        self._warn.hide()
        self.again.hide()
        self.lines: dict[str, TextLine] = {}
        self._fields: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for name, key, at, column in LINES:
            line = TextLine(name=say(key), placeholder=say(f"{key}-hint"))
            line.settled.connect(self._changed)
            self.lines[name] = line
            self._fields[name] = Field(say(key), line)
            grid.addWidget(self._fields[name], at, column, 1, 2 if name in WHOLE else 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._fields["pad"] = self._make_pad()
        self._fields["photos"] = self._make_photos()
        self.add(self._fields["pad"])
        self.add(self._fields["photos"])
        self._fit()

    def show_received(self, received: Received | None, *, void: bool) -> None:
        """What is stored. `void`: what he signed for is something else now."""
        self._way = received.way if received else None
        self._at = received.at if received else ""
        self._said = None
        for name, line in self.lines.items():
            if not line.hasFocus():
                line.show_text(getattr(received, name) if received else "")
        strokes = received.strokes if received and not void else ()
        if strokes != self.pad.strokes:
            self.pad.show_strokes(strokes)
        self._shots = tuple(photo.sha256 for photo in received.photos) if received else ()
        if received is not None and not void:
            self._said = (replace(received, photos=()), self._shots)
        said = say("receipt-at", time=clock_words(received.at)) if received and not void else ""
        self.note.setText(said)
        self._warn.setVisible(void)
        self.again.setVisible(void)
        self._show_shots()
        self._fit()

    def take_photos(self, photos: tuple[str, ...]) -> None:
        """Pictures of the signed paper, of the paper as it was left, of the message."""
        self._shots = tuple(dict.fromkeys((*self._shots, *photos)))
        self._show_shots()
        self._changed()

    def ask_back(self) -> None:
        """Red lines under what is missing, the focus on the first."""
        if self._way is None:
            self.chips[Way.RECEIPT].setFocus()
            return
        first: QWidget | None = None
        for name in WAYS[self._way]:
            if name == "photos":
                first = first or (None if self._shots else self.add_photo)
                continue
            empty = not self.lines[name].text().strip()
            field = self._fields[name]
            if isinstance(field, Field):
                field.ask(say("sign-ask") if empty else "")
            first = first or (self.lines[name] if empty else None)
        (first or self.chips[self._way]).setFocus()

    # ── making

    def _make_pad(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.pad = SignaturePad(name=say("receipt-pad"))
        self.pad.signed.connect(self._changed)
        column.addWidget(self.pad)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.wipe = Button(say("sign-pad-clear"), icon="eraser", kind="ghost")
        self.wipe.clicked.connect(self._wiped)
        foot.addWidget(self.wipe)
        column.addLayout(foot)
        return holder

    def _make_photos(self) -> QWidget:
        holder = QWidget()
        self._row = QHBoxLayout(holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.add_photo = AddTile(say("receipt-photo"), size=TILE)
        self.add_photo.clicked.connect(self.bring_photo)
        self._row.addWidget(self.add_photo)
        self._row.addWidget(Label(say("receipt-photo-note"), role="second", tone="muted", wrap=True), 1)
        return holder

    # ── listening

    def _choose(self, way: Way) -> None:
        self._way = way
        self._fit()
        self._changed()
        self.lines[next(name for name in FIELDS[way] if name in self.lines)].setFocus()

    def _say_again(self) -> None:
        """He looked at what is new: what he did stands for that, but a signature is drawn anew."""
        self._said = None
        self._at = ""
        self._changed()

    def _wiped(self) -> None:
        self.pad.clear()
        self._changed()

    def _changed(self, _text: str = "") -> None:
        if self._way is None:
            return
        said = (self._act(self._way), self._shots)
        if said != self._said:  # the same act again must not be bound to newer content
            self._said = said
            self.acted.emit(*said)

    def _act(self, way: Way) -> Received:
        shown = FIELDS[way]
        typed = {name: line.whole_text().strip() for name, line in self.lines.items() if name in shown}
        at = self._at or self._now().isoformat(timespec="seconds")
        strokes = self.pad.strokes if "pad" in shown else ()
        return replace(Received(way=way, at=at, strokes=strokes), **typed)

    def _arrived(self, photo: str) -> None:
        if photo in self._shots:
            self._show_shots()

    def _show_shots(self) -> None:
        for tile in self._tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = []
        for n, photo in enumerate(self._shots):
            tile = PhotoTile(say("receipt-photo"), size=TILE)
            tile.show_image(self._pictures.image(photo))
            self._row.insertWidget(n, tile)
            self._tiles.append(tile)

    def _fit(self) -> None:
        for way, chip in self.chips.items():  # no exclusive group: its arrow keys would choose on the way
            chip.setChecked(way is self._way)
        shown = FIELDS[self._way] if self._way else ()
        for name, field in self._fields.items():
            field.setVisible(name in shown)
            if isinstance(field, Field) and self._way:
                needed = name in WAYS[self._way]
                field.hint("" if needed else say("ui-optional"))
                if self.lines[name].text().strip():
                    field.ask("")
