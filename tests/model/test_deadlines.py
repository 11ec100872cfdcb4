"""Deadlines: the cases of the field, and a slow reference that walks day by day and minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector import text
from inspector.model import deadline
from inspector.model.calendar import Calendar, read_year
from inspector.model.deadline import Due, Hours, days_left, due, overdue, read_due
from inspector.model.errors import BadInput
from inspector.model.inspection import TimeLimit
from inspector.model.words import TimeLimitKind
from inspector.places import resource

CHINA = timezone(timedelta(hours=8))
YEARS = [
    read_year(file.read_text("utf-8"), where=file.name) for file in sorted(resource("calendar").glob("*"))
]
CALENDAR = Calendar(YEARS)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=CHINA)


def ends(served: str, n: int, kind: str) -> date | datetime:
    result = due(TimeLimit(kind=TimeLimitKind(kind), n=n), served=at(served), calendar=CALENDAR)
    assert not result.estimated
    return result.at


@pytest.mark.parametrize(
    ("served", "n", "kind", "last"),
    [
        ("2026-02-13 10:00", 3, "workday", "2026-02-25"),
        ("2026-04-30 10:00", 3, "workday", "2026-05-08"),
        ("2026-05-08 10:00", 1, "workday", "2026-05-09"),
        ("2026-09-18 10:00", 2, "calday", "2026-09-20"),
        ("2026-09-29 10:00", 3, "workday", "2026-10-09"),
        ("2026-09-30 10:00", 5, "workday", "2026-10-13"),
        ("2026-09-30 10:00", 5, "calday", "2026-10-08"),
        ("2026-10-19 10:00", 5, "workday", "2026-10-26"),
        ("2026-10-19 23:59", 5, "workday", "2026-10-26"),
        ("2026-10-04 10:00", 1, "workday", "2026-10-08"),
        ("2026-10-03 10:00", 0, "at_once", "2026-10-03"),
    ],
)
def test_a_limit_in_days_ends_with_this_day(served: str, n: int, kind: str, last: str) -> None:
    assert ends(served, n, kind) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("served", "n", "kind", "last"),
    [
        ("2026-10-19 10:00", 24, "hour", "2026-10-20 10:00"),
        ("2026-10-19 10:00:59", 24, "hour", "2026-10-20 10:00"),
        ("2026-10-19 10:00", 24, "workhour", "2026-10-22 15:30"),
        ("2026-10-19 10:00", 4, "workhour", "2026-10-19 16:30"),
        ("2026-10-19 10:00", 2, "workhour", "2026-10-19 12:00"),
        ("2026-10-19 13:00", 1, "workhour", "2026-10-19 15:30"),
        ("2026-10-19 07:00", 1, "workhour", "2026-10-19 09:30"),
        ("2026-10-19 20:00", 1, "workhour", "2026-10-20 09:30"),
        ("2026-09-30 17:00", 2, "workhour", "2026-10-08 09:30"),
        ("2026-10-09 17:00", 2, "workhour", "2026-10-10 09:30"),
        ("2026-09-30 17:00", 24, "hour", "2026-10-01 17:00"),
    ],
)
def test_a_limit_in_hours_ends_at_this_minute(served: str, n: int, kind: str, last: str) -> None:
    assert ends(served, n, kind) == at(last)


def slow_last_day(kind: TimeLimitKind, n: int, served: date) -> date:
    """Walks: the day of service does not count, an end on a free day moves on."""
    day, left = served, n
    while left:
        day += timedelta(days=1)
        if kind is TimeLimitKind.CALDAY or CALENDAR.works(day):
            left -= 1
    while not CALENDAR.works(day):
        day += timedelta(days=1)
    return day


def test_every_day_of_the_shipped_years_agrees_with_a_walk_day_by_day() -> None:
    day = date(2024, 1, 1)
    while day < date(2026, 11, 1):
        for kind in (TimeLimitKind.WORKDAY, TimeLimitKind.CALDAY):
            for n in (1, 2, 3, 5, 7, 15, 30):
                served = datetime.combine(day, time(10), CHINA)
                assert due(TimeLimit(kind=kind, n=n), served=served, calendar=CALENDAR) == Due(
                    at=slow_last_day(kind, n, day)
                ), (day, kind, n)
        day += timedelta(days=1)


@given(
    served=st.datetimes(datetime(2024, 1, 1), datetime(2026, 9, 1)),  # noqa: DTZ001
    n=st.integers(1, 40),
    edges=st.lists(st.integers(0, 48), min_size=2, max_size=6, unique=True).filter(
        lambda some: len(some) % 2 == 0
    ),
)
def test_working_hours_agree_with_a_walk_minute_by_minute(served: datetime, n: int, edges: list[int]) -> None:
    steps = [30 * edge for edge in sorted(edges)]
    hours = Hours(spans=tuple(zip(steps[::2], steps[1::2], strict=True)))
    begin = served.replace(tzinfo=CHINA)
    found = due(TimeLimit(kind=TimeLimitKind.WORKHOUR, n=n), served=begin, calendar=CALENDAR, hours=hours)
    minute, left = begin.replace(second=0, microsecond=0), n * 60
    while left:
        after_midnight = minute.hour * 60 + minute.minute
        if not CALENDAR.works(minute.date()):
            minute = datetime.combine(minute.date() + timedelta(days=1), time(), CHINA)
            continue
        if any(opens <= after_midnight < closes for opens, closes in hours.spans):
            left -= 1
        minute += timedelta(minutes=1)
    assert found.at == minute


@given(
    served=st.datetimes(datetime(2024, 1, 1), datetime(2026, 9, 1)),  # noqa: DTZ001
    n=st.integers(1, 100),
    kind=st.sampled_from([kind for kind in TimeLimitKind if kind is not TimeLimitKind.AT_ONCE]),
)
def test_a_longer_limit_never_ends_earlier_and_none_ends_before_service(
    served: datetime, n: int, kind: TimeLimitKind
) -> None:
    begin = served.replace(tzinfo=CHINA)
    shorter, longer = (
        due(TimeLimit(kind=kind, n=many), served=begin, calendar=CALENDAR).at for many in (n, n + 1)
    )
    assert shorter <= longer  # type: ignore[operator]
    assert not overdue(shorter, at=begin)


def test_what_needs_an_unannounced_year_is_an_estimate() -> None:
    for kind, n in ((TimeLimitKind.WORKDAY, 3), (TimeLimitKind.WORKHOUR, 24), (TimeLimitKind.CALDAY, 7)):
        assert due(TimeLimit(kind=kind, n=n), served=at("2026-12-29 10:00"), calendar=CALENDAR).estimated
    for kind, n in ((TimeLimitKind.HOUR, 240), (TimeLimitKind.AT_ONCE, 0)):
        assert not due(TimeLimit(kind=kind, n=n), served=at("2026-12-29 10:00"), calendar=CALENDAR).estimated


def test_a_day_is_in_time_until_it_ends_and_an_instant_until_its_minute() -> None:
    assert not overdue(date(2026, 10, 26), at=at("2026-10-26 23:59:59"))
    assert overdue(date(2026, 10, 26), at=at("2026-10-27 00:00"))
    assert not overdue(at("2026-10-22 15:30"), at=at("2026-10-22 15:30"))
    assert overdue(at("2026-10-22 15:30"), at=at("2026-10-22 15:31"))


def test_what_is_disputed_or_was_never_served_is_not_overdue() -> None:
    assert not overdue(date(2026, 10, 26), at=at("2026-12-01 00:00"), disputed=True)
    assert not overdue(None, at=at("2026-12-01 00:00"))


def test_days_left_count_calendar_days() -> None:
    assert days_left(date(2026, 10, 26), at=at("2026-10-24 23:00")) == 2
    assert days_left(at("2026-10-24 09:00"), at=at("2026-10-24 23:00")) == 0
    assert days_left(date(2026, 10, 23), at=at("2026-10-24 01:00")) == -1


def test_due_is_read_back_as_it_was_stored() -> None:
    for stored in (date(2026, 10, 26), at("2026-10-22 15:30")):
        assert read_due(stored.isoformat()) == stored
    assert read_due("") is None
    for wrong in ("2026-10-22T15:30", "26.10.2026", "tomorrow"):
        with pytest.raises(ValueError):
            read_due(wrong)


@pytest.mark.parametrize(("kind", "n"), [("at_once", 1), ("workday", 0), ("hour", -1), ("calday", 367)])
def test_a_limit_that_cannot_be_meant_is_refused(kind: str, n: int) -> None:
    with pytest.raises(BadInput) as refused:
        due(TimeLimit(kind=TimeLimitKind(kind), n=n), served=at("2026-10-19 10:00"), calendar=CALENDAR)
    assert refused.value.key == "time-limit-invalid"


@pytest.mark.parametrize("spans", [(), ((600, 600),), ((600, 500),), ((0, 60), (60, 120)), ((0, 1500),)])
def test_working_hours_out_of_order_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError):
        Hours(spans=spans)


def test_a_period_is_printed_in_words_and_a_date_without_zeros() -> None:
    assert text.say(deadline.PERIODS[TimeLimitKind.WORKDAY], n=3) == "自送达次日起3个工作日内"
    assert text.say(deadline.DUE_DATE, due=date(2026, 9, 7)) == "2026年9月7日"
    assert text.say(deadline.DUE_INSTANT, due=at("2026-10-20 09:05")) == "2026年10月20日09:05"
