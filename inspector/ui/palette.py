"""Ctrl K: anything by two characters or initials, and what Enter does with it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services import finding_things
from inspector.services.finding_things import Hit, Thing
from inspector.services.site_list import Listed, days_left
from inspector.text import say
from inspector.ui import icons
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Place
from inspector.ui.screens import ACTIONS, ENTRIES, OPENINGS
from inspector.ui.theme import theme
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.navigation import Veil
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.words import due_words, short_day, site_note

WIDE_PX: Final = 680
GROUPS: Final = {
    Thing.SITE: "find-sites",
    Thing.FINDING: "find-findings",
    Thing.DOCUMENT: "find-documents",
}


class Palette(QWidget):
    """An overlay over the window. Rows never reorder under the hand: they come at once, or with the next key."""

    go = Signal(object)  # Place

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._over = parent
        self._among: tuple[Listed, ...] = ()
        self._places: dict[str, Place] = {}
        self._back_to: QWidget | None = None
        self._veil = Veil(self)
        self._veil.pressed.connect(self.close_down)
        self._box = QFrame(self)
        self._box.setProperty("kind", "overlay")
        self._box.setAccessibleName(say("nav-find"))
        column = QVBoxLayout(self._box)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 6, 4)
        head.setSpacing(10)
        head.addWidget(Icon("search", token="accent"))
        self.line = TextLine(name=say("nav-find"), placeholder=say("find-hint"))
        self.line.setProperty("kind", "bare")
        self.line.setProperty("role", "section")
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        head.addWidget(self.line, 1)
        head.addWidget(Label(say("find-how"), role="second", tone="muted"))
        head.addWidget(KeyCap("Esc"))
        column.addLayout(head)
        self.list = RowList(name=say("find-hits"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        self._nothing = EmptyState("zoom-question", say("find-nothing"), say("find-how"))
        self._nothing.hide()
        column.addWidget(self._nothing, 1)
        parent.installEventFilter(self)
        self.hide()

    def pop(self) -> None:
        """Show it, empty, with the actions that the program has."""
        self._back_to = self.window().focusWidget()
        self._desk.lanes.read.ask(
            self, partial(finding_things.sites, self._desk.workspace), done=self._have_sites
        )
        self.line.clear()
        self._show_hits(())
        self._place_over()
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_down(self) -> None:
        """Back to where one was."""
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place_over()
        elif watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.line.preedit:
                self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape and not self.line.preedit:
                self.close_down()
                return True
        return False

    def _place_over(self) -> None:
        self.setGeometry(self._over.rect())
        self._veil.setGeometry(self.rect())
        wide = min(theme.look.px(WIDE_PX), self.width() - 48)
        tall = min(530, self.height() - 96)
        self._box.setGeometry((self.width() - wide) // 2, min(72, self.height() // 10), wide, tall)

    def _have_sites(self, among: tuple[Listed, ...]) -> None:
        self._among = among
        if self.line.text():
            self._typed(self.line.text())

    def _typed(self, text: str) -> None:
        self._desk.lanes.read.ask(
            self,
            partial(finding_things.hits, self._desk.workspace, text, self._among),
            done=partial(self._answered, text),
        )

    def _answered(self, text: str, found: tuple[Hit, ...]) -> None:
        if text == self.line.text():  # an answer to what was typed before is no answer any more
            self._show_hits(found)

    def _show_hits(self, found: tuple[Hit, ...]) -> None:
        self._places = {}
        rows = [self._row(hit) for hit in found]
        typed = self.line.text().strip()
        for entry in (*ENTRIES, *ACTIONS):
            if entry.screen in OPENINGS and (not typed or typed in say(entry.word)):
                key = f"open/{entry.screen}"
                self._places[key] = Place(entry.screen)
                rows.append(
                    Row(
                        key=key,
                        title=say(entry.word),
                        icon=entry.icon,
                        facts=(Fact(say("find-open")),),
                        group=say("find-actions"),
                    )
                )
        self.list.show_rows(rows, current="")
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if rows:
            self.list.setCurrentIndex(self.list.rows.index(0))

    def _row(self, hit: Hit) -> Row:
        key = f"{hit.thing.value}/{hit.id}"
        group = say(GROUPS[hit.thing])
        if hit.thing is Thing.SITE:
            place = Place("inspect", which=hit.draft) if hit.draft else Place("sites", which=hit.id)
            fact = Fact(say("site-continue") if hit.draft else say("find-start"))
            icon = icons.site_icon(hit.kind)
        elif hit.thing is Thing.FINDING:
            place, icon = Place("findings", which=hit.id), "flag"
            left = days_left(hit.due, self._desk.now())
            text, tone = due_words(left) if left is not None else ("", "muted")
            fact = Fact(text, tone=tone)
        else:
            place, icon = Place("documents", which=hit.id), "file-text"
            fact = Fact(short_day(hit.at))
        self._places[key] = place
        return Row(key=key, title=hit.title, note=site_note(*hit.note), icon=icon, facts=(fact,), group=group)

    def _enter(self) -> None:
        self.list.open_current()

    def _open(self, key: str) -> None:
        place = self._places[key]
        self.hide()
        self.go.emit(place)
