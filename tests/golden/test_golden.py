"""One real workspace of every published schema: it opens, is migrated, and everything in it is as it was written."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.services import check, drafts, findings, inspections, verification, workspaces
from inspector.store import drafts as draft_store
from inspector.store import schema
from inspector.store.workspace import Workspace
from tests.county import NOW, County

HERE = Path(__file__).parent
SCHEMAS = range(1, len(schema.STEPS) + 1)


@pytest.fixture(params=SCHEMAS)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """The golden workspace of a schema, opened by this program."""
    with tarfile.open(HERE / f"schema-{request.param}.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    with workspaces.opened(tmp_path / "workspace") as opened:
        yield opened


def test_it_opens_and_every_byte_is_as_it_was_written(workspace: Workspace) -> None:
    with workspace.reading() as db:
        assert schema.version(db) == len(schema.STEPS)
    assert check.check(workspace, deep=True) == []
    assert workspace.is_new_device  # its key stayed on the laptop that made it


def test_its_signed_sheets_are_listed_and_verify(workspace: Workspace, tmp_path: Path) -> None:
    (row,) = inspections.every(workspace)
    content = inspections.document(workspace, row.id)
    assert content.site.code == "GC-001"
    assert content.corrects is not None
    (tmp_path / "sheet.pdf").write_bytes(inspections.pdf(workspace, row.id))
    verdict = verification.in_workspace(workspace, tmp_path / "sheet.pdf")
    assert (verdict.intact, verdict.complete, verdict.data_matches) == (True, True, True)
    (finding,) = findings.every(workspace)
    assert finding.item == "GC-05"


def test_its_draft_goes_on_where_it_was_left(workspace: Workspace) -> None:
    with workspace.reading() as db:
        (draft,) = draft_store.rows(db)
    drafts.undo(workspace, draft.id, now=NOW)
    drafts.undo(workspace, draft.id, now=NOW)
    assert drafts.read(workspace, draft.id).answers["GC-01"].note == "门锁坏"


def test_its_people_still_sign(workspace: Workspace) -> None:
    county = County(workspace)
    progress = county.signed(county.passed())
    assert progress.complete
    assert check.check(workspace, deep=True) == []


def test_the_second_reader_reads_it(workspace: Workspace) -> None:
    reader = HERE.parent / "ledger" / "second_reader.py"
    workspace.close()
    done = subprocess.run(
        [sys.executable, reader, workspace.path], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert [name for name in told if name.startswith("finding:")]
