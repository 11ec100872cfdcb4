"""The two documents that pass from hand to hand: 现场交办单 and 送达回证."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from inspector.documents import paper_parts as parts
from inspector.documents import paper_words as words
from inspector.documents.grid import Grid, cell
from inspector.documents.grid import Row as Line
from inspector.model.inspection import Evidence
from inspector.model.notice import Handover, Received, Row, ServedLimit, Service
from inspector.model.paper import Signer
from inspector.text import say

_ROWS = (15 * mm, 38 * mm, 62 * mm, 17 * mm, 42 * mm)
_PAPERS = (58 * mm, 58 * mm, parts.WIDTH - 116 * mm)
_LIMITS = (26 * mm, 88 * mm, parts.WIDTH - 114 * mm)


def handover(content: Handover, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """现场交办单: what was found, handed over on the spot; the limit begins."""
    heads = ("doc-row", "doc-row-place", "doc-row-what", "doc-row-quantity", "doc-row-limit-due")
    rows: list[Line] = [parts.column_heads(heads)]
    rows += [_handed(row) for row in content.rows]
    shown = [(words.caption(row, photo), photo) for row in content.rows for photo in row.photos]
    return [
        *parts.title(content),
        parts.facts([*parts.addressed(content), parts.wide("doc-opening", content.opening)]),
        Grid(rows, _ROWS, repeat=1),
        parts.closing(len(content.rows), len(shown)),
        parts.facts([parts.wide("doc-asking", content.asking)]),
        Spacer(0, 4 * mm),
        *parts.signatures(content, Signer.LEADER),
        *parts.photos([*shown, *of_act(content.received)], renditions),
    ]


def _handed(row: Row) -> Line:
    limit = [parts.read(words.period(row.time_limit))]
    if row.due:
        limit.append(parts.read(say("doc-due-is", due=words.due(row.due))))
    return [
        parts.centred(words.number(row)),
        parts.place(row),
        cell(parts.read(words.what(row))),
        parts.centred(words.quantity(row)),
        cell(*limit),
    ]


def of_act(received: Received) -> Iterator[tuple[str, Evidence]]:
    """The photos of the act of handing over, with what stands below them."""
    for photo in received.photos:
        digits = say("sheet-photo-digits", digits=photo.sha256[:8])
        yield say("doc-photo-act", at=words.moment(received.at), digits=digits), photo


def service(content: Service, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """送达回证: which documents, to whom, how, when; and when each limit ends by that."""
    papers: list[Line] = [parts.column_heads(("doc-served-title", "doc-served-number", "doc-served-file"))]
    papers += [
        [
            cell(parts.read(one.title)),
            cell(parts.read(one.number)),
            cell(parts.read(say("doc-served-digits", digits=one.sha256[:16]))),
        ]
        for one in content.papers
    ]
    limits: list[Line] = [parts.column_heads(("doc-row", "doc-row-limit", "doc-row-ends"))]
    limits += [_limit(one) for one in content.limits]
    return [
        *parts.title(content),
        parts.facts([parts.wide("doc-served-to", content.to.name)]),
        Grid(papers, _PAPERS, repeat=1),
        *([Spacer(0, 3 * mm), Grid(limits, _LIMITS, repeat=1)] if content.limits else []),
        Spacer(0, 3 * mm),
        parts.facts([parts.wide("doc-note", content.note)]),
        Spacer(0, 3 * mm),
        *parts.signatures(content, Signer.SERVER),
        *parts.photos(list(of_act(content.received)), renditions, "doc-photos-act"),
    ]


def _limit(one: ServedLimit) -> Line:
    return [
        parts.centred(one.number or say("sheet-dash")),
        cell(parts.read(words.period(one.time_limit))),
        parts.centred(words.due(one.due) or say("doc-due-open")),
    ]
