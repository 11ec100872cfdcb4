"""The annex of a sheet: every item with its answer, section by section, failures first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from inspector.documents import fonts
from inspector.documents import sheet_words as words
from inspector.documents.flow import Align, Heading, Text, label
from inspector.documents.grid import Grid, Row, cell
from inspector.documents.page import BODY_WIDTH
from inspector.model.form import Form, TagGroup
from inspector.model.inspection import Answered, Content
from inspector.model.words import Verdict, word
from inspector.text import say

_COLUMNS = (17 * mm, 72 * mm, 32 * mm, 41 * mm, 12 * mm)
_GROUP_COLUMNS = (56 * mm, 26 * mm, BODY_WIDTH - 82 * mm)
_GAP = 2.5 * mm
_WORST_FIRST = (Verdict.FAIL, Verdict.UNCHECKED, Verdict.PASS, Verdict.NOT_APPLICABLE)


def answers(content: Content, form: Form) -> list[Flowable]:
    """The annex."""
    given = {answered.code: answered for answered in content.answers}
    used = say("sheet-semicolon").join(part for part in (words.form_used(content), form.approval) if part)
    things: list[Flowable] = [
        Heading("answers", say("sheet-answers-title")),
        Text(say("sheet-answers-legend", form=used), size=9, after=1.5 * mm),
    ]
    for group in form.tag_groups:
        things += _group(group, form, given)
    for n, section in enumerate(form.sections):
        own = [given[item.code] for item in section.items if item.code in given]
        if own:
            things += [_section(words.numbered(n, section.title), own, content, form), Spacer(0, _GAP)]
    return things


def _section(title: str, own: Sequence[Answered], content: Content, form: Form) -> Grid:
    rows: list[Row] = [
        [
            cell(label(title, align=Align.LEFT), span=2, grey=True),
            *(
                cell(label(say(key)), grey=True)
                for key in ("sheet-answer-result", "sheet-answer-number", "sheet-deducted")
            ),
        ]
    ]
    failures_first = sorted(own, key=lambda answered: answered.verdict is not Verdict.FAIL)
    rows += [_answer(answered, content, form) for answered in failures_first]
    return Grid(rows, _COLUMNS, repeat=1, padding=0.7 * mm)


def _answer(answered: Answered, content: Content, form: Form) -> Row:
    item = form.item(answered.code)
    failed = answered.verdict is Verdict.FAIL
    face = fonts.BOLD if failed else fonts.SANS
    said = words.verdict_words(answered)
    result = Text(words.marked(answered.verdict, said, face)) if answered.verdict else Text("")
    deducted = words.marks(answered.deducted) if answered.deducted else ""
    return [
        cell(Text(answered.code, face=face)),
        cell(
            Text(item.text, face=face),
            *(Text(text, size=9) for text in words.remarks(content, form, answered)),
        ),
        cell(result),
        cell(words.number_of(content, form, answered)),
        cell(Text(deducted, face=face, align=Align.CENTRE)),
    ]


def _group(group: TagGroup, form: Form, given: Mapping[str, Answered]) -> list[Flowable]:
    """A programme of several parts, such as 六个百分之百: the result of each and the items that it comes from. A
    programme of one part would only repeat the form."""
    rows: list[Row] = [
        [
            cell(label(say(key, name=group.name), align=Align.LEFT), grey=True)
            for key in ("sheet-group", "sheet-group-result", "sheet-group-items")
        ]
    ]
    for tag, name in group.tags:
        own = [given[item.code] for item in form.items() if tag in item.tags and item.code in given]
        own = [answered for answered in own if answered.verdict is not None]
        verdict = next(
            (one for one in _WORST_FIRST if any(answered.verdict is one for answered in own)), None
        )
        if verdict is None:
            continue
        face = fonts.BOLD if verdict is Verdict.FAIL else fonts.SANS
        items = say("sheet-semicolon").join(
            say("sheet-group-line", verdict=word(one), items=words.listed(codes))
            for one in _WORST_FIRST
            if (codes := [answered.code for answered in own if answered.verdict is one])
        )
        rows.append(
            [
                cell(Text(name, face=face)),
                cell(Text(words.marked(verdict, word(verdict), face))),
                cell(items),
            ]
        )
    if len(group.tags) < 2 or len(rows) < 2:
        return []
    return [Grid(rows, _GROUP_COLUMNS, repeat=1, padding=0.7 * mm), Spacer(0, _GAP)]
