"""签发: a checked draft gets its 发文字号 and its signature, and is in the ledger. Each is whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from sqlite3 import Connection

import msgspec

from inspector.documents import paper_words
from inspector.model import number as numbering
from inspector.model.errors import InspectorError, Refused
from inspector.model.notice import Decision, Issued, Notice
from inspector.model.number import Block, Official
from inspector.model.paper import Kind, Standing
from inspector.services import notices as drafts
from inspector.services import numbers, paperwork, people, scans
from inspector.services.drafts import plain, stamp
from inspector.store import notices
from inspector.store.notices import Row as Listed
from inspector.store.workspace import Workspace

_ATTEMPTS = 5
"""How often the number may have gone to somebody else while a document was being made."""


class Issuer(msgspec.Struct, frozen=True, kw_only=True):
    """Who issues: `key` signs by certificate. Where the decision was given on paper, it is the handler's (经办)."""

    key: people.Unlocked
    on_paper: drafts.OnPaper | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one draft: the document that was issued, or the `error` why it is still a draft."""

    notice: str
    issued: Listed | None = None
    error: InspectorError | None = None


def issue(
    workspace: Workspace,
    which: Sequence[str],
    issuer: Issuer,
    *,
    prefix: str = "",
    now: datetime,
    report: Callable[[int, int], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Listed, ...]:
    """Issue checked drafts in this order, with one unlocking: the documents that are issued. `report` hears after
    each; `stopped` is asked before each: what was issued until then is whole, the rest are drafts and without number.

    `prefix`: that of the only block here if empty. Raises BadInput `number-prefix-wanted`; Refused
    `number-no-block`, `number-none-left`, `notice-not-draft`, those of `model.notice_rules`, `doc-word-forbidden`,
    `notice-finding-done` (one was closed or withdrawn since)."""
    prefix = numbers.prefix_of(workspace, prefix, now.year)
    decision, kept = drafts.decided(workspace, issuer.on_paper or issuer.key, now=now)
    done: list[Listed] = []
    for one in which:
        if stopped():
            break
        done.append(_issue(workspace, one, issuer, decision, kept, prefix, now))
        if report:
            report(len(done), len(which))
    return tuple(done)


def issue_each(
    workspace: Workspace,
    which: Sequence[str],
    issuer: Issuer,
    *,
    prefix: str = "",
    now: datetime,
    report: Callable[[int, int], None],
) -> tuple[Outcome, ...]:
    """The same, but one that cannot be issued does not hold up the others. `report` hears before the first and after
    each; what it raises stops the rest, which are drafts and without number. Raises BadInput `number-prefix-wanted`,
    and like `scans.keep`."""
    prefix = numbers.prefix_of(workspace, prefix, now.year)
    decision, kept = drafts.decided(workspace, issuer.on_paper or issuer.key, now=now)
    outcomes = []
    report(0, len(which))
    for done, one in enumerate(which, 1):
        try:
            issued = _issue(workspace, one, issuer, decision, kept, prefix, now)
            outcomes.append(Outcome(notice=one, issued=issued))
        except InspectorError as error:
            outcomes.append(Outcome(notice=one, error=error))
        report(done, len(which))
    return tuple(outcomes)


def _issue(
    workspace: Workspace,
    which: str,
    issuer: Issuer,
    decision: Decision,
    kept: Sequence[scans.Scan],
    prefix: str,
    now: datetime,
) -> Listed:
    for _ in range(_ATTEMPTS):
        with workspace.reading() as db:
            row = notices.one(db, which)
            known = paperwork.Known(db)
            draft = notices.document(db, row)
        if row.standing not in (Standing.DRAFT, Standing.CHECKED):
            raise Refused("notice-not-draft", number=row.number or row.id, standing=row.standing)
        assert isinstance(draft, Issued)
        block, number = _next(workspace, prefix, now.year)
        document = _numbered(draft, number, issuer, decision, now)
        paperwork.require_ready(workspace, document, known.bodies)
        signed = paperwork.signed(workspace, document, [issuer.key], now=now)
        with workspace.transaction() as db:
            paperwork.require_open(db, document)
            if _next_of(workspace, db, prefix, now.year) != (block, number) or notices.one(db, row.id) != row:
                continue  # another window took the number, or changed the draft, meanwhile: again, from the start
            record = paperwork.record(
                db,
                signed,
                [(one.sha256, one.bytes) for one in kept],
                official=plain(number),
                block=block.id,
                issued=document.issued_on,
            )
            paperwork.keep(db, workspace, [record], person=issuer.key.person.id, now=now)
            return notices.one(db, row.id)
    raise Refused("notice-busy", number=row.id)


def _next(workspace: Workspace, prefix: str, year: int) -> tuple[Block, Official]:
    with workspace.reading() as db:
        return _next_of(workspace, db, prefix, year)


def _next_of(workspace: Workspace, db: Connection, prefix: str, year: int) -> tuple[Block, Official]:
    return numbering.next_number(
        numbers.blocks(db),
        prefix=prefix,
        year=year,
        device=workspace.device.id,
        given=notices.given(notices.every(db)),
        declared=numbers.declared(db),
    )


def _numbered(draft: Issued, number: Official, issuer: Issuer, decision: Decision, now: datetime) -> Issued:
    """The draft as it is issued: only now it has a number; a notice gives its findings theirs, 督办单 and 通报 speak
    of them by those that they have."""
    issued = msgspec.structs.replace(
        draft,
        number=paper_words.official(number),
        official=number,
        made=stamp(now),
        issued_on=now.date().isoformat(),
        issued=decision,
        members=paperwork.members(Kind(draft.kind), [issuer.key.person]),
    )
    if not isinstance(issued, Notice):
        return issued
    rows = (
        msgspec.structs.replace(row, number=numbering.short_number(number.n, row.row)) for row in issued.rows
    )
    return msgspec.structs.replace(issued, rows=tuple(rows))
