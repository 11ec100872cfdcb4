"""A site that was met in the field: what one knows of it on the spot, the rest comes from the office."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.model.site import Site
from inspector.model.unit import Directory
from inspector.services import forms, sites, units
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.sites.form import SiteForm
from inspector.ui.widgets.buttons import primary
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.text import KeyCap, Label


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
        body.addLayout(PageHead(say("new-site-title"), back=self.back, about=False))
        body.addWidget(Label(say("new-site-note"), tone="muted", wrap=True))
        body.addWidget(self.strip)
        self.form = SiteForm()
        self.form.name.setText(place.spot)
        body.addWidget(self.form)
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
        self.begin_at(self.form.name)

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(_lists, self.desk.workspace), done=self._fill, failed=self.strip.show_error
        )

    def _fill(self, read: tuple[list[str], Directory]) -> None:
        kinds, directory = read
        self.form.offer_kinds(kinds)
        self.form.offer_units(directory)

    def _keep(self) -> None:
        self.form.ask_nothing()
        self.desk.lanes.save.ask(
            self,
            partial(sites.add, self.desk.workspace, self.form.cells(), now=self.desk.now()),
            done=self._kept,
            failed=self._refused,
        )

    def _kept(self, site: Site) -> None:
        self.changed.emit()
        self.go.emit(Place("sites", which=site.id))

    def _refused(self, error: BaseException) -> None:
        """The red line stands under the field that it is about."""
        if not self.form.ask(error):
            self.strip.show_error(error)


def _lists(workspace: Workspace) -> tuple[list[str], Directory]:
    return [edition.form.site_kind for edition in forms.every(workspace)], Directory(units.every(workspace))
