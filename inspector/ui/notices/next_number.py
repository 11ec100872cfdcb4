"""Which 发文字号 comes next, of which prefix; and where numbers come from when there are none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal

from inspector.services.numbers import Upcoming
from inspector.text import say
from inspector.ui.notices.words import official_words
from inspector.ui.screen import Place
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label


class NumberCard(Card):
    """The prefix to issue with."""

    go = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("deciding-numbers"))
        self._upcoming: dict[str, Upcoming] = {}
        self._prefix = ComboField(name=say("numbers-prefix"))
        self._prefix.activated.connect(self._say)
        self.add(Field(say("numbers-prefix"), self._prefix))
        self.said = Label(wrap=True)
        self.add(self.said)
        allot = Button(say("deciding-allot"), icon="plus", kind="row")
        allot.clicked.connect(partial(self.go.emit, Place("numbers")))
        self.body.addWidget(allot, alignment=Qt.AlignmentFlag.AlignLeft)

    @property
    def prefix(self) -> str:
        """The one that is chosen, empty if there is none."""
        return self._prefix.currentText()

    def show_upcoming(self, upcoming: Sequence[Upcoming]) -> None:
        """What this laptop can give; the prefix that was chosen stays."""
        taken = self.prefix
        self._upcoming = {one.prefix: one for one in upcoming}
        self._prefix.clear()
        self._prefix.addItems(list(self._upcoming))
        self._prefix.setCurrentIndex(max(0, self._prefix.findText(taken)))
        self._say()

    def _say(self) -> None:
        one = self._upcoming.get(self.prefix)
        if one is None:
            self.said.setText(say("deciding-number-none"))
        elif one.number is None:
            self.said.setText(say("deciding-number-used"))
        else:
            self.said.setText(say("deciding-number-next", number=official_words(one.number), left=one.left))
