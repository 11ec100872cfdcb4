"""The sheet (检查记录表): what was found at one visit, for the parties to sign.

Page 1 answers how bad, what, who, by when; then all findings, earlier findings, the answers as an annex, the
counterpart and the inspectors. It prints a `Content` and carries exactly its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.platypus import CondPageBreak, PageBreak

from inspector.documents import filename, page, pdfa
from inspector.documents import sheet_words as words
from inspector.documents.sheet_answers import answers
from inspector.documents.sheet_findings import earlier, findings
from inspector.documents.sheet_front import front
from inspector.documents.sheet_signing import signing
from inspector.model import canonical, inspection
from inspector.model.form import Form
from inspector.model.inspection import Content
from inspector.text import say

_ANNEX_BEGINS = page.body_height() / 2
"""The room that the annex wants to begin on a page with findings: a small sheet needs one page less."""


def sheet(content: Content, form: Form, renditions: Mapping[str, bytes]) -> bytes:
    """The PDF before its first signature: PDF/A-3b with the content inside and one empty field for each member who
    signs by certificate. `renditions` are JPEGs, of each photo by its `rendition_key`, of the counterpart's paper by
    its hash. Equal arguments give equal bytes. About 0.2 s and 1 MB for 10 photos; off the GUI thread.

    `content.form.version` is the version of `form`."""
    data = inspection.encode(content)
    identity = pdfa.Identity(
        title=content.heading,
        number=content.number,
        author=content.issuer,
        made=content.made,
        content=data,
        fields=tuple(member.field for member in content.signers),
    )
    day = content.begin[:10]
    imprint = page.Imprint(
        name=say("sheet-name"),
        number=content.number,
        date=day,
        content_sha256=canonical.sha256(data),
        head=words.dotted((content.site.name, words.day(day), content.team)),
        example=content.example,
    )
    first = front(content, form, renditions)
    found = [*findings(content, form, renditions), *earlier(content, form, renditions)]
    story = [
        *first.story,
        *([PageBreak()] if found and first.whole else []),
        *found,
        CondPageBreak(_ANNEX_BEGINS) if found else PageBreak(),
        *answers(content, form),
        *signing(content, renditions),
    ]
    return page.build(story, imprint, identity)


def file_name(content: Content) -> str:
    """The name under which the sheet is saved: 检查记录表_<number>_<site>.pdf."""
    return filename.file_name(say("sheet-name"), content.number, content.site.name)
