"""Promise 1: an answer is on the disk before the screen says 已保存. A crash costs nothing that was acknowledged."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.model.answer import Answer
from inspector.model.words import Verdict
from inspector.photos import scenes
from inspector.services import check, drafts, inspections, photos, signing, workspaces
from inspector.store import blobs, records
from inspector.store import drafts as draft_store
from inspector.store.workspace import Workspace
from tests.county import NOW, County

FAILED = Answer(verdict=Verdict.FAIL, note="地面有积水，㐂居花苑二期东门")

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="os.fork is the quickest way to a process that dies"
)


def struck_down() -> None:
    """The process is gone: nothing is closed, flushed or said goodbye to."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_another_life(path: Path, work: Callable[[Workspace], object]) -> None:
    """Opens the workspace in a process of its own, works, and is struck down, at the latest when the work returns."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # Python 3.12 warns of threads, of which the child has none
        child = os.fork()
    if child == 0:
        try:
            work(workspaces.opened(path))
        finally:
            struck_down()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def test_an_answer_is_there_when_the_laptop_dies_right_after_it_was_saved(county: County) -> None:
    draft = county.draft()
    path = closed(county)
    in_another_life(path, lambda workspace: drafts.answer(workspace, draft, "GC-01", FAILED, now=NOW))
    with workspaces.opened(path) as workspace:
        assert drafts.read(workspace, draft).answers["GC-01"] == FAILED


def test_what_was_done_can_still_be_undone_after_the_laptop_died(county: County) -> None:
    draft = county.draft()
    path = closed(county)

    def work(workspace: Workspace) -> None:
        drafts.answer(workspace, draft, "GC-01", FAILED, now=NOW)
        drafts.answer(workspace, draft, "GC-01", None, now=NOW)

    in_another_life(path, work)
    with workspaces.opened(path) as workspace:
        drafts.undo(workspace, draft, now=NOW)
        assert drafts.read(workspace, draft).answers["GC-01"] == FAILED


def test_a_photo_is_there_byte_for_byte_once_it_was_taken_in(county: County) -> None:
    picture = scenes.scene("GC", seed=1, put_right=False, taken_at=NOW)
    path = closed(county)
    in_another_life(path, lambda workspace: photos.take_bytes(workspace, picture, name="IMG_1.jpg", now=NOW))
    with workspaces.opened(path) as workspace:
        (kept,) = photos.tray(workspace, day=NOW.date())
        assert blobs.read(workspace, kept.sha256) == picture


def test_a_jotting_survives_without_an_item_to_belong_to(county: County) -> None:
    draft = county.draft()
    path = closed(county)
    in_another_life(path, lambda workspace: drafts.jot(workspace, draft, "东门有人反映夜间施工", now=NOW))
    with workspaces.opened(path) as workspace:
        assert [one.text for one in drafts.read(workspace, draft).jottings] == ["东门有人反映夜间施工"]


def test_a_laptop_that_dies_between_the_sheet_and_its_record_keeps_the_draft(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PDF is on the disk and nobody was told: at the next start it is set aside, and the draft is signed again."""
    draft = county.passed()
    county.agreed(draft)
    county.workspace.close()

    def sign(workspace: Workspace) -> None:
        monkeypatch.setattr(records, "append", lambda *_, **__: struck_down())
        again = County(workspace)
        signing.sign_draft(workspace, draft, again.signers(), now=NOW)

    in_another_life(county.workspace.path, sign)
    with workspaces.opened(county.workspace.path) as workspace:
        assert workspace.ended_badly
        assert inspections.every(workspace) == []
        assert [one.kind for one in check.facts(workspace)] == ["check-set-aside"]
        assert County(workspace).signed(draft).complete
        assert check.check(workspace, deep=True) == []


def test_the_first_signature_stays_when_the_laptop_dies_before_the_second(county: County) -> None:
    draft = county.passed()
    county.agreed(draft)
    path = closed(county)

    def one_signs(workspace: Workspace) -> None:
        signing.sign_draft(workspace, draft, County(workspace).signers()[:1], now=NOW)

    in_another_life(path, one_signs)
    with workspaces.opened(path) as workspace:
        assert state(workspace, draft) == draft_store.SIGNING
        progress = signing.sign_draft(workspace, draft, County(workspace).signers()[1:], now=NOW)
        assert progress.complete


def test_a_signed_sheet_is_there_when_the_laptop_dies_right_after_it(county: County) -> None:
    draft = county.passed()
    path = closed(county)
    in_another_life(path, lambda workspace: County(workspace).signed(draft))
    with workspaces.opened(path) as workspace:
        (row,) = inspections.every(workspace)
        assert inspections.pdf(workspace, row.id).startswith(b"%PDF-")
        assert check.check(workspace, deep=True) == []


def closed(county: County) -> Path:
    county.workspace.close()
    return county.workspace.path


def state(workspace: Workspace, draft: str) -> str:
    with workspace.reading() as db:
        return draft_store.row(db, draft).state
