"""One sheet in the list of 收工签名."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.evening import Waiting
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button, Tick
from inspector.ui.widgets.text import Badge, ElidedLabel, Label
from inspector.ui.words import clock_words, short_day, site_note


class SheetLine(QFrame):
    """One sheet: taken or left out, what it lacks, and the way back to who types."""

    ticked = Signal()
    opened = Signal(str)
    sent_back = Signal(str, str)  # draft, remark

    def __init__(self, one: Waiting) -> None:
        super().__init__()
        self.one = one
        self.setProperty("kind", "itemrow")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.tick = Tick("")
        self.tick.setAccessibleName(say("evening-take", site=one.site))
        self.tick.setChecked(one.ready)
        self.tick.setEnabled(one.ready)
        self.tick.toggled.connect(self.ticked)
        row.addWidget(self.tick)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(one.site, role="item", bold=True))
        words.addWidget(ElidedLabel(_about(one), role="hint", tone="muted"))
        row.addLayout(words, 1)
        self._state = Badge()
        row.addWidget(self._state)
        self.open = Button(say("evening-open") if one.ready else say("evening-fill"), kind="row")
        self.open.setAccessibleDescription(one.site)
        self.open.clicked.connect(partial(self.opened.emit, one.draft))
        row.addWidget(self.open)
        self.back = Button(say("evening-send-back"), kind="row")
        self.back.setAccessibleDescription(one.site)
        self.back.clicked.connect(self._ask_remark)
        row.addWidget(self.back)
        column.addLayout(row)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(48, 0, 0, 4)
        below.setSpacing(8)
        self.remark = TextLine(name=say("evening-remark-name"), placeholder=say("evening-remark-hint"))
        self.remark.returnPressed.connect(self._send)
        send = Button(say("evening-remark-send"), icon="send")
        send.clicked.connect(self._send)
        below.addWidget(self.remark, 1)
        below.addWidget(send)
        self._below.hide()
        column.addWidget(self._below)
        self._error = Label(role="second", tone="bad", wrap=True)
        self._error.hide()
        column.addWidget(self._error)
        tone = "warn" if one.ready else "bad"
        self._state.show_fact(
            say("evening-lacks", count=len(one.waiting))
            if one.ready
            else say("evening-missing", count=one.missing),
            tone,
        )

    def refuse(self, text: str) -> None:
        """Why it was not signed."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def _ask_remark(self) -> None:
        self.tick.setChecked(False)
        self._below.show()
        self.remark.setFocus()

    def _send(self) -> None:
        self.remark.commit()
        if text := self.remark.text().strip():
            self.sent_back.emit(self.one.draft, text)
        else:
            self.remark.setFocus()


def _about(one: Waiting) -> str:
    names = say("ui-list").join(member.name for member in one.waiting)
    return site_note(
        one.kind,
        say("evening-visit", day=short_day(one.begin), time=clock_words(one.begin)),
        say("evening-findings", count=one.findings) if one.findings else "",
        say("evening-waits-for", names=names) if names else "",
    )
