"""Documents of rectification as they stand: drafts, and what was signed. A document is an entity `notice:<random>`.

Its record repeats in small fields what lists ask for, so that reading a list does not decode every content.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from inspector.model import canonical, notice
from inspector.model.errors import BadInput, Damaged
from inspector.model.finding import Move, State
from inspector.model.inspection import Named
from inspector.model.notice import Document
from inspector.model.number import Given, Official
from inspector.model.paper import Kind, Standing


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A document. `number`, `official`, `block`, `sheet` (SHA-256 of the PDF) and `content` (SHA-256) are empty while
    it is a draft; `drafted`, `served` and `voided` are RFC 3339, `checked` and `issued` dates; `service` is the
    送达回证 that proves its arrival."""

    id: str = ""
    kind: Kind
    heading: str
    to: Named
    findings: tuple[str, ...] = ()
    drafted: str = ""
    checked: str = ""
    number: str = ""
    official: Official | None = None
    block: str = ""
    issued: str = ""
    sheet: str = ""
    content: str = ""
    served: str = ""
    service: str = ""
    void: str = ""
    voided: str = ""

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        if self.void:
            return Standing.VOID
        if self.served:
            return Standing.SERVED
        if self.sheet:
            return Standing.ISSUED
        return Standing.CHECKED if self.checked else Standing.DRAFT

    @property
    def live(self) -> bool:
        """Whether it speaks for its findings: any that is not void."""
        return not self.void


SCAN = "scan_"
"""The field of a document that an attached scan is; its SHA-256 follows."""


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A scan of the stamped or signed paper: the file's name when it came, and when that was (RFC 3339)."""

    sha256: str
    name: str
    at: str


class _Contents(msgspec.Struct, frozen=True):
    document: msgspec.Raw = msgspec.Raw()
    draft: msgspec.Raw = msgspec.Raw()


_DECODER = msgspec.json.Decoder(Row)


def every(db: sqlite3.Connection) -> list[Row]:
    """All documents and drafts, the latest first. What a foreign program wrote otherwise is left out."""
    found = _rows(db.execute("SELECT id, shown FROM entity WHERE kind = 'notice' ORDER BY id").fetchall())
    return sorted(found, key=lambda row: (row.drafted, row.id), reverse=True)


def _rows(rows: Iterable[tuple[str, bytes]]) -> list[Row]:
    found = []
    for entity, shown in rows:
        try:
            found.append(msgspec.structs.replace(_DECODER.decode(shown), id=entity))
        except msgspec.ValidationError:
            continue
    return found


def one(db: sqlite3.Connection, which: str) -> Row:
    """A document by its entity, its number or the first 16 digits of its content's hash.
    Raises BadInput `notice-unknown`, `notice-ambiguous`: several carry the number."""
    wanted = which.strip()
    direct = db.execute("SELECT id, shown FROM entity WHERE kind = 'notice' AND id = ?", (wanted,)).fetchall()
    found = _rows(direct) or [
        row
        for row in every(db)
        if wanted == row.id.partition(":")[2]
        or (row.number and wanted == row.number)
        or (row.content and wanted == row.content[:16])
    ]
    if len(found) != 1:
        raise BadInput("notice-ambiguous" if found else "notice-unknown", notice=which)
    return found[0]


def document(db: sqlite3.Connection, row: Row) -> Document:
    """What a document says; a draft, as far as it goes. Raises Damaged `not-this-schema` for one of another program."""
    (shown,) = db.execute("SELECT shown FROM entity WHERE id = ?", (row.id,)).fetchone()
    contents = msgspec.json.decode(shown, type=_Contents)
    raw = bytes(contents.document if row.sheet else contents.draft)
    if not raw:
        raise Damaged("not-this-schema", kind=row.kind.value, reason="no content")
    return notice.decode(canonical.encode(msgspec.json.decode(raw)))


def scans(db: sqlite3.Connection, row: Row) -> tuple[Attached, ...]:
    """The scans that were attached to a document, in the order of attaching."""
    (shown,) = db.execute("SELECT shown FROM entity WHERE id = ?", (row.id,)).fetchone()
    found = []
    for field, said in msgspec.json.decode(shown).items():
        if field.startswith(SCAN) and isinstance(said, dict):
            name, at = str(said.get("name", "")), str(said.get("at", ""))
            found.append(Attached(sha256=field.removeprefix(SCAN), name=name, at=at))
    return tuple(sorted(found, key=lambda one: (one.at, one.sha256)))


def numbered(db: sqlite3.Connection, number: str) -> list[Row]:
    """The documents that carry `number`: more than one after a merge of two that gave it."""
    return [row for row in every(db) if number and row.number == number]


def given(rows: Iterable[Row]) -> list[Given]:
    """The 发文字号 that documents carry."""
    return [
        Given(number=row.official, document=row.id, block=row.block, void=row.void)
        for row in rows
        if row.official is not None
    ]


def by_finding(db: sqlite3.Connection, rows: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    """The live 整改通知书 that a finding stands in, drafts among them: more than one only after a merge. One that went
    to another unit (转办 since) speaks for it no more, nor does one that is older than its coming back (反弹)."""
    live = [row for row in rows if row.kind is Kind.NOTICE and row.live]
    named = json.dumps(sorted({finding for row in live for finding in row.findings}))
    leads = dict(
        db.execute(
            "SELECT id, lead_unit FROM finding WHERE id IN (SELECT value FROM json_each(?))", (named,)
        ).fetchall()
    )
    reopened = _reopened(db) if live else {}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in live:
        for finding in row.findings:
            if leads.get(finding, row.to.id) != row.to.id:
                continue
            if finding not in reopened or _after(row.drafted, reopened[finding]):
                found[finding].append(row)
    return {finding: tuple(of) for finding, of in found.items()}


def _after(one: str, other: str) -> bool:
    """Whether an instant lies behind another; what is none counts as long ago."""
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):  # written by a foreign program, or a date without a time
        return one > other


def _reopened(db: sqlite3.Connection) -> dict[str, str]:
    """When findings came back, the latest time, as their documents state times."""
    rows = db.execute(
        "SELECT record.entity, record.body FROM record JOIN finding ON finding.id = record.entity"
        " WHERE finding.outcome = ?",
        (State.REOPENED.value,),
    ).fetchall()
    latest: dict[str, str] = {}
    for entity, body in rows:
        for move in msgspec.json.decode(body).get("moves", ()):
            if move["move"] == Move.REOPEN.value:
                at = str(move.get("at", ""))
                if entity not in latest or _after(at, latest[entity]):
                    latest[entity] = at
    return latest
