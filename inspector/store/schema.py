"""The tables of a workspace that are kept: drafts, ledger, local facts. Numbered steps, frozen once published.

Projections are no part of it (`inspector.store.projections`): they carry their own number and are made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from inspector.model.errors import Environment
from inspector.store import photos

APPLICATION_ID = 0x494E5350
"""Marks the file as ours ("INSP"): PRAGMA application_id, bytes 68 to 71 of the file."""


def first_schema(db: sqlite3.Connection) -> None:
    """Local facts; the ledger, and what stands in a row in it; other devices and remotes; drafts, those of others too;
    photos."""
    db.execute("CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT")
    db.execute("""
        CREATE TABLE batch (
            hash TEXT PRIMARY KEY, device TEXT NOT NULL, seq INTEGER NOT NULL, prev TEXT NOT NULL,
            header BLOB NOT NULL, signature BLOB NOT NULL) STRICT""")
    db.execute("CREATE INDEX batch_chain ON batch (device, seq, hash, prev)")
    # The key's columns first: where others stand between them, integrity_check of SQLite 3.40 sees NULLs.
    db.execute("""
        CREATE TABLE run (
            device TEXT NOT NULL, tip TEXT NOT NULL, first INTEGER NOT NULL, base TEXT NOT NULL,
            last INTEGER NOT NULL, PRIMARY KEY (device, tip)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE met (
            device TEXT PRIMARY KEY, at TEXT NOT NULL, n INTEGER NOT NULL, seen BLOB NOT NULL) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE remote (
            place TEXT PRIMARY KEY, at TEXT NOT NULL, complete INTEGER NOT NULL, held BLOB NOT NULL)
            WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE parcel (
            device TEXT NOT NULL, draft TEXT NOT NULL, n INTEGER NOT NULL, line BLOB NOT NULL,
            PRIMARY KEY (device, draft)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE draft (
            id TEXT PRIMARY KEY, site TEXT NOT NULL, form TEXT NOT NULL, state TEXT NOT NULL,
            heads TEXT NOT NULL, act INTEGER NOT NULL, changed TEXT NOT NULL, number TEXT NOT NULL,
            content BLOB NOT NULL, pdf TEXT NOT NULL) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE draft_part (
            draft TEXT NOT NULL, path TEXT NOT NULL, value BLOB NOT NULL,
            PRIMARY KEY (draft, path)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE draft_act (
            draft TEXT NOT NULL, n INTEGER NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL,
            before BLOB, after BLOB,
            PRIMARY KEY (draft, n, path)) WITHOUT ROWID, STRICT""")
    photos.create(db)


Step = Callable[[sqlite3.Connection], None]
STEPS: tuple[Step, ...] = (first_schema,)
"""STEPS[n] leads from schema n to n + 1."""


def version(db: sqlite3.Connection) -> int:
    """The schema's number. Raises Environment `workspace-newer` if this program is too old for it."""
    have = int(db.execute("PRAGMA user_version").fetchone()[0])
    if have > len(STEPS):
        raise Environment("workspace-newer", have=have, known=len(STEPS))
    return have


def migrate(db: sqlite3.Connection) -> None:
    """Brings the tables to the newest schema; each step and its number in one transaction."""
    have = version(db)
    for number, step in enumerate(STEPS[have:], have + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            step(db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {number}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
