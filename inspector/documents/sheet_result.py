"""The result of a sheet: its score with the formula, the worst findings, each section in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from inspector.documents import fonts, page
from inspector.documents import sheet_words as words
from inspector.documents.flow import Align, Later, Text, label
from inspector.documents.grid import Grid, Row, cell, height_of
from inspector.documents.pictures import Picture
from inspector.model.decimals import shown
from inspector.model.form import Form
from inspector.model.inspection import Content, Found, PhotoRole, rendition_key
from inspector.model.score import rounded
from inspector.model.words import Severity, Verdict, word
from inspector.text import say

WORST = 3
_WIDTH = page.BODY_WIDTH
_GAP = 3.5 * mm
_STRIP_PADDING = 0.4 * mm
_PAGES_SIZE = 9
_PHOTO_HIGHEST, _PHOTO_LOWEST = 42 * mm, 27 * mm


def result(content: Content, form: Form) -> Grid:
    """The score in its box, with the figures that it is made of."""
    tenths = content.result.score
    figure = say("sheet-no-score") if tenths is None else words.score(tenths)
    lines: list[Flowable] = [Text(text, face=face, size=size) for text, face, size in _figures(content, form)]
    return Grid(
        [
            [
                cell(
                    Text(say("sheet-score"), face=fonts.BOLD, size=10),
                    Text(figure, face=fonts.BOLD, size=30, leading=38),
                ),
                cell(*lines),
            ]
        ],
        [46 * mm, _WIDTH - 46 * mm],
        thick=True,
        padding=1.6 * mm,
    )


def _figures(content: Content, form: Form) -> list[tuple[str, str, float]]:
    tally = Counter(answered.verdict for answered in content.answers)
    counts = say(
        "sheet-counts",
        items=sum(count for verdict, count in tally.items() if verdict is not None),
        passed=tally[Verdict.PASS],
        failed=tally[Verdict.FAIL],
        gone=tally[Verdict.NOT_APPLICABLE],
        unchecked=tally[Verdict.UNCHECKED],
    )
    lines = [(counts, fonts.BOLD, 10.5), (_formula(content), fonts.SANS, 9.5)]
    if content.result.vetoes:
        lines.append((say("sheet-veto", items=words.listed(content.result.vetoes)), fonts.BOLD, 10.5))
    lines.append((_found(content, form), fonts.BOLD, 10.5))
    if content.earlier:
        still = sum(seen.still for seen in content.earlier)
        count = len(content.earlier)
        text = say("sheet-earlier-counts", count=count, still=still, gone=count - still)
        lines.append((text, fonts.SANS, 9.5))
    unchecked = [
        say("sheet-bracket", text=answered.code, extra=word(answered.reason))
        if answered.reason
        else answered.code
        for answered in content.answers
        if answered.verdict is Verdict.UNCHECKED
    ]
    if unchecked:
        lines.append((say("sheet-unchecked-codes", codes=words.listed(unchecked)), fonts.SANS, 9.5))
    return lines


def _formula(content: Content) -> str:
    result = content.result
    if content.follows:
        return say("sheet-no-score-follows")
    if result.score is None or not result.weight:
        return say("sheet-no-score-nothing")
    # To hundredths, cut off, not rounded: 85.449 must not look as if 85.45 had been rounded to 85.4.
    exact, rest = divmod(10_000 * (result.weight - result.deducted), result.weight)
    figures = {"deducted": words.marks(result.deducted), "weight": words.marks(result.weight)}
    if not rest and not exact % 10:
        return say("sheet-formula", value=words.score(exact // 10), **figures)
    tenths = rounded(1000 * (result.weight - result.deducted), result.weight)
    return say("sheet-formula-rounded", value=shown(exact, 2), score=words.score(tenths), **figures)


def _found(content: Content, form: Form) -> str:
    if not content.findings:
        return say("sheet-findings-none")
    vetoed = [found for found in content.findings if form.item(found.item).veto]
    others = [found for found in content.findings if not form.item(found.item).veto]
    major = sum(found.severity is not Severity.MINOR for found in others)
    return say(
        "sheet-findings-counts",
        count=len(content.findings),
        veto=len(vetoed),
        major=major,
        minor=len(others) - major,
        fixed=sum(found.fixed_on_spot for found in content.findings),
    )


def worst(content: Content, form: Form) -> tuple[Found, ...]:
    """The three worst findings: veto items, then major ones, then what is still open, then what has a photo."""
    ranked = sorted(
        content.findings,
        key=lambda found: (
            not form.item(found.item).veto,
            found.severity is Severity.MINOR,
            found.fixed_on_spot,
            not found.photos,
        ),
    )
    return tuple(ranked[:WORST])


def worst_shown(
    content: Content, form: Form, renditions: Mapping[str, bytes], room: float
) -> tuple[list[Flowable], float]:
    """The worst findings side by side, and what they leave of `room` points of height: their photos take what they
    can of it, and more if they must."""
    chosen = worst(content, form)
    if not chosen:
        return [], room
    heading = Text(say("sheet-worst"), face=fonts.BOLD, size=12, before=4 * mm, after=1 * mm)
    width = (_WIDTH - (WORST - 1) * _GAP) / WORST
    below = [_told(form, found) for found in chosen]
    rest = _strip([list(texts) for texts in zip(*below, strict=True)], width)
    used = height_of([heading, rest], _WIDTH) + heading.getSpaceBefore() + heading.getSpaceAfter()
    free = room - used - 2 * _STRIP_PADDING
    height = max(_PHOTO_LOWEST, min(_PHOTO_HIGHEST, free))
    pictures = [_photo(found, renditions, width, height) for found in chosen]
    return [heading, _strip([pictures], width), rest], free - height


def _strip(rows: Sequence[Sequence[Flowable]], width: float) -> Grid:
    """Columns side by side without lines, a gap between them."""
    made: list[Row] = []
    for row in rows:
        cells = []
        for index, thing in enumerate(row):
            cells += [cell(flush=True)] if index else []
            cells.append(cell(thing, flush=True, top=True))
        made.append(cells)
    columns = len(rows[0])
    return Grid(made, [width, *([_GAP, width] * (columns - 1))], bare=True, padding=_STRIP_PADDING)


def _photo(found: Found, renditions: Mapping[str, bytes], width: float, height: float) -> Flowable:
    first = next((photo for photo in found.photos if photo.role is PhotoRole.BEFORE), None)
    first = first or next(iter(found.photos), None)
    if first:
        return Picture(renditions[rendition_key(first)], width, height, align=Align.LEFT)
    why = say("sheet-no-photo-why", why=found.no_photo) if found.no_photo else say("sheet-no-photo")
    return Grid([[cell(Text(why, align=Align.CENTRE, most_lines=4))]], [width], least=height)


def _told(form: Form, found: Found) -> tuple[Flowable, ...]:
    item = form.item(found.item)
    severity = word(Severity.VETO) if item.veto else word(found.severity)
    if found.fixed_on_spot:
        severity = words.dotted((severity, say("sheet-fixed")))
    who = words.dotted((words.units(found.lead_unit), words.time_limit(found.time_limit)))
    return (
        Text(words.marked(Verdict.FAIL, f"{found.item} {severity}", fonts.BOLD), size=10),
        Text(found.description, size=9.5, most_lines=3),
        Text(who, size=9, most_lines=2),
    )


def sections(content: Content, form: Form) -> list[Flowable]:
    """What became of the items, section by section."""
    given = {answered.code: answered for answered in content.answers}
    heads: list[Flowable] = [
        label(say("sheet-items")),
        *(
            Text(words.marked(verdict, word(verdict), fonts.BOLD), align=Align.CENTRE)
            for verdict in words.SIGNS
        ),
        label(say("sheet-deducted")),
    ]
    rows: list[Row] = [
        [
            cell(label(say("sheet-section"), align=Align.LEFT), grey=True),
            *(cell(one, grey=True) for one in heads),
        ]
    ]
    sums: Counter[object] = Counter()
    for n, section in enumerate(form.sections):
        answers = [given[item.code] for item in section.items if item.code in given]
        answers = [answered for answered in answers if answered.verdict is not None]
        if not answers:
            continue
        tally: Counter[object] = Counter(answered.verdict for answered in answers)
        tally["items"], tally["deducted"] = len(answers), sum(answered.deducted for answered in answers)
        sums += tally
        rows.append(_section_row(words.numbered(n, section.title), tally, fonts.SANS))
    rows.append(_section_row(say("sheet-total"), sums, fonts.BOLD))
    widths = [18 * mm, *([22.5 * mm] * len(words.SIGNS)), 16 * mm]
    heading = [
        cell(Text(say("sheet-sections"), face=fonts.BOLD, size=12), flush=True),
        cell(Later(_PAGES_SIZE * 1.42, _pages), flush=True),
    ]
    return [
        Spacer(0, 3 * mm),
        Grid([heading], [_WIDTH / 4, _WIDTH * 3 / 4], bare=True, padding=0.5 * mm),
        Grid(rows, [_WIDTH - sum(widths), *widths], padding=0.5 * mm, repeat=1),
    ]


def _pages(canvas: Canvas, y: float, at: Mapping[str, int]) -> None:
    """Which page holds what, at the right margin."""
    if "findings" in at:
        text = say("sheet-where-all", findings=at["findings"], answers=at["answers"], signing=at["signing"])
    else:
        text = say("sheet-where-none", answers=at["answers"], signing=at["signing"])
    right = page.WIDTH - page.RIGHT
    page.draw_line(canvas, text, right - fonts.width(text, _PAGES_SIZE), y + 2, size=_PAGES_SIZE)


def _section_row(title: str, tally: Counter[object], face: str) -> Row:
    dash = say("sheet-dash")
    figures = [str(tally["items"]), *(str(tally[verdict] or dash) for verdict in words.SIGNS)]
    figures.append(words.marks(tally["deducted"]) if tally["deducted"] else dash)
    return [
        cell(Text(title, face=face)),
        *(cell(Text(figure, face=face, align=Align.CENTRE)) for figure in figures),
    ]
