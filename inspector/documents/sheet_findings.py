"""The findings of a sheet, one block each: before left, after right, nothing split over pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from inspector.documents import fonts, page
from inspector.documents import sheet_words as words
from inspector.documents.flow import Align, Heading, Note, Span, Text, label
from inspector.documents.grid import PADDING, Cell, Grid, Row, cell
from inspector.documents.pictures import Picture
from inspector.model.form import Form
from inspector.model.inspection import Content, Earlier, Evidence, Found, PhotoRole, rendition_key
from inspector.model.words import Verdict, word
from inspector.text import say

_COLUMNS = (18 * mm, 69 * mm, 33 * mm, 18 * mm, 36 * mm)
"""Labels and values above; below, half of the page for each photo: 18 + 69 = 33 + 18 + 36."""
_PHOTO_WIDTH = 87 * mm - 2 * PADDING
_GAP = 3.5 * mm
_HIGHEST, _LOWEST = 62 * mm, 35 * mm
"""Bounds of the height of a photo: the blocks of a page share out what they leave of it."""


def findings(content: Content, form: Form, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """Every finding, in the form's order; nothing if there is none."""
    if not content.findings:
        return []
    times = {answered.code: answered.times for answered in content.answers}
    blocks = [
        _Block(
            _head(n, found, form, times.get(found.item, 0)),
            _facts(found, form),
            _pairs(
                content, found.photos, renditions, missing="" if found.fixed_on_spot else say("sheet-not-yet")
            ),
        )
        for n, found in enumerate(content.findings, 1)
    ]
    title = say("sheet-findings-title", count=len(content.findings))
    return _laid_out(blocks, Heading("findings", title))


