"""Undo and redo of the acts on a draft: the page goes to where it changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.model.draft import Draft
from inspector.ui.imewise import commit_all
from inspector.ui.inspect.board import ItemBoard
from inspector.ui.inspect.where import Where
from inspector.ui.inspect.work import DraftWork


class Undoing(QObject):
    """What is being typed on `page` is kept first: it is an act, too."""

    shown = Signal()  # something changed that is no item
    jumped = Signal()

    def __init__(self, page: QWidget, work: DraftWork, board: ItemBoard, where: Where) -> None:
        super().__init__()
        self._page, self._work, self._board, self._where = page, work, board, where

    def undo(self) -> None:
        """Take the last act back."""
        if self._work.ready:
            commit_all(self._page)
            self._work.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._work.ready:
            commit_all(self._page)
            self._work.redo()

    def jump(self, paths: tuple[str, ...], before: Draft) -> None:
        """Undo goes to the item, and the eye sees where."""
        findings = [one for one in self._work.draft.findings if f"findings/{one.id}" in paths]
        struck = [one.item for one in before.findings if f"findings/{one.id}" in paths]
        named = [
            path.partition("/")[2] for path in paths if path.startswith(("answers/", "header/", "facts/"))
        ]
        if findings:
            self._where.go_to(findings[0].item, finding=findings[0].id)
        elif named or struck:
            self._where.go_to((named or struck)[0])
        else:
            self.shown.emit()
        self._board.flash()
        self.jumped.emit()
