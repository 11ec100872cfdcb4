"""Lines of Chinese end where a printer would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.documents import breaking

SENTENCE = (
    "2026年10月13日10:18，检查组在“示例巷”（18号院门前，距巷口约120米）发现：路面破损1处、约0.5㎡；"
    "《公共厕所管理办法》第19条要求保洁率≥98.5%，电话0376-1234567，照片IMG_20261013_101800.jpg。限3个工作日内整改！"
)


def lines(text: str, width: float) -> list[str]:
    """`text` in a face whose Chinese characters are 10 wide and the others 5."""
    advance = [5.0 if char.isascii() else 10.0 for char in text]
    return [text[start:stop] for start, stop in breaking.fill(text, advance, width)]


@pytest.mark.parametrize("width", range(220, 620, 2))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width: int) -> None:
    for line in lines(SENTENCE, width):
        assert line[0] not in breaking.NO_START
        assert line[-1] not in breaking.NO_END


@pytest.mark.parametrize(
    "whole",
    ["2026年10月13日", "10:18", "120米", "0.5㎡", "98.5%", "0376-1234567", "3个工作日", "第19条", "18号",
     "IMG_20261013_101800.jpg"],
)  # fmt: skip
def test_numbers_dates_telephones_and_file_names_are_not_torn(whole: str) -> None:
    assert all(any(whole in line for line in lines(SENTENCE, width)) for width in range(220, 620, 2))


def test_no_line_is_wider_than_its_column() -> None:
    for width in range(20, 400, 3):
        for line in lines(SENTENCE, width):
            visible = line.rstrip(" ")
            assert sum(5 if char.isascii() else 10 for char in visible) <= max(width, 10)


def test_a_word_longer_than_a_line_is_cut_and_not_lost() -> None:
    name = "a" * 55
    assert lines("见" + name + "。", 100) == ["见", "a" * 20, "a" * 20, "a" * 15 + "。"]


def test_a_newline_ends_its_line_and_an_empty_line_stays() -> None:
    assert lines("一\n\n二", 100) == ["一", "", "二"]


@given(st.text(st.sampled_from("问题共处，。《》（）“”0123a.-年月日 %\n"), max_size=80), st.integers(10, 200))
def test_every_character_stands_on_exactly_one_line(text: str, width: int) -> None:
    assert "".join(lines(text, width)) == text.replace("\n", "")


def test_a_running_head_is_shortened_with_an_ellipsis() -> None:
    def measure(text: str) -> float:
        return 10.0 * len(text)

    assert breaking.shorten("示例大道北段", measure, 60) == "示例大道北段"
    assert breaking.shorten("示例大道北段东侧", measure, 60) == "示例大道北…"