def earlier(content: Content, form: Form, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """What became of the findings of earlier visits; nothing if none was looked at."""
    if not content.earlier:
        return []
    blocks = [
        _Block(
            _earlier_head(n, seen, form),
            _earlier_facts(seen),
            _pairs(content, seen.photos, renditions, missing=""),
        )
        for n, seen in enumerate(content.earlier, 1)
    ]
    title = say("sheet-earlier-title", count=len(content.earlier))
    return _laid_out(blocks, Heading("earlier", title))


class _Half:
    """Half of a row of photos: a photo with its caption, or words instead."""

    def __init__(self, jpeg: bytes | None, text: str) -> None:
        self._jpeg = jpeg
        self._text = Text(text, size=9 if jpeg else 10, align=Align.CENTRE)

    def cell(self, height: float, span: int) -> Cell:
        if self._jpeg is None:
            return cell(self._text, span=span)
        return cell(
            Picture(self._jpeg, _PHOTO_WIDTH, height), Spacer(0, 0.8 * mm), self._text, span=span, top=True
        )


class _Block:
    """A finding that waits for the height of its photos."""

    def __init__(self, head: Row, facts: Sequence[Row], pairs: Sequence[tuple[_Half, _Half]]) -> None:
        self._rows = [head, *facts]
        self._pairs = pairs
        self.photo_rows = len(pairs)

    def grid(self, photo_height: float) -> Grid:
        rows = self._rows + [
            [left.cell(photo_height, 2), right.cell(photo_height, 3)] for left, right in self._pairs
        ]
        grid = Grid(rows, _COLUMNS, repeat=1, thick_head=True, padding=0.75 * mm)
        grid.spaceBefore = _GAP
        return grid


def _laid_out(blocks: Sequence[_Block], heading: Heading) -> list[Flowable]:
    """The blocks, as many on each page as fit with small photos; then these grow until the page is full. The heading
    stays with the first of them."""
    things: list[Grid] = []
    together: list[_Block] = []
    used = 0.0
    for block in blocks:
        height = block.grid(_LOWEST).wrap(page.BODY_WIDTH, 0)[1] + _GAP
        if together and used + height > page.body_height():
            things += _grown(together, page.body_height() - used)
            together, used = [], 0.0
        together.append(block)
        used += height
    first, *others = things + _grown(together, page.body_height() - used)
    return [KeepTogether([heading, first]), *(KeepTogether([grid]) for grid in others)]


def _grown(blocks: Sequence[_Block], left: float) -> list[Grid]:
    photo_rows = sum(block.photo_rows for block in blocks)
    more = max(0.0, left) / photo_rows if photo_rows else 0.0
    return [block.grid(min(_HIGHEST, _LOWEST + more)) for block in blocks]


def _pairs(
    content: Content, photos: Sequence[Evidence], renditions: Mapping[str, bytes], *, missing: str
) -> list[tuple[_Half, _Half]]:
    """Rows of two photos: before beside after; without any after, the ones before fill both sides, and what is
    `missing` is said where a side is left."""
    before = _halves(content, photos, renditions, PhotoRole.BEFORE)
    after = _halves(content, photos, renditions, PhotoRole.AFTER)
    if after:
        blank = _Half(None, "")
        return list(zip_longest(before, after, fillvalue=blank))
    return list(zip_longest(before[::2], before[1::2], fillvalue=_Half(None, missing)))


def _halves(
    content: Content, photos: Sequence[Evidence], renditions: Mapping[str, bytes], role: PhotoRole
) -> list[_Half]:
    own = [photo for photo in photos if photo.role is role]
    return [
        _Half(renditions[rendition_key(photo)], words.caption(content, photo, n if len(own) > 1 else 0))
        for n, photo in enumerate(own, 1)
    ]


def _title_row(left: Sequence[Span], right: str, *notes: Note) -> Row:
    return [
        cell(Text(left, size=10.5), *notes, span=3, grey=True),
        cell(Text(right, face=fonts.BOLD, size=10.5, align=Align.RIGHT), span=2, grey=True, open=True),
    ]


def _head(n: int, found: Found, form: Form, times: int) -> Row:
    item = form.item(found.item)
    severity = word(found.severity)
    if item.veto:
        severity = say("sheet-finding-veto", severity=severity)
    if times > 1:
        severity = say("sheet-finding-times", severity=severity, times=times)
    if found.fixed_on_spot:
        severity = words.dotted((severity, say("sheet-fixed")))
    left = (
        Span(f"{n}  ", fonts.BOLD),
        *words.marked(Verdict.FAIL, f"{found.item}  {item.text}", fonts.BOLD),
    )
    return _title_row(left, severity, Note(str(n)))


def _row(one: str, left: Flowable | str, other: str, right: str) -> Row:
    return [cell(label(one), grey=True), cell(left, span=2), cell(label(other), grey=True), cell(right)]


def _wide(one: str, text: Flowable | str) -> Row:
    return [cell(label(one), grey=True), cell(text, span=4)]


def _facts(found: Found, form: Form) -> list[Row]:
    quantity = f"{found.quantity} {found.measure}".strip() or say("sheet-dash")
    rows = [
        _wide(say("sheet-finding-what"), Text(found.description, face=fonts.BOLD, size=10)),
        _row(
            say("sheet-finding-place"),
            found.place or say("sheet-dash"),
            say("sheet-finding-quantity"),
            quantity,
        ),
        _wide(say("sheet-finding-units"), words.units(found.lead_unit, found.helping_units, found.party)),
        _row(
            say("sheet-finding-clause"),
            words.clause(form.item(found.item)),
            say("sheet-finding-limit"),
            words.time_limit(found.time_limit),
        ),
    ]
    if found.no_photo or not found.photos:
        why = say("sheet-no-photo-why", why=found.no_photo) if found.no_photo else say("sheet-no-photo")
        rows.append(_wide(say("sheet-finding-photos"), why))
    return rows


def _earlier_head(n: int, seen: Earlier, form: Form) -> Row:
    state = say("sheet-earlier-still" if seen.still else "sheet-earlier-gone")
    sign = Verdict.FAIL if seen.still else Verdict.PASS
    item = form.by_code.get(seen.item)
    left = (
        Span(f"{n}  ", fonts.BOLD),
        *words.marked(sign, f"{seen.item}  {item.text if item else ''}", fonts.BOLD),
    )
    return _title_row(left, state)


def _earlier_facts(seen: Earlier) -> list[Row]:
    return [
        _wide(say("sheet-earlier-what"), seen.description),
        _row(
            say("sheet-finding-place"),
            seen.place or say("sheet-dash"),
            say("sheet-earlier-found"),
            words.day(seen.found_on),
        ),
    ]
