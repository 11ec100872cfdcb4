"""The card of editions of forms that came (收到的新版检查表): each is used only after a yes."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.form_changes import Change
from inspector.services.editions import Offered
from inspector.text import say
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label

MOST_ITEMS: Final = 12


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that came, and what differs from the one in use; no changes where there is none in use yet."""

    offered: Offered
    changes: tuple[Change, ...]


class NewEditionsCard(Card):
    """Hidden while none came. `adopted` and `declined` give the form's id."""

    adopted = Signal(str)
    declined = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("sync-editions"))
        self.add(Label(say("sync-editions-text"), role="second", tone="muted", wrap=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        self._shown: tuple[Edition, ...] = ()
        self.buttons: dict[str, tuple[Button, Button]] = {}
        self.hide()

    def show_editions(self, editions: tuple[Edition, ...]) -> None:
        """What came; a line each, with what changed and the two buttons."""
        self.setVisible(bool(editions))
        if editions == self._shown:
            return
        self._shown = editions
        self.buttons = {}
        while item := self._lines.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        for one in editions:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Edition) -> QWidget:
        offered = one.offered
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = say("sync-edition", name=offered.name or offered.form, edition=offered.edition)
        words.addWidget(Label(title, role="item", wrap=True))
        words.addWidget(Label(_about(one), role="second", tone="muted", wrap=True))
        row.addLayout(words, 1)
        yes = Button(say("sync-edition-adopt"), icon="check")
        yes.setAccessibleDescription(title)
        yes.clicked.connect(partial(self.adopted.emit, offered.form))
        no = Button(say("sync-not-now"), kind="ghost")
        no.setAccessibleDescription(title)
        no.clicked.connect(partial(self.declined.emit, offered.form))
        row.addWidget(yes)
        row.addWidget(no)
        self.buttons[offered.form] = (yes, no)
        return line


def _about(one: Edition) -> str:
    if not one.offered.here:
        return say("sync-edition-new")
    head = say("sync-edition-here", edition=one.offered.here, count=len(one.changes))
    items = list(dict.fromkeys(change.item for change in one.changes if change.item))
    named = say("ui-list").join(items[:MOST_ITEMS])
    more = say("sync-edition-more", items=named, count=len(items)) if len(items) > MOST_ITEMS else named
    return say("sync-edition-items", head=head, items=more) if items else head
