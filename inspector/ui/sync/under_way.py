"""From 同步 to what came of it: what has to be asked first, one attempt at a time, its progress and its end."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from inspector.model.errors import InspectorError
from inspector.services import ejecting
from inspector.services.bundles import Written
from inspector.services.remotes import Kind, Offer, State
from inspector.services.sync import Sealing, Synced
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.sync.asked import AskedCard
from inspector.ui.sync.attempts import Attempts
from inspector.ui.sync.calls import Attempt
from inspector.ui.sync.going import GoingCard
from inspector.ui.sync.packing import PackingCard

ASKS_PASSPHRASE = ("remote-sealed", "remote-passphrase-wrong")


class UnderWay(QObject):
    """`cards` belong on the page, below the places; each is hidden until it has something to say. `turned` when
    something begins or ends; `ended` with the place that one was at, when the page is to be read again; `came` when
    something may have come in, or gone out; `failed` gives the error, `cleared` that there is none any more."""

    turned = Signal()
    ended = Signal(str)
    came = Signal()
    failed = Signal(object)
    cleared = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._waiting: Attempt | None = None  # for an answer of the person, or for 再试一次
        self._at: Offer | None = None
        self.ejecting = ""
        self.attempts = Attempts(desk)
        self.going, self.asked, self.packing = GoingCard(), AskedCard(), PackingCard()
        self.cards = (self.going, self.asked, self.packing)
        self.going.stop.connect(self._stop)
        self.going.ejected.connect(self._eject_here)
        self.attempts.went.connect(self.going.show_pace)
        self.attempts.done.connect(self._done)
        self.attempts.failed.connect(self._failed)
        self.attempts.written.connect(self._written)
        self.attempts.stopped.connect(self._stopped)
        self.asked.opened.connect(self._open)
        self.asked.plain.connect(self._go_plain)
        self.asked.let_in.connect(self._let_in)
        self.asked.closed.connect(self.forget)
        self.packing.asked.connect(self._choose_bundle_file)
        self.packing.closed.connect(self.forget)

    @property
    def running(self) -> bool:
        """Whether something goes on that nothing else may begin beside."""
        return self.attempts.running or bool(self.ejecting)

    @property
    def waits(self) -> bool:
        """Whether one of the cards has the next thing to do."""
        ejects = not (self.going.isHidden() or self.going.eject.isHidden())
        return ejects or not (self.asked.isHidden() and self.packing.isHidden())

    @property
    def doing(self) -> dict[str, str]:
        """What happens to which place now, in a word."""
        if self.ejecting:
            return {self.ejecting: say("sync-ejecting")}
        attempt = self.attempts.attempt
        return {attempt.places[0]: say("sync-busy")} if attempt and not attempt.bundle else {}

    def sync_with(self, offer: Offer) -> None:
        """Begin, or ask first what must be known first."""
        if self.running:
            return
        self._at = offer
        attempt = Attempt(places=(offer.where,), name=offer.name)
        if offer.state is State.NEW and not offer.opens:
            self._ask_passphrase(attempt, new=True)
        elif offer.state is State.SEALED and not offer.opens:
            self._ask_passphrase(attempt, new=False)
        else:
            self._go(attempt)

    def read(self, files: tuple[Path, ...]) -> None:
        """Read what is new in bundles."""
        if not self.running:
            self._at = None
            self._go(Attempt(places=tuple(map(str, files)), name=files[0].name, bundle=True))

    def begin_packing(self, devices: list[tuple[str, str]], *, has_key: bool) -> None:
        """Ask for whom a bundle is to be written."""
        self.going.forget()
        self.asked.forget()
        self.packing.begin(devices, has_key=has_key)

    def write(self, file: Path) -> None:
        """Write the bundle that the card describes."""
        device, how = self.packing.chosen()
        self._at = None
        self._begin(say("sync-writing", name=file.name), both_ways=False)
        self.attempts.write(file, device, how)
        self.turned.emit()

    def eject(self, offer: Offer) -> None:
        """Make it safe to pull out a stick."""
        if self.running:
            return
        self._begin_nothing()
        self.ejecting = offer.where
        self._desk.lanes.paper.ask(
            self,
            partial(ejecting.eject, offer.where),
            done=partial(self._ejected, offer.name),
            failed=self._not_ejected,
        )
        self.turned.emit()

    def again(self) -> bool:
        """再试一次: what failed, if something did."""
        if self._waiting is None or self.running:
            return False
        self._go(self._waiting)
        return True

    def leave(self) -> None:
        """The page goes: what was asked is asked no more, and no passphrase is kept."""
        if not self.asked.isHidden():
            self._waiting = None
            self.asked.forget()
        self.packing.forget()

    def forget(self) -> None:
        """Nothing of it is wanted."""
        self._begin_nothing()
        self.going.forget()
        self.ended.emit(self._at.where if self._at else "")

    # ── under way

    def _begin_nothing(self) -> None:
        self._waiting = None
        self.cleared.emit()
        self.packing.forget()
        self.asked.forget()

    def _begin(self, title: str, *, both_ways: bool) -> None:
        self._begin_nothing()
        self.going.begin(title, both_ways=both_ways)

    def _go(self, attempt: Attempt) -> None:
        title = "sync-reading" if attempt.bundle else "sync-running"
        self._begin(say(title, name=attempt.name), both_ways=not attempt.bundle)
        self.attempts.go(attempt)
        self.turned.emit()

    def _stop(self) -> None:
        self.going.wait_for_stop()
        self.attempts.stop()

    def _stopped(self) -> None:
        self.going.show_stopped()
        self._end()

    def _end(self) -> None:
        self.turned.emit()
        self.ended.emit(self._at.where if self._at else "")

    def _done(self, attempt: Attempt, done: tuple[Synced, ...]) -> None:
        self.came.emit()
        if strangers := tuple(one for each in done for one in each.strangers):
            devices = frozenset(one.device for one in strangers)
            self._end()
            self._waiting = msgspec.structs.replace(attempt, accepted=attempt.accepted | devices)
            self.going.forget()
            self.asked.ask_strangers(strangers)
            return
        stick = self._at is not None and self._at.kind is Kind.STICK
        self.going.show_done(done, bundle=attempt.bundle, stick=stick)
        failure = next((one.failure for one in done if one.failure), None)
        if failure is not None and not attempt.bundle:
            self._waiting = attempt
            self.failed.emit(failure)
        self._end()

    def _failed(self, attempt: Attempt | None, error: BaseException) -> None:
        key = error.key if isinstance(error, InspectorError) else ""
        if attempt and key in (*ASKS_PASSPHRASE, "remote-new"):
            self._end()
            self._ask_passphrase(attempt, new=key == "remote-new")
            if attempt.how and attempt.how.passphrase:
                self.failed.emit(error)
            return
        self._waiting = attempt
        self.going.forget()
        self.failed.emit(error)
        self._end()

    # ── asked

    def _ask_passphrase(self, attempt: Attempt, *, new: bool) -> None:
        self._begin_nothing()
        self._waiting = attempt
        self.going.forget()
        self.asked.ask_passphrase(attempt.name, new=new)

    def _open(self, passphrase: str) -> None:
        if self._waiting is not None:
            self._go(msgspec.structs.replace(self._waiting, how=Sealing(passphrase=passphrase)))

    def _go_plain(self) -> None:
        if self._waiting is not None:
            self._go(msgspec.structs.replace(self._waiting, how=Sealing()))

    def _let_in(self) -> None:
        if self._waiting is not None:
            self._go(self._waiting)

    # ── a bundle is written, a stick pulled out

    def _choose_bundle_file(self) -> None:
        name = say("sync-bundle-name", date=f"{self._desk.now():%Y%m%d}")
        file, _ = QFileDialog.getSaveFileName(self.packing, say("sync-pack"), name, say("sync-bundles"))
        if file:
            self.write(Path(file))

    def _written(self, written: Written) -> None:
        self.going.show_written(written)
        self._end()

    def _eject_here(self) -> None:
        if self._at is not None:
            self.eject(self._at)

    def _ejected(self, name: str, _nothing: None) -> None:
        self.ejecting = ""
        self._at = None
        self.going.show_ejected(name)
        self._end()

    def _not_ejected(self, error: BaseException) -> None:
        self.ejecting = ""
        self.failed.emit(error)
        self._end()
