"""Sync (同步): sticks and folders, how far a sync is and what came of it, where the second copies lie."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.errors import InspectorError
from inspector.services import deciding
from inspector.services.bundles import Written
from inspector.services.conflicts import Kind
from inspector.services.copies import Overview
from inspector.services.remotes import Offer, State
from inspector.services.sync import Sealing, Synced
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.sync import calls
from inspector.ui.sync.attempts import Attempts
from inspector.ui.sync.calls import Attempt, Read
from inspector.ui.sync.deciding import DecidingPanel
from inspector.ui.sync.going import GoingCard
from inspector.ui.sync.laptops import LaptopsCard
from inspector.ui.sync.packing import PackingCard
from inspector.ui.sync.questions import Question
from inspector.ui.sync.rows import offer_row
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.rows import RowList

LOOK_MS: Final = 3_000
"""How often it is looked for sticks while the page is open."""

PASSPHRASE_ASKED: Final = ("remote-sealed", "remote-passphrase-wrong")


class SyncScreen(Screen):
    """Places at the top, what is under way below them, then the laptops. Nothing is written to a place unasked."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-sync"))
        self._offers: tuple[Offer, ...] = ()
        self._chosen: tuple[Path, ...] = ()
        self._waiting: Attempt | None = None  # for an answer of the person, or for 再试一次
        self.attempts = Attempts(desk)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_work(), 1)
        self.deciding = DecidingPanel()
        self.deciding.chose.connect(self._decide)
        self.deciding.both.connect(self._keep_both)
        self.deciding.look.connect(self._look_at)
        outer.addWidget(self.deciding)
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self._look)
        self.begin_at(self.list)

    def refresh(self) -> None:
        self._skeleton.start()
        self.desk.lanes.read.ask(
            self,
            partial(calls.read, self.desk.workspace, self._chosen, self.desk.now()),
            done=self._show,
            failed=self._not_read,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Sticks are offered while the page is open; a passphrase is not kept when one goes."""
        super().hideEvent(event)
        self._watch.stop()
        if self.going.asking:
            self._waiting = None
            self.going.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.deciding.fit()

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        self.choose = Button(say("sync-choose"), icon="folder-open")
        self.choose.clicked.connect(self._choose_folder)
        self.pack = Button(say("sync-pack"), icon="package-export")
        self.pack.clicked.connect(self._begin_packing)
        self.unpack = Button(say("sync-unpack"), icon="package-import")
        self.unpack.clicked.connect(self._choose_bundles)
        self.head = PageHead(say("nav-sync"), self.choose, self.pack, self.unpack)
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self._skeleton = Skeleton(rows=4)
        column.addWidget(self._skeleton, 1)
        self._page = Scrolled(spacing=12, margins=(0, 0, 0, 16))
        column.addWidget(self._page, 1)
        self._fill(self._page.body)
        self._page.hide()
        return work

    def _fill(self, body: QVBoxLayout) -> None:
        first = primary(say("sync-choose"), icon="folder-open")
        first.clicked.connect(self._choose_folder)
        self.empty = EmptyState("usb", say("sync-empty"), say("sync-empty-next"), [first])
        body.addWidget(self.empty)
        self.list = RowList(name=say("sync-places"), fitted=True)
        self.list.acted.connect(self._sync_with)
        body.addWidget(self.list)
        self.going = GoingCard()
        self.going.stop.connect(self._stop)
        self.attempts.went.connect(self.going.show_pace)
        self.attempts.done.connect(self._done)
        self.attempts.failed.connect(self._failed)
        self.attempts.written.connect(self._written)
        self.attempts.stopped.connect(self._stopped)
        self.going.opened.connect(self._open)
        self.going.plain.connect(self._go_plain)
        self.going.let_in.connect(self._let_in)
        self.going.closed.connect(self._close)
        body.addWidget(self.going)
        self.packing = PackingCard()
        self.packing.asked.connect(self._choose_bundle_file)
        self.packing.closed.connect(self._close)
        body.addWidget(self.packing)
        self.laptops = LaptopsCard()
        body.addWidget(self.laptops)
        body.addStretch(1)

    # ── showing

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.show_error(error)

    def _show(self, read: Read) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._page.show()
        self.head.about.setText(_sum(read.overview))
        self.laptops.show_read(read, self.desk.now())
        self.deciding.show_questions(read.questions)
        self._show_offers(read.offers)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        under_way, running = self.attempts.attempt, self.attempts.running
        busy = under_way.paths[0] if under_way else None
        rows = [offer_row(one, running=running, busy=one.path == busy, now=self.desk.now()) for one in offers]
        if tuple(rows) != self.list.rows.rows:
            self.list.show_rows(rows)
        if rows and not self.list.current():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for button in (self.choose, self.pack, self.unpack):
            button.setEnabled(not running)

    def _look(self) -> None:
        """Which sticks are in now."""
        self.desk.lanes.read.ask(
            self,
            partial(calls.offers, self.desk.workspace, self._chosen),
            done=self._show_offers,
            failed=self.strip.show_error,
        )

    # ── acting

    def _choose_folder(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, say("sync-choose")):
            self.take_folder(Path(path))

    def take_folder(self, path: Path) -> None:
        """Offer a folder, and sync with it."""
        self._chosen = (path, *(one for one in self._chosen if one != path))
        self.desk.lanes.read.ask(
            self,
            partial(calls.offers, self.desk.workspace, self._chosen),
            done=partial(self._sync_with_new, str(path)),
            failed=self.strip.show_error,
        )

    def _sync_with_new(self, path: str, offers: tuple[Offer, ...]) -> None:
        self._show_offers(offers)
        self.list.go_to(path)
        self._sync_with(path)

    def _sync_with(self, path: str) -> None:
        offer = next((one for one in self._offers if str(one.path) == path), None)
        if offer is None or self.attempts.running:
            return
        attempt = Attempt(paths=(offer.path,), name=offer.name)
        if offer.state is State.NEW and not offer.opens:
            self._ask_passphrase(attempt, new=True)
        elif offer.state is State.SEALED and not offer.opens:
            self._ask_passphrase(attempt, new=False)
        else:
            sealed = offer.state is State.NEW
            self._go(msgspec.structs.replace(attempt, how=Sealing(sealed=sealed)))

    def _choose_bundles(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, say("sync-unpack"), "", say("sync-bundles"))
        if files:
            self.take_bundles(tuple(Path(file) for file in files))

    def take_bundles(self, files: tuple[Path, ...]) -> None:
        """Read what is new in them."""
        if not self.attempts.running:
            self._go(Attempt(paths=files, name=files[0].name, bundle=True))

    def _go(self, attempt: Attempt) -> None:
        title = "sync-reading" if attempt.bundle else "sync-running"
        self._begin(say(title, name=attempt.name))
        self.attempts.go(attempt)
        self._show_offers(self._offers)

    def _begin(self, title: str) -> None:
        self._waiting = None
        self.strip.clear()
        self.packing.forget()
        self.going.begin(title)

    def _stop(self) -> None:
        self.going.wait_for_stop()
        self.attempts.stop()

    def _stopped(self) -> None:
        self.going.show_stopped()
        self._ended()

    def _ended(self) -> None:
        self.refresh()
        self.list.setFocus()

    def _done(self, attempt: Attempt, done: tuple[Synced, ...]) -> None:
        if any(one.taken.batches for one in done):
            self.changed.emit()
        if strangers := tuple(one for each in done for one in each.strangers):
            devices = frozenset(one.device for one in strangers)
            self._waiting = msgspec.structs.replace(attempt, accepted=attempt.accepted | devices)
            self.refresh()
            self.going.ask_strangers(strangers)
            return
        self.going.show_done(done, bundle=attempt.bundle)
        failure = next((one.failure for one in done if one.failure), None)
        if failure is not None and not attempt.bundle:
            self._waiting = attempt
            self.strip.show_error(failure)
        self._ended()

    def _failed(self, attempt: Attempt | None, error: BaseException) -> None:
        if attempt and isinstance(error, InspectorError) and error.key in PASSPHRASE_ASKED:
            self._ask_passphrase(attempt, new=False)
            self.refresh()
            if attempt.how.passphrase:
                self.strip.show_error(error)
            return
        self._waiting = attempt
        self.going.forget()
        self.strip.show_error(error)
        self._ended()

    def _again(self) -> None:
        """再试一次: what failed, else reading the page."""
        if self._waiting is not None:
            self._go(self._waiting)
        else:
            super()._again()

    # ── asked

    def _ask_passphrase(self, attempt: Attempt, *, new: bool) -> None:
        self._waiting = attempt
        self.packing.forget()
        self.going.ask_passphrase(attempt.name, new=new)

    def _open(self, passphrase: str) -> None:
        if self._waiting is not None:
            self._go(msgspec.structs.replace(self._waiting, how=Sealing(passphrase=passphrase)))

    def _go_plain(self) -> None:
        if self._waiting is not None:
            self._go(self._waiting)

    def _let_in(self) -> None:
        if self._waiting is not None:
            self._go(self._waiting)

    def _close(self) -> None:
        self._waiting = None
        self.going.forget()
        self.packing.forget()
        self.list.setFocus()

    # ── a bundle is written

    def _begin_packing(self) -> None:
        self.going.forget()
        self.packing.begin(self.laptops.others())

    def _choose_bundle_file(self) -> None:
        name = say("sync-bundle-name", date=f"{self.desk.now():%Y%m%d}")
        file, _ = QFileDialog.getSaveFileName(self, say("sync-pack"), name, say("sync-bundles"))
        if file:
            self.write_bundle(Path(file))

    def write_bundle(self, file: Path) -> None:
        """Write the bundle that the card describes."""
        device, passphrase = self.packing.chosen()
        self._begin(say("sync-writing", name=file.name))
        self.attempts.write(file, device, passphrase)
        self._show_offers(self._offers)

    def _written(self, written: Written) -> None:
        self.going.show_written(written)
        self._ended()

    # ── deciding where two people disagreed

    def _decide(self, asked: Question, key: str, reason: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(calls.decide, self.desk.workspace, asked, key, reason, now=self.desk.now()),
            done=self._decided,
            failed=self.strip.show_error,
        )

    def _keep_both(self, asked: Question) -> None:
        both = [one.key for one in asked.answers]
        self.desk.lanes.save.ask(
            self,
            partial(deciding.keep_both, self.desk.workspace, both, now=self.desk.now()),
            done=self._decided,
            failed=self.strip.show_error,
        )

    def _decided(self, _nothing: None) -> None:
        self.told.emit(Told(say("sync-decided"), icon="gavel"))
        self.changed.emit()
        self.refresh()

    def _look_at(self, asked: Question) -> None:
        screen = "findings" if asked.kind is Kind.DISPUTED else "documents"
        self.go.emit(Place(screen, which=asked.entity))


def _sum(overview: Overview) -> str:
    if overview.inspections_here or overview.blobs_here:
        return say("sync-sum", inspections=overview.inspections_here, blobs=overview.blobs_here)
    if overview.inspections_handed:
        return say("sync-sum-handed", inspections=overview.inspections_handed)
    return say("sync-sum-nothing")
