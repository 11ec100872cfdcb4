"""Rows taken out of a draft, and put back again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.ledger.record import Record
from inspector.model.document_text import Template
from inspector.model.errors import BadInput, Refused
from inspector.model.notice import Decision, Document, Missed, Notice, Press, Row, rows_of
from inspector.services import document_texts, drafting, paperwork
from inspector.services.drafts import plain
from inspector.services.notices import require_draft
from inspector.store import findings, notices, records
from inspector.store.workspace import Workspace


def without(workspace: Workspace, which: str, rows: Collection[int], *, now: datetime) -> Document:
    """A draft without some of its rows (from 1): their findings are free for another notice. The rows that stay are
    numbered anew, and the opening, which says how many they are and where, is written anew; the draft has to be checked
    again. Raises BadInput `notice-no-row`; Refused `notice-not-draft`, `notice-last-row` (void it instead)."""
    with workspace.transaction() as db:  # what somebody words anew meanwhile is not overwritten
        row = notices.one(db, which)
        require_draft(row)
        before = notices.document(db, row)
        assert isinstance(before, Notice | Press)
        for n in rows:
            if not 1 <= n <= len(before.rows):
                raise BadInput("notice-no-row", row=n, rows=len(before.rows))
        if len(set(rows)) == len(before.rows):
            raise Refused("notice-last-row", notice=row.id)
        after = _left_over(workspace, paperwork.Known(db), db, before, frozenset(rows))
        _keep_draft(db, workspace, after, now)
    return after


def restore(workspace: Workspace, before: Notice | Press, *, now: datetime) -> None:
    """A draft as it was before rows were taken out of it; it has to be checked again. Raises Refused
    `notice-not-draft`, `notice-finding-taken` (another draft has one of them since)."""
    with workspace.transaction() as db:
        row = notices.one(db, before.entity)
        require_draft(row)
        taken = notices.by_finding(db, notices.every(db))
        for one in rows_of(before):
            others = [other for other in taken.get(one.finding, ()) if other.id != row.id]
            if isinstance(before, Notice) and others:
                raise Refused("notice-finding-taken", finding=one.finding, notice=others[0].id)
        _keep_draft(db, workspace, msgspec.structs.replace(before, checked=Decision()), now)


def _keep_draft(db: Connection, workspace: Workspace, after: Notice | Press, now: datetime) -> None:
    findings_of = [one.finding for one in rows_of(after)]
    said = {"draft": plain(after), "checked": "", "findings": findings_of}
    record = Record("notice", after.entity, records.heads(db, after.entity), {"set": said})
    paperwork.keep(db, workspace, (record,), person=after.handled_by.id, now=now)


def _left_over(
    workspace: Workspace, known: paperwork.Known, db: Connection, before: Notice | Press, out: frozenset[int]
) -> Notice | Press:
    if isinstance(before, Press):
        stay = [one for n, one in enumerate(before.rows, 1) if n not in out]
        missed = tuple(
            msgspec.structs.replace(one, row=msgspec.structs.replace(one.row, row=n))
            for n, one in enumerate(stay, 1)
        )
        texts = document_texts.of(workspace, Template.PRESS)
        said: dict[str, object] = {"day": paper_words.day(before.made), "count": len(missed)}
        return _with(before, known, texts.filled("opening", **said), missed)
    rows = tuple(
        msgspec.structs.replace(one, row=n)
        for n, one in enumerate((one for n, one in enumerate(before.rows, 1) if n not in out), 1)
    )
    texts = document_texts.of(workspace, Template.NOTICE)
    said = drafting.said_of(known, [findings.one(db, one.finding) for one in rows], rows)
    return _with(before, known, texts.filled("opening", **said), rows)


def _with(
    before: Notice | Press, known: paperwork.Known, opening: str, rows: Sequence[Row | Missed]
) -> Notice | Press:
    asked = [one.row if isinstance(one, Missed) else one for one in rows]
    return msgspec.structs.replace(
        before,
        rows=tuple(rows),
        opening=opening,
        copied=tuple(unit for unit in known.helping(asked) if unit.id != before.to.id),
        parties=paper_words.parties(asked),
        checked=Decision(),
    )
