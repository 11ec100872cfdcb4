"""Settings (设置): sections at the left, what they hold at the right. There is no 应用: a change holds at once."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.screens import OPENINGS
from inspector.ui.settings.forms import FormsPart
from inspector.ui.settings.look import LookPart
from inspector.ui.settings.visit import VisitPart
from inspector.ui.settings.workspace import WorkspacePart
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.navigation import NavigationButton
from inspector.ui.widgets.page import MARGIN_PX, spare_px
from inspector.ui.widgets.text import Label

SIDE_PX: Final = 184
FIRST: Final = "look"
ABOUT: Final = "about"


class SettingsScreen(Screen):
    """`place.spot` is the section that is shown: look, visit, workspace, forms."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-settings"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        work = QFrame()
        work.setProperty("kind", "work")
        self._column = column = QVBoxLayout(work)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(say("nav-settings"), role="page", bold=True))
        head.addStretch(1)
        head.addWidget(Label(say("settings-at-once"), role="second", tone="muted"))
        column.addLayout(head)
        column.addWidget(self.strip)
        self.parts = {
            "look": LookPart(),
            "visit": VisitPart(desk),
            "workspace": WorkspacePart(desk),
            "forms": FormsPart(desk),
        }
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(self._make_sections())
        self._pages = QStackedWidget()
        for part in self.parts.values():
            page = Scrolled(margins=(0, 0, 0, 24), spacing=12)
            page.body.addWidget(part)
            page.body.addStretch(1)
            self._pages.addWidget(page)
        for name in ("visit", "workspace", "forms"):
            self.parts[name].failed.connect(self.strip.show_error)
            self.parts[name].told.connect(self.told)
        row.addWidget(self._pages, 1)
        column.addLayout(row, 1)
        outer.addWidget(work)
        self.begin_at(self.buttons[FIRST])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.setContentsMargins(MARGIN_PX, 16, spare_px(self), 0)

    def refresh(self) -> None:
        self.strip.clear()
        here = self.place.spot if self.place.spot in self.parts else FIRST
        for number, name in enumerate(self.parts):
            self.buttons[name].setChecked(name == here)
            if name == here:
                self._pages.setCurrentIndex(number)
        self.parts[here].refresh()

    def _make_sections(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        sections = {
            name: (icon, say(key)) for name, icon, key in _SECTIONS if name in (*self.parts, *OPENINGS)
        }
        self.buttons = {name: NavigationButton(icon, word) for name, (icon, word) in sections.items()}
        holder = QWidget()
        holder.setAccessibleName(say("settings-sections"))
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._open, name))
            column.addWidget(button)
        column.addStretch(1)
        outer = QVBoxLayout()
        outer.addWidget(holder)
        return outer

    def _open(self, name: str) -> None:
        if name == ABOUT:
            self.go.emit(Place(ABOUT))
            return
        self.stand(spot=name)
        self.refresh()


_SECTIONS = (
    ("look", "sun", "settings-look"),
    ("visit", "users-group", "settings-visit"),
    ("workspace", "folder", "settings-workspace"),
    ("forms", "list-check", "settings-forms"),
    (ABOUT, "info-circle", "settings-about"),
)
