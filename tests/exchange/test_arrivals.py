"""What the office sees of every laptop: what came, up to when, what is missing, whose disk was cloned."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.chain import Link, chain
from inspector.services import arrivals, bundles, copies
from inspector.store import runs
from tests.exchange.desk import NOW, Laptop, everybody

VISIT = "inspection:AAAAAAAAAAAAAAAA"
LATER = NOW + timedelta(days=1)


def test_what_came_is_remembered_with_its_laptop_day_and_stick(
    pair: tuple[Laptop, Laptop], stick: Path, tmp_path: Path
) -> None:
    field, office = pair
    copies.name_device(field.workspace, "03 号机")
    field.write(VISIT, n=1)
    field.write(VISIT, n=2)
    field.sync(stick)
    office.sync(stick, now=LATER)
    (came,) = arrivals.history(office.workspace)
    assert (came.device, came.place) == (field.workspace.device.id, str(stick))
    assert (came.at, came.batches, came.records) == (LATER.isoformat(), 2, 2)
    own, other = arrivals.desk(office.workspace, now=LATER).sources
    assert (own.own, other.own) == (True, False)
    assert (other.label, other.batches, other.wrote) == ("03 号机", 2, NOW.isoformat())
    assert (other.came, other.gaps, other.forks, other.open) == (came, (), (), 0)
    office.sync(stick, now=LATER)
    assert len(arrivals.history(office.workspace)) == 1  # nothing new is no arrival

    field.write(VISIT, n=3)
    bundles.write(field.workspace, tmp_path / "b.zip", now=LATER)
    bundles.read(office.workspace, [tmp_path / "b.zip"], now=LATER, accept=everybody)
    newest, _ = arrivals.history(office.workspace, field.workspace.device.id)
    assert (newest.place, newest.batches) == (str(tmp_path / "b.zip"), 1)
    assert arrivals.history(office.workspace, office.workspace.device.id) == []


def test_a_batch_that_did_not_come_is_counted_as_missing(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    field, office = pair
    for n in range(3):
        field.write(VISIT, n=n)
        field.sync(stick)
    middle = next((stick / "devices" / field.workspace.device.id).glob("2-2-*"))
    middle.unlink()
    office.sync(stick)
    _, other = arrivals.desk(office.workspace, now=NOW).sources
    assert (other.gaps, other.missing, other.batches) == (((2, 2),), 1, 2)


links = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2), st.integers(0, 2)), max_size=12, unique=True)


@given(links)
def test_gaps_and_forks_of_runs_are_those_of_the_whole_chain(drawn: list[tuple[int, int, int]]) -> None:
    """Arms of forks, each batch on some arm of the number before."""
    written = [
        Link(seq, f"{seq}/{arm}", f"{seq - 1}/{before}" if seq > 1 else "") for seq, arm, before in drawn
    ]
    by_hash = {one.hash: one for one in written}
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE run (device, tip, first, base, last, PRIMARY KEY (device, tip))")
    for one in by_hash.values():
        runs.extend(db, "d", one.seq, one.prev, one.hash)
    gaps, forks = arrivals.chain_facts(runs.every(db))
    whole = chain("d", by_hash.values())
    assert gaps == whole.gaps
    assert set(forks) <= set(whole.forks)
    assert bool(forks) == bool(whole.forks)
    assert forks[:1] == whole.forks[:1]
