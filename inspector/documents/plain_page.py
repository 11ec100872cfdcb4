"""Pages that go with documents and are none themselves: 收件人说明, 送达告知. Nobody signs them."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from inspector.documents import fonts, page, pdfa
from inspector.documents.flow import Align, Text
from inspector.model import canonical


def plain_page(
    *, title: str, number: str, issuer: str, made: str, paragraphs: Sequence[str], example: bool
) -> bytes:
    """A PDF of paragraphs; `number` is that of the document that it goes with, `made` RFC 3339."""
    said = {"kind": "page", "v": 1, "title": title, "number": number, "paragraphs": list(paragraphs)}
    data = canonical.encode(said)
    identity = pdfa.Identity(title=title, number=number, author=issuer, made=made, content=data)
    imprint = page.Imprint(
        name=title,
        number=number,
        date=made[:10],
        content_sha256=canonical.sha256(data),
        head=number,
        example=example,
        signed=False,
    )
    story: list[Flowable] = [
        Text(title, face=fonts.BOLD, size=21, align=Align.CENTRE, leading=38, after=4 * mm),
        *[Text(text, face=fonts.SERIF, size=12, leading=21, after=2.4 * mm) for text in paragraphs],
    ]
    return page.build(story, imprint, identity)
