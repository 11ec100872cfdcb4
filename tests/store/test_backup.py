from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector.ledger.record import Batch, Record
from inspector.model import canonical
from inspector.model.errors import BadInput, Damaged, InspectorError, Refused
from inspector.services import check, workspaces
from inspector.store import backup as store
from inspector.store import blobs, records, schema
from inspector.store.workspace import Workspace
from tests.county import NOW
from tests.histories import WALLS

PHOTO = b"\xff\xd8 a photo " * 40


def signed(workspace: Workspace, name: str, photo: bytes = PHOTO) -> Batch:
    blob = (blobs.put(workspace, photo), len(photo))
    with workspace.transaction() as db:
        record = Record("finding", f"finding:{name}", (), {"set": {"place": name}}, (blob,))
        return records.append(db, workspace, (record,), person=None, wall=WALLS[0])


@pytest.fixture
def used(workspace: Workspace) -> Workspace:
    """An open workspace with an act, a photo, a form and a person's key of its own."""
    signed(workspace, "甲")
    (workspace.path / "forms" / "own.toml").write_text("an own form")
    (workspace.path / "people" / "AAAAAAAAAAAAAAAA.p12").write_bytes(b"a key")
    (workspace.path / "cache" / "thumbnail").write_bytes(b"can be made again")
    return workspace


@pytest.fixture
def archive(used: Workspace, tmp_path: Path) -> Path:
    check.backup(used.path, tmp_path / "b.zip", now=NOW)
    return tmp_path / "b.zip"


def refusal(file: Path, target: Path) -> InspectorError:
    """The refusal to restore; nothing may be left of it."""
    before = sorted(target.parent.iterdir())
    with pytest.raises(InspectorError) as refused:
        check.restore(file, target)
    assert sorted(target.parent.iterdir()) == before
    return refused.value


def ledger(workspace: Workspace) -> list[tuple[Any, ...]]:
    with workspace.reading() as db:
        return db.execute("SELECT hash, header, signature FROM batch ORDER BY hash").fetchall()


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    """The same zip with other files in it; its manifest is left as it is."""
    with zipfile.ZipFile(archive) as read:
        files = change({name: read.read(name) for name in read.namelist()})
    with zipfile.ZipFile(archive, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)


def test_what_comes_back_is_what_was_there_and_it_goes_on_as_a_new_device(
    used: Workspace, archive: Path, tmp_path: Path
) -> None:
    manifest = check.restore(archive, tmp_path / "back")
    assert (manifest.ledger, manifest.made) == ("demo", "2026-11-24T09:30:00+08:00")
    with workspaces.opened(tmp_path / "back") as back:
        assert back.is_new_device
        assert back.device.id != used.device.id
        assert ledger(back) == ledger(used)
        assert check.check(back, deep=True) == []
        assert blobs.read(back, canonical.sha256(PHOTO)) == PHOTO
        assert (back.path / "forms" / "own.toml").read_text() == "an own form"
        assert (back.path / "people" / "AAAAAAAAAAAAAAAA.p12").read_bytes() == b"a key"
        assert not (back.path / "cache" / "thumbnail").exists()
        assert signed(back, "乙").header.seq == 1
        assert signed(used, "丙").header.seq == 2
    with workspaces.opened(tmp_path / "back") as back:
        assert not back.is_new_device


def test_it_is_a_new_device_even_where_the_original_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    """The disk that held the workspace died, the key outside it did not: a stick may have what the backup lacks."""
    signed(workspace, "甲")
    device = workspace.device.id
    check.backup(workspace.path, tmp_path / "b.zip", now=NOW)
    workspace.close()
    shutil.rmtree(workspace.path)
    check.restore(tmp_path / "b.zip", workspace.path)
    with workspaces.opened(workspace.path) as back:
        assert back.is_new_device
        assert back.device.id != device


def test_the_key_of_the_device_is_never_in_it(used: Workspace, archive: Path) -> None:
    secret = used.device.key.private_bytes_raw()
    data = archive.read_bytes()
    assert secret not in data
    assert secret.hex().encode() not in data
    with zipfile.ZipFile(archive) as read:
        assert {name.split("/")[0] for name in read.namelist()} == {
            "inspector.db",
            "blobs",
            "forms",
            "people",
            "manifest.json",
        }
        assert all(info.compress_type == zipfile.ZIP_STORED for info in read.infolist())


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_nobody_else_on_the_machine_can_read_a_backup_or_the_keys_in_it(
    archive: Path, tmp_path: Path
) -> None:
    check.restore(archive, tmp_path / "back")
    for file in (archive, tmp_path / "back" / "people" / "AAAAAAAAAAAAAAAA.p12"):
        assert not file.stat().st_mode & 0o077


