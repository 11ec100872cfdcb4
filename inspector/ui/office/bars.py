"""Bars of the ranking, painted: a unit a line with its rate against the target, and weeks beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from inspector.model.bulletin import reaches
from inspector.model.ranking import Place, Tally
from inspector.text import say
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.words import short_day

LINE_PX: Final = 56
COLUMNS: Final = ("ranking-due", "ranking-overdue", "ranking-moved")
COLUMN_DIGITS: Final = 7
PLACE_DIGITS: Final = 4
NAME_DIGITS: Final = 14
RATE_DIGITS: Final = 8
BAR_PX: Final = 20
WEEKS_PX: Final = 150
END: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Across:
    """Where things stand in a line of this width, in digits of its font; with `places` at the left, or without."""

    def __init__(self, painter: QPainter, width: int, *, places: bool) -> None:
        painter.setFont(theme.font("body", bold=True))
        self.digit = painter.fontMetrics().horizontalAdvance("0")
        self.column = COLUMN_DIGITS * self.digit
        self.name = min(NAME_DIGITS * self.digit, width // 4)
        self.names = (PLACE_DIGITS if places else 0) * self.digit
        self.left = self.names + self.name
        self.right = width - len(COLUMNS) * self.column
        self.room = max(20, self.right - self.left - RATE_DIGITS * self.digit)

    def column_box(self, place: int, height: float) -> QRectF:
        """The box of a column of numbers."""
        return QRectF(self.right + place * self.column, 0, self.column - self.digit, height)


class Heads(Painted):
    """What the columns of numbers count, and where the target lies."""

    def __init__(self) -> None:
        super().__init__()
        self._target = self._edge = 0
        self._places = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keep_edge(self, edge: int) -> None:
        """So many px at the right belong to the scroll bar of the lines below."""
        self._edge = edge
        self.update()

    def show_target(self, target: int, *, places: bool) -> None:
        self._target, self._places = target, places
        self.setAccessibleName(say("ranking-target", target=target))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, theme.look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        across = _Across(painter, self.width() - self._edge, places=self._places)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.color("muted"))
        for place, key in enumerate(COLUMNS):
            painter.drawText(across.column_box(place, self.height()), END, say(key))
        at = across.left + across.room * self._target / 100
        box = QRectF(at - 60, 0, 120, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, say("ranking-target", target=self._target))


class UnitLine(Painted):
    """A unit: its place, its name, its bar with the rate in digits, how many were due and overdue, how it moved. The
    bar is dark where the target is reached, grey below it, red below three quarters of it; the digits say the same."""

    def __init__(self, line: Place, *, target: int, places: bool) -> None:
        super().__init__()
        self._line = line
        self._target, self._places = target, places
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tally = line.tally
        place = say("ranking-line-place", place=line.place) if line.place else ""
        values = {"name": tally.name, "rate": rate_words(tally), "due": tally.due, "overdue": tally.overdue}
        said = say("ranking-line", place=place, **values)
        self.setAccessibleName(said)
        self.setToolTip(said)

    def sizeHint(self) -> QSize:
        return QSize(360, theme.look.px(LINE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        across = _Across(painter, self.width(), places=self._places)
        self._paint_name(painter, across)
        self._paint_bar(painter, across)
        self._paint_numbers(painter, across)
        painter.setPen(pen("line", theme.look.border))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _paint_name(self, painter: QPainter, across: _Across) -> None:
        height = self.height()
        if self._places:
            painter.setPen(theme.color("text" if self._line.place else "muted"))
            place = str(self._line.place or say("ranking-none"))
            painter.drawText(QRectF(0, 0, 3 * across.digit, height), END, place)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        room = int(across.name - across.digit)
        name = painter.fontMetrics().elidedText(self._line.tally.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(across.names, 0, room, height), MIDDLE, name)

    def _paint_bar(self, painter: QPainter, across: _Across) -> None:
        tally, height, token = self._line.tally, self.height(), self._token()
        bar = QRectF(across.left, height / 2 - BAR_PX / 2, across.room * (tally.tenths or 0) / 1000, BAR_PX)
        if tally.tenths:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(token))
            painter.drawRoundedRect(bar, RADIUS["key"], RADIUS["key"])
        dashed = pen("muted", theme.look.border)
        dashed.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        at = int(across.left + across.room * self._target / 100)
        painter.drawLine(at, 0, at, height)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("bad" if token == "bad" else "text" if tally.due else "muted"))
        digits = QRectF(bar.right() + across.digit / 2, 0, RATE_DIGITS * across.digit, height)
        painter.fillRect(painter.boundingRect(digits, MIDDLE, rate_words(tally)), theme.color("surface"))
        painter.drawText(digits, MIDDLE, rate_words(tally))

    def _paint_numbers(self, painter: QPainter, across: _Across) -> None:
        tally, height = self._line.tally, self.height()
        painter.setFont(theme.font("body"))  # one weight in a column: digits of two do not line up
        painter.setPen(theme.color("text" if tally.due else "muted"))
        painter.drawText(across.column_box(0, height), END, str(tally.due))
        painter.setPen(theme.color("bad" if tally.overdue else "muted"))
        painter.drawText(across.column_box(1, height), END, str(tally.overdue or say("ranking-none")))
        moved = self._line.moved or 0
        painter.setPen(theme.color("ok" if moved > 0 else "bad" if moved < 0 else "muted"))
        word = (
            say("ranking-up" if moved > 0 else "ranking-down", n=abs(moved)) if moved else say("ranking-none")
        )
        painter.drawText(across.column_box(2, height), END, word)

    def _token(self) -> str:
        tally = self._line.tally
        if reaches(tally.in_time, tally.due, target=self._target):
            return "accent"
        if not tally.due:
            return "chart"
        return "chart" if reaches(tally.in_time * 4, tally.due * 3, target=self._target) else "bad"


class Weeks(Painted):
    """Pairs of bars, a week each: how many were due, how many of them were put right in time. The latest has digits."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: tuple[tuple[str, int, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_weeks(self, weeks: Sequence[tuple[str, int, int]]) -> None:
        """Each with its first day (a date), due, in time; the earliest first."""
        self._weeks = tuple(weeks)
        said = [say("ranking-week-of", day=short_day(day), due=due, in_time=good) for day, due, good in weeks]
        self.setAccessibleName(say("ui-list").join(said))
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.look.px(WEEKS_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._weeks:
            return
        painter = antialiased(self)
        painter.setFont(theme.font("hint"))
        text = painter.fontMetrics().height()
        room = self.height() - 2 * text - 8
        most = max(max(due, good) for _, due, good in self._weeks) or 1
        step = self.width() / len(self._weeks)
        wide = min(18.0, step / 3)
        for n, (day, due, good) in enumerate(self._weeks):
            middle = step * (n + 0.5)
            for side, (count, token) in enumerate(((due, "chart"), (good, "accent"))):
                tall = room * count / most
                left = middle + (side - 1) * (wide + 1) + 0.5
                bar = QRectF(left, text + 2 + room - tall, wide, tall)
                painter.fillRect(bar, theme.color(token))
                if n == len(self._weeks) - 1:
                    painter.setPen(theme.color("text"))
                    above = QRectF(left - 12, bar.top() - text, wide + 24, text)
                    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))
            painter.setPen(theme.color("muted"))
            label = QRectF(middle - step / 2, self.height() - text, step, text)
            painter.drawText(
                label,
                Qt.AlignmentFlag.AlignCenter,
                say("ranking-week-short", month=int(day[5:7]), day=int(day[8:10])),
            )
        painter.setPen(pen("line", theme.look.border))
        painter.drawLine(0, int(text + 3 + room), self.width(), int(text + 3 + room))


def rate_words(tally: Tally) -> str:
    """96.2%, of a tally; a dash where nothing was due."""
    if tally.tenths is None:
        return say("ranking-none")
    return say("desk-rate", whole=tally.tenths // 10, tenth=tally.tenths % 10)
