"""核对 — 被检查方 — 检查员签名: where one is, and a way to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from inspector.text import say
from inspector.ui import icons
from inspector.ui.theme import theme
from inspector.ui.widgets.dress import antialiased, pen
from inspector.ui.widgets.text import Label

ROUND_PX = 24


class Step(QAbstractButton):
    """One step: its number in a circle, a tick when it is done, bold while one is at it."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        self._number, self._done, self._here = number, False, False
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(done=False, here=False)

    def show_state(self, *, done: bool, here: bool) -> None:
        """How far the step is."""
        self._done, self._here = done, here
        state = say("sign-step-done") if done else say("sign-step-open")
        self.setAccessibleName(f"{self.text()} {state}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font("body", bold=True)).horizontalAdvance(self.text())
        return QSize(ROUND_PX + 10 + words + 6, theme.look.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        top = (self.height() - ROUND_PX) / 2
        spot = QRectF(1, top, ROUND_PX, ROUND_PX)
        filled = "ok" if self._done else "accent" if self._here else ""
        painter.setPen(pen(filled or "line2", 1.6))
        painter.setBrush(theme.color(filled) if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot.adjusted(1, 1, -1, -1))
        if self._done:
            tick = icons.pixmap("check", px=16, token="on_accent", on=self)
            painter.drawPixmap(round(spot.left()) + 4, round(top) + 4, tick)
        else:
            painter.setFont(theme.font("second", bold=self._here))
            painter.setPen(theme.color("on_accent" if self._here else "muted"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(theme.font("body", bold=self._here))
        painter.setPen(theme.color("text" if self._here else "muted"))
        room = self.rect().adjusted(ROUND_PX + 10, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(pen("accent", theme.look.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 2, -1, -3), 6, 6)


class Steps(QWidget):
    """The steps in a row."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._steps: list[Step] = []
        for number, word in enumerate(words):
            if number:
                row.addWidget(Label("—", tone="faint"))
            step = Step(number + 1, word)
            step.clicked.connect(partial(self.chosen.emit, number))
            self._steps.append(step)
            row.addWidget(step)

    def show_state(self, done: Sequence[bool], here: int) -> None:
        """Which are done, and at which one is."""
        for number, step in enumerate(self._steps):
            step.show_state(done=done[number], here=number == here)
