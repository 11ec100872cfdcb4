"""What can be done to findings now, what it would do, and doing it: the one door for screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

import msgspec

from inspector.model.deed import TERMS, Case, Deed, Said
from inspector.model.errors import BadInput, Refused
from inspector.model.request import Report, Ruling
from inspector.services import moves, requests, scans
from inspector.services.moves import Act, Change, Seen
from inspector.store import findings, notices, units
from inspector.store.findings import Row
from inspector.store.workspace import Workspace


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one lead unit (an entity; empty: nobody) in a preview: how many, and what it is called."""

    unit: str
    label: str
    count: int


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What an act on several findings would do: `ready` can be done, `groups` by lead unit, the most first; `refused`
    cannot, and why. Nothing is written."""

    ready: tuple[Seen, ...]
    groups: tuple[Group, ...]
    refused: Mapping[str, Refused]


def case_of(row: Row, *, noticed: bool) -> Case:
    """What decides about deeds; `noticed`: a live notice speaks for it."""
    asked = {"objection": row.objection, "transfer": row.transfer, "extension": row.extension}
    return Case(
        state=row.state,
        waits=frozenset(
            terms.subject
            for terms in TERMS.values()
            if terms.subject and (request := asked[terms.subject.value]) is not None and request.open
        ),
        dated=bool(row.due),
        limit_free=not noticed and moves.limit_free(row),
    )


def cases(workspace: Workspace, which: Sequence[str]) -> tuple[tuple[Seen, ...], tuple[Case, ...]]:
    """Findings as they stand now, for an act on all of them. Raises BadInput `finding-unknown`."""
    seen = moves.look(workspace, which)
    with workspace.reading() as db:
        noticed = notices.by_finding(db, notices.every(db))
        rows = [findings.one(db, one.finding) for one in seen]
    return seen, tuple(case_of(row, noticed=row.id in noticed) for row in rows)


def do(workspace: Workspace, seen: Sequence[Seen], deed: Deed, act: Act, said: Said) -> None:
    """Do it to all of these findings or to none: one batch, on the disk when this returns.
    Raises what the deed's own function raises; BadInput `time-invalid`."""
    subject = TERMS[deed].subject
    if deed in (Deed.TELL, Deed.LIMIT):
        moves.keep(workspace, seen, act, _change(workspace, deed, act, said))
    elif deed is Deed.ANSWER:
        told = Report(
            measures=said.reason.strip(), person=said.person, finished=said.finished, source=said.way.strip()
        )
        moves.report(workspace, seen, act, said=told, shots=said.photos, document=said.document.strip())
    elif deed in (Deed.PASS, Deed.FAIL):
        moves.judge(
            workspace,
            seen,
            act,
            passed=deed is Deed.PASS,
            shots=said.photos,
            note=said.reason.strip(),
            limit=said.limit,
        )
    elif deed in (Deed.RULE_OBJECTION, Deed.RULE_TRANSFER, Deed.RULE_EXTENSION):
        assert subject is not None
        ruling = said.ruling or Ruling.OPEN
        requests.settle(
            workspace, seen, act, subject, ruling, answer=said.reply.strip(), changes=said.changes
        )
    elif deed in (Deed.OBJECT, Deed.TRANSFER, Deed.EXTEND):
        assert subject is not None
        request = requests.grant if said.agreed else requests.ask
        request(
            workspace,
            seen,
            act,
            subject,
            asked_by=said.asked_by.strip(),
            reason=said.reason.strip(),
            after=said.unit or said.due,
        )
    elif deed is Deed.DUPLICATE:
        kept = moves.look(workspace, [said.other])[0].finding
        moves.duplicate(workspace, seen, act, of=kept, reason=said.reason.strip())
    elif deed is Deed.WITHDRAW:
        moves.withdraw(workspace, seen, act, reason=said.reason.strip())
    elif deed is Deed.REOPEN:
        moves.reopen(workspace, seen, act, reason=said.reason.strip(), shots=said.photos)
    else:
        scan = scans.keep(workspace, Path(said.scan))
        name = Path(said.scan).name
        moves.attach(
            workspace, seen, act, scan=(scan.sha256, scan.bytes), name=name, note=said.reason.strip()
        )


def preview(workspace: Workspace, seen: Sequence[Seen], deed: Deed, act: Act, said: Said) -> Preview:
    """What handing over (TELL) or a new limit (LIMIT) would do to each of these findings. Raises as `do`, but for what
    refuses a finding."""
    refused = moves.refusals(workspace, seen, act, _change(workspace, deed, act, said))
    ready = tuple(one for one in seen if one.finding not in refused)
    with workspace.reading() as db:
        return Preview(ready=ready, groups=groups(db, [one.finding for one in ready]), refused=refused)


def groups(db: Connection, which: Sequence[str]) -> tuple[Group, ...]:
    """How many of these findings each unit leads, the most first."""
    counts = Counter(findings.one(db, one).lead_unit for one in which)
    labels = {unit.id: unit.label for unit in units.every(db)}
    return tuple(
        Group(unit=unit, label=labels.get(unit, ""), count=count)
        for unit, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def by_unit(workspace: Workspace, which: Sequence[str]) -> tuple[Group, ...]:
    """The same for ids. Raises BadInput `finding-unknown`."""
    with workspace.reading() as db:
        return groups(db, which)


def _change(workspace: Workspace, deed: Deed, act: Act, said: Said) -> Callable[[Row], Change]:
    if deed is Deed.TELL:
        at = _instant(said.at) if said.at else act.now
        return moves.handing(act, to=said.to, way=said.way.strip(), at=at, note=said.reason.strip())
    if said.limit is None:
        raise Refused("limit-missing")
    return moves.limiting(workspace, said.limit)


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise BadInput("time-invalid", text=text) from error
