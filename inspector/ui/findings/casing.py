"""卷宗: which case, into which folder; it is written with a count, and can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout

from inspector.model.file_name import legal
from inspector.model.unit import Unit
from inspector.services import case_file, papers
from inspector.services.case_file import Exported
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.widgets.buttons import Button, Choice, primary
from inspector.ui.widgets.fields import ComboField, Field, NumberField
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label
from inspector.ui.work import Ticket

MOST_OF_A_NAME: Final = 60


class CaseForm(QFrame):
    """`closed` on the way back."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._which: tuple[str, ...] = ()
        self._site, self._title = "", ""
        self._folder = Path()
        self._ticket: Ticket | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(20, 14, 20, 14), spacing=10)
        outer.addWidget(scrolled)
        body = scrolled.body
        body.addWidget(Label(say("findings-case"), role="section", bold=True))
        body.addWidget(Label(say("findings-case-note"), role="second", tone="muted", wrap=True))
        self.strip = ErrorStrip(can_retry=False)
        body.addWidget(self.strip)
        self.these = Choice(say("findings-case-these"))
        self.site = Choice(say("findings-case-site"))
        self.year = Choice(say("findings-case-year"))
        for choice in (self.these, self.site, self.year):
            body.addWidget(choice)
            choice.toggled.connect(self._draw)
        self.unit = ComboField(name=say("findings-fact-lead"))
        self._unit = Field(say("findings-fact-lead"), self.unit)
        self.of_year = NumberField(name=say("findings-case-which-year"), width=96)
        self._of_year = Field(say("findings-case-which-year"), self.of_year)
        body.addWidget(self._unit)
        body.addWidget(self._of_year)
        self.told = Label(wrap=True)
        body.addWidget(self.told)
        self.yes = primary(say("findings-case-do"), icon="folder-open")
        self.yes.clicked.connect(self._ask_folder)
        self.stop = Button(say("findings-case-stop"), icon="player-stop")
        self.stop.clicked.connect(self._stop)
        self.show_folder = Button(say("findings-case-open"), icon="folder-open")
        self.show_folder.clicked.connect(self._open_folder)
        self.no = Button(say("findings-cancel"), kind="ghost", key="Esc")
        self.no.clicked.connect(self.closed)
        for button in (self.yes, self.stop, self.show_folder, self.no):
            body.addWidget(button)
        body.addStretch(1)

    def open(
        self, which: Sequence[str], *, site: str, title: str, units: Sequence[Unit], today: date
    ) -> None:
        """The case of these findings, of the site (an entity; empty: several), or of a unit and a year."""
        self._which, self._site, self._title = tuple(which), site, title
        self.strip.clear()
        self.these.setText(
            say("findings-case-these") if len(which) == 1 else say("findings-case-many", count=len(which))
        )
        self.these.setVisible(bool(which))
        self.site.setVisible(bool(site))
        self.unit.clear()
        self.unit.addItem(say("findings-case-every-unit"), "")
        for unit in units:
            self.unit.addItem(unit.label, unit.id)
        self.of_year.setText(str(today.year))
        first = self.these if which else self.year
        first.setChecked(True)
        self.told.setText("")
        self._draw()
        first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # ── writing

    def _ask_folder(self) -> None:
        self._desk.lanes.read.ask(
            self,
            partial(papers.export_folder, self._desk.workspace),
            done=self._choose,
            failed=self.strip.show_error,
        )

    def _choose(self, last: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("findings-case-where"), last or str(Path.home()))
        if folder:
            self.write_into(Path(folder))

    def write_into(self, folder: Path) -> None:
        """Write the case into a new folder of its own inside `folder`."""
        self.strip.clear()
        self._folder = folder / legal(say("findings-case-folder", title=self._name()), limit=MOST_OF_A_NAME)
        call = partial(_kept, self._call(), self._desk.workspace, folder)
        self._ticket = self._desk.lanes.paper.ask(
            self, call, done=self._written, failed=self._failed, told=self._tell
        )
        self._draw()

    def _call(self) -> partial[Exported]:
        workspace = self._desk.workspace
        if self.year.isChecked():
            text = self.of_year.text()
            year = int(text) if text.isdigit() else 0
            unit = self.unit.currentData() or ""
            return partial(case_file.of_year, workspace, year, self._folder, unit=unit)
        if self.site.isChecked():
            return partial(case_file.of_site, workspace, self._site, self._folder)
        return partial(case_file.of_findings, workspace, self._which, self._folder)

    def _name(self) -> str:
        if self.year.isChecked():
            unit = self.unit.currentText() if self.unit.currentData() else ""
            return f"{self.of_year.text()} {unit}".strip()
        return self._title

    def _tell(self, done: int, total: int) -> None:
        self.told.setText(say("findings-case-writing", done=done, total=total))

    def _written(self, done: Exported) -> None:
        self._ticket = None
        self.told.setText(
            say("case-written", count=len(done.pieces), folder=str(done.folder), missing=done.missing)
        )
        self._draw()
        self.show_folder.show()
        self.show_folder.setFocus()

    def _failed(self, error: BaseException) -> None:
        self._ticket = None
        self.told.setText("")
        self._draw()
        self.strip.show_error(error)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._desk.lanes.paper.cancel(self._ticket)
            self._ticket = None
            self.told.setText(say("findings-case-stopped"))
            self._draw()
            self.yes.setFocus()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _draw(self, _: bool = False) -> None:
        busy = self._ticket is not None
        by_year = self.year.isChecked()
        self._unit.setVisible(by_year)
        self._of_year.setVisible(by_year)
        self.yes.setVisible(not busy)
        self.stop.setVisible(busy)
        self.show_folder.hide()


def _kept(
    call: partial[Exported], workspace: Workspace, folder: Path, *, report: case_file.Report
) -> Exported:
    """Write the case, and remember where to."""
    done = call(report=report)
    papers.keep_export_folder(workspace, folder)
    return done
