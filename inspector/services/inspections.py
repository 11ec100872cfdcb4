"""Signed inspections, as they are listed, shown and written out."""

from __future__ import annotations

from inspector.model.inspection import Content
from inspector.store import blobs, inspections
from inspector.store.inspections import Row
from inspector.store.workspace import Workspace


def every(workspace: Workspace) -> list[Row]:
    """The current sheet of every inspection, the latest visit first."""
    with workspace.reading() as db:
        return inspections.every(db)


def of_site(workspace: Workspace, site: str) -> list[Row]:
    """The current sheets of a site, the latest visit first."""
    with workspace.reading() as db:
        return inspections.of_site(db, site)


def document(workspace: Workspace, which: str, *, number: str = "") -> Content:
    """The content of a signed inspection, by its id, printed number or the 16 hex of its hash that are printed;
    `number` asks for an earlier document of the same inspection.
    Raises BadInput `inspection-unknown`, `inspection-ambiguous`, `sheet-number-unknown`."""
    with workspace.reading() as db:
        return inspections.document(db, inspections.one(db, which, number=number))


def pdf(workspace: Workspace, which: str, *, number: str = "") -> bytes:
    """The signed sheet. Raises like `document`; Damaged `blob-damaged`, Environment `blob-missing`."""
    with workspace.reading() as db:
        named = inspections.one(db, which, number=number).sheet
    return blobs.read(workspace, named)


def unchecked(workspace: Workspace) -> list[tuple[str, str, str]]:
    """待补查: (site, inspection, item) of what the latest visit that asked it left unchecked."""
    with workspace.reading() as db:
        return inspections.unchecked(db)
