"""The papers of a round: each as it will be signed, who takes it, who signs; then the signed files, verified."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.model.errors import BadInput, InspectorError, Refused
from inspector.model.notice import Contact, Received
from inspector.model.paper import Kind
from inspector.services import round_papers, rounds
from inspector.services.round_papers import Paper, Signed, Standing, Stop
from inspector.text import explain, say
from inspector.ui.desk import Desk
from inspector.ui.imewise import commit_all
from inspector.ui.inspect.intake import PhotoIntake
from inspector.ui.paper import PaperView
from inspector.ui.pictures import Pictures
from inspector.ui.reinspect import words
from inspector.ui.reinspect.slips_side import CHECK, RECEIPT, SIGNERS, SlipsSide
from inspector.ui.reinspect.slips_signing import SlipsSigning
from inspector.ui.reinspect.slips_units import UnitChips
from inspector.ui.screen import Place, Screen
from inspector.ui.sign.keys import KeyRing
from inspector.ui.sign.steps import Steps
from inspector.ui.theme import theme
from inspector.ui.widgets.bars import BottomBar, Key, TopBar
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import EmptyState
from inspector.ui.widgets.text import Badge


class SlipsScreen(Screen):
    """`place.which` is a round. One paper a lead unit; 签名并生成 signs all of them."""

    immersive = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("slips-title"))
        self._state: Standing | None = None
        self._unit = ""
        self._signed: tuple[Signed, ...] = ()
        self._under_way = 0
        self._step = CHECK
        self.keys = KeyRing(desk, self)
        self.signing = SlipsSigning(desk, self, self.keys)
        self._pictures = Pictures(desk)
        self._intake = PhotoIntake(desk, self, placed=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = TopBar()
        self.steps = Steps((say("sign-step-check"), say("receipt-title"), say("slips-step-sign")))
        if desk.example:
            self.top.middle.addWidget(Badge(say("ui-example"), tone="warn"))
        self.top.middle.addWidget(self.steps)
        self.later = Button(say("sign-later"), kind="ghost")
        self.top.right.addWidget(self.later)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.units = UnitChips()
        left.addWidget(self.units)
        self.paper = PaperView(desk, title=say("sign-preview"), note=say("sign-preview-note"))
        left.addWidget(self.paper, 1)
        columns.addLayout(left, 1)
        self.side = SlipsSide(desk, self._pictures)
        columns.addWidget(self.side)
        self._on = Button(say("nav-findings"), icon="flag")
        self._on.clicked.connect(partial(self.go.emit, Place("findings")))
        self._gone = EmptyState("checks", say("round-gone"), say("round-gone-next"), [self._on])
        self._gone.hide()
        columns.addWidget(self._gone, 1)
        column.addLayout(columns, 1)
        self.bottom = BottomBar(desk.lanes.save)
        column.addWidget(self.bottom)
        self._connect()

    def _connect(self) -> None:
        side = self.side
        self.units.turned.connect(self._turn_to)
        self.top.back.connect(self.back)
        self.later.clicked.connect(partial(self.go.emit, Place("today")))
        self.steps.chosen.connect(self._go_to_step)
        side.stops.jump.connect(self._jump)
        side.recipient.acted.connect(self._keep_act)
        side.recipient.bring_photo.connect(self._intake.ask)
        self._intake.came.connect(side.recipient.take_photos)
        self._intake.failed.connect(self.strip.show_error)
        self._intake.taken.connect(self._taken)
        side.contact.changed.connect(self._keep_contact)
        side.signers.unlock.connect(self.keys.unlock)
        side.signers.changed.connect(self._keep_signers)
        self.keys.opened.connect(self._opened)
        self.keys.refused.connect(side.signers.refuse)
        self.keys.changed.connect(self._keys_changed)
        side.sign.clicked.connect(self._sign)
        self.signing.stopped.connect(self._stopped)
        self.signing.locked.connect(self._locked)
        self.signing.began.connect(self._began)
        self.signing.progress.connect(side.progress)
        self.signing.failed.connect(self._sign_failed)
        self.signing.signed.connect(self._have_files)
        side.done.home.connect(partial(self.go.emit, Place("today")))
        side.done.documents.connect(self._see_documents)
        side.done.acts.told.connect(self.told)
        side.done.acts.failed.connect(self.strip.show_error)
        self.paper.failed.connect(self.strip.show_error)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            ("Ctrl+Return", self._sign),
            ("Ctrl+Enter", self._sign),
            ("Ctrl+P", side.done.acts.print_out),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)

    # ── opening, leaving

    def refresh(self) -> None:
        if self._signed:
            return
        call = partial(rounds.end_visit, self.desk.workspace, self.place.which, now=self.desk.now())
        self.desk.lanes.save.ask(self, call, done=self._ended, failed=self._not_there)

    def here(self) -> Place:
        return Place("documents", which=self._signed[0].row.id) if self._signed else self.place

    def leave(self, then: Callable[[], None]) -> None:
        commit_all(self)
        self.keys.lock()
        self.desk.lanes.save.when_idle(self, then)

    def _ended(self, _: object) -> None:
        self._reread(focus=True)

    def _not_there(self, error: BaseException) -> None:
        """Nothing to sign (any more): said where the papers would stand, with a way on."""
        if not isinstance(error, Refused | BadInput):
            self.strip.show_error(error)
        self.side.hide()
        self.paper.hide()
        self.steps.hide()
        said = explain(error) if isinstance(error, InspectorError) else (say("ui-fault"), "")
        self._gone.tell(*said)
        self._gone.show()
        self._on.setFocus()

    def _reread(self, *, focus: bool = False) -> None:
        call = partial(round_papers.standing, self.desk.workspace, self.place.which, now=self.desk.now())
        self.desk.lanes.read.ask(self, call, done=partial(self._show, focus), failed=self.strip.show_error)

    # ── showing

    def _show(self, focus: bool, state: Standing) -> None:
        if self._under_way or self._signed:
            return
        self._state = state
        if all(paper.to.id != self._unit for paper in state.papers):
            self._unit = state.papers[0].to.id if state.papers else ""
        self.say_title(words.title(state.walk))
        self.top.say(self.title, words.about(state.lines))
        papers = [(paper.to.id, paper.to.name, not paper.stops) for paper in state.papers]
        self.units.show_units(papers, self._unit)
        self.side.stops.show_stops(state)
        self.side.contact.show_contact(
            state.walk.contact, state.walk.team, own_team=state.walk.kind is Kind.REINSPECTION
        )
        self._show_paper()
        self._show_signers()
        if focus:
            done = self._done_steps()
            self._step = next((n for n, yes in enumerate(done) if not yes), SIGNERS)
        self._arrange()
        if focus:
            self.side.ask_back(self._step)

    def _turn_to(self, unit: str) -> None:
        commit_all(self.side)
        self._unit = unit
        self.units.choose(unit)
        if self._signed:
            self._show_signed()
        else:
            self._show_paper()

    def _show_paper(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        several = self._state is not None and len(self._state.papers) > 1
        self.side.recipient.title.setText(
            say("receipt-of", unit=paper.to.name) if several else say("receipt-title")
        )
        self.side.recipient.show_received(paper.received, void=paper.void)
        if paper.document is None:
            self.paper.clear()
            return
        self.paper.say(paper.document.heading, say("sign-number-of", number=paper.document.number))
        self.desk.lanes.paper.ask(
            self,
            partial(round_papers.preview, self.desk.workspace, paper.document),
            done=partial(self._drawn, paper.to.id),
            failed=self.strip.show_error,
        )

    def _drawn(self, unit: str, pdf: bytes) -> None:
        if unit == self._unit and not self._signed:
            self.paper.show_pdf(pdf)

    def _show_signers(self) -> None:
        state = self._state
        if state is None:
            return
        self.side.signers.show_signers(state, self.keys.people, self.keys.opening)
        self.side.sign.say(say("slips-sign", count=len(state.papers)))
        self.side.sign.setEnabled(not self.signing.busy)

    def _paper(self) -> Paper | None:
        papers = self._state.papers if self._state else ()
        return next((one for one in papers if one.to.id == self._unit), None)

    def _done_steps(self) -> tuple[bool, bool, bool]:
        state = self._state
        if state is None:
            return False, False, False
        keys = {stop.error.key for paper in state.papers for stop in paper.stops}
        receipts = {"doc-nobody-received", "round-void"}
        checked = not keys - receipts - {"doc-few-signers"}
        taken = not keys & receipts and all(paper.received is not None for paper in state.papers)
        return checked, taken, self.signing.ready(state)

    def _arrange(self) -> None:
        low = theme.space(self.window().width(), self.window().height()).low
        self.steps.show_state(self._done_steps(), self._step)
        self.side.arrange(self._step, low=low)
        self.bottom.show_keys(
            (
                Key("Tab", say("key-tab")),
                Key("Ctrl Enter", say("sign-key-do")),
                Key("PgUp PgDn", say("sign-key-pages")),
                Key("Esc", say("ui-back")),
            )
        )

    def _go_to_step(self, step: int) -> None:
        self._step = step
        self._arrange()
        self.side.ask_back(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.paper.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fold(theme.space(self.window().width(), self.window().height()), self.width())
        if not self._signed:
            self._arrange()

    def _jump(self, finding: str, key: str) -> None:
        if finding:
            self.go.emit(Place("round", which=self.place.which, spot=finding))
        elif key == "doc-no-contact":
            self._go_to_step(CHECK)
        else:
            self._go_to_step(SIGNERS if key in ("doc-few-signers", "doc-no-leader") else RECEIPT)

    # ── acts: each is saved at once

    def _save(self, call: Callable[[], object]) -> None:
        self._under_way += 1
        self.desk.lanes.save.ask(self, call, done=self._saved, failed=self._refused)

    def _saved(self, _: object) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._reread()

    def _refused(self, error: BaseException) -> None:
        self._under_way -= 1
        self.strip.show_error(error)
        self._reread()

    def _keep_act(self, received: Received, photos: tuple[str, ...]) -> None:
        self._save(
            partial(
                round_papers.receive,
                self.desk.workspace,
                self.place.which,
                self._unit,
                received,
                photos=photos,
                now=self.desk.now(),
            )
        )

    def _keep_contact(self, contact: Contact, team: str) -> None:
        team = team or (self._state.walk.team if self._state else "")
        self._save(partial(rounds.set_contact, self.desk.workspace, self.place.which, contact, team=team))

    def _keep_signers(self, signers: tuple[str, ...]) -> None:
        self._save(partial(rounds.set_signers, self.desk.workspace, self.place.which, signers))

    def _taken(self, taken: tuple[Any, ...]) -> None:
        error = next((one.error for one in taken if one.error is not None), None)
        if error is not None:
            self.strip.show_error(error)

    # ── keys of people, signing

    def _opened(self, person: str) -> None:
        if row := self.side.signers.row(person):
            row.passphrase.clear()
        if self._done_steps()[SIGNERS]:
            self.side.sign.setFocus()
        else:
            self.side.signers.ask_back()

    def _keys_changed(self) -> None:
        if self._state is not None and not self._signed:
            self._show_signers()
            self.steps.show_state(self._done_steps(), self._step)

    def _sign(self) -> None:
        if self._state is not None and not self._signed:
            commit_all(self)
            self.signing.sign(self.place.which)

    def _stopped(self, stop: Stop, state: Standing, unit: str) -> None:
        self._unit = unit
        self._show(False, state)
        self.strip.show_error(stop.error)
        if not stop.finding:
            self._jump("", stop.error.key)

    def _locked(self, state: Standing) -> None:
        self._show(False, state)
        self.strip.clear()
        self._go_to_step(SIGNERS)

    def _began(self) -> None:
        self.strip.clear()
        self._show_signers()
        self.side.signing(True)

    def _sign_failed(self, error: BaseException) -> None:
        self.side.signing(False)
        self.strip.show_error(error)
        self._reread()

    def _have_files(self, signed: tuple[Signed, ...]) -> None:
        self._signed = signed
        self.side.signing(False)
        self.changed.emit()
        self.steps.hide()
        self.later.hide()
        if all(one.row.to.id != self._unit for one in signed):
            self._unit = signed[0].row.to.id
        self.units.show_units([(one.row.to.id, one.row.to.name, False) for one in signed], self._unit)
        self.side.show_done(len(signed))
        self._show_signed()
        self.side.done.go_home.setFocus()
        self.bottom.show_keys((Key("Ctrl P", say("paper-print")), Key("PgUp PgDn", say("sign-key-pages"))))

    def _show_signed(self) -> None:
        one = next(one for one in self._signed if one.row.to.id == self._unit)
        self.paper.say(one.row.heading, say("sign-paper-signed"))
        self.paper.show_pdf(one.pdf)
        self.side.done.show_file(one)
        self.desk.lanes.paper.ask(
            self,
            partial(round_papers.verify, self.desk.workspace, one.row.id),
            done=partial(self._verified, one.row.id),
            failed=self.strip.show_error,
        )

    def _verified(self, which: str, verdict: Any) -> None:
        self.side.done.show_verdict(which, verdict)

    def _see_documents(self) -> None:
        which = next((one.row.id for one in self._signed if one.row.to.id == self._unit), "")
        self.go.emit(Place("documents", which=which))
