"""Cards, empty states, skeletons, scrolled columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui.theme import theme
from inspector.ui.widgets.dress import Painted, antialiased, dress
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label, Line

SIDE_PX, ROWS_SIDE_PX = 15, 2  # at the sides of a card; of one of rows, which bring the rest


class Card(QFrame):
    """A bordered surface. `kind`: card, current (accent border), failed (red), accent/ok/bad/warn (soft fill).

    `head` is the title's row: add widgets to its right end. `body` takes the content; that of a card of `rows` reaches
    to its edges, and the rows begin where the title does."""

    def __init__(
        self,
        title: str = "",
        *,
        kind: str = "card",
        note: str = "",
        rows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        column = QVBoxLayout(self)
        side = ROWS_SIDE_PX if rows else SIDE_PX
        column.setContentsMargins(side, 12, side, 4 if rows else 12)
        column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setContentsMargins(SIDE_PX - side, 0, SIDE_PX - side, 0)
        self.title = Label(title, role="title", bold=True)
        self.note = Label(note, role="second", tone="muted")
        if title:
            self.head.addWidget(self.title)
            self.head.addWidget(self.note)
            self.head.addStretch(1)
        column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)

    def add(self, widget: QWidget, *, line: bool = False) -> None:
        """Put a widget at the end of the body; `line` draws a separator before it."""
        if line and self.body.count():
            self.body.addWidget(Line())
        self.body.addWidget(widget)

    def become(self, kind: str) -> None:
        dress(self, kind=kind)


class Scrolled(QScrollArea):
    """A column that scrolls vertically. Put the content into `body`; it never widens the window."""

    def __init__(self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)
        # a viewport of Qt's own is looked up among all paint devices: 18 ms at the first one (measured)
        self.setViewport(QWidget())
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        return QSize(inside.minimumSizeHint().width() if inside else 0, 60)


class EmptyState(QWidget):
    """What is missing, in one line, and the buttons that fill it (the first is the one to press)."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        actions: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        self._icon = Icon(icon, px=32)
        self.title = Label(title, role="title", bold=True, wrap=True)
        self.text = Label(text, tone="muted", wrap=True)
        if not text:
            self.text.hide()
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        column.addWidget(self.text)
        if actions:
            column.addSpacing(8)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addStretch(1)
            for action in actions:
                row.addWidget(action)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)

    def tell(self, title: str, text: str = "", *, icon: str = "") -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        if icon:
            self._icon.show_icon(icon)


class Skeleton(Painted):
    """Grey bars where rows will stand. It shows itself only when reading takes longer than 0.3 s."""

    def __init__(self, *, rows: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._seen = rows, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._wait = QTimer(self, singleShot=True, interval=300)
        self._wait.timeout.connect(self._appear)

    def start(self) -> None:
        self._seen = False
        self._wait.start()
        self.update()

    def stop(self) -> None:
        self._wait.stop()
        self._seen = False

    def sizeHint(self) -> QSize:
        return QSize(200, self._rows * theme.look.row2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._seen:
            return
        painter = antialiased(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("neutral_soft" if not theme.look.sunlight else "track"))
        for n in range(self._rows):
            top = n * theme.look.row2
            width = self.width() - 24
            painter.drawRoundedRect(QRectF(12, top + 12, 36, 36), 6, 6)
            painter.drawRoundedRect(QRectF(60, top + 14, width * (0.42 - 0.04 * (n % 3)), 12), 4, 4)
            painter.drawRoundedRect(QRectF(60, top + 34, width * (0.28 - 0.03 * (n % 2)), 10), 4, 4)

    def _appear(self) -> None:
        self._seen = True
        self.update()
