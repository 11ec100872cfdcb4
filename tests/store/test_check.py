"""What `check` finds: any changed byte of records and originals, lists that do not follow from the ledger."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector.ledger.record import Batch, Record, seal
from inspector.model.errors import InspectorError
from inspector.model.photo import Photo, TimeSource
from inspector.services import check, workspaces
from inspector.services.check import Problem
from inspector.store import blobs, photos, projections, records
from inspector.store.check import tidy
from inspector.store.workspace import Workspace
from inspector.text import say
from tests.histories import WALLS, Laptop

PHOTO, SHEET = b"\xff\xd8 a photo " * 40, b"%PDF-1.7 a sheet " * 40


def appended(workspace: Workspace, *given: Record) -> Batch:
    with workspace.transaction() as db:
        return records.append(db, workspace, given, person=None, wall=WALLS[0])


def kept(workspace: Workspace, data: bytes) -> tuple[str, int]:
    return blobs.put(workspace, data), len(data)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed workspace whose ledger names a photo and a sheet."""
    with workspaces.create(tmp_path / "w", ledger="demo") as workspace:
        photo, sheet = kept(workspace, PHOTO), kept(workspace, SHEET)
        finding = Record(
            "finding", "finding:A", (), {"set": {"place": "东门"}, "moves": [{"move": "hand"}]}, (photo,)
        )
        first = appended(workspace, Record("inspection", "inspection:A", (), {"set": {}}, (sheet,)), finding)
        appended(workspace, Record("finding", "finding:A", (first.hash,), {"moves": [{"move": "report"}]}))
    return tmp_path / "w"


def problems(path: Path, *, deep: bool = True) -> list[Problem]:
    with workspaces.opened(path) as workspace:
        return check.check(workspace, deep=deep)


def changed(path: Path, statement: str, *values: Any) -> None:
    db = sqlite3.connect(path / "inspector.db", isolation_level=None)
    db.execute(statement, values)
    db.close()


def flip(file: Path, offset: int) -> None:
    """Turns all bits of one byte; the same again restores it."""
    file.chmod(0o644)
    with file.open("r+b") as opened:
        opened.seek(offset)
        (byte,) = opened.read(1)
        opened.seek(offset)
        opened.write(bytes([byte ^ 0xFF]))


def test_nothing_is_found_where_nothing_is_wrong(path: Path) -> None:
    assert problems(path) == problems(path, deep=False) == []


def test_every_changed_byte_of_a_batch_is_found_and_named(path: Path, long: bool) -> None:
    file = path / "inspector.db"
    db = sqlite3.connect(file)
    (digest, header, signature), *_ = db.execute(
        "SELECT hash, header, signature FROM batch WHERE seq = 1"
    ).fetchall()
    db.close()
    data = file.read_bytes()
    for stored in (header, signature):
        start = data.index(stored)
        for offset in range(start, start + len(stored), 1 if long else 23):
            flip(file, offset)
            found = problems(path)
            assert [(one.kind, one.where) for one in found if one.kind == "check-batch-damaged"] == [
                ("check-batch-damaged", digest)
            ]
            flip(file, offset)
    assert problems(path) == []


@pytest.mark.parametrize("data", [PHOTO, SHEET])
def test_every_changed_byte_of_an_original_is_found_and_named(path: Path, data: bytes, long: bool) -> None:
    with workspaces.opened(path) as workspace:
        name = blobs.put(workspace, data)
        file = blobs.path(workspace, name)
        for offset in range(0, len(data), 1 if long else 29):
            flip(file, offset)
            assert [one.where for one in check.check(workspace, deep=True)] == [blobs.relative(name)]
            assert check.check(workspace, deep=False) == []
            flip(file, offset)
        assert check.check(workspace, deep=True) == []


def test_a_byte_changed_anywhere_in_the_database_is_found_or_changes_nothing_that_was_recorded(
    path: Path, tmp_path: Path, long: bool
) -> None:
    """Also in its structure: pages, indexes, free space. The lists are compared with the ledger, the ledger with its
    signatures; what nothing reads may change unseen."""
    size = (path / "inspector.db").stat().st_size
    whole = recorded(path)
    offsets = random.Random(7).sample(range(size), 2000 if long else 60)
    seen = 0
    for number, offset in enumerate(offsets):
        broken = tmp_path / str(number)
        shutil.copytree(path, broken)
        flip(broken / "inspector.db", offset)
        try:
            found = problems(broken)
        except InspectorError:
            seen += 1
        else:
            seen += bool(found)
            assert found or recorded(broken) == whole
        shutil.rmtree(broken)
    assert seen > 0


