"""Sites as a person looks for one: what each is, when it was seen last, what is open there; and one site's page."""

from __future__ import annotations

from datetime import datetime

import msgspec

from inspector.model import deadline
from inspector.model.finding import State
from inspector.model.search import Searchable, searchable
from inspector.model.site import Site, SiteChange
from inspector.services import kinds
from inspector.store import drafts, findings, inspections, overviews, sites, units
from inspector.store.workspace import Workspace

CLOSED = frozenset({State.PASSED, State.WITHDRAWN})
MOST_PHOTOS = 2


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `kind` is what its form calls it; `last` RFC 3339 and `score` in tenths are of the latest signed
    visit; `draft` is its open draft, if any."""

    site: Site
    kind: str
    street: str
    lead_unit: str
    last: str
    score: int | None
    open_findings: int
    unchecked: int
    draft: str
    search: Searchable


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A signed visit: `begin` RFC 3339, `score` in tenths."""

    inspection: str
    number: str
    begin: str
    score: int | None


class OpenFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that is open here. `left` are the days to its last day (−1: overdue), None without a date; `times`
    how often its item failed here."""

    finding: findings.Row
    lead_unit: str
    left: int | None
    times: int
    photo: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A site's page: units by name, its visits (the latest first) and by whom the last one was made, what is open,
    its latest pictures, what was changed by hand."""

    site: Site
    kind: str
    street: str
    community: str
    lead_unit: str
    helping_units: tuple[str, ...]
    visits: tuple[Visit, ...]
    seen_by: tuple[str, ...]
    open_findings: tuple[OpenFinding, ...]
    unchecked: tuple[str, ...]
    photos: tuple[str, ...]
    draft: str
    changes: tuple[SiteChange, ...] = ()


def every(workspace: Workspace) -> tuple[Listed, ...]:
    """All sites, those that were not seen for longest first; of these, the never visited by code."""
    called = kinds.names(workspace)
    with workspace.reading() as db:
        labels = {unit.id: unit.label for unit in units.every(db)}
        last = overviews.last_visits(db)
        still_open = findings.open_by_site(db)
        open_drafts = {row.site: row.id for row in reversed(drafts.rows(db))}
        unchecked: dict[str, int] = {}
        for site, _, _ in inspections.unchecked(db):
            unchecked[site] = unchecked.get(site, 0) + 1
        known = sites.every(db)
    listed = [
        Listed(
            site=site,
            kind=called.get(site.kind, site.kind),
            street=labels.get(site.street, ""),
            lead_unit=labels.get(site.lead_unit, ""),
            last=last[site.id].begins if site.id in last else "",
            score=last[site.id].score if site.id in last else None,
            open_findings=still_open.get(site.id, 0),
            unchecked=unchecked.get(site.id, 0),
            draft=open_drafts.get(site.id, ""),
            search=searchable(
                (site.name, *site.aliases, site.code),
                (
                    site.kind,
                    called.get(site.kind, ""),
                    labels.get(site.street, ""),
                    labels.get(site.community, ""),
                    labels.get(site.lead_unit, ""),
                    site.address,
                ),
                site.initials,
            ),
        )
        for site in known
    ]
    return tuple(sorted(listed, key=lambda one: one.last))


def page(workspace: Workspace, site: str, *, now: datetime) -> Page:
    """One site's page. Raises BadInput `site-unknown`."""
    called = kinds.names(workspace)
    with workspace.reading() as db:
        place = sites.one(db, site)
        labels = {unit.id: unit.label for unit in units.every(db)}
        visits = inspections.of_site(db, place.id)
        latest = inspections.document(db, visits[0]) if visits else None
        found = findings.of_site(db, place.id)
        times = findings.times(db, site=place.id, but="")
        unchecked = tuple(item for at, _, item in inspections.unchecked(db) if at == place.id)
        pictures = overviews.photos_of_site(db, place.id, most=8)
        draft = next((row.id for row in drafts.rows(db) if row.site == place.id), "")
        changed = sites.changes(db, place.id)
    return Page(
        site=place,
        kind=called.get(place.kind, place.kind),
        street=labels.get(place.street, ""),
        community=labels.get(place.community, ""),
        lead_unit=labels.get(place.lead_unit, ""),
        helping_units=tuple(labels[unit] for unit in place.helping_units if unit in labels),
        visits=tuple(
            Visit(inspection=row.id, number=row.number, begin=row.begin, score=row.score) for row in visits
        ),
        seen_by=tuple(member.name for member in latest.members) if latest else (),
        open_findings=tuple(
            OpenFinding(
                finding=one,
                lead_unit=labels.get(one.lead_unit, ""),
                left=days_left(one.due, now),
                times=times.get(one.item, 1),
                photo=one.photos[0].sha256 if one.photos else "",
            )
            for one in found
            if one.state not in CLOSED
        ),
        unchecked=unchecked,
        photos=tuple(pictures[:MOST_PHOTOS]),
        draft=draft,
        changes=changed,
    )


def days_left(due: str, now: datetime) -> int | None:
    """Days to the last day, less than 0 once it is overdue at this instant; None for what is no date."""
    try:
        last = deadline.read_due(due)
    except ValueError:
        return None
    if last is None:
        return None
    left = deadline.days_left(last, at=now)
    return min(left, -1) if deadline.overdue(last, at=now) else left
