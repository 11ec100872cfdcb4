"""Items that are not the current one: painted lines, since a section turns under the hand and must not wait.

A row of eight widgets cost 10 ms to make and polish, a painted one less than 1 (measured 2026-11)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from inspector.model.answer import Answer, Header, Off
from inspector.model.form import HeaderItem, Item, Text
from inspector.model.words import Verdict, word
from inspector.text import say
from inspector.ui import icons
from inspector.ui.inspect.photo_tiles import dragged
from inspector.ui.inspect.words import answer_words, limit_words, takes_number
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import Painted, antialiased, fill, pen
from inspector.ui.widgets.marks import STATE_TONES, paint_state

MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
BUTTONS: Final = (Verdict.PASS, Verdict.FAIL)


class Line(Painted):
    """State, number, words, and at the right what is known."""

    chosen = Signal(str)

    def __init__(self, code: str, text: str) -> None:
        super().__init__()
        self.code = code
        self._text = text
        self._state, self._said, self._tone = "open", "", "muted"
        self._quiet, self._photos, self._open = False, 0, False
        self._cut = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, theme.look.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, theme.look.row)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._text if self._cut else "", self)
            return True
        return super().event(event)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.code)

    def boxes(self) -> dict[Verdict, QRectF]:
        """Where the small buttons are, from left to right; none unless the item waits for a verdict."""
        return {}

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        if self.underMouse():
            fill(painter, self.rect(), "hover")
        edge = theme.look.border
        fill(painter, QRect(0, self.height() - edge, self.width(), edge), "line")
        paint_state(painter, self, QRectF(14, (self.height() - 20) / 2, 20, 20), self._state)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.color("muted"))
        wide = painter.fontMetrics().horizontalAdvance(self.code)
        painter.drawText(QRectF(44, 0, wide + 4, self.height()), MIDDLE, self.code)
        right = self._paint_right(painter)
        painter.setFont(theme.font("item"))
        painter.setPen(theme.color("muted" if self._quiet else "text"))
        left = 44 + wide + 14
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, round(right - left))
        self._cut = shown != self._text
        painter.drawText(QRectF(left, 0, right - left, self.height()), MIDDLE, shown)

    def _paint_right(self, painter: QPainter) -> float:
        right = float(self.width() - 12)
        for verdict, box in self.boxes().items():
            painter.setPen(pen("line2" if theme.look.sunlight else "line", theme.look.border))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text" if theme.look.sunlight else "muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word(verdict))
            right = min(right, box.left() - 10)
        if self._said:
            painter.setFont(theme.font("second", bold=self._state == "fail"))
            painter.setPen(theme.color(self._tone))
            # one px more than it advances: elidedText cuts what fits exactly
            room = min(painter.fontMetrics().horizontalAdvance(self._said) + 2, self.width() // 2)
            said = painter.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
            right -= room
            painter.drawText(QRectF(right, 0, room + 2, self.height()), MIDDLE, said)
            right -= 10
        if self._photos:
            painter.setFont(theme.font("second"))
            painter.setPen(theme.color("muted"))
            count = str(self._photos)
            right -= painter.fontMetrics().horizontalAdvance(count)
            painter.drawText(QRectF(right, 0, 40, self.height()), MIDDLE, count)
            right -= 24
            picture = icons.pixmap("camera", px=16, token="muted", on=self)
            painter.drawPixmap(round(right), (self.height() - 16) // 2, picture)
            right -= 10
        return right


class ItemRow(Line):
    """`answered` on one of its small buttons, so that touch needs no selection first; `dropped` with photos."""

    answered = Signal(str, object)  # code, Verdict
    dropped = Signal(str, object)  # code, hashes of photos

    def __init__(self, item: Item) -> None:
        super().__init__(item.code, item.text)
        self.item = item
        self._drawn: tuple[object, ...] = ()
        self.setAcceptDrops(True)

    def show_answer(
        self, given: Answer, *, header: Header, found: int, photos: int, off: Off | None, why_off: str
    ) -> None:
        """How it stands."""
        drawn = (given, found, photos, off, why_off, limit_words(self.item, header))
        if drawn == self._drawn:
            return
        self._drawn = drawn
        verdict = off.verdict if off else given.verdict
        self._state = verdict.value if verdict else "open"
        said = why_off if off else answer_words(self.item, given, found)
        waits = verdict is None and not isinstance(self.item.answer, Text)
        self._open = waits and not takes_number(self.item)
        self._tone = "muted" if waits or off else STATE_TONES[self._state]
        self._quiet = verdict in (Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)
        self._photos = photos
        spoken = said or (say("ui-open") if waits else "")
        self._said = said or (drawn[-1] if takes_number(self.item) else "")
        self.setAccessibleName(f"{self.item.code} {self.item.text} {spoken}".strip())
        self.update()

    def boxes(self) -> dict[Verdict, QRectF]:
        if not self._open:
            return {}
        metrics = QFontMetrics(theme.font("body"))
        tall = max(36, theme.look.control - 10)
        right = float(self.width() - 12)
        found = {}
        for verdict in reversed(BUTTONS):
            wide = metrics.horizontalAdvance(word(verdict)) + 38
            found[verdict] = QRectF(right - wide, (self.height() - tall) / 2, wide, tall)
            right -= wide + 10
        return dict(reversed(found.items()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        for verdict, box in self.boxes().items():
            # the hit area is the row's height
            if event.button() == Qt.MouseButton.LeftButton and box.left() - 4 <= at.x() <= box.right() + 4:
                self.answered.emit(self.code, verdict)
                return
        super().mouseReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(self.code, dragged(event.mimeData()))


class HeaderRow(Line):
    """One answered or waiting item of the header."""

    def __init__(self, item: HeaderItem) -> None:
        super().__init__(item.code, item.key)
        self.item = item
        self._answer: str | None = None

    def show_answer(self, text: str) -> None:
        if text == self._answer:
            return
        self._answer = text
        self._state = "pass" if text else "open"
        self._said = text or ("" if self.item.required else say("ui-optional"))
        self._tone = "text" if text else "muted"
        self.setAccessibleName(f"{self.item.code} {self.item.key} {text or say('ui-open')}")
        self.update()
