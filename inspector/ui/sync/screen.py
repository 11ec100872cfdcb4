"""Sync (同步): sticks and folders, how far a sync is and what came of it, where the second copies lie."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.errors import InspectorError
from inspector.services.bundles import Written
from inspector.services.copies import Copy
from inspector.services.remotes import Offer, State
from inspector.services.sync import Sealing, Synced
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.sync import calls
from inspector.ui.sync.calls import Attempt, Pace, Read
from inspector.ui.sync.going import GoingCard
from inspector.ui.sync.packing import PackingCard
from inspector.ui.sync.rows import copy_words, laptop_row, offer_row
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Badge, ElidedLabel, Label
from inspector.ui.work import Ticket

LOOK_MS: Final = 3_000
"""How often it is looked for sticks while the page is open."""

PASSPHRASE_ASKED: Final = ("remote-sealed", "remote-passphrase-wrong")
COPY_TONES: Final = {Copy.HERE: "warn", Copy.HANDED: "accent", Copy.SECOND: "ok"}


class SyncScreen(Screen):
    """Places at the top, what is under way below them, then the laptops. Nothing is written to a place unasked."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-sync"))
        self._offers: tuple[Offer, ...] = ()
        self._chosen: tuple[Path, ...] = ()
        self._attempt: Attempt | None = None
        self._ticket: Ticket | None = None
        self._pace = Pace()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._make_work())
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
        if self._ticket is None and self.going.asking:
            self._attempt = None
            self.going.forget()

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(say("nav-sync"), role="page", bold=True))
        self._sum = ElidedLabel(tone="muted")
        names.addWidget(self._sum)
        head.addLayout(names, 1)
        self.choose = Button(say("sync-choose"), icon="folder-open")
        self.choose.clicked.connect(self._choose_folder)
        self.pack = Button(say("sync-pack"), icon="package-export")
        self.pack.clicked.connect(self._begin_packing)
        self.unpack = Button(say("sync-unpack"), icon="package-import")
        self.unpack.clicked.connect(self._choose_bundles)
        for button in (self.choose, self.pack, self.unpack):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.strip)
        self._skeleton = Skeleton(rows=4)
        column.addWidget(self._skeleton, 1)
        self._page = Scrolled(spacing=12, margins=(0, 0, 8, 16))
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
        self.going.opened.connect(self._open)
        self.going.plain.connect(self._go_plain)
        self.going.let_in.connect(self._let_in)
        self.going.closed.connect(self._close)
        body.addWidget(self.going)
        self.packing = PackingCard()
        self.packing.asked.connect(self._choose_bundle_file)
        self.packing.closed.connect(self._close)
        body.addWidget(self.packing)
        copies = Card(say("sync-laptops"), note=say("sync-laptops-note"))
        badges = FlowLayout(gap=8, row_gap=4)
        self.copies = {copy: Badge(tone=tone) for copy, tone in COPY_TONES.items()}
        for badge in self.copies.values():
            badges.addWidget(badge)
        copies.body.addLayout(badges)
        self.laptops = RowList(name=say("sync-laptops"), fitted=True)
        copies.add(self.laptops)
        body.addWidget(copies)
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
        overview = read.overview
        here, handed = overview.inspections_here, overview.inspections_handed
        counts = {Copy.HERE: here, Copy.HANDED: handed, Copy.SECOND: read.inspections - here - handed}
        for copy, count in counts.items():
            self.copies[copy].show_fact(copy_words(copy, count), COPY_TONES[copy] if count else "muted")
        self._sum.setText(
            say("sync-sum", inspections=here, blobs=overview.blobs_here)
            if here or overview.blobs_here
            else say("sync-sum-nothing")
        )
        self.laptops.show_rows([laptop_row(one, overview.missing, self.desk.now()) for one in read.laptops])
        self._show_offers(read.offers)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        busy = self._attempt.paths[0] if self._attempt and self._ticket is not None else None
        running = self._ticket is not None
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
        if offer is None or self._ticket is not None:
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
        if self._ticket is None:
            self._go(Attempt(paths=files, name=files[0].name, bundle=True))

    def _go(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._pace = Pace()
        self.strip.clear()
        self.packing.forget()
        title = "sync-reading" if attempt.bundle else "sync-running"
        self.going.begin(say(title, name=attempt.name))
        self._ticket = self.desk.lanes.paper.ask(
            self,
            partial(calls.run, self.desk.workspace, attempt, self._pace, now=self.desk.now()),
            done=self._done,
            failed=self._failed,
            told=self._told,
        )
        self._show_offers(self._offers)

    def _told(self, _done: int, _total: int) -> None:
        if self._ticket is not None and (now := self._pace.now) is not None:
            self.going.show_pace(now)

    def _stop(self) -> None:
        if self._ticket is not None:
            self.going.wait_for_stop()
            self.desk.lanes.paper.cancel(self._ticket)
            self.desk.lanes.paper.when_idle(self, self._stopped)

    def _stopped(self) -> None:
        self._end()
        self.going.show_stopped()
        self.list.setFocus()

    def _done(self, done: tuple[Synced, ...]) -> None:
        attempt = self._attempt
        self._end()
        if attempt is None:
            return
        if any(one.taken.batches for one in done):
            self.changed.emit()
        if strangers := tuple(one for each in done for one in each.strangers):
            devices = frozenset(one.device for one in strangers)
            self._attempt = msgspec.structs.replace(attempt, accepted=attempt.accepted | devices)
            self.going.ask_strangers(strangers)
            return
        self.going.show_done(done, bundle=attempt.bundle)
        failure = next((one.failure for one in done if one.failure), None)
        if failure is not None and not attempt.bundle:
            self._attempt = attempt  # 再试一次 goes on with it
            self.strip.show_error(failure)
        self.list.setFocus()

    def _failed(self, error: BaseException) -> None:
        attempt = self._attempt
        self._end()
        self._attempt = attempt
        if attempt and isinstance(error, InspectorError) and error.key in PASSPHRASE_ASKED:
            self._ask_passphrase(attempt, new=False)
            if attempt.how.passphrase:
                self.strip.show_error(error)
            return
        self.going.forget()
        self.strip.show_error(error)
        self.list.setFocus()

    def _end(self) -> None:
        self._ticket = None
        self._attempt = None
        self.refresh()

    def _again(self) -> None:
        """再试一次: what failed, else reading the page."""
        if self._attempt is not None and self._ticket is None:
            self._go(self._attempt)
        else:
            super()._again()

    # ── asked

    def _ask_passphrase(self, attempt: Attempt, *, new: bool) -> None:
        self._attempt = attempt
        self.packing.forget()
        self.going.ask_passphrase(attempt.name, new=new)

    def _open(self, passphrase: str) -> None:
        if self._attempt is not None:
            self._go(msgspec.structs.replace(self._attempt, how=Sealing(passphrase=passphrase)))

    def _go_plain(self) -> None:
        if self._attempt is not None:
            self._go(self._attempt)

    def _let_in(self) -> None:
        if self._attempt is not None:
            self._go(self._attempt)

    def _close(self) -> None:
        self._attempt = None
        self.going.forget()
        self.packing.forget()
        self.list.setFocus()

    # ── a bundle is written

    def _begin_packing(self) -> None:
        self.going.forget()
        own = self.laptops.rows.rows
        self.packing.begin([(row.key, row.title) for row in own[1:]])

    def _choose_bundle_file(self) -> None:
        name = say("sync-bundle-name", date=f"{self.desk.now():%Y%m%d}")
        file, _ = QFileDialog.getSaveFileName(self, say("sync-pack"), name, say("sync-bundles"))
        if file:
            self.write_bundle(Path(file))

    def write_bundle(self, file: Path) -> None:
        """Write the bundle that the card describes."""
        device, passphrase = self.packing.chosen()
        self._pace = Pace()
        self.strip.clear()
        self.packing.forget()
        self.going.begin(say("sync-writing", name=file.name))
        self._ticket = self.desk.lanes.paper.ask(
            self,
            partial(
                calls.write,
                self.desk.workspace,
                file,
                device,
                Sealing(passphrase=passphrase),
                self._pace,
                now=self.desk.now(),
            ),
            done=self._written,
            failed=self._failed,
            told=self._told,
        )
        self._show_offers(self._offers)

    def _written(self, written: Written) -> None:
        self._end()
        self.going.show_written(written)
        self.list.setFocus()
