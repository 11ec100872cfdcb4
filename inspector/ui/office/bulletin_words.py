"""The words of a 通报: each saved as it is typed, none lost to what comes back meanwhile."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal

from inspector.model.notice import Bulletin
from inspector.text import say
from inspector.ui.imewise import TextArea, TextLine
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card

TEXTS: Final = ("opening", "praise", "asking")
AREA_LINES: Final = 4


class WordsCard(Card):
    """`typed` with the name of a text and what it says now; `copied_to` with the names of those who get it besides."""

    typed = Signal(str, str)
    copied_to = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("bulletins-texts"), note=say("bulletins-texts-note"))
        self.areas: dict[str, TextArea] = {}
        for name in TEXTS:
            area = TextArea(name=say(f"bulletins-{name}"))
            area.setMaximumHeight(area.fontMetrics().lineSpacing() * AREA_LINES + 26)
            area.settled.connect(partial(self.typed.emit, name))
            self.areas[name] = area
            self.add(Field(say(f"bulletins-{name}"), area))
        self.copied = TextLine(name=say("bulletins-copied"))
        self.copied.settled.connect(self._copied)
        self.add(Field(say("bulletins-copied"), self.copied))

    def show_content(self, content: Bulletin, *, fresh: bool) -> None:
        """`fresh`: everything as it is stored; else what is typed now is newer than what came back."""
        for name, area in self.areas.items():
            if fresh or not area.hasFocus():
                area.show_text(getattr(content, name))
        if fresh:
            self.copied.show_text(say("ui-list").join(one.name for one in content.copied))

    def freeze(self, frozen: bool) -> None:
        """What is issued does not change."""
        for widget in (*self.areas.values(), self.copied):
            widget.setEnabled(not frozen)

    def _copied(self, text: str) -> None:
        self.copied_to.emit(tuple(text.split(say("ui-list"))))
