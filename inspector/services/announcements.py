"""送达告知: what a unit is told when documents have arrived, to paste into a group or to print on a page."""

from __future__ import annotations

from inspector.documents import paper_words
from inspector.documents.plain_page import plain_page
from inspector.model.document_text import Template
from inspector.model.errors import BadInput
from inspector.model.notice import Contact, Row, Service, rows_of
from inspector.services import document_texts
from inspector.store import notices
from inspector.store.workspace import Workspace


def text(workspace: Workspace, service: str) -> str:
    """The text for a 送达回证, with the last day of each finding. Raises BadInput `notice-unknown`,
    `notice-no-service`."""
    title, paragraphs, _ = _said(workspace, service)
    return "\n".join((title, *paragraphs))


def page(workspace: Workspace, service: str) -> bytes:
    """The same as one page (PDF)."""
    title, paragraphs, proof = _said(workspace, service)
    return plain_page(
        title=title,
        number=proof.number,
        issuer=proof.issuer,
        made=proof.made,
        paragraphs=paragraphs,
        example=proof.example,
    )


def _said(workspace: Workspace, service: str) -> tuple[str, list[str], Service]:
    texts = document_texts.of(workspace, Template.ANNOUNCEMENT)
    with workspace.reading() as db:
        proof = notices.document(db, notices.one(db, service))
        if not isinstance(proof, Service):
            raise BadInput("notice-no-service", notice=service)
        papers = [notices.document(db, notices.one(db, paper.entity)) for paper in proof.papers]
    rows: dict[str, Row] = {row.finding: row for paper in papers for row in rows_of(paper)}
    contact: Contact = next((paper.contact for paper in papers if not isinstance(paper, Service)), Contact())
    opening = texts.filled(
        "opening",
        unit=proof.to.name,
        papers=paper_words.papers(proof.papers),
        at=paper_words.moment(proof.received.at),
        way=paper_words.way(proof.received),
    )
    lines = [paper_words.ends(rows[limit.finding], limit) for limit in proof.limits]
    asking = texts.filled("asking", contact=contact.name, telephone=contact.telephone, place=contact.place)
    return texts.heading, [opening, *lines, asking], proof
