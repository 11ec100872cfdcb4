"""What is wrong in generated scenes: each is painted at a spot (x, z) on the ground of a view, in metres."""

from __future__ import annotations

import math

from PIL import ImageDraw

from inspector.photos.scenery import Colour, View
from inspector.photos.things import LEAVES, RUBBISH, bicycle, bin_, cable, car

_SOIL: tuple[Colour, ...] = ((150, 124, 92), (132, 108, 80), (168, 142, 108))
_WEED: tuple[Colour, ...] = ((86, 130, 52), (108, 152, 64), (70, 112, 46))
_PAPER: tuple[Colour, ...] = ((238, 238, 234), (224, 224, 218))


def litter(view: View, x: float, z: float) -> None:
    """Bottles, bags and butts."""
    _scatter(view, x, z, RUBBISH, count=60, reach=0.7, size=0.07)
    for _ in range(5):
        dx, dz = view.rng.gauss(0, 0.4), view.rng.uniform(-0.4, 0.4)
        view.shadow(x + dx, z + dz, 0.22)
        view.cloud(x + dx, 0.07, z + dz, 0.2, RUBBISH[:2], 14)


def paper(view: View, x: float, z: float) -> None:
    """Paper on the floor."""
    _scatter(view, x, z, _PAPER, count=16, reach=0.6, size=0.09)


def leaves(view: View, x: float, z: float) -> None:
    """What falls off vegetables."""
    _scatter(view, x, z, (*LEAVES, (150, 160, 80)), count=50, reach=0.7)


def bare(view: View, x: float, z: float) -> None:
    """Trodden soil in a green."""
    _ground(view, x, z, across=1.7, colour=(150, 124, 92), blur_px=9)
    _scatter(view, x, z, _SOIL, count=60, reach=0.6, size=0.05)


def hole(view: View, x: float, z: float) -> None:
    """Broken asphalt."""
    _ground(view, x, z, across=1.3, colour=(58, 58, 58), blur_px=4)
    _ground(view, x + 0.1, z - 0.05, across=0.8, colour=(156, 144, 122), blur_px=5)
    for nth in range(9):
        angle = nth * math.tau / 9 + view.rng.uniform(-0.2, 0.2)
        px, pz = x + 0.55 * math.cos(angle), z + 0.5 * math.sin(angle)
        for _ in range(3):
            nx, nz = (
                px + view.rng.uniform(0, 0.3) * math.cos(angle),
                pz + view.rng.uniform(0, 0.3) * math.sin(angle),
            )
            view.rod((px, 0, pz), (nx, 0, nz), 0.025, (52, 52, 52))
            px, pz = nx, nz


def manhole(view: View, x: float, z: float) -> None:
    """A shaft without its cover."""
    for across, colour in ((1.0, (128, 126, 122)), (0.8, (24, 24, 26))):
        far = across / 2
        rim = [math.tau * nth / 40 for nth in range(40)]
        view.shape([(x + far * math.cos(turn), 0, z + far * math.sin(turn)) for turn in rim], colour)


def puddle(view: View, x: float, z: float) -> None:
    """Standing water."""
    _ground(view, x, z, across=2.1, colour=(70, 72, 72), blur_px=8)
    _ground(view, x, z, across=1.8, colour=(158, 172, 180), blur_px=5)
    _ground(view, x + 0.2, z + 0.2, across=0.8, colour=(202, 212, 216), blur_px=9)


def mud(view: View, x: float, z: float) -> None:
    """Mud that wheels carried out."""
    for side in (-0.8, 0.8):
        for nth in range(26):
            at = (x + side + view.rng.uniform(-0.2, 0.2), z - 2 + nth * 0.45)
            if at[1] > 1.4:
                view.blob(at[0], 0.01, at[1], view.rng.uniform(0.2, 0.5), 0.07, view.rng.choice(_SOIL), 190)


def heap(view: View, x: float, z: float) -> None:
    """Soil under no net."""
    view.shadow(x, z, 3.2)
    for layer in range(9):
        across = 3.0 - layer * 0.31
        for _ in range(30):
            dx = view.rng.uniform(-across / 2, across / 2)
            view.blob(x + dx, 0.08 + layer * 0.15, z, 0.42, 0.26, view.rng.choice(_SOIL))


def clutter(view: View, x: float, z: float) -> None:
    """Boxes and boards that somebody put down."""
    view.shadow(x, z, 1.6)
    for dx, high, wide in ((-0.5, 0.5, 0.7), (0.25, 0.75, 0.6), (0.6, 0.35, 0.5), (-0.3, 0.95, 0.5)):
        base = 0.5 if high > 0.9 else 0.0
        tone = view.rng.uniform(0.8, 1.1)
        side = (round(166 * tone), round(128 * tone), round(88 * tone))
        view.plate(x + dx - wide / 2, x + dx + wide / 2, base, high, z, side)
        view.plate(x + dx - 0.04, x + dx + 0.04, base, high, z, (206, 186, 150))
    view.rod((x - 0.9, 0, z), (x - 0.35, 1.5, z + 0.3), 0.12, (142, 122, 96))
    view.cloud(x + 0.9, 0.18, z, 0.5, RUBBISH, 20)


def full_bin(view: View, x: float, z: float) -> None:
    """A bin that is full, and what did not fit."""
    bin_(view, x, z, (60, 108, 72), full=True)
    _scatter(view, x, z - 0.4, RUBBISH, count=24, reach=0.3)


