"""The parts that documents of rectification share: title, facts, photos, the room for the seal, the signatures."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Spacer

from inspector.documents import fonts, page
from inspector.documents import paper_words as words
from inspector.documents.flow import Align, Heading, Later, Rule, Text, label
from inspector.documents.grid import PADDING, Cell, Grid, cell
from inspector.documents.grid import Row as Line
from inspector.documents.pictures import Picture, Signature
from inspector.model.inspection import Evidence, Member, rendition_key
from inspector.model.notice import (
    Bulletin,
    Document,
    Handover,
    Issued,
    Received,
    Reinspection,
    Row,
    Service,
)
from inspector.model.paper import Signer, Way
from inspector.text import say

WIDTH = page.BODY_WIDTH
LABEL = 26 * mm
SIZE = 10.5
"""Points of what is read: 五号, as tables of Chinese offices have it."""
SEAL = 52 * mm
"""The height of the block that is sealed: the seal is 45 mm, 50 × 50 mm stay free around signer and date.
Source: 国发〔1999〕25号 (county government 45 mm)."""
PHOTOS = "photos"

_INK = 13 * mm
_PHOTO = (WIDTH / 2 - 2 * PADDING, 60 * mm)


def read(text: str, *, align: Align = Align.LEFT) -> Text:
    """Text that is read, in the serif face."""
    return Text(text, face=fonts.SERIF, size=SIZE, leading=15, align=align)


def title(document: Document) -> list[Flowable]:
    """Issuer, title, number."""
    heading = document.heading if document.number else say("doc-draft-heading", heading=document.heading)
    return [
        Heading("front", document.heading),
        Text(document.issuer, face=fonts.SERIF, size=13, align=Align.CENTRE),
        Text(heading, face=fonts.BOLD, size=24, align=Align.CENTRE, leading=38),
        Text(
            document.number or say("doc-number-later"),
            face=fonts.SERIF,
            size=12,
            align=Align.CENTRE,
            after=2 * mm,
        ),
    ]


def wide(key: str, text: str | Flowable) -> Line:
    """A row of one label and what is read beside it, over four columns."""
    return [cell(label(say(key)), grey=True), cell(read(text) if isinstance(text, str) else text, span=3)]


def pair(one: str, left: str, other: str, right: str) -> Line:
    """A row of two labels, each with what is read beside it."""
    return [
        cell(label(say(one)), grey=True),
        cell(read(left)),
        cell(label(say(other)), grey=True),
        cell(read(right)),
    ]


def facts(rows: Sequence[Line]) -> Grid:
    """A form of labels and texts over the width of the page."""
    side = 58 * mm
    return Grid(rows, [LABEL, WIDTH - 2 * LABEL - side, LABEL, side], padding=1.2 * mm)


def addressed(document: Document, key: str = "doc-to") -> list[Line]:
    """To whom it goes, who helps, which companies are concerned, what it rests on."""
    rows = [pair(key, document.to.name, "doc-copied", words.names(document.copied))]
    if document.parties:
        rows.append(wide("doc-parties", words.listed(document.parties)))
    rows.append(wide("doc-mandate", words.mandate(document.mandate)))
    return rows


def closing(count: int, photos: int) -> Grid:
    """The line that ends a table of findings: how many there are, nothing follows, where their photos are."""
    text = say("doc-rows-end", count=count)
    line: Flowable = read(text)
    if photos:
        line = Later(16, _where(text))
    return Grid([[cell(line)]], [WIDTH], padding=1.4 * mm)


def _where(text: str) -> Callable[[Canvas, float, dict[str, int]], None]:
    def write(canvas: Canvas, y: float, anchors: dict[str, int]) -> None:
        said = text + say("doc-rows-photos", page=anchors[PHOTOS])
        page.draw_line(canvas, said, page.LEFT + PADDING, y + 4.2, size=SIZE, face=fonts.SERIF)

    return write


def column_heads(keys: Sequence[str]) -> Line:
    """The heading row of a table."""
    return [cell(label(say(key)), grey=True) for key in keys]


def place(row: Row) -> Cell:
    """Where it is: site, and place inside it."""
    return cell(read(row.site.name), read(row.place))


def centred(text: str) -> Cell:
    """A short value in the middle of its cell."""
    return cell(read(text, align=Align.CENTRE))


def photos(
    shown: Sequence[tuple[str, Evidence]], renditions: Mapping[str, bytes], heading: str = "doc-photos"
) -> list[Flowable]:
    """The annex of photos with their captions, two beside each other; nothing if there is none."""
    if not shown:
        return []
    cells = [
        cell(
            Picture(renditions[rendition_key(photo)], *_PHOTO),
            Spacer(0, 0.8 * mm),
            Text(caption, size=9, align=Align.CENTRE),
            top=True,
        )
        for caption, photo in shown
    ]
    if len(cells) % 2:
        cells.append(cell(Text("")))
    pairs: list[Grid] = [
        Grid([cells[start : start + 2]], [WIDTH / 2, WIDTH / 2]) for start in range(0, len(cells), 2)
    ]
    first, *others = pairs
    return [KeepTogether([Heading(PHOTOS, say(heading)), first]), *others]


def sealed(document: Issued, last: Line) -> KeepTogether:
    """The end of a document that is sealed: the row `last` stays with signer and date, which never stand alone on a
    page; 50 × 50 mm are free for the seal over both; below, what the recipient fills in by hand."""
    left = [
        read(say("doc-checked-by", text=words.decided(document.checked))),
        read(say("doc-issued-by", text=words.decided(document.issued))),
        read(say("doc-handled-by", name=document.handled_by.name)),
        read(say("doc-contact", name=document.contact.name, telephone=document.contact.telephone)),
        *([read(say("doc-place", place=document.contact.place))] if document.contact.place else []),
        Text(_proof(document), size=9, before=0),
        Text(words.copies(document), size=9),
    ]
    issued_on = words.day(document.issued_on) if document.issued_on else say("doc-date-blank")
    right = [
        *_balanced(document.issuer, 84 * mm - 2 * PADDING),
        Text(say("doc-seal"), face=fonts.SERIF, size=SIZE, leading=20, align=Align.CENTRE),
        Text(issued_on, face=fonts.SERIF, size=12, leading=20, align=Align.CENTRE),
    ]
    columns = [WIDTH - 84 * mm, 84 * mm]
    block = Grid([[cell(*left), cell(*right, open=True)]], columns, least=SEAL)
    by_hand = () if isinstance(document, Bulletin) else (_by_hand(),)  # a 通报 is not served one by one
    return KeepTogether([facts([last]), block, *by_hand])


def _balanced(name: str, room: float) -> list[Text]:
    """The issuer over its date: on one line in the largest size that allows it, else on lines of equal length."""
    sizes = [size for size in (12.0, 11.0, SIZE) if fonts.width(name, size, fonts.SERIF) <= room]
    lines = 1 if sizes else math.ceil(fonts.width(name, 12, fonts.SERIF) / room)
    length = max(1, math.ceil(len(name) / lines))
    return [
        Text(
            name[start : start + length],
            face=fonts.SERIF,
            size=sizes[0] if sizes else 12,
            leading=20,
            align=Align.CENTRE,
        )
        for start in range(0, len(name), length)
    ]


def _proof(document: Issued) -> str:
    signer = next(iter(document.signers), None)
    if signer is None:
        return say("doc-proof-none")
    key = "doc-proof-handler" if document.issued.scan else "doc-proof-issuer"
    return say(key, name=signer.name)


def _by_hand() -> Grid:
    """Service, to be filled in by hand."""
    lines = [read(say("doc-served-who")), Spacer(0, 1.6 * mm), read(say("doc-served-how"))]
    return Grid(
        [[cell(label(say("doc-served")), grey=True), cell(*lines)]], [LABEL, WIDTH - LABEL], padding=1.4 * mm
    )


def signatures(document: Handover | Service | Reinspection, signer: Signer) -> list[Flowable]:
    """Who signs for the office, and who took it: each with a line for ink."""
    received = document.received
    heads = ("doc-signer", "doc-signer-of", "doc-signer-key", "doc-signer-ink")
    rows: list[Line] = [column_heads(heads)]
    rows += [_signs(member, signer) for member in document.members]
    team = Grid(rows, [40 * mm, 52 * mm, 40 * mm, WIDTH - 132 * mm], repeat=1)
    return [KeepTogether([_received(received), Spacer(0, 4 * mm), team, _note(document)])]


def _note(document: Document) -> Text:
    return Text(say("doc-sign-note", copies=words.copies(document)), size=9, before=1.5 * mm)


def _signs(member: Member, signer: Signer) -> Line:
    role = say(f"doc-role-{signer.value}")
    return [
        cell(Text(member.name, face=fonts.BOLD, size=SIZE), Text(role, size=9)),
        cell(*[Text(text) for text in (member.organisation, member.position) if text]),
        cell(
            Text(say("sheet-sign-certificate")),
            Text(say("sheet-sign-digits", digits=_digits(member.certificate)), size=9),
        ),
        cell(Rule(_INK)),
    ]


def _digits(sha256: str) -> str:
    return " ".join(sha256[start : start + 4] for start in range(0, 16, 4))


def _received(received: Received) -> Grid:
    """How it arrived. Whoever signs on the screen is drawn; else there is a line for ink."""
    way = say(words.WAYS[received.way])
    rows = [
        pair("doc-received-way", way, "doc-received-at", words.moment(received.at)),
        pair(
            "doc-received-by",
            words.receiver(received),
            "doc-received-place",
            received.place or say("sheet-none"),
        ),
    ]
    if received.reason or received.way is Way.REFUSED:
        rows.append(wide("doc-received-reason", received.reason or say("sheet-none")))
    if received.witness or received.way is Way.REFUSED:
        about = received.witness_position
        name = say("sheet-bracket", text=received.witness, extra=about) if about else received.witness
        rows.append(wide("doc-received-witness", name or say("sheet-none")))
    if received.strokes:
        rows.append(wide("doc-received-sign", Signature(received.strokes, 70 * mm, 18 * mm)))
    elif received.way in (Way.RECEIPT, Way.RECEIVED_FOR):
        rows.append(wide("doc-received-sign", Rule(_INK)))
    return facts(rows)
