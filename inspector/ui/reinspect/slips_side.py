"""The right-hand column of the papers of a round: what is missing, who takes them, who signs, what was signed."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from inspector.model.verdict import Verdict
from inspector.services.round_papers import Signed, Standing
from inspector.text import explain, say
from inspector.ui.desk import Desk
from inspector.ui.paper_acts import PaperActs
from inspector.ui.pictures import Pictures
from inspector.ui.reinspect import words
from inspector.ui.reinspect.recipient import RecipientCard
from inspector.ui.reinspect.signers import ContactCard, SignersCard
from inspector.ui.sign.done import VerdictCard
from inspector.ui.theme import Space, theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import site_note

RIGHT_PX: Final = 560
NARROW_PX: Final = 440
CHECK, RECEIPT, SIGNERS = range(3)


class StopsCard(Card):
    """What is in the way of signing. `jump` with the finding that it is about, and the key."""

    jump = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(say("sign-missing"), kind="warn", rows=True)
        self._where: list[tuple[str, str]] = []
        self.list = RowList(name=say("sign-missing"), fitted=True)
        self.list.opened.connect(self._opened)
        self.list.acted.connect(self._opened)
        self.add(self.list)

    @property
    def some(self) -> bool:
        """Whether there is anything."""
        return bool(self._where)

    def show_stops(self, state: Standing) -> None:
        """All of them, in the order of the papers; what is asked for below by itself is said once."""
        rows: list[Row] = []
        where: list[tuple[str, str]] = []
        said = set()
        for paper in state.papers:
            for stop in paper.stops:
                text = explain(stop.error)[0]
                if (text, stop.finding) in said:
                    continue
                said.add((text, stop.finding))
                title, note = text, paper.to.name if len(state.papers) > 1 else ""
                line = next((one for one in state.lines if one.finding.id == stop.finding), None)
                if line is not None:
                    title, note = site_note(line.site, line.finding.place), words.lacks(line) or text
                rows.append(
                    Row(
                        key=str(len(where)),
                        title=title,
                        note=note,
                        icon="flag" if stop.finding else "writing",
                        action=say("sign-jump"),
                    )
                )
                where.append((stop.finding, stop.error.key))
        self._where = where
        self.title.setText(say("sign-missing-count", count=len(rows)))
        self.list.show_rows(rows)

    def _opened(self, key: str) -> None:
        self.jump.emit(*self._where[int(key)])


class SlipsDone(QWidget):
    """The signed papers: that each is genuine, and what people do with it."""

    home = Signal()
    documents = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._which = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("file-check", px=32, token="ok"))
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = Label(role="page", bold=True)
        names.addWidget(self.title)
        self._number = Label(tone="muted", wrap=True)
        names.addWidget(self._number)
        head.addLayout(names, 1)
        column.addLayout(head)
        self._closed = Label(wrap=True)
        column.addWidget(self._closed)
        self.verdict = VerdictCard()
        column.addWidget(self.verdict)
        self.acts = PaperActs(desk)
        column.addWidget(self.acts)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.look = Button(say("sign-done-documents"), icon="file-text", kind="ghost")
        self.look.clicked.connect(self.documents)
        row.addWidget(self.look)
        row.addStretch(1)
        self.go_home = primary(say("sign-done-home"), icon="sun")
        self.go_home.clicked.connect(self.home)
        row.addWidget(self.go_home)
        column.addLayout(row)
        column.addStretch(1)

    def show_file(self, one: Signed) -> None:
        """Which of them is meant."""
        self._which = one.row.id
        self._number.setText(say("sign-done-number", site=one.row.to.name, number=one.row.number))
        closed, others = len(one.closed), len(one.row.findings) - len(one.closed)
        said = say("slips-closed", closed=closed, others=others)
        self._closed.setText(said if one.row.kind == "reinspection" else say("slips-handed", count=others))
        self.acts.show_file(one.row.id, one.row.number, one.pdf)
        self.verdict.wait()

    def show_verdict(self, which: str, verdict: Verdict) -> None:
        """What verification says of it."""
        if which == self._which:
            self.verdict.show_verdict(verdict)


class SlipsSide(QFrame):
    """The cards in their order. A low window shows those of one step at a time."""

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scrolled = Scrolled(margins=(16, 14, 16, 12), spacing=12)
        column.addWidget(self._scrolled, 1)
        self.stops = StopsCard()
        self.contact = ContactCard()
        self.recipient = RecipientCard(pictures, desk.now)
        self.signers = SignersCard()
        self.done = SlipsDone(desk)
        self._cards: tuple[QWidget, ...] = (
            self.stops,
            self.contact,
            self.recipient,
            self.signers,
            self.done,
        )
        for card in self._cards:
            self._scrolled.body.addWidget(card)
            card.hide()
        self._scrolled.body.addStretch(1)
        column.addWidget(self._make_foot())

    def arrange(self, step: int, *, low: bool) -> None:
        """Show the cards of now: of one `step` in a `low` window, else all."""
        at_hand = {step} if low else {CHECK, RECEIPT, SIGNERS}
        self.stops.setVisible(CHECK in at_hand and self.stops.some)
        self.contact.setVisible(CHECK in at_hand)
        self.recipient.setVisible(RECEIPT in at_hand)
        self.signers.setVisible(SIGNERS in at_hand)
        self.done.hide()

    def show_done(self, count: int) -> None:
        """Everything is signed."""
        for card in self._cards:
            card.hide()
        self._foot.hide()
        self.done.title.setText(say("slips-done", count=count))
        self.done.show()

    def signing(self, on: bool) -> None:
        """The papers are being signed."""
        self.sign.setEnabled(not on)
        self._progress.setVisible(on)
        self._progress.setRange(0, 0)
        self._note.setText(say("sign-working") if on else say("sign-final-note"))

    def progress(self, done: int, total: int) -> None:
        """How many are signed."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def ask_back(self, step: int) -> None:
        """The focus to what is to be done first in a step; its card into view."""
        card: QWidget
        if step == CHECK and self.stops.some and self.stops.isVisibleTo(self):
            card = self.stops
            self.stops.list.step(0)
            self.stops.list.setFocus()
        elif step == CHECK:
            card = self.contact
            self.contact.ask_back()
        elif step == RECEIPT:
            card = self.recipient
            self.recipient.ask_back()
        else:
            card = self.signers
            self.signers.ask_back()
        QTimer.singleShot(0, card, partial(self._scrolled.ensureWidgetVisible, card, 0, 12))

    def fold(self, space: Space, width: int) -> None:
        """As wide as a window of `width` px allows."""
        mine = min(theme.look.px(NARROW_PX if space.narrow else RIGHT_PX), round(width * 0.6))
        self.setMinimumWidth(mine)
        self.setMaximumWidth(mine)
        self._note.setVisible(not space.narrow)

    def _make_foot(self) -> QWidget:
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 6, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(Icon("lock", px=18))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(say("sign-final"), bold=True))
        self._note = Label(say("sign-final-note"), role="second", tone="muted", wrap=True)
        names.addWidget(self._note)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(say("sign-working"))
        self._progress.hide()
        names.addWidget(self._progress)
        foot.addLayout(names, 1)
        self.sign = primary(say("slips-sign", count=1), icon="signature", key="Ctrl Enter", big=True)
        foot.addWidget(self.sign)
        return self._foot
