"""Steps in the lives of findings that need no paper: each act is one batch, of all the findings that it names or of
none, upon the records that the person saw. The device signs it, the batch names the person.

What needs a paper stands elsewhere: a sheet (signing), a notice and its arrival, a re-inspection.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model import deadline
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import CLOSED, Move, Role, Step, take
from inspector.model.inspection import Evidence, PhotoRole, TimeLimit
from inspector.model.photo import USED_BEFORE
from inspector.model.request import Report
from inspector.model.words import TimeLimitKind
from inspector.services import notices
from inspector.services.drafts import plain, stamp
from inspector.store import findings, inspections, photos, records
from inspector.store import notices as notice_store
from inspector.store.findings import Row, attachment_field
from inspector.store.workspace import Workspace

_NUMBER = re.compile(r"\d{1,5}-\d{1,4}", re.ASCII)
_log = logging.getLogger(__name__)

NEW_LIMIT: Mapping[str, Any] = {"due": "", "due_estimated": False, "began": ""}
"""The fields of a finding whose limit begins anew, with the next service."""


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes a step (a person's entity), in which role, and the moment at which it is recorded. `as_is`: although
    somebody wrote to a finding since it was looked at; the two stand side by side then."""

    by: str
    now: datetime
    role: Role = Role.OFFICE
    as_is: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as a person looked at it: `heads` are the batches of its latest records at that moment."""

    finding: str
    heads: tuple[str, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What an act does to one finding: a step, fields, and the blobs (SHA-256, bytes) that both name."""

    step: Step | None = None
    fields: Mapping[str, Any] = {}
    blobs: tuple[tuple[str, int], ...] = ()


def look(workspace: Workspace, which: Sequence[str]) -> tuple[Seen, ...]:
    """The findings of these ids or printed numbers (17-3) as they stand now, each once.
    Raises BadInput `finding-unknown`, `finding-ambiguous` (a number of several years)."""
    numbered = notices.numbers_of(workspace) if any(_NUMBER.fullmatch(one) for one in which) else {}
    with workspace.reading() as db:
        found = dict.fromkeys(findings.one(db, _named(one, numbered)).id for one in which)
        return tuple(Seen(finding=one, heads=findings.heads(db, one)) for one in found)


def hand_over(
    workspace: Workspace,
    seen: Sequence[Seen],
    act: Act,
    *,
    to: str | Mapping[str, str],
    way: str,
    at: datetime,
    note: str = "",
) -> None:
    """交办 without a paper: by telephone, in a group (`way`, in words), when, to whom (in words, or by lead unit)."""
    keep(workspace, seen, act, handing(act, to=to, way=way, at=at, note=note))


def handing(
    act: Act, *, to: str | Mapping[str, str], way: str, at: datetime, note: str = ""
) -> Callable[[Row], Change]:
    """What `hand_over` does to each finding."""

    def change(row: Row) -> Change:
        receiver = to if isinstance(to, str) else to.get(row.lead_unit, "")
        step = Step(move=Move.HAND, by=act.by, to=receiver, at=stamp(at), way=way, reason=note)
        return Change(step=step)

    return change


def report(
    workspace: Workspace,
    seen: Sequence[Seen],
    act: Act,
    *,
    said: Report,
    shots: Sequence[str] = (),
    document: str = "",
) -> None:
    """上报: what the unit says that it did. `shots` are photos that came in (SHA-256), taken after it was put right;
    `document` is the number of its letter. Where nothing else proves it, its measures must be there.
    Raises BadInput `photo-unknown`."""
    with workspace.reading() as db:
        evidence = after(db, shots)
    told = msgspec.structs.replace(said, photos=evidence)
    step = Step(
        move=Move.REPORT,
        by=act.by,
        to="",
        at=stamp(act.now),
        way=said.source,
        photos=tuple(shots),
        document=document,
        reason=said.measures,
    )
    keep(
        workspace,
        seen,
        act,
        lambda _: Change(step=step, fields={"report": plain(told)}, blobs=blobs_of(evidence)),
    )


