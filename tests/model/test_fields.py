from __future__ import annotations

import itertools
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.record import Batch
from inspector.model.fields import Fact, Fields, fields, history, joined
from inspector.model.finding import life
from tests.histories import histories, oracle


def fact(batch: str, *parents: str, instant: int = 0, known: bool = True, **values: object) -> Fact:
    return Fact(batch=batch, parents=parents, instant=instant, known=known, set=values)


def meaning(*facts: Fact) -> Fields:
    """What the facts mean, in every order of arrival: it must be one and the same."""
    answers = [fields(history(order)) for order in itertools.permutations(facts)]
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


def test_the_last_word_of_somebody_who_knew_the_others_is_the_value() -> None:
    read = meaning(fact("a", instant=9, name="旧"), fact("b", "a", instant=1, name="新"))
    assert read.shown == {"name": "新"}
    assert read.conflicts == {}


def test_two_who_did_not_know_of_each_other_are_both_shown() -> None:
    read = meaning(
        fact("a", name="甲"), fact("b", "a", instant=5, name="乙"), fact("c", "a", instant=7, name="丙")
    )
    assert read.shown == {"name": "丙"}
    assert read.conflicts == {"name": ["丙", "乙"]}


def test_the_same_word_twice_is_no_disagreement() -> None:
    read = meaning(fact("a", "r", name="甲"), fact("r"), fact("b", "r", name="甲"))
    assert read.conflicts == {}


def test_who_sets_the_field_with_both_in_sight_settles_it() -> None:
    both = (fact("a", name="甲"), fact("b", name="乙"))
    settled = meaning(*both, fact("c", "a", "b", name="乙"))
    assert settled.shown == {"name": "乙"}
    assert settled.conflicts == {}
    assert meaning(*both, fact("c", "a", "b", code="GJ-1")).conflicts == {"name": ["乙", "甲"]}


def test_at_the_same_instant_the_greater_batch_hash_is_shown() -> None:
    assert meaning(fact("a", name="甲"), fact("b", name="乙")).shown == {"name": "乙"}


def test_fields_of_one_record_are_judged_one_by_one() -> None:
    read = meaning(fact("a", name="甲", code="1"), fact("b", "a", name="乙"), fact("c", "a", code="2"))
    assert read.shown == {"name": "乙", "code": "2"}
    assert read.conflicts == {}


def test_a_record_waits_for_its_ancestors_and_counts_when_they_come() -> None:
    late = fact("b", "a", name="新")
    alone = history([late, fact("c", "b", name="更新")])
    assert alone.waiting == ("b", "c")
    assert fields(alone).shown == {}
    assert fields(history([late, fact("a", name="旧")])).shown == {"name": "新"}


def test_a_record_of_a_later_version_counts_for_ancestry_and_sets_nothing() -> None:
    past = history([fact("a", name="甲"), fact("x", "a", known=False, name="?"), fact("b", "x", name="乙")])
    assert past.read_only
    assert past.heads == ("b",)
    assert fields(past).shown == {"name": "乙"}


def test_heads_are_the_records_that_nobody_built_upon() -> None:
    past = history([fact("a"), fact("b", "a"), fact("c", "a"), fact("d", "b")])
    assert past.heads == ("c", "d")


def test_duplicates_are_joined_where_the_chain_ends() -> None:
    assert joined("a", {"a": "b", "b": "c"}) == "c"
    assert joined("x", {"a": "b"}) == "x"


@pytest.mark.parametrize("start", ["a", "b"])
def test_a_circle_of_duplicates_joins_nothing(start: str) -> None:
    assert joined(start, {"a": "b", "b": "a"}) == start


def test_what_leads_into_a_circle_ends_where_it_enters() -> None:
    assert joined("x", {"x": "a", "a": "b", "b": "a"}) == "a"


def read_by_us(batches: list[Batch]) -> dict[str, object]:
    """The meaning of batches, in the shape of the reference."""
    facts: dict[str, list[Fact]] = {}
    for batch in batches:
        for record in batch.header.records:
            facts.setdefault(record.entity, []).append(record.fact(batch.hash, batch.instant))
    answer: dict[str, object] = {}
    for entity, own in facts.items():
        past = history(own)
        if not past.facts:
            continue
        value = fields(past)
        told: dict[str, object] = {"fields": value.shown, "conflicts": value.conflicts}
        if entity.startswith("finding:"):
            end = life(past)
            told |= {
                "outcome": end.outcome.value,
                "stage": end.stage.value if end.stage else None,
                "state": end.state.value,
                "void": [list(step) for step in end.void],
            }
        answer[entity] = told
    return answer


def sorted_conflicts(told: dict[str, object]) -> str:
    """The meaning as text. The reference sorts the values of a conflict by another spelling of JSON: sort them here."""
    plain = json.loads(json.dumps(told))
    for entity in plain.values():
        for name, values in entity["conflicts"].items():
            entity["conflicts"][name] = sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)


@given(
    batches=histories(),
    lost=st.sets(st.integers(0, 9), max_size=2),
    shuffled=st.randoms(use_true_random=False),
)
def test_any_set_of_batches_means_what_the_reference_says(
    batches: list[Batch], lost: set[int], shuffled: random.Random
) -> None:
    here = [batch for place, batch in enumerate(batches) if place not in lost]
    expected = oracle().meaning({batch.hash: json.loads(batch.header_bytes) for batch in here})
    shuffled.shuffle(here)
    assert sorted_conflicts(read_by_us(here)) == sorted_conflicts(expected)


@given(batches=histories(), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(batches: list[Batch], shuffled: random.Random) -> None:
    before = json.dumps(read_by_us(batches), sort_keys=True)
    other = batches[:]
    shuffled.shuffle(other)
    assert json.dumps(read_by_us(other), sort_keys=True) == before