def test_a_workspace_can_be_saved_while_somebody_works_in_it(workspace: Workspace, tmp_path: Path) -> None:
    """Whatever is in it is whole: each record has its photo, the lists follow from the ledger."""
    stop, written = threading.Event(), []

    def work() -> None:
        while not stop.is_set():
            written.append(signed(workspace, f"{len(written)}", b"photo %d" % len(written)).hash)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(3):
            while len(written) < 20 * (number + 1):
                pass
            acknowledged = set(written)
            backed = check.backup(workspace.path, tmp_path / f"{number}.zip", now=NOW)
            assert backed.missing == backed.damaged == ()
            check.restore(tmp_path / f"{number}.zip", tmp_path / str(number))
            with workspaces.opened(tmp_path / str(number)) as back:
                assert check.check(back, deep=True) == check.facts(back) == []
                assert acknowledged <= {row[0] for row in ledger(back)}
    finally:
        stop.set()
        worker.join()


def test_a_backup_says_what_the_workspace_lacks_and_goes_on(used: Workspace, tmp_path: Path) -> None:
    gone = signed(used, "乙", b"gone").header.records[0].blobs[0][0]
    blobs.path(used, gone).unlink()
    changed = canonical.sha256(PHOTO)
    blobs.path(used, changed).chmod(0o644)
    blobs.path(used, changed).write_bytes(b"changed")
    backed = check.backup(used.path, tmp_path / "b.zip", now=NOW)
    assert (backed.missing, backed.damaged) == ((gone,), (changed,))
    check.restore(tmp_path / "b.zip", tmp_path / "back")
    with workspaces.opened(tmp_path / "back") as back:
        assert {one.kind for one in check.check(back, deep=True)} == {
            "check-blob-missing",
            "check-blob-changed",
        }


