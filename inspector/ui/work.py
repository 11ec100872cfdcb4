"""Threads. The only module of the window that knows them: four lanes, and when rubbish is collected.

A screen asks a lane to run a call, a `partial` of a service and values, and is answered on the GUI thread. The
call never holds a screen: the last reference to a widget must not fall on a worker.

    lanes.read.ask(self, partial(sites.all, workspace), done=self._show, failed=self.show_error)
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NewType

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from inspector.model.errors import Environment, InspectorError

log = logging.getLogger(__name__)

Ticket = NewType("Ticket", int)
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]
Told = Callable[[int, int], None]

SWITCH_SECONDS: Final = 0.00005
"""How soon a thread gets the interpreter back that it asks for. A list that is painted asks hundreds of times: beside a
loop in Python 48 ms at the usual 5 ms, 16 at 1 ms, 7 so, 3.4 alone; several loops lose a tenth of their pace."""
WORKER_NICE: Final = 10
RETRY_MS: Final = 5_000  # how often a save that the disk refused is tried again by itself


class Stopped(Exception):
    """Raised inside a call that reports, at its next report after it was cancelled."""


class Report:
    """What a long call gets as `report`: it says how far it is, and hears there that it shall stop.

    It lives on the worker; it holds the ticket's number and the lane's signal, no screen."""

    def __init__(self, ticket: Ticket, told: SignalInstance, stop: threading.Event) -> None:
        self._ticket = ticket
        self._told = told
        self._stop = stop
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` parts are finished. Raises Stopped when nobody wants the rest."""
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if (
            done >= total or now - self._last >= 0.05
        ):  # 20 a second: the eye sees no more, the queue stays short
            self._last = now
            self._told.emit(self._ticket, done, total)

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()


def _run(call: Callable[[], object], ticket: Ticket, arrived: SignalInstance, stop: threading.Event) -> None:
    if stop.is_set():
        arrived.emit(ticket, None, Stopped())
        return
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001 — a thread ends here; the error goes to the GUI thread
        arrived.emit(ticket, None, error.with_traceback(error.__traceback__))
    else:
        arrived.emit(ticket, result, None)


def _run_reporting(
    call: Callable[..., object],
    ticket: Ticket,
    arrived: SignalInstance,
    told: SignalInstance,
    stop: threading.Event,
) -> None:
    report = Report(ticket, told, stop)
    _run(lambda: call(report=report), ticket, arrived, stop)


class _Asked:
    __slots__ = ("asker", "done", "failed", "stop", "told")

    def __init__(
        self,
        asker: QObject,
        done: Done | None,
        failed: Failed | None,
        told: Told | None,
        stop: threading.Event,
    ) -> None:
        self.asker, self.done, self.failed, self.told, self.stop = asker, done, failed, told, stop


