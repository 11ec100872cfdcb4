"""What became of a list that was taken in: counts, or every problem by row and column."""

from __future__ import annotations

from inspector.services.lists import Imported
from inspector.text import say
from inspector.ui.widgets.buttons import IconButton
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label

MOST_SHOWN = 200
TALL_PX = 220


class ImportCard(Card):
    """One card above the list; it goes when it is folded away."""

    def __init__(self) -> None:
        super().__init__(say("list-import"))
        fold = IconButton("x", say("ui-fold"))
        fold.clicked.connect(self.hide)
        self.head.addWidget(fold)
        self._said = Label(wrap=True)
        self.add(self._said)
        self._problems = RowList(name=say("list-problems"))
        self._problems.setMaximumHeight(TALL_PX)
        self.add(self._problems)

    def wait(self, name: str) -> None:
        """It is being read."""
        self.become("card")
        self._said.setText(say("list-reading", file=name))
        self._problems.hide()
        self.show()

    def show_result(self, name: str, done: Imported) -> None:
        """How many came in; or nothing did, and why."""
        problems = done.errors
        self.become("bad" if problems else "ok")
        self._problems.setVisible(bool(problems))
        if not problems:
            self._said.setText(
                say(
                    "list-taken",
                    file=name,
                    added=done.added,
                    changed=done.changed,
                    unchanged=done.unchanged,
                )
            )
            return
        self._said.setText(say("list-refused", file=name, count=len(problems)))
        self._problems.show_rows(
            [
                Row(
                    key=str(number),
                    icon="alert-circle",
                    title=say(f"row-{one.code}", value=one.value),
                    note=say("list-where", row=one.row, column=one.column or say("list-whole-row")),
                )
                for number, one in enumerate(problems[:MOST_SHOWN])
            ]
        )
