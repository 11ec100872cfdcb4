"""Whether what was typed is on the disk: 正在存… · 已保存 HH:MM:SS · 磁盘较慢 · 没存上."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.text import say
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label
from inspector.ui.work import SaveLane

SLOW_MS: Final = 2_000


class SavedIndicator(QWidget):
    """Follows the save lane. 已保存 appears only after the last commit returned."""

    def __init__(self, lane: SaveLane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = Icon("circle-check", px=16, token="ok")
        self._text = Label("", role="second", tone="muted")
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._is_slow)
        lane.began.connect(self._began)
        lane.saved.connect(self._saved)
        lane.stuck.connect(self._stuck)
        lane.unstuck.connect(self._began)
        if lane.error is not None:
            self._stuck()
        elif lane.pending:
            self._began()
        else:
            self._say("circle-check", "ok", "", "muted")

    @property
    def text(self) -> str:
        return self._text.text()

    def rest(self, text: str) -> None:
        """What to say before anything was saved on this screen, e.g. 15 张都已存好."""
        if not self._lane.pending and self._lane.error is None:
            self._say("circle-check", "ok", text, "muted")

    def _began(self) -> None:
        if self._lane.error is not None:
            return
        if not self._slow.isActive():
            self._slow.start()
        self._text.setMinimumWidth(self._usual_width())  # the keys beside it do not move at each save
        self._say("loader-2", "muted", say("ui-saving"), "muted")

    def _usual_width(self) -> int:
        # a label asks for a px more than its text advances: with that alone the bar moved at each save (measured)
        return self._text.fontMetrics().horizontalAdvance(say("ui-saved", time="00:00:00")) + 4

    def _saved(self) -> None:
        self._slow.stop()
        self._say(
            "circle-check", "ok", say("ui-saved", time=f"{datetime.now().astimezone():%H:%M:%S}"), "muted"
        )

    def _is_slow(self) -> None:
        if self._lane.pending and self._lane.error is None:
            self._say("hourglass", "warn", say("ui-disk-slow", count=self._lane.pending), "warn")

    def _stuck(self) -> None:
        self._slow.stop()
        self._say("alert-circle", "bad", say("ui-not-saved", count=self._lane.pending), "bad")

    def _say(self, icon: str, token: str, text: str, tone: str) -> None:
        self._icon.setVisible(bool(text))
        self._icon.show_icon(icon, token)
        self._text.setText(text)
        self._text.tone(tone)