def sagging(view: View, x: float, z: float) -> None:
    """Cables that hang as low as a head."""
    for nth in range(4):
        cable(view, x, 2.1 + 0.12 * nth, z + 0.3 * nth)


def crates(view: View, x: float, z: float) -> None:
    """Goods in the passage."""
    for dx, base in ((-0.45, 0.0), (0.25, 0.0), (-0.1, 0.36)):
        view.plate(x + dx - 0.33, x + dx + 0.33, base, base + 0.34, z, (66, 112, 152))
        for gap in (0.08, 0.17, 0.26):
            view.plate(x + dx - 0.28, x + dx + 0.28, base + gap, base + gap + 0.03, z, (34, 62, 90))
        view.cloud(x + dx, base + 0.36, z, 0.5, LEAVES, 18)


def patches(view: View, x: float, z: float) -> None:
    """Posters on a side wall, and paint over older ones."""
    for _ in range(16):
        at, low = z + view.rng.uniform(-1.4, 2.2), view.rng.uniform(0.5, 1.8)
        wide, high = view.rng.uniform(0.16, 0.4), view.rng.uniform(0.12, 0.34)
        colour = view.rng.choice((*_PAPER, (228, 206, 90), (208, 96, 84), (150, 150, 146)))
        view.shape(
            [(x, low + high, at), (x, low + high, at + wide), (x, low, at + wide), (x, low, at)], colour
        )


def stains(view: View, x: float, z: float) -> None:
    """Dirt that ran down a wall that faces the camera."""
    for _ in range(14):
        at = x + view.rng.uniform(-1.2, 1.2)
        top = view.rng.uniform(0.8, 2.0)
        view.plate(at, at + view.rng.uniform(0.04, 0.16), 0.1, top, z, (126, 112, 84), 90)


def parked(view: View, x: float, z: float) -> None:
    """Bicycles on the way of the blind."""
    for nth, colour in enumerate(((48, 96, 168), (60, 62, 66))):
        bicycle(view, x + 0.12 * nth, z + 1.3 - 1.3 * nth, colour)


def parked_car(view: View, x: float, z: float) -> None:
    """A car where people walk."""
    car(view, x, z, (60, 64, 72))


def on_grass(view: View, x: float, z: float) -> None:
    """A car on the lawn."""
    _ground(view, x, z - 0.6, across=2.4, colour=(140, 118, 86), blur_px=9)
    car(view, x, z, (198, 200, 204))


def weed(view: View, x: float, z: float) -> None:
    """Duckweed on the water."""
    for _ in range(420):
        far, angle = math.sqrt(view.rng.random()), view.rng.uniform(0, math.tau)
        size = view.rng.uniform(0.1, 0.3)
        at = z + far * 2.6 * math.sin(angle)
        view.blob(x + far * 2.2 * math.cos(angle), 0, at, size, size * 0.35, view.rng.choice(_WEED))


def flotsam(view: View, x: float, z: float) -> None:
    """Rubbish that floats."""
    floating = [(view.rng.uniform(-1.4, 1.4), view.rng.uniform(-1.6, 1.6)) for _ in range(34)]
    for dx, dz in sorted(floating, key=lambda one: -one[1]):
        view.blob(x + dx, 0.02, z + dz, view.rng.uniform(0.08, 0.26), 0.07, view.rng.choice(RUBBISH))


def closed(view: View, x: float, z: float) -> None:
    """A counter where nobody sits: the blind is down."""
    view.plate(x - 0.85, x + 0.85, 1.05, 2.25, z, (206, 206, 200))
    for nth in range(12):
        view.plate(x - 0.85, x + 0.85, 1.06 + nth * 0.1, 1.09 + nth * 0.1, z, (168, 168, 162))


def _scatter(
    view: View,
    x: float,
    z: float,
    colours: tuple[Colour, ...],
    *,
    count: int,
    reach: float,
    size: float = 0.1,
) -> None:
    """Small things that lie around, the far ones first."""
    places = [(view.rng.gauss(0, reach), view.rng.gauss(0, reach)) for _ in range(count)]
    for dx, dz in sorted(places, key=lambda one: -one[1]):
        if z + dz < 1.6:
            continue
        across = size * view.rng.uniform(0.5, 1.5)
        turn = view.rng.uniform(0, math.pi)
        corners = [
            (
                x + dx + across * math.cos(turn + nth * math.pi / 2),
                0.01,
                z + dz + across * math.sin(turn + nth * 1.4),
            )
            for nth in range(4)
        ]
        shade = [(px + 0.03, 0.0, pz - 0.03) for px, _, pz in corners]
        view.shape(shade, (24, 24, 22), 120)
        view.shape(corners, view.rng.choice(colours))


def _ground(view: View, x: float, z: float, *, across: float, colour: Colour, blur_px: float) -> None:
    """A soft irregular patch on the ground."""
    lobes = [view.rng.uniform(0, math.tau) for _ in range(3)]
    edge = [
        across
        / 2
        * (0.9 + 0.1 * sum(math.sin((2 + k) * n * math.tau / 48 + lobe) for k, lobe in enumerate(lobes)))
        for n in range(48)
    ]

    def paint(draw: ImageDraw.ImageDraw) -> None:
        turn = math.tau / len(edge)
        points = [(x + far * math.cos(n * turn), z + far * math.sin(n * turn)) for n, far in enumerate(edge)]
        draw.polygon([view.at(px, 0, max(pz, 1.3)) for px, pz in points], fill=225)

    view.soft(paint, colour, blur_px)
