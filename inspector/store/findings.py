"""Findings (问题) as they stand: their fields and where their life has led them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from inspector.model.errors import BadInput
from inspector.model.fields import history
from inspector.model.finding import State, life
from inspector.model.inspection import Evidence, TimeLimit
from inspector.model.marks import CLOSED
from inspector.model.request import Report, Request
from inspector.model.words import Category, Severity
from inspector.store import projections, records

_ATTACHMENT = "attachment/"

OPEN = "({})".format(", ".join(f"'{state}'" for state in State if state not in CLOSED))
"""The states of open findings, for `IN`: these are found by the index, what is NOT IN the others by looking at all."""


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A scan that answers or proves something, by its SHA-256 and size; `by` is a person's entity, `at` RFC 3339."""

    sha256: str
    bytes: int = 0
    name: str = ""
    note: str = ""
    by: str = ""
    at: str = ""


def attachment_field(sha256: str) -> str:
    """The field in which a scan is kept: one each, so that two laptops that attach different scans do not disagree."""
    return f"{_ATTACHMENT}{sha256}"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A finding. Units, site and inspection by entity; `quantity` a decimal string of `measure`; `found_on` RFC 3339;
    `due` a date or an RFC 3339 instant, empty until a notice is served, `due_estimated` where a year's holidays are not
    known; `began` is when the limit began on the spot, if it did; `void` are the moves that had no effect, as
    batch/place."""

    id: str
    state: State
    stage: str = ""
    void: tuple[str, ...] = ()
    inspection: str = ""
    site: str = ""
    item: str = ""
    place: str = ""
    description: str = ""
    quantity: str = ""
    measure: str = ""
    severity: Severity = Severity.MINOR
    lead_unit: str = ""
    helping_units: tuple[str, ...] = ()
    party: str = ""
    time_limit: TimeLimit | None = None
    fixed_on_spot: bool = False
    no_photo: str = ""
    found_on: str = ""
    category: Category = Category.SUPERVISION
    photos: tuple[Evidence, ...] = ()
    due: str = ""
    began: str = ""
    due_estimated: bool = False
    duplicate_of: str = ""
    objection: Request | None = None
    transfer: Request | None = None
    extension: Request | None = None
    report: Report | None = None
    attachments: tuple[Attachment, ...] = ()


class Narrow(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings are asked for; what is left out does not narrow. `unit` leads or helps, `sites` and `street` are
    entities, `items` codes or forms (GC-05, GC), `team` the name of the team that found it, `due_by` a date: those
    that are open and due on it or before."""

    states: frozenset[State] = frozenset()
    unit: str = ""
    site: str = ""
    street: str = ""
    item: str = ""
    severity: Severity | None = None
    team: str = ""
    due_by: str = ""


_SELECT = """
    SELECT finding.id, finding.state, finding.stage, finding.void, entity.shown
      FROM finding JOIN entity ON entity.id = finding.id"""


def every(db: sqlite3.Connection) -> list[Row]:
    """All findings, in the order in which they were found."""
    return _rows(db.execute(f"{_SELECT} ORDER BY finding.found_on, finding.id").fetchall())


