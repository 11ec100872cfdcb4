"""The card of the laptops: where second copies lie, and what each laptop lacks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inspector.services.copies import Copy
from inspector.text import say
from inspector.ui.sync.calls import Read
from inspector.ui.sync.rows import copy_words, laptop_row
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Badge

TONES: Final = {Copy.HERE: "warn", Copy.HANDED: "accent", Copy.SECOND: "ok"}


class LaptopsCard(Card):
    """只在本机 · 已交 U 盘（等回执） · 已有第二份, then this laptop and the others."""

    def __init__(self) -> None:
        super().__init__(say("sync-laptops"), note=say("sync-laptops-note"))
        badges = FlowLayout(gap=8, row_gap=4)
        self.copies = {copy: Badge(tone=tone) for copy, tone in TONES.items()}
        for badge in self.copies.values():
            badges.addWidget(badge)
        self.body.addLayout(badges)
        self.list = RowList(name=say("sync-laptops"), fitted=True)
        self.add(self.list)

    def show_read(self, read: Read, now: datetime) -> None:
        """How many inspections lie where, and the laptops."""
        seen = read.overview
        second = seen.inspections - seen.inspections_here - seen.inspections_handed
        counts = {
            Copy.HERE: seen.inspections_here,
            Copy.HANDED: seen.inspections_handed,
            Copy.SECOND: second,
        }
        for copy, count in counts.items():
            self.copies[copy].show_fact(copy_words(copy, count), TONES[copy] if count else "muted")
        self.list.show_rows([laptop_row(one, read.overview.missing, now) for one in read.laptops])

    def others(self) -> list[tuple[str, str]]:
        """The other laptops: id and name."""
        return [(row.key, row.title) for row in self.list.rows.rows[1:]]
