"""What lists show of the ledger: duplicates joined, what foreign programs wrote survived, and found by an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from inspector.ledger.record import Record
from inspector.model.errors import BadInput
from inspector.model.finding import State
from inspector.model.inspection import Content
from inspector.services import check
from inspector.store import entities, findings, inspections, people, records, sites, units
from inspector.store.workspace import Workspace
from tests.county import County
from tests.histories import WALLS

SITE = {"kind": "公共厕所"}


def said(workspace: Workspace, entity: str, *moves: str, **fields: Any) -> None:
    with workspace.transaction() as db:
        body = {"set": fields, "moves": [{"move": move} for move in moves]}
        record = Record(entity.partition(":")[0], entity, records.heads(db, entity), body)
        records.append(db, workspace, (record,), person=None, wall=WALLS[0])


def test_duplicates_are_listed_once_and_found_by_either_name(workspace: Workspace) -> None:
    said(workspace, "site:A", name="公厕甲", code="A", **SITE)
    said(workspace, "site:B", name="公厕甲二", code="B", merged_into="site:A", **SITE)
    with workspace.reading() as db:
        assert [site.id for site in sites.every(db)] == ["site:A"]
        assert sites.one(db, "site:B").name == "公厕甲"


def test_a_circle_of_duplicates_joins_nothing_and_loses_nothing(workspace: Workspace) -> None:
    said(workspace, "site:A", name="公厕甲", code="A", merged_into="site:B", **SITE)
    said(workspace, "site:B", name="公厕乙", code="B", merged_into="site:A", **SITE)
    with workspace.reading() as db:
        assert [site.name for site in sites.every(db)] == ["公厕甲", "公厕乙"]


def test_units_come_in_the_official_order_and_those_without_one_last(workspace: Workspace) -> None:
    for name, order in (("乙局", 2), ("甲局", 3), ("丙局", 1)):
        said(workspace, f"unit:{name}", name=name, order=order)
    said(workspace, "unit:丁局", name="丁局")
    with workspace.reading() as db:
        assert [unit.name for unit in units.every(db)] == ["丙局", "乙局", "甲局", "丁局"]


def test_what_no_value_can_be_made_of_is_left_out_of_lists_and_stays_in_the_ledger(
    workspace: Workspace,
) -> None:
    """Another program may write what it likes, within the format."""
    said(workspace, "site:A", name=7, kind=["x"])
    said(workspace, "unit:A", name=None)
    said(workspace, "person:AAAAAAAAAAAAAAAA", name="甲", certificates="none", merged_into=5)
    with workspace.reading() as db:
        assert sites.every(db) == units.every(db) == people.every(db) == []
        with pytest.raises(BadInput) as refused:
            sites.one(db, "site:A")
        assert refused.value.key == "site-unknown"
        assert entities.shown_of(db, "site") == {"site:A": {"name": 7, "kind": ["x"]}}
    assert check.check(workspace, deep=True) == []


def test_a_finding_with_odd_fields_keeps_its_life(workspace: Workspace) -> None:
    said(workspace, "finding:A", "hand", "serve", place=7, site={"x": 1}, photos="many")
    with workspace.reading() as db:
        (row,) = findings.every(db)
        assert (row.id, row.state, row.place) == ("finding:A", State.SERVED, "")


def test_a_document_of_a_later_schema_is_kept_and_not_listed(workspace: Workspace) -> None:
    said(workspace, "inspection:A", document={"v": 2, "number": "X"}, sheet="ab" * 32)
    with workspace.reading() as db:
        assert inspections.every(db) == []
        with pytest.raises(BadInput) as refused:
            inspections.one(db, "X")
        assert refused.value.key == "inspection-unknown"
    assert check.check(workspace, deep=True) == []


def test_an_inspection_is_found_by_its_id_its_number_and_its_printed_digits(county: County) -> None:
    entity = county.signed(county.passed()).inspection
    with county.workspace.reading() as db:
        (row,) = inspections.every(db)
        for which in (entity, entity.partition(":")[2], row.number, row.content[:16]):
            assert inspections.one(db, which) == row
        for which in ("", "*", row.content[:15], row.content[:15] + "*", "GC-001"):
            with pytest.raises(BadInput):
                inspections.one(db, which)


def test_a_number_that_two_inspections_carry_is_told(county: County) -> None:
    """Two laptops cannot give one number; a disk that was cloned can."""
    county.signed(county.passed())
    with county.workspace.reading() as db:
        (row,) = inspections.every(db)
        content = inspections.document(db, row)
    document = entities_document(county, row.id) | {"inspection": "inspection:B"}
    said(county.workspace, "inspection:B", document=document, sheet=row.sheet)
    with county.workspace.reading() as db:
        with pytest.raises(BadInput) as refused:
            inspections.one(db, content.number)
        assert refused.value.key == "inspection-ambiguous"


def test_one_document_in_two_records_is_current_in_both_here_and_after_a_rebuild(county: County) -> None:
    entity = county.signed(county.passed()).inspection
    with county.workspace.reading() as db:
        (row,) = inspections.every(db)
    content = inspections_content(county, row)
    said(county.workspace, entity, document=msgspec.to_builtins(content), sheet=row.sheet)
    with county.workspace.reading() as db:
        before = db.execute("SELECT batch, current FROM document ORDER BY batch").fetchall()
    assert [current for _, current in before] == [1, 1]
    assert check.check(county.workspace, deep=True) == []


def inspections_content(county: County, row: inspections.Row) -> Content:
    with county.workspace.reading() as db:
        return inspections.document(db, row)


def entities_document(county: County, entity: str) -> dict[str, Any]:
    with county.workspace.reading() as db:
        return dict(entities.shown_of(db, "inspection")[entity]["document"])


@pytest.mark.parametrize(
    "ask",
    [
        lambda db: findings.of_site(db, "site:A"),
        lambda db: findings.of_inspection(db, "inspection:A"),
        lambda db: findings.times(db, site="site:A", but="inspection:A"),
        lambda db: inspections.of_site(db, "site:A"),
        lambda db: inspections.documents_of(db, "inspection:A"),
        lambda db: inspections.photos_used(db, ["ab" * 32], but="inspection:A"),
        lambda db: records.heads(db, "site:A"),
        lambda db: records._end(db, "ab" * 16),
        lambda db: entities.shown_of(db, "site"),
        lambda db: entities.one(db, "site:A", sites.Site),
    ],
)
def test_what_is_asked_often_is_found_by_an_index(
    workspace: Workspace, ask: Callable[[sqlite3.Connection], object]
) -> None:
    asked: list[str] = []
    with workspace.reading() as db:
        db.set_trace_callback(asked.append)
        ask(db)
        db.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN")]
