"""The day's plan on the home screen, in an order that one drags."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from inspector.services.today import Planned
from inspector.text import say
from inspector.ui import icons
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.words import days_ago, score_words


class PlanCard(Card):
    """The day's plan, in an order that one drags (or moves by Ctrl ↑ ↓)."""

    opened = Signal(object)  # Planned
    removed = Signal(str)
    ordered = Signal(object)  # tuple of sites
    printed = Signal()

    def __init__(self) -> None:
        super().__init__(say("today-plan"), rows=True)
        self._planned: dict[str, Planned] = {}
        paper = Button(say("plan-print"), icon="printer", kind="ghost", flush=True)
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
