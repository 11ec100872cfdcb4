"""统计: findings by unit and by street: found, due, put right in time, the rate with its denominator, overdue, 反弹; a
unit's dossier of a year."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from inspector.model.ranking import Tally
from inspector.services import dossiers, figures
from inspector.services.dossiers import Dossier
from inspector.services.figures import Figures, Period
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.notices.fields import DayField
from inspector.ui.office.bars import rate_words
from inspector.ui.office.part import DeskPart, SaveButton, save_list
from inspector.ui.screen import Told
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, Segments
from inspector.ui.widgets.dress import Painted, antialiased
from inspector.ui.widgets.fields import Field, NumberField
from inspector.ui.widgets.frames import Card, EmptyState
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.row_painter import RIGHT
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.work import Ticket

DAYS: Final = 30
COLUMNS: Final = ("found", "due", "intime", "rate", "late", "overdue", "reopened")
WIDTHS: Final = {"rate": 66}
COLUMN_PX: Final = 52
GAP_PX: Final = 14  # between facts of a row (widgets.rows)
EDGE_PX: Final = 12
UNITS, STREETS = "units", "streets"


class Heads(Painted):
    """The words over the columns of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._edge = 0
        self.setAccessibleName(say("ui-list").join(say(f"figures-{key}") for key in COLUMNS))

    def keep_edge(self, edge: int) -> None:
        """So many px at the right belong to the scroll bar of the rows below."""
        self._edge = edge
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.color("muted"))
        right = float(self.width() - EDGE_PX - self._edge)
        for key in reversed(COLUMNS):
            wide = max(_width(key), painter.fontMetrics().horizontalAdvance(say(f"figures-{key}")))
            box = QRectF(right - wide, 0, wide, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | RIGHT, say(f"figures-{key}"))
            right -= _width(key) + GAP_PX


