"""Beside the ranking: the sums, six weeks, the 通报 that is being written, and the rules by which units are ranked."""

from __future__ import annotations

from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.model.notice import Bulletin
from inspector.model.ranking import Tally
from inspector.services.notices import Row
from inspector.services.settings import RankingRules
from inspector.text import say
from inspector.ui.notices.words import standing_words
from inspector.ui.office.bars import Weeks, rate_words
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, Switch
from inspector.ui.widgets.fields import Field, NumberField
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Badge, Label
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.words import short_day

MOST_PHOTOS: Final = 3
TILE: Final = QSize(76, 57)


class SumsCard(Card):
    """Three numbers: put right in time, the rate, late and not put right."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        self.counts: dict[str, Label] = {}
        for key, tone in (("ranking-in-time", "text"), ("ranking-rate", "accent"), ("ranking-late", "text")):
            part = QVBoxLayout()
            self.counts[key] = Label(say("ranking-none"), role="page", bold=True, tone=tone)
            part.addWidget(self.counts[key])
            part.addWidget(Label(say(key), role="second", tone="muted"))
            row.addLayout(part)
        self.body.addLayout(row)

    def show_total(self, total: Tally) -> None:
        self.counts["ranking-in-time"].setText(str(total.in_time))
        self.counts["ranking-rate"].setText(rate_words(total))
        self.counts["ranking-late"].setText(str(total.overdue))
        self.counts["ranking-late"].tone("bad" if total.overdue else "text")


class WeeksCard(Card):
    """Six weeks, and what the two bars are."""

    def __init__(self) -> None:
        super().__init__(say("ranking-weeks"))
        self.weeks = Weeks()
        self.add(self.weeks)
        self.add(Label(say("ranking-weeks-note"), role="hint", tone="muted", wrap=True))


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """The newest 通报 that is not void."""

    row: Row
    content: Bulletin


class LatestCard(Card):
    """The newest 通报: how far it is, what it says, its first pictures. `opened` with the bulletin."""

    opened = Signal(str)

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(say("ranking-bulletin"))
        self._which = ""
        self._pictures = pictures
        self._photos: tuple[str, ...] = ()
        pictures.arrived.connect(self._arrived)
        self._badge = Badge()
        self.head.addWidget(self._badge)
        self.open = Button(say("ranking-bulletin-open"), kind="link")
        self.open.clicked.connect(self._open)
        self.head.addWidget(self.open)
        self._about = Label(role="second", tone="muted", wrap=True)
        self.add(self._about)
        self._words = Label(wrap=True)
        self.add(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._tiles = [PhotoTile(say("ranking-bulletin-photo"), size=TILE) for _ in range(MOST_PHOTOS)]
        for tile in self._tiles:
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.clicked.connect(self._open)
            row.addWidget(tile)
        row.addStretch(1)
        self.body.addLayout(row)
        self._foot = Label(role="second", tone="muted", wrap=True)
        self.add(self._foot)
        self.hide()

    def show_latest(self, latest: Latest | None) -> None:
        self.setVisible(latest is not None)
        if latest is None:
            return
        content = latest.content
        self._which = latest.row.id
        self._badge.show_fact(*standing_words(latest.row.standing))
        first, last = short_day(content.period_from), short_day(content.period_to)
        issue = say("bulletins-issue-of", year=content.period_to[:4], n=content.issue_no)
        period = say("bulletins-period", first=first, last=last)
        self._about.setText(say("ui-dot").join((issue, period)))
        self._words.setText(content.opening)
        late = sum(len(one.rows) for one in content.problems)
        self._foot.setText(say("ranking-bulletin-foot", units=len(content.units), late=late))
        self._photos = tuple(case.before[0].sha256 for case in content.cases if case.before)[:MOST_PHOTOS]
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(self._photos))
            tile.show_image(self._image(place))

    def _image(self, place: int) -> QImage | None:
        return self._pictures.image(self._photos[place]) if place < len(self._photos) else None

    def _arrived(self, photo: str) -> None:
        for place, one in enumerate(self._photos):
            if one == photo:
                self._tiles[place].show_image(self._image(place))

    def _open(self) -> None:
        self.opened.emit(self._which)


class RulesCard(Card):
    """Whether units are ranked at all, and how: the office decides, for all laptops. `put` a setting and its value."""

    put = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(say("ranking-rules"))
        self.on = Switch(say("ranking-rules-on"))
        self.on.clicked.connect(self._turned)
        line = QHBoxLayout()
        line.addWidget(Label(say("ranking-rules-on"), wrap=True), 1)
        line.addWidget(self.on)
        self.body.addLayout(line)
        self.add(Label(say("ranking-rules-note"), role="second", tone="muted", wrap=True))
        row = FlowLayout(gap=20)
        self.least = NumberField(name=say("ranking-rules-least"), width=64)
        self.target = NumberField(name=say("ranking-rules-target"), width=64)
        for field, name in ((self.least, "least"), (self.target, "target")):
            field.settled.connect(partial(self._typed, f"ranking.{name}"))
            row.addWidget(Field(say(f"ranking-rules-{name}"), field))
        self.body.addLayout(row)

    def show_rules(self, rules: RankingRules) -> None:
        self.on.setChecked(rules.on)
        for field, number in ((self.least, rules.least), (self.target, rules.target)):
            if not field.hasFocus():  # what is typed there now is newer
                field.show_text(str(number))

    def _turned(self, on: bool) -> None:
        self.put.emit("ranking.on", "on" if on else "off")

    def _typed(self, setting: str, text: str) -> None:
        if text:
            self.put.emit(setting, text)
