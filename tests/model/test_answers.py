"""What an answer is worth: what a number proposes, what a person may decide, what a condition switches off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.answer import (
    Answer,
    Off,
    by_looking,
    check_answer,
    check_header,
    counted,
    decided,
    limit_value,
    off,
    proposal,
    rest_passes,
)
from inspector.model.draft import DraftFinding
from inspector.model.form import Item
from inspector.model.words import UncheckedReason, Verdict
from inspector.text import tell
from tests.model.small_form import DAY, FORM, NIGHT

LITTER, FENCE, LAMPS, BOARD, RIDE, LAWN, OTHER = FORM.items()
PASS, FAIL, UNCHECKED, NOT_APPLICABLE = Verdict


def found(item: Item, quantity: str = "", measure: str = "", *, fixed: bool = False) -> DraftFinding:
    return DraftFinding(
        id=f"finding:{item.code}{quantity}{measure}{fixed}",
        item=item.code,
        quantity=quantity,
        measure=measure,
        fixed_on_spot=fixed,
    )


def keys(
    item: Item, answer: Answer | None, header: dict[str, str] = NIGHT, count: int | None = None
) -> list[str]:
    problems = check_answer(item, header, answer, counted=count)
    assert all(tell(problem) for problem in problems)
    return [problem.key for problem in problems]


# What a number proposes


@pytest.mark.parametrize(
    ("item", "answer", "header", "proposed"),
    [
        (LITTER, Answer(count=0), DAY, PASS),
        (LITTER, Answer(count=1), DAY, FAIL),
        (LITTER, Answer(count=2), NIGHT, PASS),
        (LITTER, Answer(count=3), NIGHT, FAIL),
        (LITTER, Answer(count=3), {}, None),
        (LITTER, Answer(), DAY, None),
        (FENCE, Answer(value=105), DAY, PASS),
        (FENCE, Answer(value=104), DAY, FAIL),
        (LAMPS, Answer(numerator=49, denominator=50), NIGHT, PASS),
        (LAMPS, Answer(numerator=97, denominator=99), NIGHT, FAIL),
        (LAMPS, Answer(numerator=0, denominator=0), NIGHT, None),
        (LAMPS, Answer(denominator=50), NIGHT, None),
        (BOARD, Answer(option="完好"), DAY, PASS),
        (BOARD, Answer(option="破损"), DAY, FAIL),
        (BOARD, Answer(), DAY, None),
        (LAWN, Answer(verdict=FAIL), DAY, None),
        (OTHER, Answer(text="无"), DAY, None),
    ],
)
def test_a_number_or_an_option_proposes_the_verdict(item, answer, header, proposed):
    assert proposal(item, header, answer) is proposed


def test_a_limit_hangs_on_the_answer_of_a_header_item():
    limit = LITTER.limit
    assert limit is not None
    assert [limit_value(limit, header) for header in (DAY, NIGHT, {})] == [0, 2, None]


@given(numerator=st.integers(0, 10**9), denominator=st.integers(1, 10**9))
def test_a_ratio_is_compared_without_rounding(numerator, denominator):
    passes = proposal(LAMPS, NIGHT, Answer(numerator=numerator, denominator=denominator)) is PASS
    assert passes is (numerator * 100 >= 98 * denominator)


def test_findings_make_the_count_that_nobody_typed():
    five = found(LITTER, "5", "处")
    strip = found(LITTER, "5", "m")
    assert counted(LITTER, [five, strip, found(FENCE)]) == 6
    assert counted(LITTER, [found(LITTER)]) == 1
    assert (
        counted(
            LITTER, [found(LITTER, "2.5", "处"), found(LITTER, "很多", "处"), found(LITTER, "1e99", "处")]
        )
        == 5
    )
    assert counted(LITTER, [found(FENCE)]) is None
    assert counted(FENCE, [found(FENCE)]) is None
    assert counted(LITTER, [five, found(LITTER, "", "处", fixed=True)], spared=True) == 5
    assert proposal(LITTER, NIGHT, Answer(), counted=3) is FAIL
    assert proposal(LITTER, NIGHT, Answer(count=2), counted=1) is PASS


# What a person may decide


def test_worse_than_the_number_needs_no_reason_and_better_does():
    assert keys(FENCE, Answer(verdict=FAIL, value=200)) == []
    assert keys(FENCE, Answer(verdict=PASS, value=100)) == ["answer-better-without-reason"]
    assert keys(FENCE, Answer(verdict=PASS, value=100, why=" ")) == ["answer-better-without-reason"]
    assert keys(FENCE, Answer(verdict=PASS, value=100, why="施工中，已围挡")) == []
    assert keys(LITTER, Answer(verdict=PASS), count=5) == ["answer-better-without-reason"]


def test_unchecked_and_not_applicable_need_their_reason():
    assert keys(LAWN, Answer(verdict=UNCHECKED)) == ["answer-unchecked-without-reason"]
    assert keys(LAWN, Answer(verdict=UNCHECKED, reason=UncheckedReason.NOT_OPEN)) == []
    assert keys(LAWN, Answer(verdict=UNCHECKED, reason=UncheckedReason.OTHER)) == [
        "answer-other-without-words"
    ]
    assert keys(LAWN, Answer(verdict=UNCHECKED, reason=UncheckedReason.OTHER, why="大雾")) == []
    assert keys(LAWN, Answer(verdict=NOT_APPLICABLE)) == ["answer-not-applicable-without-reason"]
    assert keys(LAWN, Answer(verdict=NOT_APPLICABLE, why="没有草坪")) == []
    assert keys(FENCE, Answer(verdict=UNCHECKED, reason=UncheckedReason.NO_MEANS)) == []


def test_what_is_not_answered_is_missing_unless_it_is_text():
    assert keys(LAWN, None) == ["answer-missing"]
    assert keys(FENCE, Answer(value=110)) == ["answer-missing"]
    assert keys(OTHER, None) == []
    assert keys(OTHER, Answer(text="长椅很干净")) == []


@pytest.mark.parametrize(
    ("item", "answer", "key"),
    [
        (FENCE, Answer(verdict=PASS), "answer-number-missing"),
        (FENCE, Answer(verdict=PASS, value=10**13), "answer-number-range"),
        (LITTER, Answer(verdict=PASS), "answer-number-missing"),
        (LITTER, Answer(verdict=FAIL, count=-1), "answer-number-range"),
        (LAMPS, Answer(verdict=FAIL, numerator=1), "answer-ratio-missing"),
        (LAMPS, Answer(verdict=FAIL, numerator=0, denominator=0), "answer-ratio-of-nothing"),
        (LAMPS, Answer(verdict=FAIL, numerator=3, denominator=2), "answer-ratio-above-one"),
        (BOARD, Answer(verdict=FAIL), "answer-option-missing"),
        (BOARD, Answer(verdict=FAIL, option="丢失"), "answer-option-unknown"),
    ],
)
def test_a_verdict_without_its_number_is_told(item, answer, key):
    assert key in keys(item, answer)


def test_a_count_can_be_typed_higher_than_the_findings_make_it_and_not_lower():
    assert keys(LITTER, Answer(verdict=FAIL, count=9), count=5) == []
    assert keys(LITTER, Answer(verdict=FAIL, count=4), count=5) == ["answer-count-below-findings"]
    assert keys(LITTER, Answer(verdict=FAIL), count=5) == []


def test_a_header_item_takes_its_options_or_a_number_at_its_decimals():
    grade, _, area = FORM.header
    assert [problem.key for problem in check_header(grade, "")] == ["header-missing"]
    assert check_header(grade, "一级") == ()
    assert [problem.key for problem in check_header(grade, "五级")] == ["answer-option-unknown"]
    assert check_header(area, "") == ()
    assert check_header(area, "500") == ()
    for wrong in ("500.5", "-1", "五百", "1e3", ".5", "1234567890", "５００"):
        assert [problem.key for problem in check_header(area, wrong)] == ["answer-number-range"], wrong


# Conditions


def test_a_condition_switches_an_item_off_and_its_answer_comes_back_with_it():
    answer = Answer(verdict=PASS, numerator=50, denominator=50)
    assert off(LAMPS, DAY) == Off(verdict=UNCHECKED, reason=UncheckedReason.NOT_NIGHT, by="GY-H2")
    assert decided(LAMPS, DAY, answer) is UNCHECKED
    assert off(LAMPS, NIGHT) is None
    assert decided(LAMPS, NIGHT, answer) is PASS


def test_an_open_header_item_switches_nothing_off():
    assert off(LAMPS, {}) is None
    assert off(LAWN, DAY) is None
    assert decided(LAWN, DAY, None) is None


def test_an_item_that_is_off_needs_no_answer():
    assert keys(LAMPS, None, DAY) == []
    assert keys(LAMPS, Answer(verdict=PASS), DAY) == []


# 其余都合格


def test_the_rest_passes_leaves_out_vetoes_and_what_must_be_measured_counted_asked_read_or_smelled():
    assert [item.code for item in FORM.items() if by_looking(item)] == ["GY-04", "GY-06"]
    given_now = rest_passes(FORM, DAY, {"GY-06": Answer(note="东侧")})
    assert given_now == {
        "GY-04": Answer(verdict=PASS, option="完好", bulk=True),
        "GY-06": Answer(verdict=PASS, note="东侧", bulk=True),
    }
    assert all(keys(FORM.item(code), answer) == [] for code, answer in given_now.items())


def test_the_rest_passes_changes_no_verdict_that_is_there():
    assert (
        rest_passes(FORM, DAY, {"GY-04": Answer(verdict=FAIL, option="破损"), "GY-06": Answer(verdict=PASS)})
        == {}
    )
