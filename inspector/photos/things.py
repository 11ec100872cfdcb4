"""Things that stand in generated scenes, each at a spot (x, z) on the ground of a view, in metres."""

from __future__ import annotations

import itertools
import math

from inspector.photos.scenery import Colour, View

LEAVES: tuple[Colour, ...] = ((46, 84, 42), (62, 104, 50), (84, 124, 62), (52, 92, 58))
RUBBISH: tuple[Colour, ...] = (
    (232, 232, 226),
    (206, 204, 196),
    (150, 126, 96),
    (120, 100, 78),
    (168, 74, 62),
    (82, 108, 148),
    (196, 206, 210),
)


def block(view: View, x0: float, x1: float, high: float, z: float) -> None:
    """A house with its windows, far away."""
    view.front("facade", x0, x1, 0, high, z, light=view.rng.uniform(0.8, 1.1))
    across = max(1, round((x1 - x0) / 1.9))
    for storey in range(int(high / 3)):
        for nth in range(across):
            left = x0 + (x1 - x0) * (nth + 0.25) / across
            glass = view.rng.choice(((84, 98, 110), (100, 114, 124), (64, 76, 86)))
            view.plate(left, left + (x1 - x0) * 0.5 / across, storey * 3 + 1.0, storey * 3 + 2.4, z, glass)


def cable(view: View, x: float, high: float, z: float) -> None:
    """A cable that sags across an alley, from `high` metres."""
    points = [
        (x - 2.1 + 4.2 * nth / 12, high - 0.5 * math.sin(math.pi * nth / 12), z + 0.2 * nth)
        for nth in range(13)
    ]
    for one, other in itertools.pairwise(points):
        view.rod(one, other, 0.03, (40, 40, 42))


def tree(view: View, x: float, z: float, high: float) -> None:
    """A street tree."""
    view.shadow(x, z, high * 0.5)
    view.rod((x, 0, z), (x + 0.05, high * 0.6, z), 0.2, (84, 70, 58))
    for dx, dy, across in ((0, 0.75, 0.6), (-0.16, 0.62, 0.42), (0.18, 0.66, 0.42), (0.02, 0.9, 0.36)):
        view.cloud(x + dx * high, high * dy, z, across * high, LEAVES, round(min(110, 1200 / z)))


def car(view: View, x: float, z: float, colour: Colour) -> None:
    """A parked car from behind."""
    view.shadow(x, z, 1.9)
    view.plate(x - 0.85, x + 0.85, 0.3, 1.0, z, colour)
    view.shape([(x - 0.7, 1.0, z), (x - 0.55, 1.45, z), (x + 0.55, 1.45, z), (x + 0.7, 1.0, z)], (52, 60, 66))
    for side in (-1, 1):
        view.plate(x + side * 0.62 - 0.12, x + side * 0.62 + 0.12, 0.0, 0.34, z, (28, 28, 30))
        view.plate(x + side * 0.68 - 0.12, x + side * 0.68 + 0.12, 0.7, 0.82, z, (170, 40, 36))
    view.plate(x - 0.22, x + 0.22, 0.55, 0.67, z, (60, 100, 170))


def bicycle(view: View, x: float, z: float, colour: Colour) -> None:
    """A bicycle that leans there."""
    view.shadow(x, z, 1.6)
    for wheel in (-0.5, 0.5):
        left, top = view.at(x + wheel - 0.32, 0.64, z)
        right, bottom = view.at(x + wheel + 0.32, 0, z)
        view.draw.ellipse((left, top, right, bottom), outline=(30, 30, 32), width=max(2, round(40 / z)))
    frame = [(-0.5, 0.32), (-0.1, 0.32), (0.35, 0.78), (-0.2, 0.78), (-0.5, 0.32)]
    for (x0, y0), (x1, y1) in itertools.pairwise(frame):
        view.rod((x + x0, y0, z), (x + x1, y1, z), 0.05, colour)
    view.rod((x + 0.5, 0.32, z), (x + 0.32, 1.0, z), 0.05, colour)
    view.rod((x + 0.2, 1.02, z), (x + 0.45, 1.0, z), 0.05, (30, 30, 32))
    view.plate(x - 0.36, x - 0.08, 0.82, 0.9, z, (30, 30, 32))


def bin_(view: View, x: float, z: float, colour: Colour, *, full: bool = False) -> None:
    """A wheeled rubbish bin; a full one stands open."""
    view.shadow(x, z, 0.7)
    view.shape([(x - 0.3, 1.0, z), (x + 0.3, 1.0, z), (x + 0.24, 0.06, z), (x - 0.24, 0.06, z)], colour)
    lid = tuple(value * 3 // 4 for value in colour)
    view.plate(x - 0.33, x + 0.33, *((1.0, 1.5) if full else (0.98, 1.08)), z, (lid[0], lid[1], lid[2]))
    if full:
        view.cloud(x, 1.05, z, 0.5, RUBBISH, 16)
