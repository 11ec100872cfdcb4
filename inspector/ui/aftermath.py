"""After a kill or a power cut: the workspace is looked through, and the window says what was found."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from inspector.services import check
from inspector.services.check import Problem
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.widgets.strips import ErrorStrip

MOST_TOLD = 20


class AftermathStrip(ErrorStrip):
    """One strip over the page, folded away by hand. `report` is where the crash before this start left its stack."""

    def __init__(self, desk: Desk, report: Path | None = None) -> None:
        super().__init__(can_retry=False)
        self._report = report
        if desk.workspace.ended_badly:
            desk.lanes.paper.ask(
                self, partial(check.check, desk.workspace), done=self._found, failed=self.show_error
            )

    def _found(self, problems: list[Problem]) -> None:
        where = say("aftermath-report", file=self._report) if self._report else ""
        if not problems:
            self.tell(say("aftermath-good"), where, kind="ok", icon="shield-check")
            return
        told = [say(one.kind, where=one.where, detail=one.detail) for one in problems[:MOST_TOLD]]
        self.tell(
            say("aftermath-bad", count=len(problems)),
            say("aftermath-bad-next") + where,
            technical="\n".join(told),
        )
