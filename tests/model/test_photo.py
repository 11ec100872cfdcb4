"""What is odd about a photo at a visit, and what a corrected clock means."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.model.photo import (
    AFTER_VISIT,
    BEFORE_VISIT,
    FAR_FROM_SITE,
    SAVED_AFTER_VISIT,
    USED_BEFORE,
    Photo,
    TimeSource,
    distance_m,
    flags,
    turned_point,
)

BEGIN = datetime.fromisoformat("2026-10-13T10:00:00+08:00")
END = datetime.fromisoformat("2026-10-13T11:00:00+08:00")
HERE = (342_584_722, 1_089_400_694)


def photo(taken_at: str = "", source: TimeSource = TimeSource.EXIF, **facts: int) -> Photo:
    return Photo(
        sha256="a" * 64,
        bytes=1,
        name="x",
        format="jpeg",
        width=1,
        height=1,
        taken_at=taken_at,
        taken_source=source,
        **facts,
    )


@pytest.mark.parametrize(
    ("time", "wanted"),
    [
        ("09:29:59", (BEFORE_VISIT,)),
        ("09:30:00", ()),
        ("10:30:00", ()),
        ("11:30:00", ()),
        ("11:30:01", (AFTER_VISIT,)),
    ],
)
def test_half_an_hour_before_and_after_the_visit_is_no_oddity(time: str, wanted: tuple[str, ...]) -> None:
    assert flags(photo(f"2026-10-13T{time}+08:00"), begin=BEGIN, end=END) == wanted


def test_the_same_instant_in_another_zone_is_the_same_instant() -> None:
    assert flags(photo("2026-10-13T02:30:00+00:00"), begin=BEGIN, end=END) == ()
    assert flags(photo("2026-10-13T10:30:00+00:00"), begin=BEGIN, end=END) == (AFTER_VISIT,)


def test_a_file_that_was_saved_in_the_evening_may_have_been_shot_at_the_visit() -> None:
    evening = photo("2026-10-13T18:00:00+08:00", TimeSource.FILENAME)
    assert flags(evening, begin=BEGIN, end=END) == (SAVED_AFTER_VISIT,)
    assert flags(photo("2026-10-12T18:00:00+08:00", TimeSource.FILENAME), begin=BEGIN, end=END) == (
        BEFORE_VISIT,
    )


def test_a_photo_without_a_time_and_a_visit_without_an_end_are_not_judged() -> None:
    assert flags(photo(), begin=BEGIN, end=END) == ()
    assert flags(photo("2026-10-13T18:00:00+08:00"), begin=BEGIN, end=None) == ()


def test_a_photo_that_served_before_or_lies_elsewhere_is_flagged_and_not_refused() -> None:
    far = photo("2026-10-13T10:30:00+08:00", latitude=HERE[0] + 60_000, longitude=HERE[1])
    assert flags(far, begin=BEGIN, end=END, used_before=True, site=HERE) == (USED_BEFORE, FAR_FROM_SITE)
    near = photo("2026-10-13T10:30:00+08:00", latitude=HERE[0] + 40_000, longitude=HERE[1])
    assert flags(near, begin=BEGIN, end=END, site=HERE) == ()
    assert flags(far, begin=BEGIN, end=END, site=None) == ()


def test_a_corrected_clock_is_judged_by_the_corrected_time_and_the_cameras_time_stays() -> None:
    slow = photo("2025-10-13T10:30:00+08:00", shift_seconds=365 * 86_400)
    assert flags(slow, begin=BEGIN, end=END) == ()
    assert (slow.taken_at, slow.shifted) == ("2025-10-13T10:30:00+08:00", "2026-10-13T10:30:00+08:00")
    assert photo("2025-10-13T10:30:00+08:00").shifted == ""
    assert photo(shift_seconds=60).moment is None


def test_a_thousandth_of_a_degree_is_a_hundred_and_eleven_metres() -> None:
    assert distance_m((0, 0), (10_000, 0)) == 111
    assert distance_m((600_000_000, 0), (600_000_000, 10_000)) == 56
    assert distance_m((0, 1_799_995_000), (0, -1_799_995_000)) == 111


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from([0, 90, 180, 270]))
def test_a_point_comes_back_when_the_picture_is_turned_back(x: int, y: int, degrees: int) -> None:
    assert turned_point(*turned_point(x, y, degrees), 360 - degrees) == (x, y)


@given(st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400)))
def test_only_what_is_outside_the_window_is_flagged(after: timedelta) -> None:
    moment = (BEGIN + after).replace(microsecond=0)
    inside = BEGIN - timedelta(minutes=30) <= moment <= END + timedelta(minutes=30)
    assert (flags(photo(moment.isoformat()), begin=BEGIN, end=END) == ()) is inside
