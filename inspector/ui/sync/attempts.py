"""The sync, or the bundle, that is under way: one at a time, on the paper lane."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.services.bundles import Written
from inspector.services.sync import Sealing, Synced
from inspector.ui.desk import Desk
from inspector.ui.sync import calls
from inspector.ui.sync.calls import Attempt, Pace
from inspector.ui.work import Ticket


class Attempts(QObject):
    """`went` says how far it is (haul.Progress); then one of `done` (Attempt, results), `failed` (Attempt or None for
    a bundle that was to be written, error), `written` and `stopped`, when nothing is under way any more."""

    went = Signal(object)
    done = Signal(object, object)
    failed = Signal(object, object)
    written = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ticket: Ticket | None = None
        self._pace = Pace()
        self.attempt: Attempt | None = None

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return self._ticket is not None

    def go(self, attempt: Attempt) -> None:
        """Sync, or read bundles."""
        self.attempt, self._pace = attempt, Pace()
        self._ticket = self._desk.lanes.paper.ask(
            self,
            partial(calls.run, self._desk.workspace, attempt, self._pace, now=self._desk.now()),
            done=self._done,
            failed=self._failed,
            told=self._told,
        )

    def write(self, file: Path, device: str, how: Sealing) -> None:
        """Write a bundle for a device (empty: of everything)."""
        self.attempt, self._pace = None, Pace()
        self._ticket = self._desk.lanes.paper.ask(
            self,
            partial(calls.write, self._desk.workspace, file, device, how, self._pace, now=self._desk.now()),
            done=self._written,
            failed=self._failed,
            told=self._told,
        )

    def stop(self) -> None:
        """The person wants no more: the file in hand is finished, then `stopped`."""
        if self._ticket is not None:
            self._desk.lanes.paper.cancel(self._ticket)
            self._desk.lanes.paper.when_idle(self, self._stopped)

    def _told(self, _done: int, _total: int) -> None:
        if self._ticket is not None and self._pace.now is not None:
            self.went.emit(self._pace.now)

    def _end(self) -> Attempt | None:
        attempt, self.attempt, self._ticket = self.attempt, None, None
        return attempt

    def _done(self, done: tuple[Synced, ...]) -> None:
        self.done.emit(self._end(), done)

    def _failed(self, error: BaseException) -> None:
        self.failed.emit(self._end(), error)

    def _written(self, written: Written) -> None:
        self._end()
        self.written.emit(written)

    def _stopped(self) -> None:
        self._end()
        self.stopped.emit()
