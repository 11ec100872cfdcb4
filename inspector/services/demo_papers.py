"""The second half of the worked example: what the office makes of the week. One document of each kind, and findings
in every state, through the same services as everything else. What happens is data (resources/example/week.toml)."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from inspector.model.finding import Role, State
from inspector.model.inspection import Evidence, Stroke, TimeLimit
from inspector.model.notice import Contact, Received, Seen
from inspector.model.paper import Kind, Standing, Way
from inspector.model.request import Report, Subject
from inspector.model.words import TimeLimitKind
from inspector.photos import scenes
from inspector.services import (
    drafting,
    findings,
    handovers,
    issuing,
    moves,
    notices,
    numbers,
    people,
    photos,
    pressing,
    reinspections,
    requests,
    serving,
)
from inspector.services.drafts import stamp
from inspector.services.issuing import Issuer
from inspector.services.reinspections import Look, Visit
from inspector.store.workspace import Workspace

_MINUTE = timedelta(minutes=1)


class Office:
    """What the office does in the week, in the order in which it does it."""

    def __init__(
        self,
        workspace: Workspace,
        team: Sequence[people.Unlocked],
        week: Mapping[str, Any],
        rng: random.Random,
        sign: Callable[[random.Random], tuple[Stroke, ...]],
    ) -> None:
        self._workspace = workspace
        self._team = team
        self._name = week["team"]
        self._case = week["office"]
        self._contact = msgspec.convert(self._case["contact"], Contact)
        self._random = rng
        self._sign = sign

    def hand_over(self, site: str, at: datetime) -> None:
        """On the spot, where the case says so: 现场交办单."""
        if site == self._case["slip"]:
            which = [row.id for row in findings.every(self._workspace, site=site)]
            handovers.hand_over(
                self._workspace, which, self._team[0], self._taken(at), contact=self._contact, now=at
            )

    def notify(self, day: datetime) -> None:
        """The notices of the week's first day, late on the second: drafted, checked, issued; one of them void."""
        numbers.allot(self._workspace, prefix=self._case["prefix"], year=day.year, first=1, last=60, now=day)
        first = day.date() - timedelta(days=1)
        self._issue(self._drafted(first, day), day + 10 * _MINUTE)
        wrong = next(row for row in self._issued(Kind.NOTICE) if row.to.name == self._case["void"]["unit"])
        notices.void(
            self._workspace,
            wrong.id,
            reason=self._case["void"]["reason"],
            by=self._team[0].person,
            now=day + 20 * _MINUTE,
        )
        self._issue(self._drafted(first, day + 25 * _MINUTE), day + 30 * _MINUTE)

    def serve(self, at: datetime) -> None:
        """All that is issued, the next morning; one unit refuses before a witness."""
        for row in reversed(self._issued(Kind.NOTICE)):
            refuses = row.to.name == self._case["refusal"]["unit"]
            act = self._refused(at) if refuses else self._taken(at)
            serving.serve(self._workspace, [row.id], act, self._team[1], now=at)
            at += 4 * _MINUTE

    def hear(self, at: datetime) -> None:
        """What units say: one reports, one objects, one asks for more time."""
        act = moves.Act(by=self._team[0].person.id, now=at)
        said = msgspec.convert(self._case["report"], Report)
        shot = self._after(self._case["reported"], at)
        moves.report(self._workspace, self._look("reported"), act, said=said, shots=[shot.sha256])
        for subject in (Subject.OBJECTION, Subject.EXTENSION):
            case = self._case[subject.value]
            requests.ask(
                self._workspace,
                self._look(subject.value),
                act,
                subject,
                asked_by=case["asked_by"],
                reason=case["reason"],
                after=(at + timedelta(days=case["days"])).date().isoformat() if "days" in case else "",
            )

    def close(self, at: datetime) -> None:
        """The last afternoon: looked at again, pressed for, reopened, withdrawn, disputed; tomorrow's drafts."""
        disputed = self._look("disputed")
        looks = [self._passed(which, at) for which in ("passed", "reopened", "disputed")]
        failed = self._case["failed"]
        looks.append(
            Look(
                finding=self._finding(failed),
                seen=Seen.FAIL,
                note=failed["note"],
                photos=(self._seen(failed, at, put_right=False),),
                time_limit=TimeLimit(kind=TimeLimitKind.WORKDAY, n=2),
            )
        )
        reinspections.reinspect(
            self._workspace,
            looks,
            self._team[:2],
            Visit(team=self._name, begin=at - 40 * _MINUTE, end=at),
            self._taken(at + 5 * _MINUTE),
            contact=self._contact,
            now=at + 6 * _MINUTE,
        )
        self._press(at + 15 * _MINUTE)
        act = moves.Act(by=self._team[0].person.id, now=at + 40 * _MINUTE, role=Role.OFFICE, as_is=True)
        # Somebody who had not heard of the re-inspection withdraws what it closed.
        moves.withdraw(self._workspace, disputed, act, reason=self._case["disputed"]["reason"])
        moves.withdraw(
            self._workspace, self._look("withdrawn"), act, reason=self._case["withdrawn"]["reason"]
        )
        moves.reopen(self._workspace, self._look("reopened"), act, reason=self._case["reopened"]["reason"])
        second = at.date() - timedelta(days=3)
        self._drafted(second, at + 50 * _MINUTE, reviewed=2)

    def _drafted(self, day: date, at: datetime, reviewed: int = 99) -> tuple[str, ...]:
        planned = drafting.plan(
            self._workspace,
            first=day,
            last=day,
            handled_by=self._team[0].person,
            contact=self._contact,
            limit=TimeLimit(kind=TimeLimitKind.WORKDAY, n=3),
            now=at,
        )
        made = drafting.draft(self._workspace, planned, now=at)
        notices.review(self._workspace, made[:reviewed], self._team[1], now=at + 5 * _MINUTE)
        return made

    def _issue(self, which: Sequence[str], at: datetime) -> None:
        issuing.issue(self._workspace, which, Issuer(key=self._team[0]), now=at)

    def _issued(self, kind: Kind) -> list[notices.Row]:
        rows = notices.every(self._workspace)
        return [row for row in rows if row.kind is kind and row.standing is Standing.ISSUED]

    def _press(self, at: datetime) -> None:
        planned = pressing.plan(
            self._workspace,
            limit=TimeLimit(kind=TimeLimitKind.HOUR, n=24),
            handled_by=self._team[0].person,
            contact=self._contact,
            leader=self._case["leader"],
            now=at,
        )
        made = pressing.draft(self._workspace, planned[:1], now=at)
        notices.review(self._workspace, made, self._team[1], now=at)
        self._issue(made, at + 5 * _MINUTE)
        (row,) = self._issued(Kind.PRESS)
        serving.serve(
            self._workspace, [row.id], self._taken(at + 10 * _MINUTE), self._team[1], now=at + 10 * _MINUTE
        )

    def _taken(self, at: datetime) -> Received:
        receiver = msgspec.convert(self._case["receiver"] | {"way": Way.RECEIPT, "at": stamp(at)}, Received)
        return msgspec.structs.replace(receiver, strokes=self._sign(self._random))

    def _refused(self, at: datetime) -> Received:
        case = {name: text for name, text in self._case["refusal"].items() if name != "unit"}
        return msgspec.convert(case | {"way": Way.REFUSED, "at": stamp(at)}, Received)

    def _finding(self, case: Mapping[str, Any]) -> str:
        rows = findings.every(self._workspace, site=case["site"])
        return next(row.id for row in rows if row.item == case["item"] and row.state is not State.PASSED)

    def _look(self, which: str) -> tuple[moves.Seen, ...]:
        case = self._case[which]
        rows = findings.every(self._workspace, site=case["site"])
        return moves.look(self._workspace, [row.id for row in rows if row.item == case["item"]])

    def _passed(self, which: str, at: datetime) -> Look:
        case = self._case[which]
        return Look(
            finding=self._finding(case),
            seen=Seen.PASS,
            note=self._case["passed"]["note"],
            photos=(self._after(case, at),),
        )

    def _after(self, case: Mapping[str, Any], at: datetime) -> Evidence:
        return self._seen(case, at, put_right=True)

    def _seen(self, case: Mapping[str, Any], at: datetime, *, put_right: bool) -> Evidence:
        """A generated scene of how it looks now."""
        taken = at - 10 * _MINUTE
        picture = scenes.scene(
            case["item"], seed=self._random.randrange(10**6), put_right=put_right, taken_at=taken
        )
        photo = photos.take_bytes(self._workspace, picture, name=f"IMG_{taken:%Y%m%d_%H%M%S}.jpg")
        with self._workspace.reading() as db:
            (evidence,) = moves.after(db, [photo.sha256])
        return evidence
