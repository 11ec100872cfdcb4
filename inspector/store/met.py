"""Other devices and remotes, as this laptop knows them: who was met, what each said last that it holds, the drafts that
it has open, and what lies on which remote. Local facts, never records."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

import msgspec

from inspector.store import local


class Kept(msgspec.Struct, frozen=True):
    """What a device said, as it was signed; `n` counts what it said."""

    device: str
    n: int
    line: bytes


class Draft(msgspec.Struct, frozen=True):
    """An open draft of a device, as it was signed."""

    device: str
    draft: str
    n: int
    line: bytes


class Place(msgspec.Struct, frozen=True):
    """A remote that this laptop synced with: when, whether it held everything then, and the runs on it (JSON)."""

    place: str
    at: str
    complete: bool
    held: bytes


def devices(db: sqlite3.Connection) -> set[str]:
    """The devices that were accepted here: met at the door, or their batches are here."""
    rows = db.execute("SELECT device FROM met UNION SELECT DISTINCT device FROM run").fetchall()
    return {device for (device,) in rows}


def accept(db: sqlite3.Connection, new: Collection[str], *, at: str) -> None:
    """These devices may come in from now on."""
    db.executemany(
        "INSERT OR IGNORE INTO met (device, at, n, seen) VALUES (?, ?, 0, x'')",
        [(device, at) for device in new],
    )


def seen(db: sqlite3.Connection) -> list[Kept]:
    """What each other device said last of what it holds."""
    return [Kept(*row) for row in db.execute("SELECT device, n, seen FROM met WHERE n > 0 ORDER BY device")]


def keep_seen(db: sqlite3.Connection, kept: Kept, *, at: str) -> bool:
    """Keeps what a device said, if it is newer than what is here; whether it was."""
    done = db.execute(
        "INSERT INTO met (device, at, n, seen) VALUES (?, ?, ?, ?) ON CONFLICT (device)"
        " DO UPDATE SET n = excluded.n, seen = excluded.seen WHERE excluded.n > met.n",
        (kept.device, at, kept.n, kept.line),
    )
    return done.rowcount > 0


def drafts(db: sqlite3.Connection) -> list[Draft]:
    """The open drafts of other devices that came here."""
    return [
        Draft(*row) for row in db.execute("SELECT device, draft, n, line FROM parcel ORDER BY device, draft")
    ]


def keep_draft(db: sqlite3.Connection, kept: Draft) -> None:
    """Keeps a draft of another device, in place of an older state of it; not one that was taken over here since."""
    if int(local.get(db, f"taken-over/{kept.device}/{kept.draft}", "0")) >= kept.n:
        return
    db.execute(
        "INSERT INTO parcel (device, draft, n, line) VALUES (?, ?, ?, ?) ON CONFLICT (device, draft)"
        " DO UPDATE SET n = excluded.n, line = excluded.line WHERE excluded.n > parcel.n",
        (kept.device, kept.draft, kept.n, kept.line),
    )


def take_over(db: sqlite3.Connection, kept: Draft) -> None:
    """The draft goes on here: it is no longer offered, unless its device goes on with it, too."""
    drop_draft(db, kept.device, kept.draft)
    local.put(db, f"taken-over/{kept.device}/{kept.draft}", str(kept.n))


def draft_sent(db: sqlite3.Connection, draft: str) -> tuple[int, str]:
    """How often an open draft of this laptop was sent, and the digest of what was sent last."""
    n, _, digest = local.get(db, f"sent/{draft}", "0").partition(" ")
    return int(n), digest


def keep_draft_sent(db: sqlite3.Connection, draft: str, n: int, digest: str) -> None:
    """Remembers what is sent of a draft."""
    local.put(db, f"sent/{draft}", f"{n} {digest}")


def drop_draft(db: sqlite3.Connection, device: str, draft: str) -> None:
    """The draft is no longer open there."""
    db.execute("DELETE FROM parcel WHERE device = ? AND draft = ?", (device, draft))


def places(db: sqlite3.Connection) -> list[Place]:
    """The remotes, the one that was synced with last first."""
    rows = db.execute("SELECT place, at, complete, held FROM remote ORDER BY at DESC, place").fetchall()
    return [Place(place, at, bool(complete), held) for place, at, complete, held in rows]


def keep_place(db: sqlite3.Connection, place: Place) -> None:
    """Remembers what lies on a remote now."""
    db.execute(
        "INSERT OR REPLACE INTO remote (place, at, complete, held) VALUES (?, ?, ?, ?)",
        (place.place, place.at, int(place.complete), place.held),
    )


def own_seen(db: sqlite3.Connection) -> tuple[int, bytes]:
    """What this laptop said last of what it holds, and how often it has said something."""
    return int(local.get(db, "seen-n", "0")), local.get(db, "seen").encode()


def keep_own_seen(db: sqlite3.Connection, n: int, line: bytes) -> None:
    """Remembers what this laptop says."""
    local.put(db, "seen-n", str(n))
    local.put(db, "seen", line.decode())
