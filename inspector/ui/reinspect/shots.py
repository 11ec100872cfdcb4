"""Photos of how it looks now: for the finding that was shown when they were asked for, wherever one has gone since."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.ui.desk import Desk
from inspector.ui.inspect.intake import PhotoIntake


class RoundShots(QObject):
    """`came` with the finding and the photos (SHA-256). `finding` says which one is shown."""

    came = Signal(str, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, finding: Callable[[], str]) -> None:
        super().__init__(over)
        self._desk, self._over, self._finding = desk, over, finding

    def ask(self) -> None:
        """Which files."""
        self.intake().ask()

    def paste(self) -> None:
        """What lies in the clipboard."""
        self.intake().paste()

    def take(self, data: QMimeData) -> bool:
        """What was dropped; whether there was a photo in it."""
        return self.intake().take(data)

    def intake(self) -> PhotoIntake:
        """What takes photos in for the finding of now."""
        made = PhotoIntake(self._desk, self._over, placed=True)
        made.came.connect(partial(self.came.emit, self._finding()))
        made.failed.connect(self.failed)
        made.taken.connect(self._taken)
        return made

    def _taken(self, taken: tuple[Any, ...]) -> None:
        error = next((one.error for one in taken if one.error is not None), None)
        if error is not None:
            self.failed.emit(error)
