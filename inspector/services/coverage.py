"""Coverage (覆盖): which sites were not inspected in this round, by kind and by street."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import msgspec

from inspector.model.site import Site
from inspector.model.unit import Directory
from inspector.services import settings
from inspector.services.settings import Round
from inspector.store import overviews, sites, units
from inspector.store.workspace import Workspace


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The sites of one kind or one street: how many there are, how many were inspected. `name` is empty for sites that
    have none."""

    name: str
    sites: int
    inspected: int


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A site that is still to be inspected; `last` is when it was seen last (RFC 3339), empty: never."""

    site: str
    code: str
    name: str
    kind: str
    street: str
    last: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The round, its figures, and the sites that are due: the longest unseen first."""

    round: Round
    sites: int
    inspected: int
    kinds: tuple[Part, ...]
    streets: tuple[Part, ...]
    due: tuple[Due, ...]


def of(workspace: Workspace, *, now: datetime) -> Coverage:
    """The coverage of the round that is on, at `now`, whose offset says where days begin."""
    of_round = settings.current_round(workspace)
    with workspace.reading() as db:
        every = sites.every(db)
        visits = overviews.last_visits(db)
        directory = Directory(units.every(db))
    begin = datetime.fromisoformat(of_round.begins).replace(tzinfo=now.tzinfo) if of_round.begins else None
    seen = {site: datetime.fromisoformat(visit.begins) for site, visit in visits.items()}
    done = {site for site, at in seen.items() if begin is None or at >= begin}

    def street(site: Site) -> str:
        unit = directory.by_id.get(site.street)
        return unit.label if unit else ""

    left = sorted(
        (site for site in every if site.id not in done),
        key=lambda site: (site.id in seen, seen[site.id].timestamp() if site.id in seen else 0.0, site.rank),
    )
    return Coverage(
        round=of_round,
        sites=len(every),
        inspected=sum(site.id in done for site in every),
        kinds=_parts(every, done, lambda site: site.kind),
        streets=_parts(every, done, street),
        due=tuple(
            Due(
                site=site.id,
                code=site.code,
                name=site.name,
                kind=site.kind,
                street=street(site),
                last=visits[site.id].begins if site.id in visits else "",
            )
            for site in left
        ),
    )


def _parts(every: list[Site], done: set[str], named: Callable[[Site], str]) -> tuple[Part, ...]:
    """The least covered part first."""
    total = Counter(named(site) for site in every)
    inspected = Counter(named(site) for site in every if site.id in done)
    parts = [Part(name=name, sites=count, inspected=inspected[name]) for name, count in total.items()]
    return tuple(sorted(parts, key=lambda part: (part.inspected * 1_000_000 // part.sites, part.name)))
