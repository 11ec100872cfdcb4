"""Texts of documents with their places filled from a sample: what an office looks at before it uses its own wording."""

from __future__ import annotations

from inspector.documents.plain_page import plain_page
from inspector.model.document_text import FIELDS, DocumentText
from inspector.text import say

_SAMPLE = {
    "team": "sample-team",
    "day": "sample-day",
    "period": "sample-period",
    "sites": "sample-sites",
    "contact": "sample-contact",
    "telephone": "sample-telephone",
    "place": "sample-place",
    "unit": "sample-unit",
    "units": "sample-units",
    "papers": "sample-papers",
    "number": "sample-number",
    "title": "sample-title",
    "at": "sample-at",
    "way": "way-receipt",
    "rate": "sample-rate",
}
_COUNTS = {
    "count": 3,
    "passed": 2,
    "failed": 1,
    "found": 46,
    "due": 40,
    "in_time": 36,
    "overdue": 2,
    "reopened": 1,
}


def filled(texts: DocumentText) -> tuple[tuple[str, str], ...]:
    """Each text by its field, as it would stand on a document; paragraphs without places follow."""
    said = {name: say(key) for name, key in _SAMPLE.items()} | _COUNTS
    fields = [(field, texts.filled(field, **said)) for field in FIELDS[texts.template]]
    return tuple(fields) + tuple(("paragraphs", one) for one in texts.paragraphs)


def sample_page(texts: DocumentText) -> bytes:
    """The same as a page (PDF), heading first. It is no document: 示例 stands on it."""
    (_, heading), *others = filled(texts)
    return plain_page(
        title=heading,
        number="",
        issuer=say("sample-issuer"),
        made="2026-01-01T00:00:00+08:00",
        paragraphs=[text for _, text in others],
        example=True,
    )
