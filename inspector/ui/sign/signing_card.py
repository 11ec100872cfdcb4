"""How many sheets are signed of those that are to be, and the way to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar

from inspector.text import say
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class SigningCard(Card):
    """Hidden until its page shows it: something is being signed."""

    def __init__(self) -> None:
        super().__init__()
        self._said = Label(bold=True, wrap=True)
        self.add(self._said)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(say("evening-progress"))
        self.add(self._progress)
        self.stop = Button(say("evening-stop"), icon="player-stop")
        self.body.addWidget(self.stop, alignment=Qt.AlignmentFlag.AlignRight)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._said.setText(say("evening-signing", done=done, total=total))
