"""问题 as a long list shows them: what is late comes first, time stops while the unit waits for an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspector.ledger.record import Record
from inspector.model.deed import Deed
from inspector.model.errors import BadInput, Refused
from inspector.model.finding import State
from inspector.model.next_step import Next
from inspector.model.search import words
from inspector.services import filters, finding_list, finding_page
from inspector.services.filters import Filter
from inspector.services.finding_list import Group, Listed, Wanted
from inspector.store import findings, records, units
from tests.county import NOW, County


@pytest.fixture
def found(county: County) -> tuple[str, ...]:
    """Four findings of one signed visit, one after the other."""
    draft = county.passed()
    items = [f"GC-{number:02}" for number in (3, 5, 7, 9)]
    for item in items:
        county.found(draft, item)
    county.signed(draft)
    listed = finding_list.every(county.workspace, now=NOW)
    return tuple(one.id for one in sorted(listed, key=lambda one: one.item))


def put(county: County, finding: str, **fields: object) -> None:
    """What a notice, or a unit, says of a finding."""
    with county.workspace.transaction() as db:
        record = Record("finding", finding, findings.heads(db, finding), {"set": fields})
        records.append(db, county.workspace, (record,), person=None, wall=NOW.isoformat())


def test_the_longest_late_comes_first_and_what_has_no_date_last(
    county: County, found: tuple[str, ...]
) -> None:
    for finding, days in zip(found, (3, -1, -5), strict=False):
        put(county, finding, due=(NOW.date() + timedelta(days=days)).isoformat())
    listed = finding_list.every(county.workspace, now=NOW)
    assert [one.id for one in listed] == [found[2], found[1], found[0], found[3]]
    assert [one.group for one in listed] == [Group.LATE, Group.LATE, Group.SOON, Group.NO_DUE]
    assert [one.left for one in listed] == [-5, -1, 3, None]


def test_the_third_group_ends_with_the_third_working_day(county: County, found: tuple[str, ...]) -> None:
    """Thursday 2026-11-26: the third working day after it is Tuesday, five days on."""
    thursday = NOW + timedelta(days=2)
    for finding, days in zip(found, (1, 5, 6), strict=False):
        put(county, finding, due=(thursday.date() + timedelta(days=days)).isoformat())
    seen = finding_list.overview(county.workspace, now=thursday)
    by_id = {one.id: one.group for one in seen.listed}
    assert [by_id[one] for one in found[:3]] == [Group.SOON, Group.SOON, Group.LATER]
    assert not seen.soon_estimated
    assert finding_list.overview(county.workspace, now=NOW.replace(year=2041)).soon_estimated


def test_the_first_ones_are_those_with_which_the_whole_list_begins(
    county: County, found: tuple[str, ...]
) -> None:
    for finding, days in zip(found, (3, -1, -5), strict=False):
        put(county, finding, due=(NOW.date() + timedelta(days=days)).isoformat())
    whole = finding_list.every(county.workspace, now=NOW)
    assert finding_list.first(county.workspace, now=NOW, most=2) == whole[:2]
    assert finding_list.first(county.workspace, now=NOW, most=9) == whole


def test_a_limit_in_hours_is_late_on_its_own_day(county: County, found: tuple[str, ...]) -> None:
    put(county, found[0], due=(NOW - timedelta(hours=1)).isoformat())
    put(county, found[1], due=(NOW + timedelta(hours=1)).isoformat())
    by_id = {one.id: one for one in finding_list.every(county.workspace, now=NOW)}
    assert (by_id[found[0]].group, by_id[found[0]].left) == (Group.LATE, -1)
    assert (by_id[found[1]].group, by_id[found[1]].left) == (Group.TODAY, 0)


def test_time_does_not_run_while_an_objection_waits(county: County, found: tuple[str, ...]) -> None:
    put(county, found[0], due="2026-11-01", objection={"state": "open", "reason": "不在管辖范围"})
    listed = finding_list.every(county.workspace, now=NOW)
    assert next(one for one in listed if one.id == found[0]).group is Group.TODAY


def test_closed_findings_are_listed_when_asked_for(county: County, found: tuple[str, ...]) -> None:
    with county.workspace.transaction() as db:
        move = {"move": "withdraw", "by": "person:A", "at": "2026-11-24", "reason": "重复"}
        record = Record("finding", found[0], findings.heads(db, found[0]), {"moves": [move]})
        records.append(db, county.workspace, (record,), person=None, wall=NOW.isoformat())
    assert found[0] not in [one.id for one in finding_list.every(county.workspace, now=NOW)]
    whole = finding_list.every(county.workspace, now=NOW, closed=True)
    assert (whole[-1].id, whole[-1].group, whole[-1].state) == (found[0], Group.CLOSED, State.WITHDRAWN)


def test_it_is_narrowed_by_words_unit_and_state(county: County, found: tuple[str, ...]) -> None:
    listed = finding_list.every(county.workspace, now=NOW)
    one = listed[0]

    def fitting(**wanted: object) -> list[Listed]:
        return finding_list.narrowed(listed, Wanted(**wanted)).listed

    assert one in fitting(query=words(f"{one.site} {one.item}"), unit=one.unit)
    assert not fitting(query=words("没有这个词"))
    assert not fitting(states=frozenset({State.REPORTED}))
    assert len(fitting(found_on=one.found_on[:10])) == len(found)
    assert [other.item for other in fitting(item="GC-05")] == ["GC-05"]
    assert len(fitting(item="GC")) == len(found)
    assert not fitting(item="G")
    assert not fitting(within=3)
    teams = finding_list.teams(county.workspace)
    assert set(teams.values()) == {"督查一组"}
    assert len(fitting(inspections=frozenset(teams))) == len(found)
    assert not fitting(inspections=frozenset())


def test_a_helping_unit_finds_what_it_helps_with(county: County, found: tuple[str, ...]) -> None:
    listed = finding_list.every(county.workspace, now=NOW)
    lead = next(one.unit for one in listed if one.id == found[0])
    with county.workspace.reading() as db:
        other = next(unit for unit in units.every(db) if unit.label != lead and not unit.party)
    put(county, found[0], helping_units=[other.id])
    listed = finding_list.every(county.workspace, now=NOW)
    fitting = finding_list.narrowed(listed, Wanted(unit=other.label)).listed
    assert [one.id for one in fitting] == [found[0]]


def test_a_date_in_a_year_without_known_holidays_is_marked(county: County, found: tuple[str, ...]) -> None:
    put(county, found[0], due="2041-01-03", due_estimated=True)
    by_id = {one.id: one for one in finding_list.every(county.workspace, now=NOW)}
    assert (by_id[found[0]].estimated, by_id[found[1]].estimated) == (True, False)


def test_each_group_says_where_it_begins_and_how_many_it_has(county: County, found: tuple[str, ...]) -> None:
    put(county, found[0], due="2026-11-01")
    listed = finding_list.every(county.workspace, now=NOW)
    assert finding_list.narrowed(listed, Wanted()).begins == ((0, 1), (1, 3))
    assert finding_list.narrowed(listed, Wanted(by_unit=True)).begins == ((0, 4),)


def test_a_page_names_its_sheet_its_people_and_its_place(county: County, found: tuple[str, ...]) -> None:
    page = finding_page.read(county.workspace, found[0], now=NOW)
    assert page.number.startswith("GC-001-")
    assert page.site_name
    assert page.events[0].fields["item"] == page.finding.item
    assert page.names[page.events[0].person] in ("检查员甲", "检查员乙")


def test_an_unknown_finding_is_refused(county: County) -> None:
    with pytest.raises(BadInput) as refused:
        finding_page.read(county.workspace, "finding:AAAAAAAAAAAAAAAA", now=NOW)
    assert refused.value.key == "finding-unknown"


def test_a_page_says_what_can_be_done_and_what_comes_next(county: County, found: tuple[str, ...]) -> None:
    page = finding_page.read(county.workspace, found[0], now=NOW)
    assert (page.next, page.finding.state) == (Next.SLIP, State.OPEN)
    assert {Deed.TELL, Deed.LIMIT, Deed.OBJECT} <= set(page.deeds)
    assert not {Deed.REOPEN, Deed.EXTEND, Deed.RULE_OBJECTION} & set(page.deeds)
    put(
        county,
        found[0],
        due="2026-11-20",
        objection={"state": "open", "reason": "不归我管", "asked_by": "住建局"},
    )
    page = finding_page.read(county.workspace, found[0], now=NOW)
    assert page.next is Next.RULE
    assert {Deed.RULE_OBJECTION, Deed.EXTEND} <= set(page.deeds)
    assert not {Deed.OBJECT, Deed.LIMIT} & set(page.deeds)


def test_a_filter_is_saved_renamed_forgotten_and_brought_back(county: County) -> None:
    filters.keep(county.workspace, " 我组逾期 ", Filter(team="督查一组", overdue=True))
    filters.rename(county.workspace, "我组逾期", "一组逾期")
    assert list(filters.every(county.workspace)) == ["一组逾期"]
    gone = filters.remove(county.workspace, "一组逾期")
    assert filters.every(county.workspace) == {}
    filters.keep(county.workspace, "一组逾期", gone)
    assert filters.one(county.workspace, "一组逾期") == Filter(team="督查一组", overdue=True)


def test_a_filter_has_a_name_of_its_own(county: County) -> None:
    for name in ("甲", "乙"):
        filters.keep(county.workspace, name, Filter())
    with pytest.raises(Refused) as taken:
        filters.rename(county.workspace, "甲", "乙")
    with pytest.raises(BadInput) as nameless:
        filters.keep(county.workspace, "  ", Filter())
    assert (taken.value.key, nameless.value.key) == ("filter-taken", "filter-nameless")
