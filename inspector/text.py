"""The catalogue: every word that a user reads, by its key, from resources/text/zh-CN/*.toml.

`key = "text {value}"` is a phrase. A table `[key]` with `what` and `next` is an error: what happened and
where, then what to do next.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec

from inspector.model.errors import InspectorError
from inspector.places import resource

_LINE: Final = re.compile(r'^(?:\[([a-z0-9-]+)\]|([a-z0-9-]+) = "(.*)")$', re.MULTILINE)


@cache
def _entries() -> dict[str, str | dict[str, str]]:
    """All entries. The files are ours, a key or a table a line: so read they cost 4 ms of the start, by tomllib 40
    (measured 2026-11). A test compares both."""
    entries: dict[str, str | dict[str, str]] = {}
    for file in sorted(resource("text", "zh-CN").glob("*.toml")):
        error: dict[str, str] | None = None
        for table, key, raw in _LINE.findall(file.read_text("utf-8")):
            if (table or (error is None and key)) in entries:
                raise KeyError(f"{table or key} stands twice in the catalogue, again in {file.name}")
            if table:
                entries[table] = error = {}
                continue
            text = str(tomllib.loads(f'text = "{raw}"')["text"]) if "\\" in raw else raw
            if error is None:
                entries[key] = text
            else:
                error[key] = text
    return entries


def say(key: str, **values: object) -> str:
    """The phrase `key` with its placeholders filled in. Raises KeyError for an unknown key."""
    entry = _entries()[key]
    if not isinstance(entry, str):
        raise KeyError(f"{key} is an error's text, not a phrase")
    return entry.format_map(_spoken(values)) if values else entry


def word_of(member: StrEnum) -> str:
    """What a person reads for a member of a vocabulary, such as 已送达 for State.SERVED; the value itself of one that
    only programs read."""
    # Home names hardly any of these, and should not wait for them.
    from inspector.model import number, words
    from inspector.model.finding import Move, Need, Role, State
    from inspector.model.inspection import Choice
    from inspector.model.marks import Mark
    from inspector.model.paper import Kind, Standing, Way
    from inspector.model.request import Ruling, Subject

    value = member.value.replace("_", "-")
    match member:
        case State():
            return say(f"finding-is-{value}")
        case Move():
            return say(f"move-{value}")
        case Need():
            return say(f"need-{value}")
        case Role():
            return say(f"role-{value}")
        case Mark():
            return say(f"mark-{value}")
        case Subject():
            return say(f"subject-{value}")
        case Ruling():
            return say(f"ruling-{value}")
        case Kind():
            return say(f"paper-kind-{value}")
        case Standing():
            return say(f"paper-is-{value}")
        case Way():
            return say(f"way-{value}")
        case Choice():
            return say(f"sign-choice-{value}")
        case number.Status() | number.Fate():
            return say(f"number-is-{value}")
        case _:
            return words.word(member) if words.known(member) else member.value


def _spoken(values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: _word(value) for name, value in values.items()}


def _word(value: object) -> object:
    if isinstance(value, StrEnum):
        return word_of(value)
    if isinstance(value, tuple) and value and all(isinstance(one, StrEnum) for one in value):
        return say("words-or").join(map(word_of, value))
    return value


def tell(problem: msgspec.Struct) -> str:
    """One line about a fault of a form, a change between two editions, a problem of an answer, or what keeps a draft
    from being signed: the phrase of its field `key` with its other fields (and what its field `values` holds) filled
    in, and what was probably meant."""
    values = msgspec.structs.asdict(problem)
    values |= values.get("values", {})
    values["item"] = values.get("item") or say("form-itself")
    line = say(values.pop("key"), **values)
    return line + say("did-you-mean", near=values["near"]) if values.get("near") else line


def explain(error: InspectorError) -> tuple[str, str]:
    """What happened (and where), and what to do next."""
    entry = _entries()[error.key]
    if isinstance(entry, str):
        raise KeyError(f"{error.key} is a phrase, not an error's text")
    values = _spoken(error.values)
    return entry["what"].format_map(values), entry["next"].format_map(values)
