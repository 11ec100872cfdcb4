"""Pinyin initials of names: 柳堤路 is found by ldl."""

from __future__ import annotations

from collections.abc import Iterable

MAX_VARIANTS = 16
"""Of one name. Most have 5 (10,000 names of streets, measured 2026-11)."""


def initials(names: Iterable[str]) -> tuple[str, ...]:
    """Every way to type the initials of each name, lower case, sorted. A character of several readings counts with
    all of them: the library's own choice by phrase is wrong for names (朝阳路 as zyl). Letters and digits stand for
    themselves, anything else is passed over."""
    return tuple(sorted({variant for name in names for variant in _variants(name) if variant}))


def _variants(name: str) -> list[str]:
    variants = [""]
    for character in name:
        letters = _letters(character)
        if letters:
            variants = [before + letter for before in variants for letter in letters][:MAX_VARIANTS]
    return variants


def _letters(character: str) -> list[str]:
    if character.isascii():
        return [character.lower()] if character.isalnum() else []
    from pypinyin import (
        Style,
        pinyin,
    )  # 0.2 s and 54 MB (measured): for laptops that take in lists, not at each start

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return sorted({reading for reading in readings[0] if reading.isascii()}) if readings else []
