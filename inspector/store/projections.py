"""Projections: what the records mean, as plain tables, derived in the transaction that appends a batch.

Their rows are a function of the set of records and nothing else, so that `rebuild` makes the same rows again and two
laptops with one set have the same tables. They carry their own number and are made again when it changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from inspector.ledger.record import Batch, Header, instant_of
from inspector.model import canonical, finding, inspection
from inspector.model.fields import Fact, Fields, History, fields, history
from inspector.model.inspection import Content
from inspector.store import local

NUMBER = 3
"""Raised with every change of what is derived or how."""

TABLES = ("record", "record_blob", "entity", "document", "answered", "finding")

_LOCAL_KEY = "projections"


def create(db: sqlite3.Connection) -> None:
    """The empty tables, in an open transaction."""
    for table in TABLES:
        db.execute(f"DROP TABLE IF EXISTS {table}")
    db.execute("""
        CREATE TABLE record (
            entity TEXT NOT NULL, batch TEXT NOT NULL, kind TEXT NOT NULL, parents TEXT NOT NULL,
            instant INTEGER NOT NULL, body BLOB NOT NULL, known INTEGER NOT NULL,
            PRIMARY KEY (entity, batch)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE record_blob (
            blob TEXT NOT NULL, entity TEXT NOT NULL, bytes INTEGER NOT NULL,
            PRIMARY KEY (blob, entity, bytes)) WITHOUT ROWID, STRICT""")  # a size that is a lie is kept, too
    db.execute("""
        CREATE TABLE entity (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, shown BLOB NOT NULL, conflicts BLOB NOT NULL,
            heads TEXT NOT NULL, waiting TEXT NOT NULL, read_only INTEGER NOT NULL) WITHOUT ROWID, STRICT""")
    db.execute("CREATE INDEX entity_kind ON entity (kind, id)")
    db.execute("CREATE INDEX entity_conflict ON entity (id) WHERE conflicts <> x'7b7d'")
    db.execute("""
        CREATE TABLE document (
            entity TEXT NOT NULL, batch TEXT NOT NULL, number TEXT NOT NULL, content TEXT NOT NULL,
            sheet TEXT NOT NULL, current INTEGER NOT NULL, site TEXT NOT NULL, form TEXT NOT NULL,
            category TEXT NOT NULL, made TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL, score INTEGER,
            follows TEXT NOT NULL, document BLOB NOT NULL,
            PRIMARY KEY (entity, batch)) WITHOUT ROWID, STRICT""")
    db.execute("CREATE INDEX document_number ON document (number)")
    db.execute("CREATE INDEX document_content ON document (content)")
    db.execute("CREATE INDEX document_site ON document (site, begins)")
    db.execute("""
        CREATE TABLE answered (
            inspection TEXT NOT NULL, item TEXT NOT NULL, verdict TEXT NOT NULL,
            PRIMARY KEY (inspection, item)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE finding (
            id TEXT PRIMARY KEY, inspection TEXT NOT NULL, site TEXT NOT NULL, item TEXT NOT NULL,
            found_on TEXT NOT NULL, severity TEXT NOT NULL, lead_unit TEXT NOT NULL, helping BLOB NOT NULL,
            due TEXT NOT NULL, ends TEXT NOT NULL, closed TEXT NOT NULL, contested INTEGER NOT NULL,
            reopened INTEGER NOT NULL,
            outcome TEXT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL, void TEXT NOT NULL,
            standing TEXT NOT NULL) WITHOUT ROWID, STRICT""")
    db.execute("CREATE INDEX finding_site ON finding (site, item)")
    db.execute("CREATE INDEX finding_inspection ON finding (inspection)")
    db.execute("CREATE INDEX finding_state ON finding (state, due)")
    db.execute(
        "CREATE INDEX finding_found ON finding"
        " (found_on, id, state, due, severity, item, site, lead_unit, inspection, helping)"
    )  # all that lists are narrowed by: a page is found without touching the table
    db.execute(
        "CREATE INDEX finding_figures ON finding"
        " (lead_unit, site, outcome, found_on, ends, closed, contested, reopened)"
    )  # the figures of the desk are counted out of it, in the order in which they are grouped
    local.put(db, _LOCAL_KEY, str(NUMBER))


def up_to_date(db: sqlite3.Connection) -> bool:
    """Whether the projections are as this version derives them."""
    return local.get(db, _LOCAL_KEY) == str(NUMBER)


def bring_up_to_date(db: sqlite3.Connection) -> None:
    """Makes the projections again if this version derives them differently."""
    if not up_to_date(db):
        rebuild(db)


def rebuild(db: sqlite3.Connection) -> None:
    """All projections again, from the ledger alone."""
    create(db)
    entities: set[str] = set()
    for digest, header in db.execute("SELECT hash, header FROM batch ORDER BY device, seq, hash").fetchall():
        entities |= _file(db, digest, msgspec.json.decode(header, type=Header))
    for entity in sorted(entities):
        _project(db, entity)


def take_in(db: sqlite3.Connection, batches: Iterable[Batch]) -> None:
    """Files the records of batches that were just stored, and derives again what they name, each entity once."""
    entities: dict[str, dict[str, Fact]] = {}
    for batch in batches:
        _file(db, batch.hash, batch.header)
        for record in batch.header.records:
            entities.setdefault(record.entity, {})[batch.hash] = record.fact(batch.hash, batch.instant)
    for entity in sorted(entities):
        _project(db, entity, entities[entity])


def past(db: sqlite3.Connection, entity: str, read: Mapping[str, Fact] = MappingProxyType({})) -> History:
    """All records of `entity` that are here, in causal order; `read` are those that need not be decoded again, by
    batch."""
    rows = db.execute(
        "SELECT batch, parents, instant, body, known, kind FROM record WHERE entity = ?", (entity,)
    ).fetchall()
    return history(read.get(row[0]) or _fact(*row) for row in rows)


def _file(db: sqlite3.Connection, digest: str, header: Header) -> set[str]:
    instant = instant_of(header.wall)
    db.executemany(
        "INSERT OR IGNORE INTO record (entity, batch, kind, parents, instant, body, known)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                record.entity,
                digest,
                record.kind,
                " ".join(record.parents),
                instant,
                canonical.spelled_again(record.body),
                int(record.known),
            )
            for record in header.records
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO record_blob (blob, entity, bytes) VALUES (?, ?, ?)",
        [(blob, record.entity, size) for record in header.records for blob, size in record.blobs],
    )
    return {record.entity for record in header.records}


def _fact(batch: str, parents: str, instant: int, body: bytes, known: int, kind: str) -> Fact:
    said = msgspec.json.decode(body) if known else {}
    return Fact(
        batch=batch,
        parents=tuple(parents.split()),
        instant=instant,
        known=bool(known),
        set=said.get("set", {}),
        moves=tuple(move["move"] for move in said.get("moves", ())) if kind == "finding" else (),
    )


def _project(db: sqlite3.Connection, entity: str, read: Mapping[str, Fact] = MappingProxyType({})) -> None:
    whole = past(db, entity, read)
    meaning = fields(whole)
    kind = entity.partition(":")[0]
    db.execute(
        "INSERT OR REPLACE INTO entity (id, kind, shown, conflicts, heads, waiting, read_only)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            entity,
            kind,
            canonical.spelled_again(meaning.shown),
            canonical.spelled_again(meaning.conflicts),
            " ".join(whole.heads),
            " ".join(whole.waiting),
            int(whole.read_only),
        ),
    )
    if kind == "finding":
        _project_finding(db, entity, whole, meaning)
    elif kind == "inspection":
        _project_inspection(db, entity, whole.facts, meaning)


def _project_finding(db: sqlite3.Connection, entity: str, whole: History, meaning: Fields) -> None:
    life = finding.life(whole)

    def text(name: str) -> str:
        value = meaning.shown.get(name, "")
        return value if isinstance(value, str) else ""

    db.execute(
        "INSERT OR REPLACE INTO finding (id, inspection, site, item, found_on, severity, lead_unit, helping,"
        " due, outcome, stage, state, void, standing, ends, closed, contested, reopened)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entity,
            text("inspection"),
            text("site"),
            text("item"),
            text("found_on"),
            text("severity"),
            text("lead_unit"),
            canonical.spelled_again(meaning.shown.get("helping_units", [])),
            text("due"),
            life.outcome.value,
            life.stage.value if life.stage else "",
            life.state.value,
            " ".join(f"{batch}/{index}" for batch, index in life.void),
            " ".join(life.standing),
            *_desk(db, entity, whole, meaning.shown, life),
        ),
    )


def _desk(
    db: sqlite3.Connection, entity: str, whole: History, shown: Mapping[str, Any], life: finding.Life
) -> tuple[str, str, int, int]:
    """What the figures of the desk ask of a finding: when its limit ends (what was put right on the spot was due that
    day), when it was closed, whether an objection or a transfer waits for an answer, whether it ever came back."""
    closed = life.outcome is finding.State.PASSED
    ends, found_on = shown.get("due"), shown.get("found_on")
    if not ends and closed and shown.get("fixed_on_spot") is True and isinstance(found_on, str):
        ends = found_on[:10]
    waits = any(
        isinstance(asked, dict) and asked.get("state") == "open"
        for asked in (shown.get("objection"), shown.get("transfer"))
    )
    void = {(batch, index) for batch, index in life.void}
    reopened = any(
        move == finding.Move.REOPEN.value and (fact.batch, index) not in void
        for fact in whole.facts
        for index, move in enumerate(fact.moves)
    )
    return (
        ends if isinstance(ends, str) else "",
        _closed_at(db, entity, life) if closed else "",
        int(waits),
        int(reopened),
    )


def _closed_at(db: sqlite3.Connection, entity: str, life: finding.Life) -> str:
    """When the steps that close a finding say that it was closed: the first of them, if several stand."""
    times = []
    for batch in life.standing:
        (body,) = db.execute(
            "SELECT body FROM record WHERE entity = ? AND batch = ?", (entity, batch)
        ).fetchone()
        moves = msgspec.json.decode(body).get("moves", ())
        times += [str(move.get("at", "")) for move in moves if move.get("move") == finding.Move.PASS.value]
    return min(filter(None, times), default="")


def _project_inspection(db: sqlite3.Connection, entity: str, facts: Iterable[Fact], meaning: Fields) -> None:
    db.execute("DELETE FROM document WHERE entity = ?", (entity,))
    db.execute("DELETE FROM answered WHERE inspection = ?", (entity,))
    shown = canonical.spelled_again(meaning.shown.get("document"))
    shown_sheet = meaning.shown.get("sheet")
    for fact in facts:
        document, sheet = fact.set.get("document"), fact.set.get("sheet")
        if document is None or not isinstance(sheet, str):
            continue
        try:
            content = msgspec.convert(document, Content)
        except msgspec.ValidationError:
            continue  # of a version that writes another schema: kept in the ledger, no row here
        data = canonical.spelled_again(document)
        current = data == shown and sheet == shown_sheet  # by bytes: what was just written may hold tuples
        db.execute(
            "INSERT INTO document (entity, batch, number, content, sheet, current, site, form, category, made,"
            " begins, ends, score, follows, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entity,
                fact.batch,
                content.number,
                canonical.sha256(data),
                sheet,
                int(current),
                content.site.entity,
                content.form.version,
                content.category.value,
                content.made,
                content.begin,
                content.end,
                content.result.score,
                content.follows.inspection if content.follows else "",
                data,
            ),
        )
        if current:
            _project_answers(db, entity, content)


def _project_answers(db: sqlite3.Connection, entity: str, content: inspection.Content) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO answered (inspection, item, verdict) VALUES (?, ?, ?)",
        [(entity, one.code, one.verdict.value) for one in content.answers if one.verdict and not one.off_by],
    )
