"""The fields that deeds ask for, each with its label and its red line. `read` gives what was said, by the names of
`model.deed.Said`, or None when it cannot be read; then it is asked for in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.model.inspection import TimeLimit
from inspector.model.words import TimeLimitKind
from inspector.services.deeds import Group
from inspector.text import say
from inspector.ui.imewise import TextArea, TextLine
from inspector.ui.notices.fields import DayField, LimitField, MomentField
from inspector.ui.widgets.buttons import Chip, Segments
from inspector.ui.widgets.fields import ComboField, Field
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import Label

Given = Mapping[str, Any]
AREA_LINES: Final = 3
DAYS_OF_A_LIMIT: Final = 3


class Line(Field):
    """One line of text."""

    def __init__(self, key: str, label: str, *, text: str = "", hint: str = "") -> None:
        self.line = TextLine(text, name=label, placeholder=hint)
        super().__init__(label, self.line)
        self._key = key

    def read(self) -> Given | None:
        self.line.commit()
        return {self._key: self.line.text().strip()}


class Lines(Field):
    """Several lines of text."""

    def __init__(self, key: str, label: str, *, hint: str = "") -> None:
        self.area = TextArea(name=label, placeholder=hint)
        self.area.setMaximumHeight(self.area.fontMetrics().lineSpacing() * AREA_LINES + 26)
        super().__init__(label, self.area)
        self._key = key

    def read(self) -> Given | None:
        self.area.commit()
        return {self._key: self.area.text().strip()}


class Told(MomentField):
    """When it was said."""

    def read(self) -> Given | None:
        moment = self.moment()
        return None if moment is None else {"at": moment.isoformat(timespec="seconds")}


class Due(DayField):
    """The new last day."""

    def read(self) -> Given | None:
        day = self.day()
        return None if day is None else {"due": day.isoformat()}


class Finished(DayField):
    """When it was done; one may not know."""

    def read(self) -> Given | None:
        self.line.commit()
        if not self.line.text().strip():
            self.ask("")
            return {"finished": ""}
        day = self.day()
        return None if day is None else {"finished": day.isoformat()}

    @classmethod
    def unknown(cls, label: str, today: date) -> Finished:
        """Empty, of this year."""
        field = cls(label, today)
        field.line.show_text("")
        return field


class Limit(LimitField):
    """A time limit."""

    def __init__(self, label: str, before: TimeLimit | None) -> None:
        fits = before is not None and before.kind is not TimeLimitKind.AT_ONCE
        usual = before if fits and before else TimeLimit(kind=TimeLimitKind.WORKDAY, n=DAYS_OF_A_LIMIT)
        super().__init__(label, n=usual.n, kind=usual.kind)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.number.setFocus(reason)

    def read(self) -> Given | None:
        limit = self.limit()
        return None if limit is None else {"limit": limit}


class Ways(Field):
    """By which way, in words: the usual ones by one press."""

    def __init__(self, label: str, usual: Sequence[str]) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.chips = [Chip(text) for text in usual]
        row = FlowLayout(gap=6)
        for chip in self.chips:
            row.addWidget(chip)
        column.addLayout(row)
        self.line = TextLine(name=label, placeholder=say("findings-way-hint"))
        column.addWidget(self.line)
        super().__init__(label, holder)
        self.line.textChanged.connect(self._typed)
        for chip in self.chips:
            chip.clicked.connect(partial(self._take, chip.text()))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.chips[0].setFocus(reason)

    def read(self) -> Given | None:
        self.line.commit()
        return {"way": self.line.text().strip()}

    def _take(self, text: str) -> None:
        self.line.setText(text)

    def _typed(self, text: str) -> None:
        for chip in self.chips:
            chip.setChecked(chip.text() == text.strip())


class Receivers(Field):
    """To whom: one line, or one for each lead unit."""

    def __init__(self, label: str, groups: Sequence[Group]) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.lines: dict[str, TextLine] = {}
        for group in groups:
            name = group.label or say("findings-group-unit-none")
            if len(groups) > 1:
                about = say("findings-receiver-of", unit=name, count=group.count)
                column.addWidget(Label(about, role="hint", tone="muted", wrap=True))
            line = TextLine(
                name=say("findings-receiver-name", unit=name), placeholder=say("findings-receiver-hint")
            )
            self.lines[group.unit] = line
            column.addWidget(line)
        super().__init__(label, holder)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The first that is empty."""
        empty = next((line for line in self.lines.values() if not line.text().strip()), None)
        (empty or next(iter(self.lines.values()))).setFocus(reason)

    def read(self) -> Given | None:
        for line in self.lines.values():
            line.commit()
        said = {unit: line.text().strip() for unit, line in self.lines.items()}
        return {"to": said if len(said) > 1 else next(iter(said.values()), "")}


class Pick(Field):
    """One of a list."""

    def __init__(self, key: str, label: str, choices: Iterable[tuple[str, str]], *, none: str) -> None:
        """`choices` are (value, text)."""
        self.combo = ComboField(name=label)
        self.combo.addItem(none, "")
        for value, text in choices:
            self.combo.addItem(text, value)
        super().__init__(label, self.combo)
        self._key = key

    def read(self) -> Given | None:
        return {self._key: self.combo.currentData() or ""}


class Choose(Field):
    """One of a few; `changed` when another is taken."""

    changed = Signal(object)

    def __init__(
        self, key: str, label: str, choices: Sequence[tuple[Any, str]], *, first: Any = None
    ) -> None:
        self.segments = Segments(choices, name=label)
        self.segments.choose(first)
        super().__init__(label, self.segments)
        self._key = key
        self.segments.chosen.connect(self.changed)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.segments.setFocus(reason)

    def read(self) -> Given | None:
        return {self._key: self.segments.value}
