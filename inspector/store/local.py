"""Facts of this laptop alone: never records, never merged. Ledger and identity of the workspace, counters, what a
person last chose (team, mandate, theme)."""

from __future__ import annotations

import sqlite3


def get(db: sqlite3.Connection, key: str, default: str = "") -> str:
    """The value kept under `key`, else `default`."""
    row = db.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else default


def put(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep `value` under `key`."""
    db.execute(
        "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def count(db: sqlite3.Connection, key: str) -> int:
    """The next number of the counter `key`, from 1; counted when the transaction is committed."""
    n = int(get(db, key, "0")) + 1
    put(db, key, str(n))
    return n
