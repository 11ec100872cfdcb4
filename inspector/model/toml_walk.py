"""A walk over the keys and types of a TOML file that gathers everything that is wrong instead of stopping.

A reader that finds a fault notes it and gives back a value of the right type, so that the walk goes on; `build`
then throws away what was made of it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from inspector.model import words
from inspector.model.form_rules import MAX_TEXT, Fault, nearest

MAX_BYTES = 1_000_000
"""A form of 40 items is 20 kB; a file beyond this is no form."""

_SYNTAX = {
    "Invalid value": "form-syntax-value",
    "Unterminated string": "form-syntax-string",
    "Illegal character": "form-syntax-string",
    'Expected "\'"': "form-syntax-string",
    "Expected '=' after a key": "form-syntax-key",
    "Invalid statement": "form-syntax-key",
    "Cannot overwrite a value": "form-syntax-twice",
    "Cannot declare": "form-syntax-twice",
    "Unclosed array": "form-syntax-array",
    "Unclosed inline table": "form-syntax-array",
}
"""How tomllib's messages begin, and the key of what a clerk is told instead."""

_POSITION = re.compile(r"^(.*?)\s*\(at line (\d+), column (\d+)\)$", re.DOTALL)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)


class Unreadable(Exception):
    """The text is no TOML at all; `fault` says in which line."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.key)
        self.fault = fault


def parse(text: str) -> dict[str, Any]:
    """The plain value of a TOML text, numbers with a point as Decimal. Raises Unreadable."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise Unreadable(Fault(key="form-too-large", want=str(MAX_BYTES)))
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        match = _POSITION.match(str(error))
        lines = text.splitlines() or [""]
        line, column = (int(match[2]), match[3]) if match else (len(lines), "")
        reason = match[1] if match else str(error)
        key = next((key for start, key in _SYNTAX.items() if reason.startswith(start)), "form-syntax")
        stands = lines[min(line, len(lines)) - 1].strip()[:60]
        fault = Fault(key=key, item=str(line), field=column, got=stands, want=reason)
        raise Unreadable(fault) from error
    except (ValueError, RecursionError) as error:  # an integer of 5,000 digits, 1,000 brackets
        raise Unreadable(Fault(key="form-syntax-absurd")) from error


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:  # an exponent beyond all measure
        return Decimal("NaN")


