"""Opening a workspace: what its owner is told by disk, system and other programs, each by its own key."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from inspector.ledger.keys import Device
from inspector.ledger.record import Record
from inspector.model.errors import BadInput, Damaged, Environment, InspectorError, Refused
from inspector.services import check, workspaces
from inspector.store import blobs, local, records, schema
from inspector.store import workspace as store
from inspector.store.workspace import Workspace
from tests.histories import WALLS


def signed(workspace: Workspace, name: str = "甲") -> str:
    """One act; its batch."""
    with workspace.transaction() as db:
        record = Record("site", f"site:{name}", records.heads(db, f"site:{name}"), {"set": {"name": name}})
        return records.append(db, workspace, (record,), person=None, wall=WALLS[0]).hash


def refusal(path: Path) -> InspectorError:
    with pytest.raises(InspectorError) as refused:
        workspaces.opened(path)
    return refused.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed workspace with two acts."""
    with workspaces.create(tmp_path / "w", ledger="330199") as workspace:
        signed(workspace)
        signed(workspace)
    return tmp_path / "w"


def changed(path: Path, statement: str) -> None:
    db = sqlite3.connect(path / "inspector.db", isolation_level=None)
    db.execute(statement)
    db.close()


def test_what_was_acknowledged_is_there_the_next_time(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        assert workspace.ledger == "330199"
        assert not workspace.is_new_device
        assert not workspace.ended_badly
        assert signed(workspace)
        assert check.check(workspace, deep=True) == check.facts(workspace) == []


def test_every_commit_is_brought_to_the_disk(path: Path) -> None:
    with workspaces.opened(path) as workspace, workspace.transaction() as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_reader_cannot_write(path: Path) -> None:
    with (
        workspaces.opened(path) as workspace,
        pytest.raises(Environment) as refused,
        workspace.reading() as db,
    ):
        db.execute("DELETE FROM batch")
    assert refused.value.key == "workspace-read-only"


def test_a_new_workspace_wants_a_folder_of_its_own(path: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        workspaces.create(path)
    assert refused.value.key == "workspace-exists"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with pytest.raises(Refused) as refused:
        workspaces.create(tmp_path / "full")
    assert refused.value.key == "workspace-folder-not-empty"


@pytest.mark.parametrize("ledger", ["示例县", "A", "a b", "x" * 65])
def test_a_ledger_needs_a_plain_name(tmp_path: Path, ledger: str) -> None:
    with pytest.raises(BadInput) as refused:
        workspaces.create(tmp_path / "w", ledger=ledger)
    assert refused.value.key == "ledger-name-invalid"
    assert not (tmp_path / "w").exists()


def test_a_ledger_that_nobody_named_can_be_named_until_its_first_batch(tmp_path: Path) -> None:
    with workspaces.create(tmp_path / "w") as workspace:
        assert workspace.ledger.startswith("local-")
        workspaces.name_ledger(workspace, "330199")
        signed(workspace)
        with pytest.raises(Refused) as refused:
            workspaces.name_ledger(workspace, "330100")
        assert refused.value.key == "ledger-begun"
    with workspaces.opened(tmp_path / "w") as workspace:
        assert workspace.ledger == "330199"


def test_a_folder_without_a_workspace_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path).key == "workspace-missing"
    assert refusal(tmp_path / "nowhere").key == "workspace-missing"


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    changed(tmp_path, "CREATE TABLE t (x)")
    before = (tmp_path / "inspector.db").read_bytes()
    assert refusal(tmp_path).key == "workspace-not-ours"
    assert (tmp_path / "inspector.db").read_bytes() == before


def test_a_workspace_that_was_not_finished_is_told(path: Path) -> None:
    changed(path, "DELETE FROM local WHERE key = 'ledger'")
    assert refusal(path).key == "workspace-not-ours"


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    changed(path, f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    before = (path / "inspector.db").read_bytes()
    error = refusal(path)
    assert isinstance(error, Environment)
    assert error.key == "workspace-newer"
    assert error.values == {"have": len(schema.STEPS) + 1, "known": len(schema.STEPS)}
    assert (path / "inspector.db").read_bytes() == before


def test_an_older_schema_is_copied_before_it_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE draft ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")

    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, second))
    with workspaces.opened(path) as workspace, workspace.reading() as db:
        assert schema.version(db) == 2
        assert db.execute("SELECT count(colour) FROM draft").fetchone() == (0,)
    (copy,) = (path / "backups").glob("before-migration-*.db")
    kept = sqlite3.connect(copy)
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert kept.execute("SELECT count(*) FROM batch").fetchone() == (2,)
    kept.close()


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE draft")
        raise sqlite3.OperationalError("no")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", (*schema.STEPS, half))
        with pytest.raises(sqlite3.OperationalError):
            workspaces.opened(path)
    with workspaces.opened(path) as workspace:
        assert check.check(workspace, deep=True) == []


