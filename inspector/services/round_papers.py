"""The papers of a round: how far each is, what is in its way, how it will look, and its signing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import msgspec

from inspector.model import notice_rules
from inspector.model.errors import BadInput, InspectorError, Refused
from inspector.model.finding import State
from inspector.model.inspection import Evidence, Named, PhotoRole
from inspector.model.notice import Handover, Received, Reinspection, Seen, shown
from inspector.model.paper import Kind, Way
from inspector.model.person import Person
from inspector.model.round import Round, Side, Sighting
from inspector.model.verdict import Verdict
from inspector.services import handovers, moves, paperwork, people, reinspections, rounds, verification
from inspector.services.paperwork import Known, Slip
from inspector.services.people import Unlocked
from inspector.services.reinspections import Look
from inspector.store import blobs, findings, keyfiles, notices, units
from inspector.store.findings import Row
from inspector.store.notices import Row as Listed
from inspector.store.workspace import Workspace


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of a round as it stands, with what was seen of it. `before` are its photos from before, `after` those
    of this round; `site`, `street` and `unit` are names."""

    finding: Row
    sighting: Sighting
    site: str
    street: str
    unit: str
    before: tuple[Evidence, ...]
    after: tuple[Evidence, ...]

    @property
    def closed(self) -> bool:
        """Whether it was closed before: then one looks whether it still holds (回头看)."""
        return self.finding.state is State.PASSED


class Stop(msgspec.Struct, frozen=True):
    """What is in the way of a paper: why, and the finding that it is about, if it is about one."""

    error: InspectorError
    finding: str = ""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """The paper for one lead unit: `document` as it would be signed, None where it cannot be composed at all. `void`:
    what its recipient did was about something else."""

    to: Named
    findings: tuple[str, ...]
    document: Handover | Reinspection | None
    received: Received | None
    stops: tuple[Stop, ...] = ()
    void: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A round with its papers. `people` are all who are known, `keys` those whose keys lie on this laptop."""

    walk: Round
    lines: tuple[Line, ...]
    papers: tuple[Paper, ...]
    people: tuple[Person, ...]
    keys: frozenset[str]


def lines(workspace: Workspace, walk: Round) -> tuple[Line, ...]:
    """The findings of a round in the order of its way."""
    with workspace.reading() as db:
        known = Known(db)
        named = {unit.id: unit.label for unit in units.every(db)}
        found = []
        for sighting in walk.sightings:
            row = findings.one(db, sighting.finding)
            site = known.site(row)
            found.append(
                Line(
                    finding=row,
                    sighting=sighting,
                    site=site.name if site else "",
                    street=named.get(site.street, "") if site else "",
                    unit=named.get(row.lead_unit, ""),
                    before=tuple(photo for photo in row.photos if photo.role is PhotoRole.BEFORE),
                    after=moves.after(db, sighting.photos),
                )
            )
    return tuple(found)


def standing(workspace: Workspace, which: str, *, now: datetime) -> Standing:
    """How far a round and its papers are; each paper takes its number with the first look at it. Raises BadInput
    `round-unknown`, `finding-unknown`."""
    walk = rounds.one(workspace, which)
    seen = lines(workspace, walk)
    everybody = tuple(people.every(workspace))
    by_unit: dict[str, list[Line]] = defaultdict(list)
    for line in seen:
        by_unit[line.finding.lead_unit].append(line)
    papers = []
    for unit, group in by_unit.items():
        walk, paper = _paper(workspace, walk, unit, group, everybody, now)
        papers.append(paper)
    return Standing(
        walk=walk,
        lines=seen,
        papers=tuple(papers),
        people=everybody,
        keys=frozenset(one.id for one in everybody if keyfiles.read(workspace, one.id) is not None),
    )


def receive(
    workspace: Workspace,
    which: str,
    unit: str,
    received: Received,
    *,
    photos: Sequence[str] = (),
    now: datetime,
) -> None:
    """What the recipient of a unit's paper did, bound to exactly what he was shown; `photos` (SHA-256) of the signed
    paper or of the paper as it was left. On the disk when this returns. Raises BadInput `round-unknown`,
    `photo-unknown`."""
    with workspace.reading() as db:
        received = msgspec.structs.replace(received, photos=moves.after(db, photos))
    walk = rounds.one(workspace, which)
    side = walk.side(unit)
    said = [line for line in _said(walk, lines(workspace, walk)) if line.finding.lead_unit == unit]
    if side is None or not said:
        return
    side = msgspec.structs.replace(side, received=received)
    document = _composed(workspace, walk, side, said, people.every(workspace), now)
    rounds.keep_side(workspace, which, msgspec.structs.replace(side, shown=shown(document)))


def preview(workspace: Workspace, document: Handover | Reinspection) -> bytes:
    """The PDF as it will be before its first signature. About 0.2 s: off the GUI thread."""
    return paperwork.pdf(workspace, document)


def sign(
    workspace: Workspace,
    which: str,
    keys: Mapping[str, Unlocked],
    *,
    now: datetime,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Listed, ...]:
    """Sign every paper of a round, each whole or not at all; its findings leave the round with it, and the round ends
    with the last. `report` hears after each, what it raises leaves the others as they were. Raises what stands in the
    way of the first paper that is not ready, Refused `round-key-missing`."""
    state = standing(workspace, which, now=now)
    signers = [keys[one] for one in state.walk.signers if one in keys]
    if len(signers) < len(state.walk.signers):
        raise Refused("round-key-missing")
    for paper in state.papers:
        for stop in paper.stops:
            raise stop.error
    done: list[Listed] = []
    for paper in state.papers:
        done.append(_sign(workspace, state, paper, signers, now))
        if report:
            report(len(done), len(state.papers))
    return tuple(done)


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A signed paper: its file, and the findings that it closed."""

    row: Listed
    pdf: bytes
    closed: tuple[str, ...] = ()


def signed_files(workspace: Workspace, which: Sequence[str]) -> tuple[Signed, ...]:
    """Papers that were signed, in this order. Raises BadInput `notice-unknown`, Damaged `blob-damaged`."""
    with workspace.reading() as db:
        rows = [notices.one(db, one) for one in which]
        documents = [notices.document(db, row) for row in rows]
    return tuple(
        Signed(
            row=row,
            pdf=blobs.read(workspace, row.sheet),
            closed=document.closed if isinstance(document, Reinspection) else (),
        )
        for row, document in zip(rows, documents, strict=True)
    )


def verify(workspace: Workspace, which: str) -> Verdict:
    """What verification says of the stored file of a paper. About a second, in a child process. Raises BadInput
    `notice-unknown`, as `verification.in_workspace`."""
    with workspace.reading() as db:
        sheet = notices.one(db, which).sheet
    return verification.in_workspace(workspace, blobs.path(workspace, sheet))


def _sign(
    workspace: Workspace, state: Standing, paper: Paper, signers: Sequence[Unlocked], now: datetime
) -> Listed:
    also = partial(rounds.signed_off, which=state.walk.id, done=paper.findings)
    if isinstance(paper.document, Handover):
        return handovers.issue(workspace, paper.document, signers[0], now=now, also=also)
    assert paper.document is not None  # a paper without stops has one
    looks = [_look(line) for line in state.lines if line.finding.id in paper.findings]
    return reinspections.issue(workspace, paper.document, looks, signers, now=now, also=also)


def _paper(
    workspace: Workspace,
    walk: Round,
    unit: str,
    group: Sequence[Line],
    everybody: Sequence[Person],
    now: datetime,
) -> tuple[Round, Paper]:
    stops = [stop for line in group for stop in _stops(workspace, walk, line, everybody, now)]
    said = _said(walk, group)
    side = walk.side(unit)
    document = None
    try:
        with workspace.reading() as db:
            known = Known(db)
            to, code = known.named(known.addressee(group[0].finding)), known.code(group[0].finding)
        if said and (side is None or side.device != workspace.device.id):
            side = _numbered(workspace, side, unit, code, now)
            walk = rounds.keep_side(workspace, walk.id, side)
        if said and side is not None:
            document = _composed(workspace, walk, side, said, everybody, now)
    except (BadInput, Refused) as error:
        to = Named(id=unit, name=group[0].unit)
        stops.append(Stop(error))
    received = side.received if side else None
    void = bool(document and side and received and side.shown != shown(document))
    if document is not None:
        bodies = paperwork.bodies(workspace)
        found = notice_rules.faults(document, bodies=bodies)
        nobody = received is None and "doc-nobody-received" not in found
        stops += [Stop(Refused(key)) for key in (*found, *(("doc-nobody-received",) if nobody else ()))]
    if void:
        stops.append(Stop(Refused("round-void", unit=to.name)))
    return walk, Paper(
        to=to,
        findings=tuple(line.finding.id for line in group),
        document=document,
        received=received,
        stops=tuple(stops),
        void=void,
    )


def _numbered(workspace: Workspace, side: Side | None, unit: str, code: str, now: datetime) -> Side:
    """The other side with a number of this device. What was done under another number was about another paper."""
    device = workspace.device.id
    number = paperwork.slip_number(workspace, code, now)
    entity = workspace.new_id("notice")
    if side is None:
        return Side(unit=unit, entity=entity, number=number, device=device)
    return msgspec.structs.replace(side, entity=entity, number=number, device=device)


def _said(walk: Round, group: Sequence[Line]) -> list[Line]:
    """What stands in a paper: of a re-inspection what has been judged."""
    return [line for line in group if walk.kind is Kind.HANDOVER or line.sighting.seen is not None]


def _composed(
    workspace: Workspace,
    walk: Round,
    side: Side,
    said: Sequence[Line],
    everybody: Sequence[Person],
    now: datetime,
) -> Handover | Reinspection:
    known = {one.id: one for one in everybody}
    slip = Slip(
        entity=side.entity,
        number=side.number,
        people=tuple(known[one] for one in walk.signers if one in known),
        team=walk.team,
        begin=datetime.fromisoformat(walk.begin),
        end=_end(walk, now),
        contact=walk.contact,
        received=side.received or Received(way=Way.RECEIPT, at=(walk.end or walk.begin)),
        made=now,
    )
    if walk.kind is Kind.HANDOVER:
        return handovers.compose(workspace, [line.finding.id for line in said], slip)
    return reinspections.compose(workspace, [_look(line) for line in said], slip)


def _stops(
    workspace: Workspace, walk: Round, line: Line, everybody: Sequence[Person], now: datetime
) -> list[Stop]:
    """What is in the way of saying this of a finding."""
    finding = line.finding
    try:
        if walk.kind is Kind.HANDOVER:
            leader = next((one for one in everybody if one.id in walk.signers[:1]), None)
            if leader is None:
                raise Refused("doc-no-leader")
            at = walk.end or walk.begin
            with workspace.reading() as db:
                handovers.check(Known(db), finding, leader, Received(way=Way.RECEIPT, at=at))
        elif line.sighting.seen is None:
            raise Refused("round-unseen", site=line.site, place=finding.place)
        else:
            by = walk.signers[0] if walk.signers else "nobody"
            reinspections.check(finding, _look(line), by=by, end=_end(walk, now))
    except (BadInput, Refused) as error:
        return [Stop(error, finding.id)]
    return []


def _look(line: Line) -> Look:
    report = line.finding.report
    return Look(
        finding=line.finding.id,
        seen=line.sighting.seen or Seen.FAIL,
        note=line.sighting.note,
        reported=report.measures if report else "",
        photos=line.after,
        time_limit=line.sighting.time_limit,
    )


def _end(walk: Round, now: datetime) -> datetime:
    return datetime.fromisoformat(walk.end) if walk.end else now
