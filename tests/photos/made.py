"""Pictures that tests of photos are made of, by Pillow, which reads and writes EXIF without our reader."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

pillow_heif.register_heif_opener()

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos"
"""Photos by real cameras; they lie beside the checkout, not in it."""

CORNERS = ((220, 30, 30), (30, 180, 40), (40, 60, 220), (230, 210, 40))
"""Colours of the upper left, upper right, lower left and lower right quarter of `quarters`."""

_STORED = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.ROTATE_90, Image.Transpose.FLIP_TOP_BOTTOM),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.ROTATE_90, Image.Transpose.FLIP_LEFT_RIGHT),
    8: (Image.Transpose.ROTATE_270,),
}
"""How a camera held that way stores an upright picture (EXIF 2.32, 4.6.4 A, Orientation)."""


def shared(*parts: str) -> Path:
    """One of the shared photos; the test is skipped where they are not."""
    file = SHARED.joinpath(*parts)
    if not file.exists():
        pytest.skip(f"the shared photos are not beside this checkout: {'/'.join(parts)}")
    return file


def quarters(width: int = 120, height: int = 80) -> Image.Image:
    """A picture that shows which way is up: a colour in each quarter."""
    image = Image.new("RGB", (width, height))
    for index, colour in enumerate(CORNERS):
        x, y = index % 2 * width // 2, index // 2 * height // 2
        image.paste(colour, (x, y, x + width // 2, y + height // 2))
    return image


def stored(image: Image.Image, orientation: int) -> Image.Image:
    """The upright picture as a camera with this orientation stores it."""
    for step in _STORED[orientation]:
        image = image.transpose(step)
    return image


def exif(
    *,
    orientation: int | None = None,
    time: str | None = None,
    offset: str | None = None,
    make: str | None = None,
    model: str | None = None,
    gps: dict[int, object] | None = None,
) -> bytes:
    """EXIF as a camera writes it."""
    block = Image.Exif()
    for tag, value in ((0x0112, orientation), (0x010F, make), (0x0110, model)):
        if value is not None:
            block[tag] = value
    for tag, text in ((0x9003, time), (0x9011, offset)):
        if text is not None:
            block.get_ifd(0x8769)[tag] = text
    if gps is not None:
        block.get_ifd(0x8825).update(gps)
    return block.tobytes()


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a file of the format `kind`."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def looked_at(data: bytes) -> Image.Image:
    """The picture in a file as a viewer without knowledge of EXIF shows it."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corners_of(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """The colours in the middle of the four quarters, in the order of CORNERS."""
    rgb = image.convert("RGB")
    places = [(rgb.width * x // 4, rgb.height * y // 4) for y in (1, 3) for x in (1, 3)]
    return tuple(rgb.getpixel(place) for place in places)  # type: ignore[misc]


def same(seen: tuple[tuple[int, int, int], ...], wanted: tuple[tuple[int, int, int], ...]) -> bool:
    """Whether colours are the same but for what JPEG does to them."""
    return all(
        abs(a - b) < 24
        for one, other in zip(seen, wanted, strict=True)
        for a, b in zip(one, other, strict=True)
    )
