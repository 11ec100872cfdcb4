"""Whatever a person types is drawn, and can be searched and copied again."""

from __future__ import annotations

from random import Random

import pytest

from inspector.documents import fonts
from tests.documents.builders import drawn, solid, text_of

BLOCKS = {
    "basic": (0x4E00, 0x9FEF),
    "A": (0x3400, 0x4DB5),
    "B": (0x20000, 0x2A6D6),
    "C": (0x2A700, 0x2B734),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}


def sample(first: int, last: int, count: int) -> str:
    chars = [chr(code) for code in sorted(Random(7).sample(range(first, last + 1), count))]
    return "".join(char for char in chars if fonts.font_of(char, fonts.SANS))


def test_rare_characters_of_names_and_places_come_back_from_the_page() -> None:
    assert "𬭎𠮷㐂龘䶮堃" in solid(text_of(drawn("堃宁巷 𬭎𠮷㐂龘䶮堃")))


@pytest.mark.parametrize("face", [fonts.SANS, fonts.BOLD, fonts.SERIF])
def test_a_sample_of_each_block_of_han_is_drawn_and_comes_back(face: str) -> None:
    text = "".join(sample(first, last, 60) for first, last in BLOCKS.values())
    assert len(text) >= 0.98 * 60 * len(BLOCKS)
    assert text in solid(text_of(drawn(text, face=face)))


@pytest.mark.parametrize("block", BLOCKS)
def test_hardly_a_character_of_a_block_is_missing(block: str) -> None:
    first, last = BLOCKS[block]
    missing = [code for code in range(first, last + 1) if fonts.font_of(chr(code), fonts.SANS) is None]
    assert len(missing) <= 20


def test_what_no_font_has_is_shown_by_its_code() -> None:
    assert "垃圾〓U+1F600〓U+30000满溢" in solid(text_of(drawn("垃圾😀\U00030000满溢")))


def test_compatibility_characters_stay_the_code_point_that_was_typed() -> None:
    assert "\uf92c郎" in solid(text_of(drawn("\uf92c郎")))


def test_what_has_no_shape_is_left_out_and_nothing_else_is() -> None:
    assert (
        fonts.printable("路\ufe0f灯\u200b\ufeff不亮\t3\u00a0处\r\n又\u2028一处") == "路灯不亮 3 处\n又\n一处"
    )
    assert fonts.printable("一\u3000二") == "一\u3000二"


def test_markup_is_seven_characters_more_and_nothing_else() -> None:
    typed = '<img src="http://example.invalid/x.png"/> <b>粗</b> &amp; %s {0} \\n (a) <<'
    pdf = drawn(typed)
    assert solid(typed) in solid(text_of(pdf))
    assert b"example.invalid" not in pdf


def test_a_rare_font_is_not_loaded_for_ordinary_text() -> None:
    assert [run.font for run in fonts.runs("城关街道 12 号")] == [fonts.SANS]
    assert [run.font for run in fonts.runs("店招𠮷祥")] == [fonts.SANS, fonts.RARE, fonts.SANS]
