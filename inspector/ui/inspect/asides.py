"""What stands beside and over the items: photos, the finder, the line for jotting down."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.model.draft import Draft, Jotting
from inspector.services import inspecting
from inspector.services.inspecting import InTray
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.inspect.finder import ItemFinder, JotLine
from inspector.ui.inspect.intake import PhotoIntake
from inspector.ui.inspect.photos import PhotoColumn
from inspector.ui.inspect.work import DraftWork
from inspector.ui.pictures import Pictures
from inspector.ui.screen import Told
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import Space, theme

FINDER_PX: Final = (640, 430)


class Asides(QObject):
    """`given` photos for the open finding, `found` an item with a wording or none, `placed` a jotting at an item."""

    given = Signal(object)  # hashes
    found = Signal(str, str)
    placed = Signal(str, str, str)  # jotting, code, wording
    closed = Signal()
    told = Signal(object)
    failed = Signal(object)
    loose = Signal(int)
    sort = Signal()

    def __init__(self, desk: Desk, over: QWidget, pictures: Pictures, work: DraftWork) -> None:
        super().__init__(over)
        self._desk, self._over, self._work = desk, over, work
        self._jotting = ""
        self._seen: frozenset[str] = frozenset()
        self.drawer_open = False
        self.photos = PhotoColumn(pictures)
        self.photos.can_sort("photos" in OPENINGS)
        self.finder = ItemFinder(over)
        self.jot = JotLine(over)
        self.intake = PhotoIntake(desk, over)
        self.photos.given.connect(self._give)
        self.photos.bring.connect(self.intake.ask)
        self.photos.paste.connect(self.paste)
        self.photos.stop.connect(self.intake.stop)
        self.photos.sort.connect(self.sort)
        self.intake.came.connect(self._came)
        self.intake.coming.connect(self.photos.show_coming)
        self.intake.taken.connect(self.photos.show_taken)
        self.intake.failed.connect(self.failed)
        self.finder.found.connect(self._found)
        self.finder.closed.connect(self.closed)
        self.jot.jotted.connect(self._jotted)
        self.jot.closed.connect(self.closed)

    def fold(self, space: Space) -> None:
        """What fits beside the items."""
        self.photos.fold(narrow=space.narrow, wide=space.wide)
        self.photos.setVisible(not space.drawer or self.drawer_open)

    # ── photos

    def read_tray(self) -> None:
        """The day's photos again."""
        day = self._desk.now().date()
        self._desk.lanes.read.ask(
            self,
            partial(inspecting.tray, self._desk.workspace, self._work.which, day=day),
            done=self._show_tray,
            failed=self.failed.emit,
        )

    def photos_moved(self) -> None:
        """Read the tray again if the draft's photos are others now."""
        now = _photos(self._work.draft)
        if now != self._seen:
            self._seen = now
            self.read_tray()

    def show_pair(self, code: str, finding: str) -> None:
        """上次与这次, while a finding is open at an item that is left over."""
        ground, draft = self._work.ground, self._work.draft
        left = ground.left_over.get(code, ()) if finding else ()
        own = next((one for one in draft.findings if one.id == finding), None)
        photo = own.photos[0].sha256 if own and own.photos else ""
        self.photos.show_pair(left[0] if left else None, photo, ground.times.get(code, 0))

    def paste(self) -> None:
        """Photos out of the clipboard."""
        if not self.intake.paste():
            self.told.emit(Told(say("photos-nothing-to-paste"), icon="clipboard"))

    def _show_tray(self, tray: tuple[InTray, ...]) -> None:
        self.photos.show_tray(tray)
        self.loose.emit(sum(not one.at for one in tray))

    def _came(self, taken: tuple[str, ...]) -> None:
        if taken:
            self.given.emit(taken)
        self.read_tray()

    def _give(self, photo: str) -> None:
        self.given.emit((photo,))

    # ── finding items, jotting down

    def find(self) -> None:
        """/"""
        self._jotting = ""
        self._pop(say("inspect-find"))

    def place_jotting(self, jotting: str) -> None:
        """归到…: which item it belongs to."""
        self._jotting = jotting
        self._pop(say("inspect-place-jotting"))

    def jot_down(self) -> None:
        """速记: one line over the items."""
        wide = min(FINDER_PX[0], self._over.width() - 40)
        tall = max(64, theme.look.control + 22)
        self.jot.setGeometry((self._over.width() - wide) // 2, 72, wide, tall)
        self.jot.pop()

    def _pop(self, title: str) -> None:
        wide = min(FINDER_PX[0], self._over.width() - 40)
        tall = min(FINDER_PX[1], self._over.height() - 120)
        self.finder.setGeometry((self._over.width() - wide) // 2, 60, wide, tall)
        self.finder.pop(title)

    def _found(self, code: str, wording: str) -> None:
        jotting, self._jotting = self._jotting, ""
        if jotting:
            self.placed.emit(jotting, code, wording)
        else:
            self.found.emit(code, wording)

    def _jotted(self, text: str) -> None:
        self._work.jot(text, self._kept)

    def _kept(self, jotting: Jotting) -> None:
        others = [one for one in self._work.draft.jottings if one.id != jotting.id]
        self.told.emit(Told(say("inspect-jotted", count=len(others) + 1), undo=self._work.undo))


def _photos(draft: Draft) -> frozenset[str]:
    return frozenset(shot.sha256 for one in draft.findings for shot in one.photos)
