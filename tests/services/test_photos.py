"""Photos in a workspace: in byte for byte, out upright, their times put right."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from inspector import text
from inspector.model.errors import BadInput, Damaged, Environment
from inspector.model.inspection import Evidence, Mark, PhotoRole
from inspector.model.photo import MAX_BYTES, Photo
from inspector.services import photos
from inspector.store import blobs
from inspector.store.workspace import Workspace
from tests.photos import made

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 10, 13, 18, 0, tzinfo=BEIJING)


def shot(time: str = "2026:10:13 10:24:05", **facts: str) -> bytes:
    """A photo by a camera whose clock shows `time`, in Beijing."""
    return made.saved(made.quarters(900, 600), exif=made.exif(time=time, offset="+08:00", **facts))


def evidence(photo: Photo, *, turned: int = 0, marks: tuple[Mark, ...] = ()) -> Evidence:
    return Evidence(sha256=photo.sha256, bytes=photo.bytes, role=PhotoRole.BEFORE, turned=turned, marks=marks)


def cached(workspace: Workspace) -> list[Path]:
    return sorted(file for file in (workspace.path / "cache").rglob("*") if file.is_file())


def test_the_original_is_kept_byte_for_byte_and_never_changed(workspace: Workspace, tmp_path: Path) -> None:
    data = shot()
    file = tmp_path / "IMG_0001.jpg"
    file.write_bytes(data)
    photo = photos.take_file(workspace, file, now=NOW)
    photos.paper(workspace, evidence(photo, turned=90, marks=(Mark(kind="box", x0=0, y0=0, x1=9, y1=9),)))
    photos.shift(workspace, [photo.sha256], seconds=60)
    assert blobs.read(workspace, photo.sha256) == data == file.read_bytes()
    assert (photo.name, photo.taken_at) == ("IMG_0001.jpg", "2026-10-13T10:24:05+08:00")


def test_the_same_photo_twice_is_one_original_with_the_name_it_first_had(workspace: Workspace) -> None:
    first = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    again = photos.take_bytes(workspace, shot(), name="b.jpg", now=NOW + timedelta(hours=1))
    assert again == first
    assert len([file for file in (workspace.path / "blobs").rglob("*") if file.is_file()]) == 1
    assert photos.tray(workspace, day=NOW.date()) == [first]


def test_files_that_fail_are_named_one_by_one_and_the_others_come_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    files = {
        "good.jpg": shot(),
        "cut.jpg": shot()[:-300],
        "letter.txt": "一封信".encode(),
        "empty.jpg": b"",
        "also good.png": made.saved(made.quarters(), "PNG"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.jpg").mkdir()
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(MAX_BYTES + 1)
    names = [*files, "folder.jpg", "film.mp4", "gone.jpg"]
    taken = photos.take_files(workspace, [tmp_path / name for name in names], now=NOW)
    assert [one.file.name for one in taken] == names
    assert {one.file.name: one.error.key for one in taken if one.error} == {
        "cut.jpg": "photo-truncated",
        "letter.txt": "photo-not-an-image",
        "empty.jpg": "photo-not-an-image",
        "folder.jpg": "photo-not-an-image",
        "film.mp4": "photo-too-large",
        "gone.jpg": "photo-unreadable",
    }
    assert all(one.file.name in text.explain(one.error)[0] for one in taken if one.error)
    assert [one.photo.name for one in taken if one.photo] == ["good.jpg", "also good.png"]
    assert len(photos.tray(workspace, day=NOW.date())) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(BadInput) as error:
        photos.take_file(workspace, tmp_path / "pipe.jpg", now=NOW)
    assert error.value.key == "photo-not-an-image"


def test_what_is_refused_leaves_no_trace(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "cut.jpg").write_bytes(shot()[:-300])
    photos.take_files(workspace, [tmp_path / "cut.jpg"], now=NOW)
    assert [file for file in (workspace.path / "blobs").rglob("*") if file.is_file()] == []
    assert photos.tray(workspace, day=NOW.date()) == []


def test_progress_is_told_after_each_file_and_what_came_in_before_a_stop_stays(
    workspace: Workspace, tmp_path: Path
) -> None:
    class StopError(Exception):
        pass

    files = []
    for minute in range(6):
        file = tmp_path / f"{minute}.jpg"
        file.write_bytes(shot(f"2026:10:13 10:0{minute}:00"))
        files.append(file)
    told: list[tuple[int, int]] = []

    def stop_at_three(done: int, total: int) -> None:
        told.append((done, total))
        if done == 3:
            raise StopError

    with pytest.raises(StopError):
        photos.take_files(workspace, files, now=NOW, report=stop_at_three)
    assert told == [(1, 6), (2, 6), (3, 6)]
    assert [photo.name for photo in photos.tray(workspace, day=NOW.date())] == ["0.jpg", "1.jpg", "2.jpg"]
    photos.take_files(workspace, files, now=NOW, report=lambda done, total: told.append((done, total)))
    assert told[3:] == [(n, 6) for n in range(1, 7)]
    assert len(photos.tray(workspace, day=NOW.date())) == 6


def test_a_photo_that_is_placed_already_lies_in_no_tray(workspace: Workspace) -> None:
    photo = photos.take_bytes(workspace, shot(), name="a.jpg")
    assert photos.tray(workspace, day=NOW.date()) == []
    assert photos.facts(workspace, [photo.sha256]) == {photo.sha256: photo}


def test_the_tray_is_that_of_the_day_on_which_photos_came_in_whatever_their_clock_says(
    workspace: Workspace,
) -> None:
    old = photos.take_bytes(workspace, shot("2008:01:01 00:00:00"), name="old.jpg", now=NOW)
    new = photos.take_bytes(workspace, shot(), name="new.jpg", now=NOW)
    photos.take_bytes(
        workspace, old_bytes := shot("2009:01:01 00:00:00"), name="x.jpg", now=NOW + timedelta(days=1)
    )
    assert photos.tray(workspace, day=date(2026, 10, 13)) == [old, new]
    assert len(photos.tray(workspace, day=date(2026, 10, 14))) == 1
    photos.take_bytes(workspace, old_bytes, name="x.jpg", now=NOW)
    assert len(photos.tray(workspace, day=date(2026, 10, 13))) == 3


def test_a_wrong_clock_is_put_right_beside_the_time_that_the_camera_wrote(workspace: Workspace) -> None:
    slow = photos.take_bytes(workspace, shot("2025:10:13 10:24:05", model="P60"), name="a.jpg", now=NOW)
    year = 365 * 86_400
    (shifted,) = photos.shift(workspace, [slow.sha256], seconds=year).values()
    assert (shifted.taken_at, shifted.shifted) == ("2025-10-13T10:24:05+08:00", "2026-10-13T10:24:05+08:00")
    assert (
        photos.take_bytes(workspace, shot("2025:10:13 10:24:05", model="P60"), name="a.jpg", now=NOW)
        == shifted
    )
    assert photos.shift(workspace, [slow.sha256], seconds=0) == {slow.sha256: slow}


@pytest.mark.parametrize("seconds", [-500 * 365 * 86_400, 500 * 365 * 86_400, 10**15])
def test_a_shift_into_another_age_is_refused_and_changes_nothing(workspace: Workspace, seconds: int) -> None:
    photo = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    without = photos.take_bytes(workspace, made.saved(made.quarters()), name="b.jpg", now=NOW)
    with pytest.raises(BadInput) as error:
        photos.shift(workspace, [photo.sha256, without.sha256], seconds=seconds)
    assert error.value.key == "photo-shift-impossible"
    assert "a.jpg" in text.explain(error.value)[0]
    assert photos.facts(workspace, [photo.sha256]) == {photo.sha256: photo}


def test_a_photo_that_never_came_in_is_unknown(workspace: Workspace) -> None:
    with pytest.raises(BadInput) as error:
        photos.shift(workspace, ["0" * 64], seconds=1)
    assert error.value.key == "photo-unknown"
    with pytest.raises(Environment) as missing:
        photos.thumbnail(workspace, "0" * 64)
    assert missing.value.key == "blob-missing"


def test_paper_and_thumbnail_are_upright_turned_and_without_metadata(workspace: Workspace) -> None:
    data = made.saved(made.stored(made.quarters(900, 600), 6), exif=made.exif(orientation=6, model="Secret"))
    photo = photos.take_bytes(workspace, data, name="a.jpg", now=NOW)
    for picture in (
        photos.paper(workspace, evidence(photo)),
        photos.paper_of(workspace, photo.sha256),
        photos.thumbnail(workspace, photo.sha256),
        photos.thumbnail(workspace, photo.sha256, side_px=200),
        photos.thumbnail(workspace, photo.sha256, side_px=800),
        photos.screen(workspace, photo.sha256),
    ):
        assert made.same(made.corners_of(made.looked_at(picture)), made.CORNERS)
        assert b"Secret" not in picture
    for picture in (
        photos.paper(workspace, evidence(photo, turned=180)),
        photos.thumbnail(workspace, photo.sha256, turned=180),
    ):
        assert made.same(made.corners_of(made.looked_at(picture)), made.CORNERS[::-1])
    assert len(photos.paper(workspace, evidence(photo))) <= 300_000
    sizes = [
        made.looked_at(photos.thumbnail(workspace, photo.sha256, side_px=side)).width
        for side in (100, 512, 800)
    ]
    assert sizes == [100, 512, 800]


def test_marks_are_printed_and_pixelated_faces_are_nowhere_on_the_paper(workspace: Workspace) -> None:
    photo = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    whole = Mark(kind="pixelate", x0=0, y0=0, x1=10_000, y1=10_000)
    paper = made.looked_at(photos.paper(workspace, evidence(photo, marks=(whole,))))
    assert len({paper.getpixel((x, paper.height // 3)) for x in range(paper.width)}) < paper.width // 8
    assert photos.paper(workspace, evidence(photo)) != photos.paper(
        workspace, evidence(photo, marks=(whole,))
    )


def test_the_cache_may_be_deleted_or_damaged_at_any_time(workspace: Workspace) -> None:
    photo = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    before = photos.paper(workspace, evidence(photo)), photos.thumbnail(workspace, photo.sha256)
    assert len(cached(workspace)) == 2
    for file in cached(workspace):
        kept = bytearray(file.read_bytes())
        kept[len(kept) // 2] ^= 0xFF
        file.write_bytes(kept)
    assert (photos.paper(workspace, evidence(photo)), photos.thumbnail(workspace, photo.sha256)) == before
    for file in cached(workspace):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert (photos.paper(workspace, evidence(photo)), photos.thumbnail(workspace, photo.sha256)) == before
    for file in cached(workspace):
        file.unlink()
    assert (photos.paper(workspace, evidence(photo)), photos.thumbnail(workspace, photo.sha256)) == before


def test_a_cache_that_cannot_be_written_costs_time_and_no_photo(workspace: Workspace) -> None:
    cache = workspace.path / "cache"
    cache.rmdir()
    cache.write_bytes(b"in the way")
    photo = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    assert made.looked_at(photos.paper(workspace, evidence(photo))).size == (900, 600)


def test_an_original_that_was_changed_on_the_disk_is_not_printed(workspace: Workspace) -> None:
    photo = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    file = blobs.path(workspace, photo.sha256)
    changed = bytearray(file.read_bytes())
    changed[-5] ^= 0xFF
    file.chmod(0o644)
    file.write_bytes(changed)
    with pytest.raises(Damaged) as error:
        photos.paper(workspace, evidence(photo))
    assert error.value.key == "blob-damaged"


@pytest.mark.parametrize("file", ["image00971.jpg", "image01088.jpg", "image01137.jpg", "image01551.jpg"])
def test_real_files_with_broken_metadata_come_in_and_it_is_said(workspace: Workspace, file: str) -> None:
    photo = photos.take_file(workspace, made.shared("broken", file), now=NOW)
    assert photo.warnings
    assert all(text.say(warning) for warning in photo.warnings)


def test_real_phone_photos_come_in_and_fit_on_paper(workspace: Workspace) -> None:
    folder = made.shared("phones")
    taken = photos.take_files(workspace, sorted(folder.iterdir()), now=NOW)
    assert [one.error for one in taken] == [None] * 8
    for one in taken:
        assert one.photo is not None
        assert blobs.read(workspace, one.photo.sha256) == one.file.read_bytes()
    heic = next(one.photo for one in taken if one.photo and one.photo.format == "heif")
    paper = photos.paper(workspace, evidence(heic))
    assert (made.looked_at(paper).size, len(paper) <= 300_000) == ((900, 1200), True)


def test_facts_of_many_photos_are_found_at_once(workspace: Workspace) -> None:
    photo = photos.take_bytes(workspace, shot(), name="a.jpg", now=NOW)
    wanted = [photo.sha256, *(f"{n:064x}" for n in range(2000))]
    assert photos.facts(workspace, wanted) == {photo.sha256: msgspec.structs.replace(photo)}
