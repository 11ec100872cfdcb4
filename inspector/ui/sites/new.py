"""A site that was met in the field: what one knows of it on the spot, the rest comes from the office."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from inspector.model.errors import BadInput
from inspector.model.rows import RowProblem
from inspector.model.site import Site
from inspector.model.unit import Unit
from inspector.model.words import COMMUNITY, STREET
from inspector.services import forms, sites, units
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import KeyCap, Label

WIDE_PX = 720


class NewSiteScreen(Screen):
    """Name and kind are enough."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("new-site-title"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(24, 20, 24, 24), spacing=12)
        outer.addWidget(scrolled)
        body = scrolled.body
        head = QHBoxLayout()
        back = Button(say("ui-back"), icon="chevron-left", kind="ghost", key="Esc")
        back.clicked.connect(self.back)
        head.addWidget(back)
        head.addWidget(Label(say("new-site-title"), role="page", bold=True))
        head.addStretch(1)
        body.addLayout(head)
        body.addWidget(Label(say("new-site-note"), tone="muted", wrap=True))
        body.addWidget(self.strip)
        self._name = TextLine(place.spot, name=say("new-site-name"))
        self._kind = ComboField(name=say("new-site-kind"))
        self._street = ComboField(name=say("new-site-street"))
        self._community = ComboField(name=say("new-site-community"))
        self._address = TextLine(name=say("new-site-address"))
        self._lead = ComboField(name=say("new-site-lead"))
        self._code = TextLine(name=say("new-site-code"), placeholder=say("new-site-code-hint"))
        self._note = TextLine(name=say("new-site-remark"))
        self._fields = {
            "name": Field(say("new-site-name"), self._name, hint=say("ui-required")),
            "kind": Field(say("new-site-kind"), self._kind, hint=say("ui-required")),
            "address": Field(say("new-site-address"), self._address),
            "street": Field(say("new-site-street"), self._street),
            "community": Field(say("new-site-community"), self._community),
            "lead": Field(say("new-site-lead"), self._lead),
            "code": Field(say("new-site-code"), self._code),
            "note": Field(say("new-site-remark"), self._note),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for number, field in enumerate(self._fields.values()):
            field.setMaximumWidth(theme.look.px(WIDE_PX // 2))
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2, 1)
        body.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.keep = primary(say("new-site-keep"), icon="plus", key="Ctrl Enter")
        self.keep.clicked.connect(self._keep)
        row.addWidget(self.keep)
        row.addWidget(KeyCap("Ctrl Enter"))
        row.addStretch(1)
        body.addLayout(row)
        body.addStretch(1)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._keep)
        self.begin_at(self._name)

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(_lists, self.desk.workspace), done=self._fill, failed=self.strip.show_error
        )

    def _fill(self, read: tuple[list[str], list[Unit]]) -> None:
        kinds, known = read
        self._kind.addItems(kinds)
        for combo, role in ((self._street, STREET), (self._community, COMMUNITY), (self._lead, "")):
            combo.addItem("")
            combo.addItems([unit.label for unit in known if not role or role in unit.roles])

    def _keep(self) -> None:
        self._name.commit()
        for field in self._fields.values():
            field.ask("")
        cells = {
            "name": self._name.text(),
            "kind": self._kind.currentText(),
            "address": self._address.text(),
            "street": self._street.currentText(),
            "community": self._community.currentText(),
            "lead": self._lead.currentText(),
            "code": self._code.text(),
            "note": self._note.text(),
        }
        self.desk.lanes.save.ask(
            self,
            partial(sites.add, self.desk.workspace, cells, now=self.desk.now()),
            done=self._kept,
            failed=self._refused,
        )

    def _kept(self, site: Site) -> None:
        self.changed.emit()
        self.go.emit(Place("sites", which=site.id))

    def _refused(self, error: BaseException) -> None:
        """The red line stands under the field that it is about."""
        problems = error.values.get("problems") if isinstance(error, BadInput) else None
        placed = False
        for one in problems if isinstance(problems, tuple) else ():
            if isinstance(one, RowProblem) and one.column in self._fields:
                self._fields[one.column].ask(say(f"row-{one.code}", value=one.value))
                if not placed:
                    self._fields[one.column].editor.setFocus()
                placed = True
        if not placed:
            self.strip.show_error(error)


def _lists(workspace: Workspace) -> tuple[list[str], list[Unit]]:
    return [edition.form.site_kind for edition in forms.every(workspace)], units.every(workspace)
