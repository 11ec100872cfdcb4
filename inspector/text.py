"""The catalogue: every word that a user reads, by its key, from resources/text/zh-CN/*.toml.

`key = "text {value}"` is a phrase. A table `[key]` with `what` and `next` is an error: what happened and
where, then what to do next.
"""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from inspector.model.errors import InspectorError
from inspector.places import resource


@cache
def _entries() -> dict[str, str | dict[str, str]]:
    entries: dict[str, str | dict[str, str]] = {}
    for file in sorted(resource("text", "zh-CN").glob("*.toml")):
        for key, entry in tomllib.loads(file.read_text("utf-8")).items():
            if key in entries:
                raise KeyError(f"{key} stands twice in the catalogue, again in {file.name}")
            entries[key] = entry
    return entries


def say(key: str, **values: object) -> str:
    """The phrase `key` with its placeholders filled in. Raises KeyError for an unknown key."""
    entry = _entries()[key]
    if not isinstance(entry, str):
        raise KeyError(f"{key} is an error's text, not a phrase")
    return entry.format_map(values) if values else entry


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
    return entry["what"].format_map(error.values), entry["next"].format_map(error.values)
