"""Where one is: the sections with their progress, what is left over from before, what is not placed yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.model.draft import Jotting
from inspector.model.progress import Progress
from inspector.text import say
from inspector.ui.theme import RADIUS, theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.dress import antialiased, pen
from inspector.ui.widgets.frames import Card, Scrolled
from inspector.ui.widgets.marks import paint_ring
from inspector.ui.widgets.text import ElidedLabel, Label

WIDE_PX, NARROW_PX = 232, 72
RING_PX = 26


def _folded_px() -> int:
    """How wide the folded column is: `12/12 ×3` has room below a ring at every size of text."""
    return max(NARROW_PX, round(3.7 * theme.look.font_px("hint")) + 28)


class SectionButton(QAbstractButton):
    """A ring, the title, how many failed, how many of how many."""

    def __init__(self, at: int, title: str, letter: str) -> None:
        super().__init__()
        self.at = at
        self._letter = letter
        self._progress = Progress()
        self._narrow = False
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def nextCheckState(self) -> None:
        """Checked is the section that is shown; the screen says which."""

    def fold(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.updateGeometry()

    def show_progress(self, progress: Progress) -> None:
        if progress == self._progress and self.accessibleName():
            return
        self._progress = progress
        counts = say("ui-of", answered=progress.answered, total=progress.total)
        failed = say("ui-failed", count=progress.failed) if progress.failed else ""
        self.setAccessibleName(f"{self.text()} {counts} {failed}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        if self._narrow:
            return QSize(NARROW_PX - 14, self.minimumSizeHint().height() + 10)
        return QSize(WIDE_PX - 20, max(48, theme.look.control))

    def minimumSizeHint(self) -> QSize:
        """In a low window sections stand closer before any is out of sight."""
        if self._narrow:
            return QSize(NARROW_PX - 14, RING_PX + round(theme.look.font_px("hint") * 1.448))
        return QSize(0, theme.look.control - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, progress = theme.look, self._progress
        painter = antialiased(self)
        here = self.isChecked()
        inverted = here and look.sunlight
        if here or self.hasFocus() or self.underMouse():
            edge = look.focus if self.hasFocus() else look.border
            painter.setPen(pen("accent" if self.hasFocus() else "here_line" if here else "bg", edge))
            painter.setBrush(theme.color("here" if here else "hover"))
            box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        counts = say("ui-of", answered=progress.answered, total=progress.total) if progress.total else ""
        ink = "on_here" if here else "text"
        if self._narrow:
            small = round(look.font_px("hint") * 1.448)
            top = (self.height() - RING_PX - small) / 2
            ring = QRectF((self.width() - RING_PX) / 2, top, RING_PX, RING_PX)
            paint_ring(
                painter, self, ring, progress.answered, progress.total, letter=self._letter, inverted=inverted
            )
            painter.setFont(theme.font("hint", bold=here))
            failed = f" ×{progress.failed}" if progress.failed else ""
            painter.setPen(theme.color(ink))
            room = QRectF(0, top + RING_PX, self.width(), small)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{counts}{failed}")
            return
        ring = QRectF(11, (self.height() - RING_PX) / 2, RING_PX, RING_PX)
        paint_ring(painter, self, ring, progress.answered, progress.total, inverted=inverted)
        painter.setFont(theme.font("second" if look.text_percent > 100 else "body"))
        painter.setPen(theme.color(ink if here else "muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        right = self.width() - 11
        painter.drawText(QRectF(0, 0, right, self.height()), middle | Qt.AlignmentFlag.AlignRight, counts)
        right -= painter.fontMetrics().horizontalAdvance(counts) + 10
        if progress.failed:
            painter.setFont(theme.font("second", bold=True))
            painter.setPen(theme.color(ink if inverted else "bad"))
            failed = f"×{progress.failed}"
            painter.drawText(QRectF(0, 0, right, self.height()), middle | Qt.AlignmentFlag.AlignRight, failed)
            right -= painter.fontMetrics().horizontalAdvance(failed) + 8
        painter.setFont(theme.font("body", bold=here))
        painter.setPen(theme.color(ink))
        title = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, right - 45)
        painter.drawText(QRectF(45, 0, right - 45, self.height()), middle | Qt.AlignmentFlag.AlignLeft, title)


class Sections(QFrame):
    """`opened` with the place of a section; −1 is the header."""

    opened = Signal(int)
    placed = Signal(str)  # a jotting that shall go to an item
    struck = Signal(str)
    left_over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sections")
        self.setAccessibleName(say("inspect-sections"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(10, 8, 10, 8), spacing=2)
        outer.addWidget(scrolled)
        self._column = scrolled.body
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(10, 6, 10, 6)
        head.addWidget(Label(say("inspect-sections"), role="second", tone="muted"))
        head.addStretch(1)
        head.addWidget(Label("PgUp / PgDn", role="second", tone="muted"))
        self._column.addWidget(self._head)
        self._buttons: list[SectionButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._column.addLayout(self._rows)
        self._column.addStretch(1)
        self._jottings = QVBoxLayout()
        self._jottings.setSpacing(8)
        self._column.addLayout(self._jottings)
        self._left = Card(kind="warn")
        self._left_title = Label(bold=True)
        self._left.add(self._left_title)
        self._left_note = Label(say("inspect-left-over-note"), role="second", tone="muted", wrap=True)
        self._left.add(self._left_note)
        self._left.hide()
        self._column.addWidget(self._left)
        self._left_short = Button("", icon="history", kind="ghost", tone="warn")
        self._left_short.clicked.connect(self.left_over)
        self._left_short.hide()
        self._column.addWidget(self._left_short)
        self._count_left, self._narrow = 0, False
        self._jotted: tuple[Jotting, ...] = ()

    def show_sections(self, titles: list[tuple[int, str, str]]) -> None:
        """The sections of a form: (place, title, what stands in a ring)."""
        for button in self._buttons:
            self._rows.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for at, title, letter in titles:
            button = SectionButton(at, title, letter)
            button.clicked.connect(self._press)
            self._buttons.append(button)
            self._rows.addWidget(button)
        self.fold(self._narrow)

    def show_progress(self, progress: dict[int, Progress], here: int) -> None:
        for button in self._buttons:
            button.show_progress(progress[button.at])
            button.setChecked(button.at == here)

    def show_left_over(self, count: int) -> None:
        """How many findings of before nobody has decided yet."""
        if count == self._count_left:
            return
        self._count_left = count
        self._left_title.setText(say("inspect-left-over", count=count))
        self._left_short.say(str(count))
        self._left_short.setAccessibleName(say("inspect-left-over", count=count))
        self._left_short.setToolTip(say("inspect-left-over", count=count))
        self.fold(self._narrow)

    def show_jottings(self, jottings: tuple[Jotting, ...]) -> None:
        """What was jotted down and is not placed yet."""
        if jottings == self._jotted:
            return
        self._jotted = jottings
        while self._jottings.count():
            item = self._jottings.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for jotting in jottings:
            self._jottings.addWidget(_JottingCard(jotting, self))

    def fold(self, narrow: bool) -> None:
        self._narrow = narrow
        width = _folded_px() if narrow else theme.look.px(WIDE_PX)
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)
        side = 6 if narrow else 10
        self._column.setContentsMargins(side, 8, side, 8)
        self._head.setVisible(not narrow)
        self._left.setVisible(bool(self._count_left) and not narrow)
        self._left_short.setVisible(bool(self._count_left) and narrow)
        for button in self._buttons:
            button.fold(narrow)

    def _press(self) -> None:
        button = self.sender()
        if isinstance(button, SectionButton):
            self.opened.emit(button.at)


class _JottingCard(Card):
    """One jotting: to an item, or struck."""

    def __init__(self, jotting: Jotting, sections: Sections) -> None:
        super().__init__(kind="warn")
        self._jotting, self._sections = jotting.id, sections
        words = ElidedLabel(jotting.text or say("inspect-jot"), bold=True)
        self.add(words)
        row = QHBoxLayout()
        row.setSpacing(4)
        place = Button(say("inspect-jotting-place"), kind="link")
        strike = Button(say("inspect-jotting-strike"), kind="link")
        for button, slot in ((place, self._place), (strike, self._strike)):
            button.setAccessibleDescription(jotting.text)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _place(self) -> None:
        self._sections.placed.emit(self._jotting)

    def _strike(self) -> None:
        self._sections.struck.emit(self._jotting)
