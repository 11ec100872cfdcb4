"""What must hold before a document of rectification is signed."""

from __future__ import annotations

from collections.abc import Set

from inspector.model.notice import Bulletin, Document, Handover, Issued, Press, Reinspection, Service, rows_of
from inspector.model.paper import PAPERS, Kind, Signer


def faults(document: Document, *, bodies: Set[str] = frozenset()) -> tuple[str, ...]:
    """Why this document cannot be signed, as keys: `doc-no-rows`, `doc-few-signers`, `doc-row-order`,
    `doc-finding-twice`, `doc-party-addressed`, `doc-nobody-received`, `doc-no-leader`, `doc-no-contact`,
    `doc-not-checked`. `bodies` are the units that are companies (parties): none may be addressed, nor copied."""
    paper = PAPERS[Kind(document.kind)]
    found: list[str] = []
    if len(document.signers) < paper.at_least:
        found.append("doc-few-signers")
    if paper.signers is Signer.LEADER and not any(member.leader for member in document.signers):
        found.append("doc-no-leader")
    addressed = {document.to.id, *(unit.id for unit in document.copied)}
    if addressed & bodies or document.to.name in document.parties:
        found.append("doc-party-addressed")
    if isinstance(document, Handover | Service | Reinspection) and document.received.lacks():
        found.append("doc-nobody-received")
    if isinstance(document, Service):
        if not document.papers:
            found.append("doc-no-rows")
        return tuple(found)
    if not document.contact.name or not document.contact.telephone:
        found.append("doc-no-contact")
    if isinstance(document, Issued) and not document.checked.name:
        found.append("doc-not-checked")
    if isinstance(document, Bulletin):
        return tuple(found)
    rows = rows_of(document)
    if not rows:
        found.append("doc-no-rows")
    if [row.row for row in rows] != list(range(1, len(rows) + 1)) and not isinstance(document, Press):
        found.append("doc-row-order")
    if len({row.finding for row in rows}) < len(rows):
        found.append("doc-finding-twice")
    return tuple(found)


def texts_of(document: Document) -> tuple[str, ...]:
    """Everything a person wrote that is printed as the office's own words: what must hold no forbidden word.
    Descriptions are left out: they were judged when the sheet was signed, and may quote a sign on a wall."""
    fields = ("heading", "opening", "asking", "praise", "feedback", "review", "note")
    texts = [str(getattr(document, field, "")) for field in fields]
    texts += [row.requirement for row in rows_of(document)]
    return tuple(text for text in texts if text)
