"""The score: its formula, what it promises, and the figures of a real sheet."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.answer import Answer, off
from inspector.model.draft import DraftFinding
from inspector.model.form import Form, Item
from inspector.model.form_toml import read_form
from inspector.model.score import Score, rounded, score
from inspector.model.words import UncheckedReason, Verdict
from tests.model.small_form import DAY, FORM, NIGHT

ROOT = Path(__file__).parents[2]
SHIPPED = [
    read_form(file.read_text("utf-8"), where=file.name) for file in sorted((ROOT / "forms").glob("*.toml"))
]
PASS, FAIL, UNCHECKED, NOT_APPLICABLE = Verdict
ALL_PASS = {
    "GY-01": Answer(verdict=PASS, count=0),
    "GY-02": Answer(verdict=PASS, value=110),
    "GY-03": Answer(verdict=PASS, numerator=50, denominator=50),
    "GY-04": Answer(verdict=PASS, option="完好"),
    "GY-05": Answer(verdict=PASS),
    "GY-06": Answer(verdict=PASS),
}


def with_answers(header: dict[str, str] = NIGHT, /, **answers: Answer) -> Score:
    changed = {code.replace("_", "-"): answer for code, answer in answers.items()}
    return score(FORM, header, ALL_PASS | changed)


def test_all_passed_is_a_hundred_and_nothing_observed_is_no_score():
    assert with_answers().score == 1000
    nothing = score(FORM, NIGHT, {})
    assert (nothing.score, nothing.deducted, nothing.weight) == (None, 0, 0)
    unchecked = {item.code: Answer(verdict=UNCHECKED) for item in FORM.items()}
    assert score(FORM, NIGHT, unchecked).score is None


def test_a_failed_item_loses_its_weight():
    failed = with_answers(GY_06=Answer(verdict=FAIL))
    assert (failed.deducted, failed.weight, failed.score) == (1000, 4000, 750)


def test_a_count_loses_points_for_each_beyond_the_limit_up_to_its_weight():
    assert [
        with_answers(GY_01=Answer(verdict=FAIL, count=count)).deducted for count in (3, 4, 5, 6, 7, 100)
    ] == [150, 300, 450, 600, 600, 600]
    assert with_answers(GY_01=Answer(verdict=FAIL, count=1)).deducted == 150  # worse than the number proposes
    assert with_answers(GY_01=Answer(verdict=FAIL)).deducted == 150


def test_findings_stand_in_for_a_count_that_nobody_typed():
    findings = [DraftFinding(id=f"finding:{n}", item="GY-01", quantity="2", measure="处") for n in range(3)]
    answers = ALL_PASS | {"GY-01": Answer(verdict=FAIL)}
    assert score(FORM, DAY, answers, findings).deducted == 600
    assert score(FORM, NIGHT, answers, findings[:2]).deducted == 300


def test_what_was_put_right_on_the_spot_costs_the_same_unless_the_form_spares_it():
    spared = msgspec.structs.replace(FORM, spot_fix_deducts=False)
    fixed = DraftFinding(id="finding:1", item="GY-01", fixed_on_spot=True)
    left = DraftFinding(id="finding:2", item="GY-01", quantity="4", measure="处")
    answers = ALL_PASS | {"GY-01": Answer(verdict=FAIL), "GY-05": Answer(verdict=FAIL)}
    ride = DraftFinding(id="finding:3", item="GY-05", fixed_on_spot=True)
    assert score(FORM, DAY, answers, [fixed, left]).deductions["GY-01"] == 600
    assert score(spared, NIGHT, answers, [fixed, left]).deductions["GY-01"] == 300
    assert score(spared, DAY, answers, [fixed]).deductions["GY-01"] == 0
    veto = score(spared, DAY, answers, [fixed, ride])
    assert (veto.deductions["GY-05"], veto.score) == (1000, 0)


def test_a_failed_veto_makes_the_result_nothing_and_is_named():
    veto = with_answers(GY_05=Answer(verdict=FAIL))
    assert (veto.score, veto.vetoes, veto.deducted) == (0, ("GY-05",), 1000)


def test_an_item_that_is_off_is_in_neither_sum():
    by_day = with_answers(DAY, GY_03=Answer(verdict=FAIL, numerator=0, denominator=5))
    assert (by_day.weight, by_day.score) == (3500, 1000)
    assert "GY-03" not in by_day.deductions


def test_the_score_is_rounded_half_up_to_a_tenth():
    assert [rounded(n, 2) for n in (0, 1, 2, 3)] == [0, 1, 1, 2]
    third = score(FORM, DAY, {"GY-02": Answer(verdict=PASS), "GY-06": Answer(verdict=FAIL)})
    assert third.score == 286  # 4 of 14


def test_the_sheet_of_a_building_site_scores_as_the_office_computed_it():
    """GJ-004 of the example week, all else passed: 96.2."""
    form = next(form for form in SHIPPED if form.id == "GJ")
    said = ("主体", "主要路段", "有", "四级及以下", "无预警", "否")
    header = {asked.code: option for asked, option in zip(form.header, said, strict=True)}
    assert all(option in form.header_by_code[code].options for code, option in header.items())
    with (ROOT / "resources/example/findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["site"] == "GJ-004"]
    findings = [
        DraftFinding(
            id=f"finding:{n}", item=row["item"], quantity=row["quantity"], measure=row["measure_unit"]
        )
        for n, row in enumerate(rows)
    ]
    assert len(findings) == 3
    failed = {found.item for found in findings}
    answers = {
        item.code: Answer(verdict=FAIL if item.code in failed else PASS)
        for item in form.items()
        if item.scored
    }
    result = score(form, header, answers, findings)
    assert result.score == 962
    assert result.vetoes == ()
    assert result.score == round(1000 * (1 - Decimal(result.deducted) / result.weight))


# What every score promises, on every form

VERDICTS = [PASS, PASS, FAIL, UNCHECKED, NOT_APPLICABLE, None]


@st.composite
def visits(draw: st.DrawFn) -> tuple[Form, dict[str, str], dict[str, Answer]]:
    """A form, its header and its answers, some of them missing: two bytes say how each is answered, since drawing
    them one by one takes seconds."""
    form = draw(st.sampled_from([*SHIPPED, FORM]))
    header = {
        asked.code: draw(st.sampled_from((*asked.options, ""))) for asked in form.header if asked.options
    }
    dice = draw(st.binary(min_size=2 * len(form.by_code), max_size=2 * len(form.by_code)))
    answers = {
        code: Answer(
            verdict=VERDICTS[dice[2 * n] % 6], count=dice[2 * n + 1] if dice[2 * n + 1] < 20 else None
        )
        for n, code in enumerate(form.by_code)
    }
    return form, header, {code: answer for code, answer in answers.items() if answer.verdict is not None}


def observed(form: Form, header: dict[str, str], answers: dict[str, Answer]) -> list[Item]:
    return [
        item
        for item in form.items()
        if item.scored
        and off(item, header) is None
        and item.code in answers
        and answers[item.code].verdict in (PASS, FAIL)
    ]


@given(visits())
def test_a_score_lies_within_nothing_and_a_hundred(visit):
    form, header, answers = visit
    result = score(form, header, answers)
    assert result.score is None or 0 <= result.score <= 1000
    assert (result.score is None) is (not observed(form, header, answers))
    assert 0 <= result.deducted <= result.weight <= form.total
    assert result.deducted == sum(result.deductions.values())


@given(visit=visits(), data=st.data())
def test_a_worse_verdict_never_scores_higher(visit, data):
    form, header, answers = visit
    passed = [item.code for item in observed(form, header, answers) if answers[item.code].verdict is PASS]
    if passed:
        code = data.draw(st.sampled_from(passed))
        worse = answers | {code: msgspec.structs.replace(answers[code], verdict=FAIL)}
        before, after = score(form, header, answers).score, score(form, header, worse).score
        assert before is not None
        assert after is not None
        assert after <= before


@given(visit=visits(), more=st.integers(1, 30), data=st.data())
def test_a_higher_count_never_scores_higher(visit, more, data):
    form, header, answers = visit
    counts = [code for code, answer in answers.items() if answer.count is not None]
    if counts:
        code = data.draw(st.sampled_from(counts))
        count = answers[code].count
        assert count is not None
        worse = answers | {code: msgspec.structs.replace(answers[code], count=count + more)}
        before, after = score(form, header, answers), score(form, header, worse)
        assert (after.score is None) is (before.score is None)
        assert after.score is None or before.score is None or after.score <= before.score


@given(visit=visits(), data=st.data())
def test_an_item_that_was_not_observed_takes_out_exactly_its_share(visit, data):
    form, header, answers = visit
    seen = observed(form, header, answers)
    if seen:
        item = data.draw(st.sampled_from(seen))
        gone = data.draw(
            st.sampled_from(
                [Answer(verdict=NOT_APPLICABLE), Answer(verdict=UNCHECKED, reason=UncheckedReason.OTHER)]
            )
        )
        before, after = score(form, header, answers), score(form, header, answers | {item.code: gone})
        assert after.weight == before.weight - item.weight
        assert after.deductions == {
            code: cost for code, cost in before.deductions.items() if code != item.code
        }
        assert after.deducted == before.deducted - before.deductions[item.code]
        assert item.code not in after.vetoes
