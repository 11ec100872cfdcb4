"""Documents for word processors (.docx): the text of a notice in 公文式, and the form of the unit's answer.

Figures after GB/T 9704-2012: paper A4, margins 37, 28, 26, 35 mm, 22 lines of 28 characters, 3 号 (16 pt). 28 × 16 pt
is wider than the 156 mm that the margins leave: the pitch of characters is 15.79 pt. Fonts are the office's own, by
name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from inspector.documents import paper_words as words
from inspector.documents import sheet_words
from inspector.model.document_text import DocumentText
from inspector.model.inspection import rendition_key
from inspector.model.notice import Issued, Missed, Notice, Press, Row, rows_of
from inspector.text import say

SIZE = Pt(16)
TITLE_SIZE = Pt(22)
LINE = Pt(28.99)
_LINE_TWIPS = 580
_CHARACTER = -860
"""15.79 − 16 pt in 1/4096 pt, as w:charSpace counts."""
_PICTURE = Mm(38)
_HALF = Mm(74)


def official(content: Notice | Press) -> bytes:
    """The same text as the signed PDF, to be changed and printed on red-headed paper; 草稿 stands in the header."""
    parts: list[tuple[str, Sequence[Part]]] = [
        (say("word-rows"), [_row(row) for row in content.rows]),
        (say("word-asking"), [content.asking]),
        (say("word-feedback"), [content.feedback]),
    ]
    if isinstance(content, Notice):
        parts.append((say("word-review"), [content.review]))
    return text(content, content.opening, parts)


Part = str | Callable[[Any], None]
"""A paragraph, or what puts a table or pictures into the file."""


def text(
    content: Issued, opening: str, parts: Sequence[tuple[str, Sequence[Part]]], *, under: str = ""
) -> bytes:
    """A document in 公文式: to whom, the `opening`, what it rests on, then numbered `parts` of heading and paragraphs,
    signer and date; `under` stands below the title."""
    file = _new(content.heading, content.issuer, content.made)
    section = file.sections[0]
    _header(section.header, say("word-draft"))
    _header(section.even_page_header, say("word-draft"))
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    _line(file, content.number or say("doc-number-later"), align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(file, "")
    _line(file, content.issuer, font="word-font-title", size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(file, content.heading, font="word-font-title", size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    if under:
        _line(file, under, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(file, "")
    _line(file, say("word-to", unit=content.to.name))
    _line(file, opening, indent=2)
    _line(file, say("word-basis", mandate=words.mandate(content.mandate)), indent=2)
    for n, (heading, paragraphs) in enumerate(parts):
        _line(file, sheet_words.numbered(n, heading), font="word-font-heading", indent=2)
        for paragraph in paragraphs:
            if isinstance(paragraph, str):
                _line(file, paragraph, indent=2)
            else:
                paragraph(file)
    _line(file, "")
    issued = words.day(content.issued_on) if content.issued_on else say("doc-date-blank")
    _signed_off(file, content.issuer, issued)
    if content.copied:
        _line(file, say("word-copied", units=words.names(content.copied)), size=Pt(14))
    return _bytes(file)


def _row(row: Row | Missed) -> str:
    of = row if isinstance(row, Row) else row.row
    limit = words.period(row.time_limit, of.began if isinstance(row, Row) else "")
    text = say(
        "word-row",
        number=words.number(of),
        site=of.site.name,
        place=of.place,
        what=words.what(of),
        quantity=words.quantity(of),
        limit=limit,
    )
    if isinstance(row, Missed):
        text += say("word-missed", notice=row.notice, due=words.due(of.due), days=row.days_late)
    return text


def reply(content: Notice | Press, texts: DocumentText, renditions: Mapping[str, bytes]) -> bytes:
    """整改情况报告: the form that the unit fills in, a row a finding with its photo before, room for its seal. Of a
    photo without rendition it is said that there is none."""
    file = _new(texts.filled("heading", number=content.number), content.to.name, content.made)
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    heading = texts.filled("heading", number=content.number)
    _line(file, heading, font="word-font-title", size=TITLE_SIZE, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(file, say("word-to", unit=content.issuer), size=Pt(14))
    said = texts.filled("opening", number=content.number, title=content.heading, count=len(content.rows))
    _line(file, said, indent=2, size=Pt(14))
    heads = say("word-reply-heads").split()
    table = file.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _cell(cell, head, font="word-font-heading")
    _repeat(table.rows[0])
    for row in rows_of(content):
        cells = table.add_row().cells
        _cell(cells[0], words.number(row))
        _cell(cells[1], f"{row.site.name} {row.place}")
        _cell(cells[2], words.what(row))
        for photo in row.photos[:1]:
            if data := renditions.get(rendition_key(photo)):
                cells[3].paragraphs[0].add_run().add_picture(BytesIO(data), width=_PICTURE)
            else:
                _cell(cells[3], say("doc-no-before"))
        _whole(table.rows[-1])
    _line(file, texts.filled("closing"), indent=2, size=Pt(14))
    _signed_off(file, say("word-reply-unit", unit=content.to.name), say("doc-date-blank"))
    return _bytes(file)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Part:
    """A grid whose heading comes again on each page."""

    def put(file: Any) -> None:
        made = file.add_table(rows=1, cols=len(heads))
        made.style = "Table Grid"
        for cell, head in zip(made.rows[0].cells, heads, strict=True):
            _cell(cell, head, font="word-font-heading")
        _repeat(made.rows[0])
        for row in rows:
            line = made.add_row()
            for cell, said in zip(line.cells, row, strict=True):
                _cell(cell, said)
            _whole(line)
        _line(file, "")

    return put


def pictures(left: bytes, right: bytes, *, under: tuple[str, str]) -> Part:
    """Two JPEGs beside each other (empty: none) with a line below each."""

    def put(file: Any) -> None:
        made = file.add_table(rows=2, cols=2)
        for place, data in enumerate((left, right)):
            if data:
                made.rows[0].cells[place].paragraphs[0].add_run().add_picture(BytesIO(data), width=_HALF)
            _cell(made.rows[1].cells[place], under[place])
        for row in made.rows:
            _whole(row)

    return put


def _new(title: str, author: str, made: str) -> Any:
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)
    section.footer_distance = Mm(28)
    grid = OxmlElement("w:docGrid")
    for name, value in (
        ("type", "linesAndChars"),
        ("linePitch", str(_LINE_TWIPS)),
        ("charSpace", str(_CHARACTER)),
    ):
        grid.set(qn(f"w:{name}"), value)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    file.settings.odd_and_even_pages_header_footer = True
    at = datetime.fromisoformat(made).replace(tzinfo=None)
    properties = file.core_properties
    properties.title, properties.author, properties.comments = title, author, ""
    properties.created = properties.modified = at
    return file


def _line(
    file: Any,
    text: str,
    *,
    font: str = "word-font-text",
    size: Any = SIZE,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: int = 0,
) -> Any:
    paragraph = file.add_paragraph()
    _shape(paragraph, align)
    paragraph.paragraph_format.first_line_indent = size * indent
    _run(paragraph, text, font=font, size=size)
    return paragraph


def _shape(paragraph: Any, align: Any) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.space_before = shape.space_after = Pt(0)


def _run(paragraph: Any, text: str, *, font: str, size: Any) -> Any:
    run = paragraph.add_run(text)
    run.font.size = size
    name = say(font)
    run.font.name = name
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)
    return run


def _signed_off(file: Any, name: str, day: str) -> None:
    """Signer and date, the date four characters from the right, kept together with what stands before: the seal lies
    over both."""
    for before in file.paragraphs[-2:]:
        before.paragraph_format.keep_with_next = True
    for text, right in ((name, 2), (day, 4)):
        paragraph = _line(file, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = SIZE * right
        paragraph.paragraph_format.keep_with_next = text == name
        paragraph.paragraph_format.keep_together = True


def _cell(cell: Any, text: str, *, font: str = "word-font-text") -> None:
    _run(cell.paragraphs[0], text, font=font, size=Pt(10.5))


def _repeat(row: Any) -> None:
    """The row comes again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """The row is not cut by a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _header(header: Any, text: str) -> None:
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, font="word-font-heading", size=Pt(14))


def _page_number(footer: Any, align: Any) -> None:
    """— 1 — in 4 号, on the outer side, one character free."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Pt(14)
    _run(paragraph, "\u2014 ", font="word-font-page", size=Pt(14))
    run = _run(paragraph, "", font="word-font-page", size=Pt(14))
    for kind, said in (("begin", ""), ("", "PAGE"), ("end", "")):
        name = "w:fldChar" if kind else "w:instrText"
        element = OxmlElement(name)
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = said
        run._element.append(element)
    _run(paragraph, " \u2014", font="word-font-page", size=Pt(14))


def _bytes(file: Any) -> bytes:
    out = BytesIO()
    file.save(out)
    return out.getvalue()
