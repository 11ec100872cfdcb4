"""A document's file can be copied to any disk, stick or chat, and says what it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.documents.filename import MAX_BYTES, file_name
from inspector.documents.sheet import file_name as sheet_name
from tests.documents.sheets import Made

NUMBER = "GJ-001-20261123-7QK3-0007"


def test_the_name_says_what_number_and_where() -> None:
    expected = "检查记录表_GJ-001-20261123-7QK3-0007_㐂居花苑二期.pdf"
    assert file_name("检查记录表", NUMBER, "㐂居花苑二期") == expected


def test_the_sheet_is_named_by_its_content(ready: Made) -> None:
    assert sheet_name(ready.content) == "检查记录表_BX-017-20261013-7QK3-0041_堃宁巷.pdf"


def test_what_windows_refuses_is_replaced_and_what_has_no_shape_left_out() -> None:
    assert (
        file_name("检查记录表", "A/1:2", 'x\\y*z?"<>|\n\u202e甲\u3000 乙. ')
        == "检查记录表_A-1-2_x-y-z-----甲 乙.pdf"
    )


def test_a_site_without_a_name_that_can_be_written_leaves_no_trace() -> None:
    assert file_name("检查记录表", NUMBER, " ... ") == f"检查记录表_{NUMBER}.pdf"


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_name_is_legal_on_windows_fat_and_linux(number: str, subject: str) -> None:
    name = file_name("检查记录表", number, subject)
    assert len(name.encode()) <= MAX_BYTES
    assert name.endswith(".pdf") and not name.startswith((" ", "."))
    assert not set(name) & set('<>:"/\\|?*') and name.isprintable()
    assert not name[:-4].endswith((" ", "."))
