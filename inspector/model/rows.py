"""The cells of the office's lists: how they are tidied before they are checked, and what is wrong with their form.

The rules are those of docs/forms.md (单位表和点位表). Each code is also the end of the key of its text
(`row-<code>`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import msgspec

MAX_CELL = 200
"""Characters after trimming. Source: the import rules of the lists (docs/forms.md, 单位表和点位表)."""

_BLANK = " \t\r\n\u00a0\u3000"
"""What is trimmed: not str.strip's set, which would also swallow control characters that must be reported."""
_NONE = "-"
_LINE_END = re.compile(r"\r\n?|\n")
_LIST = re.compile(r"[、，,；;]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORMULA = ("=", "+", "-", "@")


class Row(msgspec.Struct, frozen=True):
    """One record of a list: the physical line on which it begins (heading included, from 1) and its cells by
    column, tidied; a column that the record doesn't reach is empty."""

    number: int
    cells: Mapping[str, str]


class RowProblem(msgspec.Struct, frozen=True):
    """What is wrong with one cell, or with the whole record if `column` is empty. `value` is the cell, cut short."""

    row: int
    column: str
    code: str
    value: str = ""


def tidy(text: str) -> str:
    """The cell trimmed, its line ends as LF; empty for a lone hyphen, which people write for 无."""
    trimmed = _LINE_END.sub("\n", text.strip(_BLANK))
    return "" if trimmed == _NONE else trimmed


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; everything else code point for code point."""
    return text.translate(_HALF_WIDTH)


def split(text: str) -> tuple[str, ...]:
    """The names of a cell that lists several, in order, each once."""
    names = (tidy(name) for name in _LIST.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


def fault_of_form(text: str, *, lines: bool = False, number: bool = False) -> str:
    """The code of what is wrong with a tidied cell whatever it means, or "". `lines`: line ends are allowed;
    `number`: a sign in front is allowed."""
    if any(_is_control(character) for character in text):
        return "control-char"
    if "\n" in text and not lines:
        return "line-break"
    if len(text) > MAX_CELL:
        return "too-long"
    if len(text) > 1 and text.startswith(_FORMULA) and not number:
        return "formula-like"
    return ""


def problem(row: Row, column: str, code: str) -> RowProblem:
    """The problem of a cell, with as much of the cell as a message can hold."""
    value = row.cells.get(column, "")
    printable = "".join(
        "\u00b7" if _is_control(character) or character == "\n" else character for character in value
    )
    return RowProblem(row.number, column, code, printable if len(printable) <= 40 else printable[:39] + "…")


def _is_control(character: str) -> bool:
    if character in _BIDI:
        return True
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs")
