"""Paints two-line rows and the headings above groups of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QWidget

from inspector.ui import icons
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import fill, pen
from inspector.ui.widgets.marks import paint_ring
from inspector.ui.widgets.row import Fact, Heading, Row
from inspector.ui.widgets.tiles import paint_photo

CENTRE, RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
LEFT_PX: Final = 14  # where rows and headings begin
LINE_PER_PX: Final = 1.448  # the height of a line of the font, for each px of its size


class RowPainter:
    """Paints on `view`. `picture` gives the image of a photo, if it is here; `large` headings are bold."""

    def __init__(
        self, view: QWidget, picture: Callable[[str], QImage | None] | None, *, large: bool = False
    ) -> None:
        self._view, self._picture, self._large = view, picture, large
        self._role = "second" if large else "hint"

    @property
    def heading_px(self) -> int:
        """How tall a heading is in this look."""
        return round(theme.look.font_px(self._role) * LINE_PER_PX) + 14

    def paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        """What stands above the first row of a group."""
        painter.setFont(theme.font(self._role, bold=self._large))
        painter.setPen(theme.color(heading.tone))
        painter.drawText(rect.adjusted(LEFT_PX, 4, -8, 0), CENTRE, heading.text)

    def paint(self, painter: QPainter, rect: QRect, row: Row, *, here: bool, over: bool, last: bool) -> None:
        """A row in its rectangle: taken (`here`), under the mouse (`over`), the `last` one of the list."""
        view = self._view
        inverted = here and theme.look.sunlight
        if here or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if here else "hover"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), RADIUS["control"], RADIUS["control"])
        if here and view.hasFocus() and not inverted:
            painter.setPen(pen("accent", theme.look.border))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(rect).adjusted(0.5, 1.5, -0.5, -1.5), RADIUS["control"], RADIUS["control"]
            )
        if not last and not here:
            edge = theme.look.border
            line = QRect(rect.left(), rect.bottom() + 1 - edge, rect.width(), edge)
            fill(painter, line, "line")
        left = self._lead(painter, row, rect, inverted, here)
        right = self._tail(painter, row, rect, inverted)
        self._words(painter, row, QRect(QPoint(left, rect.top()), QPoint(right - 8, rect.bottom())), here)

    def _lead(self, painter: QPainter, row: Row, rect: QRect, inverted: bool, here: bool) -> int:
        left = rect.left() + LEFT_PX
        if row.photo:
            tall = rect.height() - 14
            box = QRectF(left, rect.top() + 7, tall * 4 / 3, tall)
            paint_photo(painter, box, self._picture(row.photo) if self._picture else None)
            return round(box.right()) + 12
        if not row.icon:
            return left
        token = "on_selected" if inverted else "accent" if here else "faint" if row.faint else "muted"
        picture = icons.pixmap(row.icon, px=20, token=token, on=self._view)
        painter.drawPixmap(left, rect.center().y() - 9, picture)
        return left + 32

    def _tail(self, painter: QPainter, row: Row, rect: QRect, inverted: bool) -> int:
        right = rect.right() - 12
        if row.action:
            box = action_box(row, rect)
            painter.setPen(pen("line2" if theme.look.sunlight else "line", theme.look.border))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.action)
            right = round(box.left()) - 12
        for fact in reversed(row.facts):
            right = self._fact(painter, fact, rect, right, inverted)
        if row.ring:
            box = QRectF(right - 20, rect.center().y() - 10, 20, 20)
            paint_ring(painter, self._view, box, *row.ring, inverted=inverted)
            right -= 28
        return right

    def _fact(self, painter: QPainter, fact: Fact, rect: QRect, right: int, inverted: bool) -> int:
        if "\n" in fact.text:
            return self._fact_of_two_lines(painter, fact, rect, right, inverted)
        font = theme.font("second", bold=fact.bold or fact.badge)
        metrics = QFontMetrics(font)
        words = metrics.horizontalAdvance(fact.text)
        width = max(theme.look.px(fact.width), words + (16 if fact.badge else 0))
        painter.setFont(font)
        ink = "on_selected" if inverted else fact.tone
        if fact.badge and fact.text:
            tall = metrics.height() + 4
            box = QRectF(right - words - 14, rect.center().y() - tall / 2, words + 14, tall)
            soft = "neutral_soft" if fact.tone == "muted" else f"{fact.tone}_soft"
            painter.setPen(pen(fact.tone, theme.look.border) if theme.look.sunlight else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(soft))
            painter.drawRoundedRect(box, RADIUS["badge"], RADIUS["badge"])
            painter.setPen(theme.color(fact.tone))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fact.text)
        else:
            box = QRectF(right - width, rect.top(), width, rect.height())
            painter.setPen(theme.color(ink))
            painter.drawText(box, CENTRE | RIGHT, fact.text)
            if fact.icon:
                picture = icons.pixmap(fact.icon, px=16, token=ink, on=self._view)
                painter.drawPixmap(right - words - 22, rect.center().y() - 7, picture)
                width += 22
        return right - width - 14

    def _fact_of_two_lines(
        self, painter: QPainter, fact: Fact, rect: QRect, right: int, inverted: bool
    ) -> int:
        much, _, what = fact.text.partition("\n")
        large, small = theme.font("title", bold=True), theme.font("hint")
        tall = QFontMetrics(large).height()
        words = max(QFontMetrics(large).horizontalAdvance(much), QFontMetrics(small).horizontalAdvance(what))
        width = max(theme.look.px(fact.width), words)
        top = rect.center().y() - (tall + QFontMetrics(small).height()) // 2
        painter.setPen(theme.color("on_selected" if inverted else fact.tone))
        for font, text, at in ((large, much, top), (small, what, top + tall)):
            painter.setFont(font)
            painter.drawText(
                QRect(right - width, at, width, QFontMetrics(font).height()), CENTRE | RIGHT, text
            )
        return right - width - 14

    def _words(self, painter: QPainter, row: Row, room: QRect, here: bool) -> None:
        ink = "on_selected" if here else "text"
        two = bool(row.note)
        title_font = theme.font("item", bold=here and not theme.look.sunlight)
        metrics = QFontMetrics(title_font)
        note_font = theme.font("hint")
        tall = metrics.height() + (QFontMetrics(note_font).height() if two else 0)
        top = room.center().y() - tall // 2
        painter.setFont(title_font)
        painter.setPen(theme.color(ink if not row.faint or here else "muted"))
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRect(room.left(), top, room.width(), metrics.height()), CENTRE, title)
        if two:
            small = QFontMetrics(note_font)
            painter.setFont(note_font)
            painter.setPen(theme.color(ink if here and theme.look.sunlight else "muted"))
            note = small.elidedText(row.note, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(
                QRect(room.left(), top + metrics.height(), room.width(), small.height()), CENTRE, note
            )


def action_box(row: Row, rect: QRect) -> QRectF:
    """Where the small button of a row is painted; its hit area is the row's height. Beside facts it has room for four
    汉字, whatever it says: the facts of all rows end at one edge."""
    words = QFontMetrics(theme.font("body")).horizontalAdvance(row.action)
    if row.facts:
        words = max(words, 4 * theme.look.font_px("body"))
    width, tall = words + 38, max(34, theme.look.control - 10)
    return QRectF(rect.right() - 12 - width, rect.center().y() - tall / 2 + 0.5, width, tall)
