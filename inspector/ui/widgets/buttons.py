"""What is pressed: buttons by kind, icon buttons, segments, chips, switches, ticks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from inspector.ui import icons
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.dress import antialiased, dress, pen

_ICON_TOKEN = {"primary": "on_accent", "primarybig": "on_accent", "link": "accent", "toast": "toast_accent"}


class Button(QPushButton):
    """A button of a `kind`: normal, primary (one a screen), primarybig, ghost, row, link, toast.

    `key` is the shortcut that does the same; it is told to screen readers, a KeyCap beside it shows it. `flush`: a
    ghost or link at the edge of its column, where its words shall stand, too."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        kind: str = "normal",
        key: str = "",
        tone: str = "",
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tone = tone
        self.setProperty("kind", kind)
        self.setProperty("bold", kind.startswith("primary"))
        if flush:
            self.setProperty("flush", True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if key:
            self.setAccessibleDescription(key)
        self.toggled.connect(self._draw_icon)
        self.say(text)

    def say(self, text: str) -> None:
        """Another text. The space keeps 汉字 off the icon: Qt's own gap is too small."""
        self.setText(f" {text}" if self._icon else text)
        self.setAccessibleName(text)

    def wear_icon(self, icon: str, tone: str = "") -> None:
        self._icon, self._tone = icon, tone
        self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Qt keeps it for the default button of a dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange):
            self._draw_icon()
        return super().event(event)

    def _draw_icon(self, _checked: bool = False) -> None:
        if not self._icon:
            return
        px = 18 if theme.look.font_px("body") < 18 else 22
        token = self._tone or _ICON_TOKEN.get(self.property("kind"), "text")
        if self.property("kind") == "segment" and self.isChecked():
            token = "on_here" if theme.look.sunlight else "accent"
        self.setIconSize(QSize(px, px))
        self.setIcon(icons.icon(self._icon, px=px, token=token, on=self))


class IconButton(Button):
    """A square button with an icon alone; its `name` is tooltip and accessible name."""

    def __init__(
        self, icon: str, name: str, *, key: str = "", tone: str = "muted", parent: QWidget | None = None
    ):
        super().__init__("", icon=icon, kind="icon", key=key, tone=tone, parent=parent)
        self.setText("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.call(name)

    def call(self, name: str) -> None:
        self.setAccessibleName(name)
        described = self.accessibleDescription()
        self.setToolTip(f"{name}  {described}" if described else name)


class Segments(QFrame):
    """A few choices side by side, one of them taken. Arrow keys move, as in a radio group."""

    chosen = Signal(object)

    def __init__(self, options: Iterable[tuple[object, str]], *, name: str, bad: object = None) -> None:
        """`options` are (value, word); the option with the value `bad` is red when taken."""
        super().__init__()
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values: list[object] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for number, (value, word) in enumerate(options):
            button = Button(word, kind="segment", tone="bad" if value == bad and bad is not None else "")
            button.setProperty("tone", "bad" if value == bad and bad is not None else "")
            button.setCheckable(True)
            button.setAccessibleDescription(name)
            self._group.addButton(button, number)
            self._values.append(value)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self._clicked)

    @property
    def value(self) -> object:
        taken = self._group.checkedId()
        return self._values[taken] if taken >= 0 else None

    def choose(self, value: object) -> None:
        """Show `value` as taken, without a signal; an unknown value takes none."""
        self._group.setExclusive(False)
        for number, known in enumerate(self._values):
            self._group.button(number).setChecked(known == value)
        self._group.setExclusive(True)

    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])


