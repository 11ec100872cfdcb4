"""Generated scenes: photos for the worked example that no camera took."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest
from PIL import ImageChops, ImageStat

from inspector.model.photo import TimeSource
from inspector.photos import intake, scenes
from tests.photos import made

AT = datetime.fromisoformat("2026-10-13T10:24:05+08:00")


@cache
def drawn(what: str, *, seed: int = 5, put_right: bool = False) -> bytes:
    return scenes.scene(what, seed=seed, put_right=put_right, taken_at=AT)


FORMS = ("GD", "BX", "GC", "GJ", "HD", "NM", "SQ", "CK")


@pytest.mark.parametrize("form", [*FORMS, "a ninth kind", "XX-01"])
def test_a_scene_comes_in_as_a_photo_with_the_cameras_time_and_says_that_it_is_none(form: str) -> None:
    data = drawn(form)
    photo = intake.examine(data, name="x.jpg")
    assert (photo.taken_at, photo.taken_source) == ("2026-10-13T10:24:05+08:00", TimeSource.EXIF)
    assert (photo.camera, photo.warnings) == ("Generated scene", ())
    assert b"no photograph" in data
    assert len(data) < 400_000


def test_equal_seeds_give_equal_bytes_and_others_another_picture() -> None:
    one, again, other = (scenes.scene("BX", seed=seed, put_right=False, taken_at=AT) for seed in (1, 1, 2))
    assert one == again
    assert one != other


@pytest.mark.parametrize("form", FORMS)
def test_the_place_put_right_is_the_same_place_without_what_was_wrong(form: str) -> None:
    wrong, right = (made.looked_at(drawn(form, put_right=put_right)) for put_right in (False, True))
    apart = ImageChops.difference(wrong, right).convert("L")
    assert ImageStat.Stat(apart).median[0] < 4
    assert apart.getextrema()[1] > 40


def test_a_finding_that_cannot_be_drawn_shows_the_place_alone() -> None:
    wrong, right = (drawn("CK-03", put_right=put_right) for put_right in (False, True))
    assert wrong == right


@pytest.mark.parametrize("item", ["GD-02", "BX-15", "GD-11", "GD-24", "SQ-12"])
def test_a_finding_that_can_be_drawn_shows_what_is_wrong(item: str) -> None:
    wrong, right = (drawn(item, put_right=put_right) for put_right in (False, True))
    assert wrong != right


def test_every_kind_of_place_looks_different() -> None:
    small = [made.looked_at(drawn(form, put_right=True)).resize((16, 12)) for form in FORMS]
    for nth, one in enumerate(small):
        for other in small[nth + 1 :]:
            assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) > 10
