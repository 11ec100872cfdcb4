"""Who takes the documents of each unit: a line a unit, filled by hand or from a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.notice import Received
from inspector.model.paper import Way
from inspector.services.paper_list import Listed
from inspector.text import say
from inspector.ui.imewise import TextLine, commit_all
from inspector.ui.notices.fields import FilesField
from inspector.ui.notices.words import way_words
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import IconButton, Tick
from inspector.ui.widgets.fields import ComboField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import ElidedLabel, Label

NAME_PX: Final = 112
FIELD_PX: Final = 160
ALWAYS: Final = ("position", "telephone", "place")
ASKED: Final[Mapping[Way, tuple[str, ...]]] = {
    Way.RECEIPT: (),
    Way.RECEIVED_FOR: ("relation",),
    Way.REFUSED: ("reason", "witness"),
    Way.LEFT: (),
    Way.MESSAGE: (),
}
PICTURED: Final = (Way.LEFT, Way.MESSAGE)


class ReceiverLine(QFrame):
    """The documents of one unit and who took them."""

    changed = Signal()

    def __init__(self, papers: Sequence[Listed]) -> None:
        super().__init__()
        self.papers = tuple(papers)
        unit = papers[0].name
        self.setProperty("kind", "itemrow")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 6)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        self.tick = Tick("")
        self.tick.setAccessibleName(say("serving-take", unit=unit))
        self.tick.setChecked(True)
        self.tick.toggled.connect(self._changed)
        first.addWidget(self.tick)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(unit, role="item", bold=True))
        numbers = say("ui-list").join(one.number for one in papers)
        names.addWidget(ElidedLabel(numbers, role="hint", tone="muted"))
        first.addLayout(names, 1)
        self.name = TextLine(name=say("serving-name-of", unit=unit), placeholder=say("serving-name"))
        self.name.setMinimumWidth(theme.look.px(NAME_PX))
        self.name.setMaximumWidth(theme.look.px(NAME_PX + 40))
        first.addWidget(self.name)
        self.way = ComboField(name=say("serving-way-of", unit=unit))
        for way in Way:
            self.way.addItem(way_words(way), way)
        self.way.activated.connect(self._fit)
        first.addWidget(self.way)
        self.more = IconButton("dots", say("serving-more", unit=unit))
        self.more.clicked.connect(self._open)
        first.addWidget(self.more)
        column.addLayout(first)
        self._second = QWidget()
        fields = FlowLayout(self._second, row_gap=4)
        self.fields: dict[str, TextLine] = {}
        for field in (*ALWAYS, "relation", "reason", "witness"):
            line = TextLine(name=say(f"serving-{field}-of", unit=unit), placeholder=say(f"serving-{field}"))
            line.setFixedWidth(theme.look.px(FIELD_PX))
            self.fields[field] = line
            fields.addWidget(line)
        self.photos = FilesField(say("serving-photos"), kinds=say("serving-photo-files"), several=True)
        fields.addWidget(self.photos)
        column.addWidget(self._second)
        self._asked = Label(role="second", tone="bad", wrap=True)
        self._asked.hide()
        column.addWidget(self._asked)
        self._unfolded = False
        self._lacking: frozenset[str] = frozenset()
        self._fit()

    @property
    def unit(self) -> str:
        """The unit's name."""
        return self.papers[0].name

    def chosen_way(self) -> Way:
        """How it arrived."""
        return Way(self.way.currentData())

    def fill(self, act: Received) -> None:
        """What a list says of this unit."""
        self.name.show_text(act.name)
        self.way.setCurrentIndex(self.way.findData(act.way))
        for field, line in self.fields.items():
            line.show_text(str(getattr(act, field)))
        self.tick.setChecked(True)
        self.ask("")
        self._fit()

    def received(self, at: str, place: str) -> Received | None:
        """The act; None, and what is missing is asked for in place. Photos come later, for they have to be taken in."""
        commit_all(self)
        way = self.chosen_way()
        said = {field: line.text().strip() for field, line in self.fields.items()}
        wanted = {field: said[field] for field in ("position", "telephone", *ASKED[way])}
        act = Received(way=way, at=at, name=self.name.text().strip(), place=said["place"] or place)
        act = msgspec.structs.replace(act, **wanted)
        lacks = [field for field in act.lacks() if field != "photos" or not self.photos.files]
        if lacks:
            self._lacking = frozenset(lacks)
            self._fit()
            missing = say("ui-list").join(say(f"serving-{field}") for field in lacks)
            self.ask(say("serving-lacks", missing=missing))
            (self.fields.get(lacks[0]) or self.name).setFocus()
            return None
        self.ask("")
        return act

    def ask(self, text: str) -> None:
        """What is missing; an empty text takes it away."""
        self._asked.setText(text)
        self._asked.setVisible(bool(text))

    def _open(self) -> None:
        self._unfolded = not self._unfolded
        self._fit()

    def _fit(self, _: object = None) -> None:
        """What this way of service needs is asked for; the rest behind the button."""
        way = self.chosen_way()
        wanted = {*(ALWAYS if self._unfolded else ()), *ASKED[way], *self._lacking}
        for field, line in self.fields.items():
            line.setVisible(field in wanted)
        self.photos.setVisible(way in PICTURED)
        self._second.setVisible(bool(wanted - {"name", "photos"}) or way in PICTURED)

    def _changed(self, _: bool) -> None:
        self.changed.emit()
