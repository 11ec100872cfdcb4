"""Help: the keys, and a tour of five minutes."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.text import KeyCap, Label

ANYWHERE: Final = (
    ("Ctrl K", "help-find"),
    ("Ctrl N", "help-start"),
    ("F1", "help-help"),
    ("F9", "help-sunlight"),
    ("Esc", "help-back"),
)
INSPECTING: Final = (
    ("1  2  3  4", "help-answer"),
    ("Alt 1–4", "help-answer-field"),
    ("Enter", "help-next"),
    ("/", "help-item"),
    ("J", "help-jot"),
    ("N", "help-note"),
    ("U", "help-open"),
    ("R  T", "help-left-over"),
    ("↑ ↓", "help-items"),
    ("PgUp  PgDn", "help-sections"),
    ("Ctrl Z  Ctrl Y", "help-undo"),
    ("Ctrl I  Ctrl V", "help-photos"),
)
FINDING: Final = (
    ("Tab", "help-stop"),
    ("Ctrl D", "help-more"),
    ("Ctrl Enter", "help-done"),
    ("Esc", "help-fold"),
)
TOUR: Final = (
    "help-tour-site",
    "help-tour-header",
    "help-tour-answer",
    "help-tour-finding",
    "help-tour-photos",
    "help-tour-sign",
)


class HelpScreen(Screen):
    """Everything fits on a page: the keys at the left, the tour at the right."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-help"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(24, 16, 24, 24), spacing=14)
        outer.addWidget(scrolled)
        head = QHBoxLayout()
        head.addWidget(Label(say("nav-help"), role="page", bold=True))
        head.addStretch(1)
        about = Button(say("about-title"), icon="info-circle", kind="ghost")
        about.clicked.connect(partial(self.go.emit, Place("about")))
        head.addWidget(about)
        scrolled.body.addLayout(head)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        keys = QVBoxLayout()
        keys.setSpacing(14)
        for title, rows in (
            ("help-anywhere", ANYWHERE),
            ("help-inspecting", INSPECTING),
            ("help-finding", FINDING),
        ):
            keys.addWidget(_keys(title, rows))
        keys.addStretch(1)
        self._columns.addLayout(keys, 1)
        tour = Card(say("help-tour"), note=say("help-tour-note"))
        for number, step in enumerate(TOUR, 1):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Label(str(number), role="section", tone="accent"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(say(step), wrap=True), 1)
            tour.body.addLayout(row)
        begin = Button(say("today-empty-start"), icon="map-pin")
        begin.clicked.connect(partial(self.go.emit, Place("sites")))
        tour.body.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
        right = QVBoxLayout()
        right.addWidget(tour)
        right.addStretch(1)
        self._columns.addLayout(right, 1)
        scrolled.body.addLayout(self._columns, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window()
        folded = theme.space(window.width(), window.height()).drawer
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight
        )


def _keys(title: str, rows: tuple[tuple[str, str], ...]) -> QWidget:
    card = Card(say(title))
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for number, (caps, does) in enumerate(rows):
        held = QHBoxLayout()
        held.setSpacing(4)
        for cap in caps.split("  "):
            held.addWidget(KeyCap(cap))
        held.addStretch(1)
        grid.addLayout(held, number, 0)
        grid.addWidget(Label(say(does), wrap=True), number, 1)
    card.body.addLayout(grid)
    return card
