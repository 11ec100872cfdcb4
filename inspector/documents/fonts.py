"""The fonts of documents: which font draws which character, and text made fit to be drawn.

Chain of fallback: the sans (or serif) face, then HanaMinB for rare characters of plane 2 (𠮷), then 〓 with the
code (〓U+1F600). What was typed stays in the embedded data; only what is drawn is replaced.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from inspector.documents import repairs
from inspector.places import resource

SANS = "NotoSansSC"
BOLD = "NotoSansSC-Bold"
SERIF = "NotoSerifSC"
RARE = "HanaMinB"
_FILES = {
    SANS: "NotoSansSC-Regular.ttf",
    BOLD: "NotoSansSC-Bold.ttf",
    SERIF: "NotoSerifSC-Regular.ttf",
    RARE: "HanaMinB.ttf",
}
_FORCE_BOLD = 1 << 18
_PLANE_2 = 0x20000
_GETA = "\u3013"
_WITHOUT_SHAPE = frozenset(("Cc", "Cf", "Cs"))
_loading = Lock()

repairs.apply()


class Run(NamedTuple):
    """Text that one font draws."""

    font: str
    text: str


@cache
def _face(name: str) -> ttfonts.TTFont:
    """The font, loaded at its first use (0.1 s; HanaMinB 0.15 s and 53 MB: most documents never need it)."""
    with _loading:
        if name not in pdfmetrics._fonts:
            font = ttfonts.TTFont(name, str(resource("fonts", _FILES[name])), subfontIndex=0)
            # Some viewers draw a ForceBold face bold twice.
            font.face.flags &= ~_FORCE_BOLD
            pdfmetrics.registerFont(font)
        return pdfmetrics.getFont(name)


def load(name: str) -> str:
    """The name of `name` once reportlab knows the font."""
    _face(name)
    return name


def printable(text: str) -> str:
    """`text` as it can be drawn: line ends as newlines, tabs and odd spaces as spaces, without characters that
    have no shape (controls, joiners, byte order marks, variation selectors). Nothing else changes."""
    return "".join(_shapes(text.replace("\r\n", "\n").replace("\r", "\n")))


def _shapes(text: str) -> Iterator[str]:
    for char in text:
        if " " <= char <= "~" or "\u4e00" <= char <= "\u9fff" or char == "\n":
            yield char
        elif char in "\v\f\u2028\u2029":
            yield "\n"
        elif char == "\t" or (unicodedata.category(char) == "Zs" and char != "\u3000"):
            yield " "
        elif "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
            continue
        elif unicodedata.category(char) not in _WITHOUT_SHAPE:
            yield char


def font_of(char: str, face: str) -> str | None:
    """The font of the chain that has a glyph for `char`, None if none has."""
    if ord(char) in _face(face).face.charToGlyph:
        return face
    if ord(char) >= _PLANE_2 and ord(char) in _face(RARE).face.charToGlyph:
        return RARE
    if face != SANS and ord(char) in _face(SANS).face.charToGlyph:
        return SANS
    return None


@lru_cache(maxsize=8192)
def runs(text: str, face: str = SANS) -> tuple[Run, ...]:
    """`text` cut into the fonts that draw it; what no font has becomes 〓 with its code."""
    out: list[Run] = []
    for char in printable(text):
        font = font_of(char, face) if char != "\n" else face
        drawn = char if font else f"{_GETA}U+{ord(char):04X}"
        font = font or face
        if out and out[-1].font == font:
            out[-1] = Run(font, out[-1].text + drawn)
        else:
            out.append(Run(font, drawn))
    return tuple(out)


@cache
def widths(font: str) -> Callable[[str], float]:
    """The advance of a character in `font`, in thousandths of the size."""
    face = _face(font).face
    known: dict[int, float] = face.charWidths
    default: float = face.defaultWidth

    def width(char: str) -> float:
        return known.get(ord(char), default)

    return width


def width(text: str, size: float, face: str = SANS) -> float:
    """The length of `text` on one line, in points at `size`."""
    total = 0.0
    for run in runs(text, face):
        of = widths(run.font)
        total += sum(of(char) for char in run.text)
    return total * size / 1000
