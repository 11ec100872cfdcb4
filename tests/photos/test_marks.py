"""Arrow, box and pixelated area over a photo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from inspector.model.inspection import Mark
from inspector.model.photo import turned_point
from inspector.photos import rendition
from inspector.photos.marks import marked
from tests.photos import made

GREY = Image.new("RGB", (600, 400), (128, 128, 128))
CORNER = st.integers(0, 10_000)


def changed(before: Image.Image, after: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.difference(before, after).getbbox()
    assert box is not None
    return box


def test_a_box_goes_around_what_it_marks_and_leaves_it_as_it_was() -> None:
    result = marked(GREY, [Mark(kind="box", x0=2500, y0=2500, x1=7500, y1=7500)])
    left, top, right, bottom = changed(GREY, result)
    assert (abs(left - 150) < 12, abs(top - 100) < 12, abs(right - 450) < 12, abs(bottom - 300) < 12) == (
        True,
    ) * 4
    inside = (160, 110, 440, 290)
    assert ImageChops.difference(GREY.crop(inside), result.crop(inside)).getbbox() is None


def test_an_arrow_ends_where_it_points_to() -> None:
    result = marked(GREY, [Mark(kind="arrow", x0=1000, y0=5000, x1=8000, y1=5000)])
    left, top, right, bottom = changed(GREY, result)
    assert abs(left - 60) < 8
    assert abs(right - 480) < 8
    assert abs((top + bottom) / 2 - 200) < 3
    red, green, blue = result.getpixel((300, 200))  # type: ignore[misc]
    assert red > 150 > 60 > max(green, blue)


def test_lines_stay_visible_on_dark_on_light_and_on_a_black_and_white_printer() -> None:
    for shade in (0, 128, 255):
        ground = Image.new("L", (600, 400), shade).convert("RGB")
        row = (
            marked(ground, [Mark(kind="arrow", x0=1000, y0=5000, x1=8000, y1=5000)])
            .convert("L")
            .crop((300, 180, 301, 220))
        )
        darkest, lightest = row.getextrema()
        assert lightest - darkest > 100


def test_nothing_can_be_made_out_in_a_pixelated_area_and_nothing_beside_it_changes() -> None:
    plate = Image.effect_noise((600, 400), 200).convert("RGB")
    result = marked(plate, [Mark(kind="pixelate", x0=2000, y0=2000, x1=6000, y1=5000)])
    assert changed(plate, result) == (120, 80, 360, 200)
    area = result.crop((120, 80, 360, 200))
    assert len(area.getcolors(area.width * area.height) or ()) <= 16 * 8


def test_an_arrow_over_a_pixelated_area_stays_sharp() -> None:
    marks = [
        Mark(kind="arrow", x0=2000, y0=3500, x1=6000, y1=3500),
        Mark(kind="pixelate", x0=1000, y0=1000, x1=9000, y1=9000),
    ]
    assert ImageChops.difference(marked(GREY, marks), marked(GREY, marks[:1])).getbbox() is None


def test_the_original_picture_object_is_not_drawn_on() -> None:
    before = GREY.copy()
    marked(GREY, [Mark(kind="box", x0=0, y0=0, x1=10_000, y1=10_000)])
    assert ImageChops.difference(before, GREY).getbbox() is None


@given(st.sampled_from(["arrow", "box", "pixelate"]), CORNER, CORNER, CORNER, CORNER)
def test_any_corners_can_be_drawn(kind: str, x0: int, y0: int, x1: int, y1: int) -> None:
    small = GREY.resize((90, 60))
    assert marked(small, [Mark(kind=kind, x0=x0, y0=y0, x1=x1, y1=y1)]).size == small.size  # type: ignore[arg-type]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_marks_stay_on_what_they_mark_when_the_picture_is_turned(degrees: int) -> None:
    data = made.saved(GREY, "PNG")
    mark = Mark(kind="pixelate", x0=0, y0=0, x1=10_000, y1=10_000)
    box = Mark(kind="box", x0=1000, y0=1000, x1=3000, y1=2000)
    paper = made.looked_at(rendition.rendition(data, turned=degrees, marks=(mark, box)))
    left, top, right, bottom = changed(Image.new("RGB", paper.size, (128, 128, 128)), paper)
    wanted = [turned_point(x, y, degrees) for x, y in ((1000, 1000), (3000, 2000))]
    xs, ys = sorted(x for x, _ in wanted), sorted(y for _, y in wanted)
    for seen, place, length in (
        (left, xs[0], paper.width),
        (right, xs[1], paper.width),
        (top, ys[0], paper.height),
        (bottom, ys[1], paper.height),
    ):
        assert abs(seen - place * length / 10_000) < 20