def judge(
    workspace: Workspace,
    seen: Sequence[Seen],
    act: Act,
    *,
    passed: bool,
    shots: Sequence[str] = (),
    note: str = "",
    limit: TimeLimit | None = None,
) -> None:
    """销号 or 复查未过 by who saw it, without a 复查意见书. `limit` is the new one of what failed: it runs from the
    next service; without it the old date stands. Raises BadInput `photo-unknown`, `time-limit-invalid`."""
    with workspace.reading() as db:
        evidence = after(db, shots)
    fields: dict[str, Any] = {}
    if limit is not None and not passed:
        deadline.check(limit)
        fields = {"time_limit": plain(limit), **NEW_LIMIT}
    move = Move.PASS if passed else Move.FAIL
    step = Step(move=move, by=act.by, at=stamp(act.now), photos=tuple(shots), reason=note)
    keep(workspace, seen, act, lambda _: Change(step=step, fields=fields, blobs=blobs_of(evidence)))


def new_limit(workspace: Workspace, seen: Sequence[Seen], act: Act, *, limit: TimeLimit) -> None:
    """Another time limit, which runs from the next service. Raises BadInput `time-limit-invalid`; Refused
    `limit-in-notice` (the paper says another one), `limit-runs` (that is 延期), `finding-closed`."""
    keep(workspace, seen, act, limiting(workspace, limit))


def limiting(workspace: Workspace, limit: TimeLimit) -> Callable[[Row], Change]:
    """What `new_limit` does to each finding. Raises BadInput `time-limit-invalid`."""
    deadline.check(limit)
    with workspace.reading() as db:
        noticed = notice_store.by_finding(db, notice_store.every(db))

    def change(row: Row) -> Change:
        if row.state in CLOSED:
            raise Refused("finding-closed", finding=row.id)
        if row.id in noticed:
            raise Refused("limit-in-notice", finding=row.id, notice=noticed[row.id][0].number or "")
        if not limit_free(row):
            raise Refused("limit-runs", finding=row.id, due=row.due)
        return Change(fields={"time_limit": plain(limit), **NEW_LIMIT})

    return change


def limit_free(row: Row) -> bool:
    """Whether no limit is running that another one would shorten or lengthen: 立行立改 is over with its day."""
    at_once = row.time_limit is not None and row.time_limit.kind is TimeLimitKind.AT_ONCE
    return not row.due or at_once


def withdraw(workspace: Workspace, seen: Sequence[Seen], act: Act, *, reason: str) -> None:
    """撤销: there was no such finding."""
    step = Step(move=Move.WITHDRAW, by=act.by, at=stamp(act.now), reason=reason)
    keep(workspace, seen, act, lambda _: Change(step=step))


def duplicate(workspace: Workspace, seen: Sequence[Seen], act: Act, *, of: str, reason: str) -> None:
    """重复: withdrawn, since the finding `of` says the same; that one goes on.
    Raises BadInput `finding-unknown`, Refused `duplicate-of-closed`, `duplicate-of-itself`."""
    with workspace.reading() as db:
        kept = findings.one(db, of)
    if kept.state == "withdrawn":
        raise Refused("duplicate-of-closed", finding=kept.id)
    if any(one.finding == kept.id for one in seen):
        raise Refused("duplicate-of-itself", finding=kept.id)
    step = Step(move=Move.WITHDRAW, by=act.by, at=stamp(act.now), reason=reason)
    keep(workspace, seen, act, lambda _: Change(step=step, fields={"duplicate_of": kept.id}))


def reopen(
    workspace: Workspace, seen: Sequence[Seen], act: Act, *, reason: str, shots: Sequence[str] = ()
) -> None:
    """反弹: it is back after it was closed. Its old limit is over, the next service begins a new one.
    Raises BadInput `photo-unknown`."""
    with workspace.reading() as db:
        evidence = after(db, shots)
    step = Step(move=Move.REOPEN, by=act.by, at=stamp(act.now), photos=tuple(shots), reason=reason)

    def change(row: Row) -> Change:
        again = {"duplicate_of": ""} if row.duplicate_of else {}
        return Change(step=step, fields={**NEW_LIMIT, **again}, blobs=blobs_of(evidence))

    keep(workspace, seen, act, change)