def _stand_back() -> None:
    """Where the system ranks threads (Linux), a worker lets the window's thread go first."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), WORKER_NICE)


class Lane(QObject):
    """One or two threads that never expire (a thread-bound SQLite connection would go with them)."""

    _arrived = Signal(object, object, object)  # queued to _deliver; never Signal(int): it cuts at 32 bits
    _told = Signal(object, object, object)
    idle = Signal()  # nothing is asked any more
    crashed = Signal(object)  # an exception that is our own fault and that nobody took

    def __init__(self, name: str, *, threads: int = 1) -> None:
        super().__init__()
        self.setObjectName(name)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=_stand_back)
        self._tickets = itertools.count(1)
        self._asked: dict[Ticket, _Asked] = {}
        self._waiting: list[tuple[QObject, Callable[[], None]]] = []
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many calls have not been answered yet."""
        return len(self._asked)

    def ask(
        self,
        asker: QObject,
        call: Callable[..., object],
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        told: Told | None = None,
    ) -> Ticket:
        """Run `call` on this lane; answer `done(result)` or `failed(error)` on the GUI thread, if the asker lives.

        With `told` the call gets a keyword argument `report` (see Report), and `told(done, total)` hears it.
        A cancelled call answers nobody. An error without `failed`, or one that is no InspectorError and that
        `failed` does not want, goes to `crashed`."""
        ticket = Ticket(next(self._tickets))
        if self._closed:  # a timer that fires while the program ends
            return ticket
        stop = threading.Event()
        self._asked[ticket] = _Asked(asker, done, failed, told, stop)  # stays on the GUI thread
        self._submit(ticket, call, stop, reporting=told is not None)
        return ticket

    def cancel(self, ticket: Ticket) -> None:
        """Nobody wants the answer any more; a call that reports ends at its next report."""
        if asked := self._asked.get(ticket):
            asked.stop.set()

    def when_idle(self, asker: QObject, then: Callable[[], None]) -> None:
        """Call `then` as soon as everything asked up to now and meanwhile is answered (at once if it is)."""
        if not self.pending:
            then()
        else:
            self._waiting.append((asker, then))

    def close(self) -> None:
        """Let running calls end, drop the waiting ones. Blocks; only for the end of the program and tests."""
        self._closed = True
        for asked in self._asked.values():
            asked.stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self, ticket: Ticket, call: Callable[..., object], stop: threading.Event, *, reporting: bool
    ) -> None:
        if reporting:
            self._pool.submit(_run_reporting, call, ticket, self._arrived, self._told, stop)
        else:
            self._pool.submit(_run, call, ticket, self._arrived, stop)

    def _tell(self, ticket: Ticket, done: int, total: int) -> None:
        asked = self._asked.get(ticket)
        if asked and asked.told and not asked.stop.is_set() and shiboken6.isValid(asked.asker):
            asked.told(done, total)

    def _deliver(self, ticket: Ticket, result: object, error: BaseException | None) -> None:
        asked = self._asked.pop(ticket)
        try:
            self._answer(asked, result, error)
        finally:
            self._rest()

    def _answer(self, asked: _Asked, result: object, error: BaseException | None) -> None:
        if isinstance(error, Stopped) or asked.stop.is_set():
            return
        if error is not None and not isinstance(error, InspectorError):
            log.error("a call on lane %s failed", self.objectName(), exc_info=error)
            self.crashed.emit(error)
        if not shiboken6.isValid(asked.asker):  # the screen is gone: then nobody hears
            return
        if error is None:
            if asked.done:
                asked.done(result)
        elif asked.failed:
            asked.failed(error)
        elif isinstance(error, InspectorError):
            self.crashed.emit(error)

    def _rest(self) -> None:
        if self._asked:
            return
        self.idle.emit()
        waiting, self._waiting = self._waiting, []
        for asker, then in waiting:
            if shiboken6.isValid(asker):
                then()


class SaveLane(Lane):
    """One thread that saves in the order typed, and gives up nothing.

    A save that the disk refuses (Environment) stays at the head: it is tried again every 5 s and by `retry()`,
    and those behind it wait. So what was typed later never overtakes what was typed before."""

    began = Signal()  # something is being written
    saved = Signal()  # the last commit returned; nothing waits
    stuck = Signal(object)  # the InspectorError of the head
    unstuck = Signal()

    def __init__(self) -> None:
        super().__init__("save")
        self._queue: deque[tuple[Ticket, Callable[..., object], threading.Event, bool]] = deque()
        self._running = False
        self._error: InspectorError | None = None
        self._again = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._again.timeout.connect(self.retry)

    @property
    def error(self) -> InspectorError | None:
        """Why nothing is being saved now."""
        return self._error

    def retry(self) -> None:
        """Try the head again now."""
        self._again.stop()
        self._next()

    def _submit(
        self, ticket: Ticket, call: Callable[..., object], stop: threading.Event, *, reporting: bool
    ) -> None:
        self._queue.append((ticket, call, stop, reporting))
        self.began.emit()
        if self._error is None:
            self._next()

    def _next(self) -> None:
        if self._running or not self._queue:
            return
        self._running = True
        ticket, call, stop, reporting = self._queue[0]
        super()._submit(ticket, call, stop, reporting=reporting)

    def _deliver(self, ticket: Ticket, result: object, error: BaseException | None) -> None:
        self._running = False
        if isinstance(error, Environment):
            self._error = error
            self._again.start()
            self.stuck.emit(error)
            return
        self._queue.popleft()
        if self._error is not None:
            self._error = None
            self.unstuck.emit()
        self._next()
        super()._deliver(ticket, result, error)

    def _rest(self) -> None:
        if not self._asked:
            self.saved.emit()
        super()._rest()


class Lanes:
    """The four lanes of a window: save (in the order typed), read, images (two threads), paper (PDF, signing)."""

    def __init__(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self.save = SaveLane()
        self.read = Lane("read")
        self.images = Lane("images", threads=2)
        self.paper = Lane("paper")

    @property
    def all(self) -> tuple[Lane, ...]:
        return (self.save, self.read, self.images, self.paper)

    def close(self) -> None:
        for lane in self.all:
            lane.close()


class Rubbish(QObject):
    """Collects garbage on the GUI thread only: a collection on a worker frees widgets there (segfault, measured)."""

    def __init__(self) -> None:
        super().__init__()
        gc.freeze()  # what the imports made stays for ever and is not looked at again
        gc.disable()
        self._count = itertools.count(1)
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        n = next(self._count)
        gc.collect(2 if n % 60 == 0 else 1 if n % 10 == 0 else 0)
