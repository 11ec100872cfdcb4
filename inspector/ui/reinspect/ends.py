"""How a round ends without papers: a 回头看 is recorded, or a round is thrown away. Both ask first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.model.notice import Seen
from inspector.model.round import Round
from inspector.services import lookbacks, rounds
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told
from inspector.ui.widgets.asking import ask_first


class RoundEnds(QObject):
    """`ended` once the round is no more, with what there is to tell."""

    ended = Signal(object)  # Told, or None
    failed = Signal(object)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def ask_record(self, walk: Round) -> None:
        """记入台账: what was drawn was looked at."""
        back = sum(one.seen is Seen.FAIL for one in walk.sightings)
        yes = say("lookback-finish")
        text = say("lookback-ask", count=len(walk.sightings), back=back)
        ask_first(self._over, yes, text, yes, partial(self._record, walk.id), icon="checks")

    def ask_discard(self, walk: Round) -> None:
        """作罢这一轮."""
        text = say("round-discard-text", judged=walk.judged)
        yes = say("round-discard")
        ask_first(
            self._over, say("round-discard-ask"), text, yes, partial(self._discard, walk.id), icon="trash"
        )

    def _record(self, which: str) -> None:
        call = partial(lookbacks.finish, self._desk.workspace, which, now=self._desk.now())
        self._desk.lanes.save.ask(self, call, done=self._recorded, failed=self.failed.emit)

    def _recorded(self, back: int) -> None:
        self.ended.emit(Told(say("lookback-done", back=back), icon="checks"))

    def _discard(self, which: str) -> None:
        call = partial(rounds.discard, self._desk.workspace, which)
        self._desk.lanes.save.ask(self, call, done=self._discarded, failed=self.failed.emit)

    def _discarded(self, _: None) -> None:
        self.ended.emit(None)
