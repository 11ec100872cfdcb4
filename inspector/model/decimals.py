"""Numbers as people write them, and as they are kept: an integer at a fixed count of decimals."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from inspector.model.errors import BadInput

MAX_DIGITS = 9
"""Digits before the point of any number that is typed: enough for every measure of a site, far below 2^53."""

_WRITTEN = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?")


def scaled(text: str, decimals: int) -> int:
    """The integer of a written number: scaled("1.8", 2) is 180. Full-width digits count, surplus zeros do not.
    Raises BadInput `number-invalid`, `number-too-precise`."""
    written = unicodedata.normalize("NFKC", text).strip()
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise BadInput("number-invalid", text=text)
    whole, part = match[1], (match[2] or "").rstrip("0")
    if len(part) > decimals:
        raise BadInput("number-too-precise", text=text, decimals=decimals)
    return int(whole + part.ljust(decimals, "0"))


def shown(value: int, decimals: int) -> str:
    """A number that is not negative as it is printed, with all its decimals: shown(180, 2) is "1.80"."""
    if not decimals:
        return str(value)
    digits = str(value).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def from_decimal(number: Decimal | int, decimals: int) -> int:
    """The integer of a number of a form file. Raises BadInput `number-invalid` (negative, not finite, more than
    nine digits), `number-too-precise`."""
    value = Decimal(number)
    if not value.is_finite() or value < 0 or (value and not -MAX_DIGITS <= value.adjusted() < MAX_DIGITS):
        raise BadInput("number-invalid", text=str(number)[:40])
    moved = value.scaleb(decimals)
    if moved != moved.to_integral_value():
        raise BadInput("number-too-precise", text=str(number), decimals=decimals)
    return int(moved)
