"""How far a long act is, and 停止."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from inspector.text import say
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class WaitingCard(Card):
    """Hidden until something is told; `stopped` when somebody wants no more."""

    stopped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._said = Label(bold=True, wrap=True)
        self.add(self._said)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        self.add(self._bar)
        self.stop = Button(say("evening-stop"), icon="player-stop")
        self.stop.clicked.connect(self.stopped)
        self.body.addWidget(self.stop, alignment=Qt.AlignmentFlag.AlignRight)
        self.hide()

    def tell(self, text: str, done: int, total: int) -> None:
        """`done` of `total` parts."""
        self._said.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()
