"""Lists of two-line rows: one model over frozen rows, one delegate that paints them, keys that open them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, overload

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector.ui import icons
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import fill, pen
from inspector.ui.widgets.marks import paint_ring
from inspector.ui.widgets.tiles import paint_photo

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
LAID_AT_ONCE: Final = 400
CENTRE, RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Fact:
    """A fact at the right of a row, in a column `width` px wide (0: as wide as it is)."""

    text: str
    tone: str = "muted"
    width: int = 0
    bold: bool = False
    icon: str = ""
    badge: bool = False


@dataclass(frozen=True)
class Row:
    """What one row shows. `key` is what it opens; `action` a word on a small button at the right end, `photo` the hash
    of a picture at the left instead of the icon, `ring` (done, total) a ring before the last fact."""

    key: str
    title: str
    note: str = ""
    icon: str = ""
    photo: str = ""
    facts: tuple[Fact, ...] = ()
    ring: tuple[int, int] | None = None
    action: str = ""
    faint: bool = False
    group: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        facts = [fact.text for fact in self.facts if fact.text]
        return " ".join((self.title, self.note, *facts, self.action)).strip()


class MadeRows(Sequence[Row]):
    """Rows of a long list, by their keys: each is made when it is asked for. `make` may remember some of them."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.keys = keys
        self._make = make

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return MadeRows(self.keys[at], self._make)
        return self._make(self.keys[at])


class RowsModel(QAbstractListModel):
    """Rows in their order. `show_rows` swaps them all; the current one is found again by its key."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows if isinstance(rows, MadeRows) else tuple(rows)
        self.endResetModel()

    def move(self, at: int, to: int) -> bool:
        """Move one row to another place; whether it moved."""
        if at == to or not (0 <= at < len(self._rows) and 0 <= to < len(self._rows)):
            return False
        root = QModelIndex()
        self.beginMoveRows(root, at, at, root, to + 1 if to > at else to)
        rows = list(self._rows)
        rows.insert(to, rows.pop(at))
        self._rows = tuple(rows)
        self.endMoveRows()
        return True

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def place(self, key: str) -> QModelIndex:
        """Where the row with this key is; an invalid index if it is not there."""
        if isinstance(self._rows, MadeRows):
            return self.index(self._rows.keys.index(key)) if key in self._rows.keys else QModelIndex()
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.note}" if row.note else row.title
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints rows. `picture` gives the image of a photo, if it is here."""

    def __init__(self, parent: QWidget, picture: Callable[[str], QImage | None] | None = None) -> None:
        super().__init__(parent)
        self._picture = picture

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.look.row2 + self._heading(index))

    def _heading(self, index: Index) -> int:
        """How much room the heading of a group takes above its first row, in px."""
        row: Row | None = index.data(ROW)
        if row is None or not row.group:
            return 0
        before = index.model().index(index.row() - 1, 0).data(ROW) if index.row() else None
        same = before is not None and before.group == row.group
        return 0 if same else round(theme.look.font_px("hint") * 1.448) + 14

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW)
        view = self.parent()
        if row is None or not isinstance(view, RowList):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if heading := self._heading(index):
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.color("muted"))
            above = QRect(rect.left() + 8, rect.top() + 4, rect.width() - 16, heading - 4)
            painter.drawText(above, CENTRE, row.group)
            rect = rect.adjusted(0, heading, 0, 0)
        here = view.shows_taken(index)
        inverted = here and theme.look.sunlight
        over = index.row() == view.hovered
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
        if index.row() + 1 < index.model().rowCount() and not here:
            edge = theme.look.border
            line = QRect(rect.left(), rect.bottom() + 1 - edge, rect.width(), edge)
            fill(painter, line, "line")
        left = self._lead(painter, view, row, rect, inverted, here)
        right = self._tail(painter, view, row, rect, inverted)
        self._words(painter, row, QRect(QPoint(left, rect.top()), QPoint(right - 8, rect.bottom())), here)
        painter.restore()

    def _lead(
        self, painter: QPainter, view: QWidget, row: Row, rect: QRect, inverted: bool, here: bool
    ) -> int:
        left = rect.left() + 14
        if row.photo:
            tall = rect.height() - 14
            box = QRectF(left, rect.top() + 7, tall * 4 / 3, tall)
            paint_photo(painter, box, self._picture(row.photo) if self._picture else None)
            return round(box.right()) + 12
        if not row.icon:
            return left
        token = "on_selected" if inverted else "accent" if here else "faint" if row.faint else "muted"
        picture = icons.pixmap(row.icon, px=20, token=token, on=view)
        painter.drawPixmap(left, rect.center().y() - 9, picture)
        return left + 32

    def _tail(self, painter: QPainter, view: QWidget, row: Row, rect: QRect, inverted: bool) -> int:
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
            right = self._fact(painter, view, fact, rect, right, inverted)
        if row.ring:
            box = QRectF(right - 20, rect.center().y() - 10, 20, 20)
            paint_ring(painter, view, box, *row.ring, inverted=inverted)
            right -= 28
        return right

    def _fact(
        self, painter: QPainter, view: QWidget, fact: Fact, rect: QRect, right: int, inverted: bool
    ) -> int:
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
                picture = icons.pixmap(fact.icon, px=16, token=ink, on=view)
                painter.drawPixmap(right - words - 22, rect.center().y() - 7, picture)
                width += 22
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
    """Where the small button of a row is painted; its hit area is the row's height."""
    words = QFontMetrics(theme.font("body")).horizontalAdvance(row.action)
    width, tall = words + 38, max(34, theme.look.control - 10)
    return QRectF(rect.right() - 12 - width, rect.center().y() - tall / 2 + 0.5, width, tall)


