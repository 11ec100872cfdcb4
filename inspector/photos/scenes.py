"""Generated pictures for the worked example: eight kinds of place, with something wrong, or put right.

No photo of a real place may be shipped, and a real one would accuse somebody. There is no writing in them.
Equal arguments give equal bytes under one version of Pillow.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import datetime

from PIL import Image

from inspector.photos import blemishes
from inspector.photos.scenery import Colour, View
from inspector.photos.things import LEAVES, bin_, block, cable, car, tree

_CAMERA = "Generated scene"


def scene(what: str, *, seed: int, put_right: bool, taken_at: datetime) -> bytes:
    """A JPEG of what fails an item (GD-15), or of a place that a form (GD) is for, with something wrong; of an
    unknown kind, a street. `seed` chooses the place, `put_right` shows it without what was wrong. `taken_at` (with
    offset) becomes the camera's time."""
    form, _, item = what.partition("-")
    form = form if form in _PLACES else "GD"
    rng = random.Random(f"{what} {seed}")
    if item:
        wrong = _WRONG.get(what)
    else:
        wrong = _WRONG[rng.choice([code for code in _WRONG if code.startswith(form)])]
    closer = wrong is not None and rng.random() < 0.45
    view = View(rng, near=(wrong[1], 0.0, wrong[2]) if wrong and closer else None)
    _PLACES[form](view)
    if wrong and not put_right:
        paint, x, z = wrong
        paint(view, x, z)
    exif = Image.Exif()
    exif[0x010E] = "Drawn by a program: no photograph"
    exif[0x0110] = _CAMERA
    exif.get_ifd(0x8769)[0x9003] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8769)[0x9011] = taken_at.isoformat()[-6:]
    out = io.BytesIO()
    view.developed().save(out, "JPEG", quality=84, exif=exif)
    return out.getvalue()


def _street(view: View) -> None:
    rng = view.rng
    view.sky((128, 164, 200), (214, 222, 226))
    for nth in range(9):
        x = -32 + 8 * nth + rng.uniform(-2, 2)
        block(view, x, x + rng.uniform(5, 9), rng.uniform(9, 24), 60)
    view.floor("asphalt", -9, 1.0, 1.2, 60)
    view.floor("grass", 1.3, 2.4, 1.2, 60, light=0.95)
    view.floor("paving", 2.4, 9, 1.2, 60)
    view.strip(1.0, 1.3, 1.2, 60, (196, 192, 184))
    view.strip(3.4, 3.75, 1.2, 60, (206, 176, 84))
    for z in range(3, 50, 6):
        view.strip(-4.0, -3.85, z, z + 3, (224, 222, 214))
    view.side("facade", 9, 5, 60, 12, light=rng.uniform(0.85, 1.05))
    view.haze((206, 214, 218), 0.55)
    for away in (34.0, 26, 19, 13, 8.5):
        tree(view, 1.85, away, rng.uniform(4.2, 5.4))
        if rng.random() < 0.5:
            car(view, -7.6, away - 2, rng.choice(_CARS))


def _alley(view: View) -> None:
    rng = view.rng
    view.sky((150, 176, 200), (222, 226, 226))
    block(view, -6, 7, 7, 42)
    view.floor("concrete", -2.1, 2.1, 1.2, 42, light=0.86)
    left, right = rng.sample(["brick", "plaster", "concrete", "facade"], 2)
    view.side(left, -2.1, 1.2, 42, rng.uniform(3, 4.5), light=0.86)
    view.side(right, 2.1, 1.2, 42, rng.uniform(3, 4.5))
    for z in range(4, 30, 6):
        side = rng.choice((-2.09, 2.09))
        door = rng.choice([(106, 62, 48), (70, 84, 96), (88, 98, 84)])
        view.shape([(side, 2.1, z), (side, 2.1, z + 1.1), (side, 0, z + 1.1), (side, 0, z)], door)
        window = [(-side, 2.2, z + 2), (-side, 2.2, z + 3.4), (-side, 1.1, z + 3.4), (-side, 1.1, z + 2)]
        view.shape(window, (74, 86, 94))
    for _ in range(3):
        cable(view, 0.0, rng.uniform(2.9, 3.6), rng.uniform(5, 14))
    view.haze((214, 216, 212), 0.4)
    if rng.random() < 0.6:
        bin_(view, 1.6, 9, (60, 108, 72))


