"""Projections: what the records mean, as plain tables, derived in the transaction that appends a batch.

Their rows are a function of the set of records and nothing else, so that `rebuild` makes the same rows again and two
laptops with one set have the same tables. They carry their own number and are made again when it changes.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from inspector.ledger.record import Batch, Header, instant_of
from inspector.model import canonical
from inspector.model.fields import History, history
from inspector.store import local, tally
from inspector.store.derive import Read, Rows, of_record, of_row
from inspector.store.tally import Tally

NUMBER = 4
"""Raised with every change of what is derived or how."""

TABLES = ("record", "record_blob", "entity", "document", "answered", "finding", "tally")

_LOCAL_KEY = "projections"

_AT_ONCE = 2_000
"""Entities whose rows are written together while everything is derived again."""

Report = Callable[[float], None]
"""Told how much of a rebuild is done, from 0 to 1."""


def nobody(_done: float) -> None:
    """Nobody looks."""


def create(db: sqlite3.Connection) -> None:
    """The empty tables, in an open transaction."""
    _tables(db)
    _indices(db)


def _tables(db: sqlite3.Connection) -> None:
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
    db.execute("""
        CREATE TABLE document (
            entity TEXT NOT NULL, batch TEXT NOT NULL, number TEXT NOT NULL, content TEXT NOT NULL,
            sheet TEXT NOT NULL, current INTEGER NOT NULL, site TEXT NOT NULL, form TEXT NOT NULL,
            category TEXT NOT NULL, made TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL, score INTEGER,
            follows TEXT NOT NULL, document BLOB NOT NULL,
            PRIMARY KEY (entity, batch)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE answered (
            inspection TEXT NOT NULL, item TEXT NOT NULL, verdict TEXT NOT NULL,
            PRIMARY KEY (inspection, item)) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE finding (
            id TEXT PRIMARY KEY, inspection TEXT NOT NULL, site TEXT NOT NULL, item TEXT NOT NULL,
            found_on TEXT NOT NULL, severity TEXT NOT NULL, lead_unit TEXT NOT NULL, helping BLOB NOT NULL,
            due TEXT NOT NULL, counts_on TEXT NOT NULL, reopened INTEGER NOT NULL,
            ends TEXT NOT NULL, fate TEXT NOT NULL,
            outcome TEXT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL, void TEXT NOT NULL,
            standing TEXT NOT NULL) WITHOUT ROWID, STRICT""")
    tally.create(db)


def _indices(db: sqlite3.Connection) -> None:
    db.execute("CREATE INDEX entity_kind ON entity (kind, id)")
    db.execute("CREATE INDEX entity_conflict ON entity (id) WHERE conflicts <> x'7b7d'")
    db.execute("CREATE INDEX document_number ON document (number)")
    db.execute("CREATE INDEX document_content ON document (content)")
    db.execute(
        "CREATE INDEX document_site ON document (site, begins, current, ends, score)"
    )  # the last visit to each of 10,000 sites is found without reading a sheet
    db.execute("CREATE INDEX finding_site ON finding (site, item)")
    db.execute("CREATE INDEX finding_inspection ON finding (inspection)")
    db.execute("CREATE INDEX finding_state ON finding (state, due)")
    db.execute(
        "CREATE INDEX finding_found ON finding"
        " (found_on, id, state, due, severity, item, site, lead_unit, inspection, helping)"
    )  # all that lists are narrowed by: a page is found without touching the table
    db.execute(
        "CREATE INDEX finding_counts ON finding (counts_on, lead_unit, site, reopened) WHERE counts_on <> ''"
    )
    db.execute("CREATE INDEX finding_ends ON finding (ends, fate, lead_unit, site) WHERE fate <> ''")
    local.put(db, _LOCAL_KEY, str(NUMBER))


def up_to_date(db: sqlite3.Connection) -> bool:
    """Whether the projections are as this version derives them."""
    return local.get(db, _LOCAL_KEY) == str(NUMBER)


def bring_up_to_date(db: sqlite3.Connection, report: Report = nobody) -> None:
    """Makes the projections again if this version derives them differently."""
    if not up_to_date(db):
        rebuild(db, report)


def rebuild(db: sqlite3.Connection, report: Report = nobody) -> None:
    """All projections again, from the ledger alone. In the order of their keys and with the indices last, so that a
    ledger of years is written once and in order; nothing of it is held in memory."""
    _tables(db)
    _file_all(db, report)
    _derive_all(db, report)
    _indices(db)
    report(1.0)


def take_in(db: sqlite3.Connection, batches: Sequence[Batch]) -> None:
    """Files the records of batches that were just stored, and derives again what they name, each entity once."""
    records: dict[str, list[Read]] = {}
    for batch in batches:
        instant = batch.instant
        for record in batch.header.records:
            records.setdefault(record.entity, []).append(of_record(record, batch.hash, instant))
    before = _before(db, list(records))
    for entity, read in before:
        records[entity].append(read)
    _file(db, "record", "record_blob", ((batch.hash, batch.header) for batch in batches))
    rows = Rows()
    for entity in sorted(records):
        rows.add(entity, records[entity])
    _replace(db, rows, sorted({entity for entity, _ in before}))


def past(db: sqlite3.Connection, entity: str) -> History:
    """All records of `entity` that are here, in causal order."""
    return history(read.fact for _, read in _before(db, [entity]))


def _before(db: sqlite3.Connection, entities: Sequence[str]) -> list[tuple[str, Read]]:
    """The records of these entities that are here."""
    rows = db.execute(
        "SELECT entity, batch, parents, instant, body, known, kind FROM record"
        " WHERE entity IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(entities).decode(),),
    ).fetchall()
    return [(row[0], of_row(*row[1:])) for row in rows]


def _file(
    db: sqlite3.Connection, record: str, record_blob: str, batches: Iterable[tuple[str, Header]]
) -> None:
    """Each record of these batches as a row of its own, and each blob that it names."""
    rows: list[tuple[Any, ...]] = []
    blobs: list[tuple[str, str, int]] = []
    for digest, header in batches:
        instant = instant_of(header.wall)
        for one in header.records:
            parents = " ".join(one.parents)
            body = canonical.spelled_again(one.body)
            rows.append((one.entity, digest, one.kind, parents, instant, body, int(one.known)))
            blobs += [(blob, one.entity, size) for blob, size in one.blobs]
    db.executemany(
        f"INSERT OR IGNORE INTO {record} (entity, batch, kind, parents, instant, body, known)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    db.executemany(f"INSERT OR IGNORE INTO {record_blob} (blob, entity, bytes) VALUES (?, ?, ?)", blobs)


def _file_all(db: sqlite3.Connection, report: Report) -> None:
    """All records, sorted by the database: beside the tables first, then into them in order."""
    db.execute("CREATE TEMP TABLE filed (entity, batch, kind, parents, instant, body, known)")
    db.execute("CREATE TEMP TABLE filed_blob (blob, entity, bytes)")
    try:
        (count,) = db.execute("SELECT count(*) FROM batch").fetchone()
        decode = msgspec.json.Decoder(Header).decode
        for number, (digest, header) in enumerate(db.execute("SELECT hash, header FROM batch")):
            _file(db, "filed", "filed_blob", ((digest, decode(header)),))
            report(0.4 * number / count)
        db.execute(
            "INSERT INTO record (entity, batch, kind, parents, instant, body, known)"
            " SELECT entity, batch, kind, parents, instant, body, known FROM filed ORDER BY entity, batch"
        )
        db.execute(
            "INSERT OR IGNORE INTO record_blob (blob, entity, bytes)"
            " SELECT blob, entity, bytes FROM filed_blob ORDER BY blob, entity, bytes"
        )
    finally:
        db.execute("DROP TABLE filed")
        db.execute("DROP TABLE filed_blob")


def _derive_all(db: sqlite3.Connection, report: Report) -> None:
    (count,) = db.execute("SELECT count(*) FROM record").fetchone()
    filed = db.execute(
        "SELECT entity, batch, parents, instant, body, known, kind FROM record ORDER BY entity, batch"
    )
    rows, done, sums = Rows(), 0, Tally()
    for entity, of_entity in itertools.groupby(filed, itemgetter(0)):
        records = [of_row(*row[1:]) for row in of_entity]
        rows.add(entity, records)
        done += len(records)
        if len(rows.entity) >= _AT_ONCE:
            _insert(db, rows, sums)
            rows = Rows()
            report(0.5 + 0.4 * done / count)
    _insert(db, rows, sums)
    sums.write(db)


def _replace(db: sqlite3.Connection, rows: Rows, known: list[str]) -> None:
    """Writes rows in the place of those of the same entities; `known` are the entities that may have some."""
    sums = Tally()
    if known:
        given = (msgspec.json.encode(known).decode(),)
        sums.went(
            db.execute(
                "SELECT lead_unit, site, counts_on, reopened, ends, fate FROM finding"
                " WHERE id IN (SELECT value FROM json_each(?))",
                given,
            ).fetchall()
        )
        for table, column in (
            ("entity", "id"),
            ("finding", "id"),
            ("document", "entity"),
            ("answered", "inspection"),
        ):
            db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", given)
    _insert(db, rows, sums)
    sums.write(db)


def _insert(db: sqlite3.Connection, rows: Rows, sums: Tally) -> None:
    db.executemany(
        "INSERT INTO entity (id, kind, shown, conflicts, heads, waiting, read_only)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows.entity,
    )
    db.executemany(
        "INSERT INTO finding (id, inspection, site, item, found_on, severity, lead_unit, helping, due, counts_on,"
        " reopened, ends, fate, outcome, stage, state, void, standing)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows.finding,
    )
    db.executemany(
        "INSERT INTO document (entity, batch, number, content, sheet, current, site, form, category, made, begins,"
        " ends, score, follows, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows.document,
    )
    db.executemany(
        "INSERT OR IGNORE INTO answered (inspection, item, verdict) VALUES (?, ?, ?)", rows.answered
    )
    sums.came(
        (lead_unit, site, counts_on, reopened, ends, fate)
        for (_, _, site, _, _, _, lead_unit, _, _, counts_on, reopened, ends, fate, *_) in rows.finding
    )
    if sums.full:
        sums.write(db)
