"""检查: how the next visit is proposed, as the last one was begun; it can be forgotten."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from inspector.model.words import word
from inspector.services import chosen, people
from inspector.services.chosen import Visit
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told
from inspector.ui.settings.part import Part
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label
from inspector.ui.words import site_note

FACTS = ("settings-visit-category", "settings-visit-mandate", "settings-visit-team", "settings-visit-members")


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen last, with the names of its people."""

    visit: Visit
    members: tuple[str, ...]


class VisitPart(Part):
    """Category, mandate and team as they will be proposed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        card = Card(say("settings-visit-title"))
        card.add(Label(say("settings-visit-note"), role="second", tone="muted", wrap=True))
        self._nothing = Label(say("settings-visit-nothing"), wrap=True)
        card.add(self._nothing)
        self._holder = QWidget()
        form = QFormLayout(self._holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(24)
        self.values = {key: Label(wrap=True) for key in FACTS}
        for key, value in self.values.items():
            form.addRow(Label(say(key), tone="muted"), value)
        self._form = form
        card.add(self._holder)
        self.forget = Button(say("settings-visit-forget"), icon="eraser")
        self.forget.clicked.connect(self._forget)
        card.body.addWidget(self.forget, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)

    def refresh(self) -> None:
        self._desk.lanes.read.ask(
            self, partial(_read, self._desk.workspace), done=self._show, failed=self.failed.emit
        )

    def _show(self, seen: Remembered) -> None:
        visit = seen.visit
        known = visit != Visit()
        self._nothing.setVisible(not known)
        self._holder.setVisible(known)
        self.forget.setVisible(known)
        mandate = visit.mandate
        texts = (
            word(visit.category),
            site_note(mandate.issuer, mandate.title, mandate.number, mandate.date) if mandate else "",
            visit.team.name,
            say("ui-list").join(seen.members),
        )
        for (key, value), text in zip(self.values.items(), texts, strict=True):
            value.setText(text)
            self._form.setRowVisible(self.values[key], bool(text))

    def _forget(self) -> None:
        self._desk.lanes.save.ask(
            self,
            partial(chosen.keep_visit, self._desk.workspace, Visit()),
            done=self._forgotten,
            failed=self.failed.emit,
        )

    def _forgotten(self, _: None) -> None:
        self.told.emit(Told(say("settings-visit-forgotten")))
        self.refresh()


def _read(workspace: Workspace) -> Remembered:
    visit = chosen.visit(workspace)
    names = {one.id: one.name for one in people.every(workspace)}
    members = tuple(names[one.person] for one in visit.team.members if one.person in names)
    return Remembered(visit=visit, members=members)
