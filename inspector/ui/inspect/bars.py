"""Above: site, progress, undo, what comes next. Below: the keys that work now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from inspector.model.form import Choose
from inspector.model.progress import Progress
from inspector.text import say
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.words import takes_number
from inspector.ui.widgets.bars import Key, TopBar
from inspector.ui.widgets.buttons import Button, IconButton, make_primary
from inspector.ui.widgets.marks import Bar
from inspector.ui.widgets.text import Badge, Label


class InspectTop(TopBar):
    """The bar of an inspection."""

    def __init__(self, *, example: bool) -> None:
        super().__init__()
        self._done = Label(role="page", bold=True)
        self._total = Label(tone="muted")
        self._bar = Bar(width=150)
        self._failed = Badge(tone="bad")
        if example:
            self.middle.addWidget(Badge(say("ui-example"), tone="warn"))
        for widget in (self._done, self._total, self._bar, self._failed):
            self.middle.addWidget(widget)
        self.undo = IconButton("arrow-back-up", say("inspect-undo-none"), key="Ctrl Z")
        self.redo = IconButton("arrow-forward-up", say("inspect-redo-none"), key="Ctrl Y")
        self.only_open = Button(say("inspect-only-open"), icon="filter", key="U")
        self.only_open.setCheckable(True)
        self.drawer = Button(say("photos-title"), icon="photo")
        self.sign = Button(say("inspect-sign"), icon="signature")
        for button in (self.undo, self.redo, self.only_open, self.drawer, self.sign):
            self.right.addWidget(button)

    def say_site(self, name: str, note: str) -> None:
        self.say(name, note)

    def say_loose(self, count: int) -> None:
        """How many photos are not put anywhere yet."""
        self.drawer.say(say("photos-button", count=count))

    def show_progress(self, progress: Progress) -> None:
        self._done.setText(say("inspect-done", answered=progress.answered))
        self._total.setText(say("inspect-total", total=progress.total))
        self._bar.show_progress(passed=progress.passed, failed=progress.failed, total=progress.total)
        self._failed.setText(say("ui-failed", count=progress.failed))
        self._failed.setVisible(bool(progress.failed))
        make_primary(self.sign, progress.complete)

    def show_acts(self, undo: str, redo: str) -> None:
        """The acts by their names; a button without an act is off."""
        self.undo.call(say("inspect-undo", act=undo) if undo else say("inspect-undo-none"))
        self.redo.call(say("inspect-redo", act=redo) if redo else say("inspect-redo-none"))
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))

    def fold(self, *, narrow: bool, drawer: bool) -> None:
        self.only_open.say(say("inspect-only-open-short" if narrow else "inspect-only-open"))
        self.drawer.setVisible(drawer)
        self._bar.setVisible(not drawer)


def keys_now(card: QWidget | None, *, in_field: bool) -> tuple[Key, ...]:
    """The keys that work now: the bar teaches them, no manual needed."""
    undo = Key("Ctrl Z", say("key-undo"))
    if isinstance(card, FindingForm):
        return (
            Key("Tab", say("key-tab")),
            Key("Alt 1–4", say("key-otherwise")),
            Key("Ctrl D", say("key-more")),
            Key("Ctrl Enter", say("key-done")),
            Key("Esc", say("key-fold")),
            undo,
        )
    if isinstance(card, HeaderCard):
        return (
            Key("1–9", say("key-choose")),
            Key("Enter", say("key-next")),
            Key("↑ ↓", say("key-move")),
            undo,
        )
    if in_field and isinstance(card, ItemCard) and takes_number(card.item):
        return (
            Key("Tab", say("key-tab")),
            Key("Enter", say("key-judge")),
            Key("Alt 1–4", say("key-otherwise")),
            Key("↑ ↓", say("key-move")),
            undo,
        )
    if isinstance(card, ItemCard) and isinstance(card.item.answer, Choose):
        answers: tuple[Key, ...] = (
            Key("1–9", say("key-choose")),
            Key("Alt 1–4", say("key-otherwise")),
        )
    else:
        answers = (
            Key("1", say("key-pass")),
            Key("2", say("key-fail")),
            Key("3", say("key-not-applicable")),
            Key("4", say("key-unchecked")),
        )
    return (
        *answers,
        Key("Enter", say("key-next")),
        Key("/", say("key-find")),
        Key("J", say("key-jot")),
        undo,
    )


def minutes_words(begin: datetime, now: datetime) -> str:
    """用时 24 分"""
    return say("inspect-minutes", minutes=max(0, int((now - begin).total_seconds() // 60)))
