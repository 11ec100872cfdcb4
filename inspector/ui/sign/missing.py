"""What is in the way of signing, one line each: a press goes where it is put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from inspector.model.readiness import Blocker
from inspector.text import say, tell
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList

ICONS = {
    "header": "list-check",
    "answers": "circle",
    "findings": "flag",
    "earlier": "history",
    "jottings": "note",
    "team": "users",
    "about": "calendar",
    "counterpart": "user",
}


class MissingCard(Card):
    """`jump` with the path of the draft's part, as the inspection takes it."""

    jump = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("sign-missing"), kind="warn", rows=True)
        self._blockers: tuple[Blocker, ...] = ()
        self.list = RowList(name=say("sign-missing"), fitted=True)
        self.list.opened.connect(self._opened)
        self.list.acted.connect(self._opened)
        self.add(self.list)

    def show_blockers(self, blockers: Sequence[Blocker]) -> None:
        """All of them, in the order of the sheet."""
        self.setVisible(bool(blockers))
        if tuple(blockers) == self._blockers:
            return
        self._blockers = tuple(blockers)
        self.title.setText(say("sign-missing-count", count=len(blockers)))
        self.list.show_rows(
            [
                Row(
                    key=str(number),
                    title=tell(one),
                    icon=ICONS[one.where.partition("/")[0]],
                    action=say("sign-jump"),
                )
                for number, one in enumerate(blockers)
            ]
        )

    def _opened(self, key: str) -> None:
        self.jump.emit(self._blockers[int(key)].where)
