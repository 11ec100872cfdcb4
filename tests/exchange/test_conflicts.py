from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from inspector.model.errors import BadInput, Refused
from inspector.services import conflicts, copies, deciding
from inspector.services.conflicts import Kind, Waiting
from inspector.services.deciding import Choice
from inspector.store import blobs, entities, records
from tests.county import NOW as AT
from tests.county import County
from tests.exchange.desk import NOW, Laptop, own_form

SITE = "site:GJ-004"


@pytest.fixture
def disagreeing(pair: tuple[Laptop, Laptop], stick: Path) -> tuple[Laptop, Laptop]:
    """Two laptops that changed one site without knowing of each other, and met."""
    one, other = pair
    copies.name_device(other.workspace, "03 号机")
    one.write(SITE, name="南门口公厕", street="城关街道")
    meet(one, other, stick)
    one.write(SITE, name="南门公厕", street="城关街道", photos=(b"the board",))
    other.write(SITE, name="南门口公共厕所", street="城关街道")
    meet(one, other, stick)
    return one, other


def meet(one: Laptop, other: Laptop, stick: Path) -> None:
    for laptop in (one, other, one):
        laptop.sync(stick)


def test_both_sides_are_shown_until_a_person_decides(disagreeing: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = disagreeing
    (conflict,) = conflicts.every(one.workspace)
    assert (conflict.kind, conflict.entity, conflict.field) == (Kind.FIELD, SITE, "name")
    by_value = {side.value: side for side in conflict.sides}
    assert by_value.keys() == {"南门公厕", "南门口公共厕所"}
    assert conflict.sides[0].value == one.shown(SITE)["name"]
    assert by_value["南门口公共厕所"].device == "03 号机"
    (photo,) = by_value["南门公厕"].photos
    assert blobs.read(other.workspace, photo) == b"the board"
    deciding.choose(
        other.workspace, [Choice(SITE, by_value["南门公厕"].batch[:16])], now=NOW, reason="门牌如此"
    )
    meet(one, other, stick)
    for laptop in (one, other):
        assert conflicts.every(laptop.workspace) == []
        assert laptop.shown(SITE)["name"] == "南门公厕"


def test_of_two_fields_one_is_decided_and_a_decision_that_is_taken_back_asks_again_with_both_sides(
    disagreeing: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = disagreeing
    one.write(SITE, street="城关街道", community="东门社区")
    other.write(SITE, street="城东街道", community="东门社区")
    meet(one, other, stick)
    asked = conflicts.every(one.workspace)
    assert [found.field for found in asked] == ["name", "street"]
    mine = asked[1].sides[0]
    done = deciding.choose(one.workspace, [Choice(SITE, mine.batch, "street")], now=NOW)
    assert [found.field for found in conflicts.every(one.workspace)] == ["name"]
    deciding.take_back(one.workspace, done, now=NOW)
    meet(one, other, stick)
    for laptop in (one, other):
        (_, again) = conflicts.every(laptop.workspace)
        assert {(side.value, side.device, side.batch) for side in again.sides} == {
            (side.value, side.device, side.batch) for side in asked[1].sides
        }


def test_two_who_decide_differently_disagree_again(disagreeing: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = disagreeing
    (conflict,) = conflicts.every(one.workspace)
    for laptop, side in zip((one, other), conflict.sides, strict=True):
        deciding.choose(laptop.workspace, [Choice(SITE, side.batch)], now=NOW)
    meet(one, other, stick)
    assert [found.field for found in conflicts.every(one.workspace)] == ["name"]


def test_equal_values_are_no_conflict(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    for laptop in pair:
        laptop.write(SITE, name="南门口公厕")
    meet(one, other, stick)
    assert conflicts.every(one.workspace) == []


def test_what_is_shown_can_be_kept_for_a_whole_list(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    for number in range(5):
        for laptop, name in ((one, "甲"), (other, "乙")):
            laptop.write(f"site:GJ-{number}", name=name)
    one.write("unit:A", name="甲")
    other.write("unit:A", name="乙")
    meet(one, other, stick)
    before = [one.shown(f"site:GJ-{number}") for number in range(5)]
    assert conflicts.waiting(one.workspace) == Waiting(total=6, fields={"site": 5, "unit": 1})
    done = deciding.choose(one.workspace, deciding.shown(one.workspace, kind="site"), now=NOW)
    assert done.count == 5
    assert [found.entity for found in conflicts.every(one.workspace)] == ["unit:A"]
    meet(one, other, stick)
    assert [other.shown(f"site:GJ-{number}") for number in range(5)] == before


def test_a_side_that_is_none_and_a_conflict_that_is_none_are_refused(
    disagreeing: tuple[Laptop, Laptop],
) -> None:
    one, _ = disagreeing
    for entity, batch, key in (
        (SITE, "f" * 64, "conflict-side-unknown"),
        ("site:GJ-005", "", "entity-unknown"),
    ):
        with pytest.raises(BadInput) as refused:
            deciding.choose(one.workspace, [Choice(entity, batch)], now=NOW)
        assert refused.value.key == key
    deciding.choose(one.workspace, [Choice(SITE)], now=NOW)
    with pytest.raises(BadInput) as decided:
        deciding.choose(one.workspace, [Choice(SITE)], now=NOW)
    assert decided.value.key == "conflict-unknown"


def test_a_finding_that_two_people_closed_differently_is_disputed_with_both_sides(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    finding = "finding:AAAAAAAAAAAAAAAA"
    one.write(finding, place="东门")
    meet(one, other, stick)
    one.write(finding, moves=("pass",))
    other.write(finding, moves=("fail",))
    meet(one, other, stick)
    (conflict,) = conflicts.every(one.workspace)
    assert (conflict.kind, conflict.entity) == (Kind.DISPUTED, finding)
    assert sorted(side.value for side in conflict.sides) == [["fail"], ["pass"]]
    other.write(finding, moves=("pass",))
    meet(one, other, stick)
    assert conflicts.every(one.workspace) == []


def test_one_site_that_was_entered_twice_is_joined(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    one.write("site:A", name="南门口公厕")
    one.write("site:B", name="南门公厕")
    deciding.join(one.workspace, "site:B", "site:A", now=NOW)
    meet(one, other, stick)
    with other.workspace.reading() as db:
        assert entities.joined_to(db, "site:B") == "site:A"
    for entity, into, key in (
        ("site:A", "site:B", "join-with-itself"),
        ("site:A", "unit:C", "join-not-possible"),
        ("finding:A", "finding:B", "join-not-possible"),
    ):
        with pytest.raises(Refused) as refused:
            deciding.join(one.workspace, entity, into, now=NOW)
        assert refused.value.key == key


def test_one_site_inspected_twice_at_one_time_is_a_possible_duplicate_until_it_is_decided(
    county: County,
) -> None:
    first = county.signed(county.passed()).inspection
    second = county.signed(county.passed()).inspection
    (conflict,) = conflicts.every(county.workspace)
    assert conflict.kind is Kind.DUPLICATE
    assert {side.value for side in conflict.sides} == {first, second}
    with county.workspace.reading() as db:
        before = records.heads(db, first)
    done = deciding.mark_duplicate(county.workspace, [first], second, now=AT)
    assert conflicts.every(county.workspace) == []
    with county.workspace.reading() as db:
        assert records.heads(db, first) != before
    deciding.take_back(county.workspace, done, now=AT)
    assert [one.kind for one in conflicts.every(county.workspace)] == [Kind.DUPLICATE]


def test_visits_by_two_editions_of_one_form_and_of_joined_sites_may_be_duplicates_by_other_forms_not(
    county: County,
) -> None:
    def doubles() -> list[set[str]]:
        return [{side.value for side in one.sides} for one in conflicts.every(county.workspace)]

    first = county.signed(county.passed()).inspection
    own_form(county.workspace)
    second = county.signed(county.passed()).inspection
    assert doubles() == [{first, second}]
    deciding.keep_both(county.workspace, [first, second], now=AT)
    county.signed(county.passed(at=AT + timedelta(minutes=30)))
    assert doubles() == [], "one ends when the other begins"
    elsewhere = county.signed(county.passed("GC-002")).inspection
    deciding.join(county.workspace, "site:GC-002", "site:GC-001", now=AT)
    assert sorted(map(sorted, doubles())) == sorted([sorted([elsewhere, one]) for one in (first, second)])


def test_two_visits_that_overlap_may_both_count(county: County) -> None:
    first = county.signed(county.passed()).inspection
    second = county.signed(county.passed()).inspection
    deciding.keep_both(county.workspace, [first, second], now=AT)
    assert conflicts.every(county.workspace) == []
    with pytest.raises(BadInput):
        deciding.keep_both(county.workspace, ["inspection:NONE"], now=AT)
