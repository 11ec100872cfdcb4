"""The name of a document's file: says what it is, and is legal on every disk and stick."""

from __future__ import annotations

import unicodedata

MAX_BYTES = 180
"""In UTF-8. Linux allows 255; the rest is for " (2)", for a temporary ending, and for the folder within the 260
characters of a Windows path."""

_FORBIDDEN = frozenset('<>:"/\\|?*')
"""Windows and FAT refuse them."""


def file_name(name: str, number: str, subject: str) -> str:
    """<name>_<number>_<subject>.pdf. Characters that a disk refuses become -, those without a shape are left out; a
    subject that is too long is cut."""
    stem = f"{_legal(name)}_{_legal(number)}"
    ending = ".pdf"
    room = MAX_BYTES - len(f"{stem}_{ending}".encode())
    about = _cut(_legal(subject), room)
    return (f"{stem}_{about}" if about else _cut(stem, MAX_BYTES - len(ending))) + ending


def _legal(text: str) -> str:
    kept = []
    for char in text:
        if char in _FORBIDDEN:
            kept.append("-")
        elif unicodedata.category(char)[0] == "Z":
            kept.append(" ")
        elif unicodedata.category(char)[0] != "C":
            kept.append(char)
    return " ".join("".join(kept).split()).strip(". ")


def _cut(text: str, room: int) -> str:
    """As much of `text` as `room` bytes hold, no character by half."""
    return text.encode()[: max(0, room)].decode(errors="ignore").rstrip(". ")
