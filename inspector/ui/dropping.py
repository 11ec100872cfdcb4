"""Files that are dropped on the program: a PDF is verified wherever it falls, photos go to the page that takes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_pdf(data: QMimeData) -> Path | None:
    """The first PDF among what is dropped."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((file for file in files if file.suffix.lower() == ".pdf"), None)


def holds_photos(data: QMimeData) -> bool:
    """Whether a page that takes photos should take this: files and folders, bare pixels; a PDF is the window's."""
    return dropped_pdf(data) is None and (data.hasUrls() or data.hasImage())
