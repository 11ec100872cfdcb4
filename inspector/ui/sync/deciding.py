"""The right side of the sync screen: what two people said, and the person who decides (需要你定)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.conflicts import Kind
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.sync.questions import Answer, Question
from inspector.ui.widgets.buttons import Button, Choice, primary
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.page import Side
from inspector.ui.widgets.text import Badge, Label

RIGHT_PX: Final = 400
NARROW_PX: Final = 320


class _Side(QWidget):
    """One answer with who gave it."""

    def __init__(self, answer: Answer, group: QWidget) -> None:
        super().__init__(group)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        self.said = Label(answer.text, bold=True, wrap=True)
        note = Label(answer.note, role="second", tone="muted", wrap=True)
        column.addWidget(self.said)
        column.addWidget(note)


class DecidingPanel(Side):
    """One question at a time. `chose` the key of the side that counts, with the reason; `both` when both count;
    `look` when it is decided elsewhere."""

    chose = Signal(object, str, str)  # Question, key, reason
    both = Signal(object)
    look = Signal(object)

    def __init__(self) -> None:
        super().__init__(wide=RIGHT_PX, narrow=NARROW_PX)
        self._questions: tuple[Question, ...] = ()
        self._at = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(16, 16, 16, 16), spacing=10)
        outer.addWidget(scrolled)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(say("sync-decide"), role="section", bold=True))
        self._count = Badge(tone="warn")
        head.addWidget(self._count)
        head.addStretch(1)
        self._number = Label(role="second", tone="muted")
        head.addWidget(self._number)
        scrolled.body.addLayout(head)
        scrolled.body.addWidget(Label(say("sync-decide-text"), role="second", tone="muted", wrap=True))
        self.subject = Label(bold=True, wrap=True)
        scrolled.body.addWidget(self.subject)
        self._sides = QVBoxLayout()
        self._sides.setSpacing(4)
        scrolled.body.addLayout(self._sides)
        self.choices: list[Choice] = []
        self.reason = TextLine(name=say("sync-reason"), placeholder=say("sync-reason-hint"))
        scrolled.body.addWidget(self.reason)
        self.yes = primary(say("sync-decide-do"), icon="gavel")
        self.yes.clicked.connect(self._choose)
        self.keep = Button(say("sync-decide-both"))
        self.keep.clicked.connect(self._keep_both)
        self.open = primary(say("sync-decide-look"), icon="arrow-right")
        self.open.clicked.connect(self._look)
        self.later = Button(say("sync-decide-later"), kind="ghost")
        self.later.clicked.connect(self._next)
        for button in (self.yes, self.open, self.keep, self.later):
            scrolled.body.addWidget(button)
        scrolled.body.addStretch(1)
        self.hide()

    def show_questions(self, questions: Sequence[Question]) -> None:
        """What waits; the panel is not there while nothing does. What one is at stays as it is."""
        if tuple(questions) != self._questions:
            self._questions = tuple(questions)
            self._at = min(self._at, max(0, len(questions) - 1))
            self._turn()
        self.setVisible(bool(questions))

    def _turn(self) -> None:
        if not self._questions:
            return
        asked = self._questions[self._at]
        count = len(self._questions)
        self._count.show_fact(str(count), "warn")
        self._number.setText(f"{self._at + 1} / {count}")
        self.subject.setText(asked.subject)
        while self._sides.count():
            gone = self._sides.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()
        self.choices = []
        chooses = asked.kind in (Kind.FIELD, Kind.DUPLICATE)
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, answer in enumerate(asked.answers, 1):
            if chooses:
                choice = Choice(say("sync-side", number=number))
                choice.setAccessibleDescription(f"{answer.text} {answer.note}")
                choice.setObjectName(answer.key)
                choice.toggled.connect(self._taken)
                self.choices.append(choice)
                column.addWidget(choice)
            column.addWidget(_Side(answer, group))
        self._sides.addWidget(group)
        self.reason.clear()
        self.reason.setVisible(asked.kind is Kind.FIELD)
        self.yes.setVisible(chooses)
        self.yes.setEnabled(False)
        self.keep.setVisible(asked.kind is Kind.DUPLICATE)
        self.open.setVisible(not chooses)
        self.later.setVisible(count > 1)

    def _taken(self) -> None:
        self.yes.setEnabled(any(one.isChecked() for one in self.choices))

    def _choose(self) -> None:
        taken = next(one.objectName() for one in self.choices if one.isChecked())
        self.chose.emit(self._questions[self._at], taken, self.reason.text().strip())

    def _keep_both(self) -> None:
        self.both.emit(self._questions[self._at])

    def _look(self) -> None:
        self.look.emit(self._questions[self._at])

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._questions)
        self._turn()
