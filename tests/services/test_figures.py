"""Figures of the desk: what counts as due, in time, late, overdue; coverage of a round; ranking once it is on."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.ledger.record import Record
from inspector.model.errors import InspectorError
from inspector.services import coverage, figures
from inspector.services import settings as office_settings
from inspector.services.figures import Period
from inspector.store import records
from inspector.store.workspace import Workspace
from tests.county import NOW, County

OCTOBER = Period(first=date(2026, 10, 1), last=date(2026, 10, 31))
AT = datetime(2026, 10, 20, 12, 0, tzinfo=timezone(timedelta(hours=8)))
UNITS = {"住建局": ("政府机构", 1), "城管局": ("政府机构", 2), "城关街道": ("街道", 3)}


def write(workspace: Workspace, *said: Record) -> str:
    with workspace.transaction() as db:
        return records.append(db, workspace, said, person=None, wall=AT.isoformat()).hash


def units(workspace: Workspace) -> None:
    write(
        workspace,
        *(
            Record("unit", f"unit:{name}", (), {"set": {"name": name, "type": kind, "order": order}})
            for name, (kind, order) in UNITS.items()
        ),
        Record("site", "site:A", (), {"set": {"name": "甲路", "kind": "道路", "street": "unit:城关街道"}}),
    )


def found(
    workspace: Workspace,
    n: int,
    *,
    unit: str = "住建局",
    on: str = "2026-10-05T09:00:00+08:00",
    due: str = "2026-10-10",
    closed: str = "",
    moves: tuple[dict[str, Any], ...] = (),
    **given: Any,
) -> None:
    """A finding, closed at `closed` unless that is empty, after `moves`."""
    entity = f"finding:{n}"
    said = {"lead_unit": f"unit:{unit}", "site": "site:A", "found_on": on, "due": due, **given}
    batch = write(workspace, Record("finding", entity, (), {"set": said}))
    steps = [*moves, *([{"move": "pass", "at": closed}] if closed else [])]
    if steps:
        write(workspace, Record("finding", entity, (batch,), {"moves": steps}))


def total(workspace: Workspace, at: datetime = AT, period: Period = OCTOBER) -> dict[str, int]:
    one = figures.of(workspace, period, at=at).total
    names = ("found", "due", "in_time", "late", "overdue", "reopened")
    return {name: getattr(one, name) for name in names if getattr(one, name)}


@pytest.mark.parametrize(
    ("case", "counted"),
    [
        ({}, {"found": 1, "due": 1, "overdue": 1}),
        ({"closed": "2026-10-10T23:00:00+08:00"}, {"found": 1, "due": 1, "in_time": 1}),
        ({"closed": "2026-10-11T00:10:00+08:00"}, {"found": 1, "due": 1, "late": 1}),
        ({"due": "2026-10-20"}, {"found": 1}),
        ({"due": "2026-10-25", "closed": "2026-10-12"}, {"found": 1, "due": 1, "in_time": 1}),
        ({"due": "2026-10-20T11:59:00+08:00"}, {"found": 1, "due": 1, "overdue": 1}),
        ({"due": "2026-10-20T12:01:00+08:00"}, {"found": 1}),
        (
            {"due": "2026-10-08T10:00:00+08:00", "closed": "2026-10-08T02:30:00+00:00"},
            {"found": 1, "due": 1, "late": 1},
        ),
        ({"due": ""}, {"found": 1}),
        (
            {"due": "", "fixed_on_spot": True, "closed": "2026-10-05T09:20:00+08:00"},
            {"found": 1, "due": 1, "in_time": 1},
        ),
        ({"objection": {"state": "open"}}, {"found": 1}),
        ({"on": "2026-09-20T09:00:00+08:00"}, {"due": 1, "overdue": 1}),
        ({"on": "2026-09-20T09:00:00+08:00", "due": "2026-09-28"}, {}),
        ({"moves": ({"move": "withdraw", "at": "2026-10-06"},)}, {}),
        (
            {"moves": ({"move": "pass", "at": "2026-10-08"}, {"move": "reopen", "at": "2026-10-09"})},
            {"found": 1, "due": 1, "overdue": 1, "reopened": 1},
        ),
    ],
)
def test_what_a_finding_counts_for(case, counted, workspace):
    units(workspace)
    found(workspace, 1, **case)
    assert total(workspace) == counted


def test_units_and_streets_are_in_official_order_and_a_joined_unit_counts_with_the_other(workspace):
    units(workspace)
    write(
        workspace,
        Record("unit", "unit:老城管局", (), {"set": {"name": "老城管局", "merged_into": "unit:城管局"}}),
    )
    for n, unit in enumerate(("城管局", "老城管局", "住建局"), 1):
        found(workspace, n, unit=unit)
    seen = figures.of(workspace, OCTOBER, at=AT)
    assert [(one.name, one.found) for one in seen.units] == [("住建局", 1), ("城管局", 2)]
    assert [(one.name, one.due) for one in seen.streets] == [("城关街道", 3)]


def test_nobody_is_ranked_until_the_office_switches_it_on(workspace):
    units(workspace)
    for n in range(3):
        found(workspace, n, closed="2026-10-09" if n else "")
    with pytest.raises(InspectorError) as refused:
        figures.ranked(workspace, OCTOBER, at=AT)
    assert refused.value.key == "ranking-off"
    office_settings.put(workspace, "ranking.on", "on", now=NOW)
    (group,) = figures.ranked(workspace, OCTOBER, at=AT).groups
    assert [(one.place, one.tally.tenths) for one in group.places] == [(None, 667)]
    office_settings.put(workspace, "ranking.least", "3", now=NOW)
    (group,) = figures.ranked(workspace, OCTOBER, at=AT).groups
    assert [(one.place, one.moved) for one in group.places] == [(1, None)]


days = st.integers(1, 31).map(lambda day: f"2026-10-{day:02}")
cases = st.lists(
    st.fixed_dictionaries(
        {"unit": st.sampled_from(sorted(UNITS)), "due": days, "closed": st.one_of(st.just(""), days)}
    ),
    max_size=8,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(cases=cases, today=st.integers(1, 31))
def test_the_database_counts_what_a_plain_loop_counts(cases, today, tmp_path_factory):
    from inspector.services import workspaces

    at = datetime(2026, 10, today, 12, tzinfo=AT.tzinfo)
    with workspaces.create(tmp_path_factory.mktemp("f") / "w", ledger=workspaces.DEMO) as workspace:
        units(workspace)
        for n, case in enumerate(cases):
            found(workspace, n, **case)
        seen = {one.name: one for one in figures.of(workspace, OCTOBER, at=at).units}
    for unit in {case["unit"] for case in cases}:
        mine = [case for case in cases if case["unit"] == unit]
        closed = [case for case in mine if case["closed"]]
        late = [case for case in mine if not case["closed"] and case["due"] < at.date().isoformat()]
        in_time = [case for case in closed if case["closed"] <= case["due"]]
        got = seen[unit]
        assert (got.due, got.in_time, got.overdue) == (len(closed) + len(late), len(in_time), len(late))


def test_a_round_says_which_sites_are_due_the_longest_unseen_first(county: County):
    before = coverage.of(county.workspace, now=NOW)
    assert before.inspected == 0
    assert before.sites == len(before.due) == sum(part.sites for part in before.kinds)
    county.signed(county.passed("GC-001"))
    county.signed(county.passed("GC-002", at=NOW + timedelta(days=1)), at=NOW + timedelta(days=1))
    later = NOW + timedelta(days=2)
    assert coverage.of(county.workspace, now=later).inspected == 2
    office_settings.put(county.workspace, "round.from", str((NOW + timedelta(days=1)).date()), now=later)
    seen = coverage.of(county.workspace, now=later)
    assert seen.inspected == 1
    assert seen.due[0].last == ""
    assert (seen.due[-1].code, bool(seen.due[-1].last)) == ("GC-001", True)
    toilets = next(part for part in seen.kinds if part.inspected)
    assert (toilets.name, toilets.inspected) == ("公共厕所", 1)


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("round.from", "31.10.2026", "setting-invalid"),
        ("ranking.on", "yes", "setting-invalid"),
        ("ranking.least", "0", "setting-invalid"),
        ("round.name", "=1+1", "setting-invalid"),
        ("weather", "1", "setting-unknown"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(name, text, key, workspace):
    with pytest.raises(InspectorError) as refused:
        office_settings.put(workspace, name, text, now=NOW)
    assert refused.value.key == key


def test_settings_are_read_back_as_they_were_typed_and_the_same_again_writes_nothing(workspace):
    typed = {
        "round.name": "第三轮",
        "round.from": "2026-10-01",
        "ranking.on": "on",
        "ranking.least": "5",
        "ranking.target": "95",
    }
    for name, text in typed.items():
        for _ in range(2):
            office_settings.put(workspace, name, text, now=NOW)
    assert {one.name: one.value for one in office_settings.every(workspace)} == typed
    with workspace.reading() as db:
        assert db.execute("SELECT count(*) FROM batch").fetchone() == (len(typed),)
