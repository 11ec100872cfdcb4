"""What the page of documents reads: the lists, and one document as it is shown, whatever its kind."""

from __future__ import annotations

from datetime import datetime

import msgspec

from inspector.model.paper import Kind, Standing
from inspector.model.person import Person
from inspector.services import evening, notices, paper_list, papers, people
from inspector.services.notices import Attached
from inspector.services.paper_list import Listed
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.words import site_note

FINDING = "finding:"
WAITING = (Standing.DRAFT, Standing.CHECKED, Standing.ISSUED)


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """All signed documents; how many sheets lack signatures; what waits in the office (ids); and those of the finding
    that is asked for, None if none is."""

    listed: tuple[Listed, ...]
    unsigned: int
    on_desk: frozenset[str]
    of_finding: frozenset[str] | None


def read_lists(workspace: Workspace, which: str, now: datetime) -> Lists:
    """Of one moment; `which` may be a finding. Raises BadInput `finding-unknown`."""
    of_finding = paper_list.of_finding(workspace, which) if which.startswith(FINDING) else None
    return Lists(
        listed=paper_list.every(workspace),
        unsigned=len(evening.waiting(workspace, now=now)),
        on_desk=frozenset(one.id for one in paper_list.desk(workspace) if one.standing in WAITING),
        of_finding=of_finding,
    )


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is None for a sheet; `numbers` are those of all documents of its inspection, oldest first. `scans` are
    those of its stamped or signed paper, `people` those who may have brought one."""

    id: str
    kind: Kind | None
    title: str
    note: str
    number: str
    pdf: bytes
    numbers: tuple[str, ...] = ()
    can_be_corrected: bool = False
    scans: tuple[Attached, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def on_desk(self) -> bool:
        """Whether it goes through the office: drafted, checked, issued, served."""
        return self.kind in paper_list.OFFICIAL


def read(workspace: Workspace, which: str, number: str) -> Shown:
    """An inspection's sheet (`number`: an earlier one) or a document of rectification; for a lane. Raises like
    `papers.one` and `notices.pdf`."""
    if which.startswith("notice:"):
        row = notices.one(workspace, which)
        void = say("documents-void", reason=row.void) if row.void else ""
        return Shown(
            id=row.id,
            kind=row.kind,
            title=row.heading,
            note=site_note(row.number, row.to.name, void),
            number=row.number,
            pdf=notices.pdf(workspace, which),
            scans=notices.scans_of(workspace, which),
            people=tuple(people.every(workspace)),
        )
    paper = papers.one(workspace, which, number=number)
    content = paper.content
    return Shown(
        id=which,
        kind=None,
        title=say("documents-sheet-of", site=content.site.name),
        note=site_note(content.number, content.team),
        number=content.number,
        pdf=paper.pdf,
        numbers=paper.numbers,
        can_be_corrected=content.follows is None and content.number == paper.numbers[-1],
    )
