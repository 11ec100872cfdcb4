"""What a set of records means: one rule, for every kind of entity.

A record sets some fields of its entity. A field's values are those of the records that set it and that no other
record setting it descends from. One value, or equal ones: that is the value. Several: the one with the latest wall
time, then the greatest batch hash, is shown, and the field is in conflict until a record that sets it descends from
all of them.

The meaning depends on the set of records alone: not on the order in which they came, on a clock, or on this laptop.
Sites, units, people, editions of forms, settings and documents are nothing else; what a finding has on top stands
in `inspector.model.finding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from inspector.model import canonical


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One record of one entity, as far as its meaning goes. `batch` is the hash of the batch it stands in, `parents`
    those of the entity's records that its author knew; `instant` is the wall time in seconds since 1970 (UTC).
    A record of a kind that this version does not know has `known=False`: it counts for ancestry and sets nothing."""

    batch: str
    parents: tuple[str, ...] = ()
    instant: int = 0
    known: bool = True
    set: Mapping[str, Any] = {}
    moves: tuple[str, ...] = ()


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The records of one entity in a causal order, each with its ancestors.

    `facts` are those whose ancestors are all here, every record after its parents; bit i of `before[j]` says that
    the author of record j knew record i. `waiting` are the batches whose records wait for an ancestor."""

    facts: tuple[Fact, ...]
    before: tuple[int, ...]
    waiting: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The batches of the latest records: those that nobody built upon. Sorted."""
        known_to_another = 0
        for mask in self.before:
            known_to_another |= mask
        return tuple(
            sorted(fact.batch for place, fact in enumerate(self.facts) if not known_to_another >> place & 1)
        )

    @property
    def read_only(self) -> bool:
        """Whether a newer version has written to this entity what this version does not understand."""
        return any(not fact.known for fact in self.facts)


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """What the fields of an entity say: the value that is shown, and where people disagree all values (the shown
    one among them) in the order of their canonical bytes."""

    shown: dict[str, Any]
    conflicts: dict[str, list[Any]]


def history(facts: Iterable[Fact]) -> History:
    """The records of one entity in causal order; which of several concurrent ones comes first is fixed by the
    batch hash. Each batch once: a set has no doubles."""
    here = {fact.batch: fact for fact in facts}
    if len(here) == 1 and not (only := next(iter(here.values()))).parents:  # most entities, most of the time
        return History(facts=(only,), before=(0,), waiting=())
    missing = {batch: len(set(fact.parents)) for batch, fact in here.items()}
    children: dict[str, list[str]] = {}
    for batch, fact in here.items():
        for parent in set(fact.parents):
            children.setdefault(parent, []).append(batch)
    ready = sorted((batch for batch, count in missing.items() if not count), reverse=True)
    order: list[Fact] = []
    place: dict[str, int] = {}
    before: list[int] = []
    while ready:
        fact = here[ready.pop()]
        place[fact.batch] = len(order)
        order.append(fact)
        before.append(_ancestors(fact, place, before))
        freed = []
        for child in children.get(fact.batch, ()):
            missing[child] -= 1
            if not missing[child]:
                freed.append(child)
        ready.extend(sorted(freed, reverse=True))
    waiting = tuple(sorted(batch for batch in here if batch not in place))
    return History(facts=tuple(order), before=tuple(before), waiting=waiting)


def _ancestors(fact: Fact, place: Mapping[str, int], before: Sequence[int]) -> int:
    mask = 0
    for parent in fact.parents:
        mask |= before[place[parent]] | 1 << place[parent]
    return mask


def fields(past: History) -> Fields:
    """The value of each field, by the rule above."""
    writers: dict[str, list[int]] = {}
    for place, fact in enumerate(past.facts):
        if fact.known:
            for name in fact.set:
                writers.setdefault(name, []).append(place)
    shown: dict[str, Any] = {}
    conflicts: dict[str, list[Any]] = {}
    for name in sorted(writers):
        if len(writers[name]) == 1:
            shown[name] = past.facts[writers[name][0]].set[name]
            continue
        live = _not_overwritten(writers[name], past.before)
        latest = max(live, key=lambda place: (past.facts[place].instant, past.facts[place].batch))
        shown[name] = past.facts[latest].set[name]
        if len(live) > 1:
            values = {
                canonical.encode(past.facts[place].set[name]): past.facts[place].set[name] for place in live
            }
            if len(values) > 1:
                conflicts[name] = [values[spelling] for spelling in sorted(values)]
    return Fields(shown=shown, conflicts=conflicts)


def _not_overwritten(writers: Sequence[int], before: Sequence[int]) -> list[int]:
    overwritten = 0
    for place in writers:
        overwritten |= before[place]
    return [place for place in writers if not overwritten >> place & 1]


def joined(entity: str, merged_into: Mapping[str, str]) -> str:
    """Where `entity` ends when duplicates are joined; `merged_into` leads from an entity to the one it is part of.
    A cycle joins nothing: each of its members stays itself."""
    trail = [entity]
    while (target := merged_into.get(trail[-1])) is not None:
        if target in trail:
            return entity if trail.index(target) == 0 else trail[trail.index(target)]
        trail.append(target)
    return trail[-1]
