"""Printing: the printer's own dialog, then page after page, drawn on the paper lane and painted between events."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from inspector.model.errors import Environment
from inspector.services import pages
from inspector.ui.desk import Desk
from inspector.ui.paper import page_image

DPI: Final = 300  # a QR module of 0.6 mm has seven dots


class Printing(QObject):
    """One document at a time. `done` after the last page went to the printer."""

    done = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._left: list[int] = []

    def ask(self, pdf: bytes, name: str) -> QPrintDialog:
        """The printer's dialog (which printer, copies, pages); it prints on yes."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        dialog = QPrintDialog(printer, self._over)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.accepted.connect(partial(self.print_on, printer, pdf))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own open() wants a slot
        return dialog

    def print_on(self, printer: QPrinter, pdf: bytes) -> None:
        """All pages, or those that the dialog was told."""
        if self._painter is not None:
            return
        self._printer = printer
        self._desk.lanes.paper.ask(
            self, partial(pages.sizes, pdf), done=partial(self._begin, pdf), failed=self.failed.emit
        )

    def _begin(self, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        printer = self._printer
        if printer is None:
            return
        first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
        self._left = list(range(first - 1, min(last, len(sizes))))
        painter = QPainter()
        if not self._left or not painter.begin(printer):
            self._printer = None
            self.failed.emit(Environment("printer-refuses", printer=printer.printerName()))
            return
        self._painter = painter
        self._next(pdf)

    def _next(self, pdf: bytes) -> None:
        call = partial(page_image, pdf, self._left[0], float(DPI))
        self._desk.lanes.paper.ask(self, call, done=partial(self._paint, pdf), failed=self._give_up)

    def _paint(self, pdf: bytes, image: QImage) -> None:
        printer, painter = self._printer, self._painter
        if printer is None or painter is None:
            return
        room = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
        printable = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
        room.translate(-printable.topLeft())  # the painter's origin is the first dot that can be printed
        painter.drawImage(room, image)
        self._left.pop(0)
        if self._left:
            printer.newPage()
            self._next(pdf)
        else:
            self._end()
            self.done.emit()

    def _give_up(self, error: BaseException) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        if self._painter is not None:
            self._painter.end()
        self._painter = self._printer = None
