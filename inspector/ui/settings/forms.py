"""检查表: which forms are in use, in which edition, which are the office's own, and which of those cannot be used."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from inspector.model.errors import BadInput
from inspector.model.words import FormStatus, word
from inspector.services import forms
from inspector.services.forms import Edition
from inspector.services.workspaces import Workspace
from inspector.text import explain, say, tell
from inspector.ui import icons
from inspector.ui.desk import Desk
from inspector.ui.settings.part import Part
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label

FOLDER = "forms"


class Editions(msgspec.Struct, frozen=True, kw_only=True):
    """What can be inspected with, and the errors of own files that cannot be used."""

    usable: tuple[Edition, ...]
    unusable: tuple[BadInput, ...]


class FormsPart(Part):
    """The list, and above it in red what is wrong with own files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.bad = Card(kind="bad")
        self._count = Label(bold=True, tone="bad", wrap=True)
        self.bad.add(self._count)
        self.bad.add(Label(say("settings-forms-unusable-note"), role="second", wrap=True))
        self.faults = Label(role="second", wrap=True)
        self.faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bad.add(self.faults)
        self.bad.hide()
        self.column.addWidget(self.bad)
        card = Card(say("settings-forms-title"))
        folder = Button(say("settings-open-folder"), icon="folder-open", kind="ghost")
        folder.clicked.connect(self._open_folder)
        card.head.addWidget(folder)
        card.add(Label(say("settings-forms-note"), role="second", tone="muted", wrap=True))
        self.list = RowList(name=say("settings-forms-title"), fitted=True)
        card.add(self.list)
        self.column.addWidget(card)

    def refresh(self) -> None:
        self._desk.lanes.read.ask(
            self, partial(_read, self._desk.workspace), done=self._show, failed=self.failed.emit
        )

    def _show(self, seen: Editions) -> None:
        self.list.show_rows([_row(one) for one in seen.usable])
        self.bad.setVisible(bool(seen.unusable))
        self._count.setText(say("settings-forms-unusable", count=len(seen.unusable)))
        self.faults.setText("\n".join(_told(error) for error in seen.unusable))

    def _open_folder(self) -> None:
        folder = Path(self._desk.workspace.path, FOLDER)
        folder.mkdir(exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _read(workspace: Workspace) -> Editions:
    return Editions(usable=tuple(forms.every(workspace)), unusable=tuple(forms.unusable(workspace)))


def _told(error: BadInput) -> str:
    """A file that cannot be used, and each of its faults."""
    lines = [tell(fault) for fault in forms.faults(error)]
    return "\n".join((explain(error)[0], *(f"  {one}" for one in lines)))


def _row(edition: Edition) -> Row:
    form = edition.form
    note = say("settings-form-note", title=form.title, edition=form.edition, items=len(form.by_code))
    notes = [note]
    if edition.own:
        notes.append(say("settings-form-own", file=edition.file))
    if edition.replaced is not None:
        notes.append(say("settings-form-replaces", edition=edition.replaced.edition))
    draft = form.status is FormStatus.DRAFT
    return Row(
        key=form.id,
        title=form.name,
        note=say("ui-dot").join(notes),
        icon=icons.site_icon(form.site_kind),
        facts=(Fact(word(form.status), tone="warn" if draft else "ok", badge=True),),
    )
