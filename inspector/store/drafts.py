"""Drafts (草稿) as stored: parts that are saved one by one, and the last 50 acts with what was there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from inspector.model.errors import BadInput, Refused
from inspector.store import local

ACTS_KEPT = 50
"""So many acts can be undone (docs/decisions.md, Drafts and signing)."""

EDITING, SIGNING = "editing", "signing"

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A draft without its parts. `form` is a form's version, `heads` the batches of what a correction builds upon, by
    entity; `number` is empty until the first preview; `content` and `pdf` (a blob) are empty until the first has
    signed."""

    id: str
    site: str
    form: str
    state: str
    heads: dict[str, list[str]]
    changed: str
    number: str
    content: bytes
    pdf: str


class Act(msgspec.Struct, frozen=True):
    """One act: the key of its name with what it was about ("act-answer GJ-02"), and the paths of its parts."""

    name: str
    paths: tuple[str, ...]


def create(
    db: sqlite3.Connection,
    draft: str,
    *,
    site: str,
    form: str,
    parts: Mapping[str, Any],
    heads: Mapping[str, Sequence[str]],
    at: str,
) -> None:
    """A new draft with its first parts (path → plain JSON value), which cannot be undone."""
    db.execute(
        "INSERT INTO draft (id, site, form, state, heads, act, changed, number, content, pdf)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, '', x'', '')",
        (draft, site, form, EDITING, _encode(heads).decode(), at),
    )
    db.executemany(
        "INSERT INTO draft_part (draft, path, value) VALUES (?, ?, ?)",
        [(draft, path, _encode(value)) for path, value in parts.items()],
    )


def rows(db: sqlite3.Connection) -> list[Row]:
    """All drafts, the one that was changed last first."""
    found = db.execute(
        "SELECT id, site, form, state, heads, changed, number, content, pdf FROM draft"
        " ORDER BY changed DESC, id"
    ).fetchall()
    return [_row(one) for one in found]


def row(db: sqlite3.Connection, draft: str) -> Row:
    """Raises BadInput `draft-unknown`."""
    found = db.execute(
        "SELECT id, site, form, state, heads, changed, number, content, pdf FROM draft WHERE id = ?", (draft,)
    ).fetchone()
    if not found:
        raise BadInput("draft-unknown", draft=draft)
    return _row(found)


def parts(db: sqlite3.Connection, draft: str) -> dict[str, Any]:
    """The parts of a draft: path → plain JSON value."""
    found = db.execute("SELECT path, value FROM draft_part WHERE draft = ?", (draft,)).fetchall()
    return {path: _decode(value) for path, value in found}


def act(db: sqlite3.Connection, draft: str, name: str, parts: Mapping[str, Any], *, at: str) -> None:
    """Save one act: each part gets its new value, None removes it. What was undone before can no longer be redone.
    Without parts it is no act. Raises BadInput `draft-unknown`, Refused `draft-signing`."""
    n = 1 + _act_of(db, draft)
    if not parts:
        return
    db.execute("DELETE FROM draft_act WHERE draft = ? AND (n >= ? OR n <= ?)", (draft, n, n - ACTS_KEPT))
    for path, value in parts.items():
        before = db.execute(
            "SELECT value FROM draft_part WHERE draft = ? AND path = ?", (draft, path)
        ).fetchone()
        after = None if value is None else _encode(value)
        db.execute(
            "INSERT INTO draft_act (draft, n, path, name, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            (draft, n, path, name, before[0] if before else None, after),
        )
        _put(db, draft, path, after)
    db.execute("UPDATE draft SET act = ?, changed = ? WHERE id = ?", (n, at, draft))


def undo(db: sqlite3.Connection, draft: str, *, at: str) -> Act | None:
    """Take the last act back; None if there is none. Raises like `act`."""
    n = _act_of(db, draft)
    found = db.execute(
        "SELECT path, name, before FROM draft_act WHERE draft = ? AND n = ? ORDER BY path", (draft, n)
    ).fetchall()
    return _step(db, draft, found, n - 1, at)


