"""A deed in place: it asks for what the table says that it needs, names the person, and shows errors where they are."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector.model.deed import TERMS, Ask, Deed, Said, lacks
from inspector.model.finding import Role
from inspector.model.request import Ruling
from inspector.services.deeds import Preview
from inspector.text import explain, say, word_of
from inspector.ui.desk import Desk
from inspector.ui.findings.asking import Editor, asked, editor_of
from inspector.ui.findings.editors import Choose
from inspector.ui.findings.known import Doing, Known
from inspector.ui.findings.steps import deed_words
from inspector.ui.findings.things import Photos
from inspector.ui.findings.words import moment_words
from inspector.ui.notices.fields import PersonField
from inspector.ui.pictures import Pictures
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Scrolled
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import KeyCap, Label, Line
from inspector.ui.words import site_note

MOST_REASONS: Final = 6


class DeedForm(QFrame):
    """`done` gives a Doing when everything is there; `looked` one of several findings that is to be previewed first."""

    done = Signal(object)
    looked = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        super().__init__()
        self._desk, self._pictures = desk, pictures
        self._deed = Deed.TELL
        self._known: Known | None = None
        self._ahead: tuple[Doing, Preview] | None = None
        self.editors: dict[Ask, Editor] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scrolled = Scrolled(margins=(20, 14, 20, 12), spacing=10)
        outer.addWidget(scrolled, 1)
        self.title = Label(role="section", bold=True, wrap=True)
        scrolled.body.addWidget(self.title)
        self._about = Label(role="second", tone="muted", wrap=True)
        scrolled.body.addWidget(self._about)
        self.strip = ErrorStrip(can_retry=False)
        scrolled.body.addWidget(self.strip)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        scrolled.body.addLayout(self._body)
        self.ahead = Label(wrap=True)
        scrolled.body.addWidget(self.ahead)
        scrolled.body.addStretch(1)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(20, 8, 20, 14)
        column.addWidget(Line())
        row = QHBoxLayout()
        row.setSpacing(8)
        self.no = Button(say("findings-cancel"), kind="ghost", key="Esc")
        self.no.clicked.connect(self.closed)
        row.addWidget(self.no)
        row.addStretch(1)
        row.addWidget(KeyCap("Ctrl Enter"))
        self.yes = primary("", key="Ctrl Enter")
        self.yes.clicked.connect(self.press)
        row.addWidget(self.yes)
        column.addLayout(row)
        outer.addWidget(foot)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Return"), self, context=within).activated.connect(self.press)

    # ── what is asked

    def open(self, deed: Deed, known: Known) -> None:
        """Ask for a deed on these findings; the hand goes to the first field."""
        self._deed, self._known, self._ahead = deed, known, None
        self.strip.clear()
        self.ahead.hide()
        while item := self._body.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.title.setText(deed_words(deed))
        self._about.setText(self._about_words(deed, known))
        self._about.setVisible(bool(self._about.text()))
        self.editors = {ask: editor_of(self._desk, self._pictures, deed, ask, known) for ask in asked(deed)}
        for editor in self.editors.values():
            self._body.addWidget(editor)
        self._make_signing(deed, known)
        ruling = self.editors.get(Ask.RULING)
        if isinstance(ruling, Choose):
            ruling.changed.connect(self._ruled)
            self._ruled(None)
        photos = self.editors.get(Ask.PHOTOS)
        if isinstance(photos, Photos):
            photos.failed.connect(self.strip.show_error)
        self._say_button()
        self.yes.setEnabled(True)
        next(iter(self.editors.values())).setFocus()

    def _make_signing(self, deed: Deed, known: Known) -> None:
        """Who records it: the laptop signs, the record names the person."""
        self.by = PersonField(say("ask-by"))
        self.by.show_people(known.people)
        self.by.combo.setCurrentIndex(max(0, self.by.combo.findData(known.acting.person)))
        self._body.addWidget(self.by)
        self.role: Choose | None = None
        if len(TERMS[deed].who) > 1:
            roles = [(role, word_of(role)) for role in (Role.OFFICE, Role.INSPECTOR)]
            self.role = Choose("role", say("ask-role"), roles, first=known.acting.role)
            self._body.addWidget(self.role)
        self._body.addWidget(Label(say("findings-signed-by"), role="hint", tone="muted", wrap=True))

    def _about_words(self, deed: Deed, known: Known) -> str:
        """What it is about: how many, or the request that waits."""
        if known.row is None:
            return say("findings-many", count=len(known.seen))
        subject = TERMS[deed].subject
        request = getattr(known.row, subject.value) if subject else None
        if request is not None and request.open:
            after = {unit.id: unit.name for unit in known.leads}.get(request.after, request.after)
            when = moment_words(request.asked_at)
            return site_note(say("findings-asked", who=request.asked_by, when=when), after, request.reason)
        if deed is Deed.EXTEND:
            return say("findings-due-now", day=moment_words(known.row.due))
        return site_note(known.row.place, known.row.description)

    def _ruled(self, _: object) -> None:
        """变更 alone asks for what is changed."""
        ruling, changes = self.editors[Ask.RULING], self.editors.get(Ask.CHANGES)
        if isinstance(ruling, Choose) and changes is not None:
            changes.setVisible(ruling.segments.value is Ruling.CHANGED)

    # ── what is said

    def press(self) -> None:
        """Do it, if everything is there; of several findings first say what it would do."""
        doing = self._read()
        if doing is None or not self.yes.isEnabled():
            return
        self.strip.clear()
        if len(doing.seen) > 1 and self._deed in (Deed.TELL, Deed.LIMIT):
            if self._ahead is None or self._ahead[0] != doing:
                self.yes.setEnabled(False)
                self.looked.emit(doing)
                return
            doing = Doing(
                deed=doing.deed,
                seen=self._ahead[1].ready,
                by=doing.by,
                role=doing.role,
                said=doing.said,
            )
        self.yes.setEnabled(False)
        self.done.emit(doing)

    def show_preview(self, doing: Doing, ahead: Preview) -> None:
        """What it would do: how many of each unit, and why not the others."""
        self._ahead = (doing, ahead)
        lines = [
            say("findings-ahead", unit=group.label or say("findings-group-unit-none"), count=group.count)
            for group in ahead.groups
        ]
        if ahead.refused:
            lines += ["", say("findings-ahead-not", count=len(ahead.refused))]
            lines += [explain(error)[0] for error in list(ahead.refused.values())[:MOST_REASONS]]
        self.ahead.setText("\n".join(lines))
        self.ahead.show()
        self._say_button()
        self.yes.setEnabled(bool(ahead.ready))
        self.yes.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Why it was not done; what was typed is still there."""
        self.yes.setEnabled(True)
        self.strip.show_error(error)

    def see(self, known: Known) -> None:
        """The findings as they stand by now: somebody wrote to them meanwhile."""
        self._known = known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _read(self) -> Doing | None:
        known = self._known
        if known is None:
            return None
        values: dict[str, Any] = {}
        unreadable: list[Ask] = []
        for ask, editor in self.editors.items():
            given = editor.read()
            if given is None:
                unreadable.append(ask)
            elif editor.isVisibleTo(self):
                values |= given
        person = self.by.person()
        self.by.ask("" if person else say("ask-missing"))
        values.setdefault("at", self._desk.now().isoformat(timespec="seconds"))
        said = Said(**values)
        missing = [ask for ask in lacks(self._deed, said) if ask in self.editors and ask not in unreadable]
        self._ask_back(missing, unreadable)
        if missing or unreadable or person is None:
            first = next((ask for ask in self.editors if ask in missing or ask in unreadable), None)
            (self.editors[first] if first else self.by).setFocus()
            return None
        role = self.role.segments.value if self.role else Role.OFFICE
        return Doing(deed=self._deed, seen=known.seen, by=person.id, role=Role(str(role)), said=said)

    def _ask_back(self, missing: list[Ask], unreadable: list[Ask]) -> None:
        either = TERMS[self._deed].either
        for ask, editor in self.editors.items():
            if ask not in unreadable:
                text = say("ask-either") if ask in either else say("ask-missing")
                editor.ask(text if ask in missing else "")

    def _say_button(self) -> None:
        known = self._known
        if known is not None and known.row is None and self._deed in (Deed.TELL, Deed.LIMIT):
            if self._ahead is None:
                self.yes.say(say("findings-preview"))
            else:
                count = len(self._ahead[1].ready)
                self.yes.say(say("findings-do-many", what=deed_words(self._deed), count=count))
        else:
            self.yes.say(deed_words(self._deed))
