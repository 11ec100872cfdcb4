"""The pages of a PDF as pictures, exactly as a reader shows them.

PDFium is not safe with several threads in one document or two (its own manual says so), so one lock guards it; who
draws pages keeps off the GUI thread: an A4 page at 150 dpi takes about 0.1 s.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from inspector.model.errors import BadInput

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72
MOST_PIXELS = 40_000_000
"""A page is drawn no larger: A4 at 600 dpi has 35 million pixels, which are 104 MB. The limit is the project's own."""

_one_at_a_time = threading.Lock()


class PageImage(msgspec.Struct, frozen=True, kw_only=True):
    """One page drawn: rows of `stride` bytes, three bytes a pixel, blue first."""

    width: int
    height: int
    stride: int
    data: bytes


def sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points (1/72 inch). Raises BadInput `pdf-unreadable`."""
    with _opened(pdf) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def draw(pdf: bytes, number: int, *, dpi: float) -> PageImage:
    """Page `number` (from 0) at `dpi`, with everything that is printed on it; at most 40 million pixels.
    Raises BadInput `pdf-unreadable`."""
    with _opened(pdf) as document:
        width, height = document.get_page_size(number)
        scale = dpi / POINTS_PER_INCH
        scale = min(scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = document[number].render(scale=scale, may_draw_forms=True)
        return PageImage(
            width=bitmap.width, height=bitmap.height, stride=bitmap.stride, data=bytes(bitmap.buffer)
        )


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    import pypdfium2

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise BadInput("pdf-unreadable", reason=str(error)) from error
        try:
            document.init_forms()
            yield document
        finally:
            document.close()
