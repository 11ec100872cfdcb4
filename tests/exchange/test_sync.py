from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from inspector.model.errors import BadInput
from inspector.services import check, sync, workspaces
from inspector.store import blobs
from tests.exchange.desk import NOW, Laptop, everybody, files, laptops

PHOTO = b"\xff\xd8 a photo"


def test_what_one_laptop_signed_is_on_the_other_with_its_photos(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO, b"a sheet"))
    put = one.sync(stick)
    assert put.complete and put.missing == 0
    taken = other.sync(stick)
    assert taken.complete and taken.taken.records == 1 and taken.taken.blobs == 2
    assert one.state() == other.state()
    assert check.check(other.workspace, deep=True) == []


def test_a_second_sync_moves_nothing(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    one.sync(stick)
    other.sync(stick)
    one.sync(stick)
    before = {file: file.stat().st_mtime_ns for file in files(stick)}
    for laptop in pair:
        again = laptop.sync(stick)
        assert (again.put_files, again.taken.batches, again.taken.blobs) == (0, 0, 0)
        assert again.complete
    assert {file: file.stat().st_mtime_ns for file in files(stick)} == before


def test_anybody_carries_what_others_wrote(tmp_path: Path, stick: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with laptops(tmp_path, 3) as (author, courier, office):
        author.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
        author.sync(stick)
        courier.sync(stick)
        courier.sync(share)
        office.sync(share)
        assert office.state() == author.state()


def test_who_lost_his_disk_gets_his_own_batches_back(tmp_path: Path, stick: Path) -> None:
    with laptops(tmp_path, 1) as (one,):
        one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
        one.sync(stick)
        before = one.state()
    with laptops(tmp_path / "new", 1) as (again,):
        again.sync(stick)
        assert again.state() == before


def test_a_device_that_was_never_met_is_asked_for_once(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕")
    one.sync(stick)
    refused = other.sync(stick, accept=sync.nobody)
    (stranger,) = refused.strangers
    assert (stranger.device, stranger.batches, stranger.records) == (one.workspace.device.id, 1, 1)
    assert other.shown("site:GJ-001") == {}
    other.sync(stick)
    one.write("site:GJ-002", name="北门公厕")
    one.sync(stick)
    later = other.sync(stick, accept=sync.nobody)
    assert later.strangers == () and later.taken.records == 1


def test_a_remote_of_another_ledger_is_refused_before_anything_is_read(tmp_path: Path, stick: Path) -> None:
    with laptops(tmp_path, 1) as (one,):
        one.sync(stick)
    with workspaces.create(tmp_path / "neighbour", ledger="330200") as neighbour:
        with pytest.raises(BadInput) as refused:
            sync.run(neighbour, sync.reached(neighbour, stick), now=NOW)
        assert refused.value.key == "remote-other-ledger"
        assert refused.value.values["ledger"] == "330199"


def test_a_ledger_that_gets_its_name_late_begins_anew_with_others(tmp_path: Path, stick: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    with workspaces.create(tmp_path / "new") as new, laptops(tmp_path, 1) as (office,):
        sync.run(new, sync.reached(new, stick), now=NOW)
        workspaces.name_ledger(new, office.workspace.ledger)
        office.write("site:GJ-001", name="南门口公厕")
        office.sync(share)
        assert sync.run(new, sync.reached(new, share), now=NOW, accept=everybody).complete
        with pytest.raises(BadInput):
            sync.run(new, sync.reached(new, stick), now=NOW)


def test_a_half_file_is_named_and_blocks_no_other(tmp_path: Path, stick: Path) -> None:
    with laptops(tmp_path, 3) as (one, two, office):
        one.write("site:GJ-001", name="南门口公厕")
        one.write("site:GJ-002", name="北门公厕")
        one.sync(stick)
        two.write("site:GJ-003", name="东门公厕")
        two.sync(stick)
        (half,) = files(stick / "devices" / one.workspace.device.id, "*.batches")
        half.write_bytes(half.read_bytes()[:-200])
        came = office.sync(stick)
        assert office.shown("site:GJ-003") == {"name": "东门公厕"}
        (broken,) = came.broken
        assert (broken.where, broken.file) == (str(stick), half.relative_to(stick).as_posix())
        healed = one.sync(stick)
        assert healed.mended == 1 and healed.complete
        assert office.sync(stick).broken == ()
        assert office.state() == one.state() == (two.sync(stick), two.state())[1]


@pytest.mark.parametrize("pattern", ["*.batches", "*-9"])
def test_a_flipped_byte_is_found_and_put_right_by_whoever_has_the_file(
    pair: tuple[Laptop, Laptop], stick: Path, pattern: str
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(b"123456789",))
    one.sync(stick)
    (file,) = files(stick, pattern)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    came = other.sync(stick)
    assert [broken.file for broken in came.broken] == [file.relative_to(stick).as_posix()]
    assert not one.sync(stick).broken
    assert not other.sync(stick).broken
    assert one.state() == other.state()


def test_what_a_stick_lost_over_time_is_found_by_reading_all_of_it(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    for laptop in (one, other, one, other):
        laptop.sync(stick)
    for file in files(stick / "blobs") + files(stick, "*.batches"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
    found = other.sync(stick, read_all=True)
    assert found.mended == 2 and found.complete and not found.broken
    assert other.sync(stick, read_all=True).mended == 0
    with laptops(stick.parent / "new", 1) as (new,):
        new.sync(stick)
        assert new.state() == one.state()


def test_a_photo_that_is_damaged_here_does_not_leave_this_laptop(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    (name,) = blobs.names(one.workspace)
    file = blobs.path(one.workspace, name)
    file.chmod(0o644)
    file.write_bytes(b"x" + PHOTO[1:])
    done = one.sync(stick)
    assert not done.complete
    assert [(broken.where, broken.file) for broken in done.broken] == [(str(one.path), blobs.relative(name))]
    assert files(stick / "blobs") == []
    assert other.sync(stick).missing == 1


def test_a_photo_that_nobody_has_is_counted_until_it_comes(pair: tuple[Laptop, Laptop], stick: Path) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    (name,) = blobs.names(one.workspace)
    hidden = blobs.path(one.workspace, name)
    kept = hidden.read_bytes()
    hidden.unlink()
    assert one.sync(stick).missing == 1
    assert other.sync(stick).missing == 1
    assert blobs.put(one.workspace, kept) == name
    assert one.sync(stick).missing == 0
    assert other.sync(stick).missing == 0
    assert blobs.read(other.workspace, name) == PHOTO


def test_a_laptop_without_room_for_photos_takes_records_and_hands_over_its_own(
    pair: tuple[Laptop, Laptop], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(b"x" * 5_000,))
    other.write("site:GJ-002", name="北门公厕")
    one.sync(stick)
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10_000_000))
        done = other.sync(stick)
    assert done.failure is not None and done.failure.key == "laptop-no-room"
    assert (done.taken.batches, done.taken.blobs, done.missing, done.complete) == (1, 0, 1, True)
    assert one.sync(stick).taken.batches == 1
    assert other.sync(stick).taken.blobs == 1
