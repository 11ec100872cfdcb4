"""A signed document as its page shows it, whatever its kind."""

from __future__ import annotations

import msgspec

from inspector.model.paper import Kind
from inspector.services import notices, paper_list, papers
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.words import site_note


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is None for a sheet; `numbers` are those of all documents of its inspection, oldest first."""

    id: str
    kind: Kind | None
    title: str
    note: str
    number: str
    pdf: bytes
    numbers: tuple[str, ...] = ()
    can_be_corrected: bool = False

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
