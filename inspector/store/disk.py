"""What makes a file stay when the power fails."""

from __future__ import annotations

import os
from pathlib import Path


def settle(path: Path) -> None:
    """Brings a file, or the names in a folder, to the disk. Windows does so for folders by itself."""
    if os.name != "posix" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
