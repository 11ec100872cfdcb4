"""What the making of every document of rectification shares: rows out of findings, signers, the PDF, its record.

The order is that of a sheet: PDF complete → blob on the disk → one transaction (document and moves of its findings)
→ only then is it shown, printed or exported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import msgspec

from inspector.documents import paper, sign
from inspector.ledger.record import Record
from inspector.model import canonical, notice_rules
from inspector.model.errors import Refused
from inspector.model.finding import CLOSED, State, Step
from inspector.model.inspection import Content, Evidence, Mandate, Member, Named, PhotoRole, rendition_key
from inspector.model.notice import Contact, Document, Issued, Received, Row, encode, rows_of
from inspector.model.number import sheet_number
from inspector.model.paper import PAPERS, Kind, Signer, field_name
from inspector.model.person import Person
from inspector.model.site import Site
from inspector.model.unit import Unit
from inspector.services import document_texts, moves, people, photos, validity
from inspector.services.drafts import plain, stamp
from inspector.store import blobs, drafts, findings, inspections, local, records, sites, units
from inspector.store.workspace import Workspace

_CONTACT = "contact"
_DONE = CLOSED | {State.DISPUTED}


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose PDF is complete and on the disk, not yet in the ledger."""

    document: Document
    sheet: str
    bytes: int


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """What a paper that is signed on the spot has besides its findings: `people` sign it, in this order."""

    entity: str
    number: str
    people: tuple[Person, ...]
    team: str
    begin: datetime
    end: datetime
    contact: Contact
    received: Received
    made: datetime


class Known:
    """What rows of documents are made from, read once for many findings."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in units.every(db)}
        self.bodies = frozenset(unit.id for unit in self.units.values() if unit.party)
        self._contents: dict[str, Content] = {}

    @cached_property
    def _sites(self) -> Mapping[str, Site]:
        return {site.id: site for site in sites.every(self._db)}

    def content(self, found: findings.Row) -> Content:
        """The sheet that found it."""
        if found.inspection not in self._contents:
            row = inspections.one(self._db, found.inspection)
            self._contents[found.inspection] = inspections.document(self._db, row)
        return self._contents[found.inspection]

    def order(self, found: findings.Row) -> tuple[str, str, int, str]:
        """Where a finding stands among others: by site, then in the order of its sheet."""
        on_sheet = [one.id for one in self.content(found).findings]
        place = on_sheet.index(found.id) if found.id in on_sheet else len(on_sheet)
        return found.site, found.found_on, place, found.id

    def named(self, unit: str) -> Named:
        """A unit by its name of today."""
        return Named(id=unit, name=self.units[unit].name if unit in self.units else unit.partition(":")[2])

    def row(self, found: findings.Row, place: int, **given: Any) -> Row:
        """The finding as the `place`-th row of a document."""
        site = self._sites.get(found.site) or sites.one(self._db, found.site)  # it may have been joined
        if found.time_limit is None:
            raise Refused("finding-without-limit", finding=found.id)
        fields: dict[str, Any] = {
            "row": place,
            "finding": found.id,
            "site": Named(id=site.id, name=site.name),
            "site_code": site.code,
            "place": found.place,
            "description": found.description,
            "quantity": found.quantity,
            "measure": found.measure,
            "severity": found.severity,
            "helping_units": tuple(self.named(unit) for unit in found.helping_units),
            "party": found.party,
            "time_limit": found.time_limit,
            "began": found.began,
            "found_on": found.found_on[:10],
            "sheet": self.content(found).number,
            "photos": tuple(photo for photo in found.photos if photo.role is PhotoRole.BEFORE),
        }
        return Row(**(fields | given))

    def helping(self, rows: Iterable[Row]) -> tuple[Named, ...]:
        """All helping units of rows that may be written to, in official order."""
        ids = {unit.id for row in rows for unit in row.helping_units} - self.bodies
        return tuple(
            self.named(unit)
            for unit in sorted(
                ids, key=lambda one: self.units[one].rank if one in self.units else (10**9, one)
            )
        )

    def addressee(self, found: findings.Row) -> str:
        """The unit that a paper about the finding is for. Raises Refused `finding-without-unit`: nobody leads, or a
        company does, which is never addressed."""
        if not found.lead_unit or found.lead_unit in self.bodies:
            raise Refused("finding-without-unit", finding=found.id)
        return found.lead_unit

    def site(self, found: findings.Row) -> Site | None:
        """Where it was found; None while the site's record has not arrived."""
        return self._sites.get(found.site)

    def code(self, found: findings.Row) -> str:
        """What the field number of a paper about the finding begins with: its site's code, else its form."""
        site = self.site(found)
        return (site.code if site else "") or self.content(found).form.id

    def mandate(self, found: findings.Row) -> Mandate:
        """What the visit acted on. Raises Refused `finding-without-mandate`: a 自查 has none."""
        mandate = self.content(found).mandate
        if mandate is None:
            raise Refused("finding-without-mandate", finding=found.id)
        return mandate


def members(kind: Kind, signers: Sequence[Person]) -> tuple[Member, ...]:
    """Those who sign a document by certificate, in this order; the first one leads where somebody has to."""
    prefix = PAPERS[kind].signers
    return tuple(
        Member(
            person=one.id,
            name=one.name,
            organisation=one.organisation,
            position=one.position,
            leader=prefix is Signer.LEADER and place == 1,
            certificate=people.fingerprint(one),
            field=field_name(prefix, place),
        )
        for place, one in enumerate(signers, 1)
    )


