"""The worked example: everything that a week has, signed through the same services as everything else."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import portalocker
import pytest

from inspector.model.errors import Refused
from inspector.model.finding import State
from inspector.model.inspection import Choice
from inspector.model.number import Status
from inspector.model.paper import Kind, Standing
from inspector.model.words import Verdict
from inspector.services import demo, inspections, notices, numbers, preparing, verification, workspaces
from inspector.store import drafts as draft_store
from inspector.store import findings as finding_store

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, made once for all processes of a test run."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with portalocker.Lock(shared / "example.lock", timeout=300):
        if not (shared / "example").exists():
            demo.build(shared / "example", now=NOW, seed=1)
    return shared / "example"


@pytest.fixture
def example(finished: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return Path(shutil.copytree(finished, tmp_path / "example"))


def test_the_week_has_every_kind_of_site_and_everything_that_can_happen_at_one(example):
    with workspaces.opened(example) as workspace:
        rows = inspections.every(workspace)
        contents = [inspections.document(workspace, row.id) for row in rows]
        with workspace.reading() as db:
            states = Counter(one.state for one in finding_store.every(db))
            open_drafts = draft_store.rows(db)
        blocked = [preparing.prepare(workspace, row.id, now=NOW).missing for row in open_drafts]

    assert {content.form.id for content in contents} == {"GD", "BX", "GC", "GJ", "HD", "NM", "SQ", "CK"}
    assert {content.counterpart.choice for content in contents} == {
        Choice.AGREED,
        Choice.OBJECTED,
        Choice.REFUSED,
        Choice.NOT_NEEDED,
    }
    verdicts = {one.verdict for content in contents for one in content.answers if not one.off_by}
    assert {Verdict.PASS, Verdict.FAIL, Verdict.UNCHECKED} <= verdicts
    assert [content.site.code for content in contents if content.result.vetoes] == ["SQ-002"]
    assert [content.site.code for content in contents if content.corrects] == ["GC-008"]
    assert (states[State.PASSED], states[State.OPEN]) == (9, 87)
    assert set(states) == set(State)
    assert len(rows) == 51
    assert len(open_drafts) == 2
    assert any(one.key == "jotting-not-placed" for one in blocked[0] + blocked[1])


def test_the_score_of_the_building_site_is_what_the_form_promises(example):
    with workspaces.opened(example) as workspace:
        (row,) = inspections.of_site(workspace, "site:GJ-004")
    assert row.score == 962


def test_the_week_lies_before_now_and_every_visit_in_working_hours(example):
    with workspaces.opened(example) as workspace:
        begins = [datetime.fromisoformat(row.begin) for row in inspections.every(workspace)]
    assert all(NOW - timedelta(days=14) < begin < NOW for begin in begins)
    assert {begin.weekday() for begin in begins} == {0, 1, 2, 3, 4}
    assert all(8 <= begin.hour < 18 for begin in begins)
    assert {begin.utcoffset() for begin in begins} == {timedelta(hours=8)}


def test_its_sheets_are_accepted_by_verification_without_the_workspace(example, tmp_path, long):
    with workspaces.opened(example) as workspace:
        rows = inspections.every(workspace)
        for row in rows if long else rows[::17]:
            file = tmp_path / f"{row.number}.pdf"
            file.write_bytes(inspections.pdf(workspace, row.id))
            verdict = verification.verify_file(file)
            assert verdict.accepted, (row.number, verdict.problems)


def test_a_finished_example_is_left_as_it_is(example):
    before = {file: file.stat().st_mtime_ns for file in (example / "blobs").rglob("*")}
    made = demo.build(example, now=NOW + timedelta(days=30))
    assert (made.new, len(made.sheets)) == (False, 51)
    assert {file: file.stat().st_mtime_ns for file in (example / "blobs").rglob("*")} == before


def test_a_folder_with_anything_else_in_it_is_not_touched(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("important", "utf-8")
    with pytest.raises(Refused) as refused:
        demo.build(tmp_path / "mine", now=NOW)
    assert refused.value.key == "demo-folder-in-use"
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_example_that_was_interrupted_leaves_nothing_behind(tmp_path):
    class PulledPlug(Exception):
        pass

    def report(done: int, total: int) -> None:
        if done == 1:
            raise PulledPlug

    with pytest.raises(PulledPlug):
        demo.build(tmp_path / "example", now=NOW, report=report)
    assert list(tmp_path.iterdir()) == []


def test_two_examples_of_one_seed_have_the_same_ids(finished, tmp_path, long):
    if not long:
        pytest.skip("builds the example a second time: --long")
    demo.build(tmp_path / "again", now=NOW, seed=1)

    def ids(path: Path) -> list[tuple[str, str, int | None]]:
        copy = Path(shutil.copytree(path, tmp_path / f"copy of {path.name}"))
        with workspaces.opened(copy) as workspace:
            return [(row.id, row.site, row.score) for row in inspections.every(workspace)]

    assert ids(tmp_path / "again") == ids(finished)


def test_the_office_has_one_of_each_paper_and_each_proves_itself(example, tmp_path):
    with workspaces.opened(example) as workspace:
        rows = notices.every(workspace)
        assert {row.kind for row in rows} >= set(Kind) - {Kind.BULLETIN}
        assert {row.standing for row in rows} == set(Standing)
        for kind in sorted({row.kind for row in rows}):
            row = next(row for row in rows if row.kind is kind and row.sheet)
            file = tmp_path / f"{kind.value}.pdf"
            file.write_bytes(notices.pdf(workspace, row.id))
            verdict = verification.in_workspace(workspace, file)
            assert verdict.accepted, (kind, verdict.problems)
        (block,) = numbers.every(workspace)
        assert [line.status for line in block.lines[:8]] == [
            *[Status.ISSUED] * 3,
            Status.VOID,
            *[Status.ISSUED] * 3,
            Status.AWAITING,  # a copy is another laptop: the rest of the block is not its own
        ]
