"""收工签名: the day's sheets in one list; each person opens his key once and signs all that he does not leave out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.model.inspection import Member
from inspector.services import evening
from inspector.services.evening import Outcome, Waiting
from inspector.text import explain, say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.sign.evening_line import SheetLine
from inspector.ui.sign.inspectors import SignerRow
from inspector.ui.sign.keys import KeyRing
from inspector.ui.sign.signing_card import SigningCard
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.work import Ticket


class EveningScreen(Screen):
    """Sheets at the left, people at the right, 签这 n 份 below them."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("evening-title"))
        self._lines: dict[str, SheetLine] = {}
        self._people: dict[str, SignerRow] = {}
        self.keys = KeyRing(desk, self)
        self.keys.changed.connect(self._keys_changed)
        self.keys.opened.connect(self._opened)
        self.keys.refused.connect(self._not_opened)
        self._keys: set[str] = set()
        self._ticket: Ticket | None = None
        self._left_out: set[str] = set()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._sign)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self.head = PageHead(say("evening-title"))
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self._scrolled = Scrolled(spacing=0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._scrolled.body.addLayout(self._list)
        self._scrolled.body.addStretch(1)
        column.addWidget(self._scrolled, 1)
        home = Button(say("sign-done-home"), icon="sun")
        home.clicked.connect(partial(self.go.emit, Place("today")))
        self._empty = EmptyState("signature", say("evening-none"), say("evening-none-text"), [home])
        column.addWidget(self._empty, 1)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        self._empty.hide()
        self._scrolled.hide()
        self._skeleton.start()
        return work

    def _make_side(self) -> Side:
        self._side = Side()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self._card = Card(say("evening-people"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._card.body.addLayout(self._rows)
        self._card.add(Label(say("evening-people-note"), role="second", tone="muted", wrap=True))
        column.addWidget(self._card)
        self.lock_now = Button(say("evening-lock"), icon="lock", kind="ghost")
        self.lock_now.clicked.connect(self.keys.lock)
        column.addWidget(self.lock_now, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.coming = SigningCard()
        self.coming.stop.clicked.connect(self._stop)
        column.addWidget(self.coming)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(KeyCap("Ctrl Enter"))
        self.sign = primary(say("evening-sign", count=0), icon="signature", key="Ctrl Enter", big=True)
        self.sign.clicked.connect(self._sign)
        row.addWidget(self.sign)
        column.addLayout(row)
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(evening.waiting, self.desk.workspace, now=self.desk.now()),
            done=self._show,
            failed=self._not_read,
        )

    def leave(self, then: Callable[[], None]) -> None:
        commit_all(self)
        self.keys.lock()
        super().leave(then)

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.show_error(error)

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._empty.setVisible(not waiting)
        self._scrolled.setVisible(bool(waiting))
        self._side.setVisible(bool(waiting))
        ready = sum(one.ready for one in waiting)
        self.head.about.setText(say("evening-sum", count=len(waiting), ready=ready))
        for line in self._lines.values():
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = {}
        for one in waiting:
            line = SheetLine(one)
            if one.draft in self._left_out:
                line.tick.setChecked(False)
            line.ticked.connect(self._count)
            line.opened.connect(self._open)
            line.sent_back.connect(self._send_back)
            self._list.addWidget(line)
            self._lines[one.draft] = line
        self._show_people(waiting)
        self._count()

    def _show_people(self, waiting: tuple[Waiting, ...]) -> None:
        members: dict[str, Member] = {}
        keys: set[str] = set()
        for one in waiting:
            keys |= set(one.keys)
            members |= {member.person: member for member in one.waiting if member.person not in members}
        typing = next((one for one, row in self._people.items() if row.passphrase.line.hasFocus()), "")
        for row in self._people.values():
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._people = {}
        before: QWidget | None = None
        for person, member in members.items():
            row = SignerRow(member)
            row.unlock.connect(self._unlock)
            self._rows.addWidget(row)
            self._people[person] = row
            for part in row.parts:
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part
        if before is not None:
            QWidget.setTabOrder(before, self.lock_now)
        self._keys = keys
        self._show_state()
        first = self._people.get(typing) or next(iter(self._people.values()), None)
        if first is not None and not self.keys.people:
            first.passphrase.setFocus()

    def _show_state(self) -> None:
        for person, row in self._people.items():
            row.show_state(
                signed=False,
                unlocked=person in self.keys.people,
                key_here=person in self._keys,
                frozen=True,
                busy=bool(self.keys.opening) or self._ticket is not None,
            )
        self.lock_now.setVisible(bool(self.keys.people))

    def _count(self) -> None:
        self._left_out = {
            draft for draft, line in self._lines.items() if line.one.ready and not line.tick.isChecked()
        }
        self.sign.say(say("evening-sign", count=len(self._chosen())))
        self.sign.setEnabled(self._ticket is None and any(line.one.ready for line in self._lines.values()))

    def _chosen(self) -> list[str]:
        """The sheets that are ticked and wait for one of those who opened their keys."""
        return [
            draft
            for draft, line in self._lines.items()
            if line.tick.isChecked() and any(member.person in self.keys.people for member in line.one.waiting)
        ]

    def _open(self, draft: str) -> None:
        self.go.emit(Place("sign", which=draft))

    # ── keys

    def _unlock(self, person: str, passphrase: str) -> None:
        if self._ticket is None:
            self.keys.unlock(person, passphrase)

    def _keys_changed(self) -> None:
        if self._people:
            self._show_state()
            self._count()

    def _opened(self, _person: str) -> None:
        waiting = next((row for one, row in self._people.items() if one not in self.keys.people), None)
        if waiting is not None and waiting.passphrase.isVisible():
            waiting.passphrase.setFocus()
        else:
            self.sign.setFocus()

    def _not_opened(self, person: str, error: BaseException) -> None:
        if row := self._people.get(person):
            row.ask(" ".join(_words(error)))

    # ── signing

    def _sign(self) -> None:
        if self._ticket is not None:
            return
        chosen = self._chosen()
        if not chosen:
            if row := next((row for one, row in self._people.items() if one not in self.keys.people), None):
                row.passphrase.setFocus()
            return
        names = say("ui-list").join(one.person.name for one in self.keys.people.values())
        ask_first(
            self,
            say("evening-ask", count=len(chosen)),
            say("sign-ask-text", names=names),
            self.sign.accessibleName(),
            partial(self._sign_now, chosen),
            icon="signature",
        )

    def _sign_now(self, chosen: list[str]) -> None:
        self.strip.clear()
        self.coming.show_progress(0, len(chosen))
        self.coming.show()
        self._ticket = self.desk.lanes.paper.ask(
            self,
            partial(
                evening.sign_all,
                self.desk.workspace,
                chosen,
                list(self.keys.people.values()),
                now=self.desk.now(),
            ),
            done=self._signed,
            failed=self._failed,
            told=self.coming.show_progress,
        )
        self._show_state()
        self._count()

    def _stop(self) -> None:
        """What is signed stays signed; the rest waits."""
        if self._ticket is not None:
            self.desk.lanes.paper.cancel(self._ticket)
            self._ended()
            self.desk.lanes.paper.when_idle(self, self.refresh)

    def _signed(self, outcomes: tuple[Outcome, ...]) -> None:
        self._ended()
        done = [one for one in outcomes if one.progress is not None]
        complete = sum(one.progress is not None and one.progress.complete for one in done)
        refused = {one.draft: one.error for one in outcomes if one.error is not None}
        if done:
            self.told.emit(Told(say("evening-signed", count=len(done), complete=complete), icon="signature"))
        self.desk.lanes.read.ask(
            self,
            partial(evening.waiting, self.desk.workspace, now=self.desk.now()),
            done=partial(self._show_with, refused),
            failed=self.strip.show_error,
        )

    def _show_with(self, refused: dict[str, InspectorError], waiting: tuple[Waiting, ...]) -> None:
        self._show(waiting)
        for draft, error in refused.items():
            if line := self._lines.get(draft):
                line.refuse(" ".join(_words(error)))

    def _failed(self, error: BaseException) -> None:
        self._ended()
        self.strip.show_error(error)
        self.refresh()

    def _ended(self) -> None:
        self._ticket = None
        self.coming.hide()
        self.changed.emit()
        self._show_state()
        self._count()

    # ── sending one back

    def _send_back(self, draft: str, remark: str) -> None:
        line = self._lines[draft]
        if line.one.signed:
            ask_first(
                self,
                say("sign-thaw-ask"),
                say("sign-thaw-text", count=line.one.signed),
                say("evening-send-back"),
                partial(self._send_back_now, draft, remark),
            )
        else:
            self._send_back_now(draft, remark)

    def _send_back_now(self, draft: str, remark: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(evening.send_back, self.desk.workspace, draft, remark, now=self.desk.now()),
            done=partial(self._sent, self._lines[draft].one.site),
            failed=self.strip.show_error,
        )

    def _sent(self, site: str, _nothing: None) -> None:
        self.told.emit(Told(say("evening-sent", site=site), icon="send"))
        self.changed.emit()
        self.refresh()


def _words(error: BaseException) -> tuple[str, str]:
    return explain(error) if isinstance(error, InspectorError) else (say("ui-fault"), "")
