from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.record import (
    MAX_LINE,
    MAX_RECORDS,
    PREFIX,
    Batch,
    Record,
    device_of,
    fresh_id,
    instant_of,
    is_ledger,
    read_line,
    seal,
)
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged
from tests.histories import LEDGER, WALLS, Laptop

SITE = Record("site", "site:GJ-004", (), {"set": {"name": "㐂居花苑二期"}}, (("ab" * 32, 3_100_222),))


def resealed(laptop: Laptop, **changes: Any) -> bytes:
    """A line whose header was changed and signed again by its author: only the rules can refuse it."""
    header = json.loads(laptop.batch([SITE]).header_bytes) | changes
    return signed(laptop, canonical.encode(header))


def signed(laptop: Laptop, header: bytes) -> bytes:
    return header + b"\t" + base64.b64encode(laptop.sign(PREFIX + header)) + b"\n"


def refusal(line: bytes) -> str:
    with pytest.raises(Damaged) as damaged:
        read_line(line)
    assert damaged.value.key == "batch-unreadable"
    return str(damaged.value.values["reason"])


def test_what_was_signed_comes_back_as_the_same_bytes() -> None:
    laptop = Laptop(0)
    first = laptop.batch([SITE], person="person:MFRGGZDFMZTWQ2LK")
    second = laptop.batch([Record("site", "site:GJ-004", (first.hash,), {"set": {"name": "乙"}})])
    for batch in (first, second):
        again = read_line(batch.line, LEDGER)
        assert again == batch
        assert again.line == batch.line
    assert second.header.prev == first.hash
    assert first.header.device == device_of(first.header.key) == laptop.id


def test_a_batch_is_named_by_its_header_and_signed_with_the_protocol_before_it() -> None:
    batch = Laptop(0).batch([SITE])
    assert batch.hash == canonical.sha256(batch.header_bytes)
    assert batch.signature == Laptop(0).sign(b"inspector/1\n" + batch.header_bytes)
    assert batch.signature != Laptop(0).sign(batch.header_bytes)


def test_any_flipped_byte_is_found() -> None:
    line = Laptop(0).batch([SITE]).line
    for place in range(len(line) - 1):  # the LF at the end is no part of what was signed
        changed = bytearray(line)
        changed[place] ^= 0xFF
        with pytest.raises((Damaged, BadInput)):
            read_line(bytes(changed))


def test_a_cut_line_is_refused_wherever_it_is_cut() -> None:
    line = Laptop(0).batch([SITE]).line
    for length in range(len(line) - 1):
        with pytest.raises((Damaged, BadInput)):
            read_line(line[:length])


@given(junk=st.binary(max_size=300))
def test_junk_is_refused_and_breaks_nothing(junk: bytes) -> None:
    refusal(junk)


@given(place=st.integers(0, 2000), put=st.binary(max_size=4))
def test_bytes_put_into_a_line_are_refused(place: int, put: bytes) -> None:
    line = Laptop(0).batch([SITE]).line
    changed = line[:place] + put + line[place:]
    if changed.removesuffix(b"\n") != line.removesuffix(b"\n"):
        with pytest.raises((Damaged, BadInput)):
            read_line(changed)


def test_another_spelling_of_the_same_value_is_refused_even_when_signed() -> None:
    laptop = Laptop(0)
    header = laptop.batch([SITE]).header_bytes
    for spelling in (
        header.replace(b'"v":1', b'"v": 1'),
        header.replace(b'"v":1', b'"v":1,"v":1'),
        header.replace("㐂".encode(), rb"\u3402"),
        header.replace(b'"seq":1', b'"seq":1.0'),
        json.dumps(
            dict(reversed(json.loads(header).items())), separators=(",", ":"), ensure_ascii=False
        ).encode(),
    ):
        assert spelling != header
        refusal(signed(laptop, spelling))


def test_a_signature_in_another_spelling_is_refused() -> None:
    header, _, signature = Laptop(0).batch([SITE]).line.partition(b"\t")
    refusal(header + b"\t" + signature.strip().rstrip(b"="))
    refusal(header + b"\t " + signature)
    other = header + b"\t" + signature[:85] + bytes([signature[85] + 1]) + b"==\n"  # the same 64 bytes
    assert base64.b64decode(other.partition(b"\t")[2]) == base64.b64decode(signature)
    refusal(other)


def test_a_batch_of_another_ledger_is_told_by_name() -> None:
    with pytest.raises(BadInput) as refused:
        read_line(Laptop(0).batch([SITE]).line, "330100")
    assert refused.value.key == "batch-other-ledger"
    assert refused.value.values == {"ledger": LEDGER, "here": "330100"}


def test_a_batch_of_a_later_version_is_told_as_such() -> None:
    with pytest.raises(BadInput) as refused:
        read_line(resealed(Laptop(0), v=2))
    assert refused.value.key == "batch-newer"


