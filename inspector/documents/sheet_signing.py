"""The end of a sheet: what the counterpart did, and room for each inspector's signature."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from inspector.documents import fonts, page
from inspector.documents import sheet_words as words
from inspector.documents.flow import Align, Heading, Rule, Text, label
from inspector.documents.grid import Grid, Row, cell, height_of
from inspector.documents.pictures import Picture, Signature
from inspector.model.inspection import Choice, Content, Counterpart, Member, Signs
from inspector.text import say

_LABEL = 22 * mm
_COUNTERPART = (_LABEL, 82 * mm, _LABEL, page.BODY_WIDTH - 82 * mm - 2 * _LABEL)
_INSPECTORS = (36 * mm, 46 * mm, 44 * mm, page.BODY_WIDTH - 126 * mm)
_SIGNATURE = (70 * mm, 20 * mm)
_INK_ROW = 13 * mm
_PAPER_HEIGHT = 110 * mm
_ROOM = 12 * mm
"""What stands between the parts."""


def signing(content: Content, renditions: Mapping[str, bytes]) -> list[Flowable]:
    """The counterpart's act and the inspectors, each kept on one page where it fits."""
    act = content.counterpart
    inspectors = [
        Text(say("sheet-inspectors"), face=fonts.BOLD, size=12, before=4 * mm, after=1 * mm),
        _inspectors(content),
        Text(say("sheet-sign-note"), size=9, before=1.5 * mm),
    ]
    things: list[Flowable] = [Heading("signing", say("sheet-signing-title")), _counterpart(act)]
    if act and act.photo:
        paper = say("sheet-paper-photo", digits=act.photo[:8])
        things += [
            Spacer(0, 3 * mm),
            Picture(renditions[act.photo], page.BODY_WIDTH, _PAPER_HEIGHT),
            Text(paper, size=9, align=Align.CENTRE),
        ]
    if height_of([*things, *inspectors], page.BODY_WIDTH) + _ROOM < page.body_height():
        return [KeepTogether([*things, *inspectors])]
    return [KeepTogether(things), KeepTogether(inspectors)]


def _row(key: str, text: Flowable | str) -> Row:
    return [cell(label(say(key)), grey=True), cell(text, span=3)]


def _counterpart(act: Counterpart | None) -> Grid:
    if act is None:
        rows: list[Row] = [
            _row("sheet-counterpart", say("sheet-counterpart-open")),
            _row("sheet-counterpart-sign", Rule(_INK_ROW)),
        ]
        return Grid(rows, _COUNTERPART)
    who = words.listed(
        [act.name + (say("sheet-bracket", text="", extra=act.position) if act.position else "")]
    )
    at = words.moment(act.at) if act.at else say("sheet-dash")
    rows = [_row("sheet-counterpart-says", Text(_said(act), face=fonts.BOLD, size=10))]
    if act.name or act.at:
        first = [
            cell(label(say("sheet-counterpart")), grey=True),
            cell(who),
            cell(label(say("sheet-counterpart-at")), grey=True),
            cell(at),
        ]
        rows.insert(0, first)
    if act.witness:
        rows.append(_row("sheet-witness", act.witness))
    if act.strokes:
        rows.append(_row("sheet-counterpart-sign", Signature(act.strokes, *_SIGNATURE)))
    elif act.choice in (Choice.AGREED, Choice.OBJECTED):
        rows.append(_row("sheet-counterpart-sign", Rule(_INK_ROW)))
    if act.shown:
        rows.append(
            _row("sheet-counterpart-shown", say("sheet-counterpart-digits", digits=words.digits(act.shown)))
        )
    return Grid(rows, _COUNTERPART)


def _said(act: Counterpart) -> str:
    said = {
        Choice.AGREED: say("sheet-agreed"),
        Choice.OBJECTED: say("sheet-objected", text=act.text),
        Choice.REFUSED: say("sheet-refused", reason=act.reason),
        Choice.PAPER: say("sheet-paper"),
        Choice.NOT_NEEDED: say("sheet-not-needed", reason=act.reason),
    }[act.choice]
    if act.text and act.choice is not Choice.OBJECTED:
        said += say("sheet-said", text=act.text)
    return said


def _inspectors(content: Content) -> Grid:
    heads = ("sheet-inspector", "sheet-inspector-of", "sheet-inspector-key", "sheet-inspector-ink")
    rows: list[Row] = [[cell(label(say(key)), grey=True) for key in heads]]
    rows += [_inspector(member) for member in content.members]
    return Grid(rows, _INSPECTORS, repeat=1)


def _inspector(member: Member) -> Row:
    roles = [say("sheet-leader")] if member.leader else []
    roles += [say("sheet-recorder")] if member.recorder else []
    about: list[Flowable] = [Text(member.name, face=fonts.BOLD, size=10.5)]
    if roles:
        about.append(Text(words.listed(roles), size=9))
    key = {
        Signs.CERTIFICATE: say("sheet-sign-certificate"),
        Signs.HAND: say("sheet-sign-hand"),
        Signs.NONE: say("sheet-sign-none", reason=member.reason),
    }[member.signs]
    proof: list[Flowable] = [Text(key)]
    if member.certificate:
        proof.append(Text(say("sheet-sign-digits", digits=words.digits(member.certificate)), size=9))
    ink: Flowable = (
        Text(say("sheet-dash"), align=Align.CENTRE) if member.signs is Signs.NONE else Rule(_INK_ROW)
    )
    of = [Text(text) for text in (member.organisation, member.position) if text]
    return [cell(*about), cell(*of), cell(*proof), cell(ink)]
