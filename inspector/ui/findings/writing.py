"""The list as a table in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from inspector.model.words import word
from inspector.services import list_files
from inspector.services.finding_list import Listed
from inspector.text import say, word_of

COLUMNS: Final = (
    "findings-column-site",
    "findings-column-place",
    "findings-column-item",
    "findings-column-text",
    "findings-column-severity",
    "findings-column-unit",
    "findings-column-helping",
    "findings-column-street",
    "findings-column-state",
    "findings-column-found",
    "findings-column-due",
    "findings-column-left",
    "findings-column-id",
)


def write(file: Path, listed: Sequence[Listed]) -> int:
    """Write these findings as .xlsx or .csv; how many. Raises BadInput `list-file-kind`, Environment
    `export-failed`."""
    rows = [
        (
            one.site,
            one.place,
            one.item,
            one.text,
            word(one.severity),
            one.unit,
            say("ui-list").join(one.units[1:]),
            one.street,
            word_of(one.state),
            one.found_on[:10],
            say("findings-left-estimated", left=one.due) if one.estimated else one.due,
            one.left,
            one.id,
        )
        for one in listed
    ]
    list_files.write(file, [say(key) for key in COLUMNS], rows)
    return len(rows)
