"""What opens inside the current item: why it is not answered, and what is left over from before."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.words import UncheckedReason, Verdict, word
from inspector.services.inspecting import LeftOver
from inspector.text import say
from inspector.ui.inspect.words import NOT_APPLICABLE_KEYS, UNCHECKED
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, Chip
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
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