def test_projections_of_another_version_are_made_again(path: Path) -> None:
    changed(path, "UPDATE local SET value = '0' WHERE key = 'projections'")
    changed(path, "DELETE FROM entity")
    with workspaces.opened(path) as workspace:
        assert check.check(workspace, deep=True) == []


def test_a_damaged_database_is_told_as_damage(path: Path) -> None:
    with (path / "inspector.db").open("r+b") as file:
        file.write(bytes(byte ^ 0xFF for byte in (path / "inspector.db").read_bytes()[:100]))
    error = refusal(path)
    assert isinstance(error, Damaged)
    assert error.key == "workspace-damaged"


def test_a_second_process_is_told_who_has_the_workspace(path: Path) -> None:
    opener = """
        import sys
        from pathlib import Path
        from inspector.services import workspaces
        workspace = workspaces.opened(Path(sys.argv[1]))
        print("open", flush=True)
        sys.stdin.read()
        """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(opener), path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "open\n"
        error = refusal(path)
        assert isinstance(error, Environment)
        assert error.key == "workspace-in-use"
        assert error.values["process"] == str(owner.pid)
        owner.kill()
        owner.communicate()
    with workspaces.opened(path) as workspace:
        assert workspace.ended_badly


def test_the_same_process_cannot_open_it_twice(path: Path) -> None:
    with workspaces.opened(path):
        assert refusal(path).key == "workspace-in-use"
    workspaces.opened(path).close()


def test_a_workspace_that_could_not_be_opened_is_free_again(path: Path) -> None:
    changed(path, "PRAGMA user_version = 99")
    assert refusal(path).key == refusal(path).key == "workspace-newer"


def test_a_database_that_another_program_holds_is_told_as_busy(path: Path) -> None:
    with workspaces.opened(path) as workspace:
        with workspace.transaction() as db:
            pass
        db.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path / "inspector.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Environment) as refused:
            signed(workspace)
        assert refused.value.key == "workspace-busy"
        other.execute("ROLLBACK")
        other.close()
        assert signed(workspace)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "workspace-disk-full"),
        (errno.EROFS, "workspace-read-only"),
        (errno.EACCES, "workspace-read-only"),
        (errno.EIO, "workspace-disk-fault"),
    ],
)
def test_what_the_system_says_while_a_photo_is_kept_has_its_own_key(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, key: str
) -> None:
    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with workspaces.opened(path) as workspace:
        with monkeypatch.context() as patched, pytest.raises(Environment) as refused:
            patched.setattr(os, "fsync", fails)
            blobs.put(workspace, b"photo")
        assert refused.value.key == key
        assert not list((path / "blobs").rglob("*.part"))
        assert blobs.read(workspace, blobs.put(workspace, b"photo")) == b"photo"


def test_a_fault_of_ours_stays_one(path: Path) -> None:
    with (
        workspaces.opened(path) as workspace,
        pytest.raises(sqlite3.OperationalError),
        workspace.reading() as db,
    ):
        db.execute("SELECT nothing FROM nowhere")


