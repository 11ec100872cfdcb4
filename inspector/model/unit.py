"""A unit (单位): an organisation that answers for sites or items, or is concerned by a finding."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from inspector.model.words import COMPANY_TYPES, PARTY_ROLES

UNORDERED = 1_000_000
"""The rank of a unit without 排序号: behind all that have one."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as it stands. `id` is its entity, `unit:<full name as first imported>`; `name` the full name of today.
    `order` is the official order (排序号), by which every list that is no ranking is sorted; `type` (政府机构, 街道,
    企业 …) and `roles` (住建, 环卫, 施工单位 …) are the office's own words."""

    id: str
    name: str
    short: str = ""
    former_names: tuple[str, ...] = ()
    type: str = ""
    order: int = UNORDERED
    roles: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What it is called where space is short: its short name, if it has one."""
        return self.short or self.name

    @property
    def party(self) -> bool:
        """A company in a party role is only ever a finding's 涉及单位, never the addressee of a 督查 document.
        A street or community in such a role is none: it leads."""
        return self.type in COMPANY_TYPES and not PARTY_ROLES.isdisjoint(self.roles)

    @property
    def rank(self) -> tuple[int, str]:
        """The key of the official order; total, so that two laptops show one order."""
        return self.order, self.id


def folded(name: str) -> str:
    """How names are compared: NFKC, trimmed, upper case."""
    return unicodedata.normalize("NFKC", name).strip().upper()


def entity(full_name: str) -> str:
    """The entity of a unit that is imported for the first time: two laptops that import one list mean the same."""
    return f"unit:{folded(full_name)}"


class Directory:
    """Units by what people call them: full, short and former names."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: tuple[Unit, ...] = tuple(sorted(units, key=lambda unit: unit.rank))
        self.by_id: Mapping[str, Unit] = {unit.id: unit for unit in self.units}

    @cached_property
    def _full(self) -> dict[str, list[Unit]]:
        return _index((unit.name, unit) for unit in self.units)

    @cached_property
    def _other(self) -> dict[str, list[Unit]]:
        return _index(
            (name, unit) for unit in self.units for name in (unit.short, *unit.former_names) if name
        )

    def called(self, name: str) -> tuple[Unit, ...]:
        """The units that `name` fits. A full name wins over the short and former names of others: otherwise
        nothing could tell its unit from theirs."""
        key = folded(name)
        return tuple(self._full.get(key) or self._other.get(key) or ())

    def word(self, unit: Unit) -> str:
        """What tells a unit from all others in a list to choose from: its label, if that means no other one."""
        return unit.label if self.called(unit.label) == (unit,) else unit.name

    def with_role(self, role: str) -> tuple[Unit, ...]:
        """The units that carry `role`, in official order."""
        return tuple(unit for unit in self.units if role in unit.roles)


def _index(pairs: Iterable[tuple[str, Unit]]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for name, unit in pairs:
        same = found.setdefault(folded(name), [])
        if unit not in same:
            same.append(unit)
    return found
