"""签名: two parties agree on exactly this paper. It stands at the left, what is still to be done at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.model.draft import About, Team
from inspector.model.errors import InspectorError
from inspector.model.inspection import Counterpart
from inspector.model.verdict import Verdict
from inspector.services import papers, standing
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
from inspector.ui.sign.keys import KeyRing
from inspector.ui.sign.sheet_acts import SheetActs
from inspector.ui.sign.sheet_signing import SheetSigning
from inspector.ui.sign.side import CHECK, COUNTERPART, INSPECTORS, SignSide
from inspector.ui.sign.steps import Steps
from inspector.ui.theme import theme
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.bars import BottomBar, Key, TopBar
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.text import Badge

REDRAW_MS: Final = 400  # the paper is drawn again when the hand rests


class SignScreen(Screen):
    """One card a party. 签名并生成 is the only filled button."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self._state: Standing | None = None
        self.keys = KeyRing(desk, self)
        self.signing = SheetSigning(desk, self, self.keys)
        self._inspection = ""
        self._step = CHECK
        self.acts = SheetActs(desk, self)
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
        self.side = SignSide(desk, self._pictures)
        columns.addWidget(self.paper, 1)
        columns.addWidget(self.side)
        column.addLayout(columns, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw_paper)
        self._connect()

    def _connect(self) -> None:
        self.top.back.connect(self.back)
        self.later.clicked.connect(self._later)
        self.steps.chosen.connect(self._go_to_step)
        self.side.missing.jump.connect(self._jump)
        self.side.about.changed.connect(self._keep_about)
        self.side.counterpart.acted.connect(self._keep_act)
        self.side.counterpart.show_away.connect(self._show_away)
        self.side.counterpart.bring_photo.connect(self._intake.ask)
        self._intake.came.connect(self._photo_came)
        self._intake.failed.connect(self.strip.show_error)
        self._intake.taken.connect(self._photos_refused)
        self.side.inspectors.unlock.connect(self.keys.unlock)
        self.keys.opened.connect(self._opened)
        self.keys.refused.connect(self.side.inspectors.refuse)
        self.keys.changed.connect(self._keys_changed)
        self.side.inspectors.team.connect(self._keep_team)
        self.side.inspectors.more_wanted.connect(self._pop_join)
        self.side.join.joined.connect(self._join)
        self.side.join.made.connect(self._join_new)
        self.side.join.closed.connect(self.side.inspectors.ask_back)
        self.side.frozen.thaw.clicked.connect(self._ask_thaw)
        self.side.sign.clicked.connect(self._sign)
        self.acts.saved.connect(self._reread)
        self.acts.refused.connect(self._refused)
        self.acts.made.connect(self._person_made)
        self.acts.unmade.connect(self._person_refused)
        self.as_is.clicked.connect(self._ask_as_is)
        self.signing.looked.connect(self._sign_if_ready)
        self.signing.began.connect(self._began)
        self.signing.signed.connect(self._signed)
        self.signing.failed.connect(self._not_signed)
        self.paper.failed.connect(self.strip.show_error)
        self.side.done.home.connect(self._later)
        self.side.done.documents.connect(self._see_documents)
        self.side.done.handover.connect(self._hand_over)
        self.side.done.acts.told.connect(self.told)
        self.side.done.acts.failed.connect(self.strip.show_error)
        for keys, slot in (
            ("Ctrl+Return", self._sign),
            ("Ctrl+Enter", self._sign),
            ("Ctrl+P", self.side.done.acts.print_out),
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
        self.side.without_foot()
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
        if self.acts.under_way or self._inspection:
            return
        before, self._state = self._state, state
        first = before is None
        content = state.prepared.content
        self.say_title(say("sign-title", site=content.site.name))
        self.top.say(content.site.name, say("sign-number", number=content.number))
        self.side.missing.show_blockers(state.prepared.missing)
        self.side.about.show_about(state.typed.about, content, {one.key for one in state.prepared.missing})
        act = state.typed.counterpart if not state.frozen else content.counterpart
        void = any(one.key == "counterpart-void" for one in state.prepared.counterpart)
        self.side.counterpart.show_act(act, void=void, presented=state.presented, frozen=state.frozen)
        self.side.counterpart.expect(state.expected)
        self._show_team()
        if first:
            self._step = self._first_open()
        self._show_steps()
        if before is None:
            self._draw_paper()
        elif before.prepared != state.prepared or before.signed != state.signed:
            self._redraw.start()
        if focus:
            self.side.ask_back(self._step)

    def _show_team(self) -> None:
        state = self._state
        if state is None:
            return
        nameless = any(one.key == "team-without-name" for one in state.prepared.missing)
        self.side.inspectors.show_team(
            state, state.typed.team, self.keys.people, self.keys.opening, nameless=nameless
        )
        waiting = [one.person for one in state.prepared.content.signers if one.person not in state.signed]
        ready = [one for one in waiting if one in self.keys.people]
        some = bool(ready) and len(ready) < len(waiting)
        self.side.sign.say(say("sign-do-some", count=len(ready)) if some else say("sign-do"))
        self.side.sign.setEnabled(not self.signing.running)

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
        self.side.arrange(self._step, frozen=len(state.signed), missing=bool(state.prepared.missing), low=low)
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
        self.side.ask_back(self._step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.paper.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() == Qt.Key.Key_Escape and self.side.join.isVisible():
            self.side.join.close_down()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme.space(self.window().width(), self.window().height())
        self.side.fold(space, self.width())
        if not self._inspection:
            self._show_steps()

    # ── acts: each is saved at once

    def _refused(self, error: BaseException) -> None:
        self.strip.show_error(error)
        self._reread()

    def _keep_about(self, about: About) -> None:
        if self._state is not None:
            self.acts.about(self._state, about)

    def _keep_act(self, act: Counterpart) -> None:
        if self._state is not None:
            self.acts.counterpart(self._state, act)

    def _keep_team(self, team: Team) -> None:
        state = self._state
        if state is not None and not state.frozen:
            self._state = replace(state, typed=replace(state.typed, team=team))
            self.acts.team(state, team)

    def _photo_came(self, taken: tuple[str, ...]) -> None:
        if taken:
            self.side.counterpart.take_photo(taken[-1])

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
            self.go.emit(Place("site-change", which=self._state.prepared.content.site.entity))
        elif "too-many-photos" in keys:
            self.go.emit(Place("photos", which=self.place.which))
        else:
            self.side.about.ask_back()

    def _show_away(self) -> None:
        if not self._inspection:
            self.go.emit(Place("counterpart-show", which=self.place.which))

    def _later(self) -> None:
        self.go.emit(Place("today"))

    def _hand_over(self) -> None:
        self.go.emit(Place("handover", which=self._inspection))

    def _see_documents(self) -> None:
        self.go.emit(Place("documents", which=self._inspection))

    # ── keys of people

    def _opened(self, person: str) -> None:
        if row := self.side.inspectors.row(person):
            row.passphrase.clear()
        if self._done_steps()[INSPECTORS]:
            self.side.sign.setFocus()
        else:
            self.side.inspectors.ask_back()

    def _keys_changed(self) -> None:
        if self._state is not None and not self._inspection:
            self._show_team()
            self._show_steps()

    def _pop_join(self) -> None:
        if self._state is not None:
            there = {one.person for one in self._state.typed.team.members}
            self.side.join.pop([one for one in self._state.people if one.id not in there])
            self.side.bring(self.side.join)

    def _join(self, person: str) -> None:
        self.side.join.close_down()
        self.acts.join(self.place.which, person)

    def _join_new(self, typed: dict[str, str]) -> None:
        self.side.join.wait(True)
        self.acts.make(self.place.which, typed)

    def _person_made(self) -> None:
        self.side.join.wait(False)
        self.side.join.close_down()
        self.changed.emit()

    def _person_refused(self, error: BaseException) -> None:
        self.side.join.wait(False)
        self.side.join.strip.show_error(error)

    # ── signing

    def _sign(self) -> None:
        """签名并生成; while something is missing, go there instead."""
        if self._state is None or self.signing.running or self._inspection:
            return
        commit_all(self)
        self.desk.lanes.save.when_idle(self, partial(self.signing.look, self._state))

    def _sign_if_ready(self, state: Standing) -> None:
        self._show(False, state)
        checked, agreed, _ = self._done_steps()
        if checked and agreed and self.signing.ready(state):
            self.signing.ask(state, self.side.sign.accessibleName())
        else:
            self._go_to_step(CHECK if not checked else COUNTERPART if not agreed else INSPECTORS)

    def _ask_as_is(self) -> None:
        if self._state is not None:
            self.signing.ask(self._state, self.side.sign.accessibleName(), as_is=True)

    def _began(self) -> None:
        self.strip.clear()
        self.as_is.hide()
        self.side.sign.setEnabled(False)
        self.bottom.show_right(say("sign-working"))

    def _signed(self, progress: Progress) -> None:
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
        self.bottom.show_right("")
        self.strip.show_error(error)
        moved = isinstance(error, InspectorError) and error.key == "draft-findings-moved"
        self.as_is.setVisible(moved)
        self._reread()

    def _show_done(self, paper: Paper) -> None:
        self.side.show_done()
        self.later.hide()
        self.steps.show_state((True, True, True), -1)
        self.paper.say(say("sign-paper-signed"), paper.content.number)
        self.paper.show_pdf(paper.pdf)
        self.side.done.show_paper(paper)
        self.side.done.go_home.setFocus()
        self.bottom.show_keys((Key("Ctrl P", say("paper-print")), Key("PgUp PgDn", say("sign-key-pages"))))
        self.desk.lanes.paper.ask(
            self,
            partial(papers.verify, self.desk.workspace, self._inspection),
            done=self._verified,
            failed=self.strip.show_error,
        )

    def _verified(self, verdict: Verdict) -> None:
        self.side.done.verdict.show_verdict(verdict)

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
        self.acts.thaw(self.place.which)
