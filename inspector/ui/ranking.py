"""排名通报: units by how they put things right in time, as painted bars; beside them the sums, weeks and the 通报.

Places stand only where the office has switched the ranking on; else units stand in the official order.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.errors import Refused
from inspector.model.ranking import Place as Ranked
from inspector.services import bulletins, figures, people, settings
from inspector.services.bulletins import Wanted
from inspector.services.figures import Figures, Period
from inspector.services.settings import RankingRules
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.office.bars import Heads, UnitLine
from inspector.ui.office.ranking_side import Latest, LatestCard, RulesCard, SumsCard, WeeksCard
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Screen
from inspector.ui.widgets.buttons import Segments, primary
from inspector.ui.widgets.frames import EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.text import ElidedLabel, Label

PERIODS: Final = ((7, "ranking-week"), (30, "ranking-month"), (90, "ranking-quarter"))
WEEKS: Final = 6


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows, of one moment; `weeks` are (first day, due, in time)."""

    rules: RankingRules
    figures: Figures
    lines: tuple[Ranked, ...]
    weeks: tuple[tuple[str, int, int], ...]
    latest: Latest | None


class RankingScreen(Screen):
    """The office's page of figures of a period."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("ranking-title"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        self._side = self._make_side()
        row.addWidget(self._side)
        self.begin_at(self.periods)

    def refresh(self) -> None:
        self._skeleton.start()
        days = self.periods.value
        assert isinstance(days, int)
        self.desk.lanes.read.ask(
            self,
            partial(_read, self.desk.workspace, days, self.desk.now()),
            done=self._show,
            failed=self._not_read,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    # ── making

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(8)
        self.write = primary(say("ranking-write"), icon="file-text")
        self.write.clicked.connect(self.draft)
        self.head = PageHead(say("ranking-title"), self.write)
        column.addLayout(self.head)
        self.periods = Segments([(days, say(key)) for days, key in PERIODS], name=say("ranking-period"))
        self.periods.choose(PERIODS[1][0])
        self.periods.chosen.connect(self._chosen)
        column.addWidget(self.periods)
        column.addWidget(self.strip)
        names = QHBoxLayout()
        names.setSpacing(10)
        self._kind = Label(role="title", bold=True)
        self._note = ElidedLabel(role="second", tone="muted")
        names.addWidget(self._kind)
        names.addWidget(self._note, 1)
        column.addLayout(names)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton)
        self._empty = EmptyState("chart-bar", say("ranking-empty"), say("ranking-empty-text"))
        self._empty.hide()
        column.addWidget(self._empty, 1)
        self._heads = Heads()
        self._heads.hide()
        column.addWidget(self._heads)
        self._scrolled = Scrolled(spacing=0)
        # nothing in it takes the focus, and keys must scroll
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scrolled.setAccessibleName(say("ranking-title"))
        self._scrolled.verticalScrollBar().rangeChanged.connect(self._line_up)
        self._scrolled.hide()
        column.addWidget(self._scrolled, 1)
        column.addWidget(Label(say("ranking-formula"), role="second", tone="muted", wrap=True))
        return work

    def _make_side(self) -> Side:
        side = Side()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(16, 16, 16, 16), spacing=12)
        outer.addWidget(scrolled)
        self.sums = SumsCard()
        self.weeks = WeeksCard()
        self.latest = LatestCard(Pictures(self.desk))
        self.latest.opened.connect(self._open_bulletin)
        self.rules = RulesCard()
        self.rules.put.connect(self._put)
        for card in (self.sums, self.weeks, self.latest, self.rules):
            scrolled.body.addWidget(card)
        scrolled.body.addStretch(1)
        return side

    def _line_up(self, _least: int, most: int) -> None:
        """The heads stand over their columns, with a scroll bar and without."""
        self._heads.keep_edge(self._scrolled.verticalScrollBar().sizeHint().width() if most else 0)

    # ── showing

    def _chosen(self, days: object) -> None:
        self.refresh()

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.show_error(error)

    def _show(self, read: Read) -> None:
        self.strip.clear()
        self._skeleton.stop()
        self._skeleton.hide()
        total, period, rules = read.figures.total, read.figures.period, read.rules
        about = {"first": period.first, "last": period.last}
        self.head.about.setText(say("ranking-about", **about, units=len(read.lines), due=total.due))
        self._kind.setText(say("ranking-on" if rules.on else "ranking-off-title"))
        self._note.setText(say("ranking-least", least=rules.least) if rules.on else say("ranking-off-note"))
        self._heads.show_target(rules.target, places=rules.on)
        self._empty.setVisible(not read.lines)
        self._heads.setVisible(bool(read.lines))
        self._scrolled.setVisible(bool(read.lines))
        self.write.setEnabled(bool(total.found or total.due))
        self._show_lines(read)
        self.sums.show_total(total)
        self.weeks.weeks.show_weeks(read.weeks)
        self.latest.show_latest(read.latest)
        self.rules.show_rules(rules)

    def _show_lines(self, read: Read) -> None:
        body = self._scrolled.body
        while body.count():
            item = body.takeAt(0)
            if widget := item.widget():
                widget.deleteLater()
        group = ""
        for line in read.lines:
            if read.rules.on and line.tally.group != group:
                group = line.tally.group  # places are given among peers
                body.addWidget(Label(group, role="second", tone="muted", bold=True))
            body.addWidget(UnitLine(line, target=read.rules.target, places=read.rules.on))
        body.addStretch(1)

    # ── acting

    def draft(self) -> None:
        """生成通报 of the period that is shown."""
        days = self.periods.value
        assert isinstance(days, int)
        self.write.setEnabled(False)
        self.desk.lanes.paper.ask(
            self,
            partial(_draft, self.desk.workspace, days, self.desk.now()),
            done=self._open_bulletin,
            failed=self._not_drafted,
        )

    def _not_drafted(self, error: BaseException) -> None:
        self.write.setEnabled(True)
        self.strip.show_error(error)

    def _open_bulletin(self, which: str) -> None:
        self.go.emit(Place("bulletin", which=which))

    def _put(self, name: str, value: str) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(settings.put, self.desk.workspace, name, value, now=self.desk.now()),
            done=self._was_put,
            failed=self.strip.show_error,
        )

    def _was_put(self, _: settings.Setting) -> None:
        self.refresh()


def _draft(workspace: Workspace, days: int, now: datetime) -> str:
    """A draft of the period, handled by somebody whose key lies here; whoever writes it may name another."""
    here = people.with_key_here(workspace)
    everybody = sorted(people.every(workspace), key=lambda one: one.id not in here)
    if not everybody:
        raise Refused("bulletin-nobody")
    rules = settings.ranking_rules(workspace)
    wanted = Wanted(period=figures.days_back(now, days), handled_by=everybody[0], boards=rules.on)
    return bulletins.draft(workspace, wanted, now=now)


def _read(workspace: Workspace, days: int, now: datetime) -> Read:
    period = figures.days_back(now, days)
    rules = settings.ranking_rules(workspace)
    if rules.on:
        ranked = figures.ranked(workspace, period, at=now)
        seen = ranked.figures
        lines = tuple(one for group in ranked.groups for one in group.places)
    else:
        seen = figures.of(workspace, period, at=now)
        lines = tuple(Ranked(place=None, tally=one) for one in seen.units)
    return Read(
        rules=rules,
        figures=seen,
        lines=tuple(one for one in lines if one.tally.due or one.tally.found),
        weeks=_weeks(workspace, now),
        latest=_latest(workspace),
    )


def _weeks(workspace: Workspace, now: datetime) -> tuple[tuple[str, int, int], ...]:
    """Calendar weeks, which begin on Monday, up to this one."""
    monday = now.date() - timedelta(days=now.weekday())
    begins = [monday - timedelta(days=7 * back) for back in reversed(range(WEEKS))]
    periods = [Period(first=one, last=one + timedelta(days=6)) for one in begins]
    return tuple(
        (one.period.first.isoformat(), one.total.due, one.total.in_time)
        for one in figures.each(workspace, periods, at=now)
    )


def _latest(workspace: Workspace) -> Latest | None:
    row = next((row for row in bulletins.every(workspace) if row.live), None)
    return Latest(row=row, content=bulletins.one(workspace, row.id)[1]) if row else None
