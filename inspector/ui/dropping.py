"""Files that are dropped on the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_pdf(data: QMimeData) -> Path | None:
    """The first PDF among what is dropped."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((file for file in files if file.suffix.lower() == ".pdf"), None)