def test_a_transaction_inside_a_transaction_is_a_fault_of_ours(path: Path) -> None:
    with workspaces.opened(path) as workspace, workspace.transaction(), pytest.raises(RuntimeError):
        signed(workspace)


def test_answers_go_before_everybody_who_waits(path: Path) -> None:
    order: list[str] = []

    def act(name: str, *, first: bool) -> None:
        with workspace.transaction(first=first):
            order.append(name)

    with workspaces.opened(path) as workspace:
        threads = []
        with workspace.transaction():
            for name in ("import", "import", "answer", "answer"):
                thread = threading.Thread(target=act, args=(name,), kwargs={"first": name == "answer"})
                thread.start()
                threads.append(thread)
                while waiting(workspace) < len(threads):
                    pass
        for thread in threads:
            thread.join()
    assert order == ["answer", "answer", "import", "import"]


def waiting(workspace: Workspace) -> int:
    turn = workspace._turn
    return len(turn._first) + len(turn._others)


def test_a_reader_sees_one_state_while_another_writes(path: Path) -> None:
    with workspaces.opened(path) as workspace, workspace.reading() as db:
        before = db.execute("SELECT count(*) FROM batch").fetchone()
        signed(workspace)
        assert db.execute("SELECT count(*) FROM batch").fetchone() == before
        with workspace.reading() as again:
            assert again.execute("SELECT count(*) FROM batch").fetchone() == before
    with workspaces.opened(path) as workspace, workspace.reading() as db:
        assert db.execute("SELECT count(*) FROM batch").fetchone() == (before[0] + 1,)


def test_many_threads_write_and_read_and_everybody_sees_whole_acts_only(path: Path) -> None:
    """Each act writes a batch and counts it: a reader that saw one without the other saw half an act."""

    def write(name: str) -> None:
        for _ in range(15):
            with workspace.transaction(first=name == "a") as db:
                record = Record(
                    "site", f"site:{name}", records.heads(db, f"site:{name}"), {"set": {"name": name}}
                )
                records.append(db, workspace, (record,), person=None, wall=WALLS[0])
                local.count(db, "acts")

    def read() -> None:
        while not stop.is_set():
            with workspace.reading() as db:
                batches = db.execute("SELECT count(*) FROM batch").fetchone()[0]
                seen.append((batches - 2, int(local.get(db, "acts", "0"))))

    stop, seen = threading.Event(), list[tuple[int, int]]()
    with workspaces.opened(path) as workspace:
        writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
        readers = [threading.Thread(target=read) for _ in range(2)]
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        stop.set()
        for thread in readers:
            thread.join()
        assert all(batches == acts for batches, acts in seen)
        assert check.check(workspace, deep=True) == check.facts(workspace) == []
        with workspace.reading() as db:
            assert local.get(db, "acts") == "45"


# Which device a workspace is


def test_a_moved_workspace_goes_on_as_the_same_device(path: Path, tmp_path: Path) -> None:
    device = device_of(path)
    path.rename(tmp_path / "elsewhere")
    with workspaces.opened(tmp_path / "elsewhere") as workspace:
        assert not workspace.is_new_device
        assert workspace.device.id == device
    assert device_of(tmp_path / "elsewhere") == device


def test_the_same_folder_under_another_name_is_no_copy(path: Path, tmp_path: Path) -> None:
    device = device_of(path)
    (tmp_path / "link").symlink_to(path)
    assert device_of(tmp_path / "link") == device
    assert device_of(path) == device


def test_a_copy_goes_on_as_a_new_device_and_the_original_as_itself(path: Path, tmp_path: Path) -> None:
    device = device_of(path)
    shutil.copytree(path, tmp_path / "copy")
    with workspaces.opened(tmp_path / "copy") as copy:
        assert copy.is_new_device
        assert copy.device.id != device
        signed(copy)
    with workspaces.opened(tmp_path / "copy") as copy:
        assert not copy.is_new_device
        assert signed(copy)
        assert check.check(copy, deep=True) == check.facts(copy) == []
    assert device_of(path) == device


