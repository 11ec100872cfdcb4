"""One person or device, and what the root's holder may do; for a person of this laptop, the request that goes out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from inspector.services.enrolment import Standing
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Badge, Label
from inspector.ui.words import short_day


class MemberCard(Card):
    """`enrolled`, `ended` with the reason, `saved` the certificate as a file."""

    enrolled = Signal()
    ended = Signal(str)
    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = Label(role="section", bold=True, wrap=True)
        self.add(self._name)
        self._state = Badge()
        self.body.addWidget(self._state, alignment=Qt.AlignmentFlag.AlignLeft)
        self._note = Label(role="second", tone="muted", wrap=True)
        self.add(self._note)
        self.enrol = primary(say("members-enrol"), icon="shield-check")
        self.enrol.clicked.connect(self.enrolled)
        self.add(self.enrol)
        self.reply = Button(say("members-reply"), icon="file-export")
        self.reply.clicked.connect(self.saved)
        self.add(self.reply)
        self.reason = TextLine(name=say("members-reason"), placeholder=say("members-reason-hint"))
        self._reason = Field(say("members-reason"), self.reason)
        self.add(self._reason, line=True)
        self.end = Button(say("members-end"), icon="x")
        self.end.clicked.connect(self._end)
        self.add(self.end)

    def show_member(self, one: Standing, *, can: bool, holder: bool, reply: bool) -> None:
        """`can`: the root is unlocked; `holder`: its key lies here at all; `reply`: a certificate waits to be saved."""
        self._name.setText(one.name)
        if one.ended:
            self._state.show_fact(say("members-ended", day=short_day(one.ended)), "bad")
            note = say("members-note-ended", reason=one.reason or say("members-no-reason"), after=one.after)
        elif one.enrolled:
            self._state.show_fact(say("members-enrolled", day=short_day(one.enrolled)), "ok")
            note = say("members-note-enrolled")
        else:
            self._state.show_fact(say("members-not"), "warn")
            note = say(f"members-note-{one.kind}")
        self._note.setText(note if holder else f"{note}\n{say('members-elsewhere')}")
        again = one.kind == "person" and bool(one.enrolled)
        self.enrol.say(say("members-enrol-again") if again else say("members-enrol"))
        self.enrol.setVisible(holder and not one.ended and (not one.enrolled or again))
        for widget in (self.enrol, self.end, self.reason):
            widget.setEnabled(can)
        self.reply.setVisible(reply)
        self._reason.setVisible(holder and not one.ended)
        self.end.setVisible(holder and not one.ended)

    def forget(self) -> None:
        """What was typed has been used."""
        self.reason.show_text("")

    def _end(self) -> None:
        self.reason.commit()
        text = self.reason.text().strip()
        self._reason.ask("" if text else say("members-reason-ask"))
        if text:
            self.ended.emit(text)


class RequestCard(Card):
    """A person of this laptop asks the office to certify his key. `made` with his passphrase."""

    made = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("members-ask"))
        self._words = Label(role="second", tone="muted", wrap=True)
        self.add(self._words)
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.passphrase = PassphraseField(name=say("person-passphrase"))
        self.passphrase.entered.connect(self._press)
        self.add(Field(say("person-passphrase"), self.passphrase))
        self.yes = Button(say("members-ask-do"), icon="file-export")
        self.yes.clicked.connect(self._press)
        self.add(self.yes)

    def show_name(self, name: str) -> None:
        self._words.setText(say("members-ask-note", name=name))

    def refuse(self, error: BaseException) -> None:
        self.strip.show_error(error)

    def clear(self) -> None:
        self.strip.clear()
        self.passphrase.clear()

    def _press(self) -> None:
        if typed := self.passphrase.passphrase():
            self.made.emit(typed)
