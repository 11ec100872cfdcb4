"""The second reader, which uses none of our code, and the test vectors of docs/format.md."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import record
from inspector.ledger.record import PREFIX, Batch, Record, read_line
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged
from inspector.store import blobs, records
from inspector.store.workspace import Workspace
from tests.histories import LEDGER, WALLS, Laptop, histories, loaded, oracle
from tests.model.test_fields import read_by_us, sorted_conflicts

HERE = Path(__file__).parent
second = loaded(HERE / "second_reader.py")


def vectors(name: str) -> Any:
    return json.loads((HERE / "vectors" / name).read_text("utf-8"))


def accepted_by_us(line: bytes) -> bool:
    try:
        read_line(line)
    except (Damaged, BadInput):
        return False
    return True


def accepted_by_the_other(line: bytes) -> bool:
    try:
        second.header_of(line)
    except second.Refused:
        return False
    return True


@pytest.mark.parametrize("text", vectors("canonical.json")["good"])
def test_a_canonical_text_is_the_only_spelling_of_its_value(text: str) -> None:
    data = text.encode()
    assert canonical.encode(canonical.decode(data)) == data
    assert second.spelled(second.canonical(data)) == data


@pytest.mark.parametrize(
    "data",
    [text.encode() for text in vectors("canonical.json")["bad"]]
    + [bytes.fromhex(text) for text in vectors("canonical.json")["bad_hex"]],
)
def test_every_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        canonical.decode(data)
    with pytest.raises(second.Refused):
        second.canonical(data)


def test_the_batches_of_the_vectors_are_read_and_signed_again_to_the_byte() -> None:
    told = vectors("batches.json")
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["secret"]))
    assert Laptop(0).public == told["key"]
    for good in told["good"]:
        line = good["line"].encode()
        batch = read_line(line, told["ledger"])
        assert (batch.hash, batch.header.device) == (good["hash"], told["device"])
        assert batch.signature == key.sign(PREFIX + batch.header_bytes)
        assert batch.line == line + b"\n"
        assert list(second.read([line])) == [good["hash"]]


def test_the_format_page_states_the_first_vector_and_the_limits() -> None:
    page = (HERE.parents[1] / "docs" / "format.md").read_text("utf-8")
    told = vectors("batches.json")
    assert all(f"`{value}`" in page for value in (told["key"], told["device"], told["good"][0]["hash"]))
    limits = {"a line": f"{record.MAX_LINE // 2**20} MiB", "records of a batch": f"{record.MAX_RECORDS:,}"}
    limits |= {"parents of a record": f"{record.MAX_PARENTS:,}", "entity": f"{record.MAX_ENTITY} characters"}
    limits |= {"body of a record": f"{record.MAX_BODY // 2**20} MiB", "nesting": str(canonical.MAX_NESTING)}
    limits |= {"blobs of a record": f"{record.MAX_BLOBS}, each of at most 2^40 bytes"}
    assert all(f"| {what} | {most} |" in page for what, most in limits.items())


@pytest.mark.parametrize("bad", vectors("batches.json")["bad"], ids=lambda bad: str(bad["why"]))
def test_no_reader_accepts_a_bad_batch(bad: dict[str, str]) -> None:
    assert not accepted_by_us(bad["line"].encode())
    assert not accepted_by_the_other(bad["line"].encode())


@pytest.mark.parametrize("case", vectors("meaning.json")["cases"], ids=lambda case: str(case["about"])[:60])
def test_the_vectors_of_meaning_mean_what_they_say(case: dict[str, Any]) -> None:
    lines = [line.encode() for line in case["lines"]]
    for order in (lines, lines[::-1]):
        assert second.meaning(second.read(order)) == case["meaning"]
        assert json.loads(json.dumps(read_by_us([read_line(line) for line in order]))) == case["meaning"]


def test_the_vectors_of_meaning_are_what_the_reference_says() -> None:
    meaning = oracle().meaning
    for case in vectors("meaning.json")["cases"]:
        headers = second.read([line.encode() for line in case["lines"]])
        assert sorted_conflicts(meaning(headers)) == sorted_conflicts(case["meaning"])


@given(batches=histories(), shuffled=st.randoms(use_true_random=False))
def test_both_readers_agree_on_every_set_of_batches(batches: list[Batch], shuffled: random.Random) -> None:
    other = batches[:]
    shuffled.shuffle(other)
    told = second.meaning(second.read([batch.line for batch in other]))
    assert json.loads(json.dumps(read_by_us(batches))) == told


strange = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.just("ab" * 32),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)


HEADER = ["v", "ledger", "device", "key", "seq", "prev", "wall", "person", "records", "new"]
RECORD = ["kind", "entity", "parents", "body", "blobs", "extra"]


@given(
    place=st.sampled_from([*HEADER, *RECORD]),
    value=strange,
    gone=st.booleans(),
)
def test_both_readers_accept_the_same_batches(place: str, value: object, gone: bool) -> None:
    """One field of a batch is anything or gone; the device signs it all the same."""
    laptop = Laptop(0)
    site = Record("site", "site:GJ-004", (), {"set": {"name": "㐂"}}, (("ab" * 32, 1),))
    header = json.loads(laptop.batch([site]).header_bytes)
    where = header["records"][0] if place in RECORD else header
    if gone:
        where.pop(place, None)
    else:
        where[place] = value
    data = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    line = data + b"\t" + second.base64.b64encode(laptop.sign(PREFIX + data)) + b"\n"
    assert accepted_by_us(line) == accepted_by_the_other(line)


def test_the_second_reader_reads_a_workspace_and_its_originals(workspace: Workspace) -> None:
    photo = (blobs.put(workspace, b"a photo"), 7)
    with workspace.transaction() as db:
        record = Record(
            "finding", "finding:A", (), {"set": {"place": "东门"}, "moves": [{"move": "hand"}]}, (photo,)
        )
        records.append(db, workspace, (record,), person=None, wall=WALLS[0])
    workspace.close()
    done = subprocess.run(
        [sys.executable, HERE / "second_reader.py", workspace.path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["finding:A"]["state"] == "handed"
    assert "1 batches, 1 blobs" in done.stderr


def test_the_second_reader_takes_a_file_of_batches(tmp_path: Path) -> None:
    laptop = Laptop(0)
    lines = [laptop.batch([Record("site", f"site:{n}", (), {"set": {"n": n}})]).line for n in range(3)]
    (tmp_path / "a.batches").write_bytes(b"".join(lines))
    done = subprocess.run(
        [sys.executable, HERE / "second_reader.py", tmp_path / "a.batches"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["site:2"]["fields"] == {"n": 2}
    assert LEDGER in lines[0].decode()
