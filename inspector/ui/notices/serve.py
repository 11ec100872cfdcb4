"""登记送达: the documents that are issued, a line a unit with who took them; one time, one person who brought them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.notice import Received
from inspector.model.paper import Way
from inspector.services import receivers
from inspector.services.paper_list import Listed
from inspector.services.receivers import Receivers
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine, commit_all
from inspector.ui.notices.arriving import Arrival, Read, read, serve
from inspector.ui.notices.fields import MomentField
from inspector.ui.notices.receivers import ReceiverLine
from inspector.ui.notices.served import Served, ServedPart
from inspector.ui.notices.signer import SignerCard
from inspector.ui.notices.waiting import WaitingCard
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.work import Ticket


class ServeScreen(Screen):
    """With `place.which` (a document) only its unit is taken at first."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("serving-title"))
        self.lines: dict[str, ReceiverLine] = {}
        self._ticket: Ticket | None = None
        self._after_opening = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        self.served = ServedPart(desk)
        self.served.told.connect(self.told)
        self.served.failed.connect(self.strip.show_error)
        self.served.go.connect(self.go)
        self.served.hide()
        row.addWidget(self.served, 1)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.serve)
        self._show_only(self._skeleton)
        self._skeleton.start()

    # ── making

    def _make_work(self) -> QFrame:
        self._work = QFrame()
        self._work.setProperty("kind", "work")
        column = QVBoxLayout(self._work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self.list_file = Button(say("serving-file"), icon="table-import")
        self.list_file.clicked.connect(self._ask_file)
        self._head = PageHead(say("serving-title"), self.list_file, back=self.back)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        self._wrong = Label(role="second", tone="bad", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        self._scrolled = Scrolled(spacing=0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._scrolled.body.addLayout(self._list)
        self._scrolled.body.addStretch(1)
        column.addWidget(self._scrolled, 1)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        home = Button(say("deciding-home"), icon="mail")
        home.clicked.connect(partial(self.go.emit, Place("notices")))
        self._empty = EmptyState("truck-delivery", say("serving-none"), say("serving-none-text"), [home])
        column.addWidget(self._empty, 1)
        return self._work

    def _make_side(self) -> QFrame:
        self._side = Side()
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        scrolled = Scrolled(spacing=12)
        outer.addWidget(scrolled, 1)
        card = Card(say("serving-when"))
        self.moment = MomentField(say("serving-at"), self.desk.now())
        card.add(self.moment)
        self.spot = TextLine(name=say("serving-place-all"), placeholder=say("serving-place-hint"))
        self._spot = Field(say("serving-place-all"), self.spot)
        card.add(self._spot)
        scrolled.body.addWidget(card)
        self.signer = SignerCard(self.desk, say("serving-who"), who=say("serving-person"))
        self.signer.opened.connect(self._opened)
        scrolled.body.addWidget(self.signer)
        scrolled.body.addWidget(Label(say("serving-note"), role="second", tone="muted", wrap=True))
        scrolled.body.addStretch(1)
        self.waiting = WaitingCard(say("serving-progress"))
        self.waiting.stopped.connect(self._stop)
        outer.addWidget(self.waiting)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(KeyCap("Ctrl Enter"))
        self.yes = primary(say("serving-do", count=0), icon="truck-delivery", key="Ctrl Enter", big=True)
        self.yes.clicked.connect(self.serve)
        line.addWidget(self.yes)
        outer.addLayout(line)
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(read, self.desk.workspace), done=self._show, failed=self._not_read
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
        self.signer.show_people(seen.people, seen.here)
        for unit in [one for one in self.lines if one not in seen.by_unit]:
            gone = self.lines.pop(unit)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        before: QWidget = self.list_file
        for unit, papers in seen.by_unit.items():
            if unit not in self.lines:
                self._add(unit, papers, before)
            before = self.lines[unit].photos.choose
        self._side.setVisible(bool(self.lines))
        self.list_file.setVisible(bool(self.lines))
        self._show_only(self._scrolled if self.lines else self._empty)
        self._count()
        if self.lines and not self.served.isVisible():
            next(iter(self.lines.values())).name.setFocus()

    def _add(self, unit: str, papers: tuple[Listed, ...], before: QWidget) -> None:
        line = ReceiverLine(papers)
        only = self.place.which
        line.tick.setChecked(not only or any(one.id == only for one in papers))
        line.changed.connect(self._count)
        self._list.addWidget(line)
        self.lines[unit] = line
        for part in (line.tick, line.name, line.way, line.more, *line.fields.values(), line.photos.choose):
            QWidget.setTabOrder(before, part)
            before = part

    def _show_only(self, shown: QWidget) -> None:
        for widget in (self._scrolled, self._skeleton, self._empty):
            widget.setVisible(widget is shown)

    def _taken(self) -> dict[str, ReceiverLine]:
        return {unit: line for unit, line in self.lines.items() if line.tick.isChecked()}

    def _count(self) -> None:
        count = sum(len(line.papers) for line in self._taken().values())
        units = len(self.lines)
        self.yes.say(say("serving-do", count=count))
        self.yes.setEnabled(self._ticket is None)
        self._head.about.setText(say("serving-sum", units=units, taken=len(self._taken())))

    # ── a list of receivers

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, say("serving-file"), "", say("serving-files"))
        if name:
            self.take_file(Path(name))

    def take_file(self, file: Path) -> None:
        """Fill the lines from a list: good rows count, the others are named."""
        self.strip.clear()
        usual = Received(way=Way.RECEIPT, at="", place=self.spot.text().strip())
        self.desk.lanes.read.ask(
            self,
            partial(receivers.read_file, self.desk.workspace, file, usual),
            done=self._filled,
            failed=self.strip.show_error,
        )

    def _filled(self, seen: Receivers) -> None:
        for unit, line in self.lines.items():
            if (act := seen.by_unit.get(unit)) is not None:
                line.fill(act)
        matched = sum(unit in self.lines for unit in seen.by_unit)
        wrong = [
            say(
                "serving-wrong",
                row=one.row,
                column=one.column,
                what=say(f"row-{one.code}", value=one.value),
            )
            for one in seen.errors
        ]
        said = say("serving-filled", count=matched, units=len(self.lines))
        self._wrong.setText("\n".join([said, *wrong]))
        self._wrong.tone("bad" if wrong else "muted")
        self._wrong.show()
        self._count()

    # ── serving

    def serve(self) -> None:
        """Record all that are taken; a key that is still closed is opened first."""
        taken = self._taken()
        if self._ticket is not None or not taken:
            return
        moment = self.moment.moment()
        if moment is None:
            self.moment.setFocus()
            return
        self.spot.commit()
        at, place = moment.isoformat(timespec="seconds"), self.spot.text().strip()
        acts = {unit: line.received(at, place) for unit, line in taken.items()}
        arrivals = {
            unit: Arrival(
                papers=tuple(one.id for one in taken[unit].papers),
                received=act,
                photos=taken[unit].photos.files,
            )
            for unit, act in acts.items()
            if act is not None
        }
        if len(arrivals) < len(taken):
            return
        key = self.signer.unlocked()
        if key is None:
            self._after_opening = True
            self.signer.unlock()
            return
        self.strip.clear()
        self._ticket = self.desk.lanes.paper.ask(
            self,
            partial(serve, self.desk.workspace, arrivals, key, self.desk.now()),
            done=self._served,
            failed=self._failed,
            told=self._told,
        )
        self._told(0, len(arrivals))
        self._count()

    def _opened(self) -> None:
        if self._after_opening:
            self._after_opening = False
            self.serve()
        else:
            self.yes.setFocus()

    def _told(self, done: int, total: int) -> None:
        self.waiting.tell(say("serving-working", done=done, total=total), done, total)

    def _stop(self) -> None:
        """Units that are done are done; the others have not been served."""
        if self._ticket is not None:
            lane = self.desk.lanes.paper
            lane.cancel(self._ticket)
            self._ended()
            lane.when_idle(self, self.refresh)

    def _served(self, done: tuple[Served, ...]) -> None:
        self._ended()
        self.signer.lock()
        self._work.hide()
        self._side.hide()
        self.served.show_served(done)
        self.served.show()
        self.served.begin()

    def _failed(self, error: BaseException) -> None:
        self._ended()
        self.strip.show_error(error)
        self.refresh()

    def _ended(self) -> None:
        self._ticket = None
        self.waiting.hide()
        self.changed.emit()
        self._count()
