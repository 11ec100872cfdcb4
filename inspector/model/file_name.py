"""What a signed document is called when it leaves the workspace."""

from __future__ import annotations

import re

from inspector.model.inspection import Content

MAX_BYTES = 200
"""In UTF-8. File systems allow 255; sticks and mail programs add to names (" (2)", ".part")."""

_ILLEGAL = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')  # Windows and FAT; the others allow more


def sheet_file(content: Content, *, called: str) -> str:
    """The file of a sheet: the word for such documents, its number, its site:
    检查记录表_GJ-001-20261123-7QK3-0007_㐂居花苑二期.pdf (docs/decisions.md, Numbers)."""
    return legal(f"{called}_{content.number}_{content.site.name}", limit=MAX_BYTES - len(".pdf")) + ".pdf"


def legal(name: str, *, limit: int = MAX_BYTES) -> str:
    """`name` as every file system takes it: illegal characters become -, at most `limit` bytes, whole characters."""
    short = _ILLEGAL.sub("-", name).encode("utf-8")[:limit].decode("utf-8", "ignore")
    return short.rstrip(" .")
