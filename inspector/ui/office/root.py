"""根证书: made once on the office's laptop, its recovery sheet printed for the safe; shown as a code that other laptops
pin; brought back by the code on the sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector.services import notice_files, office
from inspector.services.office import Pinned, Root
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.office.part import DeskPart
from inspector.ui.office.pinning import PinCard, digits
from inspector.ui.office.root_forms import AgainCard, MakeCard, RecoverCard
from inspector.ui.paper import PaperView
from inspector.ui.printing import Printing
from inspector.ui.screen import Told
from inspector.ui.sign.show import Code
from inspector.ui.widgets.buttons import Button, Tick
from inspector.ui.widgets.frames import Card, EmptyState
from inspector.ui.widgets.text import Badge, Label

CODE_PX: Final = 420  # 97 modules and the white edge: 4 px each


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """The pinned root with the text of its code, and what the records offer where none is pinned."""

    root: Root | None
    offered: Root | None
    code: str


def read(workspace: Workspace) -> Read:
    root = office.root(workspace)
    return Read(
        root=root,
        offered=None if root else office.offered(workspace),
        code=office.code(workspace) if root else "",
    )


class RootPart(DeskPart):
    """At the left the code or the recovery sheet, beside it what can be done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sheet = b""
        self._printing = Printing(desk, self)
        self._printing.failed.connect(self.failed)
        self._empty = EmptyState("shield-lock", say("root-none"), say("root-none-text"))
        self.work.addWidget(self._empty, 1)
        self._shown = QWidget()
        self._make_code()
        self.work.addWidget(self._shown, 1)
        self._safe = QWidget()
        self._make_safe()
        self.work.addWidget(self._safe, 1)
        self.about = Card()
        self._name = Label(role="section", bold=True, wrap=True)
        self.about.add(self._name)
        self._key = Badge()
        self.about.body.addWidget(self._key, alignment=Qt.AlignmentFlag.AlignLeft)
        self.about.add(Label(say("root-fingerprint"), role="second", tone="muted", wrap=True))
        self.digits = Label(role="item", wrap=True)
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.add(self.digits)
        self.export = Button(say("root-export"), icon="file-export")
        self.export.clicked.connect(self._choose_export)
        self.about.add(self.export)
        self.aside.addWidget(self.about)
        self.again = AgainCard()
        self.again.asked.connect(self._sheet_again)
        self.aside.addWidget(self.again)
        self.pin = PinCard(desk)
        self.pin.pinned.connect(self._pinned)
        self.aside.addWidget(self.pin)
        self.make = MakeCard()
        self.make.made.connect(self._make_root)
        self.aside.addWidget(self.make)
        self.recover = RecoverCard()
        self.recover.made.connect(self._recover)
        self.aside.addWidget(self.recover)
        self.aside.addStretch(1)
        self._show(Read(root=None, offered=None, code=""))

    def _make_code(self) -> None:
        column = QVBoxLayout(self._shown)
        self.code = Code(CODE_PX)
        column.addStretch(1)
        column.addWidget(self.code, alignment=Qt.AlignmentFlag.AlignHCenter)
        note = Label(say("root-code-note"), tone="muted", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(note)
        column.addStretch(1)

    def _make_safe(self) -> None:
        column = QVBoxLayout(self._safe)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(say("root-safe"), kind="warn")
        card.add(Label(say("root-safe-text"), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.print = Button(say("root-print"), icon="printer")
        self.print.clicked.connect(self._print)
        self.save = Button(say("root-save"), icon="file-download")
        self.save.clicked.connect(self._choose_sheet)
        self.kept = Tick(say("root-kept"))
        self.kept.clicked.connect(self._forget_sheet)
        for widget in (self.print, self.save, self.kept):
            row.addWidget(widget)
        row.addStretch(1)
        card.body.addLayout(row)
        column.addWidget(card)
        self.paper = PaperView(self.desk, title=say("office-sheet-title"))
        self.paper.failed.connect(self.failed)
        column.addWidget(self.paper, 1)

    def first(self) -> QWidget:
        return self.make.name if self.make.isVisible() else self.export

    def refresh(self) -> None:
        self.desk.lanes.read.ask(
            self, partial(read, self.desk.workspace), done=self._show, failed=self.failed.emit
        )

    @property
    def waits(self) -> bool:
        """Whether a recovery sheet is shown that nobody has said to be in the safe."""
        return bool(self._sheet)

    def _show(self, seen: Read) -> None:
        root = seen.root
        self._safe.setVisible(self.waits)
        self._shown.setVisible(root is not None and not self.waits)
        self._empty.setVisible(root is None and not self.waits)
        self.about.setVisible(root is not None)
        self.pin.setVisible(root is None)
        self.make.setVisible(root is None and seen.offered is None)
        self.recover.setVisible(root is not None and not root.key_here)
        self.again.setVisible(root is not None and root.key_here and not self.waits)
        if root is None:
            self.pin.show_offered(seen.offered)
            return
        self._name.setText(say("root-about", name=root.name, until=root.until[:10]))
        tone = "ok" if root.key_here else "muted"
        self._key.show_fact(say("root-key-here") if root.key_here else say("root-key-away"), tone)
        self.digits.setText(digits(root.fingerprint))
        self.code.show_text(seen.code)
        self.code.setAccessibleName(say("root-code"))

    # ── acting

    def _make_root(self, name: str, passphrase: str) -> None:
        self.make.wait(True)
        call = partial(
            office.begin, self.desk.workspace, name=name, passphrase=passphrase, now=self.desk.now()
        )
        self.desk.lanes.paper.ask(self, call, done=self._made, failed=self.make.refuse)

    def _made(self, made: tuple[Root, bytes]) -> None:
        self.make.clear()
        self.changed.emit()
        self._show_sheet(made[1])

    def _sheet_again(self, passphrase: str) -> None:
        call = partial(office.sheet, self.desk.workspace, passphrase, now=self.desk.now())
        self.desk.lanes.paper.ask(self, call, done=self._show_sheet, failed=self.again.refuse)

    def _show_sheet(self, sheet: bytes) -> None:
        self._sheet = sheet
        self.again.clear()
        self.kept.setChecked(False)
        self.paper.show_pdf(sheet)
        self.refresh()

    def _print(self) -> None:
        self._printing.ask(self._sheet, say("office-sheet-title"))

    def _choose_sheet(self) -> None:
        name = say("office-sheet-title")
        file, _ = QFileDialog.getSaveFileName(self, say("root-save"), f"{name}.pdf", say("root-save-kinds"))
        if file:
            self.write(Path(file), self._sheet)

    def _forget_sheet(self, kept: bool) -> None:
        """It lies in the safe: it is nowhere else from now on."""
        if kept:
            self._sheet = b""
            self.paper.clear()
            self.refresh()

    def _choose_export(self) -> None:
        name = f"{say('root-file')}.pem"
        file, _ = QFileDialog.getSaveFileName(self, say("root-export"), name, say("root-export-kinds"))
        if file:
            self.desk.lanes.read.ask(
                self,
                partial(office.trust_file, self.desk.workspace),
                done=partial(self.write, Path(file)),
                failed=self.failed.emit,
            )

    def write(self, file: Path, data: bytes) -> None:
        """Write out what somebody carries away."""
        self.desk.lanes.paper.ask(
            self, partial(notice_files.write, file, data), done=self._wrote, failed=self.failed.emit
        )

    def _wrote(self, file: Path) -> None:
        self.told.emit(Told(say("office-saved", file=file.name), icon="file-export"))

    def _recover(self, code: str, passphrase: str) -> None:
        self.recover.wait(True)
        call = partial(
            office.recover, self.desk.workspace, code, None, passphrase=passphrase, now=self.desk.now()
        )
        self.desk.lanes.paper.ask(self, call, done=self._recovered, failed=self.recover.refuse)

    def _recovered(self, root: Root) -> None:
        self.recover.clear()
        self.told.emit(Told(say("root-recovered", name=root.name), icon="key"))
        self.refresh()

    def _pinned(self, done: Pinned) -> None:
        names = say("ui-list").join(done.people)
        text = say("pin-done-people", names=names) if names else say("pin-done", name=done.root.name)
        self.told.emit(Told(text, icon="shield-check"))
        self.changed.emit()
        self.refresh()
