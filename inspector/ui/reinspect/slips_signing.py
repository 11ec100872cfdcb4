"""签名并生成: whether the papers of a round can be signed as they are stored, the question, the signing, the files."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.services import round_papers
from inspector.services.round_papers import Signed, Standing
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.sign.keys import KeyRing
from inspector.ui.widgets.asking import ask_first


class SlipsSigning(QObject):
    """`stopped` with what is in the way, the state and the unit; `locked` while a key is not open yet; `began` and
    `failed` around the signing; `signed` with the files."""

    stopped = Signal(object, object, str)  # Stop, Standing, unit
    locked = Signal(object)  # Standing
    began = Signal()
    progress = Signal(int, int)
    failed = Signal(object)
    signed = Signal(object)  # tuple of Signed

    def __init__(self, desk: Desk, over: QWidget, keys: KeyRing) -> None:
        super().__init__(over)
        self._desk, self._over, self._keys = desk, over, keys
        self.busy = False

    def ready(self, state: Standing) -> bool:
        """Whether everybody who signs has opened his key."""
        return bool(state.walk.signers) and set(state.walk.signers) <= set(self._keys.people)

    def sign(self, which: str) -> None:
        """Everything typed is stored first: whether it can be signed is asked of what is stored."""
        if not self.busy:
            self._desk.lanes.save.when_idle(self, partial(self._read, which))

    def _read(self, which: str) -> None:
        call = partial(round_papers.standing, self._desk.workspace, which, now=self._desk.now())
        self._desk.lanes.read.ask(self, call, done=self._judge, failed=self.failed.emit)

    def _judge(self, state: Standing) -> None:
        for paper in state.papers:
            for stop in paper.stops:
                self.stopped.emit(stop, state, paper.to.id)
                return
        if not self.ready(state):
            self.locked.emit(state)
            return
        names = say("ui-list").join(self._keys.people[one].person.name for one in state.walk.signers)
        count = len(state.papers)
        ask_first(
            self._over,
            say("slips-ask-title", count=count),
            say("slips-ask-text", names=names),
            say("slips-sign", count=count),
            partial(self._sign, state.walk.id),
            icon="signature",
        )

    def _sign(self, which: str) -> None:
        self.busy = True
        self.began.emit()
        call = partial(
            round_papers.sign,
            self._desk.workspace,
            which,
            dict(self._keys.people),
            now=self._desk.now(),
        )
        self._desk.lanes.paper.ask(self, call, done=self._done, failed=self._failed, told=self.progress.emit)

    def _failed(self, error: BaseException) -> None:
        self.busy = False
        self.failed.emit(error)

    def _done(self, rows: tuple[Any, ...]) -> None:
        self._keys.lock()
        call = partial(round_papers.signed_files, self._desk.workspace, [row.id for row in rows])
        self._desk.lanes.paper.ask(self, call, done=self._files, failed=self._failed)

    def _files(self, signed: tuple[Signed, ...]) -> None:
        self.busy = False
        self.signed.emit(signed)
