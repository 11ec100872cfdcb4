"""The right-hand column of signing: one card a party, 签名并生成 below them."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.pictures import Pictures
from inspector.ui.sign.about import AboutCard
from inspector.ui.sign.counterpart import CounterpartCard
from inspector.ui.sign.done import DonePanel
from inspector.ui.sign.inspectors import InspectorsCard
from inspector.ui.sign.joining import JoinCard
from inspector.ui.sign.missing import MissingCard
from inspector.ui.theme import Space, theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label

RIGHT_PX: Final = 560
NARROW_PX: Final = 440
EDGE_PX: Final = 12
CHECK, COUNTERPART, INSPECTORS = range(3)


class SignSide(QFrame):
    """The cards in their order. A low window shows those of one step at a time."""

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scrolled = Scrolled(margins=(16, 14, 16, 12), spacing=12)
        column.addWidget(self._scrolled, 1)
        self.frozen = _FrozenCard()
        self.missing = MissingCard()
        self.about = AboutCard()
        self.counterpart = CounterpartCard(pictures)
        self.inspectors = InspectorsCard()
        self.join = JoinCard()
        self.done = DonePanel(desk)
        self._cards: tuple[QWidget, ...] = (
            self.frozen,
            self.missing,
            self.about,
            self.counterpart,
            self.inspectors,
            self.join,
            self.done,
        )
        for card in self._cards:
            self._scrolled.body.addWidget(card)
            card.hide()
        self._scrolled.body.addStretch(1)
        column.addWidget(self._make_foot())

    def arrange(self, step: int, *, frozen: int, missing: bool, low: bool) -> None:
        """Show the cards of now: of one `step` in a `low` window, else all; `frozen` is how many have signed."""
        at_hand = {step} if low else {CHECK, COUNTERPART, INSPECTORS}
        if frozen:
            at_hand &= {INSPECTORS}  # the paper says what the others were
        self.frozen.show_count(frozen)
        self.missing.setVisible(CHECK in at_hand and missing)
        self.about.setVisible(CHECK in at_hand)
        self.counterpart.setVisible(COUNTERPART in at_hand)
        self.inspectors.setVisible(INSPECTORS in at_hand)
        self.join.setVisible(INSPECTORS in at_hand and self.join.is_open)
        self.done.hide()

    def show_done(self) -> None:
        """Everybody has signed."""
        for card in self._cards:
            card.hide()
        self._foot.hide()
        self.done.show()

    def without_foot(self) -> None:
        """There is nothing to sign."""
        self._foot.hide()

    def ask_back(self, step: int) -> None:
        """The focus to what is to be done first in a step; its card into view."""
        card: QWidget = self.about
        if step == CHECK and self.missing.isVisible():
            card = self.missing
            self.missing.list.step(0)
            self.missing.list.setFocus()
        elif step == COUNTERPART:
            card = self.counterpart
            self.counterpart.ask_back()
        elif step == INSPECTORS:
            card = self.inspectors
            self.inspectors.ask_back()
        else:
            self.about.ask_back()
        self.bring(card)

    def bring(self, card: QWidget) -> None:
        """Scroll to a card once it has its place."""
        QTimer.singleShot(0, card, partial(self._bring, card))

    def _bring(self, card: QWidget) -> None:
        """All of it into view; of a card that is taller than the view its beginning."""
        self._scrolled.ensureWidgetVisible(card, 0, EDGE_PX)
        bar = self._scrolled.verticalScrollBar()
        bar.setValue(min(bar.value(), max(0, card.y() - EDGE_PX)))

    def fold(self, space: Space, width: int) -> None:
        """As wide as a window of `width` px allows."""
        mine = min(theme.look.px(NARROW_PX if space.narrow else RIGHT_PX), round(width * 0.6))
        self.setMinimumWidth(mine)
        self.setMaximumWidth(mine)
        self._final.setVisible(not space.narrow)

    def _make_foot(self) -> QWidget:
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 6, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(Icon("lock", px=18))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(say("sign-final"), bold=True))
        self._final = Label(say("sign-final-note"), role="second", tone="muted", wrap=True)
        words.addWidget(self._final)
        foot.addLayout(words, 1)
        self.sign = primary(say("sign-do"), icon="signature", key="Ctrl Enter", big=True)
        foot.addWidget(self.sign)
        return self._foot


class _FrozenCard(Card):
    """Somebody has signed: nothing can be changed, unless the signatures are given up."""

    def __init__(self) -> None:
        super().__init__(kind="warn")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("lock", token="warn"))
        self._words = Label(wrap=True)
        row.addWidget(self._words, 1)
        self.thaw = Button(say("sign-thaw"), icon="arrow-back-up")
        row.addWidget(self.thaw)
        self.body.addLayout(row)

    def show_count(self, signed: int) -> None:
        """How many have signed; hidden while nobody has."""
        self._words.setText(say("sign-frozen", count=signed))
        self.setVisible(signed > 0)
