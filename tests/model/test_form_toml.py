"""What a clerk may write into a form, and how he is told what is wrong: everything at once, by item and key."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.errors import BadInput
from inspector.model.form import Condition, Count, Form, Limit, Op, Otherwise
from inspector.model.form_rules import Fault
from inspector.model.form_toml import claims, read_form
from inspector.model.words import How, Severity, TimeLimitKind, UncheckedReason, Verdict
from inspector.text import tell
from tests.model.small_form import FORM, TEXT


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(BadInput) as refused:
        read_form(text, where="GY.toml")
    assert refused.value.key == "form-invalid"
    assert refused.value.values["file"] == "GY.toml"
    found = refused.value.values["errors"]
    assert isinstance(found, tuple)
    assert refused.value.values["count"] == len(found)
    for fault in found:
        assert re.search(r"[\u4e00-\u9fff]", tell(fault)), fault
    return found


def faults_with(old: str, new: str) -> list[tuple[str, str, str]]:
    assert old in TEXT
    return [(fault.key, fault.item, fault.field) for fault in faults_of(TEXT.replace(old, new, 1))]


def test_a_form_is_read_as_it_is_written():
    litter = FORM.item("GY-01")
    limit = Limit(op=Op.AT_MOST, by="GY-H1", table=(("一级", 0), ("二级", 2)))
    assert litter.answer == Count(measure_unit="处", limit=limit)
    assert (litter.weight, litter.per_occurrence, litter.severity) == (600, 150, Severity.MINOR)
    assert litter.how == (How.LOOK, How.COUNT)
    fence = FORM.item("GY-02")
    assert fence.limit is not None
    assert fence.limit.value == 105
    assert (fence.time_limit.kind, fence.time_limit.n) == (TimeLimitKind.WORKDAY, 5)
    lamps = FORM.item("GY-03")
    assert lamps.conditions == (Condition(header="GY-H2", options=("是",)),)
    assert lamps.otherwise == Otherwise(verdict=Verdict.UNCHECKED, reason=UncheckedReason.NOT_NIGHT)
    assert FORM.by_code.keys() == {f"GY-0{n}" for n in range(1, 8)}


def test_a_comment_blanks_and_a_byte_order_mark_change_no_version():
    dressed = "\ufeff# 创建办 11 月改\n" + TEXT.replace(" = ", "  =   ")
    assert read_form(dressed, where="x").version == FORM.version
    assert read_form(TEXT.replace("路面无垃圾", "路面没有垃圾"), where="x").version != FORM.version


def test_identifiers_are_read_as_well_as_their_chinese_words():
    english = TEXT.replace('severity = "一票否决"', 'severity = "veto"').replace(
        'answer = "比例"', 'answer = "ratio"'
    )
    assert read_form(english, where="x") == FORM


def test_everything_that_is_wrong_is_said_at_once_with_what_was_probably_meant():
    text = (
        TEXT.replace(
            'how = ["量"]\nanswer = "实测"\nmeasure_unit = "m"', 'how = ["亮"]\nanswer = "实侧"\nunit = "m"'
        )
        .replace('lead = "电力"', 'lead = "电里"')
        .replace('tags = ["亮化"]', 'tags = ["亮花"]')
        .replace("weight = 5\nphoto_required = false", "weight = 5.125\nphoto_required = 1")
        .replace('time_limit = "30自然日"', 'time_limit = "30自燃日"')
        .replace('header = "是否夜间"', 'header = "是否夜晚"')
    )
    found = faults_of(text)
    told = {(fault.item, fault.field): (fault.key, fault.near) for fault in found}
    assert told == {
        ("GY-02", "how"): ("form-word-unknown", ""),
        ("GY-02", "answer"): ("form-word-unknown", "实测"),
        ("GY-02", "unit"): ("form-key-unknown", "measure_unit"),
        ("GY-03", "header"): ("form-header-unknown", "是否夜间"),
        ("GY-04", "weight"): ("form-number-too-precise", ""),
        ("GY-04", "photo_required"): ("form-flag-wanted", ""),
        ("GY-06", "time_limit"): ("form-time-limit-invalid", "自然日"),
    }
    later = faults_of(text.replace('header = "是否夜晚"', 'header = "是否夜间"'))
    assert ("form-role-unknown", "GY-03", "电力") in {(one.key, one.item, one.near) for one in later}
    assert ("form-tag-unknown", "GY-03", "亮化") in {(one.key, one.item, one.near) for one in later}


WRONG = [
    # what stands there, what is written instead, the key of the fault, the item, the key in the file
    ('title = "公园巡检检查表"', "", "form-key-missing", "", "title"),
    ('title = "公园巡检检查表"', 'title = " "', "form-value-missing", "", "title"),
    ('title = "公园巡检检查表"', f'title = "{"长" * 501}"', "form-text-too-long", "", "title"),
    ('title = "公园巡检检查表"', 'title = "公园\\u202e检查表"', "form-text-control", "", "title"),
    ('id = "GY"', 'id = "公园"', "form-id-invalid", "", "id"),
    ("edition = 1", "edition = 0", "form-number-range", "", "edition"),
    ("edition = 1", "edition = true", "form-whole-wanted", "", "edition"),
    ("edition = 1", "edition = 1.0", "form-whole-wanted", "", "edition"),
    ("total = 40", "total = 41", "form-total-wrong", "", "total"),
    ("total = 40", "total = 1e400", "form-number-invalid", "", "total"),
    ("total = 40", 'total = "40"', "form-number-wanted", "", "total"),
    ("place_required = true", 'place_required = "是"', "form-flag-wanted", "", "place_required"),
    ("place_required = true", "place_requird = true", "form-key-unknown", "", "place_requird"),
    ('roles = ["公园管理处"]', 'roles = "公园管理处"', "form-array-wanted", "", "roles"),
    ('tags = ["保洁", "亮化"]', 'tags = ["保洁", "亮化", "亮化"]', "form-value-twice", "", "tags"),
    ('tags = [["亮化", "夜间亮化"]]', 'tags = [["亮话", "夜间"]]', "form-tag-unknown", "", "tag_groups"),
    ('tags = [["亮化", "夜间亮化"]]', 'tags = ["亮化"]', "form-pair-wanted", "tag_groups[1]", "tags"),
    ('code = "GY-H1"', 'code = "GC-H1"', "form-code-invalid", "GC-H1", "code"),
    ('options = ["一级", "二级"]', 'options = ["一级"]', "form-options-invalid", "GY-H1", "options"),
    ('key = "检查面积"', 'key = "公园等级"', "form-value-twice", "", "key"),
    ('answer = "实测"\nmeasure_unit = "㎡"', 'answer = "判定"', "form-header-kind", "GY-H3", "answer"),
    ('code = "GY-02"', 'code = "GY-01"', "form-code-twice", "GY-01", "code"),
    ('code = "GY-02"', 'code = "XX-02"', "form-code-invalid", "XX-02", "code"),
    ('code = "GY-02"', "code = 2", "form-text-wanted", "sections[1].items[2]", "code"),
    ('at_most = [["一级", 0], ["二级", 2]]', 'at_most = [["一级", 0]]', "form-table-incomplete", "GY-01", "at_most"),
    ("at_least = 1.05", "at_least = 1.055", "form-number-too-precise", "GY-02", "at_least"),
    ("at_least = 1.05", "at_least = 1.05\nat_most = 2", "form-limit-missing", "GY-02", "at_most"),
    ("at_least = 1.05", "", "form-limit-missing", "GY-02", "at_most"),
    ("decimals = 2\nat_least = 1.05", "decimals = 5\nat_least = 1", "form-number-range", "GY-02", "decimals"),
    ("at_least = 98", "at_least = 101", "form-number-range", "GY-03", "at_least"),
    ('limit_by = "公园等级"', 'limit_by = "检查面积"', "form-header-unknown", "GY-01", "limit_by"),
    ("weight = 4", "weight = 0", "form-weight-invalid", "GY-02", "weight"),
    ("weight = 4", "weight = -4", "form-number-invalid", "GY-02", "weight"),
    ("per_occurrence = 1.5", "per_occurrence = 7", "form-number-range", "GY-01", "per_occurrence"),
    ("weight = 4", "weight = 4\nper_occurrence = 1", "form-key-misplaced", "GY-02", "per_occurrence"),
    ("weight = 4", "weight = 4\noptions = []", "form-key-misplaced", "GY-02", "options"),
    ('time_limit = "5个工作日"', 'time_limit = "0个工作日"', "form-number-range", "GY-02", "time_limit"),
    ('lead = "园林"', 'lead = "物业"', "form-role-is-party", "GY-06", "lead"),
    ('party = ["物业"]', 'party = ["园林"]', "form-role-unknown", "GY-05", "party"),
    ('passing = ["完好"]', 'passing = ["完整"]', "form-option-unknown", "GY-04", "passing"),
    ('passing = ["完好"]', "", "form-key-missing", "GY-04", "passing"),
    ('in = ["是"]', 'in = ["对"]', "form-option-unknown", "GY-03", "conditions"),
    ('otherwise = "未检·非夜间"', "", "form-value-missing", "GY-03", "otherwise"),
    ('otherwise = "未检·非夜间"', 'otherwise = "合格"', "form-otherwise-invalid", "GY-03", "otherwise"),
    ('otherwise = "未检·非夜间"', 'otherwise = "未检"', "form-otherwise-invalid", "GY-03", "otherwise"),
    ('"{位置}有垃圾{数量}处"', '"{位置}有垃圾{数两}处"', "form-placeholder-unknown", "GY-01", "wordings"),
    ('"{位置}有垃圾{数量}处"', '"{位置}有垃圾{比例}"', "form-placeholder-misplaced", "GY-01", "wordings"),
    ('"{位置}有垃圾{数量}处"', '"{位置有垃圾"', "form-braces-open", "GY-01", "wordings"),
    ('"{位置}有垃圾{数量}处"', ",".join(f'"甲{n}"' for n in range(7)), "form-wordings-too-many", "GY-01", "wordings"),
    ('{ source = "本表自拟", status = "自拟" }', '"本表自拟"', "form-table-wanted", "GY-01", "clause"),
    ('[[basis]]\ntitle = "城市绿化条例"\nstatus = "未核实"', 'basis = [1]', "form-table-wanted", "", "basis"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "item", "field"), WRONG)
def test_one_mistake_is_told_once_and_at_its_place(old, new, key, item, field):
    assert faults_with(old, new) == [(key, item, field)]


def test_a_form_without_items_is_no_form():
    head = TEXT[: TEXT.index("[[sections]]")].replace("total = 40", "total = 0")
    assert [fault.key for fault in faults_of(head)] == ["form-key-missing"]
    assert [fault.key for fault in faults_of(head + '[[sections]]\ntitle = "园容"\nitems = []')] == [
        "form-empty"
    ]


UNREADABLE = [
    ('title = "公园巡检检查表"', "title = “公园巡检检查表”", "form-syntax-value", "4"),
    ('title = "公园巡检检查表"', 'title ＝ "公园巡检检查表"', "form-syntax-key", "4"),
    ('title = "公园巡检检查表"', 'title = "公园', "form-syntax-string", "4"),
    ('title = "公园巡检检查表"', '标题 = "公园"', "form-syntax-key", "4"),
    ('title = "公园巡检检查表"', 'id = "GZ"', "form-syntax-twice", "4"),
    ('title = "公园巡检检查表"', "total = [[1, 2], [3", "form-syntax-array", ""),
    ('title = "公园巡检检查表"', "title = 1 2", "form-syntax", "4"),
    ('title = "公园巡检检查表"', f"total = {'9' * 5000}", "form-syntax-absurd", ""),
    ('title = "公园巡检检查表"', f"title = {'[' * 5000}", "form-syntax-absurd", ""),
    ('title = "公园巡检检查表"', f'title = "{"长" * 400_000}"', "form-too-large", ""),
]


@pytest.mark.parametrize(("old", "new", "key", "line"), UNREADABLE, ids=[row[2] for row in UNREADABLE])
def test_what_is_no_toml_is_told_by_its_line(old, new, key, line):
    (fault,) = faults_of(TEXT.replace(old, new, 1))
    assert fault.key == key
    if line:
        assert fault.item == line


def test_a_broken_form_still_tells_what_it_stands_for():
    assert claims(TEXT.replace("edition = 1", "edition = 0")) == {"GY", "公园"}
    assert claims("[[") == frozenset()


PIECES = st.sampled_from(
    [
        '""',
        "0",
        "-1",
        "1.5",
        "nan",
        "true",
        "[]",
        "{}",
        "[[]]",
        '["", 1]',
        "1979-05-27",
        '"GY-H1"',
        "1e999",
        "“”",
        "'''",
    ]
)
LINES = TEXT.splitlines()


@given(data=st.data())
def test_whatever_is_done_to_a_file_it_is_a_form_or_says_what_is_wrong(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        act = data.draw(st.sampled_from(["cut", "twice", "swap", "value", "key", "letters"]))
        line = lines[place]
        if act == "cut":
            lines[place] = ""
        elif act == "twice":
            lines.insert(place, line)
        elif act == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[place], lines[other] = lines[other], line
        elif act == "value" and " = " in line:
            lines[place] = f"{line.partition(' = ')[0]} = {data.draw(PIECES)}"
        elif act == "key" and " = " in line:
            lines[place] = (
                f"{data.draw(st.sampled_from(LINES)).partition(' = ')[0]} = {line.partition(' = ')[2]}"
            )
        else:
            cut = data.draw(st.integers(0, len(line)))
            lines[place] = line[:cut] + data.draw(st.text(max_size=3)) + line[cut + 1 :]
    told_or_read("\n".join(lines))


@given(st.text(max_size=200))
def test_any_text_is_a_form_or_says_what_is_wrong(text):
    told_or_read(text)


def told_or_read(text: str) -> None:
    try:
        form = read_form(text, where="x")
    except BadInput as error:
        assert error.key == "form-invalid"
        found = error.values["errors"]
        assert isinstance(found, tuple)
        assert found
        assert all(tell(fault) for fault in found)
    else:
        assert isinstance(form, Form)
        assert sum(item.weight for item in form.items()) == form.total
