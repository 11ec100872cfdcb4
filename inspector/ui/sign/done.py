"""The signed sheet: that it is genuine, in plain words, and what people do with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.verdict import Verdict
from inspector.services import papers
from inspector.services.papers import Paper
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.printing import Printing
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label


class VerdictCard(Card):
    """The answer of verification: yes or no, then why, who, and what is worth knowing."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(10)
        self._icon = Icon("shield-check", px=24, token="ok")
        row.addWidget(self._icon)
        self._said = Label(bold=True, wrap=True)
        row.addWidget(self._said, 1)
        self.body.addLayout(row)
        self._lines = Label(role="second", tone="muted", wrap=True)
        self.add(self._lines)

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join((self._said.text(), self._lines.text()))

    def wait(self) -> None:
        """It is being verified."""
        self.become("card")
        self._icon.show_icon("shield-check", "muted")
        self._said.setText(say("paper-verifying"))
        self._said.tone("muted")
        self._lines.hide()
        self.show()

    def show_verdict(self, verdict: Verdict) -> None:
        """What it is, about which file."""
        first, *others = verdict.lines()
        tone = "ok" if verdict.accepted else "bad"
        self.become(tone)
        self._icon.show_icon("shield-check" if verdict.accepted else "shield-x", tone)
        self._said.setText(say(first.key, **first.values))
        self._said.tone(tone)
        self._lines.setText("\n".join(say(line.key, **line.values) for line in others))
        self._lines.setVisible(bool(others))
        self.setAccessibleName(self._said.text())
        self.show()


class PaperActs(QWidget):
    """导出 打开文件夹 打印, for one signed sheet."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._paper: Paper | None = None
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

    def show_paper(self, paper: Paper | None) -> None:
        """The sheet that is meant."""
        self._paper = paper
        for button in (self.export, self.open, self.print):
            button.setEnabled(paper is not None)

    def export_to(self, folder: Path) -> None:
        """Write it into 日期/街道/ below `folder`."""
        if self._paper is None:
            return
        call = partial(
            _export, self._desk.workspace, self._paper.content.inspection, folder, say("sheet-file")
        )
        self._desk.lanes.paper.ask(self, call, done=self._exported, failed=self.failed.emit)

    def print_out(self) -> None:
        """The printer's dialog."""
        if self._paper is not None:
            self._printing.ask(self._paper.pdf, self._paper.content.number)

    def _export(self) -> None:
        self._desk.lanes.read.ask(
            self, partial(papers.export_folder, self._desk.workspace), done=self._choose
        )

    def _choose(self, last: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("paper-export-where"), last or str(Path.home()))
        if folder:
            self.export_to(Path(folder))

    def _exported(self, file: Path) -> None:
        self._folder = str(file.parent)
        self.told.emit(Told(say("paper-exported", file=file.name), icon="file-download"))

    def _open(self) -> None:
        """The folder of what was written last; without one, write first."""
        if self._folder:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))
        else:
            self._export()

    def _printed(self) -> None:
        self.told.emit(Told(say("paper-printed"), icon="printer"))


class DonePanel(QWidget):
    """What stands at the right once all have signed."""

    home = Signal()
    documents = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("file-check", px=32, token="ok"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(say("sign-done"), role="page", bold=True))
        self._number = Label(tone="muted", wrap=True)
        words.addWidget(self._number)
        head.addLayout(words, 1)
        column.addLayout(head)
        self.verdict = VerdictCard()
        column.addWidget(self.verdict)
        self.acts = PaperActs(desk)
        column.addWidget(self.acts)
        row = QHBoxLayout()
        row.setSpacing(8)
        look = Button(say("sign-done-documents"), icon="file-text", kind="ghost")
        look.clicked.connect(self.documents)
        row.addWidget(look)
        row.addStretch(1)
        self.go_home = primary(say("sign-done-home"), icon="sun")
        self.go_home.clicked.connect(self.home)
        row.addWidget(self.go_home)
        column.addLayout(row)
        column.addStretch(1)

    def show_paper(self, paper: Paper) -> None:
        """Which sheet it is."""
        self._number.setText(
            say("sign-done-number", number=paper.content.number, site=paper.content.site.name)
        )
        self.acts.show_paper(paper)
        self.verdict.wait()


def _export(workspace: Workspace, inspection: str, folder: Path, called: str) -> Path:
    papers.keep_export_folder(workspace, folder)
    return papers.export(workspace, [inspection], folder, called=called)[0]
