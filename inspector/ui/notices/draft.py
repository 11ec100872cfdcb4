"""起草: the period and how notices are cut at the right; what would be drafted at the left, before it is written."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.inspection import TimeLimit
from inspector.model.notice import Notice
from inspector.model.paper import Standing
from inspector.model.words import TimeLimitKind
from inspector.services import drafting
from inspector.services.drafting import By, Plan, Why
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.notices.asking import HandlerCard, Known, Left, Planned, known, planned
from inspector.ui.notices.fields import DayField, LimitField
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.buttons import Tick, primary
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.words import site_note
from inspector.ui.work import Ticket

CUTS: Final = (
    (By.UNIT, "drafting-by-unit"),
    (By.UNIT_AND_PARTY, "drafting-by-party"),
    (By.UNIT_AND_SITE, "drafting-by-site"),
)
WEEK: Final = timedelta(days=6)
SOON_MS: Final = 250
MOST_LEFT: Final = 300


class DraftScreen(Screen):
    """Drafts of everything that was found in a period and stands in no notice yet."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("drafting-title"))
        self._plan: Plan | None = None
        self._ticket: Ticket | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.preview)
        for line in (self.first.line, self.last.line):
            line.textEdited.connect(self._later)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.draft)
        self._show_only(self._skeleton)
        self._skeleton.start()
        self.begin_at(self.first.line)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self._head = PageHead(say("drafting-title"), back=self.back)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self.list = RowList(name=say("drafting-title"))
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        self._empty = EmptyState("mail", say("drafting-none"), say("drafting-none-text"))
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> QFrame:
        self._side = Side()
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        scrolled = Scrolled(spacing=12)
        outer.addWidget(scrolled, 1)
        scrolled.body.addWidget(self._make_period())
        scrolled.body.addWidget(self._make_limit())
        self.handler = HandlerCard()
        scrolled.body.addWidget(self.handler)
        scrolled.body.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(KeyCap("Ctrl Enter"))
        self.yes = primary(say("drafting-do", count=0), icon="file-plus", key="Ctrl Enter", big=True)
        self.yes.clicked.connect(self.draft)
        line.addWidget(self.yes)
        outer.addLayout(line)
        return self._side

    def _make_period(self) -> Card:
        card = Card(say("drafting-what"))
        today = self.desk.now().date()
        days = QHBoxLayout()
        days.setSpacing(8)
        self.first = DayField(say("drafting-first"), today - WEEK)
        self.last = DayField(say("drafting-last"), today)
        days.addWidget(self.first, 1)
        days.addWidget(self.last, 1)
        card.body.addLayout(days)
        self.by = ComboField(name=say("drafting-by"))
        for by, key in CUTS:
            self.by.addItem(say(key), by)
        self.by.activated.connect(self._cut)
        card.add(Field(say("drafting-by"), self.by))
        return card

    def _make_limit(self) -> Card:
        self._limited = Card(say("drafting-at-once"), kind="warn")
        self._at_once = Label(wrap=True)
        self._limited.add(self._at_once)
        self.new_limit = Tick(say("drafting-limit-yes"))
        self.new_limit.toggled.connect(self._give_limit)
        self._limited.add(self.new_limit)
        self.limit = LimitField(say("drafting-limit"), n=3, kind=TimeLimitKind.WORKDAY)
        self.limit.changed.connect(self.preview)
        self._limited.add(self.limit)
        self._limited.hide()
        self.limit.hide()
        return self._limited

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── the preview

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(known, self.desk.workspace), done=self._show_known, failed=self._not_read
        )

    def preview(self) -> None:
        """What would be drafted now."""
        handler = self.handler.handler.person()
        first, last = self.first.day(), self.last.day()
        limit = self._new_limit()
        if handler is None or first is None or last is None:
            return
        lane = self.desk.lanes.read
        if self._ticket is not None:
            lane.cancel(self._ticket)
        self._ticket = lane.ask(
            self,
            partial(
                planned,
                self.desk.workspace,
                first=first,
                last=last,
                by=By(self.by.currentData()),
                handler=handler,
                limit=limit,
                now=self.desk.now(),
            ),
            done=self._show,
            failed=self._not_read,
        )

    def _new_limit(self) -> TimeLimit | None:
        return self.limit.limit() if self.new_limit.isChecked() else None

    def _later(self, _: str) -> None:
        self._soon.start()

    def _cut(self, _: int) -> None:
        self.preview()

    def _give_limit(self, on: bool) -> None:
        self.limit.setVisible(on)
        self.preview()

    def _show_known(self, seen: Known) -> None:
        self.handler.show_known(seen)
        if not seen.people:
            self._skeleton.stop()
            self._empty.tell(say("drafting-nobody"), say("drafting-nobody-text"))
            self._show_only(self._empty)
        self.preview()

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, seen: Planned) -> None:
        self._skeleton.stop()
        self.strip.clear()
        self._plan = seen.plan
        found = sum(len(one.rows) for one in seen.plan.notices)
        self._head.about.setText(
            say("drafting-sum", notices=len(seen.plan.notices), findings=found, left=len(seen.left))
        )
        waits = len(seen.plan.at_once)
        self._limited.setVisible(bool(waits) or self.new_limit.isChecked())
        self._at_once.setText(say("drafting-at-once-text", count=waits) if waits else say("drafting-given"))
        rows = [self._notice_row(n, one) for n, one in enumerate(seen.plan.notices)]
        rows += [_left_row(one) for one in seen.left[:MOST_LEFT]]
        self.list.show_rows(rows)
        self.yes.say(say("drafting-do", count=len(seen.plan.notices)))
        self.yes.setEnabled(bool(seen.plan.notices) and not waits)
        if not rows:
            self._empty.tell(say("drafting-none"), say("drafting-none-text"))
        self._show_only(self.list if rows else self._empty)

    def _notice_row(self, n: int, one: Notice) -> Row:
        sites = dict.fromkeys(row.site.name for row in one.rows)
        waiting = set(self._plan.at_once if self._plan else ())
        late = sum(row.finding in waiting for row in one.rows)
        facts = (
            Fact(say("drafting-late", count=late) if late else "", tone="warn", badge=True),
            Fact(say("notices-findings", count=len(one.rows)), bold=True),
        )
        return Row(
            key=str(n),
            icon="mail",
            title=one.to.name,
            note=site_note(say("ui-list").join(sites), say("ui-list").join(one.parties)),
            facts=tuple(fact for fact in facts if fact.text),
            group=say("drafting-group-notices", count=len(self._plan.notices if self._plan else ())),
        )

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    # ── drafting

    def draft(self) -> None:
        """Keep the drafts of what is shown, with the contact that is named."""
        contact, handler = self.handler.contact.contact(), self.handler.handler.person()
        first, last = self.first.day(), self.last.day()
        if not self.yes.isEnabled() or contact is None or handler is None or first is None or last is None:
            return
        self.yes.setEnabled(False)
        self.desk.lanes.paper.ask(
            self,
            partial(
                drafting.draft_all,
                self.desk.workspace,
                first=first,
                last=last,
                by=By(self.by.currentData()),
                handled_by=handler,
                contact=contact,
                limit=self._new_limit(),
                now=self.desk.now(),
            ),
            done=self._drafted,
            failed=self._not_drafted,
        )

    def _drafted(self, made: tuple[str, ...]) -> None:
        self.told.emit(Told(say("drafting-done", count=len(made)), icon="file-plus"))
        self.changed.emit()
        self.go.emit(Place("notices", spot=Standing.DRAFT.value))

    def _not_drafted(self, error: BaseException) -> None:
        self.yes.setEnabled(True)
        self.strip.show_error(error)


_WHY: Final = {Why.LIVE: "drafting-why-live", Why.NO_UNIT: "drafting-why-unit", Why.SELF: "drafting-why-self"}


def _left_row(one: Left) -> Row:
    why = say(_WHY[one.why], notice=one.notice) if one.why is Why.LIVE else say(_WHY[one.why])
    return Row(
        key=one.finding,
        icon="circle-minus",
        title=one.text,
        note=one.where,
        facts=(Fact(why),),
        faint=True,
        group=say("drafting-group-left"),
    )
