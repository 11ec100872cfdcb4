"""What is printed and shown of a photo: upright, in its colours, without metadata, small."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from inspector.model.inspection import Mark
from inspector.photos import rendition
from tests.photos import made

pytestmark = pytest.mark.filterwarnings(r"ignore:::PIL\..*")  # as in the program: picture.py


def turned(corners: tuple[tuple[int, int, int], ...]) -> tuple[tuple[int, int, int], ...]:
    """The corners of the same picture after a quarter turn clockwise."""
    upper_left, upper_right, lower_left, lower_right = corners
    return lower_left, upper_left, lower_right, upper_right


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_of_the_eight_orientations_is_printed_upright(orientation: int, kind: str) -> None:
    lying = made.stored(made.quarters(), orientation)
    paper = made.looked_at(
        rendition.rendition(made.saved(lying, kind, exif=made.exif(orientation=orientation)))
    )
    assert paper.size == (120, 80)
    assert made.same(made.corners_of(paper), made.CORNERS)


@pytest.mark.parametrize("shape", ["landscape", "portrait"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_real_photos_of_all_orientations_are_the_same_picture(orientation: int, shape: str) -> None:
    first, other = (
        made.looked_at(rendition.rendition(made.shared("orientation", f"{shape}_{n}.jpg").read_bytes()))
        for n in (1, orientation)
    )
    assert first.size == other.size
    apart = ImageStat.Stat(ImageChops.difference(middle(first), middle(other))).mean
    assert max(apart) < 16
    upside_down = ImageStat.Stat(ImageChops.difference(middle(first), middle(other).rotate(180))).mean
    assert max(apart) < min(upside_down) / 2


def middle(image: Image.Image) -> Image.Image:
    """The picture, coarse, without the corner in which the number of the orientation is written."""
    return image.convert("RGB").resize((30, 30))


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_turn_by_hand_comes_on_top_of_the_cameras(quarter_turns: int) -> None:
    data = made.saved(made.stored(made.quarters(), 6), exif=made.exif(orientation=6))
    wanted = made.CORNERS
    for _ in range(quarter_turns):
        wanted = turned(wanted)
    for picture in (
        rendition.rendition(data, turned=90 * quarter_turns),
        rendition.thumbnail(data, turned=90 * quarter_turns),
    ):
        assert made.same(made.corners_of(made.looked_at(picture)), wanted)


def test_paper_stays_within_its_bytes_and_pixels_however_restless_the_picture() -> None:
    restless = made.saved(Image.effect_noise((2400, 1800), 120).convert("RGB"), quality=95)
    paper = rendition.rendition(restless)
    assert len(paper) <= rendition.PAPER_BYTES
    assert max(made.looked_at(paper).size) <= rendition.PAPER_PX
    tiny = rendition.rendition(restless, limit_bytes=20_000)
    assert len(tiny) <= 20_000


def test_a_calm_picture_keeps_its_full_width_on_paper() -> None:
    paper = made.looked_at(rendition.rendition(made.saved(made.quarters(3000, 2000))))
    assert paper.size == (1200, 800)


def test_a_small_picture_is_not_blown_up() -> None:
    assert made.looked_at(rendition.rendition(made.saved(made.quarters(60, 40)))).size == (60, 40)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("profile", [SRGB, None])
def test_nothing_that_the_camera_wrote_leaves_with_a_rendition(profile: bytes | None) -> None:
    data = made.saved(
        made.quarters(),
        exif=made.exif(
            model="Secret Camera", gps={1: "N", 2: (34.0, 15.0, 30.5), 3: "E", 4: (108.0, 56.0, 24.25)}
        ),
        icc_profile=profile,
        comment=b"Secret remark",
    )
    for picture in (rendition.rendition(data), rendition.thumbnail(data), rendition.screen(data)):
        assert b"Secret" not in picture
        assert b"Exif" not in picture
        assert set(made.looked_at(picture).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_equal_photos_give_equal_bytes() -> None:
    data = made.saved(made.quarters(2000, 1500))
    marks = (
        Mark(kind="arrow", x0=0, y0=0, x1=5000, y1=5000),
        Mark(kind="pixelate", x0=0, y0=0, x1=3000, y1=3000),
    )
    assert rendition.rendition(data, turned=90, marks=marks) == rendition.rendition(
        data, turned=90, marks=marks
    )


def test_what_is_transparent_is_white_on_paper() -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert made.same(
        (made.looked_at(rendition.rendition(made.saved(image, "PNG"))).getpixel((20, 20)),), ((255,) * 3,)
    )


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "RGBA", "1", "I;16"])
def test_every_kind_of_colour_is_printed(mode: str) -> None:
    grey = Image.new("L", (40, 40), 128)
    image = Image.new("I;16", (40, 40), 128 * 257) if mode == "I;16" else grey.convert(mode)
    seen = made.looked_at(rendition.rendition(made.saved(image, "JPEG" if mode == "CMYK" else "PNG")))
    wanted = 128 if mode != "1" else ImageStat.Stat(grey.convert("1").convert("L")).mean[0]
    assert abs(ImageStat.Stat(seen.convert("L")).mean[0] - wanted) < 8


def test_the_colours_of_a_camera_with_its_own_profile_are_those_it_meant() -> None:
    red_is_green = SRGB.replace(b"rXYZ", b"-XYZ").replace(b"gXYZ", b"rXYZ").replace(b"-XYZ", b"gXYZ")
    data = made.saved(Image.new("RGB", (40, 40), (200, 0, 0)), icc_profile=red_is_green)
    assert made.same((made.looked_at(rendition.rendition(data)).getpixel((20, 20)),), ((0, 200, 0),))


@pytest.mark.parametrize("profile", [b"", b"nonsense", bytes(200)])
def test_a_profile_that_cannot_be_used_is_ignored(profile: bytes) -> None:
    data = made.saved(made.quarters(), icc_profile=profile)
    assert made.same(made.corners_of(made.looked_at(rendition.rendition(data))), made.CORNERS)


def test_a_real_heic_is_shown_upright_as_a_jpeg() -> None:
    seen = made.looked_at(rendition.screen(made.shared("phones", "IMG_2929.HEIC").read_bytes()))
    assert (seen.format, seen.size) == ("JPEG", (1920, 2560))