def attach(
    workspace: Workspace, seen: Sequence[Seen], act: Act, *, scan: tuple[str, int], name: str, note: str = ""
) -> None:
    """A scan that is kept already (SHA-256, bytes) belongs to these findings from now on; it moves nothing."""
    value = {"name": name, "bytes": scan[1], "note": note, "by": act.by, "at": stamp(act.now)}
    keep(workspace, seen, act, lambda _: Change(fields={attachment_field(scan[0]): value}, blobs=(scan,)))


def refusals(
    workspace: Workspace, seen: Sequence[Seen], act: Act, change: Callable[[Row], Change]
) -> dict[str, Refused]:
    """Why an act cannot be done to some of these findings, by finding: what a preview shows. Empty: it can."""
    with workspace.reading() as db:
        return _judged(db, seen, act, change)[1]


def keep(workspace: Workspace, seen: Sequence[Seen], act: Act, change: Callable[[Row], Change]) -> None:
    """What `change` makes of each finding, as one batch, on the disk when this returns.
    Raises BadInput `findings-none`; Refused what `take` raises, `finding-moved-on` (somebody wrote to it since: look
    again, or as it is), `finding-read-only`; for several findings `moves-refused`, from the first one's reason."""
    if not seen:
        raise BadInput("findings-none")
    with workspace.transaction() as db:
        written, refused = _judged(db, seen, act, change)
        if refused and len(seen) == 1:
            raise next(iter(refused.values()))
        if refused:
            names = ", ".join(refused)
            first = next(iter(refused.values()))
            raise Refused("moves-refused", count=len(refused), total=len(seen), findings=names) from first
        records.append(db, workspace, tuple(written), person=act.by, wall=stamp(act.now))
    _log.info("an act on %d findings", len(seen))


def after(db: Connection, shots: Sequence[str]) -> tuple[Evidence, ...]:
    """Photos that came in, as evidence of how it looks now; one that a finding shows already says so, the finding's own
    photos from before among them. Raises BadInput `photo-unknown`."""
    facts = photos.facts(db, shots)
    used = inspections.photos_used(db, shots, but="")
    for shot in shots:
        if shot not in facts:
            raise BadInput("photo-unknown", photo=shot[:16])
    return tuple(
        Evidence(
            sha256=shot,
            bytes=facts[shot].bytes,
            role=PhotoRole.AFTER,
            taken_at=facts[shot].taken_at,
            taken_source=facts[shot].taken_source.value,
            shifted=facts[shot].shifted,
            camera=facts[shot].camera,
            flags=(USED_BEFORE,) if shot in used else (),
        )
        for shot in dict.fromkeys(shots)
    )


def blobs_of(evidence: Sequence[Evidence]) -> tuple[tuple[str, int], ...]:
    """The originals of these photos as a record names them."""
    return tuple(dict.fromkeys((photo.sha256, photo.bytes) for photo in evidence))


def _named(which: str, numbered: Mapping[str, str]) -> str:
    found = [finding for finding, number in numbered.items() if number == which]
    if len(found) > 1:
        raise BadInput("finding-ambiguous", number=which, findings=", ".join(found))
    return found[0] if found else which


def _judged(
    db: Connection, seen: Sequence[Seen], act: Act, change: Callable[[Row], Change]
) -> tuple[list[Record], dict[str, Refused]]:
    written: list[Record] = []
    refused: dict[str, Refused] = {}
    for one in seen:
        try:
            written.append(_record(db, one, act, change))
        except Refused as error:
            refused[one.finding] = error
    return written, refused


def _record(db: Connection, seen: Seen, act: Act, change: Callable[[Row], Change]) -> Record:
    row = findings.one(db, seen.finding)
    if findings.read_only(db, row.id):
        raise Refused("finding-read-only", finding=row.id)
    if not act.as_is and findings.heads(db, row.id) != seen.heads:
        raise Refused("finding-moved-on", finding=row.id)
    done = change(row)
    body: dict[str, Any] = {}
    if done.step is not None:
        take(findings.state_at(db, row.id, seen.heads), done.step, role=act.role)
        body["moves"] = [done.step.body()]
    if done.fields:
        body["set"] = dict(done.fields)
    return Record("finding", row.id, seen.heads, body, done.blobs)
