"""The four big buttons of an item: 合格 不合格 不适用 未检, each with the key that works now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inspector.ui import icons
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import antialiased, pen

ICONS = {"pass": "check", "fail": "x", "not_applicable": "minus", "unchecked": "eye-off"}
TONES = {"pass": "ok", "fail": "bad", "not_applicable": "muted", "unchecked": "muted"}


class AnswerButton(QAbstractButton):
    """One verdict. `propose()` outlines it (the number says so), `take()` shows it as the answer.

    Only a taken 不合格 is filled, so failures stand out; state is never colour alone (icon, word, border)."""

    def __init__(self, verdict: str, word: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = verdict
        self._key = key
        self._proposed = False
        self.setCheckable(True)
        self.setText(word)
        self.setAccessibleName(word)
        self.setAccessibleDescription(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def verdict(self) -> str:
        return self._verdict

    def show_key(self, key: str) -> None:
        """A cap never shows a key that would not work: `Alt 1` while a field has the focus."""
        if key != self._key:
            self._key = key
            self.setAccessibleDescription(key)
            self.update()

    def propose(self, yes: bool) -> None:
        if yes != self._proposed:
            self._proposed = yes
            self.update()

    def take(self, yes: bool) -> None:
        self.setChecked(yes)

    def nextCheckState(self) -> None:
        """A press says what was pressed; what is taken is shown when it is saved."""

    def _metrics(self) -> tuple[int, int, int]:
        cap = QFontMetrics(theme.font("hint")).horizontalAdvance(self._key) + 14 if self._key else 0
        word = QFontMetrics(theme.font("title", bold=True)).horizontalAdvance(self.text())
        return cap, 20, word

    def sizeHint(self) -> QSize:
        cap, icon, word = self._metrics()
        return QSize(10 + cap + 8 + icon + 6 + word + 12, theme.look.answer)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 48)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, tone = theme.look, TONES[self._verdict]
        taken, filled = self.isChecked(), self.isChecked() and self._verdict == "fail"
        painter = antialiased(self)
        marked = taken or self._proposed
        edge = look.focus if marked or self.hasFocus() else look.border
        soft = "neutral_soft" if tone == "muted" else f"{tone}_soft"
        border = (
            "accent"
            if self.hasFocus() and not marked
            else tone
            if marked or (look.sunlight and tone != "muted")
            else "line2"
        )
        painter.setPen(pen(border, edge))
        painter.setBrush(
            theme.color(tone if filled else soft if marked else "hover" if self.underMouse() else "surface")
        )
        box = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        if self.hasFocus() and marked:
            painter.setPen(pen("accent", look.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), 5, 5)
        cap, icon, word = self._metrics()
        left = 10
        if cap:
            key_box = QRectF(left, self.height() / 2 - 10, cap, 20)
            painter.setPen(pen("line" if not look.sunlight else "text", look.border))
            painter.setBrush(theme.color("bg"))
            painter.drawRoundedRect(key_box, RADIUS["key"], RADIUS["key"])
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font("hint"))
            painter.drawText(key_box, Qt.AlignmentFlag.AlignCenter, self._key)
        # the word in the middle of the button, but never over the cap
        width = icon + 6 + word
        start = max(left + cap + 8, (self.width() - width + left + cap) // 2)
        ink = "on_bad" if filled else "text"
        token = ink if filled else tone
        picture = icons.pixmap(ICONS[self._verdict], px=20, token=token, on=self)
        painter.drawPixmap(start, (self.height() - 20) // 2, picture)
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("title", bold=self._verdict in ("pass", "fail") or taken))
        painter.drawText(
            QRectF(start + icon + 6, 0, self.width() - start - icon - 6, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )
