"""From a draft to a signed sheet, in the order that keeps every promise: PDF complete → blob on the disk → one
transaction (batch, projections, − draft) → mark → only then is it shown, printed or exported. A crash in between
leaves the draft and an unseen orphan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any

import msgspec

from inspector.documents import sign
from inspector.ledger.record import Record
from inspector.model import inspection
from inspector.model.draft import Draft, assemble
from inspector.model.errors import Refused
from inspector.model.finding import Move, State, Step, moves_for
from inspector.model.form import Form, form_bytes
from inspector.model.inspection import Content, Earlier, Evidence, Found, Member, PhotoRole
from inspector.model.site import change_field, fact_field
from inspector.model.words import Of
from inspector.services import people, validity
from inspector.services.drafts import plain, stamp
from inspector.services.preparing import prepare, preview
from inspector.store import blobs, drafts, findings, records, sites
from inspector.store.workspace import Workspace


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where the signing of a sheet stands: who has signed and who has not (person entities). `inspection` and `pdf`
    (the SHA-256 of the signed file) are empty until all have."""

    signed: tuple[str, ...]
    waiting: tuple[str, ...]
    inspection: str = ""
    pdf: str = ""

    @property
    def complete(self) -> bool:
        """Whether the sheet is signed by all, stored, and no longer a draft."""
        return not self.waiting


