"""A file comes in as a photo, or is refused with one clear reason."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta, timezone

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspector.model.canonical import sha256
from inspector.model.errors import BadInput, Environment, InspectorError
from inspector.model.photo import (
    EXIF_BROKEN,
    EXIF_MISSING,
    MAX_BYTES,
    POSITION_UNREADABLE,
    TIME_UNREADABLE,
    TimeSource,
)
from inspector.photos import intake, picture
from tests.photos import made

pytestmark = pytest.mark.filterwarnings(r"ignore:::PIL\..*")  # as in the program: picture.py
BEIJING = timezone(timedelta(hours=8))
NOON = made.exif(time="2026:10:13 12:00:00")


def refused(data: bytes, name: str = "x.jpg") -> str:
    with pytest.raises(BadInput) as error:
        intake.seen(data, name=name)
    assert error.value.values["name"] == name
    return error.value.key


def test_a_photo_comes_with_its_hash_size_name_format_and_dimensions() -> None:
    data = made.saved(made.quarters())
    photo = intake.examine(data, name="D:\\照片\\巷口\x07.jpg")
    assert (photo.sha256, photo.bytes, photo.name) == (sha256(data), len(data), "巷口.jpg")
    assert (photo.format, photo.width, photo.height) == ("jpeg", 120, 80)
    assert (photo.taken_at, photo.taken_source, photo.warnings) == ("", TimeSource.NONE, (EXIF_MISSING,))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "HEIF"])
def test_what_phones_messengers_scanners_and_the_clipboard_write_comes_in(kind: str) -> None:
    data = made.saved(made.quarters(), kind)
    seen = intake.seen(data, name="x")
    assert (seen.photo.format, seen.photo.width, seen.photo.height) == (kind.lower(), 120, 80)
    assert made.same(made.corners_of(made.looked_at(seen.thumbnail)), made.CORNERS)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_a_camera_time_with_offset_is_certain_and_one_without_says_so(kind: str) -> None:
    exact = made.exif(time="2026:10:13 10:24:05", offset="+09:00", make="Apple", model="iPhone 15")
    photo = intake.examine(made.saved(made.quarters(), kind, exif=exact), name="x", zone=BEIJING)
    assert (photo.taken_at, photo.taken_source) == ("2026-10-13T10:24:05+09:00", TimeSource.EXIF)
    assert (photo.camera, photo.warnings) == ("Apple iPhone 15", ())
    local = intake.examine(made.saved(made.quarters(), kind, exif=NOON), name="x", zone=BEIJING)
    assert (local.taken_at, local.taken_source) == ("2026-10-13T12:00:00+08:00", TimeSource.EXIF_LOCAL)


def test_the_time_in_a_file_name_counts_only_where_the_camera_says_none() -> None:
    without = made.saved(made.quarters())
    photo = intake.examine(without, name="mmexport1791858245000.jpg", zone=BEIJING)
    assert (photo.taken_at, photo.taken_source) == ("2026-10-13T10:24:05+08:00", TimeSource.FILENAME)
    both = intake.examine(
        made.saved(made.quarters(), exif=NOON), name="mmexport1791858245000.jpg", zone=BEIJING
    )
    assert (both.taken_at, both.taken_source) == ("2026-10-13T12:00:00+08:00", TimeSource.EXIF_LOCAL)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_width_and_height_are_those_of_the_upright_picture(kind: str, orientation: int) -> None:
    lying = made.stored(made.quarters(), orientation)
    seen = intake.seen(made.saved(lying, kind, exif=made.exif(orientation=orientation)), name="x")
    assert (seen.photo.width, seen.photo.height) == (120, 80)
    assert made.same(made.corners_of(made.looked_at(seen.thumbnail)), made.CORNERS)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"%PDF-1.7\n", "一封信".encode(), b"GIF89a" + bytes(50), bytes(10_000)]
)
def test_what_is_no_picture_is_refused_as_such(data: bytes) -> None:
    assert refused(data) == "photo-not-an-image"


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "ICO", "PPM"])
def test_formats_that_no_phone_writes_are_no_pictures_here(kind: str) -> None:
    assert refused(made.saved(made.quarters(), kind)) == "photo-not-an-image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_file_that_was_cut_off_is_refused_wherever_it_was_cut(kind: str) -> None:
    data = made.saved(noise(), kind)
    keys = {refused(data[: len(data) * part // 20]) for part in range(1, 20)}
    keys.add(refused(data[:-40]))
    assert keys <= {"photo-truncated", "photo-damaged", "photo-not-an-image"}
    assert "photo-truncated" in keys or kind == "WEBP"  # Pillow hands libwebp's errors on without a word


@pytest.mark.parametrize("part", [0.3, 0.75, 0.999])
def test_a_heic_of_many_tiles_that_was_cut_off_is_refused_though_libheif_paints_the_rest_grey(
    part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pillow_heif.options, "GRID_TILE_SIZE", 64)
    data = made.saved(noise(512, 384), "HEIF")
    assert b"grid" in data
    assert refused(data[: int(len(data) * part)]) == "photo-truncated"
    real = made.shared("phones", "IMG_2929.HEIC").read_bytes()
    assert refused(real[: int(len(real) * part)]) == "photo-truncated"


def test_a_heic_is_decoded_whole_though_it_carries_a_thumbnail() -> None:
    data = made.saved(made.quarters(1200, 800), "HEIF", thumbnails=[600])
    image = picture.opened(data, name="x")
    assert image.info["thumbnails"]
    assert picture.decoded(image, data, name="x", long_side_px=512).size == (1200, 800)


def test_too_many_pixels_are_refused_before_any_is_decoded() -> None:
    bomb = png_header(30_000, 30_000)
    assert refused(bomb) == "photo-too-many-pixels"
    assert refused(png_header(20_001, 10_000)) == "photo-too-many-pixels"


def test_too_many_bytes_are_refused_and_the_sizes_named() -> None:
    with pytest.raises(BadInput) as error:
        intake.seen(made.saved(made.quarters()) + bytes(MAX_BYTES), name="x.jpg")
    assert error.value.key == "photo-too-large"
    assert (error.value.values["mb"], error.value.values["limit"]) == (51, 50)


def test_a_picture_beside_broken_exif_comes_in_and_it_is_said() -> None:
    block = made.exif(orientation=1, time="2026:10:13 12:00:00", make="HUAWEI")
    pointing_away = block.replace(
        (0x8769).to_bytes(2, "big") + b"\0\x04\0\0\0\x01\0\0", b"\x87\x69\0\x04\0\0\0\x01\xff\xff"
    )
    assert pointing_away != block
    for broken in (block[:20], pointing_away, b"Exif\0\0nonsense"):
        photo = intake.examine(made.saved(made.quarters(), exif=broken), name="x")
        assert EXIF_BROKEN in photo.warnings
        assert photo.taken_source is TimeSource.NONE


def test_a_camera_time_that_no_calendar_has_falls_back_to_the_file_name() -> None:
    data = made.saved(made.quarters(), exif=made.exif(time="2026:02:30 12:00:00"))
    photo = intake.examine(data, name="IMG_20261013_102405.jpg", zone=BEIJING)
    assert (photo.taken_source, photo.warnings) == (TimeSource.FILENAME, (TIME_UNREADABLE,))


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_comes_in(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (60, 40), 40_000) if mode == "I;16" else made.quarters().convert(mode)
    assert made.looked_at(intake.seen(made.saved(image, kind), name="x").thumbnail).mode == "RGB"


@given(st.data())
def test_no_changed_byte_of_a_photo_raises_anything_but_a_clear_reason(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(SAMPLES)))
    changed = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        intake.seen(bytes(changed), name="x")
    except InspectorError as error:
        assert error.key.startswith("photo-")


def test_memory_that_runs_out_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Image.Image) -> None:
        raise MemoryError

    data = made.saved(made.quarters(), "BMP")
    monkeypatch.setattr(Image.Image, "load", full)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", full)
    with pytest.raises(Environment) as error:
        intake.seen(data, name="x.bmp")
    assert error.value.key == "photo-memory"


@pytest.mark.parametrize(
    ("file", "camera"),
    [
        ("Apple_iPhone_6.jpg", "Apple iPhone 6"),
        ("IMG_2929.HEIC", "Apple iPhone"),
        ("Samsung_GT-I9505_Galaxy_S4.jpg", "SAMSUNG GT-I9505"),
        ("Oppo_R7_Plus.jpg", "OPPO R7"),
    ],
)
def test_real_phones_name_themselves_and_their_time(file: str, camera: str) -> None:
    photo = intake.examine(made.shared("phones", file).read_bytes(), name=file, zone=BEIJING)
    assert photo.camera.casefold().startswith(camera.casefold())
    assert photo.taken_source in (TimeSource.EXIF, TimeSource.EXIF_LOCAL)
    assert photo.width * photo.height > 4_000_000


@pytest.mark.parametrize("file", ["DSCN0010.jpg", "DSCN0012.jpg", "DSCN0021.jpg", "DSCN0025.jpg"])
def test_a_real_camera_with_a_fix_gives_its_position(file: str) -> None:
    photo = intake.examine(made.shared("gps", file).read_bytes(), name=file)
    assert photo.position is not None
    assert abs(photo.position[0] - 434_670_000) < 100_000  # Arezzo, to a kilometre
    assert abs(photo.position[1] - 118_850_000) < 100_000


@pytest.mark.parametrize("file", ["image00971.jpg", "image01088.jpg", "image01137.jpg", "image01551.jpg"])
def test_a_real_photo_with_broken_exif_comes_in_or_says_why_not(file: str) -> None:
    data = made.shared("broken", file).read_bytes()
    try:
        photo = intake.examine(data, name=file)
    except BadInput as error:
        assert error.key in ("photo-truncated", "photo-damaged")
    else:
        assert set(photo.warnings) & {EXIF_BROKEN, EXIF_MISSING, TIME_UNREADABLE, POSITION_UNREADABLE}


def test_importing_the_reader_leaves_the_formats_of_pillow_alone() -> None:
    assert set(picture.FORMATS) == {"JPEG", "PNG", "WEBP", "BMP", "HEIF"}


def noise(width: int = 160, height: int = 120) -> Image.Image:
    """A picture that does not compress to nothing, so that a cut hits its data."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing of it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


SAMPLES = {
    kind: made.saved(made.quarters(), kind, exif=made.exif(orientation=6, time="2026:10:13 12:00:00"))
    for kind in ("JPEG", "PNG", "WEBP", "HEIF")
}
