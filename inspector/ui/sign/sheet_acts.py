"""What is typed while a sheet is being signed: each act is saved at once, in its order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.model.draft import About, Team
from inspector.model.inspection import Counterpart
from inspector.model.person import Person
from inspector.services import counterparts, drafts, people, signing
from inspector.services.standing import Standing
from inspector.ui.desk import Desk


class SheetActs(QObject):
    """`saved` once nothing is under way any more; `refused` with why an act was not taken. A new person is `made`
    before he joins, or `unmade`. Nothing changes what somebody has signed."""

    saved = Signal()
    refused = Signal(object)
    made = Signal()
    unmade = Signal(object)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self.under_way = 0

    def about(self, state: Standing, about: About) -> None:
        """Times, weather, mandate."""
        self._keep(state, drafts.set_about, about)

    def counterpart(self, state: Standing, act: Counterpart) -> None:
        """What the other side did."""
        self._keep(state, counterparts.record, act)

    def team(self, state: Standing, team: Team) -> None:
        """Who is in the team, and how each stands behind the sheet."""
        self._keep(state, drafts.set_team, team)

    def join(self, draft: str, person: str) -> None:
        """Somebody who is known."""
        self._save(partial(drafts.add_member, self._desk.workspace, draft, person, now=self._desk.now()))

    def make(self, draft: str, typed: dict[str, str]) -> None:
        """Somebody new, with a key of his own (half a second)."""
        self._desk.lanes.paper.ask(
            self,
            partial(people.add, self._desk.workspace, now=self._desk.now(), **typed),
            done=partial(self._made, draft),
            failed=self.unmade.emit,
        )

    def thaw(self, draft: str) -> None:
        """The signatures are given up."""
        self._save(partial(signing.thaw, self._desk.workspace, draft, now=self._desk.now()))

    def _keep(self, state: Standing, call: Callable[..., object], value: object) -> None:
        if not state.frozen:
            self._save(partial(call, self._desk.workspace, state.draft, value, now=self._desk.now()))

    def _save(self, call: Callable[[], object]) -> None:
        self.under_way += 1
        self._desk.lanes.save.ask(self, call, done=self._saved, failed=self._refused)

    def _saved(self, _result: object) -> None:
        self.under_way -= 1
        if not self.under_way:
            self.saved.emit()

    def _refused(self, error: BaseException) -> None:
        self.under_way -= 1
        self.refused.emit(error)

    def _made(self, draft: str, person: Person) -> None:
        self.made.emit()
        self.join(draft, person.id)
