"""What changed between two editions of a form, for the clerk who approves the new one."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from enum import StrEnum

import msgspec

from inspector.model.form import Form, HeaderItem, Item, Op
from inspector.model.form_rules import marks
from inspector.model.words import word

_MARKS = frozenset({"weight", "per_occurrence", "total"})

SAME_ITEM = 0.4
"""Below this likeness of two texts (difflib) under one code it is another item: rewording keeps most signs,
another duty shares few. Measured on the eight forms: of 1,091 pairs of different items with the same kind of answer,
23 are as alike as this."""


class ChangeKind(StrEnum):
    """What happened to an item or to a field of the form: the key of its text."""

    ADDED = "form-change-added"
    REMOVED = "form-change-removed"
    CHANGED = "form-change-changed"
    REUSED = "form-change-reused"  # another duty under an old code: old findings would be counted as its own
    EDITION_KEPT = "form-change-edition-kept"  # something changed, the edition did not


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference: what happened to which item (empty: the form itself) or field, what stood there, what does."""

    key: ChangeKind
    item: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


def changes(old: Form, new: Form) -> tuple[Change, ...]:
    """All differences, the form's own first, then items in the new form's order, then those that are gone."""
    if old.version == new.version:
        return ()
    found = [*_fields("", old, new, without={"edition", "header", "sections"})]
    if new.edition <= old.edition:
        found.append(Change(key=ChangeKind.EDITION_KEPT, before=str(old.edition), after=str(new.edition)))
    before: dict[str, Item | HeaderItem] = {**old.header_by_code, **old.by_code}
    after: dict[str, Item | HeaderItem] = {**new.header_by_code, **new.by_code}
    for code, item in after.items():
        earlier = before.get(code)
        if earlier is None:
            found.append(Change(key=ChangeKind.ADDED, item=code, after=_meaning(item)))
        elif earlier != item and not _same(earlier, item):
            found.append(
                Change(key=ChangeKind.REUSED, item=code, before=_meaning(earlier), after=_meaning(item))
            )
        else:
            found += _fields(code, earlier, item)
    found += [
        Change(key=ChangeKind.REMOVED, item=code, before=_meaning(item))
        for code, item in before.items()
        if code not in after
    ]
    found += _moved(old, new)
    return tuple(found)


def _meaning(item: Item | HeaderItem) -> str:
    return item.key if isinstance(item, HeaderItem) else item.text


def _same(old: Item | HeaderItem, new: Item | HeaderItem) -> bool:
    if type(old) is not type(new) or type(old.answer) is not type(new.answer):
        return False
    return difflib.SequenceMatcher(a=_meaning(old), b=_meaning(new), autojunk=False).ratio() >= SAME_ITEM


def _fields(
    code: str, old: msgspec.Struct, new: msgspec.Struct, without: Collection[str] = (), path: str = ""
) -> list[Change]:
    """The fields that differ, down to the part in which they do: `answer.limit.value`."""
    found: list[Change] = []
    for field in old.__struct_fields__:
        before, after = getattr(old, field), getattr(new, field)
        if field in without or before == after:
            continue
        if isinstance(before, msgspec.Struct) and type(before) is type(after):
            found += _fields(code, before, after, path=f"{path}{field}.")
        else:
            said, says = _plain(field, before), _plain(field, after)
            found.append(
                Change(key=ChangeKind.CHANGED, item=code, field=path + field, before=said, after=says)
            )
    return found


def _plain(field: str, value: object) -> str:
    """A value in one line, as a clerk writes it; what has parts as JSON."""
    if field in _MARKS and isinstance(value, int):
        return marks(value)
    if isinstance(value, StrEnum) and not isinstance(value, Op):
        return word(value)
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return " / ".join(_plain("", one) for one in value)
    plain = msgspec.to_builtins(value)
    return plain if isinstance(plain, str) else msgspec.json.encode(plain).decode()


def _moved(old: Form, new: Form) -> list[Change]:
    """Items that stand in another section."""
    places = {item.code: part.title for part in old.sections for item in part.items}
    return [
        Change(
            key=ChangeKind.CHANGED,
            item=item.code,
            field="sections",
            before=places[item.code],
            after=part.title,
        )
        for part in new.sections
        for item in part.items
        if places.get(item.code, part.title) != part.title
    ]
