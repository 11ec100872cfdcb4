"""The visit that was worked on last, with the one big button of the home screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.services.today import OpenDraft
from inspector.text import say
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import primary
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Bar
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import site_note


class GoingOn(Card):
    """The draft that was worked on last, with the one big button of the screen."""

    pressed = Signal(object)  # OpenDraft

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(kind="accent")
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._draft: OpenDraft | None = None
        row = QHBoxLayout()
        row.setSpacing(16)
        self._tile = PhotoTile("", size=QSize(140, 112))
        self._tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tile.clicked.connect(self._press)
        row.addWidget(self._tile)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Label(say("today-going-on"), role="body", tone="accent", bold=True))
        self._name = ElidedLabel(role="page", bold=True)
        self._note = ElidedLabel(tone="muted")
        words.addWidget(self._name)
        words.addWidget(self._note)
        counts = QHBoxLayout()
        counts.setSpacing(10)
        self._bar = Bar(width=150)
        self._count = Label(tone="muted")
        self._failed = Label(tone="bad", bold=True)
        for widget in (self._bar, self._count, self._failed):
            counts.addWidget(widget)
        counts.addStretch(1)
        words.addSpacing(6)
        words.addLayout(counts)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._button = primary(say("today-continue"), icon="player-play", big=True)
        self._button.clicked.connect(self._press)
        row.addWidget(self._button)
        self.body.addLayout(row)

    def fold(self, narrow: bool) -> None:
        self._tile.resize_to(QSize(112, 88) if narrow else QSize(140, 112))

    def show_draft(self, draft: OpenDraft) -> None:
        self._draft = draft
        self._name.setText(draft.site.name)
        note = site_note(draft.kind, draft.site.code)
        if draft.stopped:
            stopped = say("today-stopped", code=draft.stopped, text=draft.stopped_text)
            note = say("ui-dot").join((note, stopped))
        self._note.setText(note)
        progress = draft.progress
        self._bar.show_progress(passed=progress.passed, failed=progress.failed, total=progress.total)
        self._count.setText(say("ui-items", answered=progress.answered, total=progress.total))
        self._failed.setText(say("ui-failed", count=progress.failed) if progress.failed else "")
        self._button.setAccessibleDescription(draft.site.name)
        self._tile.setVisible(bool(draft.photo))
        if draft.photo:
            self._tile.setAccessibleName(draft.site.name)
            self._tile.show_image(self._pictures.image(draft.photo))

    def _arrived(self, photo: str) -> None:
        if self._draft and self._draft.photo == photo:
            self._tile.show_image(self._pictures.image(photo))

    def _press(self) -> None:
        if self._draft:
            self.pressed.emit(self._draft)
