"""Beside the list of what is due: the round that is being chosen, those not finished, and 回头看."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from inspector.model.paper import Kind
from inspector.model.person import Person
from inspector.model.round import Round
from inspector.model.unit import Unit
from inspector.services import lookbacks, people, units
from inspector.services.lookbacks import Draw
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.reinspect import words
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import ComboField, Field, NumberField
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.page import Side
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import short_day

USUAL: Final = 5
SEEDS: Final = 1_000_000


class BeginSide(Side):
    """`begin` the chosen round, `opened` one that is under way."""

    begin = Signal()
    opened = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scrolled = Scrolled(margins=(16, 16, 16, 8), spacing=12)
        outer.addWidget(scrolled, 1)
        self._chosen = Card(say("round-this"))
        self._sum = Label(wrap=True)
        self._chosen.add(self._sum)
        self._chosen.add(Label(say("round-how"), role="second", tone="muted", wrap=True))
        scrolled.body.addWidget(self._chosen)
        self.under_way = Card(say("round-under-way"), rows=True)
        self.rounds = RowList(name=say("round-under-way"), fitted=True)
        self.rounds.opened.connect(self.opened)
        self.rounds.acted.connect(self.opened)
        self.under_way.add(self.rounds)
        self.under_way.hide()
        scrolled.body.addWidget(self.under_way)
        self.back = LookbackCard(desk)
        self.back.drawn.connect(self.opened)
        self.back.failed.connect(self.failed)
        scrolled.body.addWidget(self.back)
        scrolled.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 12)
        foot.addStretch(1)
        self.start = primary(say("round-start", count=0), icon="player-play", key="Ctrl Enter", big=True)
        self.start.clicked.connect(self.begin)
        foot.addWidget(self.start)
        outer.addLayout(foot)
        self.show_chosen(0, 0, too_many=False)

    def show_chosen(self, count: int, sites: int, *, too_many: bool) -> None:
        """How much is chosen."""
        text = say("round-chosen", count=count, sites=sites) if count else say("round-chosen-none")
        self._sum.setText(say("round-too-many") if too_many else text)
        self._sum.tone("bad" if too_many else "text")
        self.start.say(say("round-start", count=count))
        self.start.setEnabled(bool(count) and not too_many)

    def show_rounds(self, under_way: list[Round]) -> None:
        """Those that are not signed yet; the people and units that a 回头看 asks for are read, too."""
        mine = [walk for walk in under_way if walk.kind is Kind.REINSPECTION]
        self.rounds.show_rows(
            [
                Row(
                    key=walk.id,
                    title=words.title(walk),
                    note=words.begun(walk),
                    icon="history",
                    action=say("round-go-on"),
                )
                for walk in mine
            ]
        )
        self.under_way.setVisible(bool(mine))
        self.back.read()


class LookbackCard(Card):
    """回头看: closed findings, drawn by a seed that is recorded before anybody goes out. `drawn` with the round."""

    drawn = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("lookback-title"))
        self._desk = desk
        self.add(Label(say("lookback-how"), role="second", tone="muted", wrap=True))
        self.person = ComboField(name=say("lookback-by"))
        self.unit = ComboField(name=say("lookback-unit"))
        self.count = NumberField(name=say("lookback-count"))
        self.count.setText(str(USUAL))
        self.seed = NumberField(name=say("lookback-seed"))
        self.seed.setText(str(secrets.randbelow(SEEDS)))
        for pair in ((self.person, self.unit), (self.count, self.seed)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for widget in pair:
                row.addWidget(Field(widget.accessibleName(), widget), 1)
            self.body.addLayout(row)
        self.draw = Button(say("lookback-draw"), icon="eye-check")
        self.draw.clicked.connect(self._draw)
        self.body.addWidget(self.draw, alignment=Qt.AlignmentFlag.AlignLeft)
        self._last = Label(role="second", tone="muted", wrap=True)
        self.add(self._last)

    def read(self) -> None:
        """Who can draw, among whom, and what was drawn last."""
        self._desk.lanes.read.ask(
            self, partial(_asked, self._desk.workspace), done=self._show, failed=self.failed.emit
        )

    def _show(self, asked: tuple[list[Person], list[Unit], list[Draw]]) -> None:
        everybody, every_unit, draws = asked
        kept = self.person.currentData(), self.unit.currentData()
        self.person.clear()
        for one in everybody:
            self.person.addItem(one.name, one.id)
        self.unit.clear()
        self.unit.addItem(say("findings-any"), "")
        for unit in every_unit:
            if not unit.party:
                self.unit.addItem(unit.label, unit.id)
        for field, value in zip((self.person, self.unit), kept, strict=True):
            field.setCurrentIndex(max(0, field.findData(value)))
        self.draw.setEnabled(bool(everybody))
        self._last.setVisible(bool(draws))
        if draws:
            last = draws[0]
            self._last.setText(
                say(
                    "lookback-last",
                    day=short_day(last.at),
                    seed=last.seed,
                    among=last.among,
                    count=len(last.findings),
                )
            )

    def _draw(self) -> None:
        count, seed = self.count.text(), self.seed.text()
        if not count.isdigit() or not int(count) or not seed.isdigit() or not self.person.currentData():
            (self.count if not count.isdigit() or not int(count) else self.seed).setFocus()
            return
        call = partial(
            lookbacks.begin,
            self._desk.workspace,
            by=self.person.currentData(),
            seed=int(seed),
            count=int(count),
            unit=self.unit.currentData() or "",
            now=self._desk.now(),
        )
        self._desk.lanes.save.ask(self, call, done=self._drawn, failed=self.failed.emit)

    def _drawn(self, walk: Round) -> None:
        self.seed.setText(str(secrets.randbelow(SEEDS)))
        self.drawn.emit(walk.id)


def _asked(workspace: Workspace) -> tuple[list[Person], list[Unit], list[Draw]]:
    return people.every(workspace), list(units.every(workspace)), lookbacks.every(workspace)
