"""What the sections of the settings share: a part that is read when it is shown, and a line with its control."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui.widgets.text import Label


class Part(QWidget):
    """One section. `failed` gives what a service refused, `told` a Told."""

    failed = Signal(object)
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def refresh(self) -> None:
        """Read again what is shown."""


def line(title: str, note: str | Label, control: QWidget | None) -> QWidget:
    """A setting: its name over what it means, its control at the right."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(Label(title, role="item", wrap=True))
    said = note if isinstance(note, Label) else Label(note, role="second", tone="muted", wrap=True)
    names.addWidget(said)
    row.addLayout(names, 1)
    if control is not None:
        row.addWidget(control)
    return holder
