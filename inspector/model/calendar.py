"""The working calendar (工作日历): holidays and make-up days, as the State Council announces them for each year.

A year is data: shipped in resources/calendar/<year>.toml, or imported from a file of the same shape and kept as an
entity `calendar:<year>`. What no plan covers is guessed from weekends and fixed holidays, and says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import msgspec

from inspector.model.errors import BadInput

MAX_BYTES: Final = 100_000
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100

_LONGEST_DAYS: Final = 15
"""A holiday with its 调休 has had 10 days at most (2007–2026); more is a slip of the pen."""
_NEXT_YEAR_FROM: Final = (12, 28)
"""The plan of a year reaches into the December before: to the 29th at the earliest in 2007–2026 (in 2007 and 2018).
From this day on the plan of the following year must be known, too."""
_FIXED: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Holidays by the sun. Source: 全国年节及纪念日放假办法 (2024-11-10), article 2; the others go by the moon."""


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One holiday of a plan: free from `first` to `last`, and the days of weekends that are worked for it (补班)."""

    name: str
    first: date
    last: date
    work: tuple[date, ...] = ()


class Year(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The plan of one year, and the document that it was taken from."""

    year: int
    source: str
    holidays: tuple[Holiday, ...]


class Calendar:
    """Which days are worked, from the plans of the years that are known. Of two plans of one year the later counts,
    so that an imported plan replaces the shipped one."""

    def __init__(self, years: Iterable[Year]) -> None:
        self.years: Final = {year.year: year for year in years}
        holidays = [holiday for year in self.years.values() for holiday in year.holidays]
        self._free = frozenset(day for holiday in holidays for day in _days(holiday))
        self._worked = frozenset(day for holiday in holidays for day in holiday.work)

    def works(self, day: date) -> bool:
        """Whether `day` is a working day (工作日). Where `known` says no, this is an estimate (估算)."""
        if day in self._worked:
            return True
        if day in self._free or day.weekday() >= 5:
            return False
        return day.year in self.years or (day.month, day.day) not in _FIXED

    def known(self, day: date) -> bool:
        """Whether announced plans say what `day` is."""
        if (day.month, day.day) >= _NEXT_YEAR_FROM and day.year + 1 not in self.years:
            return False
        return day.year in self.years


def read_year(text: str, *, where: str) -> Year:
    """The plan in a TOML file: year, source, and [[holidays]] with name, first, last, work.
    Raises BadInput `calendar-syntax` and `calendar-invalid`; the latter names everything that is wrong at once."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise BadInput("calendar-too-large", file=where, bytes=MAX_BYTES)
    try:
        plain = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise BadInput("calendar-syntax", file=where, reason=str(error)) from error
    try:
        year = msgspec.convert(plain, Year)
    except msgspec.ValidationError as error:
        raise BadInput("calendar-syntax", file=where, reason=str(error)) from error
    if wrong := faults(year):
        raise BadInput("calendar-invalid", file=where, days=", ".join(wrong))
    return year


def faults(year: Year) -> tuple[str, ...]:
    """What cannot be right in a plan, as the places where it stands: a year out of range, no source, no holiday,
    a holiday that ends before it begins or lies outside its year, a day twice, a make-up day on a weekday."""
    wrong: list[str] = []
    if not FIRST_YEAR <= year.year <= LAST_YEAR:
        return (str(year.year),)
    if not year.source.strip():
        wrong.append("source")
    if not year.holidays:
        wrong.append("holidays")
    earliest, latest = date(year.year - 1, 12, 20), date(year.year, 12, 31)
    seen: set[date] = set()
    for holiday in year.holidays:
        if not holiday.name.strip():
            wrong.append(f"{holiday.first} name")
        if not timedelta(0) <= holiday.last - holiday.first < timedelta(days=_LONGEST_DAYS):
            wrong.append(f"{holiday.first}–{holiday.last}")
            continue
        for day in (*_days(holiday), *holiday.work):
            if day in seen or not earliest <= day <= latest:
                wrong.append(str(day))
            seen.add(day)
        wrong += [str(day) for day in holiday.work if day.weekday() < 5]
    return tuple(dict.fromkeys(wrong))


def _days(holiday: Holiday) -> Iterable[date]:
    return (holiday.first + timedelta(days=n) for n in range((holiday.last - holiday.first).days + 1))
