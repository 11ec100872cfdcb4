"""One item that is not the current one: its state, its words, and how to answer it without choosing it first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from inspector.model.answer import Answer, Header, Off
from inspector.model.form import HeaderItem, Item, Text
from inspector.model.words import Verdict, word
from inspector.text import say
from inspector.ui.inspect.photo_tiles import dragged
from inspector.ui.inspect.words import answer_words, limit_words, takes_number
from inspector.ui.theme import theme
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.dress import dress
from inspector.ui.widgets.marks import STATE_TONES, Icon, StateIcon
from inspector.ui.widgets.text import ElidedLabel, Label


class ItemRow(QFrame):
    """`chosen` on a press; `answered` on one of its small buttons; `dropped` with photos."""

    chosen = Signal(str)
    answered = Signal(str, object)  # code, Verdict
    dropped = Signal(str, object)  # code, hashes of photos

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.setProperty("kind", "itemrow")
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(10)
        self._state = StateIcon()
        row.addWidget(self._state)
        self._code = Label(item.code, role="second", tone="muted")
        row.addWidget(self._code)
        row.addSpacing(4)
        self._text = ElidedLabel(item.text, role="item")
        row.addWidget(self._text, 1)
        self._camera = Icon("camera", px=16)
        self._photos = Label(role="second", tone="muted")
        row.addWidget(self._camera)
        row.addWidget(self._photos)
        self._said = Label(role="second")
        row.addWidget(self._said)
        self._pass = Button(word(Verdict.PASS), kind="row")
        self._fail = Button(word(Verdict.FAIL), kind="row")
        for button, verdict in ((self._pass, Verdict.PASS), (self._fail, Verdict.FAIL)):
            button.setAccessibleDescription(item.code)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys answer the current item
            button.setObjectName(verdict.value)
            button.clicked.connect(self._press)
            row.addWidget(button)

    def show_answer(
        self, given: Answer, *, header: Header, found: int, photos: int, off: Off | None, why_off: str
    ) -> None:
        """How it stands."""
        verdict = off.verdict if off else given.verdict
        state = verdict.value if verdict else "open"
        said = why_off if off else answer_words(self.item, given, found)
        open_ = verdict is None and not isinstance(self.item.answer, Text)
        self._state.show_state(state, said or say("ui-open"))
        if not said and takes_number(self.item):
            said = limit_words(self.item, header)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        tone = STATE_TONES[state] if not off else "muted"
        self._said.tone("muted" if open_ else tone)
        dress(self._said, bold=verdict is Verdict.FAIL)
        quiet = verdict in (Verdict.NOT_APPLICABLE, Verdict.UNCHECKED)
        self._text.tone("muted" if quiet else "text")
        self._camera.setVisible(bool(photos))
        self._photos.setText(str(photos) if photos else "")
        self._photos.setVisible(bool(photos))
        self._pass.setVisible(open_ and not takes_number(self.item))
        self._fail.setVisible(open_ and not takes_number(self.item))
        self.setAccessibleName(f"{self.item.code} {self.item.text} {said}".strip())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.look.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.look.row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.item.code)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(self.item.code, dragged(event.mimeData()))

    def _press(self) -> None:
        self.answered.emit(self.item.code, Verdict(self.sender().objectName()))


class HeaderRow(QFrame):
    """One answered or waiting item of the header."""

    chosen = Signal(str)

    def __init__(self, item: HeaderItem) -> None:
        super().__init__()
        self.item = item
        self.setProperty("kind", "itemrow")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(10)
        self._state = StateIcon()
        row.addWidget(self._state)
        row.addWidget(Label(item.code, role="second", tone="muted"))
        row.addSpacing(4)
        row.addWidget(ElidedLabel(item.key, role="item"), 1)
        self._said = Label(role="second")
        row.addWidget(self._said)

    def show_answer(self, text: str) -> None:
        self._state.show_state("pass" if text else "open", text or say("ui-open"))
        self._said.setText(text or ("" if self.item.required else say("ui-optional")))
        self._said.tone("text" if text else "muted")
        self.setAccessibleName(f"{self.item.code} {self.item.key} {text}".strip())

    def sizeHint(self) -> QSize:
        return QSize(200, theme.look.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.look.row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.item.code)
