"""Inspections (检查) as one looks for them: under way, with items to be checked again (待补查), and signed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from inspector.model.search import Searchable, searchable
from inspector.services import forms, papers, today
from inspector.services.papers import Listed
from inspector.services.today import OpenDraft
from inspector.store import inspections, sites
from inspector.store.workspace import Workspace


class Unchecked(msgspec.Struct, frozen=True, kw_only=True):
    """What a visit left unchecked and nobody has checked since: codes and texts of the items. `entity` is the site,
    `begin` RFC 3339."""

    inspection: str
    number: str
    entity: str
    site: str
    code: str
    kind: str
    begin: str
    items: tuple[tuple[str, str], ...]
    search: Searchable


class Visits(msgspec.Struct, frozen=True, kw_only=True):
    """All of them: drafts by when they were changed, the others by when they were made, the latest first."""

    open: tuple[OpenDraft, ...]
    unchecked: tuple[Unchecked, ...]
    signed: tuple[Listed, ...]


def every(workspace: Workspace, *, now: datetime) -> Visits:
    """Every inspection at the instant `now`."""
    return Visits(
        open=today.today(workspace, now=now).drafts,
        unchecked=unchecked(workspace),
        signed=papers.every(workspace),
    )


def unchecked(workspace: Workspace) -> tuple[Unchecked, ...]:
    """待补查, a line for every visit that left something unchecked, the latest first."""
    left: dict[str, list[str]] = {}
    with workspace.reading() as db:
        for _, inspection, item in inspections.unchecked(db):
            left.setdefault(inspection, []).append(item)
        rows = {inspection: inspections.one(db, inspection) for inspection in left}
        places = {row.site: sites.one(db, row.site) for row in rows.values()}
        versions = {row.id: inspections.document(db, row).form.version for row in rows.values()}
    found = []
    for inspection, codes in left.items():
        row, form = rows[inspection], forms.of_version(workspace, versions[inspection])
        site = places[row.site]
        found.append(
            Unchecked(
                inspection=inspection,
                number=row.number,
                entity=site.id,
                site=site.name,
                code=site.code,
                kind=form.name,
                begin=row.begin,
                items=tuple((code, form.item(code).text) for code in codes),
                search=searchable((site.name, site.code, row.number), codes, site.initials),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.begin, one.inspection), reverse=True))
