"""Who answers for what: the units that a finding is proposed for, out of the roles that its item names.

A 督查 asks departments, streets and communities; a company is concerned (涉及单位) and never addressed. So a company in
a party role fills party roles only, whatever other roles it carries.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from inspector.model.form import Item
from inspector.model.site import Site
from inspector.model.unit import Directory, Unit
from inspector.model.words import COMMUNITY, STREET


class Answerable(msgspec.Struct, frozen=True, kw_only=True):
    """Who is proposed for a finding. `lead` and `helping` are unit entities, never parties; `lead` is empty where
    nothing tells, and the inspector is asked. `party` names the companies concerned in full, or is empty."""

    lead: str = ""
    helping: tuple[str, ...] = ()
    party: str = ""


def answerable(item: Item, site: Site, directory: Directory) -> Answerable:
    """The units of `item` at `site`. A role is filled by the unit that carries it among the site's lead and helping
    units; else by the site's street or community; else by the only unit that carries it at all.

    A street or community in a party role (it runs the market, it keeps the houses) leads, and the item's own lead
    becomes the first helping unit; any other public body in a party role helps. Where no unit carries the role of
    the lead, the place itself tells: its lead unit, else its street, else its community; a company that keeps the
    place is then the party. Source of this default: 信阳市城市市容和环境卫生管理条例, article 12, with the territory
    behind it, which answers for what nobody else owns."""
    concerned = [_filling(site, directory.with_role(role)) for role in item.party]
    parties = [unit for unit in concerned if unit and unit.party]
    bodies = [unit for unit in concerned if unit and not unit.party]
    may_lead = _public(directory.with_role(item.lead))
    lead = _filling(site, may_lead)
    if not may_lead:
        keepers = [directory.by_id[one] for one in _keepers(site) if one in directory.by_id]
        lead = next(iter(_public(keepers)), None)
        parties = parties or [unit for unit in keepers[:1] if unit.party]
    helping = [_filling(site, _public(directory.with_role(role))) for role in item.help]
    leading = [*filter(_territorial, bodies), *([lead] if lead else ())]
    units = dict.fromkeys(unit.id for unit in (*leading, *helping, *bodies) if unit)
    led_by = leading[0].id if leading else ""
    return Answerable(
        lead=led_by,
        helping=tuple(unit for unit in units if unit != led_by),
        party="、".join(dict.fromkeys(unit.name for unit in parties)),
    )


def _filling(site: Site, able: tuple[Unit, ...]) -> Unit | None:
    """The one of `able`, the units that carry a role, that fills it at this site. A street or community answers
    inside its border only: that it alone carries a role says nothing about a site in another one."""
    by_id = {unit.id: unit for unit in able}
    for entity in (site.lead_unit, *site.helping_units, site.street, site.community):
        if entity in by_id:
            return by_id[entity]
    if len(able) == 1 and not (_territorial(able[0]) and (site.street or site.community)):
        return able[0]
    return None


def _keepers(site: Site) -> tuple[str, ...]:
    """Who keeps the place in order, the nearest first."""
    return site.lead_unit, site.street, site.community


def _public(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Those of `units` that may be addressed."""
    return tuple(unit for unit in units if not unit.party)


def _territorial(unit: Unit) -> bool:
    return not {STREET, COMMUNITY}.isdisjoint((unit.type, *unit.roles))
