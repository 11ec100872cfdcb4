"""What was seen of one finding: one key for the result, then the reason and the new limit where it did not pass."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.inspection import TimeLimit
from inspector.model.notice import Seen
from inspector.model.round import Sighting
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.responsible import Limits
from inspector.ui.widgets.answer import AnswerButton
from inspector.ui.widgets.text import Label

KEYS: Final = {"1": Seen.PASS, "2": Seen.FAIL, "3": Seen.PARTLY}
LOOKS: Final = {Seen.PASS: "pass", Seen.FAIL: "fail", Seen.PARTLY: "unchecked"}


class Judging(QWidget):
    """`judged` by a press, `noted` with the reason, `limited` with the new limit, `onward` on Enter in the reason."""

    judged = Signal(object)  # Seen
    noted = Signal(str)
    limited = Signal(object)  # TimeLimit
    onward = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons: dict[Seen, AnswerButton] = {}
        for key, seen in KEYS.items():
            button = AnswerButton(LOOKS[seen], say(f"seen-{seen.value}"), key=key)
            button.clicked.connect(partial(self.judged.emit, seen))
            self.buttons[seen] = button
            row.addWidget(button, 1)
        self._column.addLayout(row)
        self._asked = Label(role="second", tone="bad", wrap=True)
        self._asked.hide()
        self._column.addWidget(self._asked)
        self.note = TextLine(name=say("round-note"), placeholder=say("round-note-hint"))
        self.note.settled.connect(self.noted)
        self.note.returnPressed.connect(self.onward)
        self._caption = Label(say("round-note"), role="second", tone="muted")
        self._column.addWidget(self._caption)
        self._column.addWidget(self.note)
        self._limit_label = Label(say("round-limit"), role="second", tone="muted")
        self._column.addWidget(self._limit_label)
        self._low = False
        self._limits: Limits | None = None
        self._usual: TimeLimit | None = None

    def show_sighting(self, sighting: Sighting, usual: TimeLimit | None, *, closed: bool) -> None:
        """What was seen so far; `usual` is the limit that the finding had. `closed`: one looks whether it still
        holds."""
        for seen, button in self.buttons.items():
            word = f"held-{seen.value}" if closed and seen is not Seen.PARTLY else f"seen-{seen.value}"
            button.setText(say(word))
            button.setAccessibleName(say(word))
            button.setVisible(not (closed and seen is Seen.PARTLY))
            button.take(sighting.seen is seen)
        if not self.note.hasFocus():
            self.note.show_text(sighting.note)
        again = sighting.seen in (Seen.FAIL, Seen.PARTLY) and not closed
        if self._limits is None or usual != self._usual:
            self._make_limits(usual)
        assert self._limits is not None
        self._limits.show_limit(sighting.time_limit)
        self._limits.setVisible(again)
        self._limit_label.setVisible(again and not self._low)

    def fold(self, low: bool) -> None:
        """In a low window the fields say themselves what they are."""
        self._low = low
        self._caption.setVisible(not low)
        self._limit_label.setVisible(not low and self._limits is not None and self._limits.isVisibleTo(self))

    def show_keys(self, *, typing: bool) -> None:
        """A cap never shows a key that would not work."""
        for key, seen in KEYS.items():
            self.buttons[seen].show_key(say("key-alt", cap=key) if typing else key)

    def ask(self, text: str) -> None:
        """What is missing; an empty text takes it away."""
        self._asked.setText(text)
        self._asked.setVisible(bool(text))

    def _make_limits(self, usual: TimeLimit | None) -> None:
        if self._limits is not None:
            self._column.removeWidget(self._limits)
            self._limits.hide()
            self._limits.deleteLater()
        self._usual = usual
        self._limits = Limits(usual)
        self._limits.changed.connect(self._limited)
        self._column.addWidget(self._limits)

    def _limited(self, fields: dict[str, TimeLimit]) -> None:
        self.limited.emit(fields["time_limit"])