class RowList(QListView):
    """A list of rows. `opened` on Enter or a press, `acted` on the row's small button (or Enter, if there is one),
    `chosen` when another row becomes the current one."""

    opened = Signal(str)
    acted = Signal(str)
    chosen = Signal(str)
    typed = Signal(str)  # a character typed on the list: the search field takes it

    def __init__(
        self,
        *,
        name: str,
        picture: Callable[[str], QImage | None] | None = None,
        fitted: bool = False,
        grouped: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`fitted`: as tall as its rows, without a scroll bar of its own. `grouped`: headings above groups of rows,
        for lists that are short."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = RowsModel()
        self.setModel(self.rows)
        self._delegate = RowDelegate(self, picture)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(not grouped)
        # Qt asks a model in Python for each row when it lays out: 5 µs each, half a second for 100,000 (measured)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(LAID_AT_ONCE)
        self.setMouseTracking(True)
        self.hovered = -1
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(theme.look.row2)
        self.setProperty("kind", "rows")
        self._fitted = fitted
        if fitted:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Row], *, current: str | None = None) -> None:
        """Swap the rows; stay at the row with the key `current`, else at the one where one was."""
        at = self.current() if current is None else current
        self.rows.show_rows(rows)
        if at:
            self.go_to(at)
        if self._fitted:
            self.updateGeometry()

    def current(self) -> str:
        """The key of the current row, or nothing."""
        row = self.currentIndex().data(ROW)
        return row.key if isinstance(row, Row) else ""

    def shows_taken(self, index: Index) -> bool:
        """Whether a row is painted as taken: the current one. Not from the state that Qt hands to a delegate: the class
        of its flags takes 12 ms to load, and home has a list (measured)."""
        return index == self.currentIndex()

    def go_to(self, key: str) -> None:
        """Make a row the current one."""
        index = self.rows.place(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self._come_to(key)

    def _come_to(self, key: str) -> None:
        """Scroll to the current row; one far down a long list is laid out a moment later."""
        if self.current() != key:
            return
        seen = self.isVisible() and not self.viewport().size().isEmpty()
        if seen and self.visualRect(self.currentIndex()).isEmpty():
            QTimer.singleShot(0, self, partial(self._come_to, key))
        else:
            self.scrollTo(self.currentIndex())

    def step(self, by: int) -> None:
        """The row below (+1) or above (−1) becomes the current one."""
        count = self.rows.rowCount()
        if count:
            at = self.currentIndex().row()
            self.setCurrentIndex(self.rows.index(max(0, min(count - 1, at + by))))

    def open_current(self) -> None:
        """Open the current row, or the first if there is none."""
        if not self.current():
            self.step(1)
        if key := self.current():
            self.opened.emit(key)

    def sizeHint(self) -> QSize:
        if self._fitted:
            return QSize(200, self.rows.rowCount() * theme.look.row2 + 2)
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._fitted else super().minimumSizeHint()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW) if current.isValid() else None
        if isinstance(row, Row):
            self.chosen.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(row, Row):
                (self.acted if row.action else self.opened).emit(row.key)
        elif (
            event.text().strip()
            and event.text().isprintable()
            and event.modifiers()
            in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            before, self.hovered = self.hovered, row
            for number in (before, row):
                self.update(self.rows.index(number))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        row = index.data(ROW) if index.isValid() else None
        if event.button() != Qt.MouseButton.LeftButton or not isinstance(row, Row):
            return
        if row.action and at.x() >= action_box(row, self.visualRect(index)).left() - 8:
            self.acted.emit(row.key)
        else:
            self.opened.emit(row.key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
