"""Help: the keys of the page one comes from, those that work everywhere, and a tour of five minutes."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services import tour
from inspector.services.tour import Step, Tour
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.keymap import ANYWHERE, FINDING, INSPECTING, PAGES, Rows
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.dress import dress
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import KeyCap, Label

MARK_PX: Final = 20  # the number or tick of a step
WORDS: Final = {
    Step.SITE: "help-tour-site",
    Step.HEADER: "help-tour-header",
    Step.ANSWER: "help-tour-answer",
    Step.FINDING: "help-tour-finding",
    Step.PHOTOS: "help-tour-photos",
    Step.SIGN: "help-tour-sign",
}


class HelpScreen(Screen):
    """The keys at the left, the tour at the right. `place.spot` is the page where F1 was pressed."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-help"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scrolled = Scrolled(margins=(24, 16, 24, 24), spacing=14)
        outer.addWidget(self._scrolled)
        body = self._scrolled.body
        head = QHBoxLayout()
        head.addWidget(Label(say("nav-help"), role="page", bold=True))
        head.addStretch(1)
        about = Button(say("about-title"), icon="info-circle", kind="ghost", flush=True)
        about.clicked.connect(partial(self.go.emit, Place("about")))
        head.addWidget(about)
        body.addLayout(head)
        body.addWidget(self.strip)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(14)
        self.of_page = KeysCard(say("help-here"), kind="accent")
        self._visit = (
            KeysCard(say("help-inspecting"), INSPECTING),
            KeysCard(say("help-finding"), FINDING),
        )
        for card in (self.of_page, KeysCard(say("help-anywhere"), ANYWHERE), *self._visit):
            left.addWidget(card)
        left.addStretch(1)
        self._columns.addLayout(left, 1)
        self.tour = TourCard(example=desk.example)
        self.tour.go.connect(self.go)
        right = QVBoxLayout()
        right.addWidget(self.tour)
        right.addStretch(1)
        self._columns.addLayout(right, 1)
        body.addLayout(self._columns, 1)

    def refresh(self) -> None:
        rows = PAGES.get(self.place.spot, ())
        self.of_page.setVisible(bool(rows))
        self.of_page.show_rows(rows)
        for card in self._visit:  # said at the top already
            card.setVisible(self.place.spot != "inspect")
        self._scrolled.verticalScrollBar().setValue(0)
        self.desk.lanes.read.ask(
            self,
            partial(tour.tour, self.desk.workspace, now=self.desk.now()),
            done=self.tour.show_tour,
            failed=self.strip.show_error,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window()
        folded = theme.space(window.width(), window.height()).drawer
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight
        )


class KeysCard(Card):
    """Caps and what they do."""

    def __init__(self, title: str, rows: Rows = (), *, kind: str = "card") -> None:
        super().__init__(title, kind=kind)
        self._holder: QWidget | None = None
        self.show_rows(rows)

    def show_rows(self, rows: Rows) -> None:
        """Other keys."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
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
        self.add(self._holder)


class TourCard(Card):
    """Six steps, from a site to a signed sheet; those of today's visit are ticked as one goes."""

    go = Signal(object)  # Place

    def __init__(self, *, example: bool) -> None:
        super().__init__(say("help-tour"), note=say("help-tour-note" if example else "help-tour-own"))
        self._draft = ""
        self.steps = {step: TourStep(number, say(WORDS[step])) for number, step in enumerate(Step, 1)}
        for step, line in self.steps.items():
            line.go.clicked.connect(partial(self._press, step))
            self.add(line)
        if not example:  # the first start leads to the example, and from it back again
            try_it = Button(say("help-tour-example"), icon="player-play")
            try_it.clicked.connect(partial(self.go.emit, Place("start")))
            self.body.addWidget(try_it, 0, Qt.AlignmentFlag.AlignLeft)

    def show_tour(self, seen: Tour) -> None:
        """How far one is."""
        self._draft = seen.draft
        following = next((step for step in Step if step not in seen.done), None)
        for step, line in self.steps.items():
            there = step is Step.SITE or bool(seen.draft)
            line.show_state(done=step in seen.done, following=step is following, there=there)

    def _press(self, step: Step) -> None:
        if step is Step.SITE:
            self.go.emit(Place("sites"))
        else:
            screen = {Step.PHOTOS: "photos", Step.SIGN: "sign"}.get(step, "inspect")
            self.go.emit(Place(screen, which=self._draft))


class TourStep(QWidget):
    """One step: its number, or a tick once it is done; what to do; the way there."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._number = Label(str(number), tone="accent", bold=True)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFixedWidth(MARK_PX)
        self._tick = Icon("circle-check", px=MARK_PX, token="ok")
        self._tick.setAccessibleName(say("help-tour-done"))
        self._tick.hide()
        for mark in (self._number, self._tick):
            row.addWidget(mark)
        self._text = Label(text, wrap=True)
        row.addWidget(self._text, 1)
        self.go = Button(say("help-tour-go"), kind="link")
        self.go.setAccessibleDescription(text)
        row.addWidget(self.go)

    def show_state(self, *, done: bool, following: bool, there: bool) -> None:
        """`following`: what comes next stands out; `there`: the page for it can be opened."""
        self._number.setVisible(not done)
        self._tick.setVisible(done)
        self._text.tone("muted" if done else "text")
        dress(self._text, bold=following)
        self.go.setEnabled(there)
