"""Laptops that sign batches without knowing of each other, and the meaning of what they signed by two readers that
use none of our code: `tests/ledger/second_reader.py`, and the slow reference beside the project where it is there."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import strategies as st

from inspector.ledger.record import Batch, Record, seal

LEDGER = "330199"
WALLS = (
    "2026-11-23T10:00:00+08:00",
    "2026-11-23T02:00:00Z",
    "2026-11-23T11:30:00+08:00",
    "1969-12-31T23:59:59Z",
)
"""The first two are the same instant: then the batch hash decides."""
ENTITIES = (
    "finding:AAAAAAAAAAAAAAAA",
    "finding:BBBBBBBBBBBBBBBB",
    "site:GJ-004",
    "unit:示例县住房和城乡建设局",
    "raid:CCCC",
)
"""`raid` is a kind of a later version."""
MOVES = ("hand", "serve", "report", "pass", "fail", "withdraw", "reopen")


class Laptop:
    """A device with a key made from a number: the same in every run."""

    def __init__(self, number: int) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32)
        self.public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        self.id = hashlib.sha256(bytes.fromhex(self.public)).hexdigest()[:32]
        self.chain: list[str] = [""]

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)

    def batch(
        self,
        records: Sequence[Record],
        *,
        wall: str = WALLS[0],
        after: int | None = None,
        person: str | None = None,
    ) -> Batch:
        """The next batch; with `after` (a number of its chain) the one that a clone of the disk would sign."""
        seq = len(self.chain) if after is None else after + 1
        batch = seal(
            self,
            ledger=LEDGER,
            seq=seq,
            prev=self.chain[seq - 1],
            wall=wall,
            person=person,
            records=tuple(records),
        )
        self.chain[seq:] = [batch.hash]
        return batch


@st.composite
def histories(draw: st.DrawFn, *, most: int = 10, entities: Sequence[str] = ENTITIES) -> list[Batch]:
    """Batches of three laptops in the order of signing, every entity's records building on some of the earlier ones
    (not always the latest), with forks and with moves and kinds of a later version."""
    laptops = [Laptop(number) for number in range(3)]
    written: dict[str, list[str]] = {entity: [] for entity in entities}
    batches: list[Batch] = []
    values = st.sampled_from([0, 1, "甲", ["甲", 1], {"a": None}])
    for _ in range(draw(st.integers(1, most))):
        laptop = draw(st.sampled_from(laptops))
        cloned = len(laptop.chain) > 1 and draw(st.integers(0, 9)) == 0
        after = draw(st.integers(0, len(laptop.chain) - 2)) if cloned else None
        records = []
        for entity in draw(st.lists(st.sampled_from(entities), min_size=1, max_size=3, unique=True)):
            earlier = written[entity]
            latest = earlier[-1:] if draw(st.booleans()) else []
            some = draw(st.lists(st.sampled_from(earlier), max_size=3, unique=True)) if earlier else []
            body: dict[str, Any] = {}
            if draw(st.integers(0, 3)):
                body["set"] = draw(
                    st.dictionaries(st.sampled_from(["a", "b", "merged_into"]), values, max_size=2)
                )
            if entity.startswith("finding:"):
                moves = draw(st.lists(st.sampled_from(MOVES), max_size=3))
                if draw(st.integers(0, 19)) == 0:
                    moves.append("auction")
                body["moves"] = [{"move": move} for move in moves]
            kind = entity.partition(":")[0]
            records.append(Record(kind, entity, tuple(dict.fromkeys([*some, *latest])), body))
        batch = laptop.batch(records, wall=draw(st.sampled_from(WALLS)), after=after)
        if any(batch.hash == other.hash for other in batches):
            continue
        for record in records:
            written[record.entity].append(batch.hash)
        batches.append(batch)
    return batches


def loaded(file: Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def oracle() -> ModuleType:
    """The reference beside the project; skips where it is absent."""
    file = Path(__file__).resolve().parents[2] / "shared" / "oracle" / "meaning.py"
    if not file.is_file():
        pytest.skip("the reference of meaning lies outside this checkout and is not here")
    return loaded(file)
