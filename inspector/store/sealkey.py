"""The ledger's key for sealing (sticks, bundles, drafts): its secret part, beside the keys of this user's devices.
Outside every workspace, and in no backup."""

from __future__ import annotations

import os
from pathlib import Path

from inspector.ledger.files import put_in_place
from inspector.store.disk import settle
from inspector.store.faults import told
from inspector.store.workspace import devices_folder


def read(ledger: str) -> str | None:
    """The secret part (AGE-SECRET-KEY-1…), or None if this user has none of this ledger. Raises Environment."""
    file = _file(ledger)
    with told(file):
        return file.read_text("ascii", "replace").strip() if file.is_file() else None


def keep(ledger: str, secret: str) -> None:
    """Keeps it, for this user's eyes alone. On the disk when this returns. Raises Environment."""
    file = _file(ledger)
    with told(file):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_suffix(".new")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(f"{secret}\n")
            out.flush()
            os.fsync(out.fileno())
        put_in_place(part, file)
        settle(file.parent)


def _file(ledger: str) -> Path:
    return devices_folder() / f"{ledger}.age"
