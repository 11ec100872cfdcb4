"""现场交办: what an inspection found is handed over while the team still stands there."""

from __future__ import annotations

from functools import partial

from inspector.model.round import Round
from inspector.services import rounds
from inspector.ui.reinspect.slips import SlipsScreen
from inspector.ui.screen import Place


class HandoverScreen(SlipsScreen):
    """现场交办单 after an inspection was signed: `place.which` is the inspection."""

    def refresh(self) -> None:
        if self._state is not None or self._signed:
            super().refresh()
            return
        call = partial(rounds.hand_over, self.desk.workspace, self.place.which, now=self.desk.now())
        self.desk.lanes.save.ask(self, call, done=self._begun, failed=self._not_there)

    def _begun(self, walk: Round) -> None:
        self.place = Place("slips", which=walk.id)  # a restart goes on with it
        super().refresh()
