"""What is done to photos: put to items, taken back, turned, moved, their times put right; each act saved at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.model.draft import DraftFinding, Shot
from inspector.services import album, drafts, photos
from inspector.services.album import Spot, Target
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.screen import Told


class PhotoActs(QObject):
    """`acted` after each act, whether it was taken or not; `put` with the photos that were put, `mistyped` if what was
    typed means nothing; `failed` with any other reason."""

    acted = Signal(bool)
    put = Signal(object)
    mistyped = Signal(object)
    returned = Signal()
    told = Signal(object)  # Told
    failed = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, draft: str) -> None:
        super().__init__(over)
        self._desk, self._draft = desk, draft
        self._last = ""  # the draft of the last act: what Ctrl Z takes back
        self.under_way = 0

    def assign(self, text: str, chosen: tuple[str, ...]) -> None:
        """Put photos to what was typed: an item, or `GC-007 14` of another site."""
        self._act(
            partial(_assign, self._desk.workspace, self._draft, text, chosen, self._desk.now()),
            partial(self._was_put, chosen),
            self.mistyped.emit,
        )

    def take_back(self, chosen: tuple[str, ...]) -> None:
        """They belong to no item any more."""
        self._last = self._draft
        self._act(
            partial(album.take_back, self._desk.workspace, self._draft, chosen, now=self._desk.now()),
            partial(self._was_taken_back, len(chosen)),
        )

    def edit(self, spot: Spot, shot: Shot) -> None:
        """Caption, role, turn, marks."""
        self._last = spot.draft
        self._act(partial(album.edit, self._desk.workspace, spot, shot, now=self._desk.now()))

    def move(self, spot: Spot, by: int) -> None:
        """Earlier or later among the photos of its finding."""
        self._last = spot.draft
        self._act(partial(album.move, self._desk.workspace, spot, by, now=self._desk.now()))

    def shift(self, same: tuple[str, ...], seconds: int, *, before: int) -> None:
        """The photos of one phone get one shift of its clock."""
        self._act(
            partial(photos.shift, self._desk.workspace, same, seconds=seconds),
            partial(self._was_shifted, same, before),
        )

    def undo(self, steps: int = 1) -> None:
        """Take back the last acts of the draft that was worked on."""
        draft = self._last or self._draft
        for _ in range(steps if draft else 0):
            self._act(partial(drafts.undo, self._desk.workspace, draft, now=self._desk.now()))

    def _was_put(self, chosen: tuple[str, ...], done: tuple[Target, DraftFinding, int]) -> None:
        target, _, steps = done
        self._last = target.draft
        code = target.item.code
        at = say("album-at-site", site=target.site, item=code) if target.site else code
        words = say("album-was-put", count=len(chosen), at=at)
        self.told.emit(Told(words, undo=partial(self.undo, steps)))
        self.put.emit(chosen)

    def _was_taken_back(self, count: int, steps: int) -> None:
        self.told.emit(Told(say("album-was-taken-back", count=count), undo=partial(self.undo, steps)))
        self.returned.emit()

    def _was_shifted(self, same: tuple[str, ...], before: int, _photos: object) -> None:
        undo = partial(self._act, partial(photos.shift, self._desk.workspace, same, seconds=before))
        self.told.emit(Told(say("clock-was-put", count=len(same)), icon="clock", undo=undo))
        self.returned.emit()

    def _act(
        self,
        call: Callable[[], object],
        done: Callable[..., None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        self.under_way += 1
        self._desk.lanes.save.ask(
            self, call, done=partial(self._acted, done), failed=partial(self._refused, failed)
        )

    def _acted(self, done: Callable[..., None] | None, result: object) -> None:
        self.under_way -= 1
        if done is not None:
            done(result)
        self.acted.emit(True)

    def _refused(self, failed: Callable[[BaseException], None] | None, error: BaseException) -> None:
        self.under_way -= 1
        (failed or self.failed.emit)(error)
        self.acted.emit(False)


def _assign(
    workspace: Workspace, draft: str, text: str, chosen: tuple[str, ...], now: datetime
) -> tuple[Target, DraftFinding, int]:
    target = album.target(workspace, draft, text)
    finding, steps = album.assign(workspace, target, chosen, now=now)
    return target, finding, steps
