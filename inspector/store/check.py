"""Whether everything is as it was written: the database, every batch, every blob, the projections, the drafts.

`damage` is what must not be; `facts` are what a ledger of several laptops may show without being broken. Both come
back as keys of the catalogue with the place they speak of: text is made from them, never parsed out of text.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from inspector.ledger.chain import Link, chain
from inspector.ledger.record import is_hash, read_line
from inspector.model import inspection
from inspector.model.draft import Draft, assemble
from inspector.model.errors import Damaged, InspectorError
from inspector.store import blobs, drafts, local, projections, runs
from inspector.store.faults import told
from inspector.store.workspace import DATABASE, Workspace

ASIDE = "backups/unnamed"
"""Where blobs go that nothing names: what a crash left between a file and its record. Never deleted by us."""

FRESH_SECONDS = 3600
"""A blob that came within the last hour may still get its record from a running act."""

_HASHES = re.compile(rb"[0-9a-f]{64}")


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was written. `kind` is the key of its phrase in the catalogue, `where` the batch,
    blob, table or file, `detail` what the machine says."""

    kind: str
    where: str
    detail: str = ""


def damage(workspace: Workspace, *, deep: bool) -> list[Problem]:
    """Everything that is not as it was written. Without `deep` the structure of the database, and whether each named
    blob is there in its size; with it every byte: all signatures and hashes, and the projections against the ledger.
    A blob that only others' records name and that never came is no damage: `facts` counts it."""
    found: list[Problem] = []
    named: dict[tuple[str, int | None], str] = {}
    absent: set[str] = set()
    with workspace.reading() as db:
        steps = [_structure(db, deep=deep), _own_chain(db), _drafts(db)]
        if deep:
            steps += [_batches(db, workspace.ledger), _projections(db), _runs(db)]
        try:
            for step in steps:
                found += step
            named = _named(db)
            absent = _absent(workspace, db, named)
        except (Damaged, sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
            found.append(Problem(kind="check-database", where=DATABASE, detail=str(error)))
    return [*found, *_blobs(workspace, named, absent, deep=deep)]


def facts(workspace: Workspace) -> list[Problem]:
    """What a person may want to know and nobody did wrong: gaps and forks in the chains of devices, records that wait
    for others, entities that only a newer version understands, blobs that were set aside."""
    found = []
    with workspace.reading() as db:
        for device, links in _chains(db).items():
            whole = chain(device, links)
            found += [
                Problem(kind="check-chain-gap", where=device, detail=f"{first}–{last}")
                for first, last in whole.gaps
            ]
            found += [
                Problem(kind="check-chain-fork", where=device, detail=str(number)) for number in whole.forks
            ]
        for entity, waiting, read_only in db.execute(
            "SELECT id, waiting, read_only FROM entity WHERE waiting <> '' OR read_only ORDER BY id"
        ).fetchall():
            if waiting:
                count = str(len(waiting.split()))
                found.append(Problem(kind="check-record-waiting", where=entity, detail=count))
            if read_only:
                found.append(Problem(kind="check-entity-newer", where=entity))
        if absent := _absent(workspace, db, _named(db)):
            found.append(Problem(kind="check-blob-awaited", where="blobs", detail=str(len(absent))))
    aside = workspace.path / ASIDE
    if count_aside := sum(1 for _ in aside.iterdir()) if aside.is_dir() else 0:
        found.append(Problem(kind="check-set-aside", where=ASIDE, detail=str(count_aside)))
    return found


def tidy(workspace: Workspace, *, fresh_seconds: int = FRESH_SECONDS) -> list[str]:
    """Sets aside the blobs that neither a record nor a draft names and that are older than `fresh_seconds`, and takes
    back those that were set aside and are named now; the names of the former. Unfinished files of a crash go."""
    aside = workspace.path / ASIDE
    before = time.time() - fresh_seconds
    moved = []
    with told(workspace.path), workspace.transaction() as db:
        wanted = _wanted(db)
        for file in _files(workspace):
            if file.stat().st_mtime > before:
                continue
            if file.name.endswith(blobs.PART):
                file.unlink()
            elif is_hash(file.name) and file.name not in wanted:
                aside.mkdir(parents=True, exist_ok=True)
                file.replace(aside / file.name)
                moved.append(file.name)
        for file in aside.iterdir() if aside.is_dir() else ():
            if file.name in wanted and not blobs.has(workspace, file.name):
                blobs.path(workspace, file.name).parent.mkdir(parents=True, exist_ok=True)
                file.replace(blobs.path(workspace, file.name))
    return sorted(moved)


def named_blobs(db: sqlite3.Connection) -> set[str]:
    """The blobs that records, drafts or the tray need."""
    return {blob for blob, _ in _named(db)}


def _structure(db: sqlite3.Connection, *, deep: bool) -> Iterator[Problem]:
    statement = "PRAGMA integrity_check" if deep else "PRAGMA quick_check"
    for (line,) in db.execute(statement).fetchall():
        if line != "ok":
            yield Problem(kind="check-database", where=DATABASE, detail=line)


def _batches(db: sqlite3.Connection, ledger: str) -> Iterator[Problem]:
    texts = ("hash", "device", "prev", "header", "signature")
    columns = ", ".join(f"coalesce(CAST({name} AS BLOB), x'')" for name in texts)
    for seq, *filed, header, signature in db.execute(f"SELECT seq, {columns} FROM batch NOT INDEXED"):
        name = filed[0].decode("ascii", "replace")
        try:
            batch = read_line(header + b"\t" + base64.b64encode(signature) + b"\n", ledger)
        except InspectorError as error:
            yield Problem(kind="check-batch-damaged", where=name, detail=_reason(error))
            continue
        said = batch.header
        if (seq, *filed) != (said.seq, batch.hash.encode(), said.device.encode(), said.prev.encode()):
            yield Problem(kind="check-batch-damaged", where=batch.hash, detail="filed under another name")


def _own_chain(db: sqlite3.Connection) -> Iterator[Problem]:
    device = local.get(db, "device")
    for first, last in chain(device, _chains(db).get(device, [])).gaps:
        yield Problem(kind="check-batch-missing", where=device, detail=f"{first}–{last}")


def _chains(db: sqlite3.Connection) -> dict[str, list[Link]]:
    chains: dict[str, list[Link]] = {}
    rows = db.execute("SELECT device, seq, hash, prev FROM batch ORDER BY device, seq, hash").fetchall()
    for device, seq, digest, prev in rows:
        chains.setdefault(device, []).append(Link(seq, digest, prev))
    return chains


def _projections(db: sqlite3.Connection) -> Iterator[Problem]:
    """The projections made again beside the stored ones, in a temporary database of the system."""
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as again:
        again.execute("BEGIN")
        again.execute("CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        again.execute(
            "CREATE TABLE batch (hash TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL,"
            " header BLOB NOT NULL) STRICT"
        )
        again.executemany(
            "INSERT INTO batch (hash, device, seq, header) VALUES (?, ?, ?, ?)",
            db.execute("SELECT hash, device, seq, header FROM batch"),
        )
        try:
            projections.rebuild(again)
        except (msgspec.DecodeError, ValueError) as error:
            yield Problem(kind="check-projection", where="batch", detail=str(error))
            return
        for table in projections.TABLES:
            for name in _differing(db, again, table):
                yield Problem(kind="check-projection", where=table, detail=name)


def _differing(db: sqlite3.Connection, again: sqlite3.Connection, table: str) -> list[str]:
    """The first column of each row that stands in one of them only. Both are read side by side, so that a ledger of
    years does not fill the memory: what is equal is forgotten at once, in whatever order it comes."""
    odd: dict[tuple[object, ...], None] = {}
    statement = f"SELECT * FROM {table}"
    for kept, made in itertools.zip_longest(db.execute(statement), again.execute(statement)):
        if kept == made:
            continue
        for row in (kept, made):
            if row is not None and odd.pop(row, row) is row:
                odd[row] = None
    return sorted({str(row[0]) for row in odd})


def _runs(db: sqlite3.Connection) -> Iterator[Problem]:
    """Whether the runs say what is here: every batch in one of them, and each an unbroken chain."""
    before = dict(db.execute("SELECT hash, prev FROM batch").fetchall())
    found: list[str] = []
    for run in runs.every(db):
        digest = run.tip
        for _ in range(min(run.last + 1 - run.first, len(before))):  # a damaged number may be any
            found.append(digest)
            digest = before.get(digest, "?")
        if digest != run.base:
            yield Problem(kind="check-projection", where="run", detail=run.device)
    if sorted(found) != sorted(before):
        yield Problem(kind="check-projection", where="run", detail=str(len(found)))


def _drafts(db: sqlite3.Connection) -> Iterator[Problem]:
    for row in drafts.rows(db):
        try:
            assemble(row.id, drafts.parts(db, row.id))
            if row.content:
                inspection.decode(row.content)
        except (msgspec.DecodeError, Damaged, KeyError, TypeError) as error:
            yield Problem(kind="check-draft", where=row.id, detail=str(error))


def _named(db: sqlite3.Connection) -> dict[tuple[str, int | None], str]:
    """(blob, bytes or None) → what needs it, for every blob that must be here."""
    needed: dict[tuple[str, int | None], str] = {}
    for entity, blob, size in db.execute(
        "SELECT entity, blob, bytes FROM record_blob ORDER BY blob, entity, bytes"
    ).fetchall():
        needed.setdefault((blob, size), entity)
    for blob, size, name in db.execute("SELECT sha256, bytes, name FROM photo ORDER BY sha256").fetchall():
        needed.setdefault((blob, size), name)
    known = {blob for blob, _ in needed}
    for row in drafts.rows(db):
        with contextlib.suppress(msgspec.DecodeError, KeyError, TypeError):  # `_drafts` names it
            for blob in {row.form, row.pdf, *_of_draft(assemble(row.id, drafts.parts(db, row.id)))} - known:
                if blob:
                    needed.setdefault((blob, None), f"draft:{row.id}")
    return needed


def _absent(
    workspace: Workspace, db: sqlite3.Connection, named: Mapping[tuple[str, int | None], str]
) -> set[str]:
    """The blobs that are not here and need not be: records of other laptops name them, and nothing of this one."""
    own = {local.get(db, "device"), *local.get(db, "former").split()}
    here = {row[0] for row in db.execute("SELECT sha256 FROM photo").fetchall()}
    absent = set()
    for blob, size in named:
        if size is None or blob in here or blobs.has(workspace, blob):
            continue
        authors = db.execute(
            "SELECT batch.device, batch.header FROM record_blob"
            " JOIN record ON record.entity = record_blob.entity JOIN batch ON batch.hash = record.batch"
            " WHERE record_blob.blob = ?",
            (blob,),
        ).fetchall()
        if not any(device in own and blob.encode() in header for device, header in authors):
            absent.add(blob)
    return absent


def _of_draft(draft: Draft) -> Iterator[str]:
    for shots in [one.photos for one in draft.findings] + [one.photos for one in draft.earlier]:
        yield from (shot.sha256 for shot in shots)
    for jotting in draft.jottings:
        yield from jotting.photos
    if draft.counterpart:
        yield draft.counterpart.photo


def _wanted(db: sqlite3.Connection) -> set[str]:
    """All that may name a blob, an act that can be undone included; rather one too many."""
    wanted = named_blobs(db)
    for (text,) in db.execute(
        "SELECT value FROM draft_part UNION ALL SELECT before FROM draft_act WHERE before IS NOT NULL"
        " UNION ALL SELECT after FROM draft_act WHERE after IS NOT NULL UNION ALL SELECT line FROM parcel"
    ).fetchall():
        wanted.update(name.decode() for name in _HASHES.findall(text))
    return wanted


def _blobs(
    workspace: Workspace, named: dict[tuple[str, int | None], str], absent: set[str], *, deep: bool
) -> Iterator[Problem]:
    for (blob, size), needed_by in sorted(named.items(), key=repr):
        file = blobs.path(workspace, blob)
        if blob in absent:
            continue
        if not file.is_file():
            yield Problem(kind="check-blob-missing", where=blobs.relative(blob), detail=needed_by)
        elif size is not None and file.stat().st_size != size:
            yield Problem(kind="check-blob-changed", where=blobs.relative(blob), detail=needed_by)
    if not deep:
        return
    told_already = {blob for (blob, size) in named if size is not None and _size(workspace, blob) != size}
    for file in _files(workspace):
        if file.name.endswith(blobs.PART) or file.name in told_already:
            continue
        if not is_hash(file.name) or file.parent.name != file.name[:2]:
            yield Problem(kind="check-file-strange", where=str(file.relative_to(workspace.path)))
        elif (digest := blobs.digest(workspace, file)) != file.name:
            yield Problem(kind="check-blob-changed", where=blobs.relative(file.name), detail=digest)


def _size(workspace: Workspace, blob: str) -> int | None:
    with contextlib.suppress(FileNotFoundError):
        return blobs.path(workspace, blob).stat().st_size
    return None


def _files(workspace: Workspace) -> Iterator[Path]:
    for folder, _, names in os.walk(workspace.path / "blobs"):
        yield from (Path(folder, name) for name in sorted(names))


def _reason(error: InspectorError) -> str:
    return str(error.values.get("reason", error.key))
