"""督查, 暗访, 自查: what each prints, requires and must not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.category import CategoryRules, forbidden_in_form, read_categories
from inspector.model.errors import BadInput
from inspector.model.form_toml import read_form
from inspector.model.words import Category, Expected, Issuer, Needed
from inspector.text import tell
from tests.model.small_form import TEXT as FORM_TEXT

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "forms/texts/categories.toml").read_text("utf-8")
RULES = read_categories(TEXT, where="categories.toml")


def told(text: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_categories(text, where="categories.toml")
    assert refused.value.key == "form-invalid"
    errors = refused.value.values["errors"]
    assert isinstance(errors, tuple)
    assert refused.value.values["count"] == len(errors)
    return [tell(fault) for fault in errors]


def test_each_category_has_its_rules():
    assert list(RULES) == list(Category)
    assert RULES[Category.SUPERVISION].issuer is Issuer.MANDATE
    assert RULES[Category.SUPERVISION].counterpart is None
    assert RULES[Category.COVERT].counterpart is Expected.NOT_NEEDED
    assert RULES[Category.SELF].issuer is Issuer.LEAD_UNIT
    assert Needed.MANDATE in RULES[Category.SUPERVISION].required
    assert Needed.MANDATE not in RULES[Category.SELF].required


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_no_shipped_category_may_order_or_punish(rules):
    for text in (
        "现责令限期改正",
        "依据《中华人民共和国行政处罚法》第二十八条",
        "责 令",
        "责\n令",
        "处以罚款",
    ):
        assert rules.forbidden_in(text), text
    assert rules.forbidden_in("请于三日内整改，并书面反馈") == ()
    assert rules.forbidden_in(rules.heading) == ()


@pytest.mark.parametrize("file", sorted((ROOT / "forms").glob("*.toml")), ids=lambda file: file.stem)
def test_no_shipped_form_holds_a_word_of_enforcement(file):
    assert forbidden_in_form(read_form(file.read_text("utf-8"), where=file.name), RULES.values()) == ()


def test_a_form_that_orders_is_told_where():
    ordering = FORM_TEXT.replace("{位置}有垃圾{数量}处", "责令清理{位置}").replace(
        'title = "城市绿化条例"', 'title = "行政处罚法"'
    )
    found = forbidden_in_form(read_form(ordering, where="x"), RULES.values())
    assert [(fault.item, fault.field, fault.got) for fault in found] == [
        ("", "basis", "行政处罚"),
        ("", "basis", "处罚法"),
        ("GY-01", "wordings", "责令"),
    ]
    assert all("不能出现" in tell(fault) for fault in found)


def test_everything_that_is_wrong_is_told_at_once():
    assert told(
        TEXT.replace('category = "自查"', 'category = "自察"').replace(
            'issuer = "督查方案"', 'issur = "督查方案"', 1
        )
    ) == [
        "categories[1] 缺少 issuer。",
        "categories[1] 没有“issur”这个键。是不是想写“issuer”？",
        "categories[3] 的 category 不认识“自察”，只能写：督查 / 暗访 / 自查。是不是想写“自查”？",
    ]


def test_a_category_that_is_missing_or_stands_twice_is_told():
    without = TEXT[: TEXT.rindex("[[categories]]")]
    assert told(without) == ["缺少检查类别“自查”。"]
    assert "categories[3] 的 category 里“督查”写了两次。" in told(
        TEXT.replace('category = "自查"', 'category = "督查"')
    )
    assert told("x = ")[0].startswith("第 1 行")


@given(st.text(max_size=200))
def test_any_text_is_rules_or_says_what_is_wrong(text):
    try:
        assert all(isinstance(rules, CategoryRules) for rules in read_categories(text, where="x").values())
    except BadInput as error:
        assert error.key == "form-invalid"