class FiguresPart(DeskPart):
    """A line a unit or street, in official order; beside it the one that is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Figures | None = None
        self._ticket: Ticket | None = None
        line = QHBoxLayout()
        line.setSpacing(8)
        self.by = Segments(
            [(UNITS, say("figures-units")), (STREETS, say("figures-streets"))], name=say("figures-by")
        )
        self.by.choose(UNITS)
        self.by.chosen.connect(self._turn)
        line.addWidget(self.by)
        line.addStretch(1)
        self.save = SaveButton(say("figures-title"))
        self.save.asked.connect(self.write)
        line.addWidget(self.save)
        self.work.addLayout(line)
        self.sum = Label(wrap=True)
        self.work.addWidget(self.sum)
        self._heads = Heads()
        self.work.addWidget(self._heads)
        self.list = RowList(name=say("figures-title"))
        self.list.chosen.connect(self._choose)
        self.list.verticalScrollBar().rangeChanged.connect(self._line_up)
        self.work.addWidget(self.list, 1)
        self._empty = EmptyState("chart-bar", say("figures-none"), say("figures-none-text"))
        self.work.addWidget(self._empty, 1)
        self.work.addWidget(Label(say("desk-formula"), role="second", tone="muted", wrap=True))
        self.aside.addWidget(self._make_period())
        self.aside.addWidget(self._make_dossier())
        self.aside.addStretch(1)

    def _make_period(self) -> Card:
        card = Card(say("figures-period"))
        back = figures.days_back(self.desk.now(), DAYS)
        days = QHBoxLayout()
        days.setSpacing(8)
        self.begin = DayField(say("figures-first"), back.first)
        self.end = DayField(say("figures-last"), back.last)
        for field in (self.begin, self.end):
            field.line.settled.connect(self._period_typed)
            days.addWidget(field, 1)
        card.body.addLayout(days)
        return card

    def _make_dossier(self) -> Card:
        self.dossier = Card(say("dossier-title"))
        self.unit = Label(bold=True, wrap=True)
        self.dossier.add(self.unit)
        self.dossier.add(Label(say("dossier-note"), role="second", tone="muted", wrap=True))
        self.year = NumberField(name=say("dossier-year"), width=88)
        self.year.show_text(str(self.desk.now().year))
        self.dossier.add(Field(say("dossier-year"), self.year))
        self.make = Button(say("dossier-make"), icon="folder")
        self.make.clicked.connect(self._choose_folder)
        self.dossier.add(self.make)
        return self.dossier

    def first(self) -> QWidget:
        return self.list

    def refresh(self) -> None:
        period = self.period()
        if period is None:
            return
        lane = self.desk.lanes.read
        if self._ticket is not None:
            lane.cancel(self._ticket)
        self._ticket = lane.ask(
            self,
            partial(_read, self.desk.workspace, *period, self.desk.now()),
            done=self._show,
            failed=self.failed.emit,
        )

    def period(self) -> tuple[date, date] | None:
        """The days that are typed; None while one of them is none."""
        first, last = self.begin.day(), self.end.day()
        return (first, last) if first and last else None

    def write(self, file: Path) -> None:
        """The figures as a file."""
        keys = ("name", "group", *COLUMNS)
        rows = [
            (
                one.name,
                one.group,
                one.found,
                one.due,
                one.in_time,
                rate_words(one),
                one.late,
                one.overdue,
                one.reopened,
            )
            for one in self._tallies()
        ]
        save_list(self, file, [say(f"figures-{key}") for key in keys], rows)

    def _tallies(self) -> tuple[Tally, ...]:
        if self._seen is None:
            return ()
        return self._seen.units if self.by.value == UNITS else self._seen.streets

    def _line_up(self, _least: int, most: int) -> None:
        """The heads stand over their columns, with a scroll bar and without."""
        self._heads.keep_edge(self.list.verticalScrollBar().sizeHint().width() if most else 0)

    def _turn(self, _: object) -> None:
        self._draw()

    def _period_typed(self, _: str) -> None:
        self.refresh()

    def _show(self, seen: Figures) -> None:
        self._seen = seen
        total = seen.total
        values = {
            "found": total.found,
            "due": total.due,
            "in_time": total.in_time,
            "rate": rate_words(total),
            "overdue": total.overdue,
            "reopened": total.reopened,
        }
        self.sum.setText(say("figures-sum", **values))
        self._draw()

    def _draw(self) -> None:
        found = self._tallies()
        self.list.show_rows([_row(one) for one in found])
        for widget in (self.list, self._heads):
            widget.setVisible(bool(found))
        self._empty.setVisible(not found)
        if found and not self.list.current():
            self.list.step(1)
        self._choose(self.list.current())

    def _choose(self, key: str) -> None:
        of_units = self.by.value == UNITS
        one = next((one for one in self._tallies() if one.id == key), None) if of_units else None
        self.unit.setText(one.name if one else say("dossier-choose"))
        self.make.setEnabled(one is not None)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("dossier-make"))
        if folder:
            self.write_dossier(Path(folder))

    def write_dossier(self, folder: Path) -> None:
        """The dossier of the unit that is chosen, in a folder of its own below `folder`."""
        self.year.commit()
        unit = self.list.current()
        if not unit or not self.year.text():
            return
        self.make.setEnabled(False)
        self.desk.lanes.paper.ask(
            self,
            partial(
                dossiers.of_unit,
                self.desk.workspace,
                unit,
                int(self.year.text()),
                folder,
                now=self.desk.now(),
            ),
            done=self._wrote,
            failed=self._not_written,
        )

    def _wrote(self, done: Dossier) -> None:
        self.make.setEnabled(True)
        pieces, missing = (len(done.case.pieces), done.case.missing) if done.case else (0, 0)
        text = say("dossier-done", pieces=pieces, missing=missing, folder=done.folder.name)
        self.told.emit(Told(text, icon="folder"))

    def _not_written(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        self.failed.emit(error)


def _read(workspace: Workspace, first: date, last: date, now: datetime) -> Figures:
    return figures.of(workspace, Period(first=first, last=last), at=now)


def _width(key: str) -> int:
    return theme.look.px(WIDTHS.get(key, COLUMN_PX))


def _row(one: Tally) -> Row:
    values = {
        "found": str(one.found),
        "due": str(one.due),
        "intime": str(one.in_time),
        "rate": rate_words(one),
        "late": str(one.late),
        "overdue": str(one.overdue),
        "reopened": str(one.reopened),
    }
    bad = {"overdue": one.overdue, "reopened": one.reopened}
    facts = tuple(
        Fact(
            values[key],
            width=WIDTHS.get(key, COLUMN_PX),
            tone="bad" if bad.get(key) else "text",
            bold=key == "rate",
        )
        for key in COLUMNS
    )
    return Row(key=one.id, title=one.name, note=one.group, facts=facts)
