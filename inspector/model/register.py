"""What a unit may write into a 整改台账: the cells of one row, and what is wrong with each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

import msgspec

from inspector.model.rows import fault_of_form, half_width

MAX_WORDS = 1_000
"""Characters of measures and notes."""
MAX_PERSON = 100

_DATE = re.compile(r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?(\s.*)?")
"""2026-11-25, 2026/11/25, 2026.11.25, 2026年11月25日; a time behind it is left out."""
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_415
"""2000-01-01 to 2100-12-31 as the number of days that a spreadsheet counts, where a cell has lost its format."""

Value = str | date | datetime | float


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit filled in. `finished` is YYYY-MM-DD."""

    measures: str = ""
    finished: str = ""
    person: str = ""
    note: str = ""


def filled(
    cells: Mapping[str, Value], unreadable: Collection[str], *, found_on: str, today: date
) -> tuple[Filled, tuple[tuple[str, str], ...]]:
    """What the row says, and its faults as (column, code): `formula`, `control-char`, `too-long`, `missing-value`,
    `not-a-date`, `before-found`, `in-future`. `unreadable` are the columns that hold a formula or an error. A unit
    that answers says what it did, when it was done, and who answers for it."""
    faults = [(name, "formula") for name in _COLUMNS if name in unreadable]
    texts = {name: _text(cells.get(name, "")) for name in ("measures", "person", "note")}
    for name, text in texts.items():
        if name not in unreadable and (fault := _fault(text, MAX_PERSON if name == "person" else MAX_WORDS)):
            faults.append((name, fault))
    finished, fault = _finished(cells.get("finished", ""), found_on=found_on, today=today)
    if fault and "finished" not in unreadable:
        faults.append(("finished", fault))
    missing = {"measures": texts["measures"], "person": texts["person"], "finished": finished or fault}
    faults += [
        (name, "missing-value") for name, text in missing.items() if not text and name not in unreadable
    ]
    return Filled(finished=finished, **texts), tuple(faults)


_COLUMNS = ("measures", "finished", "person", "note")


def _text(value: Value) -> str:
    if isinstance(value, float | int):
        return f"{value:.15g}"
    return value if isinstance(value, str) else value.isoformat()


def _fault(text: str, most: int) -> str:
    """The form of a text; that it begins like a formula does no harm, since it is written as text wherever it goes."""
    if len(text) > most:
        return "too-long"
    return "control-char" if any(fault_of_form(one, lines=True) for one in text) else ""


def _finished(value: Value, *, found_on: str, today: date) -> tuple[str, str]:
    day = _day(value)
    if day is None:
        return "", "not-a-date" if value != "" else ""
    if found_on and day.isoformat() < found_on[:10]:
        return day.isoformat(), "before-found"
    if day > today:
        return day.isoformat(), "in-future"
    return day.isoformat(), ""


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float | int):
        return _EPOCH + timedelta(days=int(value)) if _FIRST_SERIAL <= value <= _LAST_SERIAL else None
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", half_width(value)).strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
