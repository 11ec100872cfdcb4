"""导出 打开文件夹 打印, for one document of any kind."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from inspector.services import paper_files, papers
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.printing import Printing
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button


class PaperActs(QWidget):
    """`show_file` says which document is meant."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._which, self._name, self._pdf = "", "", b""
        self._folder = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.export = Button(say("paper-export"), icon="download")
        self.open = Button(say("paper-open-folder"), icon="folder-open")
        self.print = Button(say("paper-print"), icon="printer", key="Ctrl P")
        self.export.clicked.connect(self._export)
        self.open.clicked.connect(self._open)
        self.print.clicked.connect(self.print_out)
        for button in (self.export, self.open, self.print):
            row.addWidget(button, 1)
        self._printing = Printing(desk, self)
        self._printing.failed.connect(self.failed)
        self._printing.done.connect(self._printed)

    def show_file(self, which: str, name: str, pdf: bytes) -> None:
        """The document with this id: what a printer calls it, and its bytes; none without an id."""
        self._which, self._name, self._pdf = which, name, pdf
        for button in (self.export, self.open, self.print):
            button.setEnabled(bool(which))

    def export_to(self, folder: Path) -> None:
        """Write it, and what goes with it, into folders below `folder`."""
        if not self._which:
            return
        call = partial(
            paper_files.export, self._desk.workspace, [self._which], folder, called=say("sheet-file")
        )
        self._desk.lanes.paper.ask(self, call, done=self._exported, failed=self.failed.emit)

    def print_out(self) -> None:
        """The printer's dialog."""
        if self._which:
            self._printing.ask(self._pdf, self._name)

    def _export(self) -> None:
        self._desk.lanes.read.ask(
            self, partial(papers.export_folder, self._desk.workspace), done=self._choose
        )

    def _choose(self, last: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("paper-export-where"), last or str(Path.home()))
        if folder:
            self.export_to(Path(folder))

    def _exported(self, files: tuple[Path, ...]) -> None:
        self._folder = str(files[0].parent)
        text = (
            say("paper-exported", file=files[0].name)
            if len(files) == 1
            else say("paper-exported-all", file=files[0].name, count=len(files))
        )
        self.told.emit(Told(text, icon="file-download"))

    def _open(self) -> None:
        """The folder of what was written last; without one, write first."""
        if self._folder:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))
        else:
            self._export()

    def _printed(self) -> None:
        self.told.emit(Told(say("paper-printed"), icon="printer"))
