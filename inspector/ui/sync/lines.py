"""A sentence with its sign in front, as the cards of a sync say what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label


class SignedLine(QWidget):
    """A line with its sign; `note` stands at its right end."""

    def __init__(self, text: str, icon: str, tone: str, *, note: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(icon, px=18, token=tone), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, tone="text" if tone in ("muted", "accent") else tone, wrap=True), 1)
        if note:
            row.addWidget(Label(note, role="second", tone=tone), alignment=Qt.AlignmentFlag.AlignTop)


def clear(lines: QLayout) -> None:
    """Takes all lines away."""
    while item := lines.takeAt(0):
        if gone := item.widget():
            gone.hide()
            gone.deleteLater()
