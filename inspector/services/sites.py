"""Sites (点位): imported from the office's list, or added in the field."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from inspector.ledger.record import Record
from inspector.model.errors import BadInput
from inspector.model.rows import Row, tidy
from inspector.model.site import Site
from inspector.model.site_rules import SiteRules
from inspector.services import forms, lists
from inspector.services.drafts import stamp
from inspector.services.initials import initials
from inspector.services.lists import Change, Imported
from inspector.store import entities, records, units
from inspector.store import sites as store
from inspector.store.workspace import Workspace
from inspector.tables import read
from inspector.tables.headings import SITES

_log = logging.getLogger(__name__)


def import_file(workspace: Workspace, path: Path, *, now: datetime) -> Imported:
    """Take in a list of sites (.csv or .xlsx); `errors` say by row and column why it was not. Units and forms must be
    there before. A site that the list leaves out stays. Raises BadInput for a file that is no list at all
    (`tables.read`)."""
    table = read(path, SITES)
    kinds = _kinds(workspace)
    with workspace.reading() as db:
        sites, problems = _rules(db, kinds).read(table.rows, present=table.headings)
        if table.problems or problems:
            return lists.refused(table, problems, SITES)
        shown = entities.shown_of(db, "site")
        changes = [
            Change(
                entity=site.id,
                new=site.id not in shown,
                fields=_fields(site, shown.get(site.id, {})),
                parents=records.heads(db, site.id),
            )
            for site in sites
        ]
    done = lists.keep(workspace, changes, now=now)
    _log.info("sites: %d added, %d changed, %d unchanged", done.added, done.changed, done.unchanged)
    return done


def add(workspace: Workspace, cells: Mapping[str, str], *, now: datetime) -> Site:
    """A site that an inspector met in the field. `cells` are what he typed, by the columns of a list; units by name.
    The 编号 may be missing: the office gives one later, by a list that names it.
    Raises BadInput `site-invalid` with the problems of its columns."""
    typed = Row(0, {column: tidy(cells.get(column, "")) for column in SITES.spellings})
    kinds = _kinds(workspace)
    with workspace.reading() as db:
        site, problems = _rules(db, kinds).add(typed, id=workspace.new_id("site"))
    if problems:
        raise BadInput("site-invalid", count=len(problems), problems=problems)
    record = Record("site", site.id, (), {"set": _fields(site, {})})
    with workspace.transaction() as db:
        records.append(db, workspace, (record,), person=None, wall=stamp(now))
        return store.one(db, site.id)


def every(workspace: Workspace) -> list[Site]:
    """All sites by code; those without one at the end."""
    with workspace.reading() as db:
        return store.every(db)


def one(workspace: Workspace, which: str) -> Site:
    """The site with this entity, code, name or alias. Raises BadInput `site-unknown`, `site-ambiguous`."""
    with workspace.reading() as db:
        return store.one(db, store.find(db, which))


def _kinds(workspace: Workspace) -> set[str]:
    return {edition.form.site_kind for edition in forms.every(workspace)}


def _rules(db: Connection, kinds: set[str]) -> SiteRules:
    return SiteRules(units=units.every(db), sites=store.every(db), kinds=kinds)


def _fields(site: Site, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What to write of a site; its initials whenever its names change."""
    new = lists.fields(site, shown)
    if new.keys() & {"name", "aliases"}:
        new["initials"] = list(initials((site.name, *site.aliases)))
    return new
