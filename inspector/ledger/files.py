"""Giving a finished file its name."""

from __future__ import annotations

import time
from pathlib import Path

_PATIENCE_SECONDS = 2.0
"""A virus scanner holds a new file for a moment, and Windows refuses to rename it as long."""


def put_in_place(part: Path, file: Path) -> None:
    """`part`, whole and on the disk, gets the name `file`, in place of what bore it. Raises OSError; PermissionError
    only if it stays so for two seconds."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            part.replace(file)
            return
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
