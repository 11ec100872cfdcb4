"""A group of the contact sheet: photos that were taken one after the other, below the time when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.services.album import Picture
from inspector.text import say
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.text import Label
from inspector.ui.widgets.tiles import PhotoTile

GAP: Final = timedelta(minutes=5)  # a pause longer than this begins another group
ROOM_PX: Final = 8


class Group:
    """Its heading and its tiles, in a column."""

    def __init__(self, column: QVBoxLayout) -> None:
        self.photos: list[str] = []
        self._title = Label(role="second", bold=True)
        self._holder = QWidget()
        self._row = FlowLayout(self._holder, gap=ROOM_PX, row_gap=ROOM_PX)
        column.addWidget(self._title)
        column.addWidget(self._holder)

    def begin(self, pictures: Sequence[Picture]) -> None:
        """Which photos it shall have."""
        self._title.setText(_heading(pictures))
        self.photos = [one.photo.sha256 for one in pictures]

    def show_tiles(self, tiles: Sequence[PhotoTile]) -> None:
        """Those that are made."""
        self._row.arrange(tiles)

    def end(self) -> None:
        """It is wanted no more; its tiles may stand in another one by now."""
        self._row.arrange(())
        for widget in (self._title, self._holder):
            widget.hide()
            widget.deleteLater()


def by_time(pictures: Sequence[Picture]) -> list[list[Picture]]:
    """The photos by time, parted where nothing was taken for five minutes; those without a time come last."""
    groups: list[list[Picture]] = []
    before: datetime | None = None
    for picture in pictures:
        moment = picture.photo.moment
        same = groups and (
            (moment is None and before is None) or (moment and before and moment - before <= GAP)
        )
        if same:
            groups[-1].append(picture)
        else:
            groups.append([picture])
        before = moment
    return groups


def _heading(group: Sequence[Picture]) -> str:
    first, last = group[0].photo.moment, group[-1].photo.moment
    if first is None or last is None:
        return say("album-group-no-time", count=len(group))
    begin, end = f"{first:%H:%M}", f"{last:%H:%M}"
    if begin == end:
        return say("album-group-one", time=begin, count=len(group))
    return say("album-group", begin=begin, end=end, count=len(group))
