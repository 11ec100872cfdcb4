"""One way to read a list, whatever it is stored as."""

from __future__ import annotations

from pathlib import Path

from inspector.model.errors import BadInput
from inspector.tables import csv, xlsx
from inspector.tables.headings import Columns
from inspector.tables.table import MAX_ROWS, Table, arrange

MAX_BYTES = 32 * 2**20
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read(path: Path, columns: Columns) -> Table:
    """The list in the file `path`. Raises BadInput: `table-unreadable`, and those of `read_bytes`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput("table-unreadable", file=path.name, reason=error.strerror or str(error)) from error
    return read_bytes(data, columns, where=path.name)


def read_bytes(data: bytes, columns: Columns, *, where: str) -> Table:
    """The list in `data`, told by its first bytes and not by its name.
    Raises BadInput: `table-too-large`, `table-old-excel` (.xls, or .xlsx with a password), `table-encoding`,
    `table-broken`, `table-heading-missing`, `table-column-unknown`, `table-column-twice`."""
    if len(data) > MAX_BYTES:
        raise BadInput("table-too-large", file=where, rows=MAX_ROWS)
    if data.startswith(_OLE):
        raise BadInput("table-old-excel", file=where)
    if data.startswith(_ZIP):
        return arrange(xlsx.records(data, where=where), columns, where=where)
    return arrange(csv.records(csv.decode(data, where=where)), columns, where=where)
