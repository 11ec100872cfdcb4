"""回头看: random re-checks of closed findings. What was drawn is recorded with its seed before anybody goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from inspector.ledger.record import Record
from inspector.model import lookback
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Move, Role, State, Step
from inspector.model.notice import Seen as Result
from inspector.model.round import Round
from inspector.services import findings as finding_service
from inspector.services import moves, rounds
from inspector.services.drafts import plain, stamp
from inspector.services.moves import Act, Change, Seen
from inspector.store import entities, findings, records
from inspector.store.findings import Row
from inspector.store.workspace import Workspace


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """A draw: `findings` out of `among` closed ones, by `seed`; by whom (a person's entity) and when (RFC 3339)."""

    id: str = ""
    seed: int
    among: int
    findings: tuple[str, ...]
    by: str
    at: str


def draw(workspace: Workspace, act: Act, *, seed: int, count: int, unit: str = "", street: str = "") -> Draw:
    """Draws closed findings, of all or of those that a unit answers for or that lie in a street; recorded when this
    returns. Raises BadInput `lookback-none`, and as `services.findings.every`."""
    closed = finding_service.every(workspace, states=[State.PASSED], unit=unit, street=street)
    if not closed:
        raise BadInput("lookback-none")
    chosen = lookback.drawn((row.id for row in closed), seed=seed, count=count)
    made = Draw(
        id=workspace.new_id("setting"),
        seed=seed,
        among=len(closed),
        findings=chosen,
        by=act.by,
        at=stamp(act.now),
    )
    said = {name: value for name, value in plain(made).items() if name != "id"}
    with workspace.transaction() as db:
        record = Record("setting", made.id, (), {"set": {"lookback": said}})
        records.append(db, workspace, (record,), person=act.by, wall=stamp(act.now))
    return made


def begin(workspace: Workspace, *, by: str, seed: int, count: int, unit: str = "", now: datetime) -> Round:
    """Draws, and begins the round of what was drawn; `by` draws and looks. Raises like `draw`."""
    drawn = draw(workspace, Act(by=by, now=now, role=Role.INSPECTOR), seed=seed, count=count, unit=unit)
    walk = rounds.begin(workspace, drawn.findings, now=now, of=drawn.id)
    return rounds.set_signers(workspace, walk.id, [by])


def every(workspace: Workspace) -> list[Draw]:
    """All draws, the latest first."""
    with workspace.reading() as db:
        settings = entities.shown_of(db, "setting")
    found = []
    for entity, shown in settings.items():
        try:
            found.append(msgspec.convert({**shown["lookback"], "id": entity}, Draw))
        except (KeyError, TypeError, msgspec.ValidationError):
            continue  # another setting, or one of another program
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def finish(workspace: Workspace, which: str, *, now: datetime) -> int:
    """What was seen in a round of a draw, as one batch: what still holds is noted, what is back is reopened (反弹); how
    many those are. The round ends. One that was reopened elsewhere meanwhile is left as it is.
    Raises BadInput `round-unknown`, Refused `round-unseen`, what `moves.keep` raises."""
    walk = rounds.one(workspace, which)
    act = Act(by=walk.signers[0] if walk.signers else "", now=now, role=Role.INSPECTOR)
    seen, changes = [], {}
    with workspace.reading() as db:
        for sighting in walk.sightings:
            row = findings.one(db, sighting.finding)
            if row.state is not State.PASSED:
                continue
            if sighting.lacks(closed=True):
                raise Refused("round-unseen", site="", place=row.place)
            evidence = moves.after(db, sighting.photos)
            said = {"by": act.by, "at": stamp(now), "note": sighting.note, "photos": plain(evidence)}
            back = Step(
                move=Move.REOPEN,
                by=act.by,
                at=stamp(now),
                photos=sighting.photos,
                reason=sighting.note,
            )
            holds = sighting.seen is Result.PASS
            changes[row.id] = Change(
                step=None if holds else back,
                fields={"looked_back": said} if holds else {"looked_back": said, **moves.NEW_LIMIT},
                blobs=moves.blobs_of(evidence),
            )
            seen.append(Seen(finding=row.id, heads=findings.heads(db, row.id)))
    if seen:
        moves.keep(workspace, seen, act, lambda row: changes[row.id])
    rounds.discard(workspace, which)
    return sum(change.step is not None for change in changes.values())


def held(
    workspace: Workspace, seen: Sequence[Seen], act: Act, *, shots: Sequence[str] = (), note: str = ""
) -> None:
    """Looked at again, and still in order; what is back is reopened instead (`moves.reopen`).
    Raises Refused `lookback-not-closed`, BadInput `photo-unknown`."""
    with workspace.reading() as db:
        evidence = moves.after(db, shots)
    said: dict[str, Any] = {"by": act.by, "at": stamp(act.now), "note": note, "photos": plain(evidence)}

    def change(row: Row) -> Change:
        if row.state is not State.PASSED:
            raise Refused("lookback-not-closed", finding=row.id)
        return Change(fields={"looked_back": said}, blobs=moves.blobs_of(evidence))

    moves.keep(workspace, seen, act, change)
