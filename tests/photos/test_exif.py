"""What a camera wrote beside a picture, and what becomes of it when it is broken."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.model.photo import EXIF_BROKEN, POSITION_UNREADABLE, TIME_UNREADABLE
from inspector.photos import exif
from tests.photos import made

BEIJING = timezone(timedelta(hours=8))
FULL = made.exif(
    orientation=6,
    time="2026:10:13 10:24:05",
    offset="+08:00",
    make="HUAWEI",
    model="HUAWEI P60",
    gps={1: "N", 2: (34.0, 15.0, 30.5), 3: "E", 4: (108.0, 56.0, 24.25)},
)


def test_orientation_time_offset_position_and_camera_are_read() -> None:
    facts = exif.read(FULL)
    assert facts == exif.Exif(
        orientation=6,
        taken_at=datetime(2026, 10, 13, 10, 24, 5),  # noqa: DTZ001
        zone=BEIJING,
        latitude=342_584_722,
        longitude=1_089_400_694,
        camera="HUAWEI P60",
    )


@pytest.mark.parametrize("text", ["", "0000:00:00 00:00:00", "    :  :     :  :  "])
def test_a_camera_whose_clock_was_never_set_gives_no_time_and_no_complaint(text: str) -> None:
    facts = exif.read(made.exif(time=text, orientation=1))
    assert (facts.taken_at, facts.problems) == (None, ())


@pytest.mark.parametrize(
    "text", ["2026:13:01 00:00:00", "13.10.2026", "2026:02:30 10:00:00", "2026:10:13 24:61:00"]
)
def test_a_time_that_is_none_is_said_to_be_unreadable(text: str) -> None:
    facts = exif.read(made.exif(time=text))
    assert (facts.taken_at, facts.problems) == (None, (TIME_UNREADABLE,))


@pytest.mark.parametrize("offset", ["+8", "+15:00", "08:00", "+08:60", "Z"])
def test_an_offset_that_is_none_leaves_the_clock_without_one(offset: str) -> None:
    facts = exif.read(made.exif(time="2026:10:13 10:24:05", offset=offset))
    assert facts.taken_at == datetime(2026, 10, 13, 10, 24, 5)  # noqa: DTZ001
    assert facts.zone is None


def test_a_camera_without_a_fix_has_no_position_and_no_complaint() -> None:
    nowhere = exif.read(made.exif(gps={1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}))
    assert (nowhere.latitude, nowhere.longitude, nowhere.problems) == (None, None, ())


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (108.0, 0.0, 0.0)},
        {1: "X", 2: (34.0, 0.0, 0.0), 3: "E", 4: (108.0, 0.0, 0.0)},
        {1: "N", 2: (34.0, 0.0, 0.0)},
        {1: "N", 2: (34.0, 15.0), 3: "E", 4: (108.0, 0.0, 0.0)},
    ],
)
def test_a_position_that_is_none_is_said_to_be_unreadable(gps: dict[int, object]) -> None:
    facts = exif.read(made.exif(gps=gps))
    assert (facts.latitude, facts.longitude, facts.problems) == (None, None, (POSITION_UNREADABLE,))


def test_the_south_and_the_west_are_negative() -> None:
    facts = exif.read(made.exif(gps={1: "S", 2: (1.0, 30.0, 0.0), 3: "W", 4: (2.0, 0.0, 36.0)}))
    assert (facts.latitude, facts.longitude) == (-15_000_000, -20_100_000)


def test_an_orientation_that_is_none_counts_as_upright() -> None:
    assert exif.read(made.exif(orientation=9)).orientation == 1


def test_the_camera_is_named_once_and_without_control_characters() -> None:
    both = exif.read(made.exif(make="Xiaomi", model="23078\tRKD5C\x00junk"))
    assert both.camera == "Xiaomi 23078RKD5C"


def test_every_cut_of_the_block_still_gives_facts_and_most_say_that_it_is_broken() -> None:
    broken = [EXIF_BROKEN in exif.read(FULL[:length]).problems for length in range(len(FULL))]
    assert broken.count(True) > 0.8 * len(FULL)


@given(st.binary(max_size=200))
@example(b"")
@example(b"Exif\0\0")
@example(b"II*\0" + b"\xff" * 40)
@example(b"MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08")  # a directory that points to itself
def test_no_bytes_can_make_reading_fail(data: bytes) -> None:
    assert 1 <= exif.read(data).orientation <= 8


@given(st.integers(0, len(FULL) - 1), st.integers(1, 255))
def test_no_changed_byte_can_make_reading_fail(at: int, change: int) -> None:
    changed = bytearray(FULL)
    changed[at] ^= change
    facts = exif.read(bytes(changed))
    assert facts.latitude is None or -900_000_000 <= facts.latitude <= 900_000_000
    assert facts.longitude is None or abs(facts.longitude) <= 1_800_000_000
