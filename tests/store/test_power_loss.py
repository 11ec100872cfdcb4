"""The power fails while answers are saved and acts are signed. The store's own statements run on a disk that forgets
what was not synced; two controls, which must lose, show that the disk does forget."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw
import pytest

from inspector.ledger.record import Record
from inspector.services import check, workspaces
from inspector.store import blobs, drafts, records
from inspector.store.workspace import Workspace
from tests.county import NOW
from tests.histories import WALLS
from tests.store.lossy import LossyDisk, PowerCut

ACTS = 20
AT = NOW.isoformat()
ABOUT = {"inspection": "inspection:A", "form": "", "site": "site:A", "category": "supervision", "begin": AT}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with one act and an open draft."""
    path = tmp_path_factory.mktemp("prepared") / "w"
    with workspaces.create(path, ledger="demo") as workspace, workspace.transaction() as db:
        records.append(db, workspace, (Record("site", "site:A", (), {}),), person=None, wall=WALLS[0])
        drafts.create(db, "D", site="site:A", form="", parts={"about": ABOUT}, heads={}, at=AT)
    return path


def acts(workspace: Workspace) -> Iterator[None]:
    """Answers and signed acts in turn; a step of the iteration is one acknowledgement."""
    for number in range(1, ACTS + 1):
        with workspace.transaction() as db:
            drafts.act(db, "D", "act-answer", {"header/A": str(number)}, at=AT)
        yield
        with workspace.transaction() as db:
            record = Record("site", f"site:{number}", (), {"set": {"name": "点位" * number}})
            records.append(db, workspace, (record,), person=None, wall=WALLS[0])
        yield


class Lost:
    """What a power cut left of a workspace."""

    def __init__(self, path: Path) -> None:
        with workspaces.opened(path) as workspace, workspace.reading() as db:
            self.answers = int(drafts.parts(db, "D").get("header/A", 0))
            rows = db.execute("SELECT id FROM entity WHERE kind = 'site' AND id <> 'site:A'").fetchall()
            self.signed = len(rows)
            self.new_device = workspace.is_new_device
            self.damage = check.check(workspace, deep=True)


def cut(
    prepared: Path,
    folder: Path,
    *,
    synchronous: str = "FULL",
    fuse: int | None = None,
    luck: int | None = None,
    **disk: Any,
) -> tuple[int, Lost]:
    """How many acts were acknowledged until the power was cut, and what is left."""
    live, after = folder / "live", folder / "after"
    shutil.copytree(prepared, live)
    lossy = LossyDisk(f"lossy-{folder.name}", **disk)
    db: Any = apsw.Connection(str(live / "inspector.db"), vfs=lossy.name)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA synchronous = {synchronous}")
    workspace = Workspace(live, None, db)
    workspace.resolve_device()
    acknowledged = 0
    lossy.fuse = fuse
    with suppress(PowerCut):
        for _ in acts(workspace):
            acknowledged += 1
    shutil.copytree(live, after, ignore=shutil.ignore_patterns("inspector.db*"))
    lossy.left(after, random.Random(luck) if luck is not None else None)
    lossy.fuse = None
    workspace.close()
    shutil.rmtree(live)  # it is dead: `after` is this workspace, and no copy of it
    after.rename(live)
    return acknowledged, Lost(live)


def test_what_was_acknowledged_is_there_after_a_power_cut(prepared: Path, tmp_path: Path) -> None:
    acknowledged, left = cut(prepared, tmp_path)
    assert acknowledged == 2 * ACTS
    assert (left.answers, left.signed) == (ACTS, ACTS)
    assert left.damage == []
    assert not left.new_device


def test_the_power_may_go_at_any_write(prepared: Path, tmp_path: Path, long: bool) -> None:
    """Acknowledged acts are there, the one that was cut is there whole or not at all, in every mixture of sectors that
    reached the disk."""
    cuts = 0
    for fuse in range(0, 10_000, 3 if long else 41):
        folder = tmp_path / str(fuse)
        folder.mkdir()
        acknowledged, left = cut(prepared, folder, fuse=fuse, luck=fuse if fuse % 2 else None)
        assert left.answers + left.signed in (acknowledged, acknowledged + 1)
        assert left.answers - left.signed in (0, 1)
        assert left.damage == []
        shutil.rmtree(folder)
        cuts += 1
        if acknowledged == 2 * ACTS:
            break
    assert cuts > 3


def test_control_without_full_synchronisation_acknowledged_acts_are_lost(
    prepared: Path, tmp_path: Path
) -> None:
    acknowledged, left = cut(prepared, tmp_path, synchronous="NORMAL")
    assert acknowledged == 2 * ACTS
    assert left.answers + left.signed < acknowledged


def test_control_a_disk_that_lies_loses_and_the_workspace_knows_that_it_was_set_back(
    prepared: Path, tmp_path: Path
) -> None:
    acknowledged, left = cut(prepared, tmp_path, lies=True)
    assert acknowledged == 2 * ACTS
    assert left.answers + left.signed < acknowledged
    assert left.new_device  # its numbers may have been seen elsewhere: they are not used again


def test_a_photo_is_on_the_disk_before_it_has_its_name(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File, then name, then the folders that hold the name."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        fsync(descriptor)
        name = Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(workspace.path).as_posix()
        done.append(f"sync {name.split('.')[0]}")

    def renamed(self: Path, target: Path) -> Path:
        done.append(f"name {target.relative_to(workspace.path).as_posix()}")
        return replace(self, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("only Linux tells which file was synced")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", synced)
        patched.setattr(Path, "replace", renamed)
        name = blobs.put(workspace, b"photo")
    file = blobs.relative(name)
    assert done == ["sync blobs", f"sync {file}", f"name {file}", f"sync {Path(file).parent.as_posix()}"]
