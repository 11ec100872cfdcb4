"""Text, boxes and gaps as they flow down a page: the few flowables that every document is made of.

`Text` draws what it is given and knows no markup, so a name such as `<img src=…>` is seven characters more and
nothing else. Sizes and distances are points unless a name says mm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from inspector.documents import breaking, fonts

HAIR = 0.35 * mm
"""The thinnest line that a worn printer keeps."""
THICK = 0.7 * mm


class Align(Enum):
    """Where a line stands in its column."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Sign(Enum):
    """Marks that are drawn as paths: not every font has them, and a word always stands beside them."""

    TICK = "tick"
    CROSS = "cross"
    DASH = "dash"
    CIRCLE = "circle"
    NONE = "none"


class Span(NamedTuple):
    """A stretch of text in one face; or a drawn mark, which takes one em."""

    text: str
    face: str = fonts.SANS
    mark: Sign = Sign.NONE


class _Glyph(NamedTuple):
    font: str
    char: str
    mark: Sign


class Text(Flowable):  # type: ignore[misc]
    """Lines of Chinese: broken by `breaking`, drawn from the chain of `fonts`. `size` ≥ 9. With `most_lines` the
    rest is left out behind an ellipsis: only for what stands in full elsewhere."""

    def __init__(
        self,
        content: str | Span | Sequence[Span],
        *,
        size: float = 9.5,
        face: str = fonts.SANS,
        leading: float | None = None,
        align: Align = Align.LEFT,
        before: float = 0,
        after: float = 0,
        most_lines: int = 0,
    ) -> None:
        super().__init__()
        if isinstance(content, str):
            content = (Span(content, face),)
        elif isinstance(content, Span):
            content = (content,)
        self._size = size
        self._leading = leading or round(size * 1.42, 2)
        self._align = align
        self.spaceBefore = before
        self.spaceAfter = after
        self._glyphs = [glyph for span in content for glyph in _glyphs(span)]
        self._plain = "".join(glyph.char for glyph in self._glyphs)
        self._advance = [_advance(glyph) * size / 1000 for glyph in self._glyphs]
        self._lines: list[tuple[int, int]] = []
        self._most_lines = most_lines
        self._ellipsis = False
        self.width = -1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if width != self.width:
            self.width = width
            self._lines = breaking.fill(self._plain, self._advance, width + 0.01)
            if self._most_lines and len(self._lines) > self._most_lines:
                self._shorten()
            self.height = len(self._lines) * self._leading
        return width, self.height

    def _shorten(self) -> None:
        self._lines = self._lines[: self._most_lines]
        start, stop = self._lines[-1]
        while stop > start and sum(self._advance[start:stop]) + self._size > self.width:
            stop -= 1
        self._lines[-1] = (start, stop)
        self._ellipsis = True

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two parts at a line end, at least two lines in each: no orphans, no widows."""
        self.wrap(width, height)
        fit = int(height // self._leading)
        fit = min(fit, len(self._lines) - 2)
        if fit < 2:
            return []
        cut = self._lines[fit][0]
        return [self._part(0, self._lines[fit - 1][1]), self._part(cut, len(self._glyphs))]

    def _part(self, start: int, stop: int) -> Text:
        part = Text("", size=self._size, leading=self._leading, align=self._align)
        part._glyphs = self._glyphs[start:stop]
        part._plain = self._plain[start:stop]
        part._advance = self._advance[start:stop]
        return part

    def draw(self) -> None:
        canvas = self.canv
        # The first baseline: the ink of a line stands in the middle of its leading.
        y = self.height - self._leading / 2 - self._size * 0.36
        for start, stop in self._lines:
            length = sum(self._advance[start:stop])
            self._draw_line(canvas, (self.width - length) * self._align.value, y, start, stop)
            y -= self._leading
        if self._ellipsis:
            canvas.setFont(fonts.load(fonts.SANS), self._size)
            canvas.drawString(sum(self._advance[slice(*self._lines[-1])]), y + self._leading, "…")

    def _draw_line(self, canvas: Canvas, x: float, y: float, start: int, stop: int) -> None:
        index = start
        while index < stop:
            glyph = self._glyphs[index]
            end = index + 1
            while (
                end < stop and self._glyphs[end].font == glyph.font and self._glyphs[end].mark is glyph.mark
            ):
                end += 1
            if glyph.mark is not Sign.NONE:
                draw_sign(canvas, glyph.mark, x, y, self._size)
                end = index + 1
            else:
                canvas.setFont(glyph.font, self._size)
                canvas.drawString(x, y, self._plain[index:end])
            x += sum(self._advance[index:end])
            index = end


def _glyphs(span: Span) -> Iterable[_Glyph]:
    if span.mark is not Sign.NONE:
        yield _Glyph(span.face, "\ufffc", span.mark)
        return
    for run in fonts.runs(span.text, span.face):
        for char in run.text:
            yield _Glyph(run.font, char, Sign.NONE)


def _advance(glyph: _Glyph) -> float:
    if glyph.mark is not Sign.NONE:
        return 1000
    return 0 if glyph.char == "\n" else fonts.widths(glyph.font)(glyph.char)


def draw_sign(canvas: Canvas, sign: Sign, x: float, y: float, size: float) -> None:
    """`sign` in the em square whose baseline begins at (x, y)."""
    canvas.saveState()
    canvas.setLineWidth(max(HAIR, size * 0.11))
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    if sign is Sign.TICK:
        path.moveTo(x + 0.14 * size, y + 0.34 * size)
        path.lineTo(x + 0.36 * size, y + 0.08 * size)
        path.lineTo(x + 0.82 * size, y + 0.74 * size)
    elif sign is Sign.CROSS:
        path.moveTo(x + 0.18 * size, y + 0.06 * size)
        path.lineTo(x + 0.78 * size, y + 0.70 * size)
        path.moveTo(x + 0.18 * size, y + 0.70 * size)
        path.lineTo(x + 0.78 * size, y + 0.06 * size)
    elif sign is Sign.DASH:
        path.moveTo(x + 0.16 * size, y + 0.38 * size)
        path.lineTo(x + 0.80 * size, y + 0.38 * size)
    else:
        path.circle(x + 0.48 * size, y + 0.38 * size, 0.32 * size)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def label(text: str, *, align: Align = Align.CENTRE, size: float = 9.5) -> Text:
    """The name of a field, bold, for a grey cell."""
    return Text(text, face=fonts.BOLD, size=size, align=align)


class Rule(Flowable):  # type: ignore[misc]
    """A line to write on by hand, at the foot of `height`."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(HAIR)
        self.canv.line(0, 0.5 * mm, self.width, 0.5 * mm)


