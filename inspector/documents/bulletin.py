"""督查通报 as a page: figures by unit with painted bars, what is overdue, typical cases before and after.

Bars differ by their fill, not by colour: dark where the target is reached, hatched where it is not, and the rate stands
beside each in digits, so a worn printer in grey says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from inspector.documents import fonts, page
from inspector.documents import paper_parts as parts
from inspector.documents import paper_words as words
from inspector.documents.flow import HAIR, Align, Heading, Text, label
from inspector.documents.grid import PADDING, Cell, Grid, cell
from inspector.documents.grid import Row as Line
from inspector.documents.pictures import Picture
from inspector.model.bulletin import Boarded, Case, Problems, Standing, reaches
from inspector.model.inspection import Evidence, rendition_key
from inspector.model.notice import Bulletin
from inspector.model.ranking import rate
from inspector.text import say

_FIGURES = (12 * mm, 32 * mm, 57 * mm, 13 * mm, 15 * mm, 13 * mm, 18 * mm, 14 * mm)
_PROBLEMS = (12 * mm, 50 * mm, 78 * mm, 34 * mm)
_BAR = 4.4 * mm
_ROOM = 15 * mm
"""For the digits behind the longest bar."""
_REACHED = 0.25
_STEP = 1.1 * mm
_TALL = 44 * mm
"""The height of a photo of a case: four cases fill a page."""
_BEGIN = 48 * mm
"""A table begins on a page that has room for its heading and three rows."""
_EDGE = 1.1 * mm
"""What a row of a grid leaves free above and below: the target's line crosses it, and so is one line over all rows."""


class Bar(Flowable):  # type: ignore[misc]
    """A bar as long as `tenths` of a percent of its room, the target as a broken line, the rate in digits."""

    def __init__(self, tenths: int | None, *, target: int, reached: bool) -> None:
        super().__init__()
        self._tenths = tenths
        self._target = target
        self._reached = reached
        self.height = _BAR + 2

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        room = self.width - _ROOM
        if self._tenths is None:
            page.draw_line(canvas, say("sheet-dash"), 0, 2.4, size=9.5)
        length = room * (self._tenths or 0) / 1000
        canvas.saveState()
        canvas.setLineWidth(HAIR)
        canvas.setFillGray(_REACHED if self._reached else 1)
        if length:
            canvas.rect(0, 1, length, _BAR, stroke=1, fill=1)
        if not self._reached and length:
            self._hatch(length)
        canvas.setDash(1.5, 1.5)
        at = room * self._target / 100
        canvas.setStrokeGray(0.85 if self._reached and at < length else 0)
        canvas.line(at, -_EDGE, at, self.height + _EDGE)
        canvas.restoreState()
        if self._tenths is None:
            return
        digits, x = percent(self._tenths), length + 1.2 * mm
        canvas.setFillGray(1)
        canvas.rect(x, 0.5, fonts.width(digits, 9.5, fonts.BOLD), _BAR + 1, stroke=0, fill=1)
        canvas.setFillGray(0)
        page.draw_line(canvas, digits, x, 3, size=9.5, face=fonts.BOLD)

    def _hatch(self, length: float) -> None:
        """Slanted strokes inside the bar."""
        canvas = self.canv
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, 1, length, _BAR)
        canvas.clipPath(path, stroke=0, fill=0)
        x = -_BAR
        while x < length:
            canvas.line(x, 1, x + _BAR, 1 + _BAR)
            x += _STEP
        canvas.restoreState()


