"""What reportlab gets wrong for archival Chinese PDFs, put right once for the process.

Applied by `fonts`, which everything that draws imports. Each repair replaces one function of reportlab
5.1.0 (pinned); a test of each shows the fault that it removes.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts

_ROWS = 100
"""Entries of one bfchar block: the limit of the CMap format (Adobe technical note 5014)."""


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """A ToUnicode CMap by which plane-2 characters can be searched and copied: surrogate pairs, blocks of at
    most 100 entries, nothing for .notdef. reportlab writes <2CB4E>, which readers take for two characters."""
    rows = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex()}>" for index, code in enumerate(subset) if code
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), _ROWS):
        block = rows[start : start + _ROWS]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


_format_stream = pdfdoc.PDFStream.format


def _stream_with_line_end(self: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
    """`endstream` on a line of its own: ISO 19005-3, 6.1.7.1; every plain reportlab file fails veraPDF there."""
    written: bytes = _format_stream(self, document)
    return written.removesuffix(b"endstream\n") + b"\nendstream\n"


def apply() -> None:
    """Put the repairs in place; a second call changes nothing."""
    # ASCII-85 around JPEGs and pages costs 25 % and serves nobody.
    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = to_unicode
    pdfdoc.PDFStream.format = _stream_with_line_end
