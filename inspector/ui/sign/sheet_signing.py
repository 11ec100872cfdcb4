"""签名并生成: what was typed a moment ago counts, then one question, then the PDF."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.services import signing, standing
from inspector.services.standing import Standing
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.sign.keys import KeyRing
from inspector.ui.widgets.asking import ask_first


class SheetSigning(QObject):
    """`looked` with the draft as it stands on the disk, before anything is asked; `began`, then `signed` with the
    progress or `failed`."""

    looked = Signal(object)  # Standing
    began = Signal()
    signed = Signal(object)  # Progress
    failed = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, keys: KeyRing) -> None:
        super().__init__(over)
        self._desk, self._over, self._keys = desk, over, keys
        self.running = False

    def look(self, state: Standing) -> None:
        """Read again, with the moment of the preview: if nothing changed, it is that."""
        self._desk.lanes.read.ask(
            self,
            partial(standing.standing, self._desk.workspace, state.draft, now=state.made),
            done=self.looked.emit,
            failed=self.failed.emit,
        )

    def ready(self, state: Standing) -> list[str]:
        """Those whose keys are open and who have not signed."""
        return [
            one.person
            for one in state.prepared.content.signers
            if one.person in self._keys.people and one.person not in state.signed
        ]

    def ask(self, state: Standing, yes: str, *, as_is: bool = False) -> None:
        """The one question; `yes` is what the button says. `as_is`: findings that moved meanwhile are let be."""
        content = state.prepared.content
        names = say("ui-list").join(one.name for one in content.signers if one.person in self._keys.people)
        ask_first(
            self._over,
            say("sign-ask-title", number=content.number),
            say("sign-ask-text", names=names),
            yes,
            partial(self._sign, state, as_is),
            icon="signature",
        )

    def _sign(self, state: Standing, as_is: bool) -> None:
        self.running = True
        self.began.emit()
        self._desk.lanes.paper.ask(
            self,
            partial(
                signing.sign_draft,
                self._desk.workspace,
                state.draft,
                [self._keys.people[person] for person in self.ready(state)],
                now=self._desk.now(),
                made=state.made,
                as_is=as_is,
            ),
            done=self._done,
            failed=self._refused,
        )

    def _done(self, progress: signing.Progress) -> None:
        self.running = False
        self.signed.emit(progress)

    def _refused(self, error: BaseException) -> None:
        self.running = False
        self.failed.emit(error)
