import pytest

from inspector.model.errors import BadInput
from inspector.model.rows import Row, RowProblem
from inspector.tables import read, read_bytes
from inspector.tables.headings import SITES
from inspector.tables.table import Table


def table(text: str) -> Table:
    return read_bytes(text.encode(), SITES, where="x.csv")


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as refused:
        table(text)
    return refused.value


def test_titles_may_stand_above_the_heading():
    read = table("示例县点位表,,\n\n编号,名称,类别\nA-1,甲,河道\n")
    assert read.rows == (Row(4, {"code": "A-1", "name": "甲", "kind": "河道"}),)


def test_english_headings_mean_the_same_and_are_named_as_they_stand():
    read = table("Code,NAME,kind\nA-1,甲,河道\n")
    assert read.rows[0].cells == {"code": "A-1", "name": "甲", "kind": "河道"}
    assert read.headings == {"code": "Code", "name": "NAME", "kind": "kind"}


def test_cells_are_trimmed_and_a_lone_hyphen_is_nothing():
    assert table("编号,名称,类别,备注\n A-1 ,　甲\u00a0,河道,-\n").rows[0].cells == {
        "code": "A-1",
        "name": "甲",
        "kind": "河道",
        "note": "",
    }


def test_a_control_character_at_the_edge_of_a_cell_is_not_trimmed_away():
    assert table("编号,名称,类别\nA-1,甲\x0b,河道\n").rows[0].cells["name"] == "甲\x0b"


def test_missing_cells_are_empty_and_empty_surplus_cells_are_dropped():
    assert table("编号,名称,类别,备注,,\nA-1,甲\n\n,,\nA-2,乙,河道,x,,,\n").rows == (
        Row(2, {"code": "A-1", "name": "甲", "kind": "", "note": ""}),
        Row(5, {"code": "A-2", "name": "乙", "kind": "河道", "note": "x"}),
    )


def test_content_beyond_the_last_column_spoils_the_record():
    assert table("编号,名称,类别\nA-1,甲,河道,,x\n").problems == (RowProblem(2, "", "too-many-columns"),)


def test_content_under_no_heading_spoils_the_record():
    assert table("编号,,名称,类别\nA-1,x,甲,河道\n").problems == (RowProblem(2, "", "too-many-columns"),)


def test_a_heading_that_nobody_knows_is_refused_with_those_that_are():
    error = refusal("编号,名称,类别,颜色\n")
    assert error.key == "table-column-unknown"
    assert error.values["columns"] == "颜色"


def test_a_heading_that_stands_twice_is_refused():
    assert refusal("编号,名称,类别,code\n").key == "table-column-twice"


def test_the_columns_that_are_missing_are_named():
    error = refusal("名称,编号\n甲,A-1\n")
    assert (error.key, error.values["columns"]) == ("table-heading-missing", "类别")


def test_an_empty_file_has_no_heading():
    assert refusal("").key == "table-heading-missing"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput) as refused:
        read(tmp_path / "nowhere.csv", SITES)
    assert (refused.value.key, refused.value.values["file"]) == ("table-unreadable", "nowhere.csv")
