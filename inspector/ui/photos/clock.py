"""校正时间: a phone whose clock was wrong gets one correction; the camera's own time stays beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector.model.photo import Photo
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.text import Label

FIELD_PX = 190
HALF_DAY = timedelta(hours=12)


class ClockCard(Card):
    """`shifted` with the seconds that are added to the times of all photos of that phone; 0 takes it back."""

    shifted = Signal(int)

    def __init__(self) -> None:
        super().__init__(say("clock-title"))
        self._photo: Photo | None = None
        fold = IconButton("x", say("ui-fold"))
        fold.clicked.connect(self.hide)
        self.head.addWidget(fold)
        self._about = Label(role="second", tone="muted", wrap=True)
        self.add(self._about)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = TextLine(name=say("clock-real"), placeholder=say("clock-hint"))
        self.line.setMaximumWidth(theme.look.px(FIELD_PX))
        self.line.returnPressed.connect(self._enter)
        self._field = Field(say("clock-real"), self.line)
        row.addWidget(self._field)
        self.put = Button(say("clock-put"), icon="clock")
        self.put.clicked.connect(self._enter)
        row.addWidget(self.put)
        self.back = Button(say("clock-back"), kind="ghost")
        self.back.clicked.connect(self._take_back)
        row.addWidget(self.back)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def pop(self, photo: Photo, count: int) -> None:
        """Open for the phone that took `photo`, with `count` photos of its own here."""
        self._photo = photo
        camera = photo.camera or say("clock-unknown")
        self._about.setText(say("clock-about", camera=camera, count=count, time=photo.taken_at[11:16]))
        moment = photo.moment
        self.line.setText(f"{moment:%H:%M}" if moment else "")
        self._field.ask("")
        self.back.setVisible(bool(photo.shift_seconds))
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def _enter(self) -> None:
        self.line.commit()
        photo = self._photo
        seconds = seconds_between(photo, self.line.text()) if photo else None
        self._field.ask("" if seconds is not None else say("clock-ask"))
        if seconds is not None:
            self.hide()
            self.shifted.emit(seconds)

    def _take_back(self) -> None:
        self.hide()
        self.shifted.emit(0)


def seconds_between(photo: Photo, text: str) -> int | None:
    """What is added to the camera's time so that it says `text`: 10:40, or 2026-11-24 10:40. A time of day alone is
    the nearest one. None if it is no time, or the photo has none."""
    if not photo.taken_at:
        return None
    taken = datetime.fromisoformat(photo.taken_at)
    typed = text.strip().replace("：", ":")
    try:
        if len(typed) > len("10:40:00"):
            real = datetime.fromisoformat(typed).replace(tzinfo=taken.tzinfo)
        else:
            real = datetime.combine(taken.date(), datetime.strptime(typed, "%H:%M").time(), taken.tzinfo)  # noqa: DTZ007
            real = min((real + timedelta(days=days) for days in (-1, 0, 1)), key=lambda one: abs(one - taken))
    except ValueError:
        return None
    return round((real - taken.replace(second=0)).total_seconds())
