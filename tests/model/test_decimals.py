"""Numbers as people write them: kept as whole numbers, printed with all their decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.decimals import from_decimal, scaled, shown
from inspector.model.errors import BadInput
from inspector.text import explain


@given(value=st.integers(0, 10**9 - 1), decimals=st.integers(0, 4))
def test_what_is_printed_reads_as_what_was_kept(value, decimals):
    assert scaled(shown(value, decimals), decimals) == value
    assert from_decimal(Decimal(shown(value, decimals)), decimals) == value


@pytest.mark.parametrize(
    ("text", "decimals", "kept"),
    [
        ("1.8", 2, 180),
        ("1.80", 1, 18),
        (" ２．５ ", 1, 25),
        ("0", 0, 0),
        ("007", 0, 7),
        ("999999999", 0, 999_999_999),
    ],
)
def test_a_number_may_be_written_as_people_do(text, decimals, kept):
    assert scaled(text, decimals) == kept


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+1", ".5", "1.", "1,5", "1e3", "一", "1 2", "1234567890", "NaN", "½"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadInput) as refused:
        scaled(text, 2)
    assert (refused.value.key, refused.value.values) == ("number-invalid", {"text": text})
    assert text in explain(refused.value)[0]


def test_more_decimals_than_there_is_room_for_are_refused():
    with pytest.raises(BadInput) as refused:
        scaled("1.805", 2)
    assert refused.value.key == "number-too-precise"
    assert "最多 2 位" in explain(refused.value)[0]


@pytest.mark.parametrize("number", ["-1", "NaN", "Infinity", "1e9", "1e-30", "1e400"])
def test_a_number_of_a_form_is_small_and_not_negative(number):
    with pytest.raises(BadInput) as refused:
        from_decimal(Decimal(number), 2)
    assert refused.value.key == "number-invalid"
