"""Promise 3: merging is set union. Any number of laptops, in any order, any number of times: the same result
everywhere, to the byte. Where two people really disagreed, both are shown and a person decides."""

from __future__ import annotations

import base64
import json
import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from inspector.ledger.record import Record, read_line
from inspector.model.finding import State
from inspector.services import check, corrections, inspections, sites, workspaces
from inspector.store import findings, projections, records
from inspector.store import inspections as store
from inspector.store.workspace import Workspace
from tests.county import NOW, County


@pytest.fixture
def laptops(county: County, tmp_path: Path) -> Iterator[list[County]]:
    """Three laptops that were set up from one folder; each is a device of its own."""
    county.workspace.close()
    with ExitStack() as stack:
        paths = [county.workspace.path] + [tmp_path / f"laptop {number}" for number in (2, 3)]
        for path in paths[1:]:
            shutil.copytree(paths[0], path)
        yield [County(stack.enter_context(workspaces.opened(path))) for path in paths]


def lines(workspace: Workspace) -> list[bytes]:
    """All that a laptop holds, as lines that can be carried on a stick."""
    with workspace.reading() as db:
        rows = db.execute("SELECT header, signature FROM batch").fetchall()
    return [header + b"\t" + base64.b64encode(signature) + b"\n" for header, signature in rows]


def taken(workspace: Workspace, given: list[bytes]) -> None:
    """A laptop takes lines in, in the order in which they come."""
    for line in given:
        with workspace.transaction() as db:
            records.receive(db, (read_line(line, workspace.ledger),))


