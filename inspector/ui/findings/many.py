"""Several findings at once: how many, of which units, and what can be done to all of them as one act."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

from inspector.model.deed import Deed
from inspector.text import say
from inspector.ui.findings.steps import ICONS, Action, deed_words
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.text import Label, Line


class ManyPanel(QFrame):
    """`acted` gives an Action on all that are chosen, `reinspected` begins a round with them; `written` asks for their
    list as a file, `archived` for the case; `closed` gives the choice up."""

    acted = Signal(object)
    reinspected = Signal()
    written = Signal()
    archived = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scrolled = Scrolled(margins=(20, 14, 20, 14), spacing=10)
        outer.addWidget(scrolled)
        body = scrolled.body
        self.title = Label(role="section", bold=True, wrap=True)
        body.addWidget(self.title)
        body.addWidget(Label(say("findings-many-next"), role="second", tone="muted", wrap=True))
        holder = QWidget()
        self._groups = QFormLayout(holder)
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setHorizontalSpacing(16)
        self._groups.setVerticalSpacing(4)
        body.addWidget(holder)
        body.addWidget(Line())
        self.tell = primary(deed_words(Deed.TELL), icon=ICONS[Deed.TELL])
        self.tell.clicked.connect(partial(self._act, Deed.TELL))
        self.limit = Button(deed_words(Deed.LIMIT), icon=ICONS[Deed.LIMIT])
        self.limit.clicked.connect(partial(self._act, Deed.LIMIT))
        self.reinspect = Button(say("findings-do-reinspect"), icon="eye-check")
        self.reinspect.clicked.connect(self.reinspected)
        self.write = Button(say("findings-write"), icon="table-export")
        self.write.clicked.connect(self.written)
        self.archive = Button(say("findings-case"), icon="folder")
        self.archive.clicked.connect(self.archived)
        self.clear = Button(say("findings-clear"), kind="ghost", key="Esc")
        self.clear.clicked.connect(self.closed)
        for button in (self.tell, self.limit, self.reinspect, self.write, self.archive, self.clear):
            body.addWidget(button)
        body.addStretch(1)

    def show_units(self, counts: Mapping[str, int]) -> None:
        """How many each unit leads, by its label."""
        self.title.setText(say("findings-many", count=sum(counts.values())))
        while self._groups.rowCount():
            self._groups.removeRow(0)
        for label, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            name = Label(label or say("findings-group-unit-none"), role="second", wrap=True)
            self._groups.addRow(name, Label(say("findings-count", count=count), role="second", tone="muted"))

    def _act(self, deed: Deed) -> None:
        self.acted.emit(Action(deed_words(deed), ICONS[deed], deed=deed))
