"""Signed documents of every kind in one list: sheets, notices, slips, proofs; and the desk of those that go through an
office, drafts among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from inspector.model.paper import PAPERS, Kind, Standing
from inspector.model.search import Searchable, searchable
from inspector.model.unit import Unit
from inspector.model.words import Category
from inspector.services import initials, papers
from inspector.store import findings, notices, units
from inspector.store.notices import Row
from inspector.store.workspace import Workspace

OFFICIAL = frozenset(kind for kind, paper in PAPERS.items() if paper.issued)
"""What somebody drafts, another checks, and a third issues."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is listed. `kind` is None for a sheet, whose `name` is its site's; else `name` is whom it is
    for and `heading` its title. `day` is a date or RFC 3339, `score` in tenths. `standing` is how far it has come,
    `findings` how many stand in it; `twice`: one of them stands in another live notice, too, after a merge."""

    id: str
    kind: Kind | None = None
    heading: str = ""
    name: str
    number: str
    about: tuple[str, ...] = ()
    day: str
    category: Category | None = None
    score: int | None = None
    follows: bool = False
    standing: Standing | None = None
    findings: int = 0
    void: str = ""
    twice: bool = False
    search: Searchable


def every(workspace: Workspace) -> tuple[Listed, ...]:
    """Every signed document of this workspace, the latest first; of an inspection its current sheet."""
    with workspace.reading() as db:
        rows = [row for row in notices.every(db) if row.sheet]
        known = {unit.id: unit for unit in units.every(db)}
    found = [_sheet(one) for one in papers.every(workspace)]
    found += [_paper(row, known) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.day[:10], one.day, one.number), reverse=True))


def of_finding(workspace: Workspace, finding: str) -> frozenset[str]:
    """The documents (ids) that a finding stands in, from its sheet to what proves that its notices arrived.
    Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        found = findings.one(db, finding)
        rows = [row for row in notices.every(db) if found.id in row.findings and row.sheet]
    proofs = {row.service for row in rows if row.service}
    return frozenset({found.inspection, *(row.id for row in rows), *proofs})


def desk(workspace: Workspace) -> tuple[Listed, ...]:
    """Documents that are drafted, checked and issued, with their drafts, the latest first."""
    with workspace.reading() as db:
        rows = notices.every(db)
        known = {unit.id: unit for unit in units.every(db)}
        in_several = {
            row.id for several in notices.by_finding(db, rows).values() if len(several) > 1 for row in several
        }
    return tuple(_paper(row, known, in_several) for row in rows if row.kind in OFFICIAL)


def _sheet(one: papers.Listed) -> Listed:
    return Listed(
        id=one.inspection,
        name=one.site,
        number=one.number,
        about=(one.kind, one.street),
        day=one.begin,
        category=one.category,
        score=one.score,
        follows=one.follows,
        search=one.search,
    )


def _paper(row: Row, known: Mapping[str, Unit], in_several: Iterable[str] = ()) -> Listed:
    unit = known.get(row.to.id)
    short = unit.label if unit else ""
    names = tuple(dict.fromkeys((row.to.name, *((unit.name, short) if unit else ()))))
    return Listed(
        id=row.id,
        kind=row.kind,
        heading=row.heading,
        name=row.to.name,
        number=row.number,
        day=row.issued or row.drafted,
        standing=row.standing,
        findings=len(row.findings),
        void=row.void,
        twice=row.id in in_several,
        search=searchable((row.number, *names), (row.heading,), _initials(names)),
    )


@lru_cache(maxsize=1000)
def _initials(names: tuple[str, ...]) -> tuple[str, ...]:
    return initials.initials(names)
