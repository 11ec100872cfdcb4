"""Deadlines (整改期限): from a time limit in words and the moment of service to the last day, or the last minute.

| time limit | begins | ends | kind of `due` |
| --- | --- | --- | --- |
| 立行立改 | at service | with that day | date |
| 工作日 n | the day after | with the nth working day | date |
| 自然日 n | the day after | with the nth day; on a holiday: with the next working day | date |
| 小时 n | from the minute of service | n × 60 minutes later by the clock | instant |
| 工作时 n | from the minute of service, or when the office opens | after n × 60 minutes of office hours | instant |

Sources: 民法典 201, 203 for days and hours; that an ordinary weekend counts as 法定休假日 there, and that a make-up
day does not, is usage (未核实). None of it binds an internal notice, so the words are always printed beside the date.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Final

import msgspec

from inspector.model.calendar import Calendar
from inspector.model.errors import BadInput
from inspector.model.inspection import TimeLimit
from inspector.model.words import TimeLimitKind

MAX_N: Final = 366
"""A longer limit is a slip of the pen: the usual ones end at 30 days, the hardest at a year."""

PERIODS: Final = {
    TimeLimitKind.AT_ONCE: "period-at-once",
    TimeLimitKind.HOUR: "period-hours",
    TimeLimitKind.WORKHOUR: "period-workhours",
    TimeLimitKind.WORKDAY: "period-workdays",
    TimeLimitKind.CALDAY: "period-caldays",
}
"""The phrase with which a document prints the period before it is served; its placeholder is {n}."""

DUE_DATE: Final = "due-date"
DUE_INSTANT: Final = "due-instant"
DUE_ESTIMATED: Final = "due-estimated"
"""Phrases for a date {due}, for an instant {due}, and around either where the calendar is not known: for the screen
alone, no document prints it."""


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """The office's working hours of a working day: (from, to) in minutes after midnight, in order, apart from each
    other. The default is the project's own (自拟)."""

    spans: tuple[tuple[int, int], ...] = ((8 * 60 + 30, 12 * 60), (14 * 60 + 30, 18 * 60))

    def __post_init__(self) -> None:
        edges = [minute for span in self.spans for minute in span]
        if not edges or edges[0] < 0 or edges[-1] > 24 * 60 or edges != sorted(set(edges)):
            raise ValueError("working hours in order, apart, within one day")


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """When a limit ends: with the day `at`, or at the instant `at` (RFC 3339, to the minute). `estimated` (估算):
    it needs a year whose holidays are not announced here; no document prints it."""

    at: date | datetime
    estimated: bool = False


def due(limit: TimeLimit, *, served: datetime, calendar: Calendar, hours: Hours | None = None) -> Due:
    """The end of `limit` for what was served (or handed over on the spot) at `served`, an instant with offset whose
    offset is the office's. `hours`: the default if None. Raises BadInput `time-limit-invalid`."""
    check(limit)
    if served.tzinfo is None:
        raise ValueError("an instant has an offset")
    minute = served.astimezone(timezone(served.utcoffset() or timedelta(0))).replace(second=0, microsecond=0)
    match limit.kind:
        case TimeLimitKind.AT_ONCE:
            return Due(at=minute.date())
        case TimeLimitKind.HOUR:
            return Due(at=minute + timedelta(hours=limit.n))
        case TimeLimitKind.WORKHOUR:
            return _after_office_minutes(minute, limit.n * 60, calendar, hours or Hours())
        case TimeLimitKind.WORKDAY:
            return _nth_working_day(minute.date(), limit.n, calendar)
        case TimeLimitKind.CALDAY:
            last = minute.date() + timedelta(days=limit.n)
            if calendar.works(last):
                return Due(at=last, estimated=not calendar.known(last))
            return _nth_working_day(last, 1, calendar, estimated=not calendar.known(last))


def check(limit: TimeLimit) -> None:
    """Raises BadInput `time-limit-invalid`: 立行立改 has no number, every other limit one from 1 to 366."""
    if not (limit.n == 0 if limit.kind is TimeLimitKind.AT_ONCE else 1 <= limit.n <= MAX_N):
        raise BadInput("time-limit-invalid", kind=limit.kind, n=limit.n)


def overdue(due: date | datetime | None, *, at: datetime, disputed: bool = False) -> bool:
    """Whether the limit has passed (逾期) at the instant `at`: a date is in time until its day ends, by the offset of
    `at`. An open objection or transfer (`disputed`) stops it; what was never served is not overdue."""
    if due is None or disputed:
        return False
    if isinstance(due, datetime):
        return at > due
    return at.date() > due


def days_left(due: date | datetime, *, at: datetime) -> int:
    """Calendar days from the day of `at` to the last day: 0 is today, −1 was yesterday."""
    last = due.astimezone(at.tzinfo).date() if isinstance(due, datetime) else due
    return (last - at.date()).days


def read_due(text: str) -> date | datetime | None:
    """`due` as it is stored: YYYY-MM-DD, RFC 3339 with offset, or empty. Raises ValueError for any other text."""
    if not text:
        return None
    if len(text) == len("2026-10-19"):
        return date.fromisoformat(text)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant has an offset")
    return instant


def _nth_working_day(after: date, n: int, calendar: Calendar, *, estimated: bool = False) -> Due:
    day = after
    while n:
        day += timedelta(days=1)
        estimated = estimated or not calendar.known(day)
        n -= calendar.works(day)
    return Due(at=day, estimated=estimated)


def _after_office_minutes(begin: datetime, minutes: int, calendar: Calendar, hours: Hours) -> Due:
    day, passed, estimated = begin.date(), begin.hour * 60 + begin.minute, False
    while True:
        estimated = estimated or not calendar.known(day)
        for opens, closes in hours.spans if calendar.works(day) else ():
            from_minute = max(opens, passed)
            if from_minute >= closes:
                continue
            if minutes <= closes - from_minute:
                midnight = datetime.combine(day, time(), begin.tzinfo)
                return Due(at=midnight + timedelta(minutes=from_minute + minutes), estimated=estimated)
            minutes -= closes - from_minute
        day, passed = day + timedelta(days=1), 0
