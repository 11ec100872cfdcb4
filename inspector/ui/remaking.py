"""What one sees while lists are made again before the first page: a new version on a workspace of years takes 20 s."""

from __future__ import annotations

from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QMainWindow, QProgressBar, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.widgets.text import Label

UNSEEN_S: Final = 0.3  # what is over sooner is not worth a window
STEPS: Final = 1000


class Remaking(QMainWindow):
    """A line of progress, painted from inside the work: nothing else can happen meanwhile, and no key gets through."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(say("ui-name"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(48, 32, 48, 40)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Label(say("remaking-title"), role="page", bold=True))
        column.addWidget(Label(say("remaking-text"), tone="muted", wrap=True))
        self._bar = QProgressBar()
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("remaking-title"))
        column.addSpacing(8)
        column.addWidget(self._bar)
        self.left = Label(role="second", tone="muted")
        column.addWidget(self.left)
        column.addStretch(1)
        self.setCentralWidget(inside)
        self.resize(560, 240)
        self._begun = monotonic()

    def tell(self, done: float) -> None:
        """How much is done, from 0 to 1."""
        gone = monotonic() - self._begun
        if gone < UNSEEN_S and self.isHidden():
            return
        self._bar.setValue(round(done * STEPS))
        seconds = round(gone / done - gone) if done else 0
        self.left.setText(say("remaking-left", seconds=max(1, seconds)))
        self.show()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
