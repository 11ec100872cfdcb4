"""What is done with findings on the page: opened, worded, one more, struck, given photos."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.model.draft import DraftFinding
from inspector.text import say
from inspector.ui.inspect.board import ItemBoard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.undoing import Undoing
from inspector.ui.inspect.where import Where
from inspector.ui.inspect.work import DraftWork
from inspector.ui.screen import Told


class FindingActs(QObject):
    """Acts on the finding that is open, and those that open one."""

    told = Signal(object)  # Told

    def __init__(self, work: DraftWork, board: ItemBoard, where: Where, undoing: Undoing) -> None:
        super().__init__()
        self._work, self._board, self._where, self._undoing = work, board, where, undoing

    def opened(self, code: str, wording: str, finding: DraftFinding) -> None:
        """A finding was made: it opens where one still is, with its wording."""
        self._work.show_finding(finding)
        if self._where.code == code:  # else one has gone on meanwhile
            self._where.go_to(code, finding=finding.id)
            card = self._board.current
            if wording and isinstance(card, FindingForm):
                card.word_with(wording)

    def one_more(self) -> None:
        """再加一处."""
        card = self._board.current
        if isinstance(card, FindingForm):
            card.settle()
            self._work.one_more(card.item.code, partial(self.opened, card.item.code, ""))

    def done(self) -> None:
        """记好，下一未答."""
        self._board.settle()
        self._where.finding = ""
        self._where.next()

    def strike(self, finding: str) -> None:
        """The finding goes; the one before it of the same item opens."""
        code = self._where.code
        self._work.strike(finding)
        self.told.emit(Told(say("finding-struck", item=code), undo=self._undoing.undo))
        self._where.finding = ""
        own = self._work.draft.of_item(code)
        self._where.go_to(code, finding=own[-1].id if own else "")

    def turn_to(self, finding: str) -> None:
        """Another finding of the same item."""
        self._where.go_to(self._where.code, finding=finding)

    def found(self, code: str, wording: str) -> None:
        """An item was found, or one of its wordings: then its finding opens with it."""
        self._where.go_to(code)
        if wording:
            item = self._work.form.item(code)
            self._work.fail(item, self._work.given(code), partial(self.opened, code, wording))

    def jotting_placed(self, jotting: str, code: str, wording: str) -> None:
        """A 速记 becomes a finding of an item."""
        self._where.go_to(code, focus=False)
        self._work.place_jotting(jotting, code, partial(self.opened, code, wording))

    def give_photos(self, photos: tuple[str, ...]) -> None:
        """Photos for the finding that is open; without one they stay in the tray."""
        card = self._board.current
        if isinstance(card, FindingForm):
            card.take_photos(photos)

    def photos_on_item(self, code: str, photos: tuple[str, ...]) -> None:
        """Dropped on an item: it fails, and the photos belong to its finding."""
        self._where.go_to(code, focus=False)
        item = self._work.form.item(code)
        self._work.fail(item, self._work.given(code), partial(self.opened, code, ""), photos=photos)
