"""Something of a finding, large, where the list was: a photo from before beside one from after, or the pages of a
paper. Esc goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.services.finding_page import Shot
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.findings.panel import shot_words
from inspector.ui.paper import PaperView
from inspector.ui.photos.picture import MarkView
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.text import ElidedLabel, Label

SIDE_PX: Final = 1600


class _Side(QWidget):
    """One photo with what it is above it."""

    def __init__(self) -> None:
        super().__init__()
        self.shot: Shot | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.words = Label(bold=True)
        column.addWidget(self.words)
        self.view = MarkView()
        column.addWidget(self.view, 1)

    def show_shot(self, shot: Shot | None, pictures: Pictures) -> None:
        self.shot = shot
        self.setVisible(shot is not None)
        if shot is not None:
            words = shot_words(shot)
            self.words.setText(words)
            self.view.setAccessibleName(words)
            self.view.show_image(pictures.image(shot.sha256, side_px=SIDE_PX, turned=shot.turned))


class LookView(QFrame):
    """`closed` on Esc; ← → turn to the photo before and after."""

    closed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "work")
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._before: Shot | None = None
        self._shots: tuple[Shot, ...] = ()
        self._at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = ElidedLabel(role="title", bold=True)
        head.addWidget(self.title, 1)
        self.earlier = IconButton("chevron-left", say("findings-photo-earlier"), key="←")
        self.earlier.clicked.connect(self._step_back)
        self.later = IconButton("chevron-right", say("findings-photo-later"), key="→")
        self.later.clicked.connect(self._step_on)
        self.shut = Button(say("findings-look-shut"), icon="x", key="Esc")
        self.shut.clicked.connect(self.closed)
        for button in (self.earlier, self.later, self.shut):
            head.addWidget(button)
        column.addLayout(head)
        self._pages = QStackedWidget()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.left, self.right = _Side(), _Side()
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 1)
        self._pages.addWidget(both)
        self.paper = PaperView(desk)
        self.paper.failed.connect(self.failed)
        self._pages.addWidget(self.paper)
        column.addWidget(self._pages, 1)

    def show_photos(self, shots: Sequence[Shot], which: str, title: str) -> None:
        """The photo `which` beside the first one from before; one from before beside the latest after."""
        before = [shot for shot in shots if shot.before]
        after = [shot for shot in shots if not shot.before]
        chosen = next((shot for shot in shots if shot.sha256 == which), None)
        self._before = before[0] if before else None
        self._shots = tuple(after if after and (chosen is None or not chosen.before) else shots)
        if chosen is not None and chosen.before and after:
            self._before, self._shots = chosen, tuple(after)
        self._at = self._shots.index(chosen) if chosen in self._shots else 0
        self.title.setText(title)
        self._pages.setCurrentIndex(0)
        self._turn()
        self.right.view.setFocus()

    def show_pdf(self, pdf: bytes, title: str) -> None:
        """The pages of a document."""
        self._shots = ()
        self.title.setText(title)
        self._pages.setCurrentIndex(1)
        self.earlier.hide()
        self.later.hide()
        self.paper.show_pdf(pdf)
        self.paper.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in steps and self._shots:
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> None:
        self._step(-1)

    def _step_on(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        self._at = max(0, min(len(self._shots) - 1, self._at + by))
        self._turn()

    def _turn(self) -> None:
        """The one that is looked at stands at the right, beside what it was before."""
        shot = self._shots[self._at] if self._shots else None
        self.left.show_shot(self._before if shot != self._before else None, self._pictures)
        self.right.show_shot(shot, self._pictures)
        for button, yes in ((self.earlier, self._at > 0), (self.later, self._at + 1 < len(self._shots))):
            button.setVisible(len(self._shots) > 1)
            button.setEnabled(yes)

    def _arrived(self, photo: str) -> None:
        for side in (self.left, self.right):
            if side.shot is not None and side.shot.sha256 == photo:
                image = self._pictures.image(photo, side_px=SIDE_PX, turned=side.shot.turned)
                side.view.show_image(image)
