"""Items and standard wordings of a form by what a person types: number, two characters, pinyin initials."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from inspector.model import search
from inspector.model.form import Form, Item
from inspector.model.search import Searchable, searchable
from inspector.model.wording import names
from inspector.services.initials import initials


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An item (`wording` empty), or one of its standard wordings."""

    item: str
    text: str
    wording: str
    search: Searchable


@lru_cache(maxsize=16)
def index(form: Form) -> tuple[Entry, ...]:
    """All items and wordings of a form. The first call loads the readings of characters (0.2 s, measured)."""
    entries: list[Entry] = []
    for item in form.items():
        entries.append(_of_item(item))
        entries += [_of_wording(item, wording) for wording in item.wordings]
    return tuple(entries)


def find(entries: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    """What fits, the best first; all items, in their order, for nothing typed."""
    query = search.words(text)
    if not query:
        return tuple(entry for entry in entries if not entry.wording)
    ranked = [
        (rank, n) for n, entry in enumerate(entries) if (rank := search.rank(query, entry.search)) is not None
    ]
    return tuple(entries[n] for _, n in sorted(ranked))


def _of_item(item: Item) -> Entry:
    number = item.code.rpartition("-")[2]
    return Entry(
        item=item.code,
        text=item.text,
        wording="",
        search=searchable(
            (item.code, number, number.lstrip("0"), item.text), item.tags, initials((item.text, *item.tags))
        ),
    )


def _of_wording(item: Item, wording: str) -> Entry:
    plain = wording
    for name in names(wording):
        plain = plain.replace(f"{{{name}}}", " ")
    return Entry(
        item=item.code,
        text=item.text,
        wording=wording,
        search=searchable((plain,), (item.code,), initials(plain.split())),
    )
