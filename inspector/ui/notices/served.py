"""送达告知: what each unit is told once its documents have arrived, to paste into a group or to print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from inspector.services import announcements
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextArea
from inspector.ui.printing import Printing
from inspector.ui.screen import Place, Told
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A 送达回证 and the text of its 送达告知."""

    service: str
    unit: str
    text: str


class ServedPart(QFrame):
    """The units at the left, the text of the chosen one at the right."""

    go = Signal(object)
    told = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "work")
        self._desk = desk
        self._served: dict[str, Served] = {}
        self._printing = Printing(desk, self)
        self._printing.failed.connect(self.failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        self.proof = Button(say("served-proof"), icon="receipt", kind="ghost")
        self.proof.clicked.connect(self._open_proof)
        self.home = Button(say("deciding-home"), icon="mail")
        self.home.clicked.connect(partial(self.go.emit, Place("notices")))
        self._head = PageHead(say("served-title"), self.proof, self.home)
        column.addLayout(self._head)
        column.addWidget(Label(say("served-note"), role="second", tone="muted", wrap=True))
        across = QHBoxLayout()
        across.setSpacing(16)
        self.list = RowList(name=say("served-title"))
        self.list.chosen.connect(self._choose)
        across.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.text = TextArea(name=say("served-text"))
        self.text.setReadOnly(True)
        right.addWidget(self.text, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        self.print = Button(say("served-print"), icon="printer")
        self.print.clicked.connect(self._print)
        self.copy_all = Button(say("served-copy-all"), icon="copy")
        self.copy_all.clicked.connect(self._copy_all)
        self.copy = primary(say("served-copy"), icon="copy")
        self.copy.clicked.connect(self._copy)
        for button in (self.print, self.copy_all, self.copy):
            acts.addWidget(button)
        right.addLayout(acts)
        across.addLayout(right, 2)
        column.addLayout(across, 1)

    def show_served(self, served: Sequence[Served]) -> None:
        """What has just arrived."""
        self._served = {one.service: one for one in served}
        self._head.about.setText(say("served-sum", count=len(served)))
        self.copy_all.setVisible(len(served) > 1)
        self.list.show_rows([Row(key=one.service, icon="circle-check", title=one.unit) for one in served])
        if served:
            self.list.go_to(served[0].service)

    def begin(self) -> None:
        """The hand goes to what comes next."""
        self.copy.setFocus()

    def _choose(self, service: str) -> None:
        self.text.show_text(self._served[service].text)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.told.emit(Told(say("served-copied"), icon="copy"))

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(one.text for one in self._served.values()))
        self.told.emit(Told(say("served-copied"), icon="copy"))

    def _print(self) -> None:
        service = self.list.current()
        self._desk.lanes.paper.ask(
            self,
            partial(announcements.page, self._desk.workspace, service),
            done=self._print_page,
            failed=self.failed.emit,
        )

    def _print_page(self, pdf: bytes) -> None:
        self._printing.ask(pdf, say("served-title"))

    def _open_proof(self) -> None:
        self.go.emit(Place("documents", which=self.list.current()))
