"""The keys that are open now: each is opened by its owner's passphrase, and all are closed after ten minutes."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.services import people
from inspector.services.people import Unlocked
from inspector.ui.desk import Desk

LOCKED_MS: Final = 600_000


class KeyRing(QObject):
    """`people` are those who can sign now, `opening` is the person whose key is being opened (half a second)."""

    opened = Signal(str)  # person
    refused = Signal(str, object)  # person, why
    changed = Signal()  # anything of the above, and the beginning of opening

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.people: dict[str, Unlocked] = {}
        self.opening = ""
        self.forget = QTimer(self, singleShot=True, interval=LOCKED_MS)
        self.forget.timeout.connect(self.lock)

    def unlock(self, person: str, passphrase: str) -> None:
        """Open a key, one at a time; the passphrase is not kept."""
        if self.opening:
            return
        self.opening = person
        self.changed.emit()
        self._desk.lanes.paper.ask(
            self,
            partial(people.unlock, self._desk.workspace, person, passphrase),
            done=self._opened,
            failed=partial(self._refused, person),
        )

    def lock(self) -> None:
        """Close all keys: after ten minutes, when one leaves, when everything is signed."""
        self.forget.stop()
        self.people = {}
        self.changed.emit()

    def _opened(self, unlocked: Unlocked) -> None:
        self.opening = ""
        self.people[unlocked.person.id] = unlocked
        self.forget.start()
        self.changed.emit()
        self.opened.emit(unlocked.person.id)

    def _refused(self, person: str, error: BaseException) -> None:
        self.opening = ""
        self.changed.emit()
        self.refused.emit(person, error)
