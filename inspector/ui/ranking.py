"""排名通报: units by how they put things right in time, as painted bars; what a round still misses at the right.

Places stand only where the office has switched the ranking on; else units stand in the official order.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from inspector.model import ranking
from inspector.model.bulletin import reaches
from inspector.model.ranking import Place as Ranked
from inspector.model.ranking import Tally
from inspector.services import coverage, figures, settings
from inspector.services.coverage import Coverage
from inspector.services.figures import Figures
from inspector.services.settings import RankingRules
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Segments
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.text import ElidedLabel, Label

RIGHT_PX: Final = 340
NARROW_PX: Final = 260
LINE_PX: Final = 56
PERIODS: Final = ((7, "ranking-week"), (30, "ranking-month"), (90, "ranking-quarter"))
MOST_PARTS: Final = 6
COLUMN_DIGITS: Final = 7


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows, of one moment."""

    rules: RankingRules
    figures: Figures
    lines: tuple[Ranked, ...]
    coverage: Coverage


class RankingScreen(Screen):
    """The office's desk: figures of a period."""

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

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(8)
        self.head = PageHead(say("ranking-title"))
        column.addLayout(self.head)
        self.periods = Segments([(days, say(key)) for days, key in PERIODS], name=say("ranking-period"))
        self.periods.choose(PERIODS[1][0])
        self.periods.chosen.connect(self._chosen)
        column.addWidget(self.periods)
        column.addWidget(self.strip)
        self._kind = Label(role="title", bold=True)
        self._note = ElidedLabel(role="second", tone="muted")
        column.addWidget(self._kind)
        column.addWidget(self._note)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton)
        self._empty = EmptyState("chart-bar", say("ranking-empty"), say("ranking-empty-text"))
        self._empty.hide()
        column.addWidget(self._empty, 1)
        self._heads = Heads()
        self._heads.hide()
        column.addWidget(self._heads)
        self._scrolled = Scrolled(spacing=0)
        self._scrolled.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # nothing in it takes the focus, and keys must scroll
        self._scrolled.setAccessibleName(say("ranking-title"))
        self._scrolled.hide()
        column.addWidget(self._scrolled, 1)
        column.addWidget(Label(say("ranking-formula"), role="second", tone="muted", wrap=True))
        return work

    def _make_side(self) -> Side:
        side = Side(wide=RIGHT_PX, narrow=NARROW_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self._sums = Card()
        sums = QHBoxLayout()
        self._counts: dict[str, Label] = {}
        for key, tone in (
            ("ranking-in-time", "text"),
            ("ranking-rate", "accent"),
            ("ranking-late", "bad"),
        ):
            part = QVBoxLayout()
            self._counts[key] = Label(say("ranking-none"), role="page", bold=True, tone=tone)
            part.addWidget(self._counts[key])
            part.addWidget(Label(say(key), role="second", tone="muted"))
            sums.addLayout(part)
        self._sums.body.addLayout(sums)
        column.addWidget(self._sums)
        self._covered = Card(say("ranking-coverage"))
        self._covered_sum = Label(wrap=True)
        self._covered.add(self._covered_sum)
        self._parts = [ElidedLabel(role="second", tone="muted") for _ in range(MOST_PARTS)]
        for label in self._parts:
            self._covered.add(label)
        self.sites = Button(say("ranking-sites"), icon="map-pin")
        self.sites.clicked.connect(partial(self.go.emit, Place("sites")))
        self._covered.add(self.sites)
        column.addWidget(self._covered)
        column.addStretch(1)
        return side

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
        total = read.figures.total
        period = read.figures.period
        about = {"first": period.first, "last": period.last}
        self.head.about.setText(say("ranking-about", **about, units=len(read.lines), due=total.due))
        self._kind.setText(say("ranking-on" if read.rules.on else "ranking-off-title"))
        note = say("ranking-least", least=read.rules.least) if read.rules.on else say("ranking-off-note")
        self._note.setText(note + " · " + say("ranking-target", target=read.rules.target))
        self._empty.setVisible(not read.lines)
        self._heads.setVisible(bool(read.lines))
        self._scrolled.setVisible(bool(read.lines))
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
            body.addWidget(UnitLine(line, target=read.rules.target))
        body.addStretch(1)
        self._counts["ranking-in-time"].setText(str(total.in_time))
        self._counts["ranking-rate"].setText(_rate(total))
        self._counts["ranking-late"].setText(str(total.overdue))
        self._show_coverage(read.coverage)

    def _show_coverage(self, seen: Coverage) -> None:
        self._covered_sum.setText(say("ranking-coverage-sum", inspected=seen.inspected, sites=seen.sites))
        for place, label in enumerate(self._parts):
            label.setVisible(place < len(seen.kinds))
            if place < len(seen.kinds):
                part = seen.kinds[place]
                values = {"name": part.name, "inspected": part.inspected, "sites": part.sites}
                label.setText(say("ranking-coverage-part", **values))


class Heads(Painted):
    """What the two columns of numbers count, above them."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(360, theme.look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        painter.setFont(theme.font("body", bold=True))
        digit = painter.fontMetrics().horizontalAdvance("0")
        columns = COLUMN_DIGITS * digit
        painter.setFont(theme.font("second"))
        painter.setPen(theme.color("muted"))
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for place, key in enumerate(("ranking-overdue", "ranking-due"), 1):
            box = QRectF(self.width() - place * columns, 0, columns - digit, self.height())
            painter.drawText(box, end, say(key))


class UnitLine(Painted):
    """A unit: its place, its name, its bar with the rate in digits, how many were due and are overdue. The bar is dark
    where the target is reached, grey below it, red below three quarters of it; the digits say the same."""

    def __init__(self, line: Ranked, *, target: int) -> None:
        super().__init__()
        self._line = line
        self._target = target
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tally = line.tally
        place = say("ranking-line-place", place=line.place) if line.place else ""
        values = {"name": tally.name, "rate": _rate(tally), "due": tally.due, "overdue": tally.overdue}
        said = say("ranking-line", place=place, **values)
        self.setAccessibleName(said)
        self.setToolTip(said)

    def sizeHint(self) -> QSize:
        return QSize(360, theme.look.px(LINE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        tally = self._line.tally
        font = theme.font("body", bold=True)
        painter.setFont(font)
        digit = painter.fontMetrics().horizontalAdvance("0")
        height = self.height()
        columns = COLUMN_DIGITS * digit
        name_width = min(14 * digit, self.width() // 3)
        left, right = 4 * digit + name_width, self.width() - 2 * columns
        room = max(20, right - left - 8 * digit)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("text"))
        place = str(self._line.place or say("ranking-none"))
        painter.drawText(QRectF(0, 0, 3 * digit, height), middle | Qt.AlignmentFlag.AlignRight, place)
        painter.setFont(theme.font("body"))
        name = painter.fontMetrics().elidedText(tally.name, Qt.TextElideMode.ElideRight, name_width)
        painter.drawText(QRectF(4 * digit, 0, name_width, height), middle, name)
        bar = QRectF(left, height / 2 - 10, room * (tally.tenths or 0) / 1000, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._token()))
        painter.drawRoundedRect(bar, 3, 3)
        dashed = pen("muted", 1)
        dashed.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        at = left + room * self._target / 100
        painter.drawLine(int(at), 0, int(at), height)
        painter.setFont(font)
        painter.setPen(theme.color("bad" if self._token() == "bad" else "text"))
        digits = QRectF(bar.right() + digit / 2, 0, 8 * digit, height)
        shown = painter.boundingRect(digits, middle, _rate(tally))
        painter.fillRect(shown, theme.color("surface"))
        painter.drawText(digits, middle, _rate(tally))
        painter.setPen(theme.color("text"))
        end = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(right, 0, columns - digit, height), end, str(tally.due))
        painter.setPen(theme.color("bad" if tally.overdue else "muted"))
        overdue = str(tally.overdue) if tally.overdue else say("ranking-none")
        painter.drawText(QRectF(right + columns, 0, columns - digit, height), end, overdue)
        painter.setPen(pen("line", 1))
        painter.drawLine(0, height - 1, self.width(), height - 1)

    def _token(self) -> str:
        tally = self._line.tally
        if reaches(tally.in_time, tally.due, target=self._target):
            return "accent"
        return "chart" if reaches(tally.in_time * 4, tally.due * 3, target=self._target) else "bad"


def _rate(tally: Tally) -> str:
    tenths = ranking.rate(tally.in_time, tally.due)
    if tenths is None:
        return say("ranking-none")
    return say("desk-rate", whole=tenths // 10, tenth=tenths % 10)


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
        coverage=coverage.of(workspace, now=now),
    )
