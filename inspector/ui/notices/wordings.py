"""文书用语: the texts of each document with a sample filled in; an own file is checked, and says what is wrong."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.document_text import Template
from inspector.services import document_texts
from inspector.services.document_texts import Wording
from inspector.text import say, tell
from inspector.ui.desk import Desk
from inspector.ui.paper import PaperView
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel, Label

RIGHT_PX: Final = 560
NARROW_PX: Final = 420


class WordingsScreen(Screen):
    """The documents at the left; how the chosen one reads at the right. `place.which` is the name of its texts."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("wordings-title"))
        self._wordings: dict[str, Wording] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        row.addWidget(self._make_side())
        self._skeleton.start()
        self.begin_at(self.list)

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 12)
        column.setSpacing(8)
        self._head = PageHead(say("wordings-title"), back=self.back)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        column.addWidget(Label(say("wordings-note"), tone="muted", wrap=True))
        self.list = RowList(name=say("wordings-title"))
        self.list.chosen.connect(self._choose)
        column.addWidget(self.list, 1)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton, 1)
        return work

    def _make_side(self) -> QFrame:
        self._side = Side(wide=RIGHT_PX, narrow=NARROW_PX)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        self._file = ElidedLabel(role="second", tone="muted")
        column.addWidget(self._file)
        self._faults = Label(tone="bad", wrap=True)
        self._faults.hide()
        column.addWidget(self._faults)
        self.paper = PaperView(self.desk)
        self.paper.failed.connect(self.strip.show_error)
        column.addWidget(self.paper, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        self.again = Button(say("wordings-again"), icon="refresh")
        self.again.clicked.connect(self.refresh)
        self.edit = primary(say("wordings-edit"), icon="pencil")
        self.edit.clicked.connect(self._edit)
        acts.addWidget(self.again)
        acts.addWidget(self.edit)
        column.addLayout(acts)
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self,
            partial(document_texts.every, self.desk.workspace),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self.strip.show_error(error)

    def _show(self, wordings: tuple[Wording, ...]) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.clear()
        self._wordings = {one.template.value: one for one in wordings}
        own = sum(one.own for one in wordings)
        wrong = sum(bool(one.faults) for one in wordings)
        self._head.about.setText(say("wordings-sum", own=own, wrong=wrong))
        at = self.list.current() or self.place.which or wordings[0].template.value
        self.list.show_rows([_row(one) for one in wordings])
        self.list.go_to(at)
        self._choose(at)

    def _choose(self, name: str) -> None:
        wording = self._wordings[name]
        self.stand(which=name)
        self._file.setText(str(wording.file) if wording.own else say("wordings-shipped"))
        lines = [tell(fault) for fault in wording.faults]
        self._faults.setText("\n".join([say("wordings-wrong", file=wording.file.name), *lines]))
        self._faults.setVisible(bool(lines))
        self.edit.say(say("wordings-open" if wording.own else "wordings-edit"))
        if wording.texts is None:
            self.paper.clear()
            return
        self.desk.lanes.paper.ask(
            self,
            partial(document_texts.sample_page, wording.texts),
            done=partial(self._show_page, name),
            failed=self.strip.show_error,
        )

    def _show_page(self, name: str, pdf: bytes) -> None:
        if name == self.list.current():
            self.paper.show_pdf(pdf)

    def _edit(self) -> None:
        """The office's own file, in the program that opens texts here."""
        name = self.list.current()
        self.desk.lanes.save.ask(
            self,
            partial(document_texts.take_over, self.desk.workspace, Template(name)),
            done=self._opened,
            failed=self.strip.show_error,
        )

    def _opened(self, file: object) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self.told.emit(Told(say("wordings-taken", file=str(file)), icon="pencil"))
        self.refresh()


def _row(one: Wording) -> Row:
    state, tone = (
        (say("wordings-is-wrong"), "bad")
        if one.faults
        else (say("wordings-is-own"), "accent")
        if one.own
        else (say("wordings-is-shipped"), "muted")
    )
    return Row(
        key=one.template.value,
        icon="text-size",
        title=one.texts.heading if one.texts else say(f"wording-{one.template.value}"),
        note=one.file.name,
        facts=(Fact(state, tone=tone, badge=True),),
    )
