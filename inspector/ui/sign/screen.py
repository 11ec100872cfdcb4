"""签名: two parties agree on exactly this paper. It stands at the left, what is still to be done at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.draft import About, Team
from inspector.model.errors import InspectorError
from inspector.model.inspection import Counterpart
from inspector.model.person import Person
from inspector.model.verdict import Verdict
from inspector.services import counterparts, drafts, papers, people, signing, standing
from inspector.services.papers import Paper
from inspector.services.signing import Progress
from inspector.services.standing import Standing
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all
from inspector.ui.inspect.intake import PhotoIntake
from inspector.ui.paper import PaperView
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen
from inspector.ui.sign.about import AboutCard
from inspector.ui.sign.counterpart import CounterpartCard
from inspector.ui.sign.done import DonePanel
from inspector.ui.sign.inspectors import InspectorsCard
from inspector.ui.sign.joining import JoinCard
from inspector.ui.sign.keys import KeyRing
from inspector.ui.sign.missing import MissingCard
from inspector.ui.sign.steps import Steps
from inspector.ui.theme import theme
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.bars import BottomBar, Key, TopBar
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Badge, Label

RIGHT_PX: Final = 560
NARROW_PX: Final = 440
REDRAW_MS: Final = 400  # the paper is drawn again when the hand rests
CHECK, COUNTERPART, INSPECTORS = range(3)


class SignScreen(Screen):
    """One card a party. 签名并生成 is the only filled button."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._state: Standing | None = None
        self.keys = KeyRing(desk, self)
        self._signing = False
        self._inspection = ""
        self._step = CHECK
        self._under_way = 0
        self._pictures = Pictures(desk)
        self._intake = PhotoIntake(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = TopBar()
        self.steps = Steps((say("sign-step-check"), say("sign-counterpart-short"), say("sign-inspectors")))
        if desk.example:
            self.top.middle.addWidget(Badge(say("ui-example"), tone="warn"))
        self.top.middle.addWidget(self.steps)
        self.later = Button(say("sign-later"), kind="ghost")
        self.top.right.addWidget(self.later)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        self.as_is = Button(say("sign-as-is"))
        self.as_is.hide()
        self.strip.buttons.addWidget(self.as_is)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        self.paper = PaperView(desk, title=say("sign-preview"), note=say("sign-preview-note"))
        self._side = QFrame()
        self._side.setProperty("kind", "detail")
        columns.addWidget(self.paper, 1)
        columns.addWidget(self._side)
        column.addLayout(columns, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self._make_side()
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw_paper)
        self._connect()

    # ── making

    def _make_side(self) -> None:
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scrolled = Scrolled(margins=(16, 14, 16, 12), spacing=12)
        column.addWidget(self._scrolled, 1)
        self.missing = MissingCard()
        self.about = AboutCard()
        self.counterpart = CounterpartCard(self._pictures)
        self.inspectors = InspectorsCard()
        self.join = JoinCard()
        self.done = DonePanel(self.desk)
        self.frozen = self._make_frozen()
        self._cards = (
            self.frozen,
            self.missing,
            self.about,
            self.counterpart,
            self.inspectors,
            self.join,
            self.done,
        )
        for card in self._cards:
            self._scrolled.body.addWidget(card)
            card.hide()
        self._scrolled.body.addStretch(1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 6, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(Icon("lock", px=18))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(say("sign-final"), bold=True))
        self._final = Label(say("sign-final-note"), role="second", tone="muted", wrap=True)
        words.addWidget(self._final)
        foot.addLayout(words, 1)
        self.sign = primary(say("sign-do"), icon="signature", key="Ctrl Enter", big=True)
        foot.addWidget(self.sign)
        column.addWidget(self._foot)

    def _make_frozen(self) -> Card:
        card = Card(kind="warn")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("lock", token="warn"))
        self._frozen_words = Label(wrap=True)
        row.addWidget(self._frozen_words, 1)
        self.thaw = Button(say("sign-thaw"), icon="arrow-back-up")
        row.addWidget(self.thaw)
        card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        self.top.back.connect(self.back)
        self.later.clicked.connect(self._later)
        self.steps.chosen.connect(self._go_to_step)
        self.missing.jump.connect(self._jump)
        self.about.changed.connect(self._keep_about)
        self.counterpart.acted.connect(self._keep_act)
        self.counterpart.show_away.connect(self._show_away)
        self.counterpart.bring_photo.connect(self._intake.ask)
        self._intake.came.connect(self._photo_came)
        self._intake.failed.connect(self.strip.show_error)
        self._intake.taken.connect(self._photos_refused)
        self.inspectors.unlock.connect(self.keys.unlock)
        self.keys.opened.connect(self._opened)
        self.keys.refused.connect(self.inspectors.refuse)
        self.keys.changed.connect(self._keys_changed)
        self.inspectors.team.connect(self._keep_team)
        self.inspectors.more_wanted.connect(self._pop_join)
        self.join.joined.connect(self._join)
        self.join.made.connect(self._join_new)
        self.join.closed.connect(self.inspectors.ask_back)
        self.thaw.clicked.connect(self._ask_thaw)
        self.sign.clicked.connect(self._sign)
        self.as_is.clicked.connect(partial(self._ask_sign, True))
        self.paper.failed.connect(self.strip.show_error)
        self.done.home.connect(self._later)
        self.done.documents.connect(self._see_documents)
        self.done.acts.told.connect(self.told)
        self.done.acts.failed.connect(self.strip.show_error)
        for keys, slot in (
            ("Ctrl+Return", self._sign),
            ("Ctrl+Enter", self._sign),
            ("Ctrl+P", self.done.acts.print_out),
            ("F8", self._show_away),
        ):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(slot)

    # ── opening, leaving

    def refresh(self) -> None:
        if self._inspection:
            return
        self.desk.lanes.save.ask(
            self,
            partial(standing.end_visit, self.desk.workspace, self.place.which, now=self.desk.now()),
            done=self._ended,
            failed=self._not_there,
        )

    def here(self) -> Place:
        return Place("documents", which=self._inspection) if self._inspection else self.place

    def leave(self, then: Callable[[], None]) -> None:
        commit_all(self)
        self.keys.lock()
        self.desk.lanes.save.when_idle(self, then)

    def _ended(self, _nothing: None) -> None:
        self._reread(focus=True)

    def _not_there(self, error: BaseException) -> None:
        self.strip.show_error(error)
        self._foot.hide()
        self.later.setFocus()

    def _reread(self, *, focus: bool = False) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(standing.standing, self.desk.workspace, self.place.which, now=self.desk.now()),
            done=partial(self._show, focus),
            failed=self.strip.show_error,
        )

    # ── showing

    def _show(self, focus: bool, state: Standing) -> None:
        if self._under_way or self._inspection:
            return
        first = self._state is None
        self._state = state
        content = state.prepared.content
        self.say_title(say("sign-title", site=content.site.name))
        self.top.say(content.site.name, say("sign-number", number=content.number))
        self.missing.show_blockers(state.prepared.missing)
        self.about.show_about(state.typed.about, content, {one.key for one in state.prepared.missing})
        act = state.typed.counterpart if not state.frozen else content.counterpart
        void = any(one.key == "counterpart-void" for one in state.prepared.counterpart)
        self.counterpart.show_act(act, void=void, presented=state.presented, frozen=state.frozen)
        self.counterpart.expect(state.expected)
        self._frozen_words.setText(say("sign-frozen", count=len(state.signed)))
        self._show_team()
        if first:
            self._step = self._first_open()
        self._show_steps()
        if first:
            self._draw_paper()
        else:
            self._redraw.start()
        if focus:
            self._focus_step()

    def _show_team(self) -> None:
        state = self._state
        if state is None:
            return
        nameless = any(one.key == "team-without-name" for one in state.prepared.missing)
        self.inspectors.show_team(
            state, state.typed.team, self.keys.people, self.keys.opening, nameless=nameless
        )
        waiting = [one.person for one in state.prepared.content.signers if one.person not in state.signed]
        ready = [one for one in waiting if one in self.keys.people]
        some = bool(ready) and len(ready) < len(waiting)
        self.sign.say(say("sign-do-some", count=len(ready)) if some else say("sign-do"))
        self.sign.setEnabled(not self._signing)

    def _done_steps(self) -> tuple[bool, bool, bool]:
        state = self._state
        if state is None:
            return False, False, False
        prepared = state.prepared
        waiting = {one.person for one in prepared.content.signers} - set(state.signed)
        all_open = bool(prepared.content.signers) and waiting <= set(self.keys.people)
        return not prepared.missing, not prepared.counterpart, all_open

    def _first_open(self) -> int:
        return next((at for at, done in enumerate(self._done_steps()) if not done), INSPECTORS)

    def _show_steps(self) -> None:
        state = self._state
        if state is None:
            return
        self.steps.show_state(self._done_steps(), self._step)
        low = theme.space(self.window().width(), self.window().height()).low
        at_hand = {self._step} if low else {CHECK, COUNTERPART, INSPECTORS}
        if state.frozen:
            at_hand &= {INSPECTORS}  # the paper says what the others were
        self.missing.setVisible(CHECK in at_hand and bool(state.prepared.missing))
        self.about.setVisible(CHECK in at_hand)
        self.counterpart.setVisible(COUNTERPART in at_hand)
        self.inspectors.setVisible(INSPECTORS in at_hand)
        self.join.setVisible(INSPECTORS in at_hand and self.join.is_open)
        self.frozen.setVisible(state.frozen)
        self.done.hide()
        self.bottom.show_keys(
            (
                Key("Tab", say("key-tab")),
                Key("Ctrl Enter", say("sign-key-do")),
                Key("F8", say("sign-show-away")),
                Key("PgUp PgDn", say("sign-key-pages")),
                Key("Esc", say("sign-key-back")),
            )
        )

    def _draw_paper(self) -> None:
        if self._state is not None and not self._inspection:
            self.desk.lanes.paper.ask(
                self,
                partial(standing.paper, self.desk.workspace, self._state),
                done=self.paper.show_pdf,
                failed=self.strip.show_error,
            )

    def _go_to_step(self, step: int) -> None:
        self._step = step
        self._show_steps()
        self._focus_step()

    def _focus_step(self) -> None:
        card: QWidget = self.about
        if self._step == CHECK and self.missing.isVisible():
            card = self.missing
            self.missing.list.step(0)
            self.missing.list.setFocus()
        elif self._step == COUNTERPART:
            card = self.counterpart
            self.counterpart.ask_back()
        elif self._step == INSPECTORS:
            card = self.inspectors
            self.inspectors.ask_back()
        else:
            self.about.ask_back()
        QTimer.singleShot(0, card, partial(self._scrolled.ensureWidgetVisible, card, 0, 12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.paper.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() == Qt.Key.Key_Escape and self.join.isVisible():
            self.join.close_down()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme.space(self.window().width(), self.window().height())
        width = min(theme.look.px(NARROW_PX if space.narrow else RIGHT_PX), round(self.width() * 0.6))
        self._side.setMinimumWidth(width)
        self._side.setMaximumWidth(width)
        self._final.setVisible(not space.narrow)
        if not self._inspection:
            self._show_steps()

    # ── acts: each is saved at once

    def _save(self, call: Callable[[], object]) -> None:
        self._under_way += 1
        self.desk.lanes.save.ask(self, call, done=self._saved, failed=self._refused)

    def _saved(self, _result: object) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._reread()

    def _refused(self, error: BaseException) -> None:
        self._under_way -= 1
        self.strip.show_error(error)
        self._reread()

    def _keep_about(self, about: About) -> None:
        state = self._state
        if state is not None and not state.frozen:
            self._save(
                partial(drafts.set_about, self.desk.workspace, state.draft, about, now=self.desk.now())
            )

    def _keep_act(self, act: Counterpart) -> None:
        state = self._state
        if state is not None and not state.frozen:
            self._save(
                partial(counterparts.record, self.desk.workspace, state.draft, act, now=self.desk.now())
            )

    def _keep_team(self, team: Team) -> None:
        state = self._state
        if state is not None and not state.frozen:
            self._state = replace(state, typed=replace(state.typed, team=team))
            self._save(partial(drafts.set_team, self.desk.workspace, state.draft, team, now=self.desk.now()))

    def _photo_came(self, taken: tuple[str, ...]) -> None:
        if taken:
            self.counterpart.take_photo(taken[-1])

    def _photos_refused(self, taken: tuple[Any, ...]) -> None:
        error = next((one.error for one in taken if one.error is not None), None)
        if error is not None:
            self.strip.show_error(error)

    def _jump(self, where: str) -> None:
        group = where.partition("/")[0]
        if group in ("team", "counterpart"):
            self._go_to_step(INSPECTORS if group == "team" else COUNTERPART)
        elif where == "about":
            self._jump_about()
        else:
            self.go.emit(Place("inspect", which=self.place.which, spot=where))

    def _jump_about(self) -> None:
        """What is said of the visit is typed here; a site's lead unit and photos have their own pages."""
        keys = {one.key for one in self._state.prepared.missing} if self._state else set()
        if self._state is not None and "site-without-lead" in keys:
            self.go.emit(Place("sites", which=self._state.prepared.content.site.entity))
        elif "too-many-photos" in keys:
            self.go.emit(Place("photos", which=self.place.which))
        else:
            self.about.ask_back()

    def _show_away(self) -> None:
        if not self._inspection:
            self.go.emit(Place("counterpart-show", which=self.place.which))

    def _later(self) -> None:
        self.go.emit(Place("today"))

    def _see_documents(self) -> None:
        self.go.emit(Place("documents", which=self._inspection))

    # ── keys of people

    def _opened(self, person: str) -> None:
        if row := self.inspectors.row(person):
            row.passphrase.clear()
        if self._done_steps()[INSPECTORS]:
            self.sign.setFocus()
        else:
            self.inspectors.ask_back()

    def _keys_changed(self) -> None:
        if self._state is not None and not self._inspection:
            self._show_team()
            self._show_steps()

    def _pop_join(self) -> None:
        if self._state is not None:
            there = {one.person for one in self._state.typed.team.members}
            self.join.pop([one for one in self._state.people if one.id not in there])
            QTimer.singleShot(0, self.join, partial(self._scrolled.ensureWidgetVisible, self.join, 0, 12))

    def _join(self, person: str) -> None:
        self.join.close_down()
        self._save(
            partial(drafts.add_member, self.desk.workspace, self.place.which, person, now=self.desk.now())
        )

    def _join_new(self, typed: dict[str, str]) -> None:
        self.join.wait(True)
        self.desk.lanes.paper.ask(
            self,
            partial(people.add, self.desk.workspace, now=self.desk.now(), **typed),
            done=self._person_made,
            failed=self._person_refused,
        )

    def _person_made(self, person: Person) -> None:
        self.join.wait(False)
        self.changed.emit()
        self._join(person.id)

    def _person_refused(self, error: BaseException) -> None:
        self.join.wait(False)
        self.join.strip.show_error(error)

    # ── signing

    def _sign(self) -> None:
        """签名并生成; while something is missing, go there instead."""
        if self._state is None or self._signing or self._inspection:
            return
        commit_all(self)
        self.desk.lanes.save.when_idle(self, self._look_again)

    def _look_again(self) -> None:
        """What was typed a moment ago counts."""
        self.desk.lanes.read.ask(
            self,
            partial(standing.standing, self.desk.workspace, self.place.which, now=self.desk.now()),
            done=self._sign_if_ready,
            failed=self.strip.show_error,
        )

    def _sign_if_ready(self, state: Standing) -> None:
        self._show(False, state)
        checked, agreed, _ = self._done_steps()
        ready = [one for one in state.prepared.content.signers if one.person in self.keys.people]
        if not checked or not agreed or not ready:
            self._go_to_step(CHECK if not checked else COUNTERPART if not agreed else INSPECTORS)
            return
        self._ask_sign(False)

    def _ask_sign(self, as_is: bool) -> None:
        state = self._state
        if state is None:
            return
        content = state.prepared.content
        names = say("ui-list").join(one.name for one in content.signers if one.person in self.keys.people)
        ask_first(
            self,
            say("sign-ask-title", number=content.number),
            say("sign-ask-text", names=names),
            self.sign.accessibleName(),
            partial(self._sign_now, as_is),
            icon="signature",
        )

    def _sign_now(self, as_is: bool) -> None:
        state = self._state
        if state is None:
            return
        self._signing = True
        self.strip.clear()
        self.as_is.hide()
        self.sign.setEnabled(False)
        self.bottom.show_right(say("sign-working"))
        signers = [
            self.keys.people[one.person]
            for one in state.prepared.content.signers
            if one.person in self.keys.people and one.person not in state.signed
        ]
        self.desk.lanes.paper.ask(
            self,
            partial(
                signing.sign_draft,
                self.desk.workspace,
                state.draft,
                signers,
                now=self.desk.now(),
                made=state.made,
                as_is=as_is,
            ),
            done=self._signed,
            failed=self._not_signed,
        )

    def _signed(self, progress: Progress) -> None:
        self._signing = False
        self.bottom.show_right("")
        self.changed.emit()
        if not progress.complete:
            self.keys.lock()
            self._step = INSPECTORS
            self._reread(focus=True)
            return
        self._inspection = progress.inspection
        self.keys.lock()
        self.desk.lanes.read.ask(
            self,
            partial(papers.one, self.desk.workspace, progress.inspection),
            done=self._show_done,
            failed=self.strip.show_error,
        )

    def _not_signed(self, error: BaseException) -> None:
        self._signing = False
        self.bottom.show_right("")
        self.strip.show_error(error)
        moved = isinstance(error, InspectorError) and error.key == "draft-findings-moved"
        self.as_is.setVisible(moved)
        self._reread()

    def _show_done(self, paper: Paper) -> None:
        for card in self._cards:
            card.hide()
        self._foot.hide()
        self.later.hide()
        self.steps.show_state((True, True, True), -1)
        self.paper.say(say("sign-paper-signed"), paper.content.number)
        self.paper.show_pdf(paper.pdf)
        self.done.show_paper(paper)
        self.done.show()
        self.done.go_home.setFocus()
        self.bottom.show_keys((Key("Ctrl P", say("paper-print")), Key("PgUp PgDn", say("sign-key-pages"))))
        self.desk.lanes.paper.ask(
            self,
            partial(papers.verify, self.desk.workspace, self._inspection),
            done=self._verified,
            failed=self.strip.show_error,
        )

    def _verified(self, verdict: Verdict) -> None:
        self.done.verdict.show_verdict(verdict)

    def _ask_thaw(self) -> None:
        state = self._state
        if state is not None:
            ask_first(
                self,
                say("sign-thaw-ask"),
                say("sign-thaw-text", count=len(state.signed)),
                say("sign-thaw"),
                self._thaw,
            )

    def _thaw(self) -> None:
        self._save(partial(signing.thaw, self.desk.workspace, self.place.which, now=self.desk.now()))
