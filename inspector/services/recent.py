"""Which workspace this user opened last: one line of text beside the keys of his devices, outside every workspace."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def last() -> Path | None:
    """The folder that was opened last; None at the first start, or when nothing can be read."""
    try:
        text = _file().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(text) if text else None


def remember(folder: Path) -> None:
    """Open this one next time. A disk that refuses costs a question at the next start, no more."""
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(f"{folder.absolute()}\n", "utf-8")
    except OSError:
        return


def _file() -> Path:
    return platformdirs.user_data_path("inspector", appauthor=False, roaming=False) / "workspace.txt"
