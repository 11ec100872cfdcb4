"""Cases of a 通报: what is shown in pictures, out of what may be. A press, Enter or the space bar takes one or leaves
it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from inspector.model.bulletin import Case
from inspector.text import say
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import short_day, site_note

MOST: Final = 12  # six pages of photos


class _Cases(RowList):
    """The space bar turns a row, as a tick."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)


class CasesCard(Card):
    """`changed` gives the findings that are taken, in the order in which they are printed."""

    changed = Signal(object)

    def __init__(self, title: str, pictures: Pictures, *, none: str) -> None:
        super().__init__(title)
        self._pictures = pictures
        self._offered: tuple[Case, ...] = ()
        self._taken: list[str] = []
        self._all = False
        self.more = Button("", icon="list", kind="row")
        self.more.clicked.connect(self._turn_all)
        self.head.addWidget(self.more)
        self._none = Label(none, role="second", tone="muted", wrap=True)
        self.add(self._none)
        self.list = _Cases(name=title, picture=pictures.image, fitted=True)
        self.list.opened.connect(self._turn)
        pictures.arrived.connect(self.list.show_picture)
        self.add(self.list)
        self._draw()

    def show_cases(self, taken: Sequence[Case], offered: Sequence[Case]) -> None:
        """What is printed now, and what may be besides."""
        self._taken = [case.finding for case in taken]
        known = {case.finding: case for case in (*taken, *offered)}
        self._offered = tuple(known.values())
        self._draw()

    def freeze(self, frozen: bool) -> None:
        """What is issued does not change."""
        self._all = self._all and not frozen
        self.more.setVisible(not frozen)
        self.list.setEnabled(not frozen)
        self._draw()

    def _turn_all(self) -> None:
        self._all = not self._all
        self._draw()

    def _turn(self, finding: str) -> None:
        if not self._all:
            return
        if finding in self._taken:
            self._taken.remove(finding)
        elif len(self._taken) < MOST:
            self._taken.append(finding)
        else:
            return
        self._draw()
        self.changed.emit(tuple(self._taken))

    def _draw(self) -> None:
        self.note.setText(say("bulletins-cases-count", count=len(self._taken), most=MOST))
        self.more.say(say("bulletins-cases-close") if self._all else say("bulletins-cases-choose"))
        order = {finding: n for n, finding in enumerate(self._taken)}
        shown = [case for case in self._offered if self._all or case.finding in order]
        shown.sort(key=lambda case: order.get(case.finding, len(order)))
        self.list.show_rows([_row(case, taken=case.finding in order, ticks=self._all) for case in shown])
        self.list.setVisible(bool(shown))
        self._none.setVisible(not shown)


def _row(case: Case, *, taken: bool, ticks: bool) -> Row:
    if case.closed:
        state = Fact(say("bulletins-closed", day=short_day(case.closed)), tone="ok", badge=True)
    else:
        state = Fact(say("bulletins-open"), tone="warn", badge=True)
    photos = Fact(say("bulletins-photos", before=len(case.before), after=len(case.after)))
    word = say("bulletins-taken") if taken else ""
    tick = Fact(
        word, icon="square-check" if taken else "square", tone="accent" if taken else "muted", width=64
    )
    return Row(
        key=case.finding,
        photo=case.before[0].sha256 if case.before else "",
        icon="photo-off",
        title=f"{case.site}{case.place}" + say("ui-comma") + case.description,
        note=site_note(case.unit.name, say("bulletins-found", day=short_day(case.found_on))),
        facts=(photos, state, *((tick,) if ticks else ())),
        faint=ticks and not taken,
    )
