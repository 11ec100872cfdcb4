"""Pinning the office's root on a laptop: it is brought as a file, a photo of its code, or text; a person compares the
fingerprint with the office, and only then it is pinned."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from inspector.services import office
from inspector.services.office import Pinned, Root
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.flow import FlowLayout
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label

GROUP: Final = 4  # hex digits that are read in one breath
GROUPS_A_LINE: Final = 4


def digits(fingerprint: str) -> str:
    """A fingerprint as two people read it to each other: four lines of four groups."""
    groups = [fingerprint[at : at + GROUP] for at in range(0, len(fingerprint), GROUP)]
    lines = [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]
    return "\n".join("  ".join(line) for line in lines)


class PinCard(Card):
    """`pinned` with what pinning did."""

    pinned = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("pin-title"))
        self._desk = desk
        self._brought: Path | str | None = None
        self._offered = ""
        self.setAcceptDrops(True)
        self.add(Label(say("pin-note"), tone="muted", wrap=True))
        row = FlowLayout(gap=8, row_gap=4)
        self.file = Button(say("pin-file"), icon="folder-open")
        self.file.clicked.connect(self._choose)
        self.paste = Button(say("pin-paste"), icon="clipboard")
        self.paste.clicked.connect(self._paste)
        row.addWidget(self.file)
        row.addWidget(self.paste)
        self.body.addLayout(row)
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self._about = Label(bold=True, wrap=True)
        self.add(self._about)
        self.digits = Label(role="current", wrap=True)
        self.add(self.digits)
        self._compare = Label(say("pin-compare"), wrap=True)
        self.add(self._compare)
        self.yes = primary(say("pin-do"), icon="shield-check")
        self.yes.clicked.connect(self.pin)
        self.add(self.yes)
        self._show(None)

    def show_offered(self, root: Root | None) -> None:
        """A root that came with a sync: it may be compared and pinned, too."""
        if root is not None and self._brought is None:
            self._offered = root.fingerprint
            self._show(root)

    def take(self, brought: Path | str) -> None:
        """Look at what was brought; nothing is pinned yet."""
        self.strip.clear()
        self._desk.lanes.paper.ask(
            self,
            partial(office.fingerprint, brought),
            done=partial(self._looked, brought),
            failed=self._refused,
        )

    def pin(self) -> None:
        """A person has compared the fingerprint."""
        workspace, now = self._desk.workspace, self._desk.now()
        if self._brought is not None:
            call = partial(office.pin, workspace, self._brought, now=now)
        elif self._offered:
            call = partial(office.pin_offered, workspace, self._offered, now=now)
        else:
            return
        self.yes.setEnabled(False)
        self._desk.lanes.save.ask(self, call, done=self._pinned, failed=self._refused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take(Path(files[0]) if files else event.mimeData().text())

    def _choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, say("pin-file"), "", say("pin-kinds"))
        if file:
            self.take(Path(file))

    def _paste(self) -> None:
        self.take(QGuiApplication.clipboard().text())

    def _looked(self, brought: Path | str, root: Root) -> None:
        self._brought = brought
        self._show(root)
        self.yes.setFocus()

    def _show(self, root: Root | None) -> None:
        for widget in (self._about, self.digits, self._compare, self.yes):
            widget.setVisible(root is not None)
        if root is not None:
            self.yes.setEnabled(True)
            self._about.setText(say("pin-about", name=root.name, until=root.until[:10]))
            self.digits.setText(digits(root.fingerprint))

    def _refused(self, error: BaseException) -> None:
        self.yes.setEnabled(True)
        self.strip.show_error(error)

    def _pinned(self, done: Pinned) -> None:
        self._brought, self._offered = None, ""
        self._show(None)
        self.pinned.emit(done)
