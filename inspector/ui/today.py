"""Home (今天): what to do now, the day's plan, what waits, what was found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector.services import today
from inspector.services.today import OpenDraft, Planned, Today
from inspector.text import say
from inspector.ui import icons
from inspector.ui.desk import Desk
from inspector.ui.going_on import GoingOn
from inspector.ui.pictures import Pictures
from inspector.ui.plan_card import PlanCard
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.dress import antialiased, pen
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled
from inspector.ui.widgets.text import ElidedLabel, KeyCap, Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import day_words

MOST_PHOTOS = 3


class TodayScreen(Screen):
    """What the eye sees first: 继续检查, with the place where one stopped."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-today"))
        self._pictures = Pictures(desk)
        self._pictures.arrived.connect(self._picture_arrived)
        self._tiles: dict[PhotoTile, str] = {}
        self._planned: tuple[Planned, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scrolled = scrolled = Scrolled(spacing=14)
        outer.addWidget(scrolled)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._names = names = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._day = Label(role="date", bold=True)
        self._sum = ElidedLabel(tone="muted")
        names.addWidget(self._day)
        names.addWidget(self._sum, 1)
        head.addLayout(names, 1)
        self._evening = Button(say("today-evening"), icon="door-exit")
        self._evening.clicked.connect(partial(self.go.emit, Place("day")))
        self._start = Button(say("today-start"), icon="plus", key="Ctrl N")
        self._start.clicked.connect(partial(self.go.emit, Place("sites")))
        if "day" in OPENINGS:
            head.addWidget(self._evening)
        head.addWidget(self._start)
        head.addWidget(KeyCap("Ctrl N"))
        scrolled.body.addLayout(head)
        scrolled.body.addWidget(self.strip)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(14)
        self._going_on = GoingOn(self._pictures)
        self._going_on.pressed.connect(self._continue)
        self._going_on.hide()
        left.addWidget(self._going_on)
        self._plan = PlanCard()
        self._plan.opened.connect(self._open_planned)
        self._plan.removed.connect(self._take_from_plan)
        self._plan.ordered.connect(self._keep_order)
        self._plan.printed.connect(self._print)
        left.addWidget(self._plan)
        self._empty = self._make_empty()
        self._empty.hide()
        left.addWidget(self._empty, 1)
        left.addStretch(1)
        self._columns.addLayout(left, 680)
        self._side = QWidget()
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(14)
        self._todo = Card(say("today-todo"))
        self._todo.body.setSpacing(0)
        self._lines = {name: NumberLine(icon, say(word)) for name, icon, word in _LINES}
        for number, line in enumerate(self._lines.values()):
            self._todo.add(line, line=bool(number))
        self._connect_lines()
        right.addWidget(self._todo)
        self._found = Card(say("today-found"))
        self._found_count = Label(role="second", tone="bad", bold=True)
        self._found.head.addWidget(self._found_count)
        self._photos = QHBoxLayout()
        self._photos.setSpacing(8)
        self._found.body.addLayout(self._photos)
        self._found_more = Button(say("today-found-by-unit"), kind="link")
        self._found_more.clicked.connect(partial(self.go.emit, Place("findings", spot="today")))
        self._found.body.addWidget(self._found_more, alignment=Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._found)
        right.addStretch(1)
        self._columns.addWidget(self._side, 328)
        scrolled.body.addLayout(self._columns, 1)

    def refresh(self) -> None:
        now = self.desk.now()
        self._day.setText(day_words(now))
        self.desk.lanes.read.ask(
            self,
            partial(today.today, self.desk.workspace, now=now),
            done=self._show,
            failed=self.strip.show_error,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window()
        space = theme.space(window.width(), window.height())
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if space.drawer else QBoxLayout.Direction.LeftToRight
        )
        low = space.low and not space.drawer
        self._scrolled.body.setContentsMargins(24, 8 if low else 20, 24, 24)
        self._names.setDirection(
            QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom
        )  # in a low window the day and what it asks for stand in one line
        self._names.setSpacing(12 if low else 0)
        self._going_on.fold(space.narrow)

    def _make_empty(self) -> EmptyState:
        start = primary(say("today-empty-start"), icon="map-pin", big=True)
        start.clicked.connect(partial(self.go.emit, Place("sites")))
        return EmptyState("sun", say("today-empty"), say("today-empty-next"), [start])

    def _connect_lines(self) -> None:
        targets = {
            "waiting": Place("evening"),
            "unchecked": Place("inspections", spot="unchecked"),
            "due": Place("findings", spot="due"),
            "reported": Place("reinspect"),
        }
        for name, place in targets.items():
            self._lines[name].clicked.connect(partial(self.go.emit, place))

    def _show(self, seen: Today) -> None:
        self.strip.clear()
        parts = []
        if seen.left:
            parts.append(say("today-left", count=seen.left))
        if seen.waiting:
            parts.append(say("today-waiting", count=len(seen.waiting)))
        self._sum.setText(say("ui-comma").join(parts) or say("today-nothing"))
        going_on = seen.going_on
        self._going_on.setVisible(going_on is not None)
        if going_on:
            self._going_on.show_draft(going_on)
        self._plan.setVisible(bool(seen.plan))
        self._planned = seen.plan
        self._plan.show_plan(seen.plan, self.desk.now())
        self._empty.setVisible(not seen.plan and going_on is None)
        note = say("today-waiting-note") if seen.waiting else ""
        self._lines["waiting"].show_number(len(seen.waiting), note, "accent")
        note = say("today-unchecked-note", sites=seen.unchecked_sites) if seen.unchecked else ""
        self._lines["unchecked"].show_number(seen.unchecked, note, "text")
        due = seen.overdue + seen.due_today
        note = say("today-due-note", overdue=seen.overdue, today=seen.due_today) if due else ""
        self._lines["due"].show_number(due, note, "bad")
        note = say("today-reported-note") if seen.reported else ""
        self._lines["reported"].show_number(seen.reported, note, "text")
        self._show_found(seen)

    def _show_found(self, seen: Today) -> None:
        self._found.setVisible(bool(seen.found))
        text = say("today-found-count", count=len(seen.found))
        if seen.found_major:
            text = say("today-found-major", count=len(seen.found), major=seen.found_major)
        self._found_count.setText(text)
        for tile in self._tiles:
            self._photos.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        for one in [found for found in seen.found if found.photo][:MOST_PHOTOS]:
            tile = PhotoTile(
                say("today-photo", item=one.item),
                size=QSize(94, 112),
                plate=one.item,
                tone="bad" if one.severity == "major" else "",
            )
            tile.clicked.connect(partial(self.go.emit, Place("findings", which=one.id)))
            tile.show_image(self._pictures.image(one.photo))
            self._tiles[tile] = one.photo
            self._photos.addWidget(tile)

    def _picture_arrived(self, photo: str) -> None:
        for tile, shown in self._tiles.items():
            if shown == photo:
                tile.show_image(self._pictures.image(photo))

    def _continue(self, draft: OpenDraft) -> None:
        self.go.emit(Place("inspect", which=draft.draft))

    def _open_planned(self, planned: Planned) -> None:
        draft = planned.draft
        if draft is None:
            self.go.emit(Place("sites", which=planned.site.id))
        elif draft.signing or draft.answered:
            self.go.emit(Place("sign", which=draft.draft))
        else:
            self.go.emit(Place("inspect", which=draft.draft))

    def _take_from_plan(self, site: str) -> None:
        day = self.desk.now().date()
        before = tuple(one.site.id for one in self._planned)
        name = next((one.site.name for one in self._planned if one.site.id == site), "")
        self._ask(partial(today.take_from_plan, self.desk.workspace, site, on=day))
        self.told.emit(Told(say("today-plan-out", name=name), undo=partial(self._keep_order, before)))

    def _keep_order(self, sites: tuple[str, ...]) -> None:
        day = self.desk.now().date()
        self._ask(partial(today.keep_plan, self.desk.workspace, sites, on=day))

    def _print(self) -> None:
        from inspector.ui.plan_print import print_plan

        print_plan(self._planned, self.desk.now(), self)

    def _ask(self, call: Callable[[], None]) -> None:
        self.desk.lanes.save.ask(self, call, done=self._changed, failed=self.strip.show_error)

    def _changed(self, _: None) -> None:
        self.refresh()


_LINES = (
    ("waiting", "signature", "today-line-waiting"),
    ("unchecked", "moon", "today-line-unchecked"),
    ("due", "alarm", "today-line-due"),
    ("reported", "eye-check", "today-line-reported"),
)


class NumberLine(QAbstractButton):
    """One thing that waits: icon, word, what about it, how many. A press leads there."""

    def __init__(self, icon: str, word: str) -> None:
        super().__init__()
        self._icon, self._number, self._note, self._tone = icon, 0, "", "text"
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_number(0, "", "text")

    def show_number(self, number: int, note: str, tone: str) -> None:
        self._number, self._note = number, note
        self._tone = tone if number else "muted"
        self.setAccessibleName(f"{self.text()} {number}")
        self.setAccessibleDescription(note)
        self.setToolTip(note)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.look.row2 - 4 if self._note else theme.look.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        if self.underMouse() or self.hasFocus():
            edge = pen("accent", theme.look.focus) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(edge)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS["control"], RADIUS["control"])
        tone = self._tone if self._tone != "text" else "muted"
        middle = self.height() // 2
        painter.drawPixmap(0, middle - 10, icons.pixmap(self._icon, px=20, token=tone, on=self))
        painter.drawPixmap(
            self.width() - 20, middle - 9, icons.pixmap("chevron-right", px=18, token="muted", on=self)
        )
        painter.setFont(theme.font("page", bold=True))
        painter.setPen(theme.color(self._tone))
        number = str(self._number)
        wide = painter.fontMetrics().horizontalAdvance(number)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(0, 0, self.width() - 32, self.height(), right, number)
        room = self.width() - 32 - 32 - wide - 10
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        metrics = painter.fontMetrics()
        tall = metrics.height()
        top = middle - (tall if self._note else tall // 2)
        painter.drawText(32, top + metrics.ascent(), self.text())
        if self._note:
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.color("muted"))
            small = painter.fontMetrics()
            note = small.elidedText(self._note, Qt.TextElideMode.ElideRight, room)
            painter.drawText(32, top + tall + small.ascent(), note)
