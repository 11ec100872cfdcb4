"""The sides of a question: what each says, who said it, and its photos, one card beside the other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.pictures import Pictures
from inspector.ui.sync.questions import Answer, Question
from inspector.ui.widgets.buttons import Choice
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import PhotoTile

TILE: Final = QSize(96, 72)


class Photos(QWidget):
    """Small pictures in a row; those that have not come from another laptop stay grey."""

    def __init__(self, pictures: Pictures, photos: tuple[str, ...]) -> None:
        super().__init__()
        self._pictures = pictures
        self._tiles: dict[str, PhotoTile] = {}
        flow = FlowLayout(self, gap=6, row_gap=6)
        for number, photo in enumerate(photos, 1):
            tile = PhotoTile(say("sync-side-photo", number=number), size=TILE)
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            tile.show_image(pictures.image(photo))
            self._tiles[photo] = tile
            flow.addWidget(tile)
        pictures.arrived.connect(self._show)

    def _show(self, photo: str) -> None:
        if tile := self._tiles.get(photo):
            tile.show_image(self._pictures.image(photo))


class SideCard(Card):
    """One side. It is taken by its round button, or by a press anywhere on it; without `chooses` it is only read."""

    def __init__(self, answer: Answer, number: int, pictures: Pictures, *, chooses: bool) -> None:
        super().__init__()
        self.key, self.text, self._chooses = answer.key, answer.text, chooses
        row = QHBoxLayout()
        row.setSpacing(0)
        self.choice = Choice("")
        self.choice.setAccessibleName(say("sync-side", number=number))
        self.choice.setAccessibleDescription(f"{answer.text} {answer.note}")
        self.choice.toggled.connect(self._taken)
        if chooses:
            row.addWidget(self.choice, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(answer.text, bold=True, wrap=True))
        words.addWidget(Label(answer.note, role="second", tone="muted", wrap=True))
        row.addLayout(words, 1)
        self.body.addLayout(row)
        if answer.photos:
            self.add(Photos(pictures, answer.photos))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._chooses:
            self.choice.setChecked(True)
            self.choice.setFocus()

    def _taken(self, on: bool) -> None:
        self.become("current" if on else "card")


class Sides(QWidget):
    """All sides of one question; `taken` when one of them was chosen."""

    taken = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._pictures = Pictures(desk)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.cards: list[SideCard] = []

    def show_question(self, asked: Question, *, chooses: bool) -> None:
        """The thing's own photos, then the sides."""
        while item := self._column.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        group = QButtonGroup(self)
        if asked.photos:
            self._column.addWidget(Photos(self._pictures, asked.photos))
        self.cards = [
            SideCard(answer, number, self._pictures, chooses=chooses)
            for number, answer in enumerate(asked.answers, 1)
        ]
        for card in self.cards:
            self._column.addWidget(card)
            if chooses:
                group.addButton(card.choice)
                card.choice.toggled.connect(self._toggled)

    def _toggled(self, _on: bool) -> None:
        self.taken.emit()

    @property
    def chosen(self) -> SideCard | None:
        """The side that was taken."""
        return next((card for card in self.cards if card.choice.isChecked()), None)
