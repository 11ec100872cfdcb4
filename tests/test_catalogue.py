"""The catalogue: every text that the code asks for is there, every text is asked for, and each gets its values."""

from __future__ import annotations

import codecs
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from inspector import text
from tests.catalogue import patterns, placeholders, trees, uses, words

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "inspector"
TEXTS = ROOT / "resources" / "text" / "zh-CN"

NO_KEYS = {"exfat-fuse", "export-folder", "seen-n", "site-new", "plan-print", "counterpart-show"}
NO_KEYS |= {"keep-shown", "keep-both", "inspector-blobs"}
"""A file system, two facts of this laptop, three screens, two commands, threads; everything else that looks like a key
is one."""


@cache
def catalogue() -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for file in sorted(TEXTS.glob("*.toml")):
        own = tomllib.loads(file.read_text("utf-8"))
        twice = entries.keys() & own.keys()
        assert not twice, f"{file.name} repeats {sorted(twice)}"
        entries |= own
    return entries


def test_the_program_reads_the_catalogue_as_toml_does() -> None:
    """It reads it by a regular expression: five times as fast, and of no use if it were another reading."""
    assert text._entries() == catalogue()


def test_an_error_says_what_and_what_next_and_a_phrase_is_a_text() -> None:
    odd = [
        key
        for key, entry in catalogue().items()
        if not isinstance(entry, str) and (not isinstance(entry, dict) or entry.keys() != {"what", "next"})
    ]
    assert not odd


def test_every_text_that_the_code_asks_for_exists() -> None:
    missing = [
        f"{use.where}: {use.literal or use.pattern.pattern}"
        for file, tree in trees(CODE)
        for use in uses(file, tree)
        if not any(
            use.pattern.fullmatch(key) and isinstance(entry, str) is not use.error
            for key, entry in catalogue().items()
        )
    ]
    assert not missing, "\n".join(missing)


def test_every_word_of_the_shape_of_a_key_is_one() -> None:
    """Rules say what is wrong by a key alone, in tuples and fields: so no other word may look like one."""
    icons = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    known = catalogue().keys() | icons | NO_KEYS
    unknown = [
        f"{file.relative_to(CODE)}:{line} {word}"
        for file, tree in trees(CODE)
        for word, line in words(tree)
        if word not in known and f"row-{word}" not in known and not _is_encoding(word)
    ]
    assert not unknown, "\n".join(unknown)


def _is_encoding(word: str) -> bool:
    try:
        return bool(codecs.lookup(word))
    except LookupError:
        return False


def test_every_text_is_asked_for() -> None:
    said, made = set(), {}
    for _, tree in trees(CODE):
        said |= {word for word, _ in words(tree)}
        made |= {pattern.pattern: pattern for pattern in patterns(tree)}
    unused = [
        key
        for key in catalogue()
        if key not in said and not any(pattern.fullmatch(key) for pattern in made.values())
    ]
    assert not unused, "\n".join(unused)


FILLED_LATER = {"trust-unreadable"}
"""The child process that reads the file does not know what it is called; its parent does."""


def test_every_text_gets_the_values_that_it_wants() -> None:
    wrong = []
    for file, tree in trees(CODE):
        for use in uses(file, tree):
            if use.values is None or not use.literal or use.literal not in catalogue():
                continue
            entry = catalogue()[use.literal]
            texts = [entry] if isinstance(entry, str) else entry.values()
            wanted = set().union(*map(placeholders, texts))
            if not wanted <= use.values and use.literal not in FILLED_LATER:
                wrong.append(f"{use.where}: {use.literal} wants {sorted(wanted - use.values)}")
    assert not wrong, "\n".join(wrong)
