"""Contrast of what is painted on what, by the tokens of each theme (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inspector.ui.theme import TOKENS, Look, theme
from inspector.ui.window import Window

INKS = [(ink, ground) for ink in ("text", "muted", "faint") for ground in ("bg", "side", "surface")]
TONES = [
    (tone, ground) for tone in ("accent", "ok", "bad", "warn") for ground in ("surface", "bg", f"{tone}_soft")
]
TEXTS = (
    *INKS,
    *TONES,
    ("on_accent", "accent"),
    ("on_bad", "bad"),
    ("on_toast", "toast"),
    ("toast_accent", "toast"),
    ("on_selected", "selected"),
    ("on_here", "here"),
    ("text", "hover"),
    ("text", "neutral_soft"),
    ("muted", "neutral_soft"),
    ("on_plate", "plate"),
    ("on_plate", "plate_bad"),
    ("on_plate", "plate_ok"),
    ("on_plate", "plate_warn"),
)
BORDERS = (
    ("line2", "bg"),
    ("line2", "surface"),
    ("line2", "side"),
    ("accent", "surface"),
    ("accent", "bg"),
    ("bad", "surface"),
    ("here_icon", "here"),
)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #RRGGBB."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", TOKENS)
def test_what_is_painted_on_what_has_contrast_enough(name: str) -> None:
    token = TOKENS[name]
    least = 7.0 if name == "sunlight" else 4.5
    pale = [(ink, ground) for ink, ground in TEXTS if ratio(token[ink], token[ground]) < least]
    pale += [(border, ground) for border, ground in BORDERS if ratio(token[border], token[ground]) < 3.0]
    assert not pale


def test_the_window_is_told_a_new_look(window: Window, look: Callable[[Look], None]) -> None:
    look(Look(sunlight=True))
    assert theme.look.theme == "sunlight"
