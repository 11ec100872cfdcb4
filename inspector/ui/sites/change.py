"""What is known of a site is changed: the fields as they are, and the reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.model.site import Site
from inspector.services import site_changes
from inspector.services.site_changes import Editable
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.sites.form import WIDE_PX, SiteForm
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Chip, primary
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.text import KeyCap
from inspector.ui.words import site_note

USUAL = ("change-site-was-wrong", "change-site-has-changed", "change-site-missing")


class ChangeSiteScreen(Screen):
    """`place.which` is the site (an entity). Nothing is written without a reason."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("change-site-title"))
        self._seen: Editable | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(24, 16, 24, 24), spacing=12)
        outer.addWidget(scrolled)
        body = scrolled.body
        self._head = PageHead(say("change-site-title"), back=self.back)
        body.addLayout(self._head)
        body.addWidget(self.strip)
        self.form = SiteForm()
        self.form.more()
        body.addWidget(self.form)
        body.addWidget(self._make_reason())
        row = QHBoxLayout()
        row.setSpacing(8)
        self.keep = primary(say("change-site-keep"), icon="check", key="Ctrl Enter")
        self.keep.clicked.connect(self._keep)
        row.addWidget(self.keep)
        row.addWidget(KeyCap("Ctrl Enter"))
        row.addStretch(1)
        body.addLayout(row)
        body.addStretch(1)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._keep)
        self.begin_at(self.form.name)

    def refresh(self) -> None:
        """Read once: what is typed afterwards is not overwritten."""
        if self._seen is None:
            self.desk.lanes.read.ask(
                self,
                partial(site_changes.read, self.desk.workspace, self.place.which),
                done=self._show,
                failed=self._not_read,
            )

    def _make_reason(self) -> Field:
        self.reason = TextLine(name=say("change-site-reason"), placeholder=say("change-site-reason-hint"))
        field = Field(say("change-site-reason"), self.reason, hint=say("ui-required"))
        field.setMaximumWidth(theme.look.px(WIDE_PX))
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for key in USUAL:
            chip = Chip(say(key))
            chip.clicked.connect(partial(self._take_reason, say(key)))
            chips.addWidget(chip)
        chips.addStretch(1)
        layout = field.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(chips)
        self.form.adopt("reason", field)
        return field

    def _take_reason(self, text: str) -> None:
        self.reason.setText(text)
        self.keep.setFocus()

    def _not_read(self, error: BaseException) -> None:
        self.keep.setEnabled(False)
        self.strip.show_error(error)

    def _show(self, seen: Editable) -> None:
        self._seen = seen
        self._head.about.setText(site_note(seen.site.name, seen.site.code, seen.site.kind))
        self.form.offer_units(seen.directory)
        self.form.ask_facts(seen.facts)
        self.form.offer_kinds([seen.site.kind])
        self.form.show_cells({**seen.cells, **seen.site.facts})
        self.form.fix("kind")
        if seen.site.code:
            self.form.fix("code")

    def _keep(self) -> None:
        if self._seen is None or not self.keep.isEnabled():
            return
        self.form.ask_nothing()
        self.reason.commit()
        cells = self.form.cells()
        facts = {item.code: cells[item.code] for item in self._seen.facts}
        self.keep.setEnabled(False)
        self.desk.lanes.save.ask(
            self,
            partial(
                site_changes.change,
                self.desk.workspace,
                self._seen,
                cells,
                facts,
                reason=self.reason.text(),
                now=self.desk.now(),
            ),
            done=self._kept,
            failed=self._refused,
        )

    def _kept(self, site: Site) -> None:
        self.changed.emit()
        self.told.emit(Told(say("change-site-kept", name=site.name)))
        self.back.emit()

    def _refused(self, error: BaseException) -> None:
        self.keep.setEnabled(True)
        if not self.form.ask(error):
            self.strip.show_error(error)
