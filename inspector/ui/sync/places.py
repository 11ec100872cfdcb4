"""The places to sync with: a card each, with what lies there and the buttons 同步 and 弹出."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.remotes import Kind, Offer, State
from inspector.text import say
from inspector.ui.sync.rows import ICONS, place_fact, place_notes
from inspector.ui.widgets.buttons import Button, make_primary
from inspector.ui.widgets.frames import Card, EmptyState
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Badge, ElidedLabel


class PlaceCard(Card):
    """One place. `synced` when one wants to sync with it, `ejected` when it is to be pulled out."""

    synced = Signal(str)
    ejected = Signal(str)

    def __init__(self, where: str) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(12)
        self._icon = Icon("usb", token="accent")
        row.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.name = ElidedLabel(role="item", bold=True)
        self.note = ElidedLabel(role="hint", tone="muted")
        names.addWidget(self.name)
        names.addWidget(self.note)
        row.addLayout(names, 1)
        self.badge = Badge()
        row.addWidget(self.badge)
        self.sync = Button(say("sync-do"), icon="refresh")
        self.sync.clicked.connect(partial(self.synced.emit, where))
        row.addWidget(self.sync)
        self.eject = Button(say("sync-eject"))
        self.eject.clicked.connect(partial(self.ejected.emit, where))
        row.addWidget(self.eject)
        self.body.addLayout(row)

    def show_offer(self, offer: Offer, *, running: bool, doing: str, first: bool, now: datetime) -> None:
        """What is known of it; `doing` is what happens to it now, if anything does. While something runs nothing else
        begins."""
        usable = offer.state not in (State.AWAY, State.OTHER)
        self._icon.show_icon(ICONS[offer.kind], "accent" if usable else "faint")
        self.name.setText(offer.name)
        self.note.setText(place_notes(offer, now))
        text, tone = place_fact(offer, doing)
        self.badge.show_fact(text, tone)
        self.badge.setVisible(bool(text))
        self.setAccessibleName(f"{offer.name} {self.note.text()} {text}".strip())
        self.sync.say(say("sync-retry") if offer.state is State.AWAY else say("sync-do"))
        self.sync.setVisible(offer.state is not State.OTHER)
        self.sync.setEnabled(not running)
        make_primary(self.sync, first and usable)
        self.eject.setVisible(offer.kind is Kind.STICK)
        self.eject.setEnabled(not running)
        for button in (self.sync, self.eject):
            button.setAccessibleDescription(offer.name)


class Places(QWidget):
    """All of them; without any it says what to do. `synced`, `ejected` give the place."""

    synced = Signal(str)
    ejected = Signal(str)

    def __init__(self, add: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.empty = EmptyState("usb", say("sync-empty"), say("sync-empty-next"), [add])
        self._column.addWidget(self.empty)
        self._add = add
        self.cards: dict[str, PlaceCard] = {}
        self._order: list[PlaceCard] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_offers(
        self,
        offers: Sequence[Offer],
        *,
        running: bool,
        doing: dict[str, str],
        first: bool,
        now: datetime,
    ) -> None:
        """The places as they are now, in their order; a card stays the same as long as its place does. To sync with the
        first one is the next thing to do if it is `first`."""
        for where in self.cards.keys() - {offer.where for offer in offers}:
            gone = self.cards.pop(where)
            gone.hide()
            gone.deleteLater()
        for number, offer in enumerate(offers):
            card = self.cards.get(offer.where)
            if card is None:
                card = self.cards[offer.where] = PlaceCard(offer.where)
                card.synced.connect(self.synced)
                card.ejected.connect(self.ejected)
            if self._column.indexOf(card) != number:
                self._column.removeWidget(card)
                self._column.insertWidget(number, card)
            card.show_offer(
                offer,
                running=running,
                doing=doing.get(offer.where, ""),
                first=first and not number and not running,
                now=now,
            )
            card.show()
        self._chain([self.cards[offer.where] for offer in offers])
        self.empty.setVisible(not offers)

    def _chain(self, cards: Sequence[PlaceCard]) -> None:
        """Tab goes through the places as they stand: Qt puts what was made last at the end of the window."""
        if cards != self._order:
            self._order = list(cards)
            before = self._add
            for card in cards:
                QWidget.setTabOrder(before, card.sync)
                QWidget.setTabOrder(card.sync, card.eject)
                before = card.eject

    def take_focus(self, where: str = "") -> None:
        """The hand goes to a place, else to the first one that can be synced with."""
        cards = [self.cards[where]] if where in self.cards else list(self.cards.values())
        for card in cards:
            if card.sync.isVisibleTo(self) and card.sync.isEnabled():
                card.sync.setFocus()
                return
