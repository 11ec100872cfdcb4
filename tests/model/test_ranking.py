"""Ranking: the formula, ties, units with too few findings, peer groups; by example and by properties."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inspector.model.ranking import LEAST, Tally, ranked, rate


def tally(name: str, in_time: int, due: int, **given: object) -> Tally:
    return Tally(id=f"unit:{name}", name=name, due=due, in_time=in_time, **given)  # type: ignore[arg-type]


def places(*tallies: Tally, **given: object) -> list[tuple[int | None, str]]:
    (group,) = ranked(tallies, **given)  # type: ignore[arg-type]
    return [(one.place, one.tally.name) for one in group.places]


def test_equal_rates_share_a_place_and_the_next_one_is_left_out():
    found = places(
        tally("甲", 10, 20, order=1),
        tally("乙", 19, 20, order=2),
        tally("丙", 5, 10, order=3),
        tally("丁", 1, 10, order=4),
    )
    assert found == [(1, "乙"), (2, "甲"), (2, "丙"), (4, "丁")]


def test_a_unit_with_too_few_due_findings_is_not_ranked_however_good_it_is():
    assert places(tally("甲", 9, 9), tally("乙", 1, 10)) == [(1, "乙"), (None, "甲")]
    assert places(tally("甲", 9, 9), tally("乙", 1, 10), least=9) == [(1, "甲"), (2, "乙")]
    assert places(tally("甲", 0, 0), least=0) == [(None, "甲")]


def test_departments_and_streets_are_ranked_apart():
    groups = ranked(
        [
            tally("住建局", 10, 20, group="部门", order=1),
            tally("城关街道", 20, 20, group="街道", order=2),
            tally("水利局", 15, 20, group="部门", order=3),
        ]
    )
    assert [(group.name, [one.tally.name for one in group.places]) for group in groups] == [
        ("部门", ["水利局", "住建局"]),
        ("街道", ["城关街道"]),
    ]


def test_a_unit_that_had_a_place_before_rose_or_fell():
    before = [tally("甲", 20, 20), tally("乙", 10, 20)]
    (group,) = ranked([tally("甲", 10, 20), tally("乙", 20, 20), tally("丙", 5, 20)], before=before)
    assert [(one.tally.name, one.moved) for one in group.places] == [("乙", 1), ("甲", -1), ("丙", None)]


def test_a_rate_is_rounded_half_up_to_a_tenth():
    assert (rate(1, 3), rate(2, 3), rate(0, 0), rate(1, 2000), rate(20, 20)) == (333, 667, None, 1, 1000)


tallies = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["部门", "街道"])).map(
        lambda one: (min(one[0], one[1]), one[1], one[2])
    ),
    max_size=12,
).map(
    lambda rows: [
        tally(str(n), in_time, due, group=group, order=n) for n, (in_time, due, group) in enumerate(rows)
    ]
)


@given(tallies=tallies, random=st.randoms())
def test_the_order_in_which_units_are_given_does_not_matter(tallies, random):
    assert ranked(random.sample(tallies, len(tallies))) == ranked(tallies)


@given(tallies=tallies)
def test_a_better_place_is_never_a_lower_rate_and_equal_rates_are_never_apart(tallies):
    for group in ranked(tallies):
        for one in group.places:
            assert (one.place is None) == (one.tally.due < LEAST)
            for other in group.places:
                if one.place is not None and other.place is not None:
                    mine = Fraction(one.tally.in_time, one.tally.due)
                    theirs = Fraction(other.tally.in_time, other.tally.due)
                    assert (one.place < other.place) == (mine > theirs)


@given(tallies=tallies)
def test_everybody_is_listed_once_and_a_place_counts_those_before(tallies):
    listed = [one for group in ranked(tallies) for one in group.places]
    assert sorted(one.tally.id for one in listed) == sorted(one.id for one in tallies)
    for group in ranked(tallies):
        for one in group.places:
            if one.place is not None:
                mine = Fraction(one.tally.in_time, one.tally.due)
                better = sum(
                    other.place is not None and Fraction(other.tally.in_time, other.tally.due) > mine
                    for other in group.places
                )
                assert one.place == better + 1
