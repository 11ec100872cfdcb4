"""One round: finding by finding, before beside after, the result by one key. Everything is saved at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inspector.model import round as rules
from inspector.model.notice import Seen
from inspector.model.round import Round, Sighting
from inspector.services import round_papers, rounds
from inspector.services.round_papers import Line
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.dropping import holds_photos
from inspector.ui.pictures import Pictures
from inspector.ui.reinspect import words
from inspector.ui.reinspect.ends import RoundEnds
from inspector.ui.reinspect.judging import KEYS
from inspector.ui.reinspect.page import FindingPage
from inspector.ui.reinspect.shots import RoundShots
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import BottomBar, TopBar
from inspector.ui.widgets.buttons import Button, IconButton, primary
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.marks import Bar
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Badge, Label

LEFT_PX: Final = 330
NARROW_PX: Final = 250


class RoundScreen(Screen):
    """`place.which` is a round, `place.spot` one of its findings."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("round-title"))
        self._walk: Round | None = None
        self._lines: tuple[Line, ...] = ()
        self._finding = place.spot
        self._pictures = Pictures(desk)
        self.shots = RoundShots(desk, self, self._now_shown)
        self.shots.came.connect(self._came)
        self.shots.failed.connect(self.strip.show_error)
        self.ends = RoundEnds(desk, self)
        self.ends.ended.connect(self._ended)
        self.ends.failed.connect(self.strip.show_error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_top())
        column.addWidget(self.strip)
        across = QHBoxLayout()
        across.setSpacing(0)
        self.list = RowList(name=say("round-findings"))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._opened)
        self.list.typed.connect(self._key)
        self._left = QFrame()
        self._left.setProperty("kind", "sections")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 1, 0)
        left.addWidget(self.list)
        across.addWidget(self._left)
        self._work = self._make_work()
        across.addWidget(self._work, 1)
        gone = Button(say("round-to-list"))
        gone.clicked.connect(partial(self.go.emit, Place("reinspect")))
        self._gone = EmptyState("checks", say("round-gone"), say("round-gone-next"), [gone])
        self._gone.hide()
        across.addWidget(self._gone, 1)
        column.addLayout(across, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self.setAcceptDrops(True)
        self._connect_keys()
        self.begin_at(self.list)

    # ── making

    def _make_top(self) -> TopBar:
        self.top = TopBar(say("round-title"))
        self.top.back.connect(self.back)
        if self.desk.example:
            self.top.middle.addWidget(Badge(say("ui-example"), tone="warn"))
        self.bar = Bar()
        self.top.middle.addWidget(self.bar)
        self._count = Label(tone="muted")
        self.top.middle.addWidget(self._count)
        self.undo = IconButton("arrow-back-up", say("ui-undo"), key="Ctrl Z")
        self.undo.clicked.connect(self._undo)
        self.drop = IconButton("trash", say("round-discard"))
        self.drop.clicked.connect(self._ask_discard)
        self.finish = primary(say("round-finish"), icon="signature", key="Ctrl Enter")
        self.finish.clicked.connect(self._finish)
        for button in (self.undo, self.drop, self.finish):
            self.top.right.addWidget(button)
        return self.top

    def _make_work(self) -> FindingPage:
        page = FindingPage(self._pictures)
        self.judging, self.after = page.judging, page.after
        page.leave_out.clicked.connect(self._leave_out)
        page.after.add.connect(self.shots.ask)
        page.after.removed.connect(self._take_off)
        page.judging.judged.connect(self._judge)
        page.judging.noted.connect(self._note)
        page.judging.limited.connect(self._limit)
        page.judging.onward.connect(self._onward)
        return page

    def _connect_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+Z", self._undo),
            ("Ctrl+I", self.shots.ask),
            ("Ctrl+V", self.shots.paste),
            ("Ctrl+Return", self._finish),
            ("Ctrl+Enter", self._finish),
            *((f"Alt+{key}", partial(self._judge, seen)) for key, seen in KEYS.items()),
        )
        for keys, slot in acts:
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    # ── showing

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(_read, self.desk.workspace, self.place.which),
            done=self._show,
            failed=self._not_there,
        )

    def _not_there(self, error: BaseException) -> None:
        """It was signed or thrown away: nothing is lost, and there is a way on."""
        self._work.hide()
        self._left.hide()
        self._gone.show()
        for button in (self.undo, self.drop, self.finish):
            button.hide()
        if getattr(error, "key", "") != "round-unknown":
            self.strip.show_error(error)

    def _show(self, read: tuple[Round, tuple[Line, ...]]) -> None:
        self._walk, self._lines = read
        self.say_title(words.title(self._walk))
        self.top.say(self.title, words.about(self._lines))
        look_back = self._walk.looks_back
        self.finish.say(say("lookback-finish") if look_back else say("round-finish"))
        if self._line() is None and self._lines:
            first = next((one for one in self._lines if self._lacks(one)), self._lines[0])
            self._finding = first.finding.id
        self.list.show_rows([words.row(line) for line in self._lines], current=self._finding)
        self._show_line()

    def _show_line(self) -> None:
        line, walk = self._line(), self._walk
        if line is None or walk is None:
            return
        self._work.show_line(line, self.desk.now())
        seen = [one.sighting.seen for one in self._lines]
        passed = seen.count(Seen.PASS)
        self.bar.show_progress(passed=passed, failed=walk.judged - passed, total=len(seen))
        self._count.setText(say("ui-of", answered=walk.judged, total=len(seen)))
        self.undo.setEnabled(bool(walk.undo))
        self._show_keys()

    def _show_keys(self) -> None:
        typing = isinstance(self.focusWidget(), QLineEdit)
        line = self._line()
        self.judging.show_keys(typing=typing)
        closed = line is not None and line.closed
        self.bottom.show_keys(words.keys(self.finish.text().strip(), typing=typing, closed=closed))

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_keys()

    def _line(self) -> Line | None:
        return next((one for one in self._lines if one.finding.id == self._finding), None)

    def _now_shown(self) -> str:
        return self._finding

    @staticmethod
    def _lacks(line: Line) -> str:
        return line.sighting.lacks(closed=line.closed)

    # ── moving

    def _choose(self, finding: str) -> None:
        if finding != self._finding:
            self.judging.note.settle()
            self._finding = finding
            self.stand(spot=finding)
            self._show_line()

    def _opened(self, finding: str) -> None:
        if finding == self._finding:
            self._onward()

    def _onward(self) -> None:
        """The next finding about which something is missing, round the end; none: to signing."""
        self.judging.note.settle()
        order = [line.finding.id for line in self._lines]
        at = order.index(self._finding) + 1 if self._finding in order else 0
        ahead = (*self._lines[at:], *self._lines[:at])
        following = next((line.finding.id for line in ahead if self._lacks(line)), "")
        if not following or following == self._finding:
            (self.judging.note if following else self.finish).setFocus()
            return
        self.list.setFocus()  # first: the reason of the next finding is not shown in a field that is being typed in
        self.list.go_to(following)

    def _key(self, text: str) -> None:
        if text in KEYS:
            self._judge(KEYS[text])
        elif text.lower() == "u":
            self._onward()

    # ── seeing

    def _judge(self, seen: Seen) -> None:
        line = self._line()
        if line is None or (line.closed and seen is Seen.PARTLY):
            return
        limit = line.sighting.time_limit
        if seen is not Seen.PASS and not line.closed:
            limit = limit or line.finding.time_limit
        self._keep(replace(line.sighting, seen=seen, time_limit=None if seen is Seen.PASS else limit))
        line = self._line()
        if line is not None and not self._lacks(line):
            self._onward()
        elif seen is Seen.PASS:
            self.after.more.setFocus()
        else:
            self.judging.note.setFocus()

    def _note(self, text: str) -> None:
        if line := self._line():
            self._keep(replace(line.sighting, note=text.strip()))

    def _limit(self, limit: Any) -> None:
        if line := self._line():
            self._keep(replace(line.sighting, time_limit=limit))

    def _keep(self, sighting: Sighting) -> None:
        """Shown at once, saved in the order of the keys; undone again if the disk refuses."""
        walk = self._walk
        if walk is None or walk.sighting(sighting.finding) == sighting:
            return
        self._walk = rules.seen(walk, sighting)
        self._lines = tuple(
            replace(line, sighting=sighting) if line.finding.id == sighting.finding else line
            for line in self._lines
        )
        self.list.show_rows([words.row(line) for line in self._lines], current=self._finding)
        self._show_line()
        self.desk.lanes.save.ask(
            self,
            partial(rounds.see, self.desk.workspace, walk.id, sighting),
            failed=self._refused,
        )

    def _refused(self, error: BaseException) -> None:
        self.strip.show_error(error)
        self.refresh()

    def _undo(self) -> None:
        if self._walk is not None and self._walk.undo:
            self.judging.note.settle()
            self.desk.lanes.save.ask(
                self,
                partial(rounds.undo, self.desk.workspace, self._walk.id),
                done=self._undone,
                failed=self.strip.show_error,
            )

    def _undone(self, answer: tuple[Round, str]) -> None:
        if answer[1]:
            self._finding = answer[1]
        self.judging.note.clearFocus()
        self.list.setFocus()
        self.refresh()

    def _leave_out(self) -> None:
        if self._walk is not None and self._finding:
            call = partial(rounds.leave_out, self.desk.workspace, self._walk.id, self._finding)
            self.desk.lanes.save.ask(self, call, done=self._left_out, failed=self.strip.show_error)

    def _left_out(self, left: Round) -> None:
        self.changed.emit()
        if not left.sightings:
            self.go.emit(Place("reinspect"))
            return
        self._finding = ""
        self.told.emit(Told(say("round-left-out"), icon="circle-minus"))
        self.refresh()
        self.list.setFocus()

    # ── photos

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_photos(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.shots.take(event.mimeData()):
            event.acceptProposedAction()

    def _came(self, finding: str, photos: tuple[str, ...]) -> None:
        line = next((one for one in self._lines if one.finding.id == finding), None)
        if line is None or not photos:
            return
        shots = tuple(dict.fromkeys((*line.sighting.photos, *photos)))
        self._keep(replace(line.sighting, photos=shots))
        self.desk.lanes.save.when_idle(self, self.refresh)
        if finding == self._finding:
            self.list.setFocus()

    def _take_off(self, photo: str) -> None:
        if line := self._line():
            left = tuple(one for one in line.sighting.photos if one != photo)
            self._keep(replace(line.sighting, photos=left))
            self.desk.lanes.save.when_idle(self, self.refresh)

    # ── the end

    def _finish(self) -> None:
        walk = self._walk
        if walk is None:
            return
        self.judging.note.settle()
        missing = next((line for line in self._lines if self._lacks(line)), None)
        if not walk.looks_back:
            self.go.emit(Place("slips", which=walk.id))
        elif missing is None:
            self.ends.ask_record(walk)
        else:
            self.list.setFocus()
            self.list.go_to(missing.finding.id)
            self.judging.ask(words.lacks(missing))

    def _ask_discard(self) -> None:
        if self._walk is not None:
            self.ends.ask_discard(self._walk)

    def _ended(self, told: Told | None) -> None:
        self.changed.emit()
        if told is not None:
            self.told.emit(told)
        self.go.emit(Place("reinspect"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme.space(self.window().width(), self.window().height())
        wide = theme.look.px(NARROW_PX if space.narrow else LEFT_PX)
        self._left.setMinimumWidth(wide)
        self._left.setMaximumWidth(wide)
        self._work.fold(space.low, self.desk.now())


def _read(workspace: Workspace, which: str) -> tuple[Round, tuple[Line, ...]]:
    walk = rounds.one(workspace, which)
    return walk, round_papers.lines(workspace, walk)
