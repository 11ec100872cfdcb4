"""The facts of photos and the tray of a day, as SQLite keeps them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from inspector.model.photo import EXIF_MISSING, Photo, TimeSource
from inspector.store import photos

TODAY = date(2026, 10, 13)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    photos.create(connection)
    yield connection
    connection.close()


def photo(letter: str, **facts: object) -> Photo:
    plain = Photo(sha256=letter * 64, bytes=7, name=f"{letter}.jpg", format="jpeg", width=4, height=3)
    return msgspec.structs.replace(plain, **facts)


def test_every_fact_comes_back_as_it_was_kept(db: sqlite3.Connection) -> None:
    full = photo(
        "a",
        taken_at="2026-10-13T10:24:00+08:00",
        taken_source=TimeSource.EXIF_LOCAL,
        shift_seconds=-90,
        latitude=-343_210_000,
        longitude=1_085_000_001,
        camera="华为 P60",
        warnings=(EXIF_MISSING,),
    )
    bare = photo("b")
    photos.keep(db, full)
    photos.keep(db, bare)
    assert photos.facts(db, ["a" * 64, "b" * 64, "c" * 64]) == {full.sha256: full, bare.sha256: bare}


def test_a_photo_that_comes_again_under_another_name_keeps_its_correction(db: sqlite3.Connection) -> None:
    first = photo("a", taken_at="2026-10-13T10:24:00+08:00", taken_source=TimeSource.EXIF)
    photos.keep(db, first)
    photos.shift(db, [first.sha256], seconds=3600)
    photos.keep(db, msgspec.structs.replace(first, name="again.jpg"))
    assert photos.facts(db, [first.sha256])[first.sha256] == msgspec.structs.replace(
        first, shift_seconds=3600
    )


def test_the_tray_of_a_day_is_sorted_by_corrected_time_and_those_without_one_come_last(
    db: sqlite3.Connection,
) -> None:
    late_by_clock = photo("a", taken_at="2026-10-13T12:00:00+08:00", taken_source=TimeSource.EXIF)
    elsewhere = photo(
        "b", taken_at="2026-10-13T03:00:00+00:00", taken_source=TimeSource.EXIF
    )  # 11:00 in +08:00
    without = photo("c")
    for each in (without, late_by_clock, elsewhere):
        photos.keep(db, each)
        photos.lay_out(db, each.sha256, day=TODAY)
        photos.lay_out(db, each.sha256, day=TODAY)
    assert [each.name for each in photos.tray(db, day=TODAY)] == ["b.jpg", "a.jpg", "c.jpg"]
    photos.shift(db, [late_by_clock.sha256, without.sha256], seconds=-2 * 3600)
    assert [each.name for each in photos.tray(db, day=TODAY)] == ["a.jpg", "b.jpg", "c.jpg"]
    assert photos.facts(db, [without.sha256])[without.sha256] == without


def test_a_photo_may_lie_in_the_trays_of_two_days(db: sqlite3.Connection) -> None:
    photos.keep(db, photo("a"))
    photos.keep(db, photo("b"))
    photos.lay_out(db, "a" * 64, day=date(2026, 10, 12))
    for each in "ab":
        photos.lay_out(db, each * 64, day=TODAY)
    assert photos.days(db) == [(TODAY, 2), (date(2026, 10, 12), 1)]
    assert photos.tray(db, day=date(2026, 10, 11)) == []


def test_the_tray_and_the_facts_are_found_by_their_keys(db: sqlite3.Connection) -> None:
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    photos.tray(db, day=TODAY)
    photos.facts(db, ["a" * 64])
    db.set_trace_callback(None)
    plans = [" / ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")) for sql in asked]
    assert len(plans) == 2
    assert "SEARCH tray USING PRIMARY KEY (day=?) / SEARCH photo USING PRIMARY KEY (sha256=?)" in plans[0]
    assert "SEARCH photo USING PRIMARY KEY (sha256=?)" in plans[1]
