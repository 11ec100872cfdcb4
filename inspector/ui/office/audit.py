"""审阅: what is proven about a signed document and what is not, line by line, for whoever has to answer for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.verdict import Line
from inspector.services import audit, notice_files
from inspector.services.audit import Audit
from inspector.text import say, tell
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card, EmptyState, Scrolled, Skeleton
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.page import PageHead
from inspector.ui.widgets.text import Label


class _Lines(Card):
    """Sentences, each with a mark that says what it is."""

    def __init__(self, title: str, icon: str, tone: str) -> None:
        super().__init__(title)
        self._icon, self._tone = icon, tone
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.body.addLayout(self._column)
        self.words: list[str] = []

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        while self._column.count():
            if widget := self._column.takeAt(0).widget():
                widget.deleteLater()
        self.words = []
        for line in lines:
            row = QFrame()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            across.addWidget(Icon(self._icon, px=18, token=self._tone), alignment=Qt.AlignmentFlag.AlignTop)
            words = tell(line)
            label = Label(words, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            across.addWidget(label, 1)
            self._column.addWidget(row)
            self.words.append(words)


class AuditScreen(Screen):
    """`place.which` is a document: its entity, its printed number, or the 16 digits at its foot."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("auditing-title"))
        self._audit: Audit | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        self.save = Button(say("auditing-save"), icon="file-export", kind="row")
        self.save.clicked.connect(self._choose_file)
        self.head = PageHead(say("auditing-title"), self.save, back=self.back)
        column.addLayout(self.head)
        asked = FlowLayout(gap=8, row_gap=4)
        self.which = TextLine(place.which, name=say("auditing-which"), placeholder=say("auditing-which-hint"))
        self.which.setMinimumWidth(340)
        self.which.returnPressed.connect(self._ask)
        self.look = primary(say("auditing-look"), icon="search")
        self.look.clicked.connect(self._ask)
        asked.addWidget(self.which)
        asked.addWidget(self.look)
        column.addLayout(asked)
        column.addWidget(self.strip)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton)
        self._empty = EmptyState("file-search", say("auditing-none"), say("auditing-none-text"))
        column.addWidget(self._empty, 1)
        self._scrolled = Scrolled(spacing=12, margins=(0, 0, 8, 8))
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scrolled.setAccessibleName(say("auditing-title"))
        self.verdict = Card()
        self._verdict = Label(role="title", bold=True, wrap=True)
        self.verdict.add(self._verdict)
        self.wrong = _Lines(say("auditing-wrong"), "alert-octagon-filled", "bad")
        self.proven = _Lines(say("auditing-proven"), "circle-check", "ok")
        self.claimed = _Lines(say("auditing-claimed"), "info-circle", "warn")
        for card in (self.verdict, self.wrong, self.proven, self.claimed):
            self._scrolled.body.addWidget(card)
        self._scrolled.body.addStretch(1)
        column.addWidget(self._scrolled, 1)
        outer.addWidget(work)
        self._show_only(self._empty)
        self.begin_at(self.which)

    def turn_to(self, place: Place) -> None:
        if place.which:
            self.which.show_text(place.which)
        super().turn_to(place)

    def refresh(self) -> None:
        if self.place.which:
            self._show_only(self._skeleton)
            self._skeleton.start()
            self.desk.lanes.paper.ask(
                self,
                partial(audit.of, self.desk.workspace, self.place.which),
                done=self._show,
                failed=self._refused,
            )

    def _ask(self) -> None:
        self.which.commit()
        if text := self.which.text().strip():
            self.stand(which=text)
            self.strip.clear()
            self.refresh()

    def _refused(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._show_only(self._empty)
        self.strip.show_error(error)

    def _show(self, seen: Audit) -> None:
        self._skeleton.stop()
        self.strip.clear()
        self._audit = seen
        self._show_only(self._scrolled)
        self.head.about.setText(say("audit-title", title=seen.title, number=seen.number))
        self._verdict.setText(say("auditing-whole") if seen.whole else say("auditing-not-whole"))
        self._verdict.tone("ok" if seen.whole else "bad")
        self.verdict.become("ok" if seen.whole else "bad")
        self.wrong.show_lines(seen.wrong)
        self.wrong.setVisible(bool(seen.wrong))
        self.proven.show_lines(seen.proven)
        self.claimed.show_lines(seen.claimed)

    def _show_only(self, shown: object) -> None:
        for widget in (self._empty, self._skeleton, self._scrolled):
            widget.setVisible(widget is shown)
        self.save.setEnabled(shown is self._scrolled)

    def _choose_file(self) -> None:
        name = say("auditing-file")
        file, _ = QFileDialog.getSaveFileName(
            self, say("auditing-save"), f"{name}.txt", say("auditing-kinds")
        )
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """The same sentences as a text file."""
        if self._audit is None:
            return
        lines = [
            say("audit-title", title=self._audit.title, number=self._audit.number),
            self._verdict.text(),
            *self.wrong.words,
            "",
            say("audit-proven"),
            *self.proven.words,
            "",
            say("audit-claimed"),
            *self.claimed.words,
            "",
        ]
        self.desk.lanes.paper.ask(
            self,
            partial(notice_files.write, file, "\n".join(lines).encode("utf-8-sig")),
            done=self._wrote,
            failed=self.strip.show_error,
        )

    def _wrote(self, file: Path) -> None:
        self.told.emit(Told(say("office-saved", file=file.name), icon="file-export"))