class Table:
    """One table of the file, and which of its keys were asked for. All tables of a file share `faults`."""

    def __init__(self, values: dict[str, Any], *, label: str = "", faults: list[Fault] | None = None) -> None:
        self.faults: list[Fault] = [] if faults is None else faults
        self.label = label
        self._values = values
        self._asked: set[str] = set()

    def named(self, key: str, pattern: re.Pattern[str]) -> None:
        """From here on faults are told by the code that stands under `key`, if it is one."""
        value = self._values.get(key)
        if isinstance(value, str) and pattern.fullmatch(value):
            self.label = value

    def peek(self, key: str) -> str:
        """The text under `key` if there is one, unjudged."""
        value = self._values.get(key)
        return value.strip() if isinstance(value, str) else ""

    def refuse(self, fault: Fault, instead: T) -> T:
        """Notes the fault as one of this table; the value `instead` keeps the walk going."""
        self.faults.append(
            Fault(
                key=fault.key,
                item=self.label,
                field=fault.field,
                got=fault.got,
                near=fault.near,
                want=fault.want,
            )
        )
        return instead

    def build(self, make: Callable[[], T]) -> T | None:
        """What `make` makes of this table, or None if it met a fault on the way."""
        before = len(self.faults)
        made = make()
        return made if len(self.faults) == before else None

    def close(self, elsewhere: Iterable[str] = ()) -> None:
        """Reports every key that nobody asked for. `elsewhere` are keys that are right beside other answers."""
        for key in self._values:
            if key in self._asked:
                continue
            if key in elsewhere:
                self.refuse(Fault(key="form-key-misplaced", field=key), None)
            else:
                near = nearest(key, sorted(self._asked))
                self.refuse(Fault(key="form-key-unknown", field=key, got=key, near=near), None)

    def wrong(self, key: str) -> bool:
        """Whether a fault was found under the key."""
        return any((fault.item, fault.field) == (self.label, key) for fault in self.faults)

    def has(self, key: str) -> bool:
        """Whether the key stands there; asking makes it a known one."""
        self._asked.add(key)
        return key in self._values

    def _get(self, key: str, kind: type[T], instead: T, *, optional: bool) -> T:
        if not self.has(key):
            if not optional:
                self.refuse(Fault(key="form-key-missing", field=key), None)
            return instead
        value = self._values[key]
        if type(value) is not kind:
            return self.refuse(_mistyped(key, value, kind), instead)
        return value

    def plain_text(self, field: str, value: Any) -> str:
        """`value` as a text that may be printed: not empty, ≤ 500 characters, no control characters."""
        if type(value) is not str:
            return self.refuse(_mistyped(field, value, str), "")
        text = value.strip()
        if not text:
            self.refuse(Fault(key="form-value-missing", field=field), None)
        elif len(text) > MAX_TEXT:
            self.refuse(
                Fault(key="form-text-too-long", field=field, got=str(len(text)), want=str(MAX_TEXT)), None
            )
        elif any(unicodedata.category(sign) == "Cc" or sign in _BIDI for sign in text):
            self.refuse(Fault(key="form-text-control", field=field), None)
        return text

    def text(self, key: str, default: str | None = None) -> str:
        """The text under `key`. An empty one counts as absent where it may be absent."""
        before = len(self.faults)
        written = self._get(key, str, "", optional=default is not None)
        if len(self.faults) > before or (default is not None and not written.strip()):
            return default or ""
        return self.plain_text(key, written)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The array of texts under `key`; none of them twice."""
        array: list[Any] = self._get(key, list, [], optional=default is not None)
        texts = tuple(self.plain_text(key, value) for value in array)
        for twice in sorted({text for text in texts if texts.count(text) > 1}):
            self.refuse(Fault(key="form-value-twice", field=key, got=twice), None)
        if default is None and not texts and self.has(key):
            self.refuse(Fault(key="form-value-missing", field=key), None)
        return texts

    def whole(self, key: str, default: int | None = None, *, highest: int = 9999) -> int:
        """The whole number under `key`, from 0 to `highest`."""
        number = self._get(key, int, default or 0, optional=default is not None)
        if 0 <= number <= highest:
            return number
        return self.refuse(Fault(key="form-number-range", field=key, got=str(number)[:40]), 0)

    def number(self, key: str) -> Any:
        """What stands under `key` where a number is wanted; plain_number judges it."""
        if not self.has(key):
            return self.refuse(Fault(key="form-key-missing", field=key), 0)
        return self._values[key]

    def plain_number(self, field: str, value: Any) -> Decimal | int:
        """`value` as a number."""
        if type(value) is int or type(value) is Decimal:
            return value
        return self.refuse(_mistyped(field, value, Decimal), 0)

    def flag(self, key: str, default: bool) -> bool:
        """true or false under `key`."""
        return self._get(key, bool, default, optional=True)

    def word(self, key: str, kind: type[W]) -> W:
        """The identifier of the word under `key`."""
        first = next(iter(kind))
        written = self._get(key, str, "", optional=False)
        if not isinstance(self._values.get(key), str):
            return first
        return self._read(key, written, kind)

    def words(self, key: str, kind: type[W]) -> tuple[W, ...]:
        """The identifiers of the words under `key`."""
        return tuple(self._read(key, text, kind) for text in self.texts(key) if text)

    def _read(self, key: str, written: str, kind: type[W]) -> W:
        try:
            return words.read(kind, written.strip())
        except ValueError:
            choices = words.choices(kind)
            fault = Fault(
                key="form-word-unknown",
                field=key,
                got=written[:40],
                near=nearest(written, choices),
                want=" / ".join(choices),
            )
            return self.refuse(fault, next(iter(kind)))

    def table(self, key: str) -> Table:
        """The table under `key`. What one that is none would have to hold is not asked for as well."""
        before = len(self.faults)
        values: dict[str, Any] = self._get(key, dict, {}, optional=False)
        return Table(values, label=self.label, faults=self.faults if len(self.faults) == before else [])

    def tables(self, key: str, default: tuple[()] | None = None) -> tuple[Table, ...]:
        """The array of tables under `key`, each labelled by its place."""
        array: list[Any] = self._get(key, list, [], optional=default is not None)
        tables = []
        for place, values in enumerate(array, 1):
            label = (
                self.label
                if _CODE.fullmatch(self.label)
                else f"{self.label}{'.' * bool(self.label)}{key}[{place}]"
            )
            if type(values) is dict:
                tables.append(Table(values, label=label, faults=self.faults))
            else:
                self.refuse(_mistyped(key, values, dict), None)
        return tuple(tables)

    def pairs(self, key: str, convert: Callable[[str, Any], T]) -> tuple[tuple[str, T], ...]:
        """The array of [text, value] under `key`, the values as `convert` makes them."""
        array: list[Any] = self._get(key, list, [], optional=False)
        pairs = []
        for pair in array:
            if type(pair) is list and len(pair) == 2:
                pairs.append((self.plain_text(key, pair[0]), convert(key, pair[1])))
            else:
                self.refuse(Fault(key="form-pair-wanted", field=key), None)
        names = [name for name, _ in pairs]
        for twice in sorted({name for name in names if names.count(name) > 1}):
            self.refuse(Fault(key="form-value-twice", field=key, got=twice), None)
        return tuple(pairs)


_CODE = re.compile(r"[A-Z]{2}-H?\d{1,3}")
_WANTED: dict[type, str] = {
    str: "form-text-wanted",
    int: "form-whole-wanted",
    Decimal: "form-number-wanted",
    bool: "form-flag-wanted",
    list: "form-array-wanted",
    dict: "form-table-wanted",
}


def _mistyped(field: str, value: object, kind: type) -> Fault:
    """The fault of a value that has another type than `kind`."""
    stands = f'"{value}"' if isinstance(value, str) else str(value)
    return Fault(key=_WANTED[kind], field=field, got=stands[:40])
