"""Fields of deeds that hold things: photos, a scan, another finding, what a finding says from now on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.words import Severity, word
from inspector.services.findings import Row
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings.editors import Given
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.intake import PhotoIntake
from inspector.ui.notices.fields import FilesField
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import AddTile, PhotoTile

TILE: Final = QSize(72, 54)


class Changes(Field):
    """What the finding says from now on; what stays as it is is no change."""

    def __init__(self, label: str, row: Row) -> None:
        self._row = row
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.place = TextLine(row.place, name=say("findings-change-place"))
        self.description = TextLine(row.description, name=say("findings-change-description"))
        self.severity = ComboField(name=say("findings-change-severity"))
        for one in Severity:
            self.severity.addItem(word(one), one.value)
        self.severity.setCurrentIndex(self.severity.findData(row.severity.value))
        for text, editor in (
            (say("findings-change-place"), self.place),
            (say("findings-change-description"), self.description),
            (say("findings-change-severity"), self.severity),
        ):
            column.addWidget(Label(text, role="hint", tone="muted"))
            column.addWidget(editor)
        super().__init__(label, holder)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.place.setFocus(reason)

    def read(self) -> Given | None:
        self.place.commit()
        self.description.commit()
        said = {
            "place": self.place.text().strip(),
            "description": self.description.text().strip(),
            "severity": self.severity.currentData(),
        }
        before = {
            "place": self._row.place,
            "description": self._row.description,
            "severity": self._row.severity.value,
        }
        return {"changes": {name: text for name, text in said.items() if text and text != before[name]}}


class Photos(Field):
    """Photos of how it looks now: chosen, dropped, pasted. `failed` with what could not be taken in."""

    failed = Signal(object)

    def __init__(self, label: str, desk: Desk, pictures: Pictures) -> None:
        holder = QWidget()
        self._row = FlowLayout(holder, gap=6, row_gap=6)
        self._pictures = pictures
        self.shots: list[str] = []
        self._tiles: list[PhotoTile] = []
        self.plus = AddTile(say("findings-photo-add"), size=TILE)
        super().__init__(label, holder)
        pictures.arrived.connect(self._arrived)
        self.intake = PhotoIntake(desk, self, placed=True)
        self.intake.came.connect(self.take)
        self.intake.failed.connect(self.failed)
        self.plus.clicked.connect(self.intake.ask)
        self._row.addWidget(self.plus)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.plus.setFocus(reason)

    def take(self, came: Sequence[str]) -> None:
        """These are meant, too."""
        self.shots += [shot for shot in came if shot not in self.shots]
        self.ask("")
        self._draw()

    def read(self) -> Given | None:
        return {"photos": tuple(self.shots)}

    def _draw(self) -> None:
        for tile in self._tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = []
        for number, shot in enumerate(self.shots, 1):
            tile = PhotoTile(say("findings-photo-remove", number=number), size=TILE)
            tile.show_image(self._pictures.image(shot))
            tile.clicked.connect(partial(self._without, shot))
            self._tiles.append(tile)
            self._row.addWidget(tile)
        self._row.invalidate()

    def _without(self, shot: str) -> None:
        self.shots.remove(shot)
        self._draw()
        self.plus.setFocus()

    def _arrived(self, photo: str) -> None:
        for tile, shot in zip(self._tiles, self.shots, strict=False):
            if shot == photo:
                tile.show_image(self._pictures.image(photo))


class Scan(Field):
    """A scan of paper."""

    def __init__(self, label: str) -> None:
        self.files = FilesField(say("findings-scan-choose"), kinds=say("findings-scan-files"))
        super().__init__(label, self.files)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.files.choose.setFocus(reason)

    def read(self) -> Given | None:
        return {"scan": str(self.files.files[0]) if self.files.files else ""}


class Other(Field):
    """Another finding: one of the same site, or by its printed number."""

    def __init__(self, label: str, near: Iterable[tuple[str, str]]) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.combo = ComboField(name=label)
        self.combo.addItem(say("findings-other-none"), "")
        for value, text in near:
            self.combo.addItem(text, value)
        self.number = TextLine(
            name=say("findings-other-number"), placeholder=say("findings-other-number-hint")
        )
        row.addWidget(self.combo, 2)
        row.addWidget(self.number, 1)
        super().__init__(label, holder)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.combo.setFocus(reason)

    def read(self) -> Given | None:
        self.number.commit()
        return {"other": self.number.text().strip() or self.combo.currentData() or ""}
