"""The first page of a sheet: how bad, what, who, by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from inspector.documents import fonts, page
from inspector.documents import sheet_words as words
from inspector.documents.flow import Align, Text, label
from inspector.documents.grid import Grid, Row, cell
from inspector.documents.sheet_result import result, sections, worst_shown
from inspector.model.form import Form, HeaderItem, Measure
from inspector.model.inspection import Choice, Content, Member
from inspector.model.words import Category, word
from inspector.text import say

_WIDTH = page.BODY_WIDTH
_LABEL = 24 * mm
_SIDE = 48 * mm
_COPIES = {
    Category.SUPERVISION: "sheet-copies-two",
    Category.COVERT: "sheet-copies-file",
    Category.SELF: "sheet-copies-self",
}


class Front(NamedTuple):
    """The flowables of page 1; `whole` if it holds them all."""

    story: list[Flowable]
    whole: bool


def front(content: Content, form: Form, renditions: Mapping[str, bytes]) -> Front:
    """Page 1. The photos get the room that the rest leaves them; what does not fit even so goes on on page 2."""
    head = [*_title(content), _facts(content, form), Spacer(0, 4 * mm), result(content, form)]
    tail = sections(content, form)
    room = page.body_height(first=True) - sum(_height(thing) for thing in head) - 1
    last = sum(_height(thing) for thing in tail)
    shown, left = worst_shown(content, form, renditions, room - last)
    if left < 0:
        shown, _ = worst_shown(content, form, renditions, room)
    return Front([*head, *shown, KeepTogether(tail)], whole=left >= 0)


def _height(thing: Flowable) -> float:
    return float(thing.wrap(_WIDTH, 1e6)[1] + thing.getSpaceBefore() + thing.getSpaceAfter())


def _title(content: Content) -> list[Flowable]:
    heading = content.heading
    if content.corrects:
        heading = say("sheet-corrected", heading=heading)
    if content.follows:
        heading = say("sheet-revisited", heading=heading)
    copies = "sheet-copies-file" if _nobody_gets_one(content) else _COPIES[content.category]
    things: list[Flowable] = [
        Text(content.issuer, face=fonts.SERIF, size=12, align=Align.CENTRE),
        Text(heading, face=fonts.BOLD, size=21, align=Align.CENTRE, leading=30),
        _beside(say("sheet-number", number=content.number), say(copies)),
    ]
    for text in _standing(content):
        things += [Grid([[cell(Text(text, face=fonts.BOLD))]], [_WIDTH], thick=True), Spacer(0, 1.5 * mm)]
    return things


def _nobody_gets_one(content: Content) -> bool:
    nobody = content.counterpart is not None and content.counterpart.choice is Choice.NOT_NEEDED
    return nobody and content.category is not Category.SELF


def _beside(left: str, right: str) -> Grid:
    """Two texts on one line, at both margins."""
    return Grid(
        [[cell(Text(left, size=10), flush=True), cell(Text(right, size=9.5, align=Align.RIGHT), flush=True)]],
        [_WIDTH / 2, _WIDTH / 2],
        bare=True,
        padding=0.6 * mm,
    )


def _standing(content: Content) -> list[str]:
    """What this sheet is to another one."""
    lines = []
    if content.corrects:
        before = content.corrects
        lines.append(
            say(
                "sheet-corrects",
                number=before.number,
                date=words.day(before.date),
                digits=words.digits(before.sha256),
                why=before.why,
            )
        )
    if content.follows:
        lines.append(say("sheet-follows", number=content.follows.number, count=len(content.follows.items)))
    return lines


def _facts(content: Content, form: Form) -> Grid:
    site = content.site
    half: list[tuple[str, str, str, str]] = [
        (
            "sheet-site",
            say("sheet-bracket", text=site.name, extra=site.code) if site.code else site.name,
            "sheet-kind",
            site.kind,
        ),
        ("sheet-where", _address(content), "sheet-category", word(content.category)),
        (
            "sheet-lead",
            site.lead_unit.name if site.lead_unit else say("sheet-none"),
            "sheet-helping",
            words.listed(unit.name for unit in site.helping_units),
        ),
        ("sheet-team", content.team or say("sheet-none"), "sheet-roles", _roles(content)),
        ("sheet-when", words.visit(content), "sheet-weather", content.weather or say("sheet-dash")),
    ]
    rows: list[Row] = [
        [
            cell(label(say(one)), grey=True),
            cell(left),
            cell(label(say(other)), grey=True),
            cell(right),
        ]
        for one, left, other, right in half
    ]
    parties = [("sheet-parties", words.listed(unit.name for unit in site.parties))] if site.parties else []
    wide = [
        *parties,
        ("sheet-members", words.listed(_member(member) for member in content.members)),
        ("sheet-mandate", _mandate(content)),
        (
            "sheet-form",
            say(
                "sheet-form-line",
                form=words.form_used(content),
                digits=words.digits(content.form.version)[:9],
            ),
        ),
        ("sheet-header", _header(content, form)),
        ("sheet-how", _manner(content)),
    ]
    rows += [[cell(label(say(key)), grey=True), cell(text, span=3)] for key, text in wide if text]
    return Grid(rows, [_LABEL, _WIDTH - 2 * _LABEL - _SIDE, _LABEL, _SIDE], padding=0.75 * mm)


def _address(content: Content) -> str:
    site = content.site
    territory = "".join(part for part in (site.street, site.community) if part and part not in site.address)
    return territory + site.address or say("sheet-none")


def _roles(content: Content) -> str:
    leaders = [member.name for member in content.members if member.leader]
    recorders = [member.name for member in content.members if member.recorder]
    return words.listed(leaders + recorders)


def _member(member: Member) -> str:
    about = member.organisation + member.position
    return say("sheet-member", name=member.name, about=about) if about else member.name


def _mandate(content: Content) -> str:
    mandate = content.mandate
    if mandate is None:
        return ""
    about = words.listed_or_nothing((mandate.number, words.day(mandate.date) if mandate.date else ""))
    return say(
        "sheet-mandate-line",
        issuer=mandate.issuer,
        title=say("sheet-mandate-title", title=mandate.title) if mandate.title else "",
        number=say("sheet-bracket", text="", extra=about) if about else "",
    )


def _header(content: Content, form: Form) -> str:
    said = [
        say(
            "sheet-header-one",
            asked=form.header_by_code[code].key,
            answer=_answer(form.header_by_code[code], answer),
        )
        for code, answer in content.header
    ]
    return say("sheet-semicolon").join(said)


def _answer(item: HeaderItem, answer: str) -> str:
    if isinstance(item.answer, Measure):
        return say("sheet-answer-count", count=answer, unit=item.answer.measure_unit)
    return answer


def _manner(content: Content) -> str:
    said = []
    if content.category is Category.COVERT:
        said.append(say("sheet-covert"))
    if content.late:
        said.append(say("sheet-late"))
    return say("sheet-semicolon").join(said)
