"""The times of a visit that is entered later."""

from datetime import datetime, timedelta, timezone

import pytest

from inspector.model import late
from inspector.model.errors import BadInput

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "begin", "end", "first", "last"),
    [
        ("2026-11-23", "14:05", "14:50", "2026-11-23T14:05:00+08:00", "2026-11-23T14:50:00+08:00"),
        ("2026.11.3", "9：30", "1015", "2026-11-03T09:30:00+08:00", "2026-11-03T10:15:00+08:00"),
        (" ２０２６/１１/２３ ", "23:40", "00:20", "2026-11-23T23:40:00+08:00", "2026-11-24T00:20:00+08:00"),
        ("2026-11-24", "9:00", "9:30", "2026-11-24T09:00:00+08:00", "2026-11-24T09:30:00+08:00"),
    ],
)
def test_times_are_read_as_people_write_them(day: str, begin: str, end: str, first: str, last: str):
    assert [one.isoformat() for one in late.times(day, begin, end, now=NOW)] == [first, last]


@pytest.mark.parametrize(
    ("day", "begin", "end", "wrong"),
    [
        ("", "", "", [("day", "not-a-date"), ("begin", "not-a-time"), ("end", "not-a-time")]),
        ("2026-02-30", "9:00", "9:30", [("day", "not-a-date")]),
        ("2026-11-23", "25:00", "9:30", [("begin", "not-a-time")]),
        ("2026-11-23", "14:30", "13:40", [("end", "ends-before")]),
        ("2026-11-25", "9:00", "9:30", [("day", "in-future")]),
        ("2026-11-24", "10:00", "10:30", [("begin", "in-future")]),
        ("2026-11-24", "9:00", "9:31", [("end", "in-future")]),
    ],
)
def test_what_cannot_be_is_told_by_its_field(day: str, begin: str, end: str, wrong: list[tuple[str, str]]):
    with pytest.raises(BadInput) as refused:
        late.times(day, begin, end, now=NOW)
    assert refused.value.key == "late-invalid"
    assert [(one.column, one.code) for one in refused.value.values["problems"]] == wrong
