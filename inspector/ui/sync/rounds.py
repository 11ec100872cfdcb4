"""While the window is open, open drafts go to the sticks that are in, every five minutes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from inspector.services.workspaces import Workspace
from inspector.ui.desk import Desk

EVERY_MS: Final = 5 * 60_000


class DraftRounds(QObject):
    """Nobody is told: a stick that fails says so at the next sync. One round at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._under_way = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.go)
        self._timer.start()

    def go(self) -> None:
        """One round, unless the last one is still under way. Not on the lane of the papers: a slow stick would keep a
        preview waiting."""
        if not self._under_way:
            self._under_way = True
            self._desk.lanes.images.ask(
                self,
                partial(_go, self._desk.workspace, self._desk.now()),
                done=self._done,
                failed=self._done,
            )

    def _done(self, _answer: object) -> None:
        self._under_way = False


def _go(workspace: Workspace, now: datetime) -> None:
    from inspector.services import draft_rounds  # with all that syncing needs: not before the window is there

    draft_rounds.go(workspace, now=now)
