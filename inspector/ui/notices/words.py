"""What documents of rectification are called on the screen: how far they have come, their icons, their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inspector.model.notice import Missed, Row
from inspector.model.number import OFFICIAL_NUMBER, Official
from inspector.model.paper import Kind, Standing, Way
from inspector.services.paper_list import Listed
from inspector.text import say
from inspector.ui.inspect.words import time_limit_words
from inspector.ui.widgets.row import Fact
from inspector.ui.widgets.row import Row as ListRow
from inspector.ui.words import short_day, site_note

STATE_PX: Final = 64  # the days before it stand in a column
TONES: Final[Mapping[Standing, str]] = {
    Standing.DRAFT: "warn",
    Standing.CHECKED: "accent",
    Standing.ISSUED: "warn",
    Standing.SERVED: "ok",
    Standing.VOID: "muted",
}
ICONS: Final[Mapping[Kind, str]] = {
    Kind.HANDOVER: "file-text",
    Kind.NOTICE: "mail",
    Kind.SERVICE: "receipt",
    Kind.PRESS: "alert-triangle",
    Kind.REINSPECTION: "eye-check",
    Kind.BULLETIN: "chart-bar",
}


def standing_words(standing: Standing) -> tuple[str, str]:
    """What a document waits for, and its tone."""
    return say(f"paper-is-{standing.value}"), TONES[standing]


def official_words(number: Official) -> str:
    """A 发文字号 as it is printed."""
    return say(OFFICIAL_NUMBER, prefix=number.prefix, year=number.year, n=number.n)


def way_words(way: Way) -> str:
    """签收, 代收 …"""
    return say(f"way-{way.value.replace('_', '-')}")


def row(one: Listed, *, ticked: bool | None = None) -> ListRow:
    """A document of the desk as a row; with `ticked` as one that is taken or left out."""
    state, tone = standing_words(one.standing) if one.standing else ("", "muted")
    icon = ICONS[one.kind] if one.kind else ""
    if ticked is not None:
        icon = "square-check" if ticked else "square"
    count = say("notices-findings", count=one.findings) if one.findings else ""
    twice = say("notices-twice") if one.twice else ""
    facts = (
        Fact(twice, tone="bad", badge=True),
        Fact(short_day(one.day), width=72),
        Fact(state, tone=tone, badge=True, width=STATE_PX),
    )
    return ListRow(
        key=one.id,
        icon=icon,
        title=one.name,
        note=site_note(one.heading, one.number, count),
        facts=tuple(fact for fact in facts if fact.text),
        faint=one.standing is Standing.VOID,
    )


def finding_row(asked: Row | Missed, *, draft: bool) -> ListRow:
    """A finding of a document; of a draft with the button that takes it out. Its key is its place, from 1."""
    one = asked.row if isinstance(asked, Missed) else asked
    limit = asked.time_limit if isinstance(asked, Missed) else one.time_limit
    late = say("ui-overdue", days=asked.days_late) if isinstance(asked, Missed) and asked.days_late else ""
    facts = (Fact(late, tone="bad", badge=True), Fact(time_limit_words(limit)))
    return ListRow(
        key=str(one.row),
        title=one.description,
        note=site_note(one.number or str(one.row), one.site.name, one.place, one.party),
        photo=one.photos[0].sha256 if one.photos else "",
        icon="" if one.photos else "photo-off",
        facts=tuple(fact for fact in facts if fact.text),
        action=say("notice-take-out") if draft else "",
    )
