"""Standard wordings of a finding (规范用语) and their {placeholders}.

Some placeholders are asked for and are the tab stops of the editor; others are filled in from the answer. What is
left over blocks signing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from inspector.model import decimals
from inspector.model.answer import Answer, Header, limit_value, typed_or_counted
from inspector.model.form import Item, Ratio
from inspector.model.score import rounded
from inspector.model.words import (
    DENOMINATOR,
    LIMIT,
    MEASURED,
    NUMERATOR,
    PLACE,
    PLACEHOLDERS,
    QUANTITY,
    RATE,
    Placeholder,
)

_BRACES = re.compile(r"\{([^{}]*)\}")
_LEFT = re.compile(r"[{〔]([^{}〔〕]*)[}〕]")


class TabStop(msgspec.Struct, frozen=True, kw_only=True):
    """A placeholder in a text: its name, what is expected, and where it stands (`end` excluded)."""

    name: str
    kind: Placeholder
    start: int
    end: int


def names(text: str) -> tuple[str, ...]:
    """The names in braces, in order; whether they are placeholders is for the reader to say."""
    return tuple(match[1] for match in _BRACES.finditer(text))


def balanced(text: str) -> bool:
    """Whether each brace has its partner."""
    return not set("{}") & set(_BRACES.sub("", text))


def tab_stops(text: str) -> tuple[TabStop, ...]:
    """Where the editor stops, in order: every placeholder that is still open."""
    return tuple(
        TabStop(name=match[1], kind=PLACEHOLDERS[match[1]], start=match.start(), end=match.end())
        for match in _LEFT.finditer(text)
        if match[1] in PLACEHOLDERS
    )


def left_over(text: str) -> tuple[str, ...]:
    """The placeholders that are still open in a description, in braces or in the brackets 〔〕 of the screen.
    Other braces are the writer's own: 〔2026〕17号 is a number, not a placeholder."""
    return tuple(stop.name for stop in tab_stops(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with the placeholders that have a value; the others stay as they are."""
    return _BRACES.sub(lambda match: values.get(match[1]) or match[0], text)


def from_answer(
    item: Item,
    header: Header,
    answer: Answer,
    *,
    place: str = "",
    quantity: str = "",
    counted: int | None = None,
) -> dict[str, str]:
    """The values that need not be asked for: place and quantity of the finding, the measured value and its limit,
    for a ratio both numbers and the rate in percent with at most one decimal."""
    values = {PLACE: place, QUANTITY: quantity}
    bound = limit_value(item.limit, header) if item.limit is not None else None
    if bound is not None:
        values[LIMIT] = _short(bound, item.decimals)
    if isinstance(item.answer, Ratio):
        if answer.numerator is not None and answer.denominator:
            values[NUMERATOR] = str(answer.numerator)
            values[DENOMINATOR] = str(answer.denominator)
            values[RATE] = _short(rate_tenths(answer.numerator, answer.denominator), 1)
            values[MEASURED] = values[RATE]
    elif answer.value is not None:
        values[MEASURED] = decimals.shown(answer.value, item.decimals)
    else:
        number = typed_or_counted(answer, counted)
        if number is not None:
            values[MEASURED] = str(number)
    return {name: value for name, value in values.items() if value}


def rate_tenths(numerator: int, denominator: int) -> int:
    """A ratio in tenths of a percent, rounded half up."""
    return rounded(1000 * numerator, denominator)


def _short(value: int, places: int) -> str:
    """A number without surplus zeros: a limit of 2.50 m is said as 2.5 m."""
    text = decimals.shown(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
