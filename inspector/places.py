"""Where the files that come with the program lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shipped(folder: str) -> Path:
    """The shipped folder `forms` or `resources`."""
    package = Path(__file__).resolve().parent
    inside = package / folder
    return inside if inside.is_dir() else package.parent / folder


def resource(*parts: str) -> Path:
    """A file or folder below `resources/`."""
    return shipped("resources").joinpath(*parts)