def test_an_older_backup_is_never_written_over(used: Workspace, archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(Refused) as refused:
        check.backup(used.path, archive, now=NOW)
    assert refused.value.key == "backup-file-exists"
    assert archive.read_bytes() == before


def test_a_backup_that_could_not_be_finished_leaves_nothing(
    used: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(InspectorError) as refused:
        patched.setattr(zipfile.ZipFile, "writestr", full)
        check.backup(used.path, folder / "b.zip", now=NOW)
    assert refused.value.key == "workspace-disk-full"
    assert list(folder.iterdir()) == []


def test_only_a_workspace_can_be_saved(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        check.backup(tmp_path, tmp_path / "b.zip", now=NOW)
    assert refused.value.key == "workspace-missing"
    sqlite3.connect(tmp_path / "inspector.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(BadInput) as refused:
        check.backup(tmp_path, tmp_path / "b.zip", now=NOW)
    assert refused.value.key == "workspace-not-ours"
    assert not (tmp_path / "b.zip").exists()


def test_it_wants_an_empty_folder(used: Workspace, archive: Path, tmp_path: Path) -> None:
    error = refusal(archive, used.path)
    assert isinstance(error, Refused)
    assert error.key == "workspace-folder-not-empty"
    (tmp_path / "empty").mkdir()
    check.restore(archive, tmp_path / "empty")
    workspaces.opened(tmp_path / "empty").close()


def test_any_flipped_byte_of_a_backup_is_found_or_changes_nothing(
    archive: Path, tmp_path: Path, long: bool
) -> None:
    """Names, sizes, checksums and padding of the zip, too."""
    data = archive.read_bytes()
    whole = restored(archive, tmp_path / "whole")
    seen = 0
    for offset in range(0, len(data), 101 if long else 1999):
        archive.write_bytes(data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :])
        try:
            check.restore(archive, tmp_path / "back")
        except (BadInput, Damaged):
            seen += 1
        else:
            assert restored(None, tmp_path / "back") == whole
            shutil.rmtree(tmp_path / "back")
    assert seen > 20


def restored(archive: Path | None, path: Path) -> dict[str, bytes]:
    """All files of a restored workspace, its database as the statements that make its tables, without its identity."""
    if archive:
        check.restore(archive, path)
    db = sqlite3.connect(path / "inspector.db")
    db.execute("DELETE FROM local WHERE key = 'workspace'")
    dump = "\n".join(db.iterdump()).encode()
    db.close()
    files = {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and not file.name.startswith("inspector.db")
    }
    return files | {"dump": dump}


def test_a_cut_backup_is_refused_wherever_it_is_cut(archive: Path, tmp_path: Path) -> None:
    data = archive.read_bytes()
    for length in range(0, len(data), len(data) // 13):
        archive.write_bytes(data[:length])
        assert refusal(archive, tmp_path / "back").key == "backup-unreadable"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "forms/../../evil",
        "/etc/evil",
        "blobs/ab/evil",
        "cache/x",
        "lock",
        "forms/a\\b",
        "people/..",
    ],
)
def test_a_hostile_name_never_leaves_the_folder(archive: Path, tmp_path: Path, name: str) -> None:
    def add(files: dict[str, bytes]) -> dict[str, bytes]:
        manifest = canonical.decode(files.pop("manifest.json"))
        manifest["entries"].append({"name": name, "bytes": 1, "sha256": canonical.sha256(b"x")})
        return files | {name: b"x", "manifest.json": canonical.encode(manifest)}

    rewritten(archive, add)
    assert refusal(archive, tmp_path / "back").key == "backup-unreadable"


def test_a_file_that_the_manifest_does_not_name_is_refused(archive: Path, tmp_path: Path) -> None:
    rewritten(archive, lambda files: files | {"forms/more.toml": b"x"})
    assert refusal(archive, tmp_path / "back").key == "backup-unreadable"


def test_a_file_that_is_missing_or_another_is_named(archive: Path, tmp_path: Path) -> None:
    rewritten(archive, lambda files: files | {"forms/own.toml": b"an own foam"})
    error = refusal(archive, tmp_path / "back")
    assert isinstance(error, Damaged)
    assert (error.key, error.values["entry"]) == ("backup-damaged", "forms/own.toml")
    rewritten(archive, lambda files: {name: data for name, data in files.items() if name != "forms/own.toml"})
    assert refusal(archive, tmp_path / "back").key == "backup-damaged"


def test_a_compressed_bomb_is_not_unpacked(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as read:
        files = {name: read.read(name) for name in read.namelist()}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    assert refusal(archive, tmp_path / "back").key == "backup-damaged"


def test_a_backup_of_a_later_version_is_told_as_such(used: Workspace, archive: Path, tmp_path: Path) -> None:
    def later(files: dict[str, bytes]) -> dict[str, bytes]:
        return files | {"manifest.json": files["manifest.json"].replace(b'"v":1', b'"v":2')}

    rewritten(archive, later)
    assert refusal(archive, tmp_path / "back").key == "backup-newer"
    with used.transaction() as db:
        db.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    with pytest.raises(InspectorError) as refused:
        check.backup(used.path, tmp_path / "newer.zip", now=NOW)
    assert refused.value.key == "workspace-newer"


def test_what_is_no_backup_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    assert refusal(tmp_path / "x.zip", tmp_path / "back").key == "backup-unreadable"
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as out:
        out.writestr("a", "b")
    assert refusal(tmp_path / "y.zip", tmp_path / "back").key == "backup-unreadable"
    assert refusal(tmp_path / "nowhere.zip", tmp_path / "back").key == "workspace-cannot-open"


def test_the_mark_is_on_the_disk_before_anything_leaves_the_laptop(
    used: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner was stopped between the commit and the mark: the backup holds more than the mark knows."""
    used.device.raise_mark(0, "0" * 64)
    check.backup(used.path, tmp_path / "b.zip", now=NOW)
    mark = used.device.mark
    assert mark is not None
    assert (mark.seq, mark.hash) == (1, ledger(used)[0][0])


def test_a_manifest_is_canonical(archive: Path) -> None:
    with zipfile.ZipFile(archive) as read:
        manifest = canonical.decode_as(read.read("manifest.json"), store.Manifest)
        for entry in manifest.entries:
            assert canonical.sha256(read.read(entry.name)) == entry.sha256
