"""What lies behind the pages of a document: its findings, its words, the scans of the paper that was stamped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.notice import Document, Notice, Press, rows_of
from inspector.model.person import Person
from inspector.services import notices, scans, trimming
from inspector.services.notices import Attached
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextArea, TextLine, commit_all
from inspector.ui.notices.fields import FilesField, PersonField
from inspector.ui.notices.words import finding_row
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Place, Told
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import Field
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.row import Row as ListRow
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label
from inspector.ui.words import clock_words, short_day

AREA_LINES: Final = 5
REST_MS: Final = 2_000
TEXTS: Final = ("opening", "asking", "feedback", "review")


class RowsPart(QWidget):
    """The findings; out of a draft one can be taken. Enter opens a finding on its own page."""

    go = Signal(object)
    told = Signal(object)
    failed = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._document: Notice | Press | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._pictures = Pictures(desk)
        self.list = RowList(name=say("notice-part-rows"), picture=self._pictures.image)
        self._pictures.arrived.connect(self.list.show_picture)
        self.list.acted.connect(self._take_out)
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        column.addWidget(Label(say("notice-rows-note"), role="second", tone="muted", wrap=True))

    def show_document(self, document: Document, *, draft: bool) -> None:
        """Its findings in the order of printing."""
        self._document = document if isinstance(document, Notice | Press) else None
        asked = self._document.rows if self._document else ()
        self.list.show_rows([finding_row(row, draft=draft and len(asked) > 1) for row in asked])

    def _open(self, key: str) -> None:
        if self._document is not None:
            self.go.emit(Place("findings", which=rows_of(self._document)[int(key) - 1].finding))

    def _take_out(self, key: str) -> None:
        before = self._document
        if before is None:
            return
        self.setEnabled(False)
        now = self._desk.now()
        self._desk.lanes.paper.ask(
            self,
            partial(trimming.without, self._desk.workspace, before.entity, [int(key)], now=now),
            done=partial(self._taken, before, rows_of(before)[int(key) - 1].description),
            failed=self._not_taken,
        )

    def _taken(self, before: Notice | Press, text: str, _: Document) -> None:
        self.setEnabled(True)
        self.list.setFocus()
        self.told.emit(Told(say("notice-taken-out", text=text), undo=partial(self._put_back, before)))
        self.done.emit()

    def _put_back(self, before: Notice | Press) -> None:
        self._desk.lanes.save.ask(
            self,
            partial(trimming.restore, self._desk.workspace, before, now=self._desk.now()),
            done=self._is_back,
            failed=self.failed.emit,
        )

    def _is_back(self, _: None) -> None:
        self.done.emit()

    def _not_taken(self, error: BaseException) -> None:
        self.setEnabled(True)
        self.failed.emit(error)


class TextsPart(QWidget):
    """The words of a draft, each saved as it is typed; a signed document shows them as they are."""

    failed = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._which = ""
        self._draft = False
        self._texts: dict[str, Any] = {}
        self._required: dict[int, str] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._note = Label(role="second", tone="muted", wrap=True)
        column.addWidget(self._note)
        scrolled = Scrolled(spacing=10)
        column.addWidget(scrolled, 1)
        self.areas: dict[str, TextArea] = {}
        self._fields: dict[str, Field] = {}
        for name in TEXTS:
            area = TextArea(name=say(f"notice-text-{name}"))
            area.setMaximumHeight(area.fontMetrics().lineSpacing() * AREA_LINES + 26)
            area.settled.connect(partial(self._changed, name))
            self.areas[name] = area
            self._fields[name] = Field(say(f"notice-text-{name}"), area)
            scrolled.body.addWidget(self._fields[name])
        scrolled.body.addWidget(Label(say("notice-requirements"), role="second", tone="muted", wrap=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        scrolled.body.addLayout(self._lines)
        scrolled.body.addStretch(1)
        self.lines: list[TextLine] = []

    def show_document(self, document: Document, *, draft: bool) -> None:
        """Its words; what is being typed is not overwritten."""
        other = document.entity != self._which
        if other:
            commit_all(self)
            self.save()
        elif self._texts or self._required:
            return  # it is being typed in: what is stored comes with the next saving
        self._which = document.entity
        self._draft = draft
        self._note.setText(say("notice-texts-note" if draft else "notice-texts-fixed"))
        for name, area in self.areas.items():
            text = str(getattr(document, name, ""))
            if other or not area.hasFocus():
                area.show_text(text)
            area.setReadOnly(not draft)
            self._fields[name].setVisible(hasattr(document, name))
        requirements = rows_of(document)
        if other or len(requirements) != len(self.lines):
            self._make_lines(len(requirements))
        for line, row in zip(self.lines, requirements, strict=True):
            line.setPlaceholderText(row.description)
            if not line.hasFocus():
                line.show_text(row.requirement)
            line.setReadOnly(not draft)

    def _make_lines(self, count: int) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        self.lines = []
        before: QWidget = self.areas[TEXTS[-1]]
        for n in range(1, count + 1):
            line = TextLine(name=say("notice-requirement", row=n))
            line.settled.connect(partial(self._require, n))
            self._lines.addWidget(line)
            QWidget.setTabOrder(before, line)
            before = line
            self.lines.append(line)

    def save(self) -> None:
        """Save what was typed since; every saving is a record that stays, so a pause of the fingers makes none."""
        self._rest.stop()
        texts, self._texts = self._texts, {}
        requirements, self._required = self._required, {}
        if not texts and not requirements:
            return
        self._desk.lanes.save.ask(
            self,
            partial(
                notices.change,
                self._desk.workspace,
                self._which,
                now=self._desk.now(),
                requirements=requirements,
                **texts,
            ),
            done=self._saved,
            failed=self.failed.emit,
        )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        commit_all(self)
        self.save()

    def _changed(self, name: str, text: str) -> None:
        if self._draft:
            self._texts[name] = text
            self._rest.start()

    def _require(self, n: int, text: str) -> None:
        if self._draft:
            self._required[n] = text
            self._rest.start()

    def _saved(self, _: Document) -> None:
        self.done.emit()


class ScansPart(QWidget):
    """Scans of the stamped or hand-signed paper, kept with the document that it is."""

    failed = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._which = ""
        self._names: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._note = Label(say("notice-scans-note"), role="second", tone="muted", wrap=True)
        column.addWidget(self._note)
        self.list = RowList(name=say("notice-part-scans"))
        self.list.opened.connect(self._open)
        column.addWidget(self.list, 1)
        column.addStretch()
        self.by = PersonField(say("notice-scan-by"))
        column.addWidget(self.by)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.file = FilesField(say("notice-scan-choose"), kinds=say("paper-scan-files"))
        line.addWidget(self.file, 1)
        self.keep = Button(say("notice-scan-keep"), icon="upload")
        self.keep.clicked.connect(self._keep)
        line.addWidget(self.keep)
        column.addLayout(line)

    def show_document(self, which: str, attached: Sequence[Attached], people: Sequence[Person]) -> None:
        """The scans of a document (an entity), the latest last."""
        if which != self._which:
            self.file.take(())
        self._which = which
        self._names = {one.sha256: one.name for one in attached}
        self.by.show_people(people)
        self._note.setText(say("notice-scans-note" if attached else "notice-scans-none"))
        self.list.setVisible(bool(attached))
        self.list.show_rows(
            [
                ListRow(
                    key=one.sha256,
                    icon="photo-scan",
                    title=one.name,
                    note=f"{short_day(one.at)} {clock_words(one.at)}",
                )
                for one in attached
            ]
        )

    def keep_file(self, file: Path) -> None:
        """Keep a scan with the document."""
        by = self.by.person()
        if by is None:
            self.by.ask(say("signer-nobody"))
            return
        self._desk.lanes.save.ask(
            self,
            partial(notices.attach, self._desk.workspace, self._which, file, by=by, now=self._desk.now()),
            done=self._kept,
            failed=self.failed.emit,
        )

    def _open(self, sha256: str) -> None:
        """In the program that shows such files here."""
        name = self._names[sha256]
        self._desk.lanes.read.ask(
            self,
            partial(scans.as_file, self._desk.workspace, sha256, name),
            done=_show_file,
            failed=self.failed.emit,
        )

    def _keep(self) -> None:
        if self.file.files:
            self.keep_file(self.file.files[0])
        else:
            self.file.ask(say("paper-scan-ask"))

    def _kept(self, _: str) -> None:
        self.file.take(())
        self.done.emit()


def _show_file(file: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