def sign_draft(
    workspace: Workspace,
    draft: str,
    signers: Sequence[people.Unlocked],
    *,
    now: datetime,
    made: datetime | None = None,
    as_is: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Progress:
    """Add the signatures of `signers`. The first one freezes the draft; with the last one that is listed the sheet is
    complete and stored. `made` is the moment of the preview that they saw (else now), so that exactly its bytes are
    signed. `stopped` is asked before each signature: what was signed until then is kept.

    Raises Refused `draft-not-ready` (its value `blockers`), `draft-findings-moved` (an earlier finding got a newer
    record since it was judged here: look again, or sign `as_is`), `signer-not-listed`, `signer-already`, and those of
    `validity.require`."""
    validity.require(signers, now=now)
    prepared = prepare(workspace, draft, now=made or now)
    if not prepared.ready:
        blocked = [*prepared.missing, *prepared.counterpart]
        raise Refused("draft-not-ready", count=len(blocked), blockers=blocked)
    with workspace.reading() as db:
        row = drafts.row(db, draft)
        typed = assemble(draft, drafts.parts(db, draft))
        moved = (
            [] if as_is else [one for one in typed.earlier if findings.heads(db, one.finding) != one.heads]
        )
    if moved:
        raise Refused("draft-findings-moved", count=len(moved), findings=[one.finding for one in moved])
    content = prepared.content
    pdf = blobs.read(workspace, row.pdf) if row.state == "signing" else preview(workspace, prepared)
    done = set(sign.signed_fields(pdf))
    for unlocked in signers:
        if stopped():
            break
        member = _member(content, unlocked, done)
        pdf = sign.sign(pdf, field=member.field, signer=unlocked.signer, certify=not done, at=now)
        done.add(member.field)
    progress = Progress(
        signed=tuple(member.person for member in content.signers if member.field in done),
        waiting=tuple(member.person for member in content.signers if member.field not in done),
    )
    if not done:
        return progress
    named = blobs.put(workspace, pdf)
    with workspace.transaction() as db:
        if progress.waiting:
            drafts.freeze(db, draft, content=inspection.encode(content), pdf=named, at=stamp(now))
            return progress
        batch = tuple(_records(db, workspace, typed, content, prepared.form, (named, len(pdf)), row.heads))
        records.append(db, workspace, batch, person=_author(content), wall=stamp(now))
        drafts.remove(db, draft)
    return msgspec.structs.replace(progress, inspection=content.inspection, pdf=named)


def thaw(workspace: Workspace, draft: str, *, now: datetime) -> None:
    """Go back to editing: the signatures so far are discarded. The window asks first."""
    with workspace.transaction() as db:
        drafts.thaw(db, draft, at=stamp(now))


def _member(content: Content, unlocked: people.Unlocked, done: set[str]) -> Member:
    member = next((one for one in content.signers if one.person == unlocked.person.id), None)
    if member is None or member.certificate != people.fingerprint(unlocked.person):
        raise Refused("signer-not-listed", name=unlocked.person.name, number=content.number)
    if member.field in done:
        raise Refused("signer-already", name=unlocked.person.name, number=content.number)
    return member


def _author(content: Content) -> str:
    """The 组长 if among the signers, else the first of them."""
    signers = content.signers
    return next((member for member in signers if member.leader), signers[0]).person


def _records(
    db: Connection,
    workspace: Workspace,
    typed: Draft,
    content: Content,
    form: Form,
    pdf: tuple[str, int],
    heads: dict[str, list[str]],
) -> Iterator[Record]:
    form_blob = (form.version, len(form_bytes(form)))
    paper = content.counterpart.photo if content.counterpart else ""
    yield Record(
        kind="inspection",
        entity=content.inspection,
        parents=tuple(heads.get(content.inspection, ())),
        body={"set": {"document": plain(content), "sheet": pdf[0]}},
        blobs=(pdf, form_blob, *([(paper, blobs.size(workspace, paper))] if paper else [])),
    )
    for found in content.findings:
        yield _found(content, found, tuple(heads.get(found.id, ())), _state(db, found.id, heads))
    for gone in sorted(set(heads) - {content.inspection} - {found.id for found in content.findings}):
        if Move.WITHDRAW in moves_for(State(findings.one(db, gone).state)):
            why = content.corrects.why if content.corrects else ""
            yield _moved(gone, heads[gone], _step(content, Move.WITHDRAW, (), reason=why), ())
    for seen in content.earlier:
        yield _seen(seen, next(one.heads for one in typed.earlier if one.finding == seen.finding), content)
    yield from _facts(workspace, db, content, form, typed.facts)


def _state(db: Connection, finding: str, heads: dict[str, list[str]]) -> State:
    return State(findings.one(db, finding).state) if finding in heads else State.OPEN


def _found(content: Content, found: Found, parents: tuple[str, ...], state: State) -> Record:
    body: dict[str, Any] = {
        "set": {
            "inspection": content.inspection,
            "site": content.site.entity,
            "item": found.item,
            "place": found.place,
            "description": found.description,
            "quantity": found.quantity,
            "measure": found.measure,
            "severity": found.severity.value,
            "lead_unit": found.lead_unit.id if found.lead_unit else "",
            "helping_units": [unit.id for unit in found.helping_units],
            "party": found.party,
            "time_limit": plain(found.time_limit),
            "fixed_on_spot": found.fixed_on_spot,
            "no_photo": found.no_photo,
            "found_on": content.end,
            "category": content.category.value,
            "photos": plain(found.photos),
        }
    }
    if found.fixed_on_spot and Move.PASS in moves_for(state):
        after = tuple(photo for photo in found.photos if photo.role is PhotoRole.AFTER)
        body["moves"] = [_step(content, Move.PASS, after, reason=found.no_photo).body()]
    return Record("finding", found.id, parents, body, tuple(_blobs(found.photos)))


def _seen(seen: Earlier, parents: Sequence[str], content: Content) -> Record:
    move = Move.FAIL if seen.still else Move.PASS
    return _moved(seen.finding, parents, _step(content, move, seen.photos), seen.photos)


def _moved(finding: str, parents: Sequence[str], step: Step, photos: Sequence[Evidence]) -> Record:
    return Record("finding", finding, tuple(parents), {"moves": [step.body()]}, tuple(_blobs(photos)))


def _step(content: Content, move: Move, photos: Sequence[Evidence], *, reason: str = "") -> Step:
    return Step(
        move=move,
        by=_author(content),
        at=content.end,
        photos=tuple(photo.sha256 for photo in photos),
        document=content.number,
        reason=reason,
    )


def _blobs(photos: Sequence[Evidence]) -> Iterator[tuple[str, int]]:
    yield from dict.fromkeys((photo.sha256, photo.bytes) for photo in photos)


def _facts(
    workspace: Workspace, db: Connection, content: Content, form: Form, reasons: Mapping[str, str]
) -> Iterator[Record]:
    """What the header says of the site is kept with it, where it is new; what was known otherwise with the reason."""
    site = sites.one(db, content.site.entity)
    new: dict[str, Any] = {
        fact_field(code): value
        for code, value in content.header
        if form.header_by_code[code].of is Of.SITE and site.facts.get(code) != value
    }
    changed = [code for code in reasons if fact_field(code) in new and site.facts.get(code)]
    for reason in dict.fromkeys(reasons[code] for code in changed):
        fields = sorted(fact_field(code) for code in changed if reasons[code] == reason)
        why = workspace.new_id("change").partition(":")[2]
        new[change_field(why)] = {"at": content.end, "reason": reason, "fields": fields}
    if new:
        yield Record("site", site.id, records.heads(db, site.id), {"set": new})
