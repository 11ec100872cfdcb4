"""A document on the screen: its pages exactly as they print, with zoom. Pages are drawn on the paper lane."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from inspector.services import pages
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import IconButton
from inspector.ui.widgets.dress import Painted, pen
from inspector.ui.widgets.text import ElidedLabel, Label
from inspector.ui.work import Ticket

A4: Final = (595.3, 841.9)  # points, until the document's own pages are known
ZOOMS: Final = (1.0, 1.5, 2.0, 3.0)  # times the whole page in view
EDGE_PX: Final = 16
RESIZED_MS: Final = 120  # a page is drawn once the window's edge rests
DPI_MOST: Final = 400.0


class PaperView(QFrame):
    """`show_pdf` gives it a document. PgUp PgDn turn pages, Ctrl + and Ctrl − zoom."""

    failed = Signal(object)

    def __init__(self, desk: Desk, *, title: str = "", note: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._pdf = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._at, self._zoom = 0, 0
        self._ticket: Ticket | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(20, 4, 8, 0)
        head.setSpacing(8)
        self.title = Label(title, bold=True, tone="muted")
        self.note = ElidedLabel(note, tone="muted")
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        self._before = IconButton("chevron-left", say("paper-before"), key="PgUp")
        self._after = IconButton("chevron-right", say("paper-after"), key="PgDn")
        self._place = Label("")
        self._smaller = IconButton("zoom-out", say("paper-smaller"), key="Ctrl −")
        self._larger = IconButton("zoom-in", say("paper-larger"), key="Ctrl +")
        for button, slot in (
            (self._before, partial(self.turn, -1)),
            (self._after, partial(self.turn, 1)),
            (self._smaller, partial(self.zoom, -1)),
            (self._larger, partial(self.zoom, 1)),
        ):
            button.clicked.connect(slot)
        for widget in (self._before, self._place, self._after, self._smaller, self._larger):
            head.addWidget(widget)
        column.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._sheet = _Sheet()
        self._scroll.setWidget(self._sheet)
        column.addWidget(self._scroll, 1)
        self._rest = QTimer(self, singleShot=True, interval=RESIZED_MS)
        self._rest.timeout.connect(self._draw)
        theme.changed.connect(self._rest.start)
        self._tell()

    @property
    def pages(self) -> int:
        """How many pages the document has; 0 until it is read."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page that is shown, from 1."""
        return self._at + 1

    @property
    def image(self) -> QImage | None:
        """The page as it is drawn now."""
        return self._sheet.image

    def say(self, title: str, note: str) -> None:
        """What this is, above the page."""
        self.title.setText(title)
        self.note.setText(note)

    def show_pdf(self, pdf: bytes) -> None:
        """Another document, or the same one changed: one stays on the page where one was, if it has so many."""
        if pdf == self._pdf:
            return
        self._pdf = pdf
        self._desk.lanes.paper.ask(
            self, partial(pages.sizes, pdf), done=partial(self._opened, pdf), failed=self.failed.emit
        )

    def clear(self) -> None:
        """No document."""
        self._pdf, self._sizes, self._at = b"", (), 0
        self._sheet.show_image(None)
        self._tell()

    def turn(self, by: int) -> None:
        """The next page, or the one before."""
        at = max(0, min(self.pages - 1, self._at + by)) if self.pages else 0
        if at != self._at:
            self._at = at
            self._scroll.verticalScrollBar().setValue(0)
            self._sheet.show_image(None)
            self._tell()
            self._draw()

    def zoom(self, by: int) -> None:
        """One step closer, or away."""
        zoom = max(0, min(len(ZOOMS) - 1, self._zoom + by))
        if zoom != self._zoom:
            self._zoom = zoom
            self._tell()
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        bar = self._scroll.verticalScrollBar()
        scrolls = {Qt.Key.Key_Down: bar.singleStep() * 3, Qt.Key.Key_Up: -bar.singleStep() * 3}
        key = Qt.Key(event.key())
        if control and key in zooms:
            self.zoom(zooms[key])
        elif not control and key in turns:
            self.turn(turns[key])
        elif not control and key in scrolls:
            bar.setValue(bar.value() + scrolls[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sheet.fit(self._seen())
        self._rest.start()

    def _opened(self, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        if pdf != self._pdf:
            return
        self._sizes = sizes
        self._at = min(self._at, max(0, len(sizes) - 1))
        self._tell()
        self._draw()

    def _seen(self) -> QSize:
        """How large the page is shown, in logical px."""
        wide, tall = self._sizes[self._at] if self._sizes else A4
        room = self._scroll.viewport().size()
        fit = min((room.width() - 2 * EDGE_PX) / wide, (room.height() - EDGE_PX) / tall)
        scale = max(0.1, fit) * ZOOMS[self._zoom]
        return QSize(round(wide * scale), round(tall * scale))

    def _draw(self) -> None:
        self._rest.stop()
        if not self._sizes:
            return
        seen = self._seen()
        self._sheet.fit(seen)
        dpi = min(DPI_MOST, 72 * seen.width() * self.devicePixelRatioF() / self._sizes[self._at][0])
        lane = self._desk.lanes.paper
        if self._ticket is not None:
            lane.cancel(self._ticket)
        self._ticket = lane.ask(
            self, partial(page_image, self._pdf, self._at, dpi), done=self._show, failed=self.failed.emit
        )

    def _show(self, image: QImage) -> None:
        self._ticket = None
        self._sheet.show_image(image)

    def _tell(self) -> None:
        place = say("paper-place", page=self._at + 1, pages=self.pages) if self.pages else ""
        self._place.setText(place)
        self._sheet.setAccessibleName(place)
        self.setAccessibleName(say("paper-name", place=place))
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < self.pages)
        self._smaller.setEnabled(self._zoom > 0)
        self._larger.setEnabled(bool(self.pages) and self._zoom + 1 < len(ZOOMS))


class _Sheet(Painted):
    """The paper itself."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None

    def fit(self, size: QSize) -> None:
        self.resize(size + QSize(2, 2))

    def show_image(self, image: QImage | None) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inside = QRect(QPoint(1, 1), self.size() - QSize(2, 2))
        painter.setPen(pen("line", 1))
        painter.setBrush(theme.color("paper"))
        painter.drawRect(inside.adjusted(-1, -1, 0, 0))
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(inside, self.image)


def page_image(pdf: bytes, number: int, dpi: float) -> QImage:
    """A page as a picture of Qt's; for a worker."""
    made = pages.draw(pdf, number, dpi=dpi)
    image = QImage(made.data, made.width, made.height, made.stride, QImage.Format.Format_BGR888)
    return image.copy()  # the bytes belong to `made`