def _toilet(view: View) -> None:
    rng = view.rng
    view.floor("tiles", -3, 3, 1.1, 9, light=0.78)
    view.front("tiles", -3, 3, 0, 3, 9, light=0.92)
    view.side("tiles", -3, 1.1, 9, 3, light=0.86)
    view.side("tiles", 3, 1.1, 9, 3, light=0.98)
    view.shape([(-3, 3, 1.1), (-3, 3, 9), (3, 3, 9), (3, 3, 1.1)], (232, 234, 232))
    for z in (3.0, 5.5, 8.0):
        view.shape(
            [(-0.5, 2.99, z), (0.5, 2.99, z), (0.5, 2.99, z + 0.3), (-0.5, 2.99, z + 0.3)], (255, 255, 250)
        )
    door = rng.choice([(120, 150, 168), (150, 130, 108), (128, 152, 132)])
    for z in (3.0, 4.3, 5.6, 6.9):
        view.shape([(-2.6, 2.05, z), (-2.6, 2.05, z + 1.15), (-2.6, 0.15, z + 1.15), (-2.6, 0.15, z)], door)
        view.shape(
            [(-2.59, 1.1, z + 1.0), (-2.59, 1.1, z + 1.08), (-2.59, 1.0, z + 1.08), (-2.59, 1.0, z + 1.0)],
            (60, 62, 64),
        )
    view.shape([(2.98, 2.0, 3.2), (2.98, 2.0, 6.6), (2.98, 1.15, 6.6), (2.98, 1.15, 3.2)], (176, 194, 200))
    view.shape([(2.45, 0.85, 3.2), (2.45, 0.85, 6.6), (3.0, 0.85, 6.6), (3.0, 0.85, 3.2)], (214, 212, 206))
    view.shape([(2.45, 0.85, 3.2), (2.45, 0.85, 6.6), (2.45, 0.7, 6.6), (2.45, 0.7, 3.2)], (168, 166, 160))
    for z in (3.9, 5.0, 6.0):
        view.blob(2.72, 0.86, z, 0.34, 0.07, (236, 238, 238))


def _site(view: View) -> None:
    rng = view.rng
    view.sky((146, 172, 196), (220, 220, 214))
    x = rng.uniform(-7, 1)
    view.front("net", x, x + 9, 0, 10, 34)
    for y in range(0, 11, 3):
        view.plate(x - 0.3, x + 9.3, y, y + 0.35, 33.9, (150, 148, 142))
    mast = x + rng.choice((-3, 12))
    view.rod((mast, 0, 36), (mast, 12.6, 36), 0.4, (206, 170, 60))
    view.rod((mast - 4, 11.6, 36), (mast + 9, 11.6, 36), 0.35, (206, 170, 60))
    view.rod((mast, 12.6, 36), (mast + 9, 11.7, 36), 0.08, (150, 130, 60))
    view.rod((mast + 6, 11.6, 36), (mast + 6, 8, 36), 0.08, (60, 60, 60))
    view.floor("earth", -16, 16, 1.2, 34)
    view.front("hoarding", -16, -3.4, 0, 2.5, 22)
    view.front("hoarding", 3.4, 16, 0, 2.5, 22)
    view.floor("concrete", -2.8, 2.8, 1.2, 32, light=0.95)
    view.haze((216, 212, 202), 0.5)
    view.side("hoarding", -4.6, 2.2, 22, 2.5, light=0.9)
    for z in (14.0, 10.5):
        view.cloud(3.8, 0.3, z, 1.6, ((128, 128, 126), (150, 150, 148)), 40)


def _river(view: View) -> None:
    rng = view.rng
    view.sky((140, 172, 206), (216, 224, 224))
    for nth in range(14):
        view.cloud(-30 + 4.5 * nth, 2.4, 55, rng.uniform(4, 7), LEAVES, 40)
    view.floor("water", -9, 5, 1.2, 55)
    for _ in range(70):
        z = rng.uniform(4, 50)
        x0 = rng.uniform(-9, 4)
        view.strip(x0, x0 + rng.uniform(0.3, 1.6), z, z * 1.01, (176, 196, 196), 90)
    view.floor("grass", -22, -9, 1.2, 55)
    view.surface("concrete", [(5, 0, 55), (6.6, 0.9, 55), (6.6, 0.9, 1.6), (5, 0, 1.6)], light=0.9)
    view.surface("paving", [(6.6, 0.9, 55), (12, 0.9, 55), (12, 0.9, 3), (6.6, 0.9, 3)])
    for z in range(4, 50, 3):
        view.rod((6.7, 0.9, z), (6.7, 1.9, z), 0.09, (196, 194, 188))
    view.rod((6.7, 1.9, 3.5), (6.7, 1.9, 50), 0.08, (196, 194, 188))
    view.haze((212, 220, 220), 0.5)
    for z in (30, 20, 13):
        tree(view, -10.5, z, 5)


