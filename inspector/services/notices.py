"""Documents of rectification as they stand: changed, checked, listed, voided, with their scans. `services.drafting`
makes drafts, `services.issuing` numbers and signs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model.errors import BadInput, Refused
from inspector.model.form_rules import MAX_TEXT
from inspector.model.inspection import Signs
from inspector.model.notice import Contact, Decision, Document, Issued, Missed, Notice, Press
from inspector.model.paper import Kind, Standing
from inspector.model.person import Person
from inspector.model.verdict import Verdict
from inspector.services import paperwork, people, scans, verification
from inspector.services.drafts import plain, stamp
from inspector.store import blobs, notices, records
from inspector.store.notices import Attached as Attached
from inspector.store.notices import Row as Row
from inspector.store.workspace import Workspace


def change(
    workspace: Workspace,
    which: str,
    *,
    now: datetime,
    requirements: Mapping[int, str] = MappingProxyType({}),
    contact: Contact | None = None,
    **texts: str,
) -> Document:
    """A draft with other words: `opening`, `asking`, `feedback`, `review`, whom to ask, and by row what is asked for.
    It has to be checked again. Raises Refused `notice-not-draft`, `doc-word-forbidden`; BadInput `notice-no-row`,
    `notice-text-too-long`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
        before = notices.document(db, row)
    require_draft(row)
    assert isinstance(before, Notice | Press)
    for text in (*texts.values(), *requirements.values()):
        if len(text) > MAX_TEXT:
            raise BadInput("notice-text-too-long", most=MAX_TEXT, text=text[:20])
    after = msgspec.structs.replace(
        before,
        rows=_asking(before, requirements),
        contact=contact or before.contact,
        checked=Decision(),
        **texts,
    )
    paperwork.require_lawful(workspace, after)
    with workspace.transaction() as db:
        said = {"draft": plain(after), "checked": ""}
        record = Record("notice", row.id, records.heads(db, row.id), {"set": said})
        paperwork.keep(db, workspace, (record,), person=after.handled_by.id, now=now)
    return after


def _asking(before: Notice | Press, requirements: Mapping[int, str]) -> tuple[Any, ...]:
    """The rows with what is asked for in some of them."""
    rows: list[Any] = list(before.rows)
    for n, text in requirements.items():
        if not 1 <= n <= len(rows):
            raise BadInput("notice-no-row", row=n, rows=len(rows))
        row = rows[n - 1]
        if isinstance(row, Missed):
            asked = msgspec.structs.replace(row.row, requirement=text)
            rows[n - 1] = msgspec.structs.replace(row, row=asked)
        else:
            rows[n - 1] = msgspec.structs.replace(row, requirement=text)
    return tuple(rows)


class OnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A decision given by hand on paper, of which there is a scan."""

    name: str
    on: date
    scan: Path
    position: str = ""


def decided(
    workspace: Workspace, by: people.Unlocked | OnPaper, *, now: datetime
) -> tuple[Decision, tuple[scans.Scan, ...]]:
    """A decision as a document states it, and the scan that it rests on. Raises like `scans.keep`."""
    if isinstance(by, OnPaper):
        kept = scans.keep(workspace, by.scan)
        decision = Decision(
            name=by.name.strip(),
            position=by.position,
            at=by.on.isoformat(),
            signs=Signs.HAND,
            scan=kept.sha256,
        )
        return decision, (kept,)
    person = by.person
    return Decision(by=person.id, name=person.name, position=person.position, at=now.date().isoformat()), ()


def review(
    workspace: Workspace, which: Sequence[str], by: people.Unlocked | OnPaper, *, now: datetime
) -> tuple[str, ...]:
    """审核 of drafts, with one's key or on paper: what was checked is exactly this draft, a change takes it back.
    Raises Refused `notice-not-draft`, `doc-word-forbidden`, and like `decided`."""
    decision, kept = decided(workspace, by, now=now)
    with workspace.reading() as db:
        rows = [notices.one(db, one) for one in which]
        documents = [notices.document(db, row) for row in rows]
    for row, document in zip(rows, documents, strict=True):
        require_draft(row)
        paperwork.require_lawful(workspace, document)
    with workspace.transaction() as db:
        batch = [
            Record(
                "notice",
                row.id,
                records.heads(db, row.id),
                {
                    "set": {
                        "draft": plain(msgspec.structs.replace(document, checked=decision)),
                        "checked": decision.at,
                    }
                },
                tuple((one.sha256, one.bytes) for one in kept),
            )
            for row, document in zip(rows, documents, strict=True)
        ]
        handler = documents[0]
        assert isinstance(handler, Issued)
        paperwork.keep(db, workspace, batch, person=decision.by or handler.handled_by.id, now=now)
    return tuple(row.id for row in rows)


def void(workspace: Workspace, which: str, *, reason: str, by: Person, now: datetime) -> Row:
    """作废 of a draft or of an issued document: its number stays with it and is listed as void, its findings are free
    for another notice. Raises BadInput `notice-void-reason`, Refused `notice-void-already`."""
    if not reason.strip():
        raise BadInput("notice-void-reason")
    with workspace.transaction() as db:
        row = notices.one(db, which)
        if row.void:
            raise Refused("notice-void-already", number=row.number or row.id, reason=row.void)
        said = {"void": reason.strip(), "voided": stamp(now)}
        record = Record("notice", row.id, records.heads(db, row.id), {"set": said})
        paperwork.keep(db, workspace, (record,), person=by.id, now=now)
        return notices.one(db, row.id)


def attach(workspace: Workspace, which: str, scan: Path, *, by: Person, now: datetime) -> str:
    """Keep the scan of the stamped or signed paper with the document that it is; its SHA-256. Raises like
    `scans.keep`."""
    kept = scans.keep(workspace, scan)
    with workspace.transaction() as db:
        row = notices.one(db, which)
        said = {f"{notices.SCAN}{kept.sha256}": {"at": stamp(now), "name": scan.name}}
        blob = ((kept.sha256, kept.bytes),)
        record = Record("notice", row.id, records.heads(db, row.id), {"set": said}, blob)
        paperwork.keep(db, workspace, (record,), person=by.id, now=now)
    return kept.sha256


def scans_of(workspace: Workspace, which: str) -> tuple[Attached, ...]:
    """The scans that were attached to a document, in the order of attaching. Raises like `one`."""
    with workspace.reading() as db:
        return notices.scans(db, notices.one(db, which))


def every(workspace: Workspace) -> list[Row]:
    """All documents of rectification and their drafts, the latest first."""
    with workspace.reading() as db:
        return notices.every(db)


def one(workspace: Workspace, which: str) -> Row:
    """A document by its entity, number, or the 16 digits that are printed. Raises BadInput `notice-unknown`."""
    with workspace.reading() as db:
        return notices.one(db, which)


def document(workspace: Workspace, which: str) -> Document:
    """What a document or draft says. Raises like `one`."""
    with workspace.reading() as db:
        return notices.document(db, notices.one(db, which))


def pdf(workspace: Workspace, which: str) -> bytes:
    """The signed file, or the preview of a draft. Raises like `one`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
        said = notices.document(db, row)
    return blobs.read(workspace, row.sheet) if row.sheet else paperwork.pdf(workspace, said)


def verify(workspace: Workspace, which: str) -> Verdict:
    """What verification says of the signed file of a document. About a second, in a child process. Raises like `one`
    and `verification.in_workspace`."""
    with workspace.reading() as db:
        row = notices.one(db, which)
    return verification.in_workspace(workspace, blobs.path(workspace, row.sheet))


def twice(workspace: Workspace) -> Mapping[str, tuple[Row, ...]]:
    """Findings that stand in several live notices after a merge, with these: a person voids all but one."""
    with workspace.reading() as db:
        found = notices.by_finding(db, notices.every(db))
    return {finding: rows for finding, rows in found.items() if len(rows) > 1}


def numbers_of(workspace: Workspace) -> Mapping[str, str]:
    """The printed number (17-3) of every finding that stands in a live, issued notice."""
    found: dict[str, str] = {}
    with workspace.reading() as db:
        for row in reversed(notices.every(db)):
            if row.kind is Kind.NOTICE and row.official is not None and row.live:
                found |= {finding: f"{row.official.n}-{n}" for n, finding in enumerate(row.findings, 1)}
    return found


def require_draft(row: Row) -> None:
    """Raises Refused `notice-not-draft`: what was issued or is void does not change."""
    if row.standing not in (Standing.DRAFT, Standing.CHECKED):
        raise Refused("notice-not-draft", number=row.number or row.id, standing=row.standing)
