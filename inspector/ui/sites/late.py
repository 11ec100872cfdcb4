"""补录: a visit that was made earlier and is entered now; its day and times are asked where it begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QHBoxLayout

from inspector.model import late
from inspector.model.errors import BadInput
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Tick
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card

LATE: Final = "late"  # the spot of the page with this card open
DAY_PX: Final = 180
TIME_PX: Final = 120


class LateCard(Card):
    """`asked` stands elsewhere on the page and opens the card."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(say("begin-late-title"), kind="warn", note=say("begin-late-note"))
        self._now = now
        self.asked = Tick(say("begin-late"))
        self.asked.toggled.connect(self.setVisible)
        self.hide()
        self.day = TextLine(f"{now():%Y-%m-%d}", name=say("begin-late-day"))
        self.begin = TextLine(name=say("begin-late-begin"), placeholder="9:30")
        self.end = TextLine(name=say("begin-late-end"), placeholder="10:15")
        row = QHBoxLayout()
        row.setSpacing(12)
        self._fields: dict[str, Field] = {}
        for name, line, width in (
            ("day", self.day, DAY_PX),
            ("begin", self.begin, TIME_PX),
            ("end", self.end, TIME_PX),
        ):
            field = Field(line.accessibleName(), line)
            field.setFixedWidth(theme.look.px(width))
            self._fields[name] = field
            row.addWidget(field)
        row.addStretch(1)
        self.body.addLayout(row)

    def times(self) -> tuple[datetime, datetime | None] | None:
        """When the visit begins (now, unless it was made earlier) and, if so, ended; None if a field asks back."""
        if not self.asked.isChecked():
            return self._now(), None
        for field in self._fields.values():
            field.ask("")
        typed = [line.whole_text() for line in (self.day, self.begin, self.end)]
        try:
            return late.times(*typed, now=self._now())
        except BadInput as error:
            problems = error.values["problems"]
            assert isinstance(problems, tuple)
            for one in reversed(problems):
                self._fields[one.column].ask(say(f"row-{one.code}", value=one.value))
                self._fields[one.column].setFocus()
            return None
