"""检查表: the checklists in use with their editions, what one asks, a file checked before it is used, an edition
published for all laptops."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from inspector.model.errors import BadInput
from inspector.model.form import Form
from inspector.model.words import FormStatus, word
from inspector.services import editions, form_files, forms
from inspector.services.editions import Published
from inspector.services.form_files import Looked
from inspector.services.forms import Edition
from inspector.services.workspaces import Workspace
from inspector.text import explain, say, tell
from inspector.ui import icons
from inspector.ui.desk import Desk
from inspector.ui.office.form_panel import FormPanel, LookedCard
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.asking import ask_first
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.frames import Card, Scrolled, Skeleton
from inspector.ui.widgets.page import PageHead, Side
from inspector.ui.widgets.row import Fact, Row
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import Label


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """The forms in use, what was published of them, and what is wrong with own files."""

    usable: tuple[Edition, ...]
    published: dict[str, Published]
    unusable: tuple[BadInput, ...]


def read(workspace: Workspace) -> Read:
    return Read(
        usable=tuple(forms.every(workspace)),
        published=form_files.published(workspace),
        unusable=tuple(forms.unusable(workspace)),
    )


class FormsScreen(Screen):
    """`place.which` is the id of a form. A file that is dropped anywhere on the page is looked at."""

    kept = True

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk, place)
        self.say_title(say("nav-forms"))
        self._read = Read(usable=(), published={}, unusable=())
        self._file = Path()
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_work(), 1)
        self._side = Side()
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        self.looked = LookedCard()
        self.looked.used.connect(self._use)
        self.looked.closed.connect(self._close)
        self.panel = FormPanel()
        self.panel.published.connect(self._ask_publish)
        self._scrolled = Scrolled()
        self._scrolled.body.addWidget(self.looked)
        self._scrolled.body.addStretch(1)
        outer.addWidget(self._scrolled, 1)
        outer.addWidget(self.panel, 1)
        row.addWidget(self._side)
        self._scrolled.hide()
        self.begin_at(self.list)

    def _make_work(self) -> QFrame:
        work = QFrame()
        work.setProperty("kind", "work")
        column = QVBoxLayout(work)
        column.setContentsMargins(24, 16, 16, 8)
        column.setSpacing(8)
        self.check = Button(say("forms-check"), icon="file-check")
        self.check.clicked.connect(self._choose_file)
        self.folder = Button(say("forms-folder"), icon="folder-open", kind="ghost")
        self.folder.clicked.connect(self._open_folder)
        self.head = PageHead(say("nav-forms"), self.folder, self.check)
        column.addLayout(self.head)
        column.addWidget(self.strip)
        self.bad = Card(kind="bad")
        self.faults = Label(wrap=True)
        self.bad.add(self.faults)
        self.bad.hide()
        column.addWidget(self.bad)
        self._skeleton = Skeleton()
        column.addWidget(self._skeleton)
        self.list = RowList(name=say("nav-forms"))
        self.list.chosen.connect(self._choose)
        column.addWidget(self.list, 1)
        column.addWidget(Label(say("forms-note"), role="second", tone="muted", wrap=True))
        return work

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().endswith(".toml") for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.toLocalFile().endswith(".toml"):
                self.look(Path(url.toLocalFile()))
                return

    # ── showing

    def refresh(self) -> None:
        self._skeleton.start()
        self.desk.lanes.read.ask(
            self, partial(read, self.desk.workspace), done=self._show, failed=self._not_read
        )

    def _not_read(self, error: BaseException) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self.strip.show_error(error)

    def _show(self, seen: Read) -> None:
        self._skeleton.stop()
        self._skeleton.hide()
        self._read = seen
        drafts = sum(one.form.status is FormStatus.DRAFT for one in seen.usable)
        own = sum(one.own for one in seen.usable)
        self.head.about.setText(say("forms-sum", count=len(seen.usable), own=own, drafts=drafts))
        self.bad.setVisible(bool(seen.unusable))
        self.faults.setText("\n".join(_told(error) for error in seen.unusable))
        rows = [_row(one, seen.published.get(one.form.id)) for one in seen.usable]
        self.list.show_rows(rows, current=self.place.which or None)
        if rows and not self.list.current():
            self.list.step(1)
        self._choose(self.list.current())

    def _choose(self, form: str) -> None:
        self.stand(which=form)
        one = next((one for one in self._read.usable if one.form.id == form), None)
        self.panel.setVisible(one is not None and self._scrolled.isHidden())
        if one is not None:
            self.panel.show_edition(one, self._read.published.get(form))

    # ── a file

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, say("forms-check"), "", say("forms-kinds"))
        if file:
            self.look(Path(file))

    def look(self, file: Path) -> None:
        """What is wrong with a file, or what would change with it. Nothing is used yet."""
        self._file = file
        self.desk.lanes.read.ask(
            self,
            partial(form_files.look, self.desk.workspace, file),
            done=self._looked,
            failed=self.strip.show_error,
        )

    def _looked(self, looked: Looked) -> None:
        self.looked.show_looked(looked)
        self._scrolled.show()
        self.panel.hide()

    def _close(self) -> None:
        self._scrolled.hide()
        self._choose(self.list.current())
        self.list.setFocus()

    def _use(self) -> None:
        self.desk.lanes.save.ask(
            self,
            partial(form_files.use, self.desk.workspace, self._file),
            done=self._used,
            failed=self.strip.show_error,
        )

    def _used(self, form: Form) -> None:
        self.told.emit(Told(say("forms-used", name=form.name, edition=form.edition), icon="file-check"))
        self.stand(which=form.id)
        self._scrolled.hide()
        self.changed.emit()
        self.refresh()

    # ── publishing

    def _ask_publish(self) -> None:
        one = next((one for one in self._read.usable if one.form.id == self.list.current()), None)
        if one is not None:
            text = say("forms-publish-text", name=one.form.name, edition=one.form.edition)
            ask_first(
                self, say("forms-publish"), text, say("forms-publish"), partial(self.publish, one.form.id)
            )

    def publish(self, form: str) -> None:
        """The edition in use, for all laptops: each offers it, none is switched under an open draft."""
        self.desk.lanes.save.ask(
            self,
            partial(editions.publish, self.desk.workspace, form, now=self.desk.now()),
            done=self._published,
            failed=self.strip.show_error,
        )

    def _published(self, done: Published) -> None:
        self.told.emit(Told(say("forms-published", edition=done.edition), icon="send"))
        self.changed.emit()
        self.refresh()

    def _open_folder(self) -> None:
        folder = self.desk.workspace.path / "forms"
        folder.mkdir(exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _told(error: BadInput) -> str:
    """A file that cannot be used, and each of its faults."""
    return "\n".join((explain(error)[0], *(f"  {tell(fault)}" for fault in forms.faults(error))))


def _row(one: Edition, published: Published | None) -> Row:
    form = one.form
    notes = [say("forms-row", edition=form.edition, items=len(form.by_code))]
    notes.append(say("forms-own") if one.own else say("forms-shipped"))
    if one.replaced is not None:
        notes.append(say("forms-replaces", edition=one.replaced.edition))
    sent = published is not None and published.version == form.version
    draft = form.status is FormStatus.DRAFT
    return Row(
        key=form.id,
        title=form.title,
        note=say("ui-dot").join(notes),
        icon=icons.site_icon(form.site_kind),
        facts=(
            Fact(say("forms-sent") if sent else "", tone="muted"),
            Fact(word(form.status), tone="warn" if draft else "ok", badge=True),
        ),
    )
