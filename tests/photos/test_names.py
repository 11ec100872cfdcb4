"""File names of messengers and cameras, and what they tell."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from inspector.photos.names import saved_at

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "name",
    [
        "mmexport1791858245000.jpg",
        "mmexport1791858245999(1).jpg",
        "wx_camera_1791858245123.jpg",
        "1791858245000.jpeg",
        "1791858245000 (2).jpeg",
        "微信图片_20261013102405.jpg",
        "微信图片_20261013102405_12.png",
        "微信截图_20261013102405.png",
        "IMG_20261013_102405.jpg",
        "IMG_20261013_102405123.HEIC",
        "副本 IMG_20261013_102405.jpg",
    ],
)
def test_the_name_of_a_messenger_or_camera_says_when_the_file_was_saved(name: str) -> None:
    saved = saved_at(name, zone=BEIJING)
    assert saved is not None
    assert saved.isoformat() == "2026-10-13T10:24:05+08:00"


@pytest.mark.parametrize(
    "name",
    [
        "照片.jpg",
        "IMG_2929.HEIC",
        "IMG_20261399_102405.jpg",
        "mmexport179185824500.jpg",
        "xmmexport1791858245000.jpg",
        "a1791858245000b.jpg",
        "9f3c1791858245000e204.jpg",
        "0000000000000.jpg",
        "9999999999999.jpg",
        "微信图片_18991013102405.jpg",
        "",
    ],
)
def test_other_names_tell_no_time(name: str) -> None:
    assert saved_at(name, zone=BEIJING) is None


def test_the_clock_of_another_zone_stays_that_zones() -> None:
    saved = saved_at("IMG_20261013_102405.jpg", zone=timezone(timedelta(hours=6)))
    assert saved is not None
    assert saved.isoformat() == "2026-10-13T10:24:05+06:00"
