"""How an item is answered, as a clerk writes it: the kind, its keys, and the limit of a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspector.model import words
from inspector.model.decimals import from_decimal
from inspector.model.errors import BadInput
from inspector.model.form import Choose, Count, Judge, Kind, Limit, Measure, Op, Ratio, Text
from inspector.model.form_rules import Fault, nearest
from inspector.model.toml_walk import Table
from inspector.model.words import AnswerKind

_ANSWER_KEYS = frozenset(
    {"options", "passing", "measure_unit", "decimals", "numerator", "denominator"}
    | {"at_most", "at_least", "limit_by"}
)


def read_answer(table: Table, keys: Mapping[str, str]) -> Kind:
    """The answer of an item; `keys` are the header items by their short names, for limits that hang on one."""
    kind = table.word("answer", AnswerKind)
    if kind is AnswerKind.CHOICE:
        return Choose(options=table.texts("options"), passing=table.texts("passing"))
    if kind is AnswerKind.COUNT:
        return Count(measure_unit=table.text("measure_unit"), limit=_limit(table, keys, 0))
    if kind is AnswerKind.MEASURE:
        places = table.whole("decimals", 0, highest=9)
        unit = table.text("measure_unit")
        return Measure(measure_unit=unit, decimals=places, limit=_limit(table, keys, places))
    if kind is AnswerKind.RATIO:
        return Ratio(
            numerator=table.text("numerator"),
            denominator=table.text("denominator"),
            measure_unit=table.text("measure_unit"),
            limit=_limit(table, keys, 0),
        )
    return Judge() if kind is AnswerKind.JUDGE else Text()


def _limit(table: Table, keys: Mapping[str, str], places: int) -> Limit:
    fields = {"at_most": Op.AT_MOST, "at_least": Op.AT_LEAST}
    present = [field for field in fields if table.has(field)]
    if len(present) != 1:
        return table.refuse(Fault(key="form-limit-missing", field="at_most"), Limit(op=Op.AT_MOST))
    field = present[0]

    def number(field: str, value: Any) -> int:
        return _scaled(table, field, value, places)

    if not table.has("limit_by"):
        return Limit(op=fields[field], value=number(field, table.number(field)))
    by = header_code(table, "limit_by", table.text("limit_by"), keys)
    return Limit(op=fields[field], by=by, table=table.pairs(field, number))


def header_code(table: Table, field: str, key: str, keys: Mapping[str, str]) -> str:
    """The code of the header item that is called `key`."""
    if key not in keys:
        near = nearest(key, keys)
        return table.refuse(Fault(key="form-header-unknown", field=field, got=key, near=near), "")
    return keys[key]


def hundredths(table: Table, field: str) -> int:
    """Marks, in hundredths."""
    return _scaled(table, field, table.number(field), 2)


def _scaled(table: Table, field: str, value: Any, places: int) -> int:
    try:
        return from_decimal(table.plain_number(field, value), places)
    except BadInput as error:
        key = "form-number-invalid" if error.key == "number-invalid" else "form-number-too-precise"
        return table.refuse(Fault(key=key, field=field, got=str(value)[:40], want=str(places)), 0)


def read_header_answer(table: Table) -> Choose | Measure:
    """The answer of a header item: a choice, or a measure without a limit."""
    kind = table.word("answer", AnswerKind)
    if kind is AnswerKind.CHOICE:
        return Choose(options=table.texts("options"))
    if kind is AnswerKind.MEASURE:
        return Measure(measure_unit=table.text("measure_unit"), decimals=table.whole("decimals", 0))
    return table.refuse(
        Fault(key="form-header-kind", field="answer", got=words.word(kind)), Choose(options=())
    )


def close(table: Table) -> None:
    """Reports the keys that are none; what belongs to an answer only where the way of answering is known."""
    if table.wrong("answer"):
        for key in _ANSWER_KEYS:
            table.has(key)
    table.close(elsewhere=_ANSWER_KEYS)
