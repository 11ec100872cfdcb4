"""Finding by any two characters or by pinyin initials: one rule for sites, items and everything else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec


class Searchable(msgspec.Struct, frozen=True):
    """What a query is compared with: `first` what a person would type (name, code), `texts` everything else, both
    folded; `initials` every reading's pinyin initials, of `first` alone."""

    first: str
    texts: str = ""
    initials: str = ""


def searchable(first: Iterable[str], texts: Iterable[str] = (), initials: Iterable[str] = ()) -> Searchable:
    """The same from what is stored."""
    return Searchable(
        "\n".join(folded(text) for text in first if text),
        "\n".join(folded(text) for text in texts if text),
        "\n".join(initials).casefold(),
    )


def folded(text: str) -> str:
    """How texts are compared: half width, lower case, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def words(query: str) -> tuple[str, ...]:
    """The words of a query; all of them must be found."""
    return tuple(folded(query).split())


def rank(query: tuple[str, ...], among: Searchable) -> int | None:
    """How well it fits, less is better; None if it does not. A word at the beginning of a name or of its initials
    fits best, then one inside the name, then initials inside, then anything else."""
    total = 0
    for word in query:
        if among.first.startswith(word) or f"\n{word}" in among.first:
            continue
        letters = word.isascii() and word.isalpha()
        if letters and (among.initials.startswith(word) or f"\n{word}" in among.initials):
            total += 1
        elif word in among.first:
            total += 2
        elif letters and word in among.initials:
            total += 3
        elif word in among.texts:
            total += 4
        else:
            return None
    return total