class Chip(QAbstractButton):
    """A rounded choice, drawn 34 px high in a hit area of a control's height. Checkable: the taken one is accented."""

    def __init__(self, text: str, *, checkable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(words + 28, theme.look.control)

    def _font(self) -> QFont:
        return theme.font("second" if theme.look.text_percent == 100 else "body", bold=self.isChecked())

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, taken = theme.look, self.isChecked()
        painter = antialiased(self)
        height = max(34, look.control - 10)
        edge = look.focus if self.hasFocus() else look.border
        box = QRectF(0, (self.height() - height) / 2, self.width(), height).adjusted(
            edge / 2, edge / 2, -edge / 2, -edge / 2
        )
        painter.setPen(pen("accent" if taken or self.hasFocus() else "line2", edge))
        painter.setBrush(theme.color("selected" if taken else "hover" if self.underMouse() else "surface"))
        radius = min(RADIUS["chip"] * height / 34, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)
        token = (
            "faint"
            if not self.isEnabled()
            else ("on_selected" if look.sunlight else "accent")
            if taken
            else "muted"
        )
        painter.setPen(theme.color(token))
        painter.setFont(self._font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Switch(QAbstractButton):
    """On or off, at once; `name` says what."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(48, theme.look.control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, on = theme.look, self.isChecked()
        painter = antialiased(self)
        box = QRectF(3, self.height() / 2 - 12, 42, 24)
        painter.setPen(pen("accent" if on else "line2", max(1.5, look.border)))
        painter.setBrush(theme.color("accent" if on else "surface"))
        painter.drawRoundedRect(box, 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("on_accent" if on else "line2"))
        painter.drawEllipse(QRectF(box.right() - 20 if on else box.left() + 4, box.top() + 4, 16, 16))
        if self.hasFocus():
            painter.setPen(pen("accent", look.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = box.adjusted(-2, -4, 2, 4)
            painter.drawRoundedRect(ring, 14, 14)


def _tick(button: QAbstractButton, *, round_: bool) -> None:
    """The square or the circle with its text, as the sheet cannot draw a tick without a picture file."""
    look, on = theme.look, button.isChecked()
    painter = antialiased(button)
    side = 20 if look.font_px("body") < 18 else 24
    box = QRectF(2, (button.height() - side) / 2, side, side)
    edge = look.focus if button.hasFocus() else max(1.5, look.border)
    painter.setPen(pen("accent" if on or button.hasFocus() else "line2", edge))
    painter.setBrush(theme.color("accent" if on and not round_ else "surface"))
    inner = box.adjusted(1, 1, -1, -1)
    if round_:
        painter.drawEllipse(inner)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(inner.adjusted(4, 4, -4, -4))
    else:
        painter.drawRoundedRect(inner, 4, 4)
        if on:
            painter.setPen(pen("on_accent", 2.2))
            w = inner.width()
            points = [(0.22, 0.52), (0.43, 0.72), (0.79, 0.31)]
            painter.drawPolyline(
                [QPoint(round(inner.left() + x * w), round(inner.top() + y * w)) for x, y in points]
            )
    painter.setPen(theme.color("text" if button.isEnabled() else "faint"))
    painter.setFont(button.font())
    room = button.rect().adjusted(side + 12, 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, button.text())
    if button.hasFocus():
        painter.setPen(pen("accent", look.focus))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        text_width = button.fontMetrics().horizontalAdvance(button.text())
        ring = QRectF(0, box.top() - 4, min(button.width(), side + 18 + text_width), side + 8)
        painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), 6, 6)


class Tick(QCheckBox):
    """A square to tick; the whole widget is its hit area."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 48, theme.look.control)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _tick(self, round_=False)


class Choice(QRadioButton):
    """One of several; those of one parent exclude each other."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 48, theme.look.control)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _tick(self, round_=True)


def primary(text: str, *, icon: str = "", key: str = "", big: bool = False) -> Button:
    """The one next step of a screen."""
    return Button(text, icon=icon, key=key, kind="primarybig" if big else "primary")


def make_primary(button: Button, yes: bool) -> None:
    """Turn the primary kind of a button on or off (the primary button follows the state)."""
    kind = "primary" if yes else "normal"
    if button.property("kind") != kind:
        dress(button, kind=kind, bold=yes)
        button.wear_icon(button._icon)