def _market(view: View) -> None:
    rng = view.rng
    view.surface("tin", [(-8, 4.6, 2), (-8, 4.6, 36), (8, 4.6, 36), (8, 4.6, 2)], light=0.55)
    view.front("plaster", -8, 8, 0, 4.6, 36, light=1.05)
    view.side("plaster", -8, 1.3, 36, 4.6, light=0.7)
    view.side("plaster", 8, 1.3, 36, 4.6, light=0.7)
    view.floor("wet", -8, 8, 1.2, 36, light=0.9)
    for z in range(5, 34, 4):
        view.shape(
            [(-1.2, 4.4, z), (1.2, 4.4, z), (1.2, 4.4, z + 0.3), (-1.2, 4.4, z + 0.3)], (250, 250, 240)
        )
    for away in (24.0, 19, 15, 11.5, 8.5, 6.2):
        for side in (-1, 1):
            near, far = side * 1.6, side * 4.4
            view.shape(
                [(near, 0.8, away), (near, 0.8, away + 1.9), (near, 0, away + 1.9), (near, 0, away)],
                (150, 152, 150),
            )
            view.plate(min(near, far), max(near, far), 0, 0.8, away, (176, 176, 170))
            for nth in range(4):
                goods = rng.choice(_GOODS)
                view.cloud(side * (1.9 + 0.68 * nth), 0.9, away + 0.3, 0.56, goods, 36)
            view.plate(min(near, far), max(near, far), 2.3, 2.6, away, rng.choice(_AWNINGS))


def _housing(view: View) -> None:
    rng = view.rng
    view.sky((136, 170, 208), (218, 224, 226))
    for x in (-20, -6, 9):
        block(view, x, x + 11, rng.choice((15, 18, 18)), rng.uniform(30, 36))
    view.floor("paving", -14, 14, 1.2, 32, light=0.98)
    view.floor("grass", -14, -1.8, 1.6, 30)
    view.strip(-1.9, -1.7, 1.6, 30, (190, 186, 178))
    view.haze((214, 220, 222), 0.35)
    for z in (22, 14):
        tree(view, -5.5 + rng.uniform(-1, 1), z, 4.4)
        car(view, 6.4, z, rng.choice(_CARS))
    for nth, colour in enumerate(((64, 112, 76), (62, 84, 128), (120, 122, 124))):
        bin_(view, 2.6 + 0.85 * nth, 10, colour)


def _counter(view: View) -> None:
    rng = view.rng
    view.floor("hall", -7, 7, 1.1, 13)
    view.front("plaster", -7, 7, 0, 3.4, 13, light=1.12)
    view.side("plaster", -7, 1.1, 13, 3.4, light=1.0)
    view.side("plaster", 7, 1.1, 13, 3.4, light=1.05)
    view.shape([(-7, 3.4, 1.1), (-7, 3.4, 13), (7, 3.4, 13), (7, 3.4, 1.1)], (238, 238, 234))
    for z in (3.0, 6.0, 9.0, 12.0):
        view.shape([(-4, 3.39, z), (4, 3.39, z), (4, 3.39, z + 0.25), (-4, 3.39, z + 0.25)], (255, 255, 252))
    wood = rng.choice([(150, 112, 78), (176, 150, 118), (120, 132, 140)])
    for nth in range(6):
        x = -5.4 + 1.8 * nth
        view.plate(x + 0.1, x + 1.6, 2.35, 2.7, 11.5, (42, 52, 64))
        view.plate(x + 0.2, x + 1.5, 1.12, 2.1, 11.4, (196, 214, 222), 120)
        view.plate(x + 0.65, x + 1.05, 0.9, 1.35, 11.2, (64, 68, 74))
        view.blob(x + 0.85, 1.5, 11.25, 0.24, 0.3, (206, 170, 148))
        view.plate(x + 0.62, x + 1.08, 1.0, 1.36, 11.22, (58, 74, 110))
    view.plate(-5.6, 5.6, 0, 1.05, 10.8, wood)
    view.shape(
        [(-5.6, 1.05, 10.8), (5.6, 1.05, 10.8), (5.6, 1.05, 11.3), (-5.6, 1.05, 11.3)], (226, 222, 212)
    )
    for row in (7.6, 5.6):
        for nth in range(5):
            x = 0.9 + 0.62 * nth
            view.plate(x, x + 0.54, 0.42, 0.9, row, (96, 124, 150))
            view.rod((x + 0.27, 0, row), (x + 0.27, 0.42, row), 0.05, (90, 90, 92))


