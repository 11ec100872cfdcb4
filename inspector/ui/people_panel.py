"""The right side of the people screen: one person with his fingerprint, a new person, a key that is brought."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QWidget

from inspector.model.person import Person
from inspector.text import say
from inspector.ui.office.pinning import digits
from inspector.ui.sign.joining import NewPerson
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Badge, Label


class PersonCard(Card):
    """One person: what stands on the sheets, whether his key is here, the fingerprint of his certificate."""

    copied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fingerprint = ""
        self._name = Label(role="section", bold=True, wrap=True)
        self.add(self._name)
        self._key = Badge()
        self.body.addWidget(self._key, alignment=Qt.AlignmentFlag.AlignLeft)
        self._key_note = Label(role="second", tone="muted", wrap=True)
        self.add(self._key_note)
        holder = QWidget()
        self._facts = QFormLayout(holder)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(16)
        self._values = {}
        for key in ("people-fact-organisation", "people-fact-position", "people-fact-number"):
            self._values[key] = Label(wrap=True)
            self._facts.addRow(Label(say(key), tone="muted"), self._values[key])
        self.add(holder, line=True)
        self.add(Label(say("people-fingerprint"), role="second", tone="muted"), line=True)
        self.shown = Label(role="item", wrap=True)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(self.shown)
        self._note = Label(role="second", tone="muted", wrap=True)
        self.add(self._note)
        self.copy = Button(say("people-copy"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self.body.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_person(self, person: Person, *, fingerprint: str, key_here: bool) -> None:
        self._fingerprint = fingerprint
        self._name.setText(person.name)
        tone = "ok" if key_here else "warn"
        self._key.show_fact(say("people-key-here") if key_here else say("people-key-away"), tone)
        self._key_note.setText(say("people-key-here-note") if key_here else say("people-key-away-note"))
        for key, text in (
            ("people-fact-organisation", person.organisation),
            ("people-fact-position", person.position),
            ("people-fact-number", person.certificate_number),
        ):
            self._values[key].setText(text)
            self._facts.setRowVisible(self._values[key], bool(text))
        self.shown.setText(digits(fingerprint) or say("people-fingerprint-none"))
        known = len(person.certificates)
        more = say("people-certificates", count=known) if known > 1 else ""
        self._note.setText("\n".join(text for text in (say("people-fingerprint-note"), more) if text))
        self._note.setVisible(bool(fingerprint))
        self.copy.setVisible(bool(fingerprint))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fingerprint)
        self.copied.emit()


class _Making(Card):
    """Fields, what went wrong, and the button that does it; `closed` leaves everything as it was."""

    made = Signal(object)
    closed = Signal()

    def __init__(self, title: str, note: str, fields: QWidget, does: str, icon: str) -> None:
        super().__init__(title)
        self._does = does
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.add(fields)
        self.add(Label(note, role="second", tone="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.no = Button(say("people-cancel"), kind="ghost", key="Esc")
        self.no.clicked.connect(self.closed)
        self.yes = primary(does, icon=icon)
        self.yes.clicked.connect(self.press)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.body.addLayout(row)

    def press(self) -> None:
        """Do it, if nothing is missing."""
        raise NotImplementedError

    def wait(self, waiting: bool) -> None:
        """While the key is made or opened (half a second)."""
        self.yes.setEnabled(not waiting)
        self.yes.say(say("people-making") if waiting else self._does)

    def refuse(self, error: BaseException) -> None:
        """Why it was not done; what was typed is still there."""
        self.wait(False)
        self.strip.show_error(error)


class NewCard(_Making):
    """A new person with a key of his own: `made` gives what `people.add` takes."""

    def __init__(self) -> None:
        self.fields = NewPerson()
        super().__init__(
            say("people-new"), say("people-new-note"), self.fields, say("people-make"), "user-plus"
        )
        self.fields.again.entered.connect(self.press)

    def begin(self) -> None:
        self.strip.clear()
        self.wait(False)
        self.fields.name.setFocus()

    def clear(self) -> None:
        self.fields.clear()
        self.wait(False)
        self.strip.clear()

    def press(self) -> None:
        if self.yes.isEnabled() and (typed := self.fields.typed()) is not None:
            self.made.emit(typed)


class ImportCard(_Making):
    """A key that its owner brings: `made` gives the passphrase of the file."""

    def __init__(self) -> None:
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._file = Label(wrap=True)
        form.addRow(Label(say("people-import-file"), role="second", tone="muted"), self._file)
        self.passphrase = PassphraseField(name=say("person-passphrase"))
        form.addRow(Field(say("person-passphrase"), self.passphrase))
        super().__init__(
            say("people-import"), say("people-import-note"), fields, say("people-import-do"), "key"
        )
        self.passphrase.entered.connect(self.press)

    def begin(self, file: str) -> None:
        self._file.setText(file)
        self.clear()
        self.passphrase.setFocus()

    def clear(self) -> None:
        self.passphrase.clear()
        self.wait(False)
        self.strip.clear()

    def press(self) -> None:
        if self.yes.isEnabled() and (passphrase := self.passphrase.passphrase()):
            self.made.emit(passphrase)
