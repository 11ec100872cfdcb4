"""整改台账: out to the units, and back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.register.coming import ComingPage
from inspector.ui.register.going import GoingPage
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.buttons import Segments
from inspector.ui.widgets.page import PageHead

OUT, IN = "out", "in"


class RegisterScreen(Screen):
    """`place.spot` is `out` or `in`; `place.which` a file that came back."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("register-title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame()
        head.setProperty("kind", "work")
        across = QHBoxLayout(head)
        across.setContentsMargins(24, 16, 16, 8)
        self.way = Segments(((OUT, say("register-out")), (IN, say("register-in"))), name=say("register-way"))
        self.way.chosen.connect(self._turn)
        self._head = PageHead(say("register-title"), self.way)
        self._head.about.setText(say("register-about"))
        across.addLayout(self._head)
        column.addWidget(head)
        column.addWidget(self.strip)
        self._pages = QStackedWidget()
        self.going = GoingPage(desk)
        self.coming = ComingPage(desk)
        for page in (self.going, self.coming):
            page.told.connect(self.told)
            page.failed.connect(self.strip.show_error)
            self._pages.addWidget(page)
        self.coming.changed.connect(self.changed)
        column.addWidget(self._pages, 1)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            ("Ctrl+I", self._import),
            ("Ctrl+Return", self._act),
            ("Ctrl+Enter", self._act),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)
        self._show(OUT)

    def turn_to(self, place: Place) -> None:
        self._show(place.spot if place.spot in (OUT, IN) else OUT)
        super().turn_to(place)
        if place.which:
            self.coming.look(Path(place.which))

    def here(self) -> Place:
        return Place("register", spot=self.place.spot)

    def refresh(self) -> None:
        self.going.read()
        self.coming.read()

    def take_focus(self) -> None:
        if self._pages.currentWidget() is self.going:
            self.going.list.setFocus()
        else:
            self.coming.choose_focus()

    def _turn(self, way: object) -> None:
        self._show(str(way))
        self.stand(spot=str(way))
        self.strip.clear()

    def _show(self, way: str) -> None:
        self.way.choose(way)
        self._pages.setCurrentWidget(self.coming if way == IN else self.going)

    def _import(self) -> None:
        self._turn(IN)
        self.coming.ask()

    def _act(self) -> None:
        if self._pages.currentWidget() is self.coming:
            self.coming.take_in()
        else:
            self.going.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.going.fit()
        self.coming.fit()
