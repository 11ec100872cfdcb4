"""All sites as they were read last: narrowed at each key, and a row made when it is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from inspector.model.search import Index, words
from inspector.services.site_list import Listed
from inspector.text import say
from inspector.ui import icons
from inspector.ui.widgets.row import Fact, MadeRows, Row
from inspector.ui.words import days_ago, site_note

ROWS_KEPT: Final = 600
SORTS: Final = ("site-sort-longest", "site-sort-code", "site-sort-score", "site-sort-open")
_KEYS: Final[tuple[Callable[[Listed], object], ...]] = (
    lambda one: one.last,
    lambda one: one.site.rank,
    lambda one: one.score if one.score is not None else 10_000,
    lambda one: -one.open_findings,
)


@dataclass(frozen=True)
class Wanted:
    """What one looks for: words that are typed, a kind, a street, a lead unit, and the place of the order in SORTS."""

    text: str = ""
    kind: str = ""
    street: str = ""
    lead: str = ""
    open_only: bool = False
    unchecked_only: bool = False
    sort: int = 0

    @property
    def narrows(self) -> bool:
        """Whether the count says anything."""
        return bool(words(self.text) or self.kind or self.street or self.lead)

    def fits(self, one: Listed) -> bool:
        """Whether a site passes everything but the words."""
        return (
            self.kind in ("", one.site.kind)
            and self.street in ("", one.street)
            and self.lead in ("", one.lead_unit)
            and (bool(one.open_findings) or not self.open_only)
            and (bool(one.unchecked) or not self.unchecked_only)
        )


class Book:
    """`listed` comes with the longest unseen first; `now` says how long ago they were seen."""

    def __init__(self, listed: tuple[Listed, ...], now: datetime) -> None:
        self.listed = listed
        self._now = now
        self._by_id = {one.site.id: one for one in listed}
        self._index = Index([one.search for one in listed])
        self._row = lru_cache(ROWS_KEPT)(self._made)

    def __contains__(self, site: str) -> bool:
        return site in self._by_id

    def narrowed(self, wanted: Wanted) -> list[Listed]:
        """The sites that fit, the best first; among equals as `wanted` says."""
        query = words(wanted.text)
        if not query and wanted == Wanted(text=wanted.text):
            return list(self.listed)
        key = _KEYS[wanted.sort]
        listed = self.listed
        found = [(rank, place) for rank, place in self._index.ranked(query) if wanted.fits(listed[place])]
        found.sort(key=lambda pair: (pair[0], key(listed[pair[1]])))
        return [listed[place] for _, place in found]

    def rows(self, found: list[Listed]) -> MadeRows:
        """Their rows."""
        return MadeRows([one.site.id for one in found], self._row)

    def name(self, site: str) -> str:
        """What a site is called."""
        return self._by_id[site].site.name

    def _made(self, site: str) -> Row:
        one = self._by_id[site]
        ago = days_ago(one.last, self._now) if one.last else ""
        open_words = say("site-open-badge", count=one.open_findings) if one.open_findings else ""
        return Row(
            key=site,
            title=one.site.name,
            note=site_note(one.site.code, one.street, one.kind),
            icon=icons.site_icon(one.site.kind),
            facts=(
                Fact(ago or say("site-not-yet"), tone="muted", width=70),
                Fact(f"{one.score / 10:.1f}" if one.score is not None else "—", tone="text", width=54),
                Fact(open_words, tone="bad", width=72, badge=True),
            ),
        )