def recorded(path: Path) -> list[list[tuple[Any, ...]]]:
    db = sqlite3.connect(path / "inspector.db")
    try:
        return [
            db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("batch", *projections.TABLES)
        ]
    finally:
        db.close()


def test_an_original_that_is_gone_or_shorter_is_found_without_reading_it(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        name = blobs.put(workspace, PHOTO)
        file = blobs.path(workspace, name)
        file.chmod(0o644)
        file.write_bytes(PHOTO[:-1])
        assert check.check(workspace) == [
            Problem(kind="check-blob-changed", where=blobs.relative(name), detail="finding:A")
        ]
        file.unlink()
        missing = Problem(kind="check-blob-missing", where=blobs.relative(name), detail="finding:A")
        assert check.check(workspace) == check.check(workspace, deep=True) == [missing]


def test_an_original_that_another_laptop_never_brought_is_awaited_and_no_damage(path: Path) -> None:
    laptop = Laptop(1)
    photo = ("ab" * 32, 7)
    line = seal(
        laptop,
        ledger="demo",
        seq=1,
        prev="",
        wall=WALLS[0],
        person=None,
        records=(Record("finding", "finding:B", (), {}, (photo,)),),
    )
    with workspaces.opened(path) as workspace:
        with workspace.transaction() as db:
            records.receive(db, (line,))
        assert check.check(workspace, deep=True) == []
        assert check.facts(workspace) == [Problem(kind="check-blob-awaited", where="blobs", detail="1")]


def test_ones_own_original_is_missed_after_the_laptop_became_a_new_device(path: Path, tmp_path: Path) -> None:
    shutil.copytree(path, tmp_path / "copy")
    with workspaces.opened(tmp_path / "copy") as workspace:
        assert workspace.is_new_device
        blobs.path(workspace, blobs.put(workspace, PHOTO)).unlink()
        assert [one.kind for one in check.check(workspace)] == ["check-blob-missing"]


def test_a_damaged_original_is_put_right_when_the_same_photo_comes_again(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        name = blobs.put(workspace, PHOTO)
        flip(blobs.path(workspace, name), 3)
        with pytest.raises(InspectorError) as damaged:
            blobs.read(workspace, name)
        assert damaged.value.key == "blob-damaged"
        assert blobs.put(workspace, PHOTO) == name
        assert blobs.read(workspace, name) == PHOTO


def test_a_file_that_is_no_original_is_named(path: Path) -> None:
    (path / "blobs" / "ab").mkdir(exist_ok=True)
    (path / "blobs" / "ab" / "notes.txt").touch()
    assert [(one.kind, one.where) for one in problems(path)] == [("check-file-strange", "blobs/ab/notes.txt")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finding SET state = 'passed'",
        "UPDATE entity SET shown = x'7b7d' WHERE id = 'finding:A'",
        "UPDATE entity SET heads = ''",
        "DELETE FROM record WHERE entity = 'inspection:A'",
        "DELETE FROM record_blob",
        "DELETE FROM run",
        "UPDATE run SET first = 2",
        "INSERT INTO answered (inspection, item, verdict) VALUES ('inspection:A', 'GD-01', 'pass')",
    ],
)
def test_lists_that_do_not_follow_from_the_ledger_are_found_and_made_again(
    path: Path, statement: str
) -> None:
    whole = recorded(path)
    changed(path, statement)
    assert {one.kind for one in problems(path)} == {"check-projection"}
    with workspaces.opened(path) as workspace:
        check.rebuild(workspace)
        assert check.check(workspace, deep=True) == []
    assert recorded(path) == whole


def test_a_batch_that_was_taken_out_leaves_a_gap_that_is_damage_in_ones_own_chain(path: Path) -> None:
    changed(path, "DELETE FROM batch WHERE seq = 1")
    kinds = [one.kind for one in problems(path)]
    assert "check-batch-missing" in kinds
    assert "check-projection" in kinds


def test_a_batch_filed_under_another_number_is_found(path: Path) -> None:
    changed(path, "UPDATE batch SET seq = 3 WHERE seq = 2")
    assert "check-batch-damaged" in [one.kind for one in problems(path)]


def test_a_draft_that_cannot_be_read_is_named(path: Path) -> None:
    row = "INSERT INTO draft (id, site, form, state, heads, act, changed, number, content, pdf)"
    changed(path, f"{row} VALUES ('D', 'site:A', '', 'editing', '{{}}', 0, '', '', x'', '')")
    changed(path, "INSERT INTO draft_part (draft, path, value) VALUES ('D', 'about', x'ff')")
    assert [(one.kind, one.where) for one in problems(path)] == [("check-draft", "D")]


# Blobs that nothing names


def age(workspace: Workspace) -> None:
    """Makes all originals two hours old."""
    for folder, _, names in os.walk(workspace.path / "blobs"):
        for name in names:
            before = (Path(folder, name)).stat().st_mtime - 7200
            os.utime(Path(folder, name), (before, before))


def test_an_original_that_nothing_names_is_set_aside_and_never_deleted(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        orphan = blobs.put(workspace, b"signed, then the power failed")
        assert tidy(workspace) == []  # it came just now: its record may be on the way
        age(workspace)
        assert tidy(workspace) == [orphan]
        assert not blobs.has(workspace, orphan)
        assert (path / "backups" / "unnamed" / orphan).read_bytes() == b"signed, then the power failed"
        assert check.facts(workspace) == [
            Problem(kind="check-set-aside", where="backups/unnamed", detail="1")
        ]
        assert check.check(workspace, deep=True) == []


def test_an_original_that_is_named_later_comes_back(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        orphan = kept(workspace, b"orphan")
        age(workspace)
        tidy(workspace)
        appended(workspace, Record("finding", "finding:B", (), {}, (orphan,)))
        assert tidy(workspace) == []
        assert blobs.read(workspace, orphan[0]) == b"orphan"
        assert check.facts(workspace) == []


def in_the_tray(workspace: Workspace, name: str) -> None:
    photo = Photo(
        sha256=name, bytes=7, name="IMG_1.jpg", format="JPEG", width=1, height=1, taken_source=TimeSource.NONE
    )
    with workspace.transaction() as db:
        photos.keep(db, photo)


def in_a_draft(workspace: Workspace, name: str) -> None:
    changed(
        workspace.path,
        "INSERT INTO draft_part (draft, path, value) VALUES ('D', 'jottings/1', CAST(? AS BLOB))",
        f'{{"photos":["{name}"]}}',
    )


def in_an_act_that_can_be_undone(workspace: Workspace, name: str) -> None:
    changed(
        workspace.path,
        "INSERT INTO draft_act (draft, n, path, name, before) VALUES ('D', 1, 'x', 'y', CAST(? AS BLOB))",
        f'["{name}"]',
    )


def in_a_draft_of_another_laptop(workspace: Workspace, name: str) -> None:
    changed(
        workspace.path,
        "INSERT INTO parcel (device, draft, n, line) VALUES ('d', 'D', 1, CAST(? AS BLOB))",
        f'{{"blobs":["{name}"]}}',
    )


@pytest.mark.parametrize(
    "named", [in_the_tray, in_a_draft, in_an_act_that_can_be_undone, in_a_draft_of_another_laptop]
)
def test_what_the_tray_a_draft_or_an_act_names_stays(
    path: Path, named: Callable[[Workspace, str], None]
) -> None:
    with workspaces.opened(path) as workspace:
        blob = blobs.put(workspace, b"a photo")
        named(workspace, blob)
        age(workspace)
        assert tidy(workspace) == []
        assert blobs.has(workspace, blob)


def test_after_a_kill_orphans_and_halves_are_cleared_at_the_next_start(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        orphan = blobs.put(workspace, b"orphan")
        half = blobs.path(workspace, orphan).with_name("half.part")
        half.write_bytes(b"orp")
    (path / "lock").write_text("4711")  # a process that did not give it back
    with workspaces.opened(path) as workspace:
        assert workspace.ended_badly
        assert not half.exists()
        assert not blobs.has(workspace, orphan)
        assert (path / "backups" / "unnamed" / orphan).exists()
    with workspaces.opened(path) as workspace:
        assert not workspace.ended_badly


def test_every_problem_can_be_said(path: Path) -> None:
    (path / "blobs" / "ab").mkdir(exist_ok=True)
    (path / "blobs" / "ab" / "notes.txt").touch()
    (problem,) = problems(path)
    assert "notes.txt" in say(problem.kind, where=problem.where, detail=problem.detail)
