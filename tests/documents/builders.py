"""Small documents to test with, and readers of what came out: poppler's and qpdf's, none of ours."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from reportlab.platypus import Flowable

from inspector.documents import page, pdfa
from inspector.documents.flow import Text

CONTENT = b'{"kind":"sheet","v":1}'


def pages(story: Sequence[Flowable], *, content: bytes = CONTENT, fields: tuple[str, ...] = ()) -> bytes:
    """A document of a few flowables with the frame that all documents have."""
    identity = pdfa.Identity(
        title="检查记录表",
        number="GJ-001-20261123-7QK3-0007",
        author="示例县创建办",
        made="2026-11-23T10:40:00+08:00",
        content=content,
        fields=fields,
    )
    imprint = page.Imprint(
        name="检查记录表",
        number=identity.number,
        date="2026-11-23",
        content_sha256=identity.content_sha256,
        head="示例巷",
        example=False,
    )
    return page.build(story, imprint, identity)


def drawn(text: str, **given: object) -> bytes:
    """A document that says nothing but `text`."""
    return pages([Text(text, **given)])  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    """What poppler's pdftotext reads, in the order in which it was drawn; a form feed ends each page."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode("utf-8")


def solid(text: str) -> str:
    """`text` without blanks: where a line ends is the layout's affair."""
    return "".join(text.split())