class Later(Flowable):  # type: ignore[misc]
    """Room of `height` for what is known only when all pages are laid out. `write` gets the canvas, the height above
    the foot of the page and the page of each heading."""

    def __init__(self, height: float, write: Callable[[Canvas, float, dict[str, int]], None]) -> None:
        super().__init__()
        self.height = height
        self._write = write

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        _, y = self.canv.absolutePosition(0, 0)
        self.canv.later(lambda canvas, anchors: self._write(canvas, y, anchors))


class Note(Flowable):  # type: ignore[misc]
    """Tells the running head of the page on which it comes to stand, see `pdfa.Page.notes`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.note(self._text)


class Heading(Flowable):  # type: ignore[misc]
    """The title of a part. At the top of a page the running head says it, anywhere else it stands in the text."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._name = name
        self._title = title
        self._text = Text(title, face=fonts.BOLD, size=13.5)
        self.spaceBefore = 5 * mm

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        at_top = getattr(getattr(self, "_frame", None), "_atTop", False)
        self.height = 0 if at_top else self._text.wrap(width, height)[1] + 1.5 * mm
        return width, self.height

    def draw(self) -> None:
        if self.height:
            self._text.drawOn(self.canv, 0, 1.5 * mm)
        self.canv.anchor(self._name, self._title, opens=not self.height)