def evidence(workspace: Workspace, files: Sequence[Path]) -> tuple[Evidence, ...]:
    """Photos out of files, as evidence of how it looks now. Raises like `photos.take_file`."""
    taken = [photos.take_file(workspace, file).sha256 for file in files]
    with workspace.reading() as db:
        return moves.after(db, taken)


def slip_number(workspace: Workspace, code: str, now: datetime) -> str:
    """The field number of a document that this device makes; counted at once, so that none comes twice."""
    with workspace.transaction() as db:
        count = drafts.take_count(db)
    return sheet_number(code, now.date(), device=workspace.device.id, count=count, slip=True)


def pdf(workspace: Workspace, document: Document) -> bytes:
    """The file before its first signature, or of a draft."""
    pictures = {rendition_key(photo): photos.paper(workspace, photo) for photo in document.evidence()}
    return paper.paper(document, pictures)


def bodies(workspace: Workspace) -> frozenset[str]:
    """The units that are companies: none may be addressed."""
    with workspace.reading() as db:
        return frozenset(unit.id for unit in units.every(db) if unit.party)


def require_ready(workspace: Workspace, document: Document, bodies: Collection[str]) -> None:
    """Raises Refused with the first thing that is in the way (`model.notice_rules`), `doc-word-forbidden`."""
    for fault in notice_rules.faults(document, bodies=frozenset(bodies)):
        raise Refused(fault)
    require_lawful(workspace, document)


def require_lawful(workspace: Workspace, document: Document) -> None:
    """What the office says asks and never orders. Raises Refused `doc-word-forbidden`."""
    document_texts.require_lawful(workspace, notice_rules.texts_of(document), number=document.number)


def require_open(db: Connection, document: Document) -> None:
    """Raises Refused `notice-finding-done`: one of its findings was closed, withdrawn or disputed since."""
    for row in rows_of(document):
        state = findings.one(db, row.finding).state
        if state in _DONE:
            raise Refused("notice-finding-done", finding=row.finding, state=state)


def signed(
    workspace: Workspace, document: Document, signers: Sequence[people.Unlocked], *, now: datetime
) -> Signed:
    """The document with all its signatures, on the disk. Raises those of `validity.require`."""
    validity.require(signers, now=now)
    data = pdf(workspace, document)
    for member, unlocked in zip(document.signers, signers, strict=True):
        first = member is document.signers[0]
        data = sign.sign(data, field=member.field, signer=unlocked.signer, certify=first, at=now)
    return Signed(document=document, sheet=blobs.put(workspace, data), bytes=len(data))


def remembered_contact(db: Connection) -> Contact:
    """Whom units were told to ask last; nobody at first."""
    text = local.get(db, _CONTACT)
    return msgspec.json.decode(text, type=Contact) if text else Contact()


def remember_contact(db: Connection, contact: Contact) -> None:
    """Keep it for the next time."""
    local.put(db, _CONTACT, msgspec.json.encode(contact).decode())


def draft_record(db: Connection, one: Issued, *, drafted: str) -> Record:
    """The record of a draft, or of what it has become."""
    said = {
        "kind": one.kind,
        "heading": one.heading,
        "to": plain(one.to),
        "findings": [row.finding for row in rows_of(one)],
        "drafted": drafted,
        "draft": plain(one),
    }
    return Record("notice", one.entity, records.heads(db, one.entity), {"set": said})


def record(db: Connection, done: Signed, scans: Sequence[tuple[str, int]] = (), **fields: Any) -> Record:
    """The record of a signed document; `fields` are what its kind says besides."""
    document = done.document
    said = {
        "kind": document.kind,
        "heading": document.heading,
        "to": plain(document.to),
        "findings": [row.finding for row in rows_of(document)],
        "number": document.number,
        "sheet": done.sheet,
        "content": canonical.sha256(encode(document)),
        "document": plain(document),
        "draft": None,
        **fields,
    }
    return Record(
        "notice",
        document.entity,
        records.heads(db, document.entity),
        {"set": said},
        tuple(dict.fromkeys([(done.sheet, done.bytes), *scans, *_acts(document)])),
    )


def _acts(document: Document) -> list[tuple[str, int]]:
    """The photos of the act of handing over: those of findings belong to the findings."""
    if isinstance(document, Issued):
        return []
    return [(photo.sha256, photo.bytes) for photo in document.received.photos]


def change_of(
    db: Connection, finding: str, step: Step | None, evidence: Sequence[Evidence] = (), **fields: Any
) -> Record:
    """The record of what a document does to a finding."""
    body: dict[str, Any] = {}
    if fields:
        body["set"] = fields
    if step is not None:
        body["moves"] = [step.body()]
    seen = tuple(dict.fromkeys((photo.sha256, photo.bytes) for photo in evidence))
    return Record("finding", finding, records.heads(db, finding), body, seen)


def keep(
    db: Connection, workspace: Workspace, batch: Sequence[Record], *, person: str, now: datetime
) -> None:
    """One act, one batch."""
    records.append(db, workspace, tuple(batch), person=person, wall=stamp(now))
