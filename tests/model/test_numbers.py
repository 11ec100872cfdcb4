"""Numbers of documents: counted in the field, given from blocks in the office, accounted for one by one."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector import text
from inspector.model.errors import BadInput, Refused
from inspector.model.number import (
    OFFICIAL_NUMBER,
    Block,
    Declared,
    Fate,
    Given,
    Official,
    Status,
    account,
    check_block,
    check_declared,
    doubles,
    next_number,
    read_official,
    sheet_number,
    short_number,
)

ONE, OTHER = "a" * 32, "b" * 32


def block(first: int = 1, last: int = 5, device: str = ONE, name: str = "block:1") -> Block:
    return Block(id=name, prefix="示创办督", year=2026, first=first, last=last, device=device)


def number(n: int) -> Official:
    return Official("示创办督", 2026, n)


def on(n: int, document: str = "", *, void: str = "", of: str = "block:1") -> Given:
    return Given(number=number(n), document=document or f"notice:{n}", block=of, void=void)


def following(blocks: list[Block], given: list[Given], declared: list[Declared] | None = None) -> int:
    return next_number(
        blocks, prefix="示创办督", year=2026, device=ONE, given=given, declared=declared or []
    )[1].n


def test_a_field_number_names_site_day_device_and_count() -> None:
    device = "fc0a" + "0" * 28  # 11111 10000 00101 00000 in groups of five bits
    assert sheet_number("GJ-001", date(2026, 11, 23), device=device, count=7) == "GJ-001-20261123-7QFA-0007"
    assert (
        sheet_number("GD", date(2026, 11, 23), device=device, count=12, slip=True) == "GD-20261123-7QFA-J0012"
    )


def test_an_official_number_is_printed_without_leading_zeros() -> None:
    assert text.say(OFFICIAL_NUMBER, prefix="示创办督", year=2026, n=7) == "示创办督〔2026〕7号"


@given(
    st.text(st.sampled_from("示创办督"), min_size=1, max_size=6),
    st.integers(2000, 2100),
    st.integers(1, 99999),
)
def test_every_printed_number_is_read_back(prefix: str, year: int, n: int) -> None:
    assert read_official(text.say(OFFICIAL_NUMBER, prefix=prefix, year=year, n=n)) == Official(
        prefix, year, n
    )


@pytest.mark.parametrize(
    "typed",
    ["示创办督[2026]17号", "示创办督（２０２６）17", " 示创办督【2026】第17号 ", "示创办督 (2026) 017号"],
)
def test_a_number_typed_by_hand_is_read_for_what_it_means(typed: str) -> None:
    assert read_official(typed) == number(17)


@pytest.mark.parametrize(
    "typed", ["", "17号", "〔2026〕17号", "示创办督〔26〕17号", "示创办督〔2026〕0号", "示〔2026〕17-3"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_official(typed)
    assert refused.value.key == "number-unreadable"


def test_numbers_rise_and_go_on_in_the_next_block() -> None:
    blocks = [block(11, 12, name="block:2"), block(1, 2)]
    assert following(blocks, []) == 1
    assert following(blocks, [on(1)]) == 2
    assert following(blocks, [on(1), on(2)]) == 11
    with pytest.raises(Refused) as refused:
        following(blocks, [on(1), on(2), on(11, of="block:2"), on(12, of="block:2")])
    assert refused.value.key == "number-none-left"


def test_a_cancelled_number_is_never_given_again() -> None:
    assert following([block()], [on(1), on(2, void="错发")]) == 3


def test_a_number_declared_used_on_paper_is_passed_over() -> None:
    assert following([block()], [on(1)], [Declared(number=number(2), fate=Fate.USED, scan="0" * 64)]) == 3


def test_another_device_has_no_number_in_the_block() -> None:
    with pytest.raises(Refused) as refused:
        following([block(device=OTHER)], [])
    assert refused.value.key == "number-no-block"


def test_after_a_restored_backup_no_number_comes_twice_and_the_rest_awaits_a_person() -> None:
    """The old laptop issued 1 to 3; the backup knows only 1, and goes on as a new device."""
    old, new = block(1, 4, device=OTHER), block(5, 9, name="block:2")
    assert following([old, new], [on(1)]) == 5
    lines = account(
        old, device=ONE, given=[on(1)], declared=[Declared(number=number(2), fate=Fate.VOID, reason="误")]
    )
    assert [line.status for line in lines] == [Status.ISSUED, Status.VOID, Status.AWAITING, Status.AWAITING]


def test_a_block_accounts_for_each_of_its_numbers() -> None:
    lines = account(block(), device=ONE, given=[on(1), on(2, void="错发"), on(4)])
    assert [line.status for line in lines] == [
        Status.ISSUED,
        Status.VOID,
        Status.AWAITING,
        Status.ISSUED,
        Status.FREE,
    ]
    assert lines[1].reason == "错发"


def test_a_number_on_two_documents_is_shown_with_both() -> None:
    twice = [on(1), on(2, "notice:x"), on(2, "notice:y", of="block:2")]
    assert doubles(twice) == {number(2): ("notice:x", "notice:y")}
    assert account(block(), device=ONE, given=twice)[1].documents == ("notice:x", "notice:y")


@given(st.integers(1, 6), st.integers(0, 2**32))
def test_laptops_that_number_in_parallel_give_each_number_once_and_leave_none_out(
    laptops: int, seed: int
) -> None:
    blocks = [block(10 * k + 1, 10 * k + 10, device=f"{k:032x}", name=f"block:{k}") for k in range(laptops)]
    random, issued = Random(seed), list[Given]()
    for step in range(5 * laptops):
        device = f"{random.randrange(laptops):032x}"
        seen = [one for one in issued if one.block == f"block:{int(device, 16)}" or random.random() < 0.5]
        try:
            of, n = next_number(blocks, prefix="示创办督", year=2026, device=device, given=seen)
        except Refused:
            continue
        issued.append(Given(number=n, document=f"notice:{step}", block=of.id))
    assert not doubles(issued)
    for one in blocks:
        lines = account(one, device=one.device, given=issued)
        assert Status.AWAITING not in {line.status for line in lines}


@pytest.mark.parametrize(
    "changed",
    [
        {"prefix": ""},
        {"prefix": "示〔"},
        {"prefix": " 示"},
        {"year": 26},
        {"first": 0},
        {"last": 0},
        {"last": 99999},
    ],
)
def test_a_block_that_cannot_be_meant_is_refused(changed: dict[str, object]) -> None:
    plain = {
        "id": "block:1",
        "prefix": "示创办督",
        "year": 2026,
        "first": 1,
        "last": 5,
        "device": ONE,
    } | changed
    with pytest.raises(BadInput) as refused:
        check_block(Block(**plain), [])  # type: ignore[arg-type]
    assert refused.value.key == "number-block-invalid"


def test_a_block_over_another_is_refused_with_what_they_share() -> None:
    check_block(block(6, 9, name="block:2"), [block()])
    with pytest.raises(Refused) as refused:
        check_block(block(4, 9, OTHER, "block:2"), [block()])
    assert refused.value.key == "number-block-overlaps"
    assert (refused.value.values["first"], refused.value.values["last"]) == (4, 5)


@pytest.mark.parametrize(
    ("n", "fate", "key"),
    [
        (9, Fate.VOID, "number-not-allotted"),
        (1, Fate.VOID, "number-carried"),
        (2, Fate.USED, "number-declare-needs"),
        (3, Fate.VOID, ""),
    ],
)
def test_a_declaration_needs_an_open_number_and_its_proof(n: int, fate: Fate, key: str) -> None:
    declared = Declared(number=number(n), fate=fate, reason="误打" if fate is Fate.VOID else "")
    if not key:
        check_declared(declared, blocks=[block()], given=[on(1)])
        return
    with pytest.raises(Refused) as refused:
        check_declared(declared, blocks=[block()], given=[on(1)])
    assert refused.value.key == key


def test_the_printed_number_of_a_finding_is_notice_and_row() -> None:
    assert short_number(17, 3) == "17-3"
