"""今日小结 in words: text to be pasted into a group, and one page of paper. Nobody signs it: it is no document."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from inspector.documents import fonts, sheet_words
from inspector.documents.flow import Text
from inspector.model.day import Severe, Summary
from inspector.model.words import word
from inspector.text import say

_MARGIN: Final = 20 * mm
_SIZES: Final = (11.0, 10.0, 9.0)
"""Points of what is read: smaller where the day was long, never below 9."""


def text(seen: Summary) -> str:
    """The whole summary, a line each."""
    return "\n".join(line for _, line in _lines(seen, most=len(seen.severe)))


def page(seen: Summary) -> bytes:
    """One A4 page, whatever the day brought: smaller type first, then severe findings and sites that are only
    counted, for the text has them all. Equal summaries give equal bytes."""
    most = max(len(seen.severe), len(seen.visits))
    for size in _SIZES:
        if (story := _fitting(seen, size, most)) is not None:
            return _drawn(seen, story)
    while most:
        most //= 2
        if (story := _fitting(seen, _SIZES[-1], most)) is not None:
            return _drawn(seen, story)
    return _drawn(seen, _story(seen, _SIZES[-1], 0))


def _fitting(seen: Summary, size: float, most: int) -> list[Text] | None:
    story = _story(seen, size, most)
    tall = sum(one.spaceBefore + one.wrap(A4[0] - 2 * _MARGIN, A4[1])[1] for one in story)
    return story if tall <= A4[1] - 2 * _MARGIN else None


def _story(seen: Summary, size: float, most: int) -> list[Text]:
    (_, title), *rest = _lines(seen, most=most)
    story = [Text(title, size=16, face=fonts.BOLD)]
    for heading, line in rest:
        face = fonts.BOLD if heading else fonts.SERIF
        story.append(Text(line, size=size, face=face, before=size * 0.8 if heading else 2))
    return story


def _drawn(seen: Summary, story: list[Text]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, initialFontName=fonts.load(fonts.SANS), initialFontSize=9)
    canvas.setTitle(_title(seen))
    y = A4[1] - _MARGIN
    for one in story:
        _, tall = one.wrap(A4[0] - 2 * _MARGIN, A4[1])
        y -= one.spaceBefore + tall
        one.drawOn(canvas, _MARGIN, y)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _title(seen: Summary) -> str:
    date = sheet_words.day(seen.on)
    return say("day-text-example", date=date) if seen.example else say("day-text-title", date=date)


def _lines(seen: Summary, *, most: int) -> Iterator[tuple[bool, str]]:
    """Every line, and whether it is a heading; of sites and of severe findings at most so many, the rest counted."""
    yield True, _title(seen)
    if seen.visits:
        sums = {"visits": len(seen.visits), "findings": seen.findings, "fixed": seen.fixed}
        yield False, say("day-text-sums", **sums)
    else:
        yield False, say("day-text-none")
    if seen.unsigned:
        yield False, say("day-text-unsigned", count=seen.unsigned)
    if seen.units:
        yield True, say("day-text-units")
        counts = (
            say("day-text-unit", unit=unit or say("day-text-no-unit"), count=count)
            for unit, count in seen.units
        )
        yield False, sheet_words.listed(counts)
    if seen.refused:
        yield True, say("day-text-refused")
    for visit in seen.refused:
        reason = visit.refused or ""
        yield False, say("day-text-refused-line", site=visit.site, reason=reason, number=visit.number)
    if seen.severe:
        yield True, say("day-text-severe")
    for number, severe in enumerate(seen.severe[:most], 1):
        yield False, _severe(number, severe)
    if len(seen.severe) > most:
        yield False, say("day-text-severe-more", count=len(seen.severe) - most)
    if seen.visits:
        yield True, say("day-text-visits")
    for number, visit in enumerate(seen.visits[:most], 1):
        score = say("day-text-no-score")
        if visit.score is not None:
            score = say("day-text-score", score=sheet_words.score(visit.score))
        about = {"number": number, "site": visit.site, "score": score, "findings": visit.findings}
        yield False, say("day-text-visit", **about)
    if len(seen.visits) > most:
        yield False, say("day-text-visits-more", count=len(seen.visits) - most)


def _severe(number: int, severe: Severe) -> str:
    return say(
        "day-text-severe-line",
        number=number,
        site=severe.site,
        place=severe.place,
        text=severe.text,
        unit=severe.unit or say("day-text-no-unit"),
        severity=word(severe.severity),
    )
