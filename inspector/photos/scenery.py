"""What generated scenes are drawn with: a camera, and materials over surfaces in true perspective.

Lengths are metres: x to the right of the camera, y above the ground, z away from it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (960, 720)
EYE = 1.55
"""The height in which a phone is held."""

_FOCAL_PX = 750
_NEARER = 1.7
_PX_PER_METRE = 30

Colour = tuple[int, int, int]
Point = tuple[float, float, float]
Flat = tuple[float, float]


class View:
    """A picture that is painted from far to near, as the camera at (0, EYE, 0) sees it."""

    def __init__(self, rng: random.Random, *, near: Point | None) -> None:
        """`near` is the point that the camera comes closer to; None: an overview."""
        self.rng = rng
        self.image = Image.new("RGB", SIZE, (200, 200, 196))
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self._focal = float(_FOCAL_PX)
        self._centre = (SIZE[0] * rng.uniform(0.42, 0.58), SIZE[1] * rng.uniform(0.37, 0.44))
        self._light, self._warm = rng.uniform(0.88, 1.06), rng.uniform(-0.03, 0.03)
        self._grain_at = rng.randrange(SIZE[0]), rng.randrange(SIZE[1])
        if near:
            self._focal *= _NEARER
            x, y = self.at(*near)
            self._centre = (self._centre[0] + SIZE[0] * 0.5 - x, self._centre[1] + SIZE[1] * 0.62 - y)

    def at(self, x: float, y: float, z: float) -> Flat:
        """Where a point is seen, in pixels."""
        scale = self._focal / z
        return self._centre[0] + x * scale, self._centre[1] + (EYE - y) * scale

    def sky(self, above: Colour, below: Colour) -> None:
        """A sky that grows pale towards the horizon."""
        column = Image.linear_gradient("L").resize((1, self._horizon_px + 40))
        shade = Image.composite(
            Image.new("RGB", column.size, below), Image.new("RGB", column.size, above), column
        )
        self.image.paste(shade.resize((SIZE[0], column.height)), (0, 0))

    def surface(self, name: str, corners: Sequence[Point], *, light: float = 1.0) -> None:
        """A material over a flat quadrangle; its corners begin at the upper left, clockwise. `light` 1 is daylight."""
        material = _material(name)
        width = max(math.dist(corners[0], corners[1]), math.dist(corners[3], corners[2]))
        height = max(math.dist(corners[0], corners[3]), math.dist(corners[1], corners[2]))
        wide = min(material.width, width * _PX_PER_METRE), min(material.height, height * _PX_PER_METRE)
        seen = [self.at(*corner) for corner in corners]
        left, top = (max(0, math.floor(min(point[axis] for point in seen))) for axis in (0, 1))
        right, bottom = (
            min(SIZE[axis], math.ceil(max(point[axis] for point in seen)) + 1) for axis in (0, 1)
        )
        if right <= left or bottom <= top:
            return
        here = [(x - left, y - top) for x, y in seen]
        there = [(0.0, 0.0), (wide[0], 0.0), wide, (0.0, wide[1])]
        size = (right - left, bottom - top)
        painted = material.transform(
            size, Image.Transform.PERSPECTIVE, _perspective(here, there), Image.Resampling.BILINEAR
        )
        if light != 1.0:
            painted = painted.point(lambda value: min(255, value * light))
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(here, fill=255)
        self.image.paste(painted, (left, top), mask)

    def floor(self, name: str, x0: float, x1: float, z0: float, z1: float, *, light: float = 1.0) -> None:
        """A material on the ground."""
        self.surface(name, [(x0, 0, z1), (x1, 0, z1), (x1, 0, z0), (x0, 0, z0)], light=light)

    def side(self, name: str, x: float, z0: float, z1: float, y1: float, *, light: float = 1.0) -> None:
        """A material on a wall that runs away from the camera."""
        self.surface(name, [(x, y1, z0), (x, y1, z1), (x, 0, z1), (x, 0, z0)], light=light)

    def front(
        self, name: str, x0: float, x1: float, y0: float, y1: float, z: float, *, light: float = 1.0
    ) -> None:
        """A material on a wall that faces the camera."""
        self.surface(name, [(x0, y1, z), (x1, y1, z), (x1, y0, z), (x0, y0, z)], light=light)

    def shape(self, corners: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        """A flat shape of one colour."""
        self.draw.polygon([self.at(*corner) for corner in corners], fill=(*colour, alpha))

    def plate(
        self, x0: float, x1: float, y0: float, y1: float, z: float, colour: Colour, alpha: int = 255
    ) -> None:
        """A rectangle that faces the camera."""
        self.shape([(x0, y1, z), (x1, y1, z), (x1, y0, z), (x0, y0, z)], colour, alpha)

    def strip(self, x0: float, x1: float, z0: float, z1: float, colour: Colour, alpha: int = 255) -> None:
        """A rectangle on the ground."""
        self.shape([(x0, 0, z1), (x1, 0, z1), (x1, 0, z0), (x0, 0, z0)], colour, alpha)

    def rod(self, one: Point, other: Point, thick: float, colour: Colour) -> None:
        """A straight line, `thick` metres thick."""
        width = max(1, round(thick * self._focal / ((one[2] + other[2]) / 2)))
        self.draw.line((*self.at(*one), *self.at(*other)), fill=colour, width=width)

    def blob(
        self, x: float, y: float, z: float, across: float, high: float, colour: Colour, alpha: int = 255
    ) -> None:
        """An ellipse that faces the camera."""
        left, top = self.at(x - across / 2, y + high / 2, z)
        right, bottom = self.at(x + across / 2, y - high / 2, z)
        self.draw.ellipse((left, top, right, bottom), fill=(*colour, alpha))

    def cloud(
        self, x: float, y: float, z: float, across: float, colours: Sequence[Colour], count: int
    ) -> None:
        """Many small blobs around a point: leaves, vegetables, gravel."""
        for _ in range(count):
            angle, far = self.rng.uniform(0, math.tau), across / 2 * math.sqrt(self.rng.random())
            size = across * self.rng.uniform(0.07, 0.17)
            self.blob(
                x + far * math.cos(angle), y + far * math.sin(angle), z, size, size, self.rng.choice(colours)
            )

    def soft(self, paint: Callable[[ImageDraw.ImageDraw], None], colour: Colour, blur_px: float) -> None:
        """Something without edges (a shadow, wet ground): `paint` draws its mask, 0 to 255."""
        mask = Image.new("L", SIZE, 0)
        paint(ImageDraw.Draw(mask))
        if box := mask.getbbox():
            reach = math.ceil(3 * blur_px)
            left, top, right, bottom = box
            box = (left - reach, top - reach, right + reach, bottom + reach)
            self.image.paste(colour, box, mask.crop(box).filter(ImageFilter.BoxBlur(blur_px)))

    def shadow(self, x: float, z: float, across: float) -> None:
        """The shadow of a thing that stands at (x, z)."""
        left, top = self.at(x - across * 0.6, 0, z * 1.06)
        right, bottom = self.at(x + across * 0.6, 0, z * 0.95)
        self.draw.ellipse((left, top, right, bottom), fill=(20, 22, 20, 110))

    def haze(self, colour: Colour, strength: float) -> None:
        """Air: the further towards the horizon, the paler."""
        half = Image.linear_gradient("L")  # dark above, light below
        above, below = self._horizon_px, SIZE[1] - self._horizon_px
        mask = Image.new("L", (1, SIZE[1]), 0)
        mask.paste(half.resize((1, above)), (0, 0))
        mask.paste(half.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((1, below)), (0, above))
        mask = mask.point(lambda value: (value / 255) ** 4 * 255 * strength)
        self.image.paste(colour, (0, 0), mask.resize(SIZE))

    @property
    def _horizon_px(self) -> int:
        return min(max(1, round(self._centre[1])), SIZE[1] - 1)

    def developed(self) -> Image.Image:
        """The picture as a phone's camera gives it: a little soft, grainy, darker in its corners."""
        channels = self.image.filter(ImageFilter.SMOOTH).split()
        gains = (self._light * (1 + self._warm), self._light, self._light * (1 - self._warm))
        tinted = [
            channel.point([min(255, round(value * gain)) for value in range(256)])
            for channel, gain in zip(channels, gains, strict=True)
        ]
        offset = ImageChops.offset(_grain(), *self._grain_at)
        image = ImageChops.add(Image.merge("RGB", tinted), Image.merge("RGB", (offset,) * 3), offset=-16)
        return Image.composite(Image.new("RGB", SIZE, (0, 0, 0)), image, _corners())


