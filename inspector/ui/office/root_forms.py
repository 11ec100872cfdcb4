"""Forms of the root: a new one with its passphrase; its key out of the code on the recovery sheet; the sheet again."""

from __future__ import annotations

from PySide6.QtCore import Signal

from inspector.model.person import MIN_PASSPHRASE
from inspector.text import say
from inspector.ui.imewise import TextLine
from inspector.ui.widgets.buttons import Button
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.strips import ErrorStrip
from inspector.ui.widgets.text import Label


class _Form(Card):
    """A line of text and a new passphrase, twice; `made` gives both."""

    made = Signal(str, str)

    def __init__(self, title: str, note: str, label: str, does: str, icon: str) -> None:
        super().__init__(title)
        self._does = does
        self.add(Label(note, role="second", tone="muted", wrap=True))
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.name = TextLine(name=label)
        self._name = Field(label, self.name)
        self.passphrase = PassphraseField(name=say("root-passphrase"))
        self.again = PassphraseField(name=say("root-passphrase-again"))
        self._passphrase = Field(say("root-passphrase"), self.passphrase)
        self._again = Field(say("root-passphrase-again"), self.again)
        for field in (self._name, self._passphrase, self._again):
            self.add(field)
        self.again.entered.connect(self.press)
        self.yes = Button(does, icon=icon)
        self.yes.clicked.connect(self.press)
        self.add(self.yes)

    def press(self) -> None:
        """Do it, if nothing is missing; what is missing is asked for in place."""
        self.name.commit()
        name, passphrase = self.name.text().strip(), self.passphrase.passphrase()
        self._name.ask("" if name else say("root-ask-text"))
        short = len(passphrase) < MIN_PASSPHRASE
        self._passphrase.ask(say("root-ask-passphrase", least=MIN_PASSPHRASE) if short else "")
        differs = not short and passphrase != self.again.passphrase()
        self._again.ask(say("root-ask-again") if differs else "")
        if name and not short and not differs and self.yes.isEnabled():
            self.made.emit(name, passphrase)

    def wait(self, waiting: bool) -> None:
        self.yes.setEnabled(not waiting)
        self.yes.say(say("root-making") if waiting else self._does)

    def refuse(self, error: BaseException) -> None:
        """Why it was not done; what was typed is still there."""
        self.wait(False)
        self.strip.show_error(error)

    def clear(self) -> None:
        """Nothing that was typed stays."""
        self.wait(False)
        self.strip.clear()
        self.name.show_text("")
        self.passphrase.clear()
        self.again.clear()


class MakeCard(_Form):
    """A new root."""

    def __init__(self) -> None:
        super().__init__(
            say("root-make"), say("root-make-note"), say("root-name"), say("root-make-do"), "shield-lock"
        )


class RecoverCard(_Form):
    """The root's key on another laptop, or after its passphrase was forgotten."""

    def __init__(self) -> None:
        super().__init__(
            say("root-recover"), say("root-recover-note"), say("root-recovery"), say("root-recover-do"), "key"
        )


class AgainCard(Card):
    """The recovery sheet once more. `asked` with the root's passphrase."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("root-again"))
        self.add(Label(say("root-again-note"), role="second", tone="muted", wrap=True))
        self.strip = ErrorStrip(can_retry=False)
        self.add(self.strip)
        self.passphrase = PassphraseField(name=say("root-passphrase"))
        self.passphrase.entered.connect(self._press)
        self.add(Field(say("root-passphrase"), self.passphrase))
        self.yes = Button(say("root-again-do"), icon="printer")
        self.yes.clicked.connect(self._press)
        self.add(self.yes)

    def refuse(self, error: BaseException) -> None:
        """Why there is none."""
        self.strip.show_error(error)

    def clear(self) -> None:
        """Nothing that was typed stays."""
        self.strip.clear()
        self.passphrase.clear()

    def _press(self) -> None:
        if typed := self.passphrase.passphrase():
            self.asked.emit(typed)
