from __future__ import annotations

import json
import random
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.record import Batch, Record, read_line
from inspector.model.errors import BadInput
from inspector.services import check, workspaces
from inspector.store import projections, records, schema
from inspector.store.workspace import Workspace
from tests.histories import LEDGER, WALLS, Laptop, histories, oracle

SITE = "site:GJ-004"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace of the ledger that the laptops of `tests/histories.py` write."""
    with workspaces.create(tmp_path / "workspace", ledger=LEDGER) as made:
        yield made


def tables(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is derived, row by row."""
    return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in projections.TABLES}


def projected(batches: Iterable[Batch], *, together: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """The projections after the batches came in this order, one by one or all in one go; in memory, for it is asked
    often."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        schema.migrate(db)
        projections.create(db)
        for some in [tuple(batches)] if together else [(batch,) for batch in batches]:
            records.receive(db, some)
        return tables(db)


def told(tables: dict[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """The projections in the shape of the reference."""
    findings = {row[0]: row for row in tables["finding"]}
    answer: dict[str, Any] = {}
    for id_, kind, shown, conflicts, _, _, _ in tables["entity"]:
        answer[id_] = {"fields": json.loads(shown), "conflicts": json.loads(conflicts)}
        if kind == "finding":
            *_, outcome, stage, state, void, _ = findings[id_]
            steps = [step.split("/") for step in void.split()]
            answer[id_] |= {
                "outcome": outcome,
                "stage": stage or None,
                "state": state,
                "void": [[batch, int(index)] for batch, index in steps],
            }
    return answer


def comparable(meaning: dict[str, Any], present: set[str]) -> str:
    """The meaning of entities that have a record which is not waiting; conflicts in one order."""
    plain = {entity: json.loads(json.dumps(value)) for entity, value in meaning.items() if entity in present}
    for entity in plain.values():
        for name, values in entity["conflicts"].items():
            entity["conflicts"][name] = sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    return json.dumps(plain, sort_keys=True)


@given(
    batches=histories(),
    lost=st.sets(st.integers(0, 9), max_size=1),
    shuffled=st.randoms(use_true_random=False),
)
def test_laptops_that_hold_the_same_batches_hold_the_same_tables_to_the_byte(
    batches: list[Batch], lost: set[int], shuffled: random.Random
) -> None:
    here = [batch for place, batch in enumerate(batches) if place not in lost]
    other = [read_line(batch.line, LEDGER) for batch in here]
    shuffled.shuffle(other)
    first = projected(here)
    assert first == projected(other) == projected(other, together=True)
    expected = oracle().meaning({batch.hash: json.loads(batch.header_bytes) for batch in here})
    assert comparable(told(first), set(expected)) == comparable(expected, set(expected))


@given(batches=histories(most=6))
def test_a_batch_that_comes_twice_changes_nothing_and_a_rebuild_makes_the_same(batches: list[Batch]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        workspaces.create(Path(folder, "w"), ledger=LEDGER) as workspace,
    ):
        for batch in batches:
            with workspace.transaction() as db:
                assert records.receive(db, (batch,))
        with workspace.reading() as db:
            before = tables(db)
        with workspace.transaction() as db:
            assert not any(records.receive(db, (batch,)) for batch in batches)
        check.rebuild(workspace)
        with workspace.reading() as db:
            assert tables(db) == before
        assert check.check(workspace, deep=True) == []


def test_what_is_appended_is_kept_as_it_was_signed(workspace: Workspace) -> None:
    first = append(workspace, Record("site", SITE, (), {"set": {"name": "㐂居花苑二期"}}))
    second = append(workspace, Record("site", SITE, (first.hash,), {"set": {"name": "新"}}))
    with workspace.reading() as db:
        rows = db.execute("SELECT header, signature FROM batch ORDER BY seq").fetchall()
        assert records.heads(db, SITE) == (second.hash,)
    assert rows == [(batch.header_bytes, batch.signature) for batch in (first, second)]
    assert second.header.prev == first.hash
    assert read_line(second.line, workspace.ledger) == second


def test_an_act_that_fails_leaves_no_trace_and_no_gap(workspace: Workspace) -> None:
    append(workspace, Record("site", SITE, (), {}))
    with pytest.raises(ZeroDivisionError), workspace.transaction() as db:
        records.append(db, workspace, (Record("site", "site:X", (), {}),), person=None, wall=WALLS[0])
        raise ZeroDivisionError
    with workspace.reading() as db:
        assert records.heads(db, "site:X") == ()
    assert append(workspace, Record("site", "site:X", (), {})).header.seq == 2
    assert check.check(workspace, deep=True) == []


def test_too_much_for_one_batch_is_told_and_nothing_is_stored(workspace: Workspace) -> None:
    body = {"set": {"text": "x" * 1_000_000}}
    with pytest.raises(BadInput) as refused, workspace.transaction() as db:
        many = tuple(Record("setting", f"setting:{n}", (), body) for n in range(17))
        records.append(db, workspace, many, person=None, wall=WALLS[0])
    assert refused.value.key == "batch-too-large"
    with workspace.reading() as db:
        assert db.execute("SELECT count(*) FROM batch").fetchone() == (0,)


def test_a_record_without_its_parent_waits_visibly_and_counts_when_it_comes(workspace: Workspace) -> None:
    laptop = Laptop(1)
    first = laptop.batch([Record("site", SITE, (), {"set": {"name": "旧"}})])
    second = laptop.batch([Record("site", SITE, (first.hash,), {"set": {"name": "新"}})])
    receive(workspace, second)
    waiting = check.Problem(kind="check-record-waiting", where=SITE, detail="1")
    gap = check.Problem(kind="check-chain-gap", where=laptop.id, detail="1–1")
    assert set(check.facts(workspace)) == {waiting, gap}
    assert shown(workspace, SITE) == {}
    receive(workspace, first)
    assert check.facts(workspace) == []
    assert shown(workspace, SITE) == {"name": "新"}


def test_a_fork_is_a_fact_that_is_shown_and_never_a_reason_to_refuse(workspace: Workspace) -> None:
    laptop = Laptop(1)
    receive(workspace, laptop.batch([Record("site", SITE, (), {"set": {"name": "甲"}})]))
    laptop.chain.pop()
    receive(workspace, laptop.batch([Record("site", SITE, (), {"set": {"name": "乙"}})], wall=WALLS[2]))
    assert check.facts(workspace) == [check.Problem(kind="check-chain-fork", where=laptop.id, detail="1")]
    assert check.check(workspace, deep=True) == []
    assert shown(workspace, SITE) == {"name": "乙"}


def test_what_a_later_version_wrote_makes_its_entity_read_only(workspace: Workspace) -> None:
    receive(workspace, Laptop(1).batch([Record("raid", "raid:A", (), {"set": {"x": 1}})]))
    assert check.facts(workspace) == [check.Problem(kind="check-entity-newer", where="raid:A")]
    assert shown(workspace, "raid:A") == {}


def test_sizes_that_disagree_mean_the_same_in_both_orders() -> None:
    """A hostile record may lie about a blob's size."""
    records_ = [Record("finding", "finding:A", (), {}, (("ab" * 32, size),)) for size in (1, 2)]
    batches = [Laptop(number).batch([record]) for number, record in enumerate(records_)]
    assert projected(batches) == projected(reversed(batches))


def append(workspace: Workspace, record: Record) -> Batch:
    with workspace.transaction() as db:
        return records.append(db, workspace, (record,), person=None, wall=WALLS[0])


def receive(workspace: Workspace, batch: Batch) -> None:
    with workspace.transaction() as db:
        records.receive(db, (read_line(batch.line, workspace.ledger),))


def shown(workspace: Workspace, entity: str) -> dict[str, Any]:
    with workspace.reading() as db:
        row = db.execute("SELECT shown FROM entity WHERE id = ?", (entity,)).fetchone()
    return dict(json.loads(row[0]))
