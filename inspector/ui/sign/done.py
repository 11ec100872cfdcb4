"""The signed sheet: that it is genuine, in plain words, and where one goes from it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.verdict import Verdict
from inspector.services.papers import Paper
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.paper_acts import PaperActs
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label


class VerdictCard(Card):
    """The answer of verification: yes or no, then why, who, and what is worth knowing."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(10)
        self._icon = Icon("shield-check", px=24, token="ok")
        row.addWidget(self._icon)
        self._said = Label(bold=True, wrap=True)
        row.addWidget(self._said, 1)
        self.body.addLayout(row)
        self._lines = Label(role="second", tone="muted", wrap=True)
        self.add(self._lines)

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join((self._said.text(), self._lines.text()))

    def wait(self) -> None:
        """It is being verified."""
        self.become("card")
        self._icon.show_icon("shield-check", "muted")
        self._said.setText(say("paper-verifying"))
        self._said.tone("muted")
        self._lines.hide()
        self.show()

    def show_verdict(self, verdict: Verdict) -> None:
        """What it is, about which file."""
        first, *others = verdict.lines()
        tone = "ok" if verdict.accepted else "bad"
        self.become(tone)
        self._icon.show_icon("shield-check" if verdict.accepted else "shield-x", tone)
        self._said.setText(say(first.key, **first.values))
        self._said.tone(tone)
        self._lines.setText("\n".join(say(line.key, **line.values) for line in others))
        self._lines.setVisible(bool(others))
        self.setAccessibleName(self._said.text())
        self.show()


class DonePanel(QWidget):
    """What stands at the right once all have signed."""

    home = Signal()
    documents = Signal()
    handover = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("file-check", px=32, token="ok"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(say("sign-done"), role="page", bold=True))
        self._number = Label(tone="muted", wrap=True)
        words.addWidget(self._number)
        head.addLayout(words, 1)
        column.addLayout(head)
        self.verdict = VerdictCard()
        column.addWidget(self.verdict)
        self.acts = PaperActs(desk)
        column.addWidget(self.acts)
        row = QHBoxLayout()
        row.setSpacing(8)
        look = Button(say("sign-done-documents"), icon="file-text", kind="ghost")
        look.clicked.connect(self.documents)
        row.addWidget(look)
        self.hand_over = Button(say("handover-title"), icon="send", kind="ghost")
        self.hand_over.clicked.connect(self.handover)
        row.addWidget(self.hand_over)
        row.addStretch(1)
        self.go_home = primary(say("sign-done-home"), icon="sun")
        self.go_home.clicked.connect(self.home)
        row.addWidget(self.go_home)
        column.addLayout(row)
        column.addStretch(1)

    def show_paper(self, paper: Paper) -> None:
        """Which sheet it is."""
        self._number.setText(
            say("sign-done-number", number=paper.content.number, site=paper.content.site.name)
        )
        asked = paper.content.mandate is not None and bool(paper.content.findings)
        self.hand_over.setVisible(asked)
        self.acts.show_file(paper.content.inspection, paper.content.number, paper.pdf)
        self.verdict.wait()
