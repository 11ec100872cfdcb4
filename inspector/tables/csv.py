"""CSV as it arrives from offices: UTF-8 or GB18030, read strictly, each record with its physical line.

The standard library's reader knows neither where a record with a broken quote begins nor goes on after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.model.errors import BadInput
from inspector.tables.table import Record

_UNQUOTED = re.compile(r"[^,\r\n]*")
_LINE_END = re.compile(r"\r\n?|\n")
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes, *, where: str) -> str:
    """The text of a CSV file: UTF-8 (with or without mark) where it is that, else GB18030.
    Raises BadInput `table-encoding`: neither, or UTF-16, which Excel calls Unicode text."""
    if data.startswith(_OTHER_MARKS):
        raise BadInput("table-encoding", file=where)
    try:
        return data.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise BadInput("table-encoding", file=where) from error


def records(text: str) -> Iterator[Record]:
    """The records of `text`. A record's line is the one on which it begins, from 1; LF, CRLF and CR end a line.

    A record with text after a closing quote carries the fault `bad-quoting` and ends where its line does; one whose
    quote never closes carries `unclosed-quote` and reaches to the end of the file."""
    position, line = 0, 1
    while position < len(text):
        begin = line
        cells: list[str] = []
        fault = ""
        while True:
            if text.startswith('"', position):
                start = position + 1
                cell, position = _quoted(text, start)
                if position < 0:
                    yield Record(begin, (), "unclosed-quote")
                    return
                line += len(_LINE_END.findall(text, start, position))
                rest = _UNQUOTED.match(text, position)
                assert rest
                if rest.group().strip():
                    fault = "bad-quoting"
            else:
                rest = _UNQUOTED.match(text, position)
                assert rest
                cell = rest.group()
            cells.append(cell)
            position = rest.end()
            if not text.startswith(",", position):
                break
            position += 1
        if end := _LINE_END.match(text, position):
            position = end.end()
            line += 1
        yield Record(begin, tuple(cells), fault)


def _quoted(text: str, position: int) -> tuple[str, int]:
    """The cell whose inside begins at `position`, and where its closing quote has been passed; −1: it never is."""
    parts: list[str] = []
    while True:
        quote = text.find('"', position)
        if quote < 0:
            return "", -1
        parts.append(text[position:quote])
        position = quote + 1
        if not text.startswith('"', position):
            return "".join(parts), position
        parts.append('"')
        position += 1