_CARS: tuple[Colour, ...] = ((196, 198, 202), (60, 64, 72), (130, 48, 44), (232, 232, 228), (70, 96, 134))
_AWNINGS: tuple[Colour, ...] = ((150, 54, 48), (54, 110, 74), (58, 88, 136), (198, 160, 74))
_GOODS: tuple[tuple[Colour, ...], ...] = (
    ((196, 58, 44), (214, 84, 56)),
    ((92, 138, 58), (120, 160, 74)),
    ((220, 176, 72), (232, 196, 104)),
    ((104, 62, 108), (128, 84, 130)),
    ((222, 140, 60), (204, 118, 48)),
    ((226, 224, 210), (206, 204, 188)),
)

_PLACES: dict[str, Callable[[View], None]] = {
    "GD": _street,
    "BX": _alley,
    "GC": _toilet,
    "GJ": _site,
    "HD": _river,
    "NM": _market,
    "SQ": _housing,
    "CK": _counter,
}
Wrong = Callable[[View, float, float], None]
_WRONG: dict[str, tuple[Wrong, float, float]] = {
    # what a failed item looks like, and where (x, z); of the others nothing can be drawn
    "GD-01": (blemishes.hole, -0.4, 4.8),
    "GD-02": (blemishes.manhole, 0.6, 4.6),
    "GD-03": (blemishes.manhole, -0.6, 5.0),
    "GD-06": (blemishes.clutter, 0.4, 5.4),
    "GD-09": (blemishes.litter, 0.2, 4.4),
    "GD-11": (blemishes.full_bin, 2.9, 6.6),
    "GD-15": (blemishes.leaves, 1.85, 5.2),
    "GD-16": (blemishes.bare, 1.85, 5.2),
    "GD-24": (blemishes.parked_car, 3.5, 8.0),
    "GD-30": (blemishes.parked, 3.4, 7.0),
    "BX-01": (blemishes.hole, 0.1, 4.6),
    "BX-02": (blemishes.manhole, 0.2, 4.4),
    "BX-04": (blemishes.puddle, 0.6, 4.6),
    "BX-05": (blemishes.puddle, 0.0, 4.2),
    "BX-06": (blemishes.litter, 1.2, 4.2),
    "BX-08": (blemishes.full_bin, -1.3, 5.4),
    "BX-09": (blemishes.full_bin, 1.3, 5.6),
    "BX-11": (blemishes.clutter, -1.3, 5.0),
    "BX-12": (blemishes.patches, -2.08, 4.4),
    "BX-14": (blemishes.clutter, 1.3, 6.0),
    "BX-15": (blemishes.sagging, 0.0, 5.0),
    "BX-16": (blemishes.crates, 0.8, 5.4),
    "BX-20": (blemishes.clutter, -0.6, 6.0),
    "BX-21": (blemishes.parked, 0.9, 6.0),
    "GC-06": (blemishes.puddle, 0.4, 4.6),
    "GC-08": (blemishes.paper, -0.9, 4.0),
    "GC-09": (blemishes.paper, 0.6, 4.0),
    "GC-10": (blemishes.stains, -0.2, 8.98),
    "GC-11": (blemishes.puddle, 1.4, 4.8),
    "GC-20": (blemishes.puddle, 1.6, 5.2),
    "GJ-07": (blemishes.heap, 2.6, 7.0),
    "GJ-10": (blemishes.heap, 3.0, 8.0),
    "GJ-17": (blemishes.hole, 0.1, 4.6),
    "GJ-18": (blemishes.mud, 0.2, 4.4),
    "GJ-22": (blemishes.mud, -0.2, 4.6),
    "HD-01": (blemishes.weed, 0.5, 8.5),
    "HD-04": (blemishes.weed, -1.5, 9.5),
    "HD-07": (blemishes.flotsam, 1.0, 6.5),
    "NM-03": (blemishes.crates, 0.7, 5.0),
    "NM-07": (blemishes.crates, 1.1, 5.4),
    "NM-15": (blemishes.leaves, -0.4, 4.2),
    "SQ-01": (blemishes.clutter, 1.4, 5.5),
    "SQ-09": (blemishes.litter, 2.9, 7.5),
    "SQ-12": (blemishes.on_grass, -3.2, 8.0),
    "SQ-14": (blemishes.hole, 0.4, 5.2),
    "CK-01": (blemishes.closed, -1.0, 11.15),
    "CK-14": (blemishes.paper, -1.2, 5.0),
}
