"""Documents of rectification (整改文书) as PDF: 现场交办单, 督查整改通知书, 送达回证, 督办单, 复查意见书,
督查通报.

A4 in one column of forms (表格式), readable in grey; what is sealed keeps room for the seal. Each prints a content of
`model.notice` and carries exactly its bytes, as a sheet does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from reportlab.platypus import Flowable, Spacer

from inspector.documents import filename, page, pdfa
from inspector.documents import paper_words as words
from inspector.documents.bulletin import bulletin
from inspector.documents.paper_notice import notice, press
from inspector.documents.paper_reinspection import reinspection
from inspector.documents.paper_slip import handover, service
from inspector.model import canonical
from inspector.model.notice import Document, encode
from inspector.model.paper import Kind
from inspector.text import say

_STORIES: Final[Mapping[Kind, Callable[..., list[Flowable]]]] = {
    Kind.HANDOVER: handover,
    Kind.NOTICE: notice,
    Kind.SERVICE: service,
    Kind.PRESS: press,
    Kind.REINSPECTION: reinspection,
    Kind.BULLETIN: bulletin,
}


def paper(document: Document, renditions: Mapping[str, bytes]) -> bytes:
    """The PDF before its first signature: PDF/A-3b with the content inside and one empty field for each who signs by
    certificate; a draft (without number) says so. `renditions` are JPEGs, of each photo by its `rendition_key`. Equal
    arguments give equal bytes. About 0.1 s and 0.3 MB; off the GUI thread."""
    data = encode(document)
    number = document.number or say("doc-number-later")
    identity = pdfa.Identity(
        title=document.heading,
        number=document.number,
        author=document.issuer,
        made=document.made,
        content=data,
        fields=tuple(member.field for member in document.signers) if document.number else (),
    )
    imprint = page.Imprint(
        name=document.heading,
        number=number,
        date=document.made[:10],
        content_sha256=canonical.sha256(data),
        head=f"{number}  {document.to.name}",
        example=document.example,
        signed=bool(document.number),
    )
    story = _STORIES[Kind(document.kind)](document, renditions)
    return page.build([*story, Spacer(0, 0)], imprint, identity)


def file_name(document: Document) -> str:
    """The name under which it is saved: <title>_<number>_<addressee>.pdf."""
    return filename.file_name(document.heading, document.number or words.day(document.made), document.to.name)
