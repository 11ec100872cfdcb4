"""The photos of a finding: before, after, or the reason for none."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.draft import DraftFinding, Shot
from inspector.model.inspection import PhotoRole
from inspector.text import say
from inspector.ui.inspect.menus import offer
from inspector.ui.inspect.responsible import bare_row
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, Switch
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import AddTile, PhotoTile

TILE = QSize(66, 50)


class Shots(QWidget):
    """`changed` gives the fields of the finding that are others now; `add` asks for photos."""

    changed = Signal(object)
    add = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._finding: DraftFinding | None = None
        self._tiles: list[tuple[PhotoTile, Shot]] = []
        row = bare_row(self)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        row.addLayout(self._row)
        self.plus = AddTile(say("finding-photo-add"), size=TILE)
        self.plus.clicked.connect(self.add)
        row.addWidget(self.plus)
        self._none = Button(say("finding-no-photo"), kind="link")
        self._none.clicked.connect(self._offer_reasons)
        row.addWidget(self._none)
        row.addStretch(1)
        self._fixed = Switch(say("finding-fixed"))
        self._fixed.clicked.connect(self._fix)
        row.addWidget(self._fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(say("finding-fixed")))
        words.addWidget(Label(say("finding-fixed-note"), role="hint", tone="muted"))
        row.addLayout(words)

    def show_finding(self, finding: DraftFinding) -> None:
        before, self._finding = self._finding, finding
        self._fixed.setChecked(finding.fixed_on_spot)
        self._none.setVisible(not finding.photos)
        reason = finding.no_photo
        self._none.say(say("finding-no-photo-because", reason=reason) if reason else say("finding-no-photo"))
        if before is not None and before.photos == finding.photos:
            return
        for tile, _ in self._tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = []
        counts = {PhotoRole.BEFORE: 0, PhotoRole.AFTER: 0}
        for shot in finding.photos:
            counts[shot.role] += 1
            self._add(shot, counts[shot.role])

    def _add(self, shot: Shot, number: int) -> None:
        before = shot.role is PhotoRole.BEFORE
        plate = say("finding-photo-before" if before else "finding-photo-after", n=number)
        tile = PhotoTile(plate, size=TILE, plate=plate, tone="bad" if before else "ok")
        tile.clicked.connect(partial(self._offer, shot, tile))
        tile.show_image(self._pictures.image(shot.sha256, turned=shot.turned))
        self._tiles.append((tile, shot))
        self._row.addWidget(tile)

    def _arrived(self, photo: str) -> None:
        for tile, shot in self._tiles:
            if shot.sha256 == photo:
                tile.show_image(self._pictures.image(photo, turned=shot.turned))

    def _fix(self) -> None:
        self.changed.emit({"fixed_on_spot": self._fixed.isChecked()})

    def _offer_reasons(self) -> None:
        reasons = say("finding-no-photo-reasons").split()
        offer(self._none, [(reason, reason) for reason in reasons], self._without_any)

    def _without_any(self, reason: str) -> None:
        self.changed.emit({"no_photo": reason})

    def _offer(self, shot: Shot, tile: PhotoTile) -> None:
        before = shot.role is PhotoRole.BEFORE
        turned = say("finding-photo-role-after" if before else "finding-photo-role-before")
        other = replace(shot, role=PhotoRole.AFTER if before else PhotoRole.BEFORE)
        offer(tile, [(turned, other), (say("finding-photo-remove"), None)], partial(self._change, shot))

    def _change(self, shot: Shot, other: Shot | None) -> None:
        if self._finding is not None:
            photos = [other if one == shot else one for one in self._finding.photos]
            self.changed.emit({"photos": tuple(one for one in photos if one is not None)})