def page(db: sqlite3.Connection, asked: Narrow, *, most: int = -1, skip: int = 0) -> list[Row]:
    """The findings that fit in the order in which they were found, at most so many (−1: all), without the first
    `skip`. A page of a hundred thousand is read through an index, none of the others is decoded."""
    tests = {
        "finding.state IN (SELECT value FROM json_each(:states))": asked.states,
        "(finding.lead_unit = :unit OR instr(CAST(finding.helping AS TEXT), json_quote(:unit)))": asked.unit,
        "finding.site = :site": asked.site,
        "finding.site IN (SELECT id FROM entity WHERE kind = 'site'"
        " AND CAST(shown AS TEXT) ->> 'street' = :street)": asked.street,
        "(finding.item = :item OR finding.item LIKE :item || '-%')": asked.item,
        "finding.severity = :severity": asked.severity,
        "finding.inspection IN (SELECT entity FROM document"
        " WHERE current AND CAST(document AS TEXT) ->> 'team' = :team)": asked.team,
        "finding.due <> '' AND substr(finding.due, 1, 10) <= :due_by"
        " AND finding.state NOT IN ('passed', 'withdrawn')": asked.due_by,
    }
    where = " AND ".join(test for test, given in tests.items() if given) or "1"
    rows = db.execute(
        f"""
        SELECT finding.id, finding.state, finding.stage, finding.void, entity.shown
          FROM (SELECT id, found_on FROM finding INDEXED BY finding_found WHERE {where}
                 ORDER BY found_on, id LIMIT :most OFFSET :skip) AS page
               JOIN finding ON finding.id = page.id JOIN entity ON entity.id = page.id
         ORDER BY page.found_on, page.id""",
        {
            **msgspec.structs.asdict(asked),
            "states": json.dumps([state.value for state in asked.states]),
            "severity": asked.severity.value if asked.severity else "",
            "most": most,
            "skip": skip,
        },
    ).fetchall()
    return _rows(rows)


def of_site(db: sqlite3.Connection, site: str) -> list[Row]:
    """The findings of a site, the latest first."""
    return _rows(
        db.execute(
            f"{_SELECT} WHERE finding.site = ? ORDER BY finding.found_on DESC, finding.id", (site,)
        ).fetchall()
    )


def of_inspection(db: sqlite3.Connection, inspection: str) -> list[str]:
    """The entities of the findings that an inspection made and that were not withdrawn since."""
    rows = db.execute(
        "SELECT id FROM finding WHERE inspection = ? AND state <> 'withdrawn' ORDER BY id", (inspection,)
    ).fetchall()
    return [row[0] for row in rows]


def one(db: sqlite3.Connection, which: str) -> Row:
    """A finding by its entity (with or without its kind). Raises BadInput `finding-unknown`."""
    entity = which if which.startswith("finding:") else f"finding:{which}"
    rows = _rows(db.execute(f"{_SELECT} WHERE finding.id = ?", (entity,)).fetchall())
    if not rows:
        raise BadInput("finding-unknown", finding=which)
    return rows[0]


def heads(db: sqlite3.Connection, finding: str) -> tuple[str, ...]:
    """The batches of the finding's latest records."""
    return records.heads(db, finding)


def state_at(db: sqlite3.Connection, finding: str, seen: Collection[str]) -> State:
    """The state of a finding as it was for somebody whose latest records of it were `seen`."""
    whole = projections.past(db, finding)
    known = 0
    for place, fact in enumerate(whole.facts):
        if fact.batch in seen:
            known |= whole.before[place] | 1 << place
    return life(history(fact for place, fact in enumerate(whole.facts) if known >> place & 1)).state


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a finding: who wrote it when on which device, what it says, the blobs that it names.
    `known` is False for one of a newer version, which says nothing here."""

    batch: str
    device: str
    person: str
    wall: str
    known: bool
    body: dict[str, Any]
    blobs: tuple[str, ...]
    void: tuple[int, ...]


def told(db: sqlite3.Connection, finding: str) -> list[Said]:
    """The records of a finding: each after those that its author knew, else by the laptops' clocks."""
    whole = projections.past(db, finding)
    void = life(whole).void
    rows = dict(
        db.execute(
            "SELECT batch.hash, batch.header FROM record JOIN batch ON batch.hash = record.batch"
            " WHERE record.entity = ? ORDER BY batch.hash",
            (finding,),
        ).fetchall()
    )
    when: list[int] = []
    for place, fact in enumerate(whole.facts):
        known = (when[n] for n in range(place) if whole.before[place] >> n & 1)
        when.append(max((fact.instant, *known)))
    order = sorted(range(len(when)), key=when.__getitem__)  # stable: an ancestor is never later
    told = []
    for place in order:
        batch = whole.facts[place].batch
        head = msgspec.json.decode(rows[batch], type=_Head)
        mine = next(one for one in head.records if one.entity == finding)
        told.append(
            Said(
                batch=batch,
                device=head.device,
                person=head.person or "",
                wall=head.wall,
                known=whole.facts[place].known,
                body=mine.body if whole.facts[place].known else {},
                blobs=tuple(blob for blob, _ in mine.blobs),
                void=tuple(index for one, index in void if one == batch),
            )
        )
    return told


