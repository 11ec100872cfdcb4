"""What the pages of documents ask for: days and moments as people write them, limits, people, files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.inspection import TimeLimit
from inspector.model.notice import Contact
from inspector.model.person import Person
from inspector.model.words import TimeLimitKind, word
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import ComboField, Field, NumberField
from inspector.ui.widgets.text import ElidedLabel, Label

MOST_N: Final = 366
_DIGITS = re.compile(r"\d+")


def _numbers(text: str) -> list[int]:
    return [int(digits) for digits in _DIGITS.findall(unicodedata.normalize("NFKC", text))]


class DayField(Field):
    """A day: 2026-11-24, 11.24, 2026年11月24日; without a year it is this one's."""

    def __init__(self, label: str, day: date) -> None:
        self.line = TextLine(day.isoformat(), name=label, placeholder=say("notices-day-hint"))
        super().__init__(label, self.line)
        self._year = day.year
        self.line.settled.connect(self._settled)

    def day(self) -> date | None:
        """The day, or None, and then it is asked for in place."""
        self.line.commit()
        numbers = _numbers(self.line.text())
        try:
            found = date(*numbers) if len(numbers) == 3 else date(self._year, *numbers)
        except (TypeError, ValueError):
            self.ask(say("notices-day-ask"))
            return None
        self.ask("")
        return found

    def _settled(self, _: str) -> None:
        self.day()


class MomentField(Field):
    """A day and a time of this laptop's clock: 2026-11-25 10:00."""

    def __init__(self, label: str, moment: datetime) -> None:
        self.line = TextLine(f"{moment:%Y-%m-%d %H:%M}", name=label, placeholder=say("notices-moment-hint"))
        super().__init__(label, self.line)
        self._now = moment
        self.line.settled.connect(self._settled)

    def moment(self) -> datetime | None:
        """The instant, or None, and then it is asked for in place."""
        self.line.commit()
        numbers = _numbers(self.line.text())
        try:
            year, month, day, hour, minute = numbers if len(numbers) == 5 else (self._now.year, *numbers)
            found = datetime(year, month, day, hour, minute, tzinfo=self._now.tzinfo)
        except ValueError:
            self.ask(say("notices-moment-ask"))
            return None
        self.ask("")
        return found

    def _settled(self, _: str) -> None:
        self.moment()


class LimitField(Field):
    """A limit: how many of what."""

    changed = Signal()

    def __init__(self, label: str, *, n: int, kind: TimeLimitKind) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.number = NumberField(name=say("notices-limit-of", what=label), width=64)
        self.number.setText(str(n))
        self.kind = ComboField(name=say("notices-limit-kind-of", what=label))
        for one in TimeLimitKind:
            if one is not TimeLimitKind.AT_ONCE:
                self.kind.addItem(word(one), one)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        row.addWidget(self.number)
        row.addWidget(self.kind, 1)
        super().__init__(label, holder)
        self.number.settled.connect(self._changed)
        self.kind.activated.connect(self._changed)

    def limit(self) -> TimeLimit | None:
        """The limit, or None, and then it is asked for in place."""
        self.number.commit()
        text = self.number.text()
        if not text.isdigit() or not 1 <= int(text) <= MOST_N:
            self.ask(say("notices-limit-ask", most=MOST_N))
            return None
        self.ask("")
        return TimeLimit(kind=self.kind.currentData(), n=int(text))

    def _changed(self, _: object) -> None:
        self.changed.emit()


class PersonField(Field):
    """One of the people. `chosen` when another one is taken."""

    chosen = Signal()

    def __init__(self, label: str) -> None:
        self.combo = ComboField(name=label)
        super().__init__(label, self.combo)
        self._people: dict[str, Person] = {}
        self.combo.activated.connect(self._activated)

    def show_people(self, people: Sequence[Person]) -> None:
        """Those who can be chosen; who was chosen stays."""
        taken = self.combo.currentData()
        self._people = {one.id: one for one in people}
        self.combo.clear()
        for one in people:
            self.combo.addItem(one.name, one.id)
        self.combo.setCurrentIndex(max(0, self.combo.findData(taken)))

    def person(self) -> Person | None:
        """Who is chosen."""
        return self._people.get(self.combo.currentData() or "")

    def _activated(self, _: int) -> None:
        self.chosen.emit()


class ContactFields(QWidget):
    """Whom the unit asks, and where its answer goes."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.name = TextLine(name=say("notices-contact"))
        self.telephone = TextLine(name=say("notices-telephone"))
        self.place = TextLine(name=say("notices-place"))
        across = QHBoxLayout()
        across.setSpacing(8)
        self._name = Field(say("notices-contact"), self.name)
        self._telephone = Field(say("notices-telephone"), self.telephone)
        across.addWidget(self._name, 1)
        across.addWidget(self._telephone, 1)
        column.addLayout(across)
        column.addWidget(Field(say("notices-place"), self.place))

    def show_contact(self, contact: Contact) -> None:
        """The one of the last time; what was typed already stays."""
        for line, text in (
            (self.name, contact.name),
            (self.telephone, contact.telephone),
            (self.place, contact.place),
        ):
            if not line.text():
                line.show_text(text)
                line.setCursorPosition(0)

    def contact(self) -> Contact | None:
        """Who is named, or None, and then he is asked for in place: a unit has to know whom to ask."""
        for line in (self.name, self.telephone, self.place):
            line.commit()
        self._name.ask("" if self.name.text().strip() else say("notices-contact-ask"))
        self._telephone.ask("" if self.telephone.text().strip() else say("notices-telephone-ask"))
        if not self.name.text().strip() or not self.telephone.text().strip():
            return None
        return Contact(
            name=self.name.text().strip(),
            telephone=self.telephone.text().strip(),
            place=self.place.text().strip(),
        )


class FilesField(QWidget):
    """Files that belong to an act: photos, a scan. `several`: more than one may be taken."""

    changed = Signal()

    def __init__(self, label: str, *, kinds: str, several: bool = False) -> None:
        super().__init__()
        self._kinds, self._several, self._label = kinds, several, label
        self.files: tuple[Path, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.choose = Button(label, icon="photo-scan" if not several else "photo-plus", kind="row")
        self.choose.clicked.connect(self._choose)
        row.addWidget(self.choose)
        self._names = ElidedLabel(role="second", tone="muted")
        self._names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(self._names, 1)
        column.addLayout(row)
        self._asked = Label(role="second", tone="bad", wrap=True)
        self._asked.hide()
        column.addWidget(self._asked)

    def take(self, files: Sequence[Path]) -> None:
        """These are meant."""
        self.files = tuple(files)
        self._names.setText(say("ui-list").join(file.name for file in files))
        self.ask("")
        self.changed.emit()

    def ask(self, text: str) -> None:
        """What is missing; an empty text takes it away."""
        self._asked.setText(text)
        self._asked.setVisible(bool(text))

    def _choose(self) -> None:
        if self._several:
            names, _ = QFileDialog.getOpenFileNames(self, self._label, "", self._kinds)
        else:
            name, _ = QFileDialog.getOpenFileName(self, self._label, "", self._kinds)
            names = [name] if name else []
        if names:
            self.take([Path(name) for name in names])
