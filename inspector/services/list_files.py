"""Lists written out as files, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inspector.model.errors import BadInput, Environment
from inspector.tables import export
from inspector.tables.export import Value


def as_file(file: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The bytes of a list for `file`: .csv or .xlsx. Raises BadInput `list-file-kind` for any other ending."""
    kinds = {".csv": export.as_csv, ".xlsx": export.as_xlsx}
    kind = kinds.get(file.suffix.lower())
    if kind is None:
        raise BadInput("list-file-kind", file=str(file))
    return kind(headings, rows)


def write(file: Path, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a list into `file`. Raises BadInput `list-file-kind`, Environment `export-failed`."""
    data = as_file(file, headings, rows)
    try:
        file.write_bytes(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Environment("export-failed", folder=str(file.parent), reason=reason) from error
