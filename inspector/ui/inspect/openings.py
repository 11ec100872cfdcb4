"""What opens inside the current item: why it is not answered, and what is left over from before."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.words import UncheckedReason, Verdict, word
from inspector.services.inspecting import LeftOver
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.words import NOT_APPLICABLE_KEYS, UNCHECKED
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, Chip
from inspector.ui.widgets.dress import dress
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import StateIcon
from inspector.ui.widgets.text import ElidedLabel, KeyCap, Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import due_words, short_day


class Reasons(QWidget):
    """Why 不适用 or 未检: a digit or a press chooses; the last one is written."""

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=8)
        self._reasons: list[tuple[UncheckedReason | None, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def ask(self, verdict: Verdict) -> None:
        self._flow.clear()
        if verdict is Verdict.UNCHECKED:
            self._reasons = [(reason, word(reason)) for reason in UNCHECKED]
            title = say("inspect-reason-unchecked")
        else:
            self._reasons = [(None, say(key)) for key in NOT_APPLICABLE_KEYS]
            self._reasons.append((None, say("inspect-reason-other")))
            title = say("inspect-reason-not-applicable")
        self.setAccessibleName(title)
        self._flow.addWidget(Label(title, tone="muted"))
        for number, (_, text) in enumerate(self._reasons, 1):
            self._flow.addWidget(KeyCap(str(number)))
            chip = Chip(text, checkable=False)
            chip.setObjectName(str(number))
            chip.setAccessibleDescription(str(number))
            chip.clicked.connect(self._press)
            self._flow.addWidget(chip)
        self.show()

    def choose(self, number: int) -> bool:
        if not 1 <= number <= len(self._reasons):
            return False
        reason, text = self._reasons[number - 1]
        last = number == len(self._reasons)
        self.hide()
        self.chosen.emit(reason, "" if last or reason is not None else text)
        return True

    def sizeHint(self) -> QSize:
        return QSize(200, self._flow.heightForWidth(max(self.width(), 400)))

    def _press(self) -> None:
        self.choose(int(self.sender().objectName()))


class LeftOverStrip(Card):
    """A finding of before, decided in one press or key: R 仍存在, T 已消除."""

    def __init__(self, left: LeftOver, seen: SignalInstance, pictures: Pictures) -> None:
        super().__init__(kind="warn")
        self.left = left
        self._seen = seen
        found = left.finding
        row = QHBoxLayout()
        row.setSpacing(10)
        if left.photo:
            tile = PhotoTile(say("site-photo"), size=QSize(72, 54))
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(tile)
            self._tile, self._pictures = tile, pictures
            pictures.arrived.connect(self._arrived)
            self._arrived(left.photo)
        words = QVBoxLayout()
        words.setSpacing(2)
        parts = [say("inspect-left-over-at"), short_day(found.found_on)]
        if left.left is not None:
            parts.append(due_words(left.left)[0])
        words.addWidget(ElidedLabel(say("ui-dot").join(parts), role="second", tone="warn", bold=True))
        words.addWidget(ElidedLabel(found.description or found.place))
        row.addLayout(words, 1)
        self._still = Button(say("inspect-still"), kind="row", key="R")
        self._gone = Button(say("inspect-gone"), kind="row", key="T")
        for button, still in ((self._still, True), (self._gone, False)):
            button.setCheckable(True)
            button.setObjectName("still" if still else "gone")
            button.clicked.connect(self._press)
            row.addWidget(button)
        self.body.addLayout(row)
        self.setContentsMargins(-5, -6, -5, -6)

    def show_seen(self, seen: dict[str, bool]) -> None:
        decided = seen.get(self.left.finding.id)
        self._still.setChecked(decided is True)
        self._gone.setChecked(decided is False)

    def _arrived(self, photo: str) -> None:
        if photo == self.left.photo:
            self._tile.show_image(self._pictures.image(photo))

    def _press(self) -> None:
        self._seen.emit(self.left, self.sender().objectName() == "still")


class OffStrip(Card):
    """Why a condition switches the item off."""

    def __init__(self) -> None:
        super().__init__()
        self._why = Label(tone="muted", wrap=True)
        self.add(self._why)

    def show_why(self, why: str) -> None:
        self._why.setText(why)
        self.setVisible(bool(why))


class Proposal(QFrame):
    """What the number says, before somebody judges."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bad")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self._state = StateIcon()
        self._text = Label(bold=True)
        row.addWidget(self._state)
        row.addWidget(self._text)
        row.addWidget(ElidedLabel(say("inspect-by-number-note"), role="second", tone="muted"), 1)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """None takes it away."""
        self.setVisible(verdict is not None)
        if verdict is None:
            return
        fails = verdict is Verdict.FAIL
        dress(self, kind="bad" if fails else "ok")
        self._state.show_state(verdict.value, word(verdict))
        self._text.setText(say("inspect-by-number-fail") if fails else say("inspect-by-number-pass"))
        self._text.tone("bad" if fails else "ok")


class Written(QWidget):
    """A line of words with its label: a note, a reason."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._label = Label(name, tone="muted")
        self.line = TextLine(name=name, placeholder=hint)
        self._label.setBuddy(self.line)
        row.addWidget(self._label)
        row.addWidget(self.line, 1)

    def call(self, name: str) -> None:
        self._label.setText(name)
        self.line.setAccessibleName(name)

    def show_text(self, text: str, *, wanted: bool) -> None:
        """What is stored; the line stays while somebody is in it."""
        self.line.show_text(text)
        self.setVisible(wanted or self.line.hasFocus())