def lists(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that screens and commands show of the ledger."""
    with workspace.reading() as db:
        return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in projections.TABLES}


def met(laptops: list[County], seed: int) -> None:
    """All laptops exchange everything, each in an order of its own, some of it twice."""
    chance = random.Random(seed)
    everything = [line for laptop in laptops for line in lines(laptop.workspace)]
    for laptop in laptops:
        taken(laptop.workspace, chance.sample(everything, len(everything)))


def revised(laptop: County, site: str, **fields: str) -> None:
    """Somebody changes a site, knowing what this laptop knows."""
    with laptop.workspace.transaction() as db:
        record = Record("site", site, records.heads(db, site), {"set": fields})
        records.append(db, laptop.workspace, (record,), person=None, wall=NOW.isoformat())


def moved(laptop: County, finding: str, move: str) -> None:
    with laptop.workspace.transaction() as db:
        record = Record("finding", finding, records.heads(db, finding), {"moves": [{"move": move}]})
        records.append(db, laptop.workspace, (record,), person=None, wall=NOW.isoformat())


def shown(laptop: County, entity: str) -> tuple[Any, Any]:
    """The shown fields of an entity, and those in conflict."""
    with laptop.workspace.reading() as db:
        row = db.execute(
            "SELECT json(CAST(shown AS TEXT)), json(CAST(conflicts AS TEXT)) FROM entity WHERE id = ?",
            (entity,),
        )
        return row.fetchone()


def state(laptop: County, finding: str) -> State:
    with laptop.workspace.reading() as db:
        return findings.one(db, finding).state


def test_three_teams_come_home_and_every_laptop_shows_the_same_county(laptops: list[County]) -> None:
    for number, laptop in enumerate(laptops):
        draft = laptop.passed("GC-001", at=NOW + timedelta(hours=number))
        laptop.found(draft, "GC-05", place=f"第{number}组")
        laptop.signed(draft)
    met(laptops, seed=1)
    first, *others = [lists(laptop.workspace) for laptop in laptops]
    assert all(other == first for other in others)
    assert len(inspections.every(laptops[0].workspace)) == 3
    for laptop in laptops:
        assert check.check(laptop.workspace, deep=True) == []
        assert [(one.kind, one.detail) for one in check.facts(laptop.workspace)] == [
            ("check-blob-awaited", "2")
        ]


def test_meeting_again_in_another_order_changes_nothing(laptops: list[County]) -> None:
    laptops[0].signed(laptops[0].passed())
    revised(laptops[1], "site:GC-001", address="人民路2号")
    met(laptops, seed=1)
    before = lists(laptops[0].workspace)
    for seed in (2, 3):
        met(laptops, seed)
        assert all(lists(laptop.workspace) == before for laptop in laptops)


def test_a_stick_that_was_pulled_halfway_does_no_harm(laptops: list[County]) -> None:
    """What came without what it builds upon waits, and counts once the rest has come."""
    away, home = laptops[0], laptops[1]
    for address in ("人民路1号", "人民路2号", "人民路3号"):
        revised(away, "site:GC-001", address=address)
    new = [line for line in lines(away.workspace) if line not in set(lines(home.workspace))]
    before = sites.one(home.workspace, "GC-001").address
    taken(home.workspace, [line for line in new if "人民路3号".encode() in line])
    assert "check-record-waiting" in {one.kind for one in check.facts(home.workspace)}
    assert sites.one(home.workspace, "GC-001").address == before
    taken(home.workspace, new)
    assert sites.one(home.workspace, "GC-001").address == "人民路3号"
    assert check.facts(home.workspace) == []
    assert lists(home.workspace) == lists(away.workspace)


def test_changes_of_different_things_both_hold(laptops: list[County]) -> None:
    revised(laptops[0], "site:GC-001", address="人民路2号")
    revised(laptops[1], "site:GC-001", grid="第7网格")
    met(laptops, seed=4)
    for laptop in laptops:
        site = sites.one(laptop.workspace, "GC-001")
        assert (site.address, site.grid) == ("人民路2号", "第7网格")
        assert shown(laptop, "site:GC-001")[1] == "{}"


def test_where_two_people_disagree_both_are_shown_until_a_person_decides(laptops: list[County]) -> None:
    revised(laptops[0], "site:GC-001", address="人民路2号")
    revised(laptops[1], "site:GC-001", address="人民路22号")
    met(laptops, seed=5)
    for laptop in laptops:
        assert shown(laptop, "site:GC-001")[1] == '{"address":["人民路22号","人民路2号"]}'
    revised(laptops[2], "site:GC-001", address="人民路22号")
    met(laptops, seed=6)
    for laptop in laptops:
        assert shown(laptop, "site:GC-001")[1] == "{}"
        assert sites.one(laptop.workspace, "GC-001").address == "人民路22号"


def test_a_finding_that_one_closed_and_another_did_not_is_disputed_and_counts_as_open(
    laptops: list[County],
) -> None:
    draft = laptops[0].passed()
    finding = laptops[0].found(draft, "GC-05").id
    laptops[0].signed(draft)
    met(laptops, seed=7)
    moved(laptops[0], finding, "pass")
    moved(laptops[1], finding, "fail")
    met(laptops, seed=8)
    assert {state(laptop, finding) for laptop in laptops} == {State.DISPUTED}
    moved(laptops[2], finding, "fail")
    met(laptops, seed=9)
    assert {state(laptop, finding) for laptop in laptops} == {State.FAILED}


def test_two_corrections_of_one_sheet_are_both_kept_and_one_is_shown_until_a_person_decides(
    laptops: list[County],
) -> None:
    sheet = laptops[0].signed(laptops[0].passed()).inspection
    met(laptops, seed=10)
    shutil.copytree(
        laptops[0].workspace.path / "blobs", laptops[1].workspace.path / "blobs", dirs_exist_ok=True
    )
    for laptop, hours in ((laptops[0], 1), (laptops[1], 2)):
        draft = corrections.correct(laptop.workspace, sheet, why="笔误")
        laptop.found(draft, "GC-05", place=f"第{hours}处")
        laptop.signed(draft, at=NOW + timedelta(hours=hours))
    for seed in (11, 12):
        met(laptops, seed)
        first, *others = [lists(laptop.workspace) for laptop in laptops]
        assert all(other == first for other in others)
    for laptop in laptops:
        with laptop.workspace.reading() as db:
            documents = store.documents_of(db, sheet)
        assert len(documents) == 3
        (current,) = [row for row in documents if row.current]
        assert current.made == max(row.made for row in documents)
        assert "document" in json.loads(shown(laptop, sheet)[1])


def test_ledgers_of_different_names_never_mix(laptops: list[County], tmp_path: Path) -> None:
    with workspaces.create(tmp_path / "another county", ledger="330100") as stranger:
        with pytest.raises(workspaces.BadInput) as refused:
            taken(stranger, lines(laptops[0].workspace))
        assert refused.value.key == "batch-other-ledger"
