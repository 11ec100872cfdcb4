"""What the person decides on the right side of the sync screen: written at once, and taken back by the toast."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from inspector.services import deciding
from inspector.services.conflicts import Kind
from inspector.services.deciding import Decided
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Told
from inspector.ui.sync import calls
from inspector.ui.sync.deciding import Chosen, DecidingPanel
from inspector.ui.sync.questions import Question


class Decisions(QObject):
    """`done` when the page is to be read again; `told`, `failed` and `go` are those of a screen."""

    done = Signal()
    told = Signal(object)
    failed = Signal(object)
    go = Signal(object)

    def __init__(self, desk: Desk, panel: DecidingPanel) -> None:
        super().__init__()
        self._desk = desk
        panel.chose.connect(self._decide)
        panel.both.connect(self._keep_both)
        panel.bulk.connect(self._decide_all)
        panel.look.connect(self._look_at)

    def _save(self, call: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._desk.lanes.save.ask(self, call, done=done, failed=self.failed.emit)

    def _decide(self, chosen: Chosen) -> None:
        self._save(partial(calls.decide, self._desk.workspace, chosen, now=self._desk.now()), self._decided)

    def _keep_both(self, asked: Question, person: str) -> None:
        both, now = [one.key for one in asked.answers], self._desk.now()
        self._save(
            partial(deciding.keep_both, self._desk.workspace, both, now=now, person=person or None),
            self._decided,
        )

    def _decide_all(self, kind: str, person: str) -> None:
        now = self._desk.now()
        self._save(partial(calls.decide_all, self._desk.workspace, kind, person, now=now), self._decided)

    def _decided(self, decided: Decided) -> None:
        text = say("sync-decided") if decided.count == 1 else say("sync-decided-all", count=decided.count)
        self.told.emit(Told(text, icon="gavel", undo=partial(self._take_back, decided)))
        self.done.emit()

    def _take_back(self, decided: Decided) -> None:
        now = self._desk.now()
        self._save(partial(deciding.take_back, self._desk.workspace, decided, now=now), self._taken_back)

    def _taken_back(self, _nothing: None) -> None:
        self.done.emit()

    def _look_at(self, asked: Question) -> None:
        screen = "findings" if asked.kind is Kind.DISPUTED else "documents"
        self.go.emit(Place(screen, which=asked.entity))
