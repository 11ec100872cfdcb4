"""Figures of any period are those that a plain loop over all findings counts, however the findings came to be what
they are: month cells, days at the edges, corrections, late arrivals, rebuilding."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.ledger.record import Record
from inspector.model.finding import State
from inspector.services import figures, workspaces
from inspector.services.figures import Period
from inspector.store import findings, projections, records
from inspector.store.workspace import Workspace
from tests.histories import LEDGER, Laptop

HERE = timezone(timedelta(hours=8))
BEGIN = date(2026, 1, 1)
DAYS = st.integers(0, 150).map(lambda n: BEGIN + timedelta(days=n))
TIMES = st.builds(
    lambda day, hour, offset: datetime(
        day.year, day.month, day.day, hour, tzinfo=timezone(timedelta(hours=offset))
    ).isoformat(),
    DAYS,
    st.integers(0, 23),
    st.sampled_from([-11, 0, 8, 14]),
)
SAID = st.one_of(DAYS.map(date.isoformat), TIMES, st.sampled_from(["", "2026-02-30", "morgen", "2026-03"]))
UNITS = st.sampled_from(["unit:甲", "unit:乙", ""])
SITES = st.sampled_from(["site:1", "site:2", "site:3"])


@st.composite
def lives(draw: st.DrawFn) -> list[list[dict[str, Any]]]:
    """For some findings what is recorded of them, one after another."""
    found = []
    for _ in range(draw(st.integers(1, 8))):
        steps: list[dict[str, Any]] = [
            {
                "set": {
                    "lead_unit": draw(UNITS),
                    "site": draw(SITES),
                    "found_on": draw(SAID),
                    "due": draw(SAID),
                    "fixed_on_spot": draw(st.booleans()),
                }
            }
        ]
        for _ in range(draw(st.integers(0, 3))):
            move = draw(st.sampled_from(["pass", "fail", "withdraw", "reopen", ""]))
            body: dict[str, Any] = {"moves": [{"move": move, "at": draw(SAID)}]} if move else {}
            if not move:
                state = draw(st.sampled_from(["open", "answered"]))
                body["set"] = {"lead_unit": draw(UNITS), "due": draw(SAID), "objection": {"state": state}}
            steps.append(body)
        found.append(steps)
    return found


def batches(told: list[list[dict[str, Any]]]) -> list[Any]:
    """Each record in a batch of its own, building on the one before or on none of this finding."""
    laptop, made = Laptop(3), []
    for number, steps in enumerate(told):
        parents: tuple[str, ...] = ()
        for body in steps:
            made.append(laptop.batch([Record("finding", f"finding:{number}", parents, body)]))
            parents = (made[-1].hash,)
    return made


def is_time(text: object) -> bool:
    try:
        return len(datetime.fromisoformat(str(text)).isoformat()) > 9 and len(str(text)) >= 10
    except ValueError:
        return False


def looped(workspace: Workspace, period: Period, at: datetime) -> Counter[str]:
    """What the total of a period must be, from the records and the rule of domain 整改率, one finding after another."""
    sums: Counter[str] = Counter()
    first, last = period.first.isoformat(), period.last.isoformat()
    for state, standing, said, told in every(workspace):
        if state is State.WITHDRAWN:
            continue
        closed = state is State.PASSED
        found_on, due = said["found_on"], said["due"]
        if is_time(found_on) and first <= found_on[:10] <= last:
            sums["found"] += 1
            sums["reopened"] += any(
                move["move"] == "reopen" and index not in one.void
                for one in told
                for index, move in enumerate(one.body.get("moves", ()))
            )
        ends = due if is_time(due) else ""
        if not due and closed and said["fixed_on_spot"] and is_time(found_on):
            ends = found_on[:10]
        if not ends or not first <= ends[:10] <= last:
            continue
        if not closed:
            waits = said.get("objection") == {"state": "open"}
            over = ends < at.date().isoformat() if len(ends) == 10 else datetime.fromisoformat(ends) < at
            sums["overdue"] += over and not waits
            sums["due"] += over and not waits
            continue
        sums["due"] += 1
        passes = [
            move["at"]
            for one in told
            for move in one.body.get("moves", ())
            if move["move"] == "pass" and one.batch in standing and is_time(move["at"])
        ]
        when = min(passes, default="")
        if not when or len(ends) == 10 or len(when) == 10:
            early = when[:10] <= ends[:10]
        else:
            early = datetime.fromisoformat(when) <= datetime.fromisoformat(ends)
        sums["in_time" if early else "late"] += 1
    return +sums


def every(workspace: Workspace) -> list[tuple[State, str, dict[str, Any], list[findings.Said]]]:
    """Of each finding its state, the batches that decided it, its fields, and what was recorded."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT finding.id, state, standing, shown FROM finding JOIN entity ON entity.id = finding.id"
        ).fetchall()
        return [
            (State(state), standing, json.loads(shown), findings.told(db, entity))
            for entity, state, standing, shown in rows
        ]


def total(workspace: Workspace, period: Period, at: datetime) -> Counter[str]:
    one = figures.of(workspace, period, at=at).total
    names = ("found", "due", "in_time", "late", "overdue", "reopened")
    return +Counter({name: getattr(one, name) for name in names})


def cells(workspace: Workspace) -> list[tuple[Any, ...]]:
    with workspace.reading() as db:
        return db.execute("SELECT * FROM tally").fetchall()


@settings(max_examples=15)
@given(
    told=lives(),
    periods=st.lists(st.tuples(DAYS, st.integers(0, 140)), min_size=1, max_size=4),
    today=st.integers(0, 200),
    random=st.randoms(use_true_random=False),
)
def test_figures_of_any_period_are_those_of_a_plain_loop(
    told: list[list[dict[str, Any]]],
    periods: list[tuple[date, int]],
    today: int,
    random: Any,
    tmp_path_factory: Any,
) -> None:
    at = datetime(2026, 1, 1, 12, tzinfo=HERE) + timedelta(days=today)
    arriving = batches(told)
    random.shuffle(arriving)
    with workspaces.create(tmp_path_factory.mktemp("desk") / "w", ledger=LEDGER) as workspace:
        while arriving:
            with workspace.transaction() as db:
                records.receive(db, [arriving.pop() for _ in range(min(len(arriving), 3))])
        for first, length in periods:
            period = Period(first=first, last=first + timedelta(days=length))
            assert total(workspace, period, at) == looped(workspace, period, at)
        kept = cells(workspace)
        with workspace.transaction() as db:
            projections.rebuild(db)
        assert cells(workspace) == kept
