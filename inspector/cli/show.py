"""What a command prints: with --json one object on stdout, else a table or lines; failures go to stderr."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec
import typer

from inspector.model.errors import BadInput, Environment, InspectorError
from inspector.text import explain, say, word_of
from inspector.text import tell as one_line

if TYPE_CHECKING:
    from inspector.services.lists import Imported

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_PRINTED = 16
"""Of a hash, what documents print; it is enough to find one by."""

NOBODY: Mapping[str, str] = MappingProxyType({})


def listing(
    name: str,
    rows: Sequence[msgspec.Struct],
    *,
    as_json: bool,
    called: Mapping[str, str] = NOBODY,
    file: Path | None = None,
) -> None:
    """Rows of one type, as a named list of objects or as a table of their fields; in the table, ids of other things
    are replaced by what they are `called`. With `file` the table goes there as well."""
    to_file(rows, file, called=called)
    if as_json:
        show({name: rows})
    elif rows:
        for line in table([_heading(rows), *_cells(rows, called)]):
            typer.echo(line)
    else:
        tell(say("cli-nothing"))


def to_file(rows: Sequence[msgspec.Struct], file: Path | None, *, called: Mapping[str, str] = NOBODY) -> None:
    """The table of these rows as .csv or .xlsx, numbers as numbers; nothing without a file."""
    if file is None:
        return
    from inspector.services import list_files

    values = [
        [_value(getattr(row, name), cell) for name, cell in zip(row.__struct_fields__, cells, strict=True)]
        for row, cells in zip(rows, _cells(rows, called), strict=True)
    ]
    write(file, list_files.as_file(file, _heading(rows), values))


def _heading(rows: Sequence[msgspec.Struct]) -> list[str]:
    fields = rows[0].__struct_fields__ if rows else ()
    return [say(f"cli-column-{field.replace('_', '-')}") for field in fields]


def _cells(rows: Sequence[msgspec.Struct], called: Mapping[str, str]) -> list[list[str]]:
    return [[_cell(field, getattr(row, field), called) for field in row.__struct_fields__] for row in rows]


def page(thing: msgspec.Struct, *, called: Mapping[str, str]) -> None:
    """One thing, a line for each of its fields that says something."""
    cells = ((name, _cell(name, getattr(thing, name), called)) for name in thing.__struct_fields__)
    for line in table([(say(f"cli-column-{name.replace('_', '-')}"), text) for name, text in cells if text]):
        typer.echo(line)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of aligned columns."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def imported(done: Imported, file: Path, *, as_json: bool) -> int:
    """What an import of a list did, or every problem of every row; the exit status."""
    messages = [say(f"row-{one.code}", value=one.value, column=one.column) for one in done.errors]
    if as_json:
        errors = [
            {"row": one.row, "column": one.column, "code": one.code, "message": message}
            for one, message in zip(done.errors, messages, strict=True)
        ]
        counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
        show({**counts, "errors": errors})
    for one, message in zip(done.errors, messages, strict=True):
        key = "cli-import-cell" if one.column else "cli-import-row"
        tell(say(key, row=one.row, column=one.column, message=message))
    if done.errors:
        tell(say("cli-import-refused", file=file, count=len(done.errors)))
        return BadInput.exit_status
    if not as_json:
        tell(say("cli-imported", added=done.added, changed=done.changed, unchanged=done.unchanged))
    return 0


def show(value: Any) -> None:
    """One JSON object, on one line."""
    typer.echo(msgspec.json.encode(value, enc_hook=str).decode())


def tell(line: str) -> None:
    """A message: on stderr, so that stdout stays what was asked for."""
    typer.echo(line, err=True)


def fail(error: InspectorError, *, as_json: bool) -> int:
    """Say what went wrong and what to do next, each single problem on a line of its own; the exit status."""
    if as_json:
        show(failure(error))
    for line in _lines(error):
        tell(line)
    return error.exit_status


def failure(error: InspectorError) -> dict[str, Any]:
    """The object that stands for an error in JSON."""
    return {"error": {"key": error.key, "values": error.values, "message": "\n".join(_lines(error))}}


def _lines(error: InspectorError) -> list[str]:
    what, then = explain(error)
    return [what, *details(error), then]


def details(error: InspectorError) -> Iterator[str]:
    """The single problems that an error carries in its values: each names its own text, its fields fill it."""
    for value in error.values.values():
        for one in value if isinstance(value, list | tuple) else ():
            if isinstance(one, msgspec.Struct) and (line := problem_line(one)):
                yield f"  {line}"


def problem_line(problem: msgspec.Struct) -> str:
    """The line of a problem that carries the key of its text; empty for any other struct."""
    return one_line(problem) if "key" in problem.__struct_fields__ else ""


def write(file: Path, data: bytes) -> None:
    """Write a file that was asked for. Raises Environment `cli-cannot-write`."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise Environment("cli-cannot-write", file=str(file), reason=error.strerror or "") from error


def to_unicode() -> None:
    """Output that goes into a file or a pipe is UTF-8 everywhere; a console shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _cell(field: str, value: object, called: Mapping[str, str]) -> str:
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return say("words-yes")
    if isinstance(value, StrEnum):
        return word_of(value)
    if isinstance(value, list | tuple):
        return " ".join(_cell(field, one, called) for one in value)
    if isinstance(value, msgspec.Struct):
        return " ".join(
            _cell(name, one, called) for name, one in msgspec.structs.asdict(value).items() if one
        )
    text = str(value).replace("\n", " ")
    if at := _TIME.fullmatch(text):
        return f"{at[1]} {at[2]}"
    return text[:_PRINTED] if _HASH.fullmatch(text) else text if field == "id" else called.get(text, text)


def _value(value: object, cell: str) -> str | int:
    """What stands in a spreadsheet: numbers as numbers, everything else as the table says it."""
    return value if isinstance(value, int) and not isinstance(value, bool) else cell


def _width(text: str) -> int:
    """Columns in a terminal: Chinese takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
