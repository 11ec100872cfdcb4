"""The working calendar: shipped years against another transcription of the same announcements, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from inspector.model.calendar import Calendar, read_year
from inspector.model.errors import BadInput
from inspector.places import resource

SHIPPED = sorted(resource("calendar").glob("*.toml"))
YEAR_2027 = """
year = 2027
source = "通知"
[[holidays]]
name = "元旦"
first = 2026-12-31
last = 2027-01-03
work = [2026-12-27]
"""


def calendar(*texts: str) -> Calendar:
    shipped = [read_year(file.read_text("utf-8"), where=file.name) for file in SHIPPED]
    return Calendar([*shipped, *(read_year(text, where="imported") for text in texts)])


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_day_of_a_shipped_year_is_what_was_announced(file: Path) -> None:
    year = read_year(file.read_text("utf-8"), where=file.name)
    assert file.stem == str(year.year)
    shipped = calendar()
    day = date(year.year, 1, 1)
    while day.year == year.year:
        assert shipped.works(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_last_days_of_december_are_known_only_with_the_year_after() -> None:
    assert calendar().known(date(2025, 12, 31))
    assert calendar().known(date(2026, 12, 27))
    assert not calendar().known(date(2026, 12, 28))
    assert calendar(YEAR_2027).known(date(2026, 12, 28))


def test_an_imported_year_may_free_a_day_of_the_december_before() -> None:
    assert calendar().works(date(2026, 12, 31))
    imported = calendar(YEAR_2027)
    assert not imported.works(date(2026, 12, 31))
    assert imported.works(date(2026, 12, 27))


def test_an_imported_plan_replaces_the_shipped_one() -> None:
    mended = YEAR_2027.replace("2026-12-31", "2026-01-01").replace("2027-01-03", "2026-01-01")
    mended = mended.replace("year = 2027", "year = 2026").replace("2026-12-27", "2026-01-10")
    assert calendar(mended).works(date(2026, 10, 8))
    assert calendar(mended).works(date(2026, 10, 5))
    assert calendar(mended).works(date(2026, 1, 10))


def test_an_unknown_year_is_guessed_from_weekends_and_the_holidays_of_the_sun() -> None:
    guess = calendar()
    assert not guess.known(date(2029, 3, 1))
    assert guess.works(date(2029, 3, 1))
    assert not guess.works(date(2029, 3, 3))
    assert not guess.works(date(2029, 10, 1))
    assert not guess.works(date(2029, 5, 2))


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("work = [2026-12-27]", "work = [2026-12-28]", "2026-12-28"),
        ("last = 2027-01-03", "last = 2026-12-01", "2026-12-31–2026-12-01"),
        ("last = 2027-01-03", "last = 2027-02-03", "2026-12-31–2027-02-03"),
        ("first = 2026-12-31", "first = 2026-12-19", "2026-12-19–2027-01-03"),
        ("work = [2026-12-27]", "work = [2026-12-06]", "2026-12-06"),
        ("work = [2026-12-27]", "work = [2027-01-02]", "2027-01-02"),
        ('source = "通知"', 'source = " "', "source"),
        ("year = 2027", "year = 27", "27"),
    ],
)
def test_a_slip_in_a_plan_is_named_and_nothing_is_taken(right: str, wrong: str, named: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_year(YEAR_2027.replace(right, wrong), where="2027.toml")
    assert refused.value.key == "calendar-invalid"
    assert named in str(refused.value.values["days"])


@pytest.mark.parametrize(
    "text",
    ["year = ", "year = 2027", YEAR_2027.replace("name", "title"), YEAR_2027.replace("2026-12-31", '"soon"')],
)
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_year(text, where="2027.toml")
    assert refused.value.key == "calendar-syntax"


def test_a_file_of_another_size_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        read_year("#" * 100_001, where="2027.toml")
    assert refused.value.key == "calendar-too-large"
