"""Home (今天): what to do now, the day's plan, what waits, what was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
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
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.dress import antialiased, pen
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled
from inspector.ui.widgets.marks import Bar
from inspector.ui.widgets.rows import Fact, Row, RowList
from inspector.ui.widgets.text import ElidedLabel, KeyCap, Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import day_words, days_ago, score_words, site_note

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
        scrolled = Scrolled(margins=(24, 20, 24, 24), spacing=14)
        outer.addWidget(scrolled)
        head = QHBoxLayout()
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._day = Label(role="date", bold=True)
        self._sum = ElidedLabel(tone="muted")
        names.addWidget(self._day)
        names.addWidget(self._sum)
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
        self._plan = PlanCard(self._pictures)
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
        self._lines["waiting"].show_number(len(seen.waiting), say("today-waiting-note"), "accent")
        note = say("today-unchecked-note", sites=seen.unchecked_sites) if seen.unchecked else ""
        self._lines["unchecked"].show_number(seen.unchecked, note, "text")
        due = say("today-due-note", overdue=seen.overdue, today=seen.due_today)
        self._lines["due"].show_number(seen.overdue + seen.due_today, due, "bad")
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
        self._ask(partial(today.take_from_plan, self.desk.workspace, site, on=day))

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
)


class GoingOn(Card):
    """The draft that was worked on last, with the one big button of the screen."""

    pressed = Signal(object)  # OpenDraft

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(kind="accent")
        self._pictures = pictures
        pictures.arrived.connect(self._arrived)
        self._draft: OpenDraft | None = None
        row = QHBoxLayout()
        row.setSpacing(16)
        self._tile = PhotoTile("", size=QSize(140, 112))
        self._tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tile.clicked.connect(self._press)
        row.addWidget(self._tile)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Label(say("today-going-on"), role="body", tone="accent", bold=True))
        self._name = ElidedLabel(role="page", bold=True)
        self._note = ElidedLabel(tone="muted")
        words.addWidget(self._name)
        words.addWidget(self._note)
        counts = QHBoxLayout()
        counts.setSpacing(10)
        self._bar = Bar(width=150)
        self._count = Label(tone="muted")
        self._failed = Label(tone="bad", bold=True)
        for widget in (self._bar, self._count, self._failed):
            counts.addWidget(widget)
        counts.addStretch(1)
        words.addSpacing(6)
        words.addLayout(counts)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._button = primary(say("today-continue"), icon="player-play", big=True)
        self._button.clicked.connect(self._press)
        row.addWidget(self._button)
        self.body.addLayout(row)

    def fold(self, narrow: bool) -> None:
        self._tile.resize_to(QSize(112, 88) if narrow else QSize(140, 112))

    def show_draft(self, draft: OpenDraft) -> None:
        self._draft = draft
        self._name.setText(draft.site.name)
        note = site_note(draft.kind, draft.site.code)
        if draft.stopped:
            stopped = say("today-stopped", code=draft.stopped, text=draft.stopped_text)
            note = say("ui-dot").join((note, stopped))
        self._note.setText(note)
        progress = draft.progress
        self._bar.show_progress(passed=progress.passed, failed=progress.failed, total=progress.total)
        self._count.setText(say("ui-items", answered=progress.answered, total=progress.total))
        self._failed.setText(say("ui-failed", count=progress.failed) if progress.failed else "")
        self._button.setAccessibleDescription(draft.site.name)
        self._tile.setVisible(bool(draft.photo))
        if draft.photo:
            self._tile.setAccessibleName(draft.site.name)
            self._tile.show_image(self._pictures.image(draft.photo))

    def _arrived(self, photo: str) -> None:
        if self._draft and self._draft.photo == photo:
            self._tile.show_image(self._pictures.image(photo))

    def _press(self) -> None:
        if self._draft:
            self.pressed.emit(self._draft)


class PlanCard(Card):
    """The day's plan, in an order that one drags (or moves by Ctrl ↑ ↓)."""

    opened = Signal(object)  # Planned
    removed = Signal(str)
    ordered = Signal(object)  # tuple of sites
    printed = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(say("today-plan"))
        self._planned: dict[str, Planned] = {}
        self.body.setContentsMargins(-15, 0, -15, -4)
        paper = Button(say("plan-print"), icon="printer", kind="ghost")
        paper.clicked.connect(self.printed)
        self.head.addWidget(paper)
        self.list = PlanList(name=say("today-plan"))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._open)
        self.list.removed.connect(self.removed)
        self.list.ordered.connect(self.ordered)
        self.add(self.list)

    def show_plan(self, plan: tuple[Planned, ...], now: datetime) -> None:
        self._planned = {one.site.id: one for one in plan}
        self.note.setText(say("today-plan-count", count=len(plan)))
        self.list.show_rows([_row(one, now) for one in plan])

    def _open(self, key: str) -> None:
        self.opened.emit(self._planned[key])


class PlanList(RowList):
    """Rows that move: by drag, or by Ctrl with an arrow; Delete takes one out of the plan."""

    ordered = Signal(object)
    removed = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name, fitted=True)
        self.setAccessibleDescription(say("today-plan-keys"))
        self._held = -1
        self._pressed_y = 0
        self._dragged = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Delete and self.current():
            self.removed.emit(self.current())
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            if self.rows.move(at, at + (1 if event.key() == Qt.Key.Key_Down else -1)):
                self._say_order()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._held = self.indexAt(event.position().toPoint()).row()
        self._pressed_y = round(event.position().y())
        self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._held < 0 or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if abs(at.y() - self._pressed_y) < QApplication.startDragDistance() and not self._dragged:
            return
        self._dragged = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        over = self.indexAt(at).row()
        if over >= 0 and self.rows.move(self._held, over):
            self._held = over

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = -1
        if self._dragged:
            self._dragged = False
            self.unsetCursor()
            self._say_order()
        else:
            super().mouseReleaseEvent(event)

    def _say_order(self) -> None:
        self.ordered.emit(tuple(row.key for row in self.rows.rows))


def _row(planned: Planned, now: datetime) -> Row:
    draft = planned.draft
    notes = [planned.kind, planned.street]
    facts: tuple[Fact, ...] = ()
    ring = None
    action = ""
    if planned.done:
        notes.append(say("today-done-at", time=f"{datetime.fromisoformat(planned.done):%H:%M}"))
        facts = (Fact(score_words(planned.score), tone="ok", icon="circle-check"),)
    elif draft is not None and (draft.signing or draft.answered):
        notes.append(say("today-answered"))
        facts = (Fact(say("today-to-sign"), tone="warn", icon="signature", bold=True),)
    elif draft is not None:
        notes.append(say("today-under-way"))
        progress = draft.progress
        ring = (progress.answered, progress.total)
        count = say("ui-of", answered=progress.answered, total=progress.total)
        facts = (Fact(count, tone="accent", bold=True),)
    else:
        if planned.last:
            notes.append(say("site-last", ago=days_ago(planned.last, now)))
        if planned.open_findings:
            notes.append(say("site-open", count=planned.open_findings))
        if planned.unchecked:
            notes.append(say("site-unchecked", count=planned.unchecked))
        action = say("today-begin")
    return Row(
        key=planned.site.id,
        title=planned.site.name,
        note=say("ui-dot").join(note for note in notes if note),
        icon=icons.site_icon(planned.site.kind),
        facts=facts,
        ring=ring,
        action=action,
        faint=bool(planned.done),
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
