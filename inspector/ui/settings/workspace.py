"""工作区与备份: where it lies, which ledger, how this laptop is called; a backup while one works on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from inspector.services import check, copies, folders, units
from inspector.services.check import Backed
from inspector.services.lists import Imported
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Told
from inspector.ui.settings.part import Part, line
from inspector.ui.sites.imported import ImportCard
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label

FIELD_PX = 240


class About(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is how this laptop's people call it; `free` bytes on its disk; so many `units` are known."""

    label: str
    free: int
    units: int


class WorkspacePart(Part):
    """One workspace, one ledger, one laptop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._label = ""
        workspace = desk.workspace
        card = Card()
        self._folder = Button(say("settings-open-folder"), icon="folder-open")
        self._folder.clicked.connect(self._open_folder)
        self.place = Label(str(workspace.path), role="second", tone="muted", wrap=True)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.add(line(say("settings-place"), self.place, self._folder))
        ledger = Label(workspace.ledger, role="item", bold=True)
        card.add(line(say("settings-ledger"), say("settings-ledger-note"), ledger), line=True)
        self.laptop = TextLine(name=say("settings-laptop"))
        self.laptop.setMinimumWidth(theme.look.px(FIELD_PX))
        self.laptop.settled.connect(self._name)
        card.add(line(say("settings-laptop"), say("settings-laptop-note"), self.laptop), line=True)
        self.column.addWidget(card)
        backup = Card()
        self.backup = Button(say("settings-backup-do"), icon="package-export")
        self.backup.clicked.connect(self._choose)
        backup.add(line(say("settings-backup"), say("settings-backup-note"), self.backup))
        self.said = ErrorStrip(can_retry=False)
        backup.add(self.said)
        self.column.addWidget(backup)
        listed = Card()
        self.units = Label("", role="second", tone="muted", wrap=True)
        self.bring = Button(say("settings-units-do"), icon="table-import")
        self.bring.clicked.connect(self._choose_units)
        listed.add(line(say("settings-units"), self.units, self.bring))
        self.column.addWidget(listed)
        self.came = ImportCard()
        self.came.hide()
        self.column.addWidget(self.came)

    def refresh(self) -> None:
        self._desk.lanes.read.ask(
            self,
            partial(_read, self._desk.workspace),
            done=self._show,
            failed=self.failed.emit,
        )

    def _show(self, about: About) -> None:
        self._label = about.label
        self.laptop.show_text(about.label)
        free = say("settings-place-free", gigabytes=about.free // 1_000_000_000)
        self.place.setText(say("ui-dot").join((str(self._desk.workspace.path), free)))

        self.units.setText(
            say("settings-units-note", count=about.units) if about.units else say("settings-units-none")
        )

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.workspace.path)))

    def _name(self, label: str) -> None:
        if label.strip() == self._label:
            return
        self._desk.lanes.save.ask(
            self,
            partial(copies.name_device, self._desk.workspace, label),
            done=partial(self._named, label.strip()),
            failed=self.failed.emit,
        )

    def _named(self, label: str, _: None) -> None:
        self._label = label
        self.told.emit(Told(say("settings-laptop-saved", name=label)))

    def _choose(self) -> None:
        day = self._desk.now().date().isoformat()
        proposed = str(Path.home() / say("settings-backup-name", day=day))
        file, _ = QFileDialog.getSaveFileName(
            self, say("settings-backup"), proposed, say("settings-backup-files")
        )
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """A backup into `file`, on the paper lane: it may take minutes."""
        self.backup.setEnabled(False)
        self.said.tell(say("settings-backup-working"), kind="accent", icon="hourglass")
        self._desk.lanes.paper.ask(
            self,
            partial(check.backup, self._desk.workspace.path, file, now=self._desk.now()),
            done=self._written,
            failed=self._not_written,
        )

    def _choose_units(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, say("settings-units-do"), "", say("settings-units-files"))
        if file:
            self.take_units(Path(file))

    def take_units(self, file: Path) -> None:
        """Take in the office's list of units: findings are handed to them."""
        self.came.wait(file.name)
        self._desk.lanes.save.ask(
            self,
            partial(units.import_file, self._desk.workspace, file, now=self._desk.now()),
            done=partial(self._units_came, file.name),
            failed=self._units_not_taken,
        )

    def _units_came(self, name: str, done: Imported) -> None:
        self.came.show_result(name, done)
        self.refresh()

    def _units_not_taken(self, error: BaseException) -> None:
        self.came.hide()
        self.failed.emit(error)

    def _written(self, done: Backed) -> None:
        self.backup.setEnabled(True)
        megabytes = max(1, round(done.bytes / 1_000_000))
        what = say("settings-backup-done", file=done.file, megabytes=megabytes, blobs=done.blobs)
        lacks = bool(done.missing or done.damaged)
        then = say("settings-backup-lacks", missing=len(done.missing), damaged=len(done.damaged))
        kind, icon = ("warn", "alert-triangle") if lacks else ("ok", "circle-check")
        self.said.tell(what, then if lacks else "", kind=kind, icon=icon)

    def _not_written(self, error: BaseException) -> None:
        self.backup.setEnabled(True)
        self.said.show_error(error)


def _read(workspace: Workspace) -> About:
    own = copies.own_label(workspace)
    return About(label=own, free=folders.look(workspace.path).free, units=len(units.every(workspace)))