def percent(tenths: int) -> str:
    """96.2%"""
    return say("desk-rate", whole=tenths // 10, tenth=tenths % 10)


def bulletin(content: Bulletin, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """督查通报: what was found and put right, by unit; what is overdue; typical cases."""
    return [
        *parts.title(content),
        *_issue(content),
        parts.facts(parts.addressed(content)),
        Spacer(0, 3 * mm),
        _read(content.opening),
        *_figures(content),
        *_boards(content),
        *_cases("bulletin-good", content.good, renditions),
        *_problems(content.problems),
        *_cases("bulletin-cases", content.cases, renditions),
        Spacer(0, 4 * mm),
        parts.sealed(content, parts.wide("doc-asking", content.asking)),
    ]


def _issue(content: Bulletin) -> list[Flowable]:
    if not content.issue_no:
        return []
    said = issue(content)
    return [Text(said, face=fonts.SERIF, size=12, align=Align.CENTRE, after=2 * mm)]


def issue(content: Bulletin) -> str:
    """2026年第9期"""
    return say("bulletin-issue", year=content.period_to[:4], n=content.issue_no)


def boarded(units: Sequence[Boarded]) -> str:
    """Units of a board, each with its streak: 县交通运输局（连续2期）."""
    return words.listed(
        [
            say("bulletin-streak", unit=one.unit.name, n=one.issues) if one.issues > 1 else one.unit.name
            for one in units
        ]
    )


def _figures(content: Bulletin) -> list[Flowable]:
    """The table with its bars, and below it what the rate is: the formula is printed with the ranking."""
    heads = ["bulletin-place", "bulletin-unit", "bulletin-rate", "bulletin-found", "bulletin-due"]
    heads += ["bulletin-in-time", "bulletin-overdue", "bulletin-reopened"]
    rows: list[Line] = [parts.column_heads(heads)]
    many = len({one.group for one in content.units}) > 1
    for group, units in groupby(content.units, key=lambda one: one.group):
        if many and group:
            rows.append([cell(label(group, align=Align.LEFT), span=len(_FIGURES), grey=True)])
        rows += [_unit(one, content) for one in units]
    rows.append(_unit(content.total, content, name=say("bulletin-total")))
    notes = [say("desk-formula"), say("bulletin-target", target=content.target)]
    if content.ranked:
        notes.append(say("desk-least", least=content.least))
    return [
        Heading("figures", say("bulletin-figures")),
        Grid(rows, _FIGURES, repeat=1),
        *[Text(note, size=9, before=1 * mm) for note in notes],
    ]


def _unit(one: Standing, content: Bulletin, name: str = "") -> Line:
    moved = say("bulletin-up" if one.moved > 0 else "bulletin-down", n=abs(one.moved)) if one.moved else ""
    place = str(one.place) if one.place else say("sheet-dash") if content.ranked and not name else ""
    bar = Bar(
        rate(one.in_time, one.due),
        target=content.target,
        reached=reaches(one.in_time, one.due, target=content.target),
    )
    return [
        cell(*[parts.read(text, align=Align.CENTRE) for text in (place, moved) if text] or [Spacer(0, 0)]),
        cell(parts.read(name or one.unit.name)),
        cell(bar),
        *[
            parts.centred(str(count))
            for count in (one.found, one.due, one.in_time, one.overdue, one.reopened)
        ],
    ]


def _boards(content: Bulletin) -> list[Flowable]:
    rows = [
        parts.wide(key, boarded(units))
        for key, units in (("bulletin-red", content.red), ("bulletin-black", content.black))
        if content.boards
    ]
    block: list[Flowable] = [Spacer(0, 3 * mm), parts.facts(rows)] if rows else []
    if content.praise:
        block.append(Spacer(0, 2 * mm))
        block.append(_read(content.praise))
    return block


def _problems(problems: Sequence[Problems]) -> list[Flowable]:
    if not problems:
        return []
    heads = ("bulletin-number", "bulletin-where", "bulletin-what", "bulletin-was-due")
    rows: list[Line] = [parts.column_heads(heads)]
    for one in problems:
        title = say("bulletin-unit-count", unit=one.unit.name, count=len(one.rows))
        rows.append([cell(label(title, align=Align.LEFT), span=len(_PROBLEMS), grey=True)])
        rows += [
            [
                parts.centred(str(n)),
                cell(parts.read(row.site), parts.read(row.place)),
                cell(parts.read(row.description)),
                parts.centred(words.due(row.due)),
            ]
            for n, row in enumerate(one.rows, 1)
        ]
    return [
        CondPageBreak(_BEGIN),
        Heading("problems", say("bulletin-problems")),
        Grid(rows, _PROBLEMS, repeat=1),
    ]


def _cases(key: str, cases: Sequence[Case], renditions: Mapping[str, bytes]) -> list[Flowable]:
    """Each case is a block of its own: before on the left, after on the right."""
    blocks = [_case(n, case, renditions) for n, case in enumerate(cases, 1)]
    if not blocks:
        return []
    first, *others = blocks
    return [
        KeepTogether([Heading(key, say(key)), first]),
        *(thing for block in others for thing in (Spacer(0, 2 * mm), KeepTogether([block]))),
    ]


def _case(n: int, case: Case, renditions: Mapping[str, bytes]) -> Flowable:
    half = parts.WIDTH / 2
    rows: list[Line] = [[cell(parts.read(told(n, case)), span=2)]]
    for place in range(max(len(case.before), len(case.after))):
        sides = (("sheet-before", case.before), ("sheet-after", case.after))
        rows.append(
            [
                _nothing(key, case) if place >= len(photos) else _photo(key, photos[place], half, renditions)
                for key, photos in sides
            ]
        )
    return Grid(rows, [half, half])


def told(n: int, case: Case) -> str:
    """A case in a sentence."""
    ending = (
        say("bulletin-case-closed", day=words.day(case.closed))
        if case.closed
        else say("bulletin-case-open", due=words.due(case.due))
        if case.due
        else say("bulletin-case-no-date")
    )
    return say(
        "bulletin-case",
        n=n,
        unit=case.unit.name,
        site=case.site,
        place=case.place,
        what=case.description,
        day=words.day(case.found_on),
        ending=ending,
    )


def _nothing(key: str, case: Case) -> Cell:
    """An empty half says why: it was not put right, or nobody took a photo."""
    if key == "sheet-after" and not case.closed:
        return cell(Text(say("bulletin-still"), face=fonts.BOLD, size=14, align=Align.CENTRE))
    return cell(Text(say("bulletin-no-photo", role=say(key)), size=9, align=Align.CENTRE))


def _photo(key: str, one: Evidence, wide: float, renditions: Mapping[str, bytes]) -> Cell:
    below = say("bulletin-caption", role=say(key), taken=words.taken(one), digits=one.sha256[:8])
    picture = Picture(renditions[rendition_key(one)], wide - 2 * PADDING, _TALL)
    return cell(picture, Spacer(0, 0.8 * mm), Text(below, size=9, align=Align.CENTRE), top=True)


def _read(text: str) -> Text:
    return Text(text, face=fonts.SERIF, size=12, leading=20, before=1 * mm)
