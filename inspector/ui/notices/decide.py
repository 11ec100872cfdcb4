"""审核 and 签发 of many documents at once: the list with ticks at the left, who decides at the right."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Final

import msgspec
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.model.paper import Standing
from inspector.model.person import Person
from inspector.services import issuing, notices, numbers, paper_list, people
from inspector.services.issuing import Issuer, Outcome
from inspector.services.notices import OnPaper
from inspector.services.numbers import Upcoming
from inspector.services.paper_list import Listed
from inspector.services.people import Unlocked
from inspector.services.workspaces import Workspace
from inspector.text import explain, say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all
from inspector.ui.notices.choosing import Choosing
from inspector.ui.notices.next_number import NumberCard
from inspector.ui.notices.signer import SignerCard
from inspector.ui.notices.waiting import WaitingCard
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.work import Ticket

REVIEW, ISSUE = "review", "issue"
WAITS: Final = {REVIEW: Standing.DRAFT, ISSUE: Standing.CHECKED}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for a decision, who can decide here, and the numbers to issue with."""

    listed: tuple[Listed, ...]
    people: tuple[Person, ...]
    here: Collection[str]
    upcoming: tuple[Upcoming, ...]


def read(workspace: Workspace, standing: Standing, year: int) -> Read:
    """All documents of one standing, the latest first."""
    return Read(
        listed=tuple(one for one in paper_list.desk(workspace) if one.standing is standing),
        people=tuple(people.every(workspace)),
        here=people.with_key_here(workspace),
        upcoming=numbers.upcoming(workspace, year),
    )


