"""What a 通报 counts, and under which 期号: with or without boards, counted again when something came in late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector.model.bulletin import Boarded
from inspector.model.notice import Bulletin
from inspector.text import say
from inspector.ui.widgets.buttons import Button, Tick
from inspector.ui.widgets.fields import NumberField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class FiguresCard(Card):
    """`numbered` with another 期号, `turned` with boards on or off, `refigured` when all is to be counted again."""

    numbered = Signal(int)
    turned = Signal(bool)
    refigured = Signal()

    def __init__(self) -> None:
        super().__init__(say("bulletins-figures"))
        self._counted = Label(wrap=True)
        self.add(self._counted)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(say("bulletins-issue"), tone="muted"))
        self.issue = NumberField(name=say("bulletins-issue"), width=64)
        self.issue.settled.connect(self._number)
        line.addWidget(self.issue)
        self.boards = Tick(say("bulletins-boards"))
        self.boards.clicked.connect(self.turned)
        line.addWidget(self.boards)
        line.addStretch(1)
        self.again = Button(say("bulletins-refigure"), icon="refresh", kind="row")
        self.again.clicked.connect(self.refigured)
        line.addWidget(self.again)
        self.body.addLayout(line)
        self._no_boards = Label(say("bulletins-no-boards"), role="second", tone="muted", wrap=True)
        self.add(self._no_boards)
        self._words = Label(wrap=True)
        self.add(self._words)

    def show_content(self, content: Bulletin) -> None:
        total = content.total
        self._counted.setText(
            say(
                "bulletins-counted",
                units=len(content.units),
                found=total.found,
                due=total.due,
                in_time=total.in_time,
                overdue=total.overdue,
                reopened=total.reopened,
            )
        )
        if not self.issue.hasFocus():
            self.issue.show_text(str(content.issue_no or ""))
        self.boards.setChecked(content.boards)
        lines = [
            say("bulletins-red", units=_named(content.red)),
            say("bulletins-black", units=_named(content.black)),
        ]
        self._words.setText("\n".join(lines))
        self._words.setVisible(content.boards)

    def freeze(self, *, frozen: bool, ranking: bool) -> None:
        """What is issued does not change; boards need a ranking."""
        for widget in (self.issue, self.again):
            widget.setEnabled(not frozen)
        self.boards.setEnabled(ranking and not frozen)
        self._no_boards.setVisible(not ranking)

    def _number(self, text: str) -> None:
        if text.isdigit():
            self.numbered.emit(int(text))


def _named(units: Sequence[Boarded]) -> str:
    return say("ui-list").join(
        say("bulletin-streak", unit=one.unit.name, n=one.issues) if one.issues > 1 else one.unit.name
        for one in units
    ) or say("bulletins-nobody")
