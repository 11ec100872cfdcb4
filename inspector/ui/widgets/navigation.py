"""The navigation at the left: words beside icons, or below them where the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from inspector.text import say
from inspector.ui import icons
from inspector.ui.screens import Entry
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import Painted, antialiased, pen
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import Badge, ElidedLabel, Label

WIDE_PX, NARROW_PX = 208, 80
ICON_PX, LINE = 20, 1.448  # of a button; the height of a line in that of its font
WORD_SIDE_PX = 14  # what stands beside a word below an icon


def folded_px() -> int:
    """How wide the folded column is: four 汉字 of a word have room at every size of text."""
    return max(NARROW_PX, 4 * theme.look.font_px("hint") + 2 * WORD_SIDE_PX)


def folded_size(*, least: bool = False) -> QSize:
    """A button with its word below the icon; the `least` that it needs where the window is low."""
    word = theme.look.font_px("hint")
    tall = round(ICON_PX + word * LINE)
    return QSize(4 * word, tall + 2) if least else QSize(folded_px() - WORD_SIDE_PX, max(49, tall + 10))


class NavigationButton(QAbstractButton):
    """One screen. `count` is what needs somebody now, not a total; a second line says what about it."""

    def __init__(self, icon: str, word: str, *, key: str = "") -> None:
        super().__init__()
        self._icon, self._key = icon, key
        self._count, self._note, self._tone = 0, "", "muted"
        self._narrow = False
        self.setText(word)
        self.setAccessibleName(word)
        self.setAccessibleDescription(key)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def fold(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.updateGeometry()
        self.update()

    def show_count(self, count: int, *, note: str = "", tone: str = "muted") -> None:
        self._count, self._note, self._tone = count, note, tone
        word = self.text()
        self.setAccessibleName(" ".join(filter(None, (word, str(count or ""), note))))
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Checked is the screen that is shown; the window says which."""

    def sizeHint(self) -> QSize:
        look = theme.look
        if self._narrow:
            return folded_size()
        two = bool(self._note)
        return QSize(WIDE_PX - 20, look.row2 - 12 if two else max(46, look.control))

    def minimumSizeHint(self) -> QSize:
        """In a low window all screens stand closer before any is out of sight."""
        look = theme.look
        if self._narrow:
            return folded_size(least=True)
        lines = look.font_px("body") + (look.font_px("hint") if self._note else 6)
        return QSize(WIDE_PX - 20, round(lines * LINE) + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.look
        painter = antialiased(self)
        here = self.isChecked()
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if here or self.underMouse() or self.hasFocus():
            edge = "accent" if self.hasFocus() else "here_line" if here else "side"
            painter.setPen(pen(edge, look.focus if self.hasFocus() else look.border))
            painter.setBrush(theme.color("here" if here else "hover"))
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        ink = "on_here" if here else "text"
        token = "here_icon" if here else self._tone if self._note else "muted"
        picture = icons.pixmap(self._icon, px=20, token=token, on=self)
        painter.setFont(theme.font("hint" if self._narrow else "body", bold=here))
        metrics = painter.fontMetrics()
        if self._narrow:
            word = f"{self.text()} {self._count}" if self._count else self.text()
            top = (self.height() - ICON_PX - metrics.height()) // 2
            painter.drawPixmap((self.width() - ICON_PX) // 2, top, picture)
            painter.setPen(theme.color(ink))
            painter.drawText(
                QRectF(0, top + ICON_PX - 1, self.width(), metrics.height()),
                Qt.AlignmentFlag.AlignCenter,
                metrics.elidedText(word, Qt.TextElideMode.ElideRight, self.width()),
            )
            return
        painter.drawPixmap(11, (self.height() - 20) // 2, picture)
        painter.setPen(theme.color(ink))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right_text = str(self._count) if self._count else ""
        room = self.width() - 41 - 12
        if self._note:
            painter.drawText(QRectF(41, 3, room, self.height() / 2), left, self.text())
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.color("on_here" if here and look.sunlight else self._tone))
            note = QFontMetrics(painter.font()).elidedText(self._note, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(41, self.height() / 2, room, self.height() / 2 - 5), left, note)
        else:
            painter.drawText(QRectF(41, 0, room, self.height()), left, self.text())
            painter.setFont(theme.font("second"))
            painter.setPen(theme.color("on_here" if here else "muted"))
            painter.drawText(
                QRectF(41, 0, room, self.height()),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                right_text,
            )


class FindButton(QAbstractButton):
    """The way to everything: looks like a field, opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.setText(say("nav-find"))
        self.setAccessibleName(say("nav-find"))
        self.setAccessibleDescription("Ctrl K")
        self.setToolTip(say("nav-find-tip"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def fold(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return folded_size() if self._narrow else QSize(WIDE_PX - 20, theme.look.control)

    def minimumSizeHint(self) -> QSize:
        return folded_size(least=True) if self._narrow else self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.look
        painter = antialiased(self)
        picture = icons.pixmap("search", px=20, token="muted", on=self)
        edge = look.focus if self.hasFocus() else look.border
        box = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        if not self._narrow or self.hasFocus():
            painter.setPen(pen("accent" if self.hasFocus() else "line2", edge))
            painter.setBrush(theme.color("hover" if self.underMouse() else "surface"))
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        painter.setPen(theme.color("muted"))
        if self._narrow:
            painter.setFont(theme.font("hint"))
            tall = painter.fontMetrics().height()
            top = (self.height() - ICON_PX - tall) // 2
            painter.drawPixmap((self.width() - ICON_PX) // 2, top, picture)
            word = QRectF(0, top + ICON_PX - 1, self.width(), tall)
            painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())
            return
        painter.drawPixmap(11, (self.height() - 20) // 2, picture)
        painter.setFont(theme.font("body"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(38, 0, self.width() - 38, self.height()), middle, self.text())
        painter.setFont(theme.font("hint"))
        wide = painter.fontMetrics().horizontalAdvance("Ctrl K") + 12
        cap = QRectF(self.width() - wide - 9, self.height() / 2 - 10, wide, 20)
        painter.setPen(pen("line", look.border))
        painter.setBrush(theme.color("bg"))
        painter.drawRoundedRect(cap, RADIUS["key"], RADIUS["key"])
        painter.setPen(theme.color("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "Ctrl K")


class Navigation(QFrame):
    """The column of screens. Its entries are those that the program has."""

    opened = Signal(str)
    find_pressed = Signal()

    def __init__(self, entries: Sequence[Entry], *, title: str, note: str, example: bool) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setAccessibleName(say("nav-name"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scrolled = Scrolled()
        outer.addWidget(self._scrolled)
        column = self._scrolled.body
        column.setSpacing(0)
        self._column = column
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(10, 0, 6, 8)
        head.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(ElidedLabel(title, bold=True), 1)
        if example:
            first.addWidget(Badge(say("ui-example"), tone="warn"))
        head.addLayout(first)
        head.addWidget(ElidedLabel(note, role="hint", tone="muted"))
        self._mark = Badge(say("ui-example"), tone="warn")
        self._mark.setVisible(False)
        self._example = example
        column.addWidget(self._head)
        column.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._find = FindButton()
        self._find.clicked.connect(self.find_pressed)
        column.addWidget(self._find)
        column.addSpacerItem(QSpacerItem(0, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum))
        self._buttons: dict[str, NavigationButton] = {}
        self._office = Label(say("nav-office"), role="hint", tone="muted")
        self._office.setContentsMargins(10, 14, 0, 4)
        self._office.hide()
        groups: dict[str, list[Entry]] = {"": [], "office": [], "below": []}
        for entry in entries:
            groups[entry.group].append(entry)
        self._add(groups[""])
        self._has_office = bool(groups["office"])
        column.addWidget(self._office)
        self._add(groups["office"])
        column.addStretch(1)
        self._add(groups["below"])
        self.fold(False)

    def _add(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            button = NavigationButton(entry.icon, say(entry.word))
            button.setObjectName(entry.screen)
            button.clicked.connect(self._clicked)
            self._buttons[entry.screen] = button
            self._column.addWidget(button)

    def fold(self, narrow: bool) -> None:
        """Icons with words below, where the window is narrow."""
        side = 6 if narrow else 10
        self._column.setContentsMargins(side, 8 if narrow else 16, side, 4 if narrow else 8)
        self._head.setVisible(not narrow)
        self._mark.setVisible(narrow and self._example)
        self._office.setVisible(not narrow and self._has_office)
        self._find.fold(narrow)
        for button in self._buttons.values():
            button.fold(narrow)
        width = folded_px() if narrow else theme.look.px(WIDE_PX)
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)

    def show_here(self, screen: str) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == screen)
            if name == screen:
                self._scrolled.ensureWidgetVisible(button, 0, 0)

    def show_counts(self, counts: Mapping[str, int], notes: Mapping[str, str]) -> None:
        """What needs somebody now, by screen; `notes` say in words what about it."""
        for name, button in self._buttons.items():
            button.show_count(counts.get(name, 0), note=notes.get(name, ""), tone="warn")

    def _clicked(self) -> None:
        self.opened.emit(self.sender().objectName())


class Veil(Painted):
    """Dims what lies under an overlay; a press closes it."""

    pressed = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = antialiased(self)
        colour = theme.color("veil")
        colour.setAlphaF(0.42)
        painter.fillRect(self.rect(), colour)

    def mousePressEvent(self, event: object) -> None:
        self.pressed.emit()