def test_a_foreign_key_cannot_speak_for_a_device() -> None:
    refusal(resealed(Laptop(0), key=Laptop(1).public))
    refusal(resealed(Laptop(0), key=Laptop(1).public, device=Laptop(1).id))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ledger": "33 01"}, "ledger"),
        ({"seq": 0}, "seq"),
        ({"seq": 2}, "seq"),
        ({"prev": "aa" * 32}, "seq"),
        ({"seq": 2, "prev": "AA" * 32}, "prev"),
        ({"device": "0" * 32}, "device"),
        ({"key": "zz" * 32}, "key"),
        ({"person": "site:A"}, "person"),
        ({"wall": "2026-11-23 10:00:00+08:00"}, "RFC 3339"),
        ({"wall": "2026-11-23T10:00:00"}, "RFC 3339"),
        ({"wall": "2026-11-23T10:00:00.5+08:00"}, "RFC 3339"),
        ({"wall": "2026-02-30T10:00:00+08:00"}, "day"),
        ({"records": []}, "number of records"),
        ({"records": "none"}, "records"),
    ],
)
def test_a_header_that_breaks_a_rule_is_refused_though_its_author_signed_it(
    changes: dict[str, Any], reason: str
) -> None:
    assert reason in refusal(resealed(Laptop(0), **changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "unit"}, "kind or entity"),
        ({"kind": "Site", "entity": "Site:A"}, "kind or entity"),
        ({"entity": "site:"}, "kind or entity"),
        ({"entity": "site:a\nb"}, "kind or entity"),
        ({"entity": "site:" + "长" * 300}, "kind or entity"),
        ({"parents": ["ab"]}, "parents"),
        ({"parents": ["ab" * 32] * 2}, "parents"),
        ({"parents": [f"{n:064x}" for n in range(1001)]}, "parents"),
        ({"blobs": [["ab" * 32, -1]]}, "blobs"),
        ({"blobs": [["AB" * 32, 1]]}, "blobs"),
        ({"blobs": [["ab" * 32, 1]] * 201}, "200 blobs"),
        ({"body": {"set": []}}, "set"),
        ({"body": {"moves": {}}}, "moves"),
        ({"body": {"moves": [{"to": "x"}]}}, "moves"),
        ({"body": {"set": {"text": "长" * 400_000}}}, "1 MiB"),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(changes: dict[str, Any], reason: str) -> None:
    record = {"kind": "site", "entity": "site:A", "parents": [], "body": {}, "blobs": []} | changes
    assert reason in refusal(resealed(Laptop(0), records=[record]))


def test_an_entity_stands_at_most_once_in_a_batch() -> None:
    with pytest.raises(ValueError, match="two records"):
        Laptop(0).batch([SITE, SITE])


def test_the_limits_hold_and_are_told() -> None:
    body = {"set": {"text": "x" * 1_000_000}}
    many = [Record("setting", f"setting:{n}", (), body) for n in range(17)]
    with pytest.raises(BadInput) as refused:
        Laptop(0).batch(many)
    assert refused.value.key == "batch-too-large"
    just = Laptop(0).batch(many[:16])
    assert len(just.line) <= MAX_LINE
    assert read_line(just.line) == just
    with pytest.raises(BadInput):
        Laptop(0).batch([Record("unit", f"unit:{n}", (), {}) for n in range(MAX_RECORDS + 1)])
    assert "16 MiB" in refusal(b"x" * (MAX_LINE + 1))


def test_nesting_has_a_limit() -> None:
    value: Any = 1
    for _ in range(20):
        value = [value]
    with pytest.raises(ValueError, match="nested"):
        Laptop(0).batch([Record("setting", "setting:a", (), {"set": {"a": value}})])
    header = Laptop(0).batch([SITE]).header_bytes.replace("㐂居花苑二期".encode(), b"x")
    deep = header.replace(b'"x"', b"[" * 5000 + b"]" * 5000)
    refusal(signed(Laptop(0), deep))


def test_a_kind_or_field_of_a_later_version_is_kept_as_it_came() -> None:
    record = {
        "kind": "raid",
        "entity": "raid:A",
        "parents": [],
        "body": {"set": {"x": 1}},
        "blobs": [],
        "extra": 7,
    }
    line = resealed(Laptop(0), records=[record], mood="calm")
    batch = read_line(line)
    assert batch.line == line
    (read,) = batch.header.records
    assert not read.known
    assert read.fact(batch.hash, 0).set == {}


def test_a_move_of_a_later_version_makes_its_record_unknown() -> None:
    record = Record("finding", "finding:A", (), {"set": {"place": "x"}, "moves": [{"move": "auction"}]})
    assert not record.known
    assert record.fact("h", 0).moves == ()


def test_user_text_is_kept_code_point_for_code_point() -> None:
    text = '郞\u0301 é e\u0301 𬭎𠮷㐂 \u2028\u007f"\\'
    batch = Laptop(0).batch([Record("person", "person:A", (), {"set": {"name": text}})])
    assert read_line(batch.line).header.records[0].set["name"] == text


def test_a_fault_of_the_caller_is_no_message_for_the_user() -> None:
    laptop = Laptop(0)
    for wrong in ({"x": 1.5}, {"x": 2**53}, {"名": 1}, {"x": "\ud800"}):
        with pytest.raises(ValueError):
            laptop.batch([Record("site", "site:A", (), {"set": wrong})])
    with pytest.raises(ValueError, match="seq"):
        seal(laptop, ledger=LEDGER, seq=2, prev="", wall=WALLS[0], person=None, records=(SITE,))


def test_instants_are_compared_across_time_zones() -> None:
    assert instant_of("2026-11-23T10:00:00+08:00") == instant_of("2026-11-23T02:00:00Z") == 1795399200
    assert instant_of("1969-12-31T23:59:59Z") == -1
    batch: Batch = Laptop(0).batch([SITE], wall="2026-11-23T10:00:00+08:00")
    assert batch.instant == 1795399200


def test_fresh_ids_are_eighty_random_bits() -> None:
    assert len({fresh_id() for _ in range(100)}) == 100
    assert all(len(fresh_id()) == 16 for _ in range(10))
    assert fresh_id(b"\0" * 10) == "A" * 16


@pytest.mark.parametrize(
    ("name", "good"), [("330199", True), ("demo", True), ("local-ab12", True), ("-a", False)]
)
def test_a_ledger_has_a_plain_name(name: str, good: bool) -> None:
    assert is_ledger(name) is good


def test_a_ledgers_name_has_limits() -> None:
    assert not any(map(is_ledger, ("", "A", "甲", "a b", "a" * 65, "a\n")))
