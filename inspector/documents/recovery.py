"""The recovery sheet of an office's root: the one paper that belongs into a safe."""

from __future__ import annotations

from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from inspector.documents import authority, fonts, page, pdfa, qr
from inspector.documents import paper_words as words
from inspector.documents.authority import Authority
from inspector.documents.flow import Align, Heading, Text
from inspector.documents.trust import common_name
from inspector.model import canonical
from inspector.text import say

_GROUPS_A_LINE = 7
_CODE = 62 * mm
"""81 modules of 0.77 mm: a phone reads them from 30 cm off."""


def sheet(root: Authority, *, ledger: str, at: datetime) -> bytes:
    """The PDF: whose root it is, its fingerprint, the code that brings its key back, what to do with the paper. What is
    embedded names the root and not the code."""
    name = common_name(root.certificate)
    digits = authority.fingerprint(root.certificate)
    data = canonical.encode({"kind": "recovery", "ledger": ledger, "root": digits})
    title = say("office-sheet-title")
    made = at.isoformat(timespec="seconds")
    identity = pdfa.Identity(title=title, number=digits[:16], author=name, made=made, content=data)
    imprint = page.Imprint(
        name=title,
        number=digits[:16],
        date=made[:10],
        content_sha256=canonical.sha256(data),
        head=name,
        example=ledger == "demo",
    )
    return page.build(_story(root, name, digits, made), imprint, identity)


def _story(root: Authority, name: str, digits: str, made: str) -> list[Flowable]:
    code = authority.recovery_code(root).split()
    lines = [" ".join(code[start : start + _GROUPS_A_LINE]) for start in range(0, len(code), _GROUPS_A_LINE)]
    printed = [
        " ".join(digits[start : start + 4] for start in range(0, 64, 4))[at : at + 40] for at in (0, 40)
    ]
    until = words.day(root.certificate.not_valid_after_utc.date().isoformat())
    return [
        Heading("front", say("office-sheet-title")),
        Text(say("office-sheet-title"), face=fonts.BOLD, size=24, align=Align.CENTRE, leading=40),
        Text(name, face=fonts.SERIF, size=14, align=Align.CENTRE, after=8 * mm),
        _read(say("office-sheet-made", day=words.day(made), until=until)),
        Spacer(0, 4 * mm),
        _head(say("office-sheet-fingerprint")),
        *[Text(line, size=12, leading=20) for line in printed],
        Spacer(0, 4 * mm),
        _head(say("office-sheet-code")),
        *[Text(line, face=fonts.BOLD, size=18, leading=32) for line in lines],
        Spacer(0, 4 * mm),
        _head(say("office-sheet-root")),
        Spacer(0, 2 * mm),
        _Code(authority.code_text(root.certificate)),
        Spacer(0, 6 * mm),
        _read(say("office-sheet-keep")),
        _read(say("office-sheet-use")),
        _read(say("office-sheet-lost")),
    ]


class _Code(Flowable):  # type: ignore[misc]
    """The root's certificate: with it and the code above, this paper alone brings everything back."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, _CODE
        return width, _CODE

    def draw(self) -> None:
        qr.draw(self.canv, self._text, 0, 0, side=_CODE)


def _head(text: str) -> Text:
    return Text(text, face=fonts.BOLD, size=12, leading=20)


def _read(text: str) -> Text:
    return Text(text, face=fonts.SERIF, size=12, leading=21, after=1 * mm)