class DecideScreen(Screen):
    """`place.spot` is review or issue; with `place.which` only that document is taken at first."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._act = place.spot if place.spot in WAITS else REVIEW
        self.say_title(say(f"deciding-{self._act}"))
        self._ticket: Ticket | None = None
        self._after_opening = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.decide)
        self._show_only(self._skeleton)
        self._skeleton.start()
        self.begin_at(self.signer.passphrase.line)  # all are taken at first

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self._all = Button(say("deciding-all"), icon="checks", kind="ghost", flush=True)
        self._all.clicked.connect(self._turn_all)
        self._head = PageHead(self.title, self._all, back=self.back)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self._refused = Label(role="second", tone="bad", wrap=True)
        self._refused.hide()
        column.addWidget(self._refused)
        self.list = Choosing(name=self.title)
        self.list.changed.connect(self._count)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        home = Button(say("deciding-home"), icon="mail")
        home.clicked.connect(partial(self.go.emit, Place("notices")))
        self._empty = EmptyState(
            "checks", say(f"deciding-none-{self._act}"), say(f"deciding-none-{self._act}-text"), [home]
        )
        column.addWidget(self._empty, 1)
        return work

    def _make_side(self) -> QFrame:
        self._side = Side()
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        scrolled = Scrolled(spacing=12)
        outer.addWidget(scrolled, 1)
        self.number = NumberCard()
        self.number.go.connect(self.go)
        scrolled.body.addWidget(self.number)
        self.number.setVisible(self._act == ISSUE)
        self.signer = SignerCard(
            self.desk,
            say(f"deciding-who-{self._act}"),
            who=say(f"deciding-person-{self._act}"),
            paper=say(f"deciding-paper-{self._act}"),
        )
        self.signer.opened.connect(self._opened)
        self.signer.changed.connect(self._count)
        scrolled.body.addWidget(self.signer)
        scrolled.body.addWidget(
            Label(say(f"deciding-note-{self._act}"), role="second", tone="muted", wrap=True)
        )
        scrolled.body.addStretch(1)
        self.waiting = WaitingCard(say("deciding-progress"))
        self.waiting.stopped.connect(self._stop)
        outer.addWidget(self.waiting)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(KeyCap("Ctrl Enter"))
        self.yes = primary(
            say(f"deciding-do-{self._act}", count=0), icon="signature", key="Ctrl Enter", big=True
        )
        self.yes.clicked.connect(self.decide)
        line.addWidget(self.yes)
        outer.addLayout(line)
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(read, self.desk.workspace, WAITS[self._act], self.desk.now().year),
            done=self._show,
            failed=self._not_read,
        )

    def leave(self, then: Callable[[], None]) -> None:
        commit_all(self)
        self._stop()
        self.signer.lock()
        super().leave(then)

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, seen: Read) -> None:
        self._skeleton.stop()
        self.list.show_documents(seen.listed, only=self.place.which)
        if self.place.which:
            self.list.go_to(self.place.which)
        self.signer.show_people(seen.people, seen.here)
        self.number.show_upcoming(seen.upcoming)
        self._side.setVisible(bool(seen.listed))
        self._all.setVisible(len(seen.listed) > 1)
        self._show_only(self.list if seen.listed else self._empty)
        self._count()

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self.list, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    def _count(self) -> None:
        count = len(self.list.taken())
        self.yes.say(say(f"deciding-do-{self._act}", count=count))
        self.yes.setEnabled(self._ticket is None)
        self._head.about.setText(say("deciding-sum", count=self.list.rows.rowCount(), taken=count))

    def _turn_all(self) -> None:
        self.list.take_all(len(self.list.taken()) < self.list.rows.rowCount())

    # ── deciding

    def decide(self) -> None:
        """Ask once, then decide on all that are taken; a key that is still closed is opened first."""
        if self._ticket is not None:
            return
        if not self.list.taken():
            self.list.setFocus()
            return
        by_hand = self.signer.by_hand.isChecked()
        paper = self.signer.paper.on_paper() if by_hand else None
        if by_hand and paper is None:
            return
        if self._act == REVIEW and paper is not None:
            self._ask(paper, None)  # nobody's key is needed to say that a paper was signed
        elif (key := self.signer.unlocked()) is not None:
            self._ask(paper, key)
        else:
            self._after_opening = True
            self.signer.unlock()

    def _opened(self) -> None:
        if self._after_opening:
            self._after_opening = False
            self.decide()
        else:
            self.yes.setFocus()

    def _ask(self, paper: OnPaper | None, key: Unlocked | None) -> None:
        which = self.list.taken()
        if self._act == REVIEW:
            by = paper or key
            assert by is not None
            self._review(which, by)
            return
        assert key is not None
        ask_first(
            self,
            say("deciding-ask", count=len(which)),
            say("deciding-ask-paper" if paper else "deciding-ask-text", name=key.person.name),
            self.yes.accessibleName(),
            partial(self._issue, which, Issuer(key=key, on_paper=paper)),
            icon="signature",
        )

    def _review(self, which: tuple[str, ...], by: Unlocked | OnPaper) -> None:
        self._begin(
            self.desk.lanes.paper.ask(
                self,
                partial(notices.review, self.desk.workspace, which, by, now=self.desk.now()),
                done=self._reviewed,
                failed=self._failed,
            )
        )

    def _reviewed(self, done: tuple[str, ...]) -> None:
        self._ended()
        self.told.emit(Told(say("deciding-reviewed", count=len(done)), icon="checks"))
        self.go.emit(Place("notices", spot=Standing.CHECKED.value))

    def _issue(self, which: tuple[str, ...], issuer: Issuer) -> None:
        self._begin(
            self.desk.lanes.paper.ask(
                self,
                partial(
                    issuing.issue_each,
                    self.desk.workspace,
                    which,
                    issuer,
                    prefix=self.number.prefix,
                    now=self.desk.now(),
                ),
                done=self._issued,
                failed=self._failed,
                told=self._told,
            )
        )
        self._told(0, len(which))

    def _begin(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self.strip.clear()
        self._refused.hide()
        self._count()

    def _told(self, done: int, total: int) -> None:
        self.waiting.tell(say("deciding-issuing", done=done, total=total), done, total)

    def _stop(self) -> None:
        """What is issued stays issued; the rest are drafts without number."""
        if self._ticket is not None:
            lane = self.desk.lanes.paper
            lane.cancel(self._ticket)
            self._ended()
            lane.when_idle(self, self._stopped)

    def _stopped(self) -> None:
        self.told.emit(Told(say("deciding-stopped"), icon="player-stop"))
        self.changed.emit()
        self.refresh()

    def _issued(self, outcomes: tuple[Outcome, ...]) -> None:
        self._ended()
        done = [one.issued for one in outcomes if one.issued is not None]
        errors = [one for one in outcomes if one.error is not None]
        if done:
            first, last = done[0].number, done[-1].number
            self.told.emit(
                Told(say("deciding-issued", count=len(done), first=first, last=last), icon="signature")
            )
        if errors:
            self._refuse(errors)
            self.refresh()
        else:
            self.go.emit(Place("notices", spot=Standing.ISSUED.value))

    def _refuse(self, errors: list[Outcome]) -> None:
        names = {one.id: one.name for one in self.list.taken_documents()}
        lines = [say("deciding-refused", count=len(errors))]
        for one in errors:
            if isinstance(one.error, InspectorError):
                what = " ".join(explain(one.error))
                lines.append(say("deciding-refused-line", name=names.get(one.notice, one.notice), what=what))
        self._refused.setText("\n".join(lines))
        self._refused.show()

    def _failed(self, error: BaseException) -> None:
        self._ended()
        self.strip.show_error(error)
        self.refresh()

    def _ended(self) -> None:
        self._ticket = None
        self.waiting.hide()
        self.changed.emit()
        self._count()
