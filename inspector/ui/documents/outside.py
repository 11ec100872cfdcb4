"""核验 PDF: a file that somebody brought is looked at, and stays outside the workspace."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from inspector.services import papers
from inspector.services.papers import Looked
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.widgets.buttons import Button


class VerifyFile(Button):
    """Asks for a file; `looked` has it with what verification says, `refused` why it is no document."""

    looked = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("documents-verify"), icon="shield-check")
        self._desk = desk
        self.clicked.connect(self._ask)

    def look_at(self, file: Path) -> None:
        """Verify this file; a second or so."""
        self.setEnabled(False)
        self._desk.lanes.paper.ask(
            self, partial(papers.look, self._desk.workspace, file), done=self._done, failed=self._failed
        )

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, say("documents-verify"), "", say("documents-files"))
        if name:
            self.look_at(Path(name))

    def _done(self, looked: Looked) -> None:
        self.setEnabled(True)
        self.looked.emit(looked)

    def _failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self.refused.emit(error)
