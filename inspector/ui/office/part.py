"""What the parts of the office's desk share: where they lead, a grey column beside the work, a list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services import list_files
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.page import Side

Cells = Sequence[Sequence[str | int | None]]


class DeskPart(QFrame):
    """`work` takes what one works on, `aside` the cards beside it."""

    go = Signal(object)
    told = Signal(object)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QFrame()
        left.setProperty("kind", "work")
        self.work = QVBoxLayout(left)
        self.work.setContentsMargins(24, 0, 16, 12)
        self.work.setSpacing(8)
        row.addWidget(left, 1)
        self.side = Side()
        outer = QVBoxLayout(self.side)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(16, 16, 16, 16), spacing=12)
        outer.addWidget(scrolled)
        self.aside = scrolled.body
        row.addWidget(self.side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit()

    def refresh(self) -> None:
        """Read again what is shown, through a lane."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Where the focus begins."""
        raise NotImplementedError


class SaveButton(Button):
    """A list as .xlsx or .csv, wherever a person wants it. `asked` for a file before it is written."""

    asked = Signal(object)  # Path

    def __init__(self, name: str) -> None:
        super().__init__(say("office-save"), icon="table-export", kind="row")
        self._name = name
        self.setAccessibleDescription(name)
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        file, _ = QFileDialog.getSaveFileName(
            self, say("office-save"), f"{self._name}.xlsx", say("office-save-kinds")
        )
        if file:
            self.asked.emit(Path(file))


def save_list(part: DeskPart, file: Path, headings: Sequence[str], rows: Cells) -> None:
    """Write a list on the paper lane, and tell where it is."""
    part.desk.lanes.paper.ask(
        part,
        partial(list_files.write, file, tuple(headings), tuple(tuple(row) for row in rows)),
        done=partial(_saved, part, file),
        failed=part.failed.emit,
    )


def _saved(part: DeskPart, file: Path, _: None) -> None:
    part.told.emit(Told(say("office-saved", file=file.name), icon="table-export"))