class _Part(msgspec.Struct):
    entity: str
    body: dict[str, Any] = {}
    blobs: tuple[tuple[str, int], ...] = ()


class _Head(msgspec.Struct):
    device: str
    wall: str
    person: str | None
    records: tuple[_Part, ...]


def read_only(db: sqlite3.Connection, finding: str) -> bool:
    """Whether a newer version has written to the finding what this version does not understand."""
    row = db.execute("SELECT read_only FROM entity WHERE id = ?", (finding,)).fetchone()
    return bool(row and row[0])


def times(db: sqlite3.Connection, *, site: str, but: str) -> dict[str, int]:
    """How many findings earlier inspections of `site` made, by item, without those of the inspection `but` and
    without withdrawn ones: 第 n 次 counts on from here."""
    rows = db.execute(
        "SELECT item, count(DISTINCT inspection) FROM finding"
        " WHERE site = ? AND inspection <> ? AND state <> 'withdrawn' GROUP BY item ORDER BY item",
        (site, but),
    ).fetchall()
    return dict(rows)


def nth(db: sqlite3.Connection, row: Row) -> int:
    """Which time this is that the site failed the item (第 n 次), by inspections; withdrawn findings do not count."""
    found = db.execute(
        "SELECT count(DISTINCT inspection) FROM finding"
        " WHERE site = :site AND item = :item AND state <> 'withdrawn' AND inspection <> :inspection"
        " AND unixepoch(found_on) < unixepoch(:found_on)",
        {"site": row.site, "item": row.item, "inspection": row.inspection, "found_on": row.found_on},
    ).fetchone()
    return int(found[0]) + 1


def open_by_site(db: sqlite3.Connection, *, sites: Collection[str] | None = None) -> dict[str, int]:
    """How many findings are open, by site; of these sites alone, if they are given."""
    these = "" if sites is None else "AND site IN (SELECT value FROM json_each(:sites))"
    rows = db.execute(
        f"SELECT site, count(*) FROM finding WHERE state IN {OPEN} {these} GROUP BY site ORDER BY site",
        {"sites": msgspec.json.encode(sorted(sites or ())).decode()},
    ).fetchall()
    return dict(rows)


def open_by_unit(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """How many findings each unit leads that are open, and how many of them wait for a re-inspection."""
    rows = db.execute(
        "SELECT lead_unit, count(*), sum(state = 'reported') FROM finding"
        f" WHERE state IN {OPEN} GROUP BY lead_unit ORDER BY lead_unit"
    ).fetchall()
    return {unit: (count, reported) for unit, count, reported in rows}


def _rows(rows: Iterable[tuple[str, str, str, str, bytes]]) -> list[Row]:
    return [_row(*row) for row in rows]


def _row(entity: str, state: str, stage: str, void: str, shown: bytes) -> Row:
    """What the records say, and behind it, so that it counts, what the moves mean."""
    life = _ENCODER.encode({"id": entity, "state": state, "stage": stage, "void": void.split()})
    if b'"attachment' in shown:
        return _attached(shown, life)
    try:
        return _DECODER.decode(b"".join((shown[:-1], b"," if len(shown) > 2 else b"", life[1:])))
    except msgspec.ValidationError:
        return _DECODER.decode(life)  # written by a foreign program: its life is still true


def _attached(shown: bytes, life: bytes) -> Row:
    """The same for a finding with scans, whose fields carry their hashes in their names."""
    said = msgspec.json.decode(shown)
    scans = [
        {**value, "sha256": name.removeprefix(_ATTACHMENT)}
        for name, value in said.items()
        if name.startswith(_ATTACHMENT) and isinstance(value, dict)
    ]
    lived = msgspec.json.decode(life)
    try:
        return msgspec.convert({**said, "attachments": scans, **lived}, Row)
    except msgspec.ValidationError:
        return msgspec.convert(lived, Row)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Row)
