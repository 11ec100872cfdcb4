"""What went wrong, in place: 什么 · 在哪 · 怎么办. A strip stays until it is true no more or is folded away."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.text import explain, say
from inspector.ui.widgets.buttons import Button, IconButton
from inspector.ui.widgets.dress import dress
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label


class ErrorStrip(QFrame):
    """A red strip (or `kind` warn, accent, ok) with a sentence, what to do, and at most two buttons.

    `retry` is pressed on 再试一次. Hidden until something is told."""

    retry = Signal()
    closed = Signal()

    def __init__(
        self, *, can_retry: bool = True, can_close: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bad")
        self._technical = ""
        self._can_retry, self._can_close = can_retry, can_close
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 8, 8)
        self._row.setSpacing(10)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self._row.addLayout(self.buttons)
        self._made = False
        self.hide()

    def _make(self) -> None:
        """Every page has a strip, and few are ever told anything."""
        self._made = True
        self._icon = Icon("alert-octagon-filled", token="bad")
        words = QVBoxLayout()
        words.setSpacing(2)
        self._what = Label("", bold=True, tone="bad", wrap=True)
        self._next = Label("", wrap=True)
        self._more = Label("", role="hint", tone="muted", wrap=True)
        self._more.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more.hide()
        for label in (self._what, self._next, self._more):
            words.addWidget(label)
        self._row.insertLayout(0, words, 1)
        self._row.insertWidget(0, self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        self._again = Button(say("ui-retry"))
        self._again.clicked.connect(self.retry)
        self._details = Button(say("ui-details"), kind="ghost")
        self._details.clicked.connect(self._unfold)
        self._fold = IconButton("x", say("ui-fold"))
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves the hand where it was typing
        self._fold.clicked.connect(self.clear)
        for button in (self._again, self._details, self._fold):
            self._row.addWidget(button)
        if not self._can_retry:
            self._again.hide()
        if not self._can_close:
            self._fold.hide()

    def show_error(self, error: BaseException) -> None:
        """Tell an error of a service. One that is our own fault is told as such, with its place behind 详情."""
        if isinstance(error, InspectorError):
            what, then = explain(error)
            technical = ""
        else:
            what, then = say("ui-fault"), say("ui-fault-next")
            technical = "".join(traceback.format_exception_only(error)).strip()
        self.tell(what, then, technical=technical)

    def tell(
        self, what: str, then: str = "", *, kind: str = "bad", icon: str = "", technical: str = ""
    ) -> None:
        if not self._made:
            self._make()
        dress(self, kind=kind)
        self._icon.show_icon(
            icon or ("alert-octagon-filled" if kind == "bad" else "alert-triangle"),
            "accent" if kind == "accent" else kind,
        )
        self._what.setText(what)
        self._what.tone(kind)
        self._next.setText(then)
        self._next.setVisible(bool(then))
        self._technical = technical
        self._details.setVisible(bool(technical))
        self._more.hide()
        self.setAccessibleName(what)
        self.setAccessibleDescription(then)
        self.show()

    def clear(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _unfold(self) -> None:
        self._more.setText(self._technical)
        self._more.setVisible(self._more.isHidden())
