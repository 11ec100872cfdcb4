"""How documents of rectification say limits, dates, findings and people. Pure: content in, text out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from inspector.documents import sheet_words
from inspector.model.deadline import DUE_DATE, DUE_INSTANT, PERIODS, read_due
from inspector.model.inspection import Evidence, Mandate, Named, PhotoRole, TimeLimit
from inspector.model.notice import Decision, Document, Received, Row, ServedLimit, ServedPaper
from inspector.model.number import OFFICIAL_NUMBER, Official
from inspector.model.paper import PAPERS, Kind, Way
from inspector.model.photo import TIME_PHRASES, TimeSource
from inspector.text import say

WAYS = {
    Way.RECEIPT: "way-receipt",
    Way.RECEIVED_FOR: "way-received-for",
    Way.REFUSED: "way-refused",
    Way.LEFT: "way-left",
    Way.MESSAGE: "way-message",
}

_MOST_SITES = 3


def period(limit: TimeLimit, began: str = "") -> str:
    """The time limit in words, and where it began on the spot, from when."""
    text = say(PERIODS[limit.kind], n=limit.n)
    return say("doc-period-began", limit=sheet_words.time_limit(limit), at=moment(began)) if began else text


def due(text: str) -> str:
    """The last day, or the last minute; empty where no document may say it."""
    at = read_due(text)
    if at is None:
        return ""
    return say(DUE_INSTANT if isinstance(at, datetime) else DUE_DATE, due=at)


def day(text: str) -> str:
    """A date or the day of an instant, without zeros."""
    return sheet_words.day(text)


def moment(text: str) -> str:
    """Day and minute of an instant."""
    return sheet_words.moment(text)


def days(first: str, last: str) -> str:
    """One day, or from the first to the last; what the last has in common is not said twice."""
    one, other = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if one == other:
        return day(first)
    if one.year != other.year:
        until = day(last)
    elif one.month != other.month:
        until = say("sheet-month-day", month=other.month, day=other.day)
    else:
        until = say("doc-month-day", day=other.day)
    return say("doc-period", first=day(first), last=until)


def parties(rows: Iterable[Row]) -> tuple[str, ...]:
    """The companies that rows name, each once: a row may name several."""
    comma = say("sheet-comma")
    return tuple(dict.fromkeys(party for row in rows for party in row.party.split(comma) if party))


def names(units: Iterable[Named]) -> str:
    """Units as an enumeration; 无 if there are none."""
    return sheet_words.listed(unit.name for unit in units)


def listed(parts: Iterable[str]) -> str:
    """Parts as an enumeration; 无 if there are none."""
    return sheet_words.listed(parts)


def sites(names: Sequence[str]) -> str:
    """Sites as an enumeration; of many the first three and how many there are."""
    if len(names) <= _MOST_SITES:
        return listed(names)
    return say("doc-sites-more", names=listed(names[:_MOST_SITES]), count=len(names))


def mandate(given: Mandate) -> str:
    """What the inspection acted on: issuer, title, number and date."""
    about = sheet_words.listed_or_nothing((given.number, day(given.date) if given.date else ""))
    return say(
        "sheet-mandate-line",
        issuer=given.issuer,
        title=say("sheet-mandate-title", title=given.title) if given.title else "",
        number=say("sheet-bracket", text="", extra=about) if about else "",
    )


def official(given: Official) -> str:
    """A 发文字号 as it is printed."""
    return say(OFFICIAL_NUMBER, prefix=given.prefix, year=given.year, n=given.n)


def number(row: Row) -> str:
    """What a finding is called on its document: its printed number, else its row."""
    return row.number or str(row.row)


def quantity(row: Row) -> str:
    """How much, with its unit of measure."""
    return f"{row.quantity} {row.measure}".strip() or say("sheet-dash")


def what(row: Row) -> str:
    """The finding and what is asked for, as sentences."""
    text = _sentence(row.description)
    if row.requirement:
        text += _sentence(row.requirement)
    if row.party:
        text += say("doc-row-party", party=row.party)
    return text


def _sentence(text: str) -> str:
    stop = say("doc-stop")
    return text if text.endswith((stop, *say("doc-stops"))) else text + stop


def decided(decision: Decision) -> str:
    """Who decided, when; on paper as such."""
    if not decision.name:
        return say("doc-nobody-yet")
    key = "doc-decided-paper" if decision.scan else "doc-decided"
    return say(key, name=decision.name, day=day(decision.at))


def caption(row: Row, photo: Evidence) -> str:
    """What stands below a photo: which finding, before or after, where, when by which source, the original's hash."""
    role = say("sheet-before" if photo.role is PhotoRole.BEFORE else "sheet-after")
    return sheet_words.dotted(
        (
            say("doc-photo-of", number=number(row), role=role),
            f"{row.site.name} {row.place}".strip(),
            taken(photo),
            say("sheet-photo-digits", digits=photo.sha256[:8]),
        )
    )


def taken(photo: Evidence) -> str:
    """When a photo was taken, and where that is known from."""
    source = TimeSource(photo.taken_source) if photo.taken_source else TimeSource.NONE
    if source is TimeSource.NONE or not photo.taken_at:
        return say(TIME_PHRASES[TimeSource.NONE])
    return say(TIME_PHRASES[source], time=moment(photo.shifted or photo.taken_at))


def receiver(received: Received) -> str:
    """Who took it: name, position, relation, telephone."""
    about = sheet_words.listed_or_nothing(
        (
            received.position,
            say("doc-relation", relation=received.relation) if received.relation else "",
            received.telephone,
        )
    )
    if not received.name:
        return say("sheet-none")
    return say("sheet-bracket", text=received.name, extra=about) if about else received.name


def way(received: Received) -> str:
    """How it arrived."""
    return say(WAYS[received.way])


def papers(served: Iterable[ServedPaper]) -> str:
    """Documents by title and number."""
    return listed(say("sheet-bracket", text=one.title, extra=one.number) for one in served)


def ends(row: Row, limit: ServedLimit) -> str:
    """A finding with the end of its limit, on one line."""
    last = due(limit.due) or say("doc-due-open")
    return say(
        "doc-ends",
        number=limit.number,
        site=row.site.name,
        place=row.place,
        limit=period(limit.time_limit, limit.began),
        due=last,
    )


def reply_file(number: str, unit: str) -> str:
    """What the form of a unit's answer is called."""
    return say("doc-reply-file", number=number or say("doc-number-later"), unit=unit)


def announcement_file(number: str, unit: str) -> str:
    """What the page is called that tells a unit of an arrival."""
    return say("doc-announcement-file", number=number, unit=unit)


def copies(document: Document) -> str:
    """How many copies are printed, and for whom."""
    return say(f"doc-copies-{PAPERS[Kind(document.kind)].copies}")
