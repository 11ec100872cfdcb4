"""覆盖: which sites are still to be inspected in this round, by kind and street; begun or planned from here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.services import coverage, settings, today
from inspector.services.coverage import Coverage, Due, Part
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.office.part import DeskPart, SaveButton, save_list
from inspector.ui.screen import Place, Told
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.dress import antialiased, pen
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card, EmptyState
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.words import days_ago, site_note

PAGE: Final = 300  # rows that are made at once: 75 µs each (measured)
PART_PX: Final = 34
BAR_PX: Final = 6


class PartLine(QAbstractButton):
    """A kind of site or a street: how many are done, as a bar and in digits. Taken, the list shows its sites alone."""

    def __init__(self, part: Part, *, kind: bool) -> None:
        super().__init__()
        self.part, self.kind = part, kind
        self.setCheckable(True)
        self.setText(part.name or say("coverage-without"))
        said = say("coverage-part-said", name=self.text(), inspected=part.inspected, sites=part.sites)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(180, max(theme.look.px(PART_PX), theme.look.control))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            edge = "accent" if self.hasFocus() or self.isChecked() else "line"
            painter.setPen(pen(edge, theme.look.focus if self.hasFocus() else theme.look.border))
            painter.setBrush(theme.color("selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        ink = "on_selected" if self.isChecked() else "text"
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("second"))
        count = say("coverage-count", inspected=self.part.inspected, sites=self.part.sites)
        inside = box.adjusted(8, 0, -8, -BAR_PX - 6)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room = int(inside.width() - painter.fontMetrics().horizontalAdvance(count) - 10)
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        bar = QRectF(box.left() + 8, box.bottom() - BAR_PX - 5, box.width() - 16, BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)
        done = bar.width() * self.part.inspected / max(1, self.part.sites)
        if done:
            painter.setBrush(theme.color("ok" if self.part.inspected == self.part.sites else "accent"))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(done, BAR_PX), BAR_PX), 3, 3)


class PartsCard(Card):
    """The parts of one division; one of them may be taken. `chosen` with the part or None."""

    chosen = Signal(object)

    def __init__(self, title: str, *, kind: bool) -> None:
        super().__init__(title)
        self._kind = kind
        self.lines: list[PartLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.body.addLayout(self._column)

    def show_parts(self, parts: tuple[Part, ...], taken: str | None) -> None:
        if [line.part for line in self.lines] != list(parts):
            for line in self.lines:
                self._column.removeWidget(line)
                line.deleteLater()
            self.lines = [PartLine(part, kind=self._kind) for part in parts]
            for line in self.lines:
                line.clicked.connect(partial(self._press, line))
                self._column.addWidget(line)
        for line in self.lines:
            line.setChecked(taken is not None and line.part.name == taken)

    def _press(self, line: PartLine) -> None:
        self.chosen.emit(line.part.name if line.isChecked() else None)


class RoundCard(Card):
    """The round that is on: its name and its first day, for all laptops. `put` a setting and its value."""

    put = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(say("coverage-round-card"))
        self.add(Label(say("coverage-round-note"), role="second", tone="muted", wrap=True))
        self.name = TextLine(name=say("coverage-round-name"), placeholder=say("coverage-round-name-hint"))
        self.begins = TextLine(name=say("coverage-round-from"), placeholder=say("coverage-round-from-hint"))
        for line, setting in ((self.name, "round.name"), (self.begins, "round.from")):
            line.settled.connect(partial(self.put.emit, setting))
            self.add(Field(line.accessibleName(), line))

    def show_round(self, shown: settings.Round) -> None:
        for line, text in ((self.name, shown.name), (self.begins, shown.begins)):
            if not line.hasFocus():  # what is typed there now is newer
                line.show_text(text)


class CoveragePart(DeskPart):
    """The sites that are due, the longest unseen first; beside them kinds and streets, the least covered first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Coverage | None = None
        self._kind: str | None = None
        self._street: str | None = None
        self._most = PAGE
        line = QHBoxLayout()
        line.setSpacing(8)
        self.sum = ElidedLabel()
        line.addWidget(self.sum, 1)
        self.save = SaveButton(say("coverage-title"))
        self.save.asked.connect(self.write)
        line.addWidget(self.save)
        self.work.addLayout(line)
        self.list = RowList(name=say("coverage-title"))
        self.list.opened.connect(self._begin)
        self.list.acted.connect(self._plan)
        self.work.addWidget(self.list, 1)
        foot = QHBoxLayout()
        self.more = Button("", icon="chevron-down", kind="row")
        self.more.clicked.connect(self._show_more)
        foot.addWidget(self.more)
        foot.addStretch(1)
        self.begin = primary(say("coverage-begin"), icon="player-play")
        self.begin.clicked.connect(self._begin_current)
        foot.addWidget(self.begin)
        self.work.addLayout(foot)
        self._empty = EmptyState("circle-check", say("coverage-done"), say("coverage-done-text"))
        self.work.addWidget(self._empty, 1)
        self.kinds = PartsCard(say("coverage-kinds"), kind=True)
        self.kinds.chosen.connect(self._take_kind)
        self.streets = PartsCard(say("coverage-streets"), kind=False)
        self.streets.chosen.connect(self._take_street)
        self.round = RoundCard()
        self.round.put.connect(self._put)
        for card in (self.kinds, self.streets, self.round):
            self.aside.addWidget(card)
        self.aside.addStretch(1)

    def first(self) -> QWidget:
        return self.list

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(coverage.of, self.desk.workspace, now=self.desk.now()),
            done=self._show,
            failed=self.failed.emit,
        )

    def due(self) -> list[Due]:
        """The sites of the list: of the kind and street that are taken."""
        return [
            one
            for one in (self._seen.due if self._seen else ())
            if self._kind in (None, one.kind) and self._street in (None, one.street)
        ]

    def write(self, file: Path) -> None:
        """The list as a file."""
        keys = ("code", "name", "kind", "street", "last")
        rows = [(one.code, one.name, one.kind, one.street, one.last[:10]) for one in self.due()]
        save_list(self, file, [say(f"coverage-column-{key}") for key in keys], rows)

    def _show(self, seen: Coverage) -> None:
        self._seen = seen
        named = seen.round.name or say("coverage-no-round")
        since = say("coverage-since", day=seen.round.begins) if seen.round.begins else say("coverage-whole")
        done = say("coverage-sum", inspected=seen.inspected, sites=seen.sites)
        self.sum.setText(site_note(named, since, done))
        self.kinds.show_parts(seen.kinds, self._kind)
        self.streets.show_parts(seen.streets, self._street)
        self.round.show_round(seen.round)
        self._draw()

    def _draw(self) -> None:
        found = self.due()
        self.list.show_rows([self._row(one) for one in found[: self._most]])
        self.list.setVisible(bool(found))
        self.begin.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.more.setVisible(len(found) > self._most)
        self.more.say(say("coverage-more", count=len(found) - self._most))

    def _row(self, one: Due) -> Row:
        seen = days_ago(one.last, self.desk.now()) if one.last else say("coverage-never")
        return Row(
            key=one.site,
            title=one.name,
            note=site_note(one.code, one.kind, one.street),
            icon="map-pin",
            facts=(Fact(seen, tone="muted" if one.last else "warn"),),
            action=say("coverage-plan"),
        )

    def _take_kind(self, name: str | None) -> None:
        self._kind, self._most = name, PAGE
        self._redraw()

    def _take_street(self, name: str | None) -> None:
        self._street, self._most = name, PAGE
        self._redraw()

    def _redraw(self) -> None:
        if self._seen:
            self.kinds.show_parts(self._seen.kinds, self._kind)
            self.streets.show_parts(self._seen.streets, self._street)
        self._draw()

    def _show_more(self) -> None:
        self._most += PAGE
        self._draw()
        self.list.setFocus()

    def _begin_current(self) -> None:
        self.list.open_current()

    def _begin(self, site: str) -> None:
        self.go.emit(Place("begin", which=site))

    def _plan(self, site: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(today.add_to_plan, self.desk.workspace, site, on=self.desk.now().date()),
            done=partial(self._planned, site),
            failed=self.failed.emit,
        )

    def _planned(self, site: str, _: None) -> None:
        name = next((one.name for one in self.due() if one.site == site), "")
        self.told.emit(Told(say("coverage-planned", site=name), icon="calendar-plus"))
        self.changed.emit()

    def _put(self, setting: str, value: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(settings.put, self.desk.workspace, setting, value, now=self.desk.now()),
            done=self._was_put,
            failed=self.failed.emit,
        )

    def _was_put(self, _: settings.Setting) -> None:
        self.refresh()