@cache
def _material(name: str) -> Image.Image:
    rng = random.Random(name)
    colour, spots, rows, columns = _MATERIALS[name]
    size = (24 * _PX_PER_METRE, 40 * _PX_PER_METRE)
    cloudy = _noise(rng, size, 60)
    fine = _noise(rng, size, 2)
    value = ImageChops.add(cloudy.point(lambda v: v * spots // 255), fine.point(lambda v: v * spots // 510))
    channels = [
        ImageChops.add(Image.new("L", size, part), value, offset=-(spots * 3 // 4)) for part in colour
    ]
    image = Image.merge("RGB", channels)
    draw = ImageDraw.Draw(image, "RGBA")
    if rows:
        joint = (*(part * 3 // 4 for part in colour), 255)
        for row in range(math.ceil(size[1] / rows)):
            draw.line((0, row * rows, size[0], row * rows), fill=joint, width=1)
            shift = columns // 2 * (row % 2) if name == "brick" else 0
            for column in range(math.ceil(size[0] / columns) + 1):
                x = column * columns - shift
                if rng.random() < 0.3:
                    box = (x, row * rows, x + columns, row * rows + rows)
                    draw.rectangle(box, fill=(0, 0, 0, rng.randrange(30)))
                draw.line((x, row * rows, x, row * rows + rows), fill=joint, width=1)
    elif columns:
        for x in range(0, size[0], columns):
            draw.rectangle((x, 0, x + columns // 2, size[1]), fill=(0, 0, 0, 38))
    return image


_MATERIALS: dict[str, tuple[Colour, int, int, int]] = {
    # colour, spread of its shades, height and width of a tile in pixels (width alone: ribs)
    "asphalt": ((92, 93, 95), 44, 0, 0),
    "brick": ((142, 96, 80), 40, 5, 12),
    "concrete": ((164, 162, 156), 36, 0, 0),
    "earth": ((146, 120, 88), 70, 0, 0),
    "facade": ((196, 184, 166), 24, 0, 0),
    "grass": ((92, 118, 66), 80, 0, 0),
    "hall": ((206, 202, 192), 14, 32, 32),
    "hoarding": ((70, 118, 158), 16, 0, 14),
    "net": ((62, 122, 84), 30, 10, 10),
    "paving": ((172, 166, 156), 34, 16, 24),
    "plaster": ((212, 204, 186), 34, 0, 0),
    "tiles": ((222, 226, 224), 14, 12, 12),
    "tin": ((148, 156, 162), 22, 0, 10),
    "water": ((88, 110, 104), 30, 0, 0),
    "wet": ((110, 112, 112), 50, 24, 24),
}


@cache
def _grain() -> Image.Image:
    return _noise(random.Random("grain"), SIZE, 1).point(lambda value: value // 8)


@cache
def _corners() -> Image.Image:
    darker = Image.radial_gradient("L").resize(SIZE)  # dark in the middle, light in the corners
    return darker.point(lambda value: max(0, value - 110) // 3)


def _noise(rng: random.Random, size: tuple[int, int], coarse_px: int) -> Image.Image:
    """Grey noise whose spots are about `coarse_px` wide. (Pillow's effect_noise cannot be seeded.)"""
    cells = (size[0] // coarse_px + 1, size[1] // coarse_px + 1)
    dots = Image.frombytes("L", cells, rng.randbytes(cells[0] * cells[1]))
    return dots.resize(size, Image.Resampling.BICUBIC)


def _perspective(here: Sequence[Flat], there: Sequence[Flat]) -> list[float]:
    """The eight coefficients with which Pillow maps the quadrangle `here` onto `there` (Heckbert 1989, 2.2.3),
    by Gaussian elimination."""
    rows = []
    for (x, y), (u, v) in zip(here, there, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for step in range(8):
        best = max(range(step, 8), key=lambda row: abs(rows[row][step]))
        rows[step], rows[best] = rows[best], rows[step]
        rows[step] = [value / rows[step][step] for value in rows[step]]
        for other in range(8):
            if other != step:
                factor = rows[other][step]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[step], strict=True)]
    return [row[8] for row in rows]
