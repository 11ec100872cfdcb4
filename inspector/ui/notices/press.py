"""发督办单: what was not put right in time, one document a unit, shown before it is drafted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.inspection import TimeLimit
from inspector.model.notice import Contact, Press
from inspector.model.paper import Standing
from inspector.model.person import Person
from inspector.model.words import TimeLimitKind
from inspector.services import pressing
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.notices.asking import HandlerCard, Known, known
from inspector.ui.notices.choosing import TickList
from inspector.ui.notices.fields import LimitField
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.buttons import primary
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.words import site_note


class PressScreen(Screen):
    """`place.which` may be a finding, or `place.spot` several (ids, separated by blanks): then only these count."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("pressing-title"))
        self._presses: tuple[Press, ...] = ()
        self._out: set[str] = set()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.draft)
        self._show_only(self._skeleton)
        self._skeleton.start()
        self.begin_at(self.list)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self._head = PageHead(say("pressing-title"), back=self.back)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self.list = TickList(name=say("pressing-title"))
        self.list.turned.connect(self._turn)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        self._empty = EmptyState("circle-check", say("pressing-none"), say("pressing-none-text"))
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> QFrame:
        self._side = Side()
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        scrolled = Scrolled(spacing=12)
        outer.addWidget(scrolled, 1)
        card = Card(say("pressing-what"))
        self.limit = LimitField(say("pressing-limit"), n=2, kind=TimeLimitKind.WORKDAY)
        card.add(self.limit)
        self.leader = TextLine(name=say("pressing-leader"), placeholder=say("pressing-leader-hint"))
        card.add(Field(say("pressing-leader"), self.leader))
        card.add(Label(say("pressing-note"), role="second", tone="muted", wrap=True))
        scrolled.body.addWidget(card)
        self.handler = HandlerCard()
        scrolled.body.addWidget(self.handler)
        scrolled.body.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(KeyCap("Ctrl Enter"))
        self.yes = primary(say("pressing-do", count=0), icon="file-plus", key="Ctrl Enter", big=True)
        self.yes.clicked.connect(self.draft)
        line.addWidget(self.yes)
        outer.addLayout(line)
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(known, self.desk.workspace), done=self._show_known, failed=self._not_read
        )

    def _show_known(self, seen: Known) -> None:
        self.handler.show_known(seen)
        handler, limit = self.handler.handler.person(), self.limit.limit()
        if handler is None or limit is None:
            self._skeleton.stop()
            self._empty.tell(say("drafting-nobody"), say("drafting-nobody-text"))
            self._show_only(self._empty)
            return
        self.desk.lanes.read.ask(
            self,
            partial(
                pressing.plan,
                self.desk.workspace,
                limit=limit,
                handled_by=handler,
                only=(self.place.which or self.place.spot).split(),
                now=self.desk.now(),
            ),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, presses: tuple[Press, ...]) -> None:
        self._skeleton.stop()
        self._presses = presses
        self._draw()
        self._show_only(self.list if presses else self._empty)
        if presses and not self.list.current():
            self.list.step(1)

    def _draw(self) -> None:
        self.list.show_rows([self._row(n, one) for n, one in enumerate(self._presses)])
        taken = self._taken()
        self._head.about.setText(
            say("pressing-sum", units=len(self._presses), findings=sum(len(one.rows) for one in taken))
        )
        self.yes.say(say("pressing-do", count=len(taken)))
        self.yes.setEnabled(bool(taken))

    def _row(self, n: int, one: Press) -> Row:
        sites = dict.fromkeys(row.row.site.name for row in one.rows)
        late = max(row.days_late for row in one.rows)
        facts = (
            Fact(say("notices-findings", count=len(one.rows))),
            Fact(say("ui-overdue", days=late) if late else say("pressing-today"), tone="bad", badge=True),
        )
        out = str(n) in self._out
        return Row(
            key=str(n),
            icon="square" if out else "square-check",
            title=one.to.name,
            note=site_note(say("ui-list").join(sites), one.rows[0].notice),
            facts=facts,
            faint=out,
        )

    def _taken(self) -> list[Press]:
        return [one for n, one in enumerate(self._presses) if str(n) not in self._out]

    def _turn(self, key: str) -> None:
        """Take one that was left out, or leave it out."""
        self._out ^= {key}
        self._draw()

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    # ── drafting

    def draft(self) -> None:
        """Keep the drafts of the units that are taken."""
        contact, handler = self.handler.contact.contact(), self.handler.handler.person()
        limit, taken = self.limit.limit(), self._taken()
        self.leader.commit()
        if not self.yes.isEnabled() or contact is None or handler is None or limit is None or not taken:
            return
        self.yes.setEnabled(False)
        which = [row.row.finding for one in taken for row in one.rows]
        self.desk.lanes.paper.ask(
            self,
            partial(
                press,
                self.desk.workspace,
                which,
                limit=limit,
                handler=handler,
                contact=contact,
                leader=self.leader.text().strip(),
                now=self.desk.now(),
            ),
            done=self._drafted,
            failed=self._not_drafted,
        )

    def _drafted(self, made: tuple[str, ...]) -> None:
        self.told.emit(Told(say("pressing-done", count=len(made)), icon="file-plus"))
        self.changed.emit()
        self.go.emit(Place("notices", spot=Standing.DRAFT.value))

    def _not_drafted(self, error: BaseException) -> None:
        self.yes.setEnabled(True)
        self.strip.show_error(error)


def press(
    workspace: Workspace,
    which: Sequence[str],
    *,
    limit: TimeLimit,
    handler: Person,
    contact: Contact,
    leader: str,
    now: datetime,
) -> tuple[str, ...]:
    """The drafts of 督办单 for these findings; for a lane."""
    planned = pressing.plan(
        workspace,
        limit=limit,
        handled_by=handler,
        contact=contact,
        leader=leader,
        only=which,
        now=now,
    )
    return pressing.draft(workspace, planned, now=now)
