"""The layer of marks over a photo: arrow, box, pixelated area. It is drawn on a rendition, never on the original.

Corners are in 1/10000 of the width and height of the picture as EXIF turns it upright, before any turn by hand:
a later turn carries the marks along.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from inspector.model.inspection import Mark

_WHOLE = 10_000
_INK = (188, 35, 24)
"""Dark enough to stay a line on a black-and-white printer (grey 77 of 255); the outline keeps it off dark walls."""
_OUTLINE = (255, 255, 255)
_OVERSAMPLING = 2
_PIXELS_ACROSS = 8
"""A pixelated area is at most this many squares along its shorter side: no face and no plate can be made out."""

_Point = tuple[float, float]


def marked(image: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """A copy of the RGB picture with the marks on it: areas first, then lines, so that no line is pixelated."""
    result = image.copy()
    for mark in marks:
        if mark.kind == "pixelate":
            _pixelate(result, mark)
    lines = [mark for mark in marks if mark.kind != "pixelate"]
    if lines:
        width = max(image.size) / 200
        result.paste(_OUTLINE, (0, 0), _mask(image.size, lines, line=2.4 * width, grow=0.7 * width))
        result.paste(_INK, (0, 0), _mask(image.size, lines, line=width, grow=0))
    return result


def _corners(mark: Mark, size: tuple[int, int]) -> tuple[float, float, float, float]:
    def place(value: int, length: int) -> float:
        return min(max(value, 0), _WHOLE) * length / _WHOLE

    return place(mark.x0, size[0]), place(mark.y0, size[1]), place(mark.x1, size[0]), place(mark.y1, size[1])


def _pixelate(image: Image.Image, mark: Mark) -> None:
    x0, y0, x1, y1 = _corners(mark, image.size)
    box = (math.floor(min(x0, x1)), math.floor(min(y0, y1)), math.ceil(max(x0, x1)), math.ceil(max(y0, y1)))
    width, height = box[2] - box[0], box[3] - box[1]
    if not width or not height:
        return
    square = max(max(image.size) / 60, min(width, height) / _PIXELS_ACROSS)
    squares = (max(1, round(width / square)), max(1, round(height / square)))
    area = image.crop(box).resize(squares, Image.Resampling.BOX)
    image.paste(area.resize((width, height), Image.Resampling.NEAREST), box)


def _mask(size: tuple[int, int], marks: Sequence[Mark], *, line: float, grow: float) -> Image.Image:
    large = (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING)
    mask = Image.new("L", large, 0)
    draw = ImageDraw.Draw(mask)
    thick = max(1, round(line * _OVERSAMPLING))
    for mark in marks:
        x0, y0, x1, y1 = _corners(mark, large)
        if mark.kind == "box":
            left, top, right, bottom = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            half = thick / 2
            draw.rectangle((left - half, top - half, right + half, bottom + half), outline=255, width=thick)
        else:
            _arrow(draw, (x0, y0), (x1, y1), thick=thick, grow=grow * _OVERSAMPLING, head=max(large) / 28)
    return mask.resize(size, Image.Resampling.BOX)


def _arrow(
    draw: ImageDraw.ImageDraw, tail: _Point, tip: _Point, *, thick: int, grow: float, head: float
) -> None:
    """A line with a filled head whose tip lies at `tip`; `grow` makes the head larger all around."""
    length = math.dist(tail, tip)
    if not length:
        return
    along = ((tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length)

    def at(forward: float, aside: float) -> _Point:
        return tip[0] + forward * along[0] - aside * along[1], tip[1] + forward * along[1] + aside * along[0]

    draw.line((tail, at(-head / 2, 0)), fill=255, width=thick)
    draw.ellipse(
        (tail[0] - thick / 2, tail[1] - thick / 2, tail[0] + thick / 2, tail[1] + thick / 2), fill=255
    )
    back, half = -head - grow, head / 2 + 1.6 * grow
    draw.polygon((at(2.2 * grow, 0), at(back, half), at(back, -half)), fill=255)