def test_a_workspace_that_was_set_back_goes_on_as_a_new_device(path: Path, tmp_path: Path) -> None:
    """Somebody put an older copy of the folder in its place."""
    shutil.copytree(path, tmp_path / "older")
    with workspaces.opened(path) as workspace:
        device = workspace.device.id
        signed(workspace, "乙")
    shutil.rmtree(path)
    shutil.copytree(tmp_path / "older", path)
    with workspaces.opened(path) as workspace:
        assert workspace.is_new_device
        assert workspace.device.id != device
        batch = signed(workspace, "丙")
        assert check.facts(workspace) == []
        with workspace.reading() as db:
            assert db.execute("SELECT seq FROM batch WHERE hash = ?", (batch,)).fetchone() == (1,)


def test_a_cloned_disk_on_another_machine_is_a_new_device(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = device_of(path)
    monkeypatch.setattr(store, "this_machine", lambda: "f" * 32)
    with workspaces.opened(path) as workspace:
        assert workspace.is_new_device
        assert workspace.device.id != device


def test_another_user_of_the_machine_is_a_new_device(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = device_of(path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another user"))
    with workspaces.opened(path) as workspace:
        assert workspace.is_new_device
        assert workspace.device.id != device


def test_a_mark_that_cannot_be_read_makes_a_new_device(path: Path) -> None:
    device = device_of(path)
    with workspaces.opened(path) as workspace, workspace.reading() as db:
        identity = local.get(db, "workspace")
    (store.devices_folder() / f"{identity}.mark").write_bytes(b"?")
    with workspaces.opened(path) as workspace:
        assert workspace.is_new_device
        assert workspace.device.id != device


def test_an_act_that_is_on_the_disk_is_no_failure_because_its_mark_could_not_be_raised(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's folder may lie on another disk, which is full."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with workspaces.opened(path) as workspace:
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", full)
            batch = signed(workspace, "乙")
        with workspace.reading() as db:
            assert db.execute("SELECT seq FROM batch WHERE hash = ?", (batch,)).fetchone() == (3,)
        signed(workspace, "丙")
    with workspaces.opened(path) as workspace:
        assert not workspace.is_new_device


def test_a_users_folder_that_cannot_be_used_is_named_and_the_act_is_not_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").touch()
    with workspaces.create(tmp_path / "w") as workspace:
        with monkeypatch.context() as patched, pytest.raises(Environment) as refused:
            patched.setenv("XDG_DATA_HOME", str(tmp_path / "no folder"))
            signed(workspace)
        assert refused.value.key == "workspace-cannot-open"
        assert str(refused.value.values["where"]).startswith(str(tmp_path / "no folder"))
        signed(workspace)
        assert check.check(workspace, deep=True) == check.facts(workspace) == []


def test_a_damaged_key_is_told_and_the_workspace_stays_as_it_was(path: Path) -> None:
    with workspaces.opened(path) as workspace, workspace.reading() as db:
        identity = local.get(db, "workspace")
    file = store.devices_folder() / f"{identity}.json"
    kept = file.read_bytes()
    file.write_bytes(b"?")
    assert refusal(path).key == "device-key-unreadable"
    file.write_bytes(kept)
    workspaces.opened(path).close()
    file.unlink()  # what the message says to do
    with workspaces.opened(path) as workspace:
        assert workspace.is_new_device


def test_the_key_is_made_with_the_first_act_and_not_before(tmp_path: Path) -> None:
    with workspaces.create(tmp_path / "w", ledger="demo") as workspace:
        with workspace.reading() as db:
            identity = local.get(db, "workspace")
        assert Device.load(store.devices_folder(), workspace=identity) is None
        signed(workspace)
        device = Device.load(store.devices_folder(), workspace=identity)
        assert device is not None
        assert device.mark is not None
        assert device.mark.seq == 1
        device.close()


def device_of(path: Path) -> str:
    with workspaces.opened(path) as workspace:
        return workspace.device.id
