"""复查意见书: what was seen of each finding, before beside after; what passed is closed by it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from inspector.documents import fonts
from inspector.documents import paper_parts as parts
from inspector.documents import paper_words as words
from inspector.documents.flow import Align, Heading, Text
from inspector.documents.grid import PADDING, Cell, Grid, cell
from inspector.documents.grid import Row as Line
from inspector.documents.paper_slip import of_act
from inspector.documents.pictures import Picture
from inspector.model.inspection import Evidence, rendition_key
from inspector.model.notice import Reinspection, Reseen, Seen
from inspector.model.paper import Signer
from inspector.text import say

_ROWS = (15 * mm, 35 * mm, 50 * mm, 42 * mm, 32 * mm)
_HALF = parts.WIDTH / 2
_PHOTO_HEIGHT = 58 * mm
_SEEN = {Seen.PASS: "seen-pass", Seen.PARTLY: "seen-partly", Seen.FAIL: "seen-fail"}


def reinspection(content: Reinspection, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """The document: result first, photos behind the signatures."""
    heads = ("doc-row", "doc-row-place", "doc-row-found", "doc-row-seen", "doc-row-result")
    rows: list[Line] = [parts.column_heads(heads)]
    rows += [_seen(reseen) for reseen in content.rows]
    pairs = [thing for reseen in content.rows for thing in _pairs(reseen, renditions)]
    begin, end = words.moment(content.begin), words.moment(content.end)
    visit = parts.pair(
        "doc-visit", say("doc-visit-times", begin=begin, end=end[-5:]), "doc-team", content.team
    )
    return [
        *parts.title(content),
        parts.facts([*parts.addressed(content), visit, parts.wide("doc-seen", content.opening)]),
        Grid(rows, _ROWS, repeat=1),
        parts.closing(len(content.rows), len(pairs)),
        parts.facts([parts.wide("doc-asking", content.asking), parts.wide("doc-review", content.review)]),
        Spacer(0, 4 * mm),
        *parts.signatures(content, Signer.REINSPECTOR),
        *_annex(pairs),
        *parts.photos(list(of_act(content.received)), renditions, "doc-photos-act"),
    ]


def _seen(reseen: Reseen) -> Line:
    row = reseen.row
    said = [parts.read(text) for text in (reseen.note, _reported(reseen)) if text]
    result: list[Flowable] = [
        Text(say(_SEEN[reseen.seen]), face=fonts.BOLD, size=parts.SIZE, align=Align.CENTRE)
    ]
    if reseen.seen is Seen.PASS:
        result.append(parts.read(say("doc-closed"), align=Align.CENTRE))
    elif reseen.time_limit is not None:
        limit = words.period(reseen.time_limit)
        result.append(parts.read(say("doc-new-limit", limit=limit), align=Align.CENTRE))
    return [
        parts.centred(words.number(row)),
        parts.place(row),
        cell(parts.read(words.what(row))),
        cell(*(said or [parts.read(say("sheet-none"))])),
        cell(*result),
    ]


def _reported(reseen: Reseen) -> str:
    return say("doc-reported", text=reseen.reported) if reseen.reported else ""


def _annex(pairs: list[Grid]) -> list[Flowable]:
    if not pairs:
        return []
    first, *others = pairs
    return [KeepTogether([Heading(parts.PHOTOS, say("doc-photos-both")), first]), *others]


def _pairs(reseen: Reseen, renditions: Mapping[str, bytes]) -> list[Grid]:
    """Before on the left, after on the right; where one is missing, that is said."""
    return [
        Grid(
            [
                [
                    _half(reseen, before, renditions, "doc-no-before"),
                    _half(reseen, after, renditions, "doc-no-after"),
                ]
            ],
            [_HALF, _HALF],
        )
        for before, after in zip_longest(reseen.row.photos, reseen.photos)
    ]


def _half(reseen: Reseen, photo: Evidence | None, renditions: Mapping[str, bytes], missing: str) -> Cell:
    if photo is None:
        return cell(Text(say(missing), align=Align.CENTRE))
    return cell(
        Picture(renditions[rendition_key(photo)], _HALF - 2 * PADDING, _PHOTO_HEIGHT),
        Spacer(0, 0.8 * mm),
        Text(words.caption(reseen.row, photo), size=9, align=Align.CENTRE),
        top=True,
    )
