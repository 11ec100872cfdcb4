"""What the clerk who approves a new edition is shown: each item and field that differs from the old one."""

from __future__ import annotations

from inspector.model.form_changes import ChangeKind, changes
from inspector.model.form_toml import read_form
from inspector.text import tell
from tests.model.small_form import FORM, TEXT


def against_small_form(*replaced: tuple[str, str]) -> list[str]:
    text = TEXT
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    return [tell(change) for change in changes(FORM, read_form(text, where="GY.toml"))]


NEXT = ("edition = 1", "edition = 2")


def test_the_same_form_has_no_changes_however_it_is_written():
    assert changes(FORM, read_form(TEXT + "\n# 注\n", where="GY.toml")) == ()


def test_a_changed_field_is_shown_as_it_was_and_as_it_is():
    assert against_small_form(
        NEXT,
        ("at_least = 98", "at_least = 96"),
        ("weight = 5", "weight = 5.5"),
        ("weight = 10", "weight = 9.5"),
        ('title = "公园巡检', 'title = "公园文明巡检'),
    ) == [
        "检查表 的 title：原来是 公园巡检检查表，现在是 公园文明巡检检查表",
        "GY-03 的 answer.limit.value：原来是 98，现在是 96",
        "GY-03 的 weight：原来是 5，现在是 5.5",
        "GY-05 的 weight：原来是 10，现在是 9.5",
    ]


def test_words_are_told_as_a_clerk_writes_them():
    assert against_small_form(
        NEXT, ('how = ["看", "数"]', 'how = ["看", "量"]'), ('severity = "严重"', 'severity = "一般"')
    ) == ["GY-01 的 how：原来是 看 / 数，现在是 看 / 量", "GY-02 的 severity：原来是 严重，现在是 一般"]
    assert against_small_form(NEXT, ("at_least = 98", "at_most = 98")) == [
        "GY-03 的 answer.limit.op：原来是 >=，现在是 <="
    ]


def test_a_reworded_item_is_the_same_item_and_a_code_used_for_another_duty_is_told():
    assert against_small_form(NEXT, ('text = "草坪无裸露"', 'text = "草坪没有裸露、枯死"')) == [
        "GY-06 的 text：原来是 草坪无裸露，现在是 草坪没有裸露、枯死"
    ]
    assert against_small_form(NEXT, ('text = "草坪无裸露"', 'text = "未见流动摊贩"')) == [
        "GY-06 换成了另一件事：原来是“草坪无裸露”，现在是“未见流动摊贩”。编号用过就不要再用，请换新编号。"
    ]


def test_an_answer_of_another_kind_is_another_item():
    judged = ('answer = "选择"\noptions = ["完好", "破损", "没有"]\npassing = ["完好"]', 'answer = "判定"')
    assert [told.split("：")[0] for told in against_small_form(NEXT, judged)] == ["GY-04 换成了另一件事"]


def test_new_and_cancelled_items_and_a_move_to_another_section_are_told():
    assert against_small_form(NEXT, ('code = "GY-06"', 'code = "GY-08"')) == [
        "新增 GY-08：草坪无裸露",
        "取消 GY-06：草坪无裸露",
    ]
    item = TEXT[
        TEXT.index('[[sections.items]]\ncode = "GY-04"') : TEXT.index('[[sections.items]]\ncode = "GY-05"')
    ]
    second = '[[sections]]\ntitle = "管理"\n\n'
    assert against_small_form(NEXT, (second + item, item + second)) == [
        "GY-04 的 sections：原来是 管理，现在是 园容"
    ]


def test_a_change_without_a_new_edition_is_told():
    told = against_small_form(("weight = 4", "weight = 5"), ("weight = 6", "weight = 5"))
    assert told[0] == "内容改了，版次没有加：原来第 1 版，现在第 1 版。"


def test_the_likeness_that_tells_rewording_from_another_duty_is_as_documented():
    items = [item for item in FORM.items() if item.answer == FORM.item("GY-05").answer]
    assert len(items) == 2
    swapped = against_small_form(
        NEXT, (f'text = "{items[0].text}"', 'text = "甲"'), (f'text = "{items[1].text}"', 'text = "乙"')
    )
    assert [told[:5] for told in swapped] == [item.code for item in items]
    assert all("换成了另一件事" in told for told in swapped)
    assert ChangeKind.REUSED in {
        change.key
        for change in changes(
            FORM, read_form(TEXT.replace(items[0].text, items[1].text + "甲乙丙丁戊", 1), where="x")
        )
    }
