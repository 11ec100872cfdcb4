"""One finding of a round: what, where, by when; before beside after; what was seen of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.round_papers import Line
from inspector.text import say
from inspector.ui.pictures import Pictures
from inspector.ui.reinspect import words
from inspector.ui.reinspect.judging import Judging
from inspector.ui.reinspect.pane import Pane
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.words import site_note

WORK_PX: Final = 1240


class FindingPage(QFrame):
    """The white column of a round."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("kind", "work")
        self._low = False
        self._line: Line | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 12)
        inner = QWidget()
        inner.setMaximumWidth(theme.look.px(WORK_PX))
        outer.addWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._title = Label(role="section", bold=True, wrap=True)
        self._where = ElidedLabel(role="second", tone="muted")
        self._facts = ElidedLabel(role="second", tone="muted")
        for label in (self._title, self._where, self._facts):
            names.addWidget(label)
        head.addLayout(names, 1)
        self.leave_out = Button(say("round-leave-out"), icon="circle-minus", kind="ghost", flush=True)
        head.addWidget(self.leave_out, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        panes = QHBoxLayout()
        panes.setSpacing(12)
        self.before = Pane(pictures, after=False)
        self.after = Pane(pictures, after=True)
        panes.addWidget(self.before, 1)
        panes.addWidget(self.after, 1)
        column.addLayout(panes, 1)
        self._reported = Label(role="second", tone="muted", wrap=True)
        column.addWidget(self._reported)
        self.judging = Judging()
        column.addWidget(self.judging)

    def show_line(self, line: Line, now: datetime) -> None:
        """The finding, with what was seen of it up to now."""
        self._line = line
        finding = line.finding
        self._title.setText(finding.description or finding.item)
        where, facts = site_note(line.site, finding.place, finding.item), words.facts(line, now)
        self._where.setText(site_note(where, facts) if self._low else where)  # the photos need the room
        self._facts.setText(facts)
        self.before.show_shots(line.before)
        self.after.show_shots(line.after)
        said = finding.report.measures if finding.report else ""
        self._reported.setText(say("round-reported", text=said) if said else "")
        self._reported.setVisible(bool(said))
        self.judging.show_sighting(line.sighting, finding.time_limit, closed=line.closed)
        self.judging.ask(words.lacks(line) if line.sighting.seen is not None else "")

    def fold(self, low: bool, now: datetime) -> None:
        """A `low` window says the same in fewer lines."""
        self._low = low
        self.judging.fold(low)
        self._facts.setVisible(not low)
        if self._line is not None:
            self.show_line(self._line, now)
