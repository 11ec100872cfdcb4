"""The page that all documents share: margins, running head, foot with number, page x of y, fingerprint and QR.

A document is a list of flowables and an `Imprint`; `build` makes the file. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import msgspec
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from inspector.documents import breaking, fonts, qr
from inspector.documents.flow import HAIR
from inspector.documents.pdfa import ArchivalCanvas, Identity, Page
from inspector.text import say

WIDTH, HEIGHT = A4
LEFT = RIGHT = 18 * mm
BODY_WIDTH = WIDTH - LEFT - RIGHT
TOP_FIRST = 13.5 * mm
TOP_NEXT = 22.5 * mm
BOTTOM = 31.5 * mm
"""Below it lies the foot: the rule at 28.4 mm, the QR code from 6.8 to 27.8 mm, its quiet zone around it."""

_RULE = 28.4 * mm
_QR_BOTTOM = 6.8 * mm
_FOOT_SIZE = 9
_HEAD_SIZE = 13.5


class Imprint(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on every page: the kind of document with its number, its date, the fingerprint of its content,
    a line on the right of the running head; `example` prints that everything is fictional. `signed` is false for
    what nobody signs, which claims no signature and has no QR code."""

    name: str
    number: str
    date: str
    content_sha256: str
    head: str
    example: bool
    signed: bool = True


def body_height(first: bool = False) -> float:
    """The height that flowables find on a page."""
    return float(HEIGHT - (TOP_FIRST if first else TOP_NEXT) - BOTTOM)


def build(story: Sequence[Flowable], imprint: Imprint, identity: Identity) -> bytes:
    """The file: PDF/A-3b with empty signature fields, deterministic."""
    out = BytesIO()

    def frame(canvas: Canvas, page: Page) -> None:
        _draw_frame(canvas, page, imprint)

    def make(file: BytesIO, **given: object) -> ArchivalCanvas:
        return ArchivalCanvas(file, identity, frame, **given)

    template = BaseDocTemplate(out, pagesize=A4, initialFontName=fonts.load(fonts.SANS), initialFontSize=9)
    template.addPageTemplates([_template("first", TOP_FIRST), _template("next", TOP_NEXT)])
    template.build([NextPageTemplate("next"), *story], canvasmaker=make)
    return out.getvalue()


def _template(name: str, top: float) -> PageTemplate:
    frame = Frame(
        LEFT,
        BOTTOM,
        BODY_WIDTH,
        HEIGHT - top - BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate(id=name, frames=[frame])


def _draw_frame(canvas: Canvas, page: Page, imprint: Imprint) -> None:
    if page.number > 1:
        _draw_head(canvas, page, imprint)
    _draw_foot(canvas, page, imprint)


def _draw_head(canvas: Canvas, page: Page, imprint: Imprint) -> None:
    title = page.title or imprint.name
    if page.notes:
        first, last = page.notes[0], page.notes[-1]
        title += (
            say("page-part-one", first=first) if first == last else say("page-part", first=first, last=last)
        )
    y = HEIGHT - 17.6 * mm
    draw_line(canvas, title, LEFT, y, size=_HEAD_SIZE, face=fonts.BOLD)
    room = BODY_WIDTH - fonts.width(title, _HEAD_SIZE, fonts.BOLD) - 6 * mm
    head = breaking.shorten(imprint.head, lambda text: fonts.width(text, 9.5), room)
    draw_line(canvas, head, WIDTH - RIGHT - fonts.width(head, 9.5), y, size=9.5)


def _draw_foot(canvas: Canvas, page: Page, imprint: Imprint) -> None:
    right = WIDTH - RIGHT - qr.SIDE - 4 * mm
    canvas.saveState()
    canvas.setLineWidth(HAIR)
    canvas.line(LEFT, _RULE, right, _RULE)
    canvas.restoreState()
    digits = imprint.content_sha256[:16]
    grouped = " ".join(digits[start : start + 4] for start in range(0, 16, 4))
    y = _RULE - 5.6 * mm
    counted = say("page-of", page=page.number, pages=page.of)
    draw_line(canvas, counted, right - fonts.width(counted, _FOOT_SIZE), y, size=_FOOT_SIZE)
    draw_line(
        canvas, say("page-document", name=imprint.name, number=imprint.number), LEFT, y, size=_FOOT_SIZE
    )
    y -= 5.2 * mm
    claim = say("page-fingerprint" if imprint.signed else "page-unsigned", digits=grouped)
    draw_line(canvas, claim, LEFT, y, size=_FOOT_SIZE)
    if imprint.example:
        y -= 5.2 * mm
        draw_line(canvas, say("page-example"), LEFT, y, size=_FOOT_SIZE, face=fonts.BOLD)
    if not imprint.signed:
        return
    text = say("page-qr", number=imprint.number, date=imprint.date, digits=digits)
    qr.draw(canvas, text, WIDTH - RIGHT - qr.SIDE, _QR_BOTTOM)


def draw_line(canvas: Canvas, text: str, x: float, y: float, *, size: float, face: str = fonts.SANS) -> None:
    """`text` on one line from (x, y), each run in its font."""
    for run in fonts.runs(text, face):
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text)
        of = fonts.widths(run.font)
        x += sum(of(char) for char in run.text) * size / 1000
