"""导出这 n 份: all that are listed, written below a folder while the button says how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from inspector.services import paper_files, papers
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button


class ExportAll(Button):
    """`show_documents` says which are meant."""

    told = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("documents-export-all", count=0), icon="download", kind="ghost")
        self._desk = desk
        self._which: tuple[str, ...] = ()
        self.clicked.connect(self._ask_folder)

    def show_documents(self, which: Sequence[str]) -> None:
        """These (ids)."""
        self._which = tuple(which)
        self.setVisible(bool(which))
        if self.isEnabled():
            self._count()

    def export_to(self, folder: Path) -> None:
        """Write them into folders below `folder`."""
        self.setEnabled(False)
        self._desk.lanes.paper.ask(
            self,
            partial(paper_files.export, self._desk.workspace, self._which, folder, called=say("sheet-file")),
            done=partial(self._exported, folder, len(self._which)),
            failed=self._not_exported,
            told=self._told,
        )

    def _count(self) -> None:
        self.say(say("documents-export-all", count=len(self._which)))

    def _ask_folder(self) -> None:
        self._desk.lanes.read.ask(
            self, partial(papers.export_folder, self._desk.workspace), done=self._choose_folder
        )

    def _choose_folder(self, last: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("paper-export-where"), last or str(Path.home()))
        if folder:
            self.export_to(Path(folder))

    def _told(self, done: int, total: int) -> None:
        self.say(say("documents-exporting", done=done, total=total))

    def _exported(self, folder: Path, count: int, _: tuple[Path, ...]) -> None:
        self.setEnabled(True)
        self._count()
        text = say("documents-exported", count=count, folder=str(folder))
        self.told.emit(Told(text, icon="file-download"))

    def _not_exported(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._count()
        self.refused.emit(error)
