"""The two documents that are numbered, issued and sealed: 督查整改通知书 and 督办单."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from inspector.documents import paper_parts as parts
from inspector.documents import paper_words as words
from inspector.documents.grid import Grid, cell
from inspector.documents.grid import Row as Line
from inspector.model.notice import Missed, Notice, Press, Row
from inspector.text import say

_NOTICE = (14 * mm, 38 * mm, 56 * mm, 15 * mm, 29 * mm, 22 * mm)
_PRESS = (13 * mm, 30 * mm, 39 * mm, 44 * mm, 28 * mm, 20 * mm)


def notice(content: Notice, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """督查整改通知书: what the unit is asked to put right, by when, and how it answers."""
    heads = ("doc-row", "doc-row-place", "doc-row-what", "doc-row-quantity", "doc-row-limit")
    rows: list[Line] = [parts.column_heads((*heads, "doc-row-due"))]
    rows += [_asked(row) for row in content.rows]
    shown = [(words.caption(row, photo), photo) for row in content.rows for photo in row.photos]
    return [
        *parts.title(content),
        parts.facts([*parts.addressed(content), parts.wide("doc-opening", content.opening)]),
        Grid(rows, _NOTICE, repeat=1),
        parts.closing(len(content.rows), len(shown)),
        parts.facts([parts.wide("doc-asking", content.asking), parts.wide("doc-feedback", content.feedback)]),
        parts.sealed(content, parts.wide("doc-review", content.review)),
        *parts.photos(shown, renditions),
    ]


def _asked(row: Row) -> Line:
    return [
        parts.centred(words.number(row)),
        parts.place(row),
        cell(parts.read(words.what(row))),
        parts.centred(words.quantity(row)),
        parts.centred(words.period(row.time_limit, row.began)),
        parts.centred(words.due(row.due)),
    ]


def press(content: Press, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """督办单: what was to be done, by when, how late it is, and the new limit."""
    heads = ("doc-row", "doc-row-place", "doc-row-found", "doc-row-missed", "doc-row-new-limit")
    rows: list[Line] = [parts.column_heads((*heads, "doc-row-due"))]
    rows += [_missed(missed) for missed in content.rows]
    shown = [
        (words.caption(missed.row, photo), photo) for missed in content.rows for photo in missed.row.photos
    ]
    to = parts.addressed(content)
    if content.leader_in_charge:
        to.insert(1, parts.wide("doc-leader", content.leader_in_charge))
    return [
        *parts.title(content),
        parts.facts([*to, parts.wide("doc-press-why", content.opening)]),
        Grid(rows, _PRESS, repeat=1),
        parts.closing(len(content.rows), len(shown)),
        parts.facts([parts.wide("doc-asking", content.asking)]),
        parts.sealed(content, parts.wide("doc-feedback", content.feedback)),
        *parts.photos(shown, renditions),
    ]


def _missed(missed: Missed) -> Line:
    row = missed.row
    earlier = (
        say("doc-missed-notice", number=missed.notice, day=words.day(missed.served_on)),
        say("doc-missed-due", due=words.due(row.due) or say("sheet-dash")),
        say("doc-missed-days", days=missed.days_late) if missed.days_late else say("doc-missed-today"),
    )
    return [
        parts.centred(words.number(row)),
        parts.place(row),
        cell(parts.read(words.what(row))),
        cell(*[parts.read(line) for line in earlier]),
        parts.centred(words.period(missed.time_limit)),
        cell(Spacer(0, 0)),
    ]