def redo(db: sqlite3.Connection, draft: str, *, at: str) -> Act | None:
    """Do again what was taken back last; None if there is none. Raises like `act`."""
    n = _act_of(db, draft) + 1
    found = db.execute(
        "SELECT path, name, after FROM draft_act WHERE draft = ? AND n = ? ORDER BY path", (draft, n)
    ).fetchall()
    return _step(db, draft, found, n, at)


def undoable(db: sqlite3.Connection, draft: str) -> tuple[str, ...]:
    """The names of the acts that can be taken back, the last one first."""
    return _names(
        db, "SELECT DISTINCT n, name FROM draft_act WHERE draft = ? AND n <= ? ORDER BY n DESC", draft
    )


def redoable(db: sqlite3.Connection, draft: str) -> tuple[str, ...]:
    """The names of the acts that can be done again, the next one first."""
    return _names(db, "SELECT DISTINCT n, name FROM draft_act WHERE draft = ? AND n > ? ORDER BY n", draft)


def freeze(db: sqlite3.Connection, draft: str, *, content: bytes, pdf: str, at: str) -> None:
    """The draft is being signed: its content, and the blob of the PDF with the signatures so far."""
    db.execute(
        "UPDATE draft SET state = ?, content = ?, pdf = ?, changed = ? WHERE id = ?",
        (SIGNING, content, pdf, at, draft),
    )


def thaw(db: sqlite3.Connection, draft: str, *, at: str) -> None:
    """Back to editing. The number is not used again: a paper that carries it may have been shown.
    Raises BadInput `draft-unknown`."""
    row(db, draft)
    db.execute(
        "UPDATE draft SET state = ?, content = x'', pdf = '', number = '', changed = ? WHERE id = ?",
        (EDITING, at, draft),
    )


def remember_number(db: sqlite3.Connection, draft: str, number: str) -> None:
    """The number that the draft's sheet will carry."""
    db.execute("UPDATE draft SET number = ? WHERE id = ?", (number, draft))


def take_count(db: sqlite3.Connection) -> int:
    """The next running number of this device's documents."""
    return local.count(db, "documents")


def remove(db: sqlite3.Connection, draft: str) -> None:
    """The draft is gone: signed, or thrown away."""
    for table, column in (("draft_act", "draft"), ("draft_part", "draft"), ("draft", "id")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (draft,))


def _act_of(db: sqlite3.Connection, draft: str) -> int:
    found = db.execute("SELECT state, act FROM draft WHERE id = ?", (draft,)).fetchone()
    if not found:
        raise BadInput("draft-unknown", draft=draft)
    if found[0] != EDITING:
        raise Refused("draft-signing", draft=draft)
    return int(found[1])


def _put(db: sqlite3.Connection, draft: str, path: str, value: bytes | None) -> None:
    if value is None:
        db.execute("DELETE FROM draft_part WHERE draft = ? AND path = ?", (draft, path))
    else:
        db.execute(
            "INSERT INTO draft_part (draft, path, value) VALUES (?, ?, ?)"
            " ON CONFLICT (draft, path) DO UPDATE SET value = excluded.value",
            (draft, path, value),
        )


def _step(
    db: sqlite3.Connection, draft: str, found: Sequence[tuple[str, str, bytes | None]], act: int, at: str
) -> Act | None:
    if not found:
        return None
    for path, _, value in found:
        _put(db, draft, path, value)
    db.execute("UPDATE draft SET act = ?, changed = ? WHERE id = ?", (act, at, draft))
    return Act(found[0][1], tuple(path for path, _, _ in found))


def _names(db: sqlite3.Connection, statement: str, draft: str) -> tuple[str, ...]:
    found = db.execute("SELECT act FROM draft WHERE id = ?", (draft,)).fetchone()
    if not found:
        raise BadInput("draft-unknown", draft=draft)
    return tuple(name for _, name in db.execute(statement, (draft, found[0])).fetchall())


def _row(found: tuple[Any, ...]) -> Row:
    id_, site, form, state, heads, changed, number, content, pdf = found
    return Row(
        id=id_,
        site=site,
        form=form,
        state=state,
        heads=_decode(heads),
        changed=changed,
        number=number,
        content=content,
        pdf=pdf,
    )
