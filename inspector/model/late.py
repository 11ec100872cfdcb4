"""补录: a visit that was made earlier and is entered now. Its day and times, as a person types them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from inspector.model.errors import BadInput
from inspector.model.rows import RowProblem

LONGEST = timedelta(hours=12)
"""An end that stands before the beginning is after midnight, if the visit is no longer than this."""

_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):?(\d{2})")


def times(day: str, begin: str, end: str, *, now: datetime) -> tuple[datetime, datetime]:
    """When the visit began and ended, in the zone of `now`. Raises BadInput `late-invalid` with the problems of the
    fields `day`, `begin`, `end`."""
    on, began, ended = _day(day), _time(begin), _time(end)
    wrong = [
        RowProblem(0, field, code, text)
        for field, code, text, value in (
            ("day", "not-a-date", day, on),
            ("begin", "not-a-time", begin, began),
            ("end", "not-a-time", end, ended),
        )
        if value is None
    ]
    if on is None or began is None or ended is None:
        raise BadInput("late-invalid", count=len(wrong), problems=tuple(wrong))
    first = datetime.combine(on, began, now.tzinfo)
    last = datetime.combine(on, ended, now.tzinfo)
    if last < first:
        last += timedelta(days=1)
    if last - first > LONGEST:
        wrong.append(RowProblem(0, "end", "ends-before", end))
    elif first > now:
        wrong.append(RowProblem(0, "day" if on > now.date() else "begin", "in-future", day))
    elif last > now:
        wrong.append(RowProblem(0, "end", "in-future", end))
    if wrong:
        raise BadInput("late-invalid", count=len(wrong), problems=tuple(wrong))
    return first, last


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(_plain(text))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(_plain(text))
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
