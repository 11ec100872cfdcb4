"""Sync (同步): sticks and folders, how far a sync is and what came of it, where the second copies lie."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.errors import InspectorError
from inspector.services import copies, editions, keeping, travelling
from inspector.services.keeping import Released
from inspector.services.remotes import Offer
from inspector.services.travelling import TakenOver
from inspector.text import explain, say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.sync import calls
from inspector.ui.sync.adding import AddingCard
from inspector.ui.sync.calls import Read
from inspector.ui.sync.deciding import DecidingPanel
from inspector.ui.sync.decisions import Decisions
from inspector.ui.sync.laptops import LaptopsCard
from inspector.ui.sync.new_editions import NewEditionsCard
from inspector.ui.sync.open_drafts import OpenDraftsCard
from inspector.ui.sync.own import OwnCard
from inspector.ui.sync.places import Places
from inspector.ui.sync.rows import MB, sum_words
from inspector.ui.sync.under_way import UnderWay
from inspector.ui.theme import theme
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead

WORK_PX: Final = 1000
LOOK_MS: Final = 3_000
"""How often it is looked for sticks while the page is open."""


class SyncScreen(Screen):
    """Places at the top, what is under way below them, then what came and the laptops. Nothing is written to a place
    unasked."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-sync"))
        self._offers: tuple[Offer, ...] = ()
        self._named: tuple[str, ...] = ()
        self._has_key = False
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_work(), 1)
        self.deciding = DecidingPanel(desk)
        self._decisions = Decisions(desk, self.deciding)
        self._decisions.told.connect(self.told)
        self._decisions.done.connect(self._read_again)
        self._decisions.failed.connect(self.strip.show_error)
        self._decisions.go.connect(self.go)
        outer.addWidget(self.deciding)
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self._look)
        self.begin_at(self.add)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._do_next)

    def refresh(self) -> None:
        self._skeleton.start()
        self._ask_read(partial(calls.read, self.desk.workspace, self._named, self.desk.now()), self._show)

    def take_focus(self) -> None:
        """The hand goes to the first place; while the places are being read, to what is there already."""
        super().take_focus()
        self.places.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Sticks are offered while the page is open; a passphrase is not kept when one goes."""
        super().hideEvent(event)
        self._watch.stop()
        self.under_way.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.deciding.fit()
        window = self.window()
        if theme.space(window.width(), window.height()).wide:  # lines stay short, the sides get the room
            self.deciding.setFixedWidth(self.width() - WORK_PX)

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.add = Button(say("sync-add"), icon="plus")
        self.add.clicked.connect(self._begin_adding)
        self.pack = Button(say("sync-pack"), icon="package-export")
        self.pack.clicked.connect(self._begin_packing)
        self.unpack = Button(say("sync-unpack"), icon="package-import")
        self.unpack.clicked.connect(self._choose_bundles)
        self.head = PageHead(say("nav-sync"), self.add, self.pack, self.unpack, about=False)
        column.addLayout(self.head)
        column.addWidget(self.head.about)  # the sentence that one comes for: it has the whole width
        column.addWidget(self.strip)
        self._skeleton = Skeleton(rows=4)
        column.addWidget(self._skeleton, 1)
        self._page = Scrolled(spacing=12, margins=(0, 0, 0, 16))
        column.addWidget(self._page, 1)
        self._fill(self._page.body)
        self._page.hide()
        return work

    def _fill(self, body: QVBoxLayout) -> None:
        first = Button(say("sync-add"), icon="plus")
        first.clicked.connect(self._begin_adding)
        self.places = Places(first)
        self.places.synced.connect(self._sync_with)
        self.places.ejected.connect(self._eject)
        self.adding = AddingCard()
        self.adding.named.connect(self.take_place)
        self.adding.closed.connect(self._close_adding)
        self.under_way = UnderWay(self.desk)
        self.under_way.turned.connect(self._show_places)
        self.under_way.ended.connect(self._ended)
        self.under_way.came.connect(self.changed)
        self.under_way.failed.connect(self.strip.show_error)
        self.under_way.cleared.connect(self.strip.clear)
        self.drafts = OpenDraftsCard()
        self.drafts.taken.connect(self._take_over)
        self.editions = NewEditionsCard()
        self.editions.adopted.connect(self._adopt)
        self.editions.declined.connect(self._decline)
        self.laptops = LaptopsCard()
        self.own = OwnCard()
        self.own.named.connect(self._name)
        self.own.keeps.connect(self._keep)
        self.own.released.connect(self._look_what_may_go)
        for part in (
            self.adding, self.places, *self.under_way.cards, self.drafts, self.editions, self.laptops, self.own,
        ):  # fmt: skip
            body.addWidget(part)
        body.addStretch(1)

    # ── showing

    def _ask_read(self, call: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.desk.lanes.read.ask(self, call, done=done, failed=self._not_read)

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.show_error(error)

    def _show(self, read: Read) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._page.show()
        self.head.about.setText(sum_words(read.overview))
        self.drafts.show_drafts(read.drafts, read.sites, self.desk.now())
        self.editions.show_editions(read.editions)
        self.laptops.show_read(read, self.desk.now())
        self.own.show_own(read.label, read.keeps)
        self._has_key = read.has_key
        self.deciding.show_asked(read.asked, read.people)
        self._show_offers(read.offers)
        if self.add.hasFocus() and self.adding.isHidden():
            self.places.take_focus()

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._show_places()

    def _show_places(self) -> None:
        running = self.under_way.running
        self.places.show_offers(
            self._offers,
            running=running,
            doing=self.under_way.doing,
            first=not (self.under_way.waits or self.deciding.isVisibleTo(self)),
            now=self.desk.now(),
        )
        for button in (self.add, self.pack, self.unpack):
            button.setEnabled(not running)

    def _look(self) -> None:
        """Which sticks are in now."""
        self._ask_read(partial(calls.offers, self.desk.workspace, self._named), self._show_offers)

    def _ended(self, where: str) -> None:
        self.refresh()
        self.places.take_focus(where)

    def _again(self) -> None:
        """再试一次: what failed, else reading the page."""
        if not self.under_way.again():
            super()._again()

    def _do_next(self) -> None:
        """What the page waits for: an answer first, then a decision, then the stick."""
        asked, packing = self.under_way.asked, self.under_way.packing
        first = [asked.open, asked.accept, packing.yes, self.adding.yes, self.deciding.yes]
        then = [self.under_way.going.eject, self.deciding.open]
        then += [card.sync for card in self.places.cards.values()]
        for button in (*first, *then):
            if button.isVisible() and button.isEnabled():
                button.click()
                return

    # ── places and bundles

    def _begin_adding(self) -> None:
        self.under_way.forget()
        self.adding.begin()

    def _close_adding(self) -> None:
        self.adding.hide()
        self.add.setFocus()

    def take_place(self, where: str) -> None:
        """Offer a folder or an object store, and sync with it."""
        self.adding.hide()
        self._named = (where, *(one for one in self._named if one != where))
        self._ask_read(
            partial(calls.offers, self.desk.workspace, self._named), partial(self._sync_with_new, where)
        )

    def _sync_with_new(self, where: str, offers: tuple[Offer, ...]) -> None:
        self._show_offers(offers)
        self._sync_with(where)

    def _offer(self, where: str) -> Offer | None:
        return next((one for one in self._offers if one.where == where), None)

    def _sync_with(self, where: str) -> None:
        if offer := self._offer(where):
            self.adding.hide()
            self.under_way.sync_with(offer)

    def _eject(self, where: str) -> None:
        if offer := self._offer(where):
            self.under_way.eject(offer)

    def _begin_packing(self) -> None:
        self.adding.hide()
        self.under_way.begin_packing(self.laptops.others(), has_key=self._has_key)

    def _choose_bundles(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, say("sync-unpack"), "", say("sync-bundles"))
        if files:
            self.adding.hide()
            self.under_way.read(tuple(Path(file) for file in files))

    # ── what came, and this laptop

    def _save(self, call: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.desk.lanes.save.ask(self, call, done=done, failed=self.strip.show_error)

    def _take_over(self, draft: str) -> None:
        self._save(
            partial(travelling.take_over, self.desk.workspace, draft, now=self.desk.now()), self._taken_over
        )

    def _taken_over(self, taken: TakenOver) -> None:
        self.changed.emit()
        text = (
            say("sync-taken-over-missing", count=taken.missing) if taken.missing else say("sync-taken-over")
        )
        self.told.emit(Told(text, icon="clipboard-check"))
        self.go.emit(Place("inspect", which=taken.draft))

    def _adopt(self, form: str) -> None:
        self._save(partial(editions.adopt, self.desk.workspace, form), self._read_again)

    def _decline(self, form: str) -> None:
        self._save(partial(editions.decline, self.desk.workspace, form), self._read_again)

    def _name(self, label: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(copies.name_device, self.desk.workspace, label),
            done=self._is_named,
            failed=self._not_named,
        )

    def _is_named(self, _nothing: None) -> None:
        self.own.ask("")
        self.own.call.setFocus()
        self._read_again(None)

    def _not_named(self, error: BaseException) -> None:
        if isinstance(error, InspectorError) and error.key == "device-label-invalid":
            self.own.ask(explain(error)[0])
        else:
            self.strip.show_error(error)

    def _keep(self, what: str) -> None:
        self._save(partial(keeping.choose, self.desk.workspace, what), self._read_again)

    def _look_what_may_go(self) -> None:
        self.own.release.setEnabled(False)
        self.desk.lanes.images.ask(
            self,
            partial(keeping.releasable, self.desk.workspace),
            done=self._ask_release,
            failed=self._not_looked,
        )

    def _not_looked(self, error: BaseException) -> None:
        self.own.release.setEnabled(True)
        self.strip.show_error(error)

    def _ask_release(self, may_go: Released) -> None:
        self.own.release.setEnabled(True)
        if not may_go.blobs:
            self.told.emit(Told(say("sync-release-none"), icon="info-circle"))
            return
        text = say("sync-release-text", count=may_go.blobs, megabytes=may_go.bytes // MB)
        ask_first(self, say("sync-release-title"), text, say("sync-release-do"), self._release)

    def _release(self) -> None:
        self._save(partial(keeping.release, self.desk.workspace), self._released)

    def _released(self, done: Released) -> None:
        self.told.emit(Told(say("sync-released", count=done.blobs, megabytes=done.bytes // MB)))
        self.refresh()

    def _read_again(self, _answer: object = None) -> None:
        self.changed.emit()
        self.refresh()
