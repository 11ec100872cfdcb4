"""The time line: a dot, what and when, who and what was said, the photos and papers of that moment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.findings.story import Moment
from inspector.ui.pictures import Pictures
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import PhotoTile

TILE: Final = QSize(72, 54)


class TimeLine(QWidget):
    """`photo` (hash) and `link` (Link) when one is pressed."""

    photo = Signal(str)
    link = Signal(object)

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self.tiles: list[tuple[PhotoTile, str]] = []
        self.links: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Another life, the latest moment first."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.tiles, self.links = [], []
        for number, moment in enumerate(moments):
            self._column.addWidget(self._line(moment, first=not number, last=number + 1 == len(moments)))

    def _line(self, moment: Moment, *, first: bool, last: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        tone = "bad" if moment.tone == "bad" else "accent" if first else "muted"
        row.addWidget(_Dot(tone, first=first, last=last))
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 8)
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(moment.what, bold=True, tone=moment.tone, wrap=True), 1)
        head.addWidget(Label(moment.when, role="hint", tone="muted"))
        words.addLayout(head)
        if moment.said:
            words.addWidget(Label(moment.said, role="second", tone="muted", wrap=True))
        if moment.photos or moment.links:
            words.addWidget(self._things(moment))
        words.addStretch(1)
        row.addLayout(words, 1)
        return line

    def _things(self, moment: Moment) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6, row_gap=4)
        for photo in moment.photos:
            tile = PhotoTile(say("findings-photo-of", what=moment.what), size=TILE)
            tile.show_image(self._pictures.image(photo))
            tile.clicked.connect(partial(self.photo.emit, photo))
            self.tiles.append((tile, photo))
            flow.addWidget(tile)
        for link in moment.links:
            button = Button(link.label, kind="link", flush=True)
            button.setToolTip(link.text)
            button.clicked.connect(partial(self.link.emit, link))
            self.links.append(button)
            flow.addWidget(button)
        return holder

    def _arrived(self, photo: str) -> None:
        for tile, shown in self.tiles:
            if shown == photo:
                tile.show_image(self._pictures.image(photo))


class _Dot(Painted):
    """The place of a moment on the line: filled for the latest."""

    def __init__(self, tone: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._tone, self._first, self._last = tone, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(14, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        middle, at = 7, 15
        painter.setPen(pen("line", 2))
        if not self._first:
            painter.drawLine(middle, 0, middle, at - 6)
        if not self._last:
            painter.drawLine(middle, at + 6, middle, self.height())
        painter.setPen(pen(self._tone, 2))
        painter.setBrush(theme.color(self._tone if self._first else "surface"))
        painter.drawEllipse(middle - 5, at - 5, 10, 10)
