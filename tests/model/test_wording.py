"""Standard wordings: which placeholders are asked for, which fill themselves, what is left over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.model import wording
from inspector.model.answer import Answer
from inspector.model.words import PLACEHOLDERS, Placeholder
from tests.model.small_form import DAY, FORM, NIGHT

LITTER, FENCE, LAMPS, BOARD, *_ = FORM.items()


def test_the_tab_stops_of_a_wording_come_in_order_with_what_is_expected():
    stops = wording.tab_stops("{位置}车行道坑槽{数量}处，最大约{面积}㎡")
    assert [(stop.name, stop.kind) for stop in stops] == [
        ("位置", Placeholder.TEXT),
        ("数量", Placeholder.INTEGER),
        ("面积", Placeholder.NUMBER),
    ]
    assert [(stop.start, stop.end) for stop in stops] == [(0, 4), (9, 13), (18, 22)]


def test_brackets_of_the_screen_count_and_other_brackets_are_the_writer_s_own():
    assert wording.left_over("〔位置〕垃圾{数量}处，见示创办〔2026〕17号和{附件}") == ("位置", "数量")
    assert wording.left_over("南门有垃圾2处") == ()


def test_a_measured_value_and_its_limit_fill_themselves():
    values = wording.from_answer(FENCE, DAY, Answer(value=98), place="东侧")
    assert values == {"位置": "东侧", "限值": "1.05", "实测": "0.98"}
    assert wording.fill(FENCE.wordings[0], values) == "东侧围栏高0.98m，应不低于1.05m"


def test_a_count_comes_from_the_answer_or_from_the_findings():
    assert wording.from_answer(LITTER, NIGHT, Answer(count=4), counted=9) == {"限值": "2", "实测": "4"}
    assert wording.from_answer(LITTER, DAY, Answer(), counted=3, quantity="3") == {
        "限值": "0",
        "实测": "3",
        "数量": "3",
    }
    assert wording.from_answer(LITTER, {}, Answer(count=4)) == {"实测": "4"}


def test_a_ratio_says_both_numbers_and_the_rate_rounded_half_up_without_surplus_zeros():
    def rate(numerator: int, denominator: int) -> str:
        return wording.from_answer(LAMPS, NIGHT, Answer(numerator=numerator, denominator=denominator))["比例"]

    assert wording.from_answer(LAMPS, NIGHT, Answer(numerator=97, denominator=99)) == {
        "限值": "98",
        "总数": "99",
        "合格数": "97",
        "比例": "98",
        "实测": "98",
    }
    assert [rate(2, 3), rate(1, 8), rate(1, 2000), rate(1, 1)] == ["66.7", "12.5", "0.1", "100"]
    assert "比例" not in wording.from_answer(LAMPS, NIGHT, Answer(numerator=0, denominator=0))


def test_what_has_no_value_stays_to_be_asked_for():
    filled = wording.fill(
        "{位置}有垃圾{数量}处", wording.from_answer(BOARD, DAY, Answer(option="破损"), quantity="2")
    )
    assert filled == "{位置}有垃圾2处"
    assert wording.left_over(filled) == ("位置",)


@given(
    st.lists(
        st.sampled_from(["{位置}", "{数量}", "{", "}", "垃圾", "〔", "〕", "{实测}", "{甲}"]), max_size=12
    )
)
def test_filling_every_placeholder_leaves_none_over(pieces):
    text = "".join(pieces)
    filled = wording.fill(text, dict.fromkeys(PLACEHOLDERS, "3"))
    assert all("{" + name + "}" not in filled for name in PLACEHOLDERS)
    assert set(wording.left_over(text)) <= set(PLACEHOLDERS)
    if wording.balanced(text):
        assert all(name not in PLACEHOLDERS for name in wording.names(filled))
