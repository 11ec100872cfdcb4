"""The card of a sync: how far it is and 停止, what it has to ask, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from inspector.model.errors import InspectorError
from inspector.services.bundles import Written
from inspector.services.haul import Broken, Progress
from inspector.services.sync import Stranger, Synced
from inspector.text import explain, say
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.fields import Field, PassphraseField
from inspector.ui.widgets.frames import Card
from inspector.ui.widgets.marks import Icon
from inspector.ui.widgets.text import Label

MB: Final = 1_000_000
MOST_BROKEN: Final = 20
"""So many broken files are named one by one; a stick that is all broken would fill the page."""


class Outcome(StrEnum):
    """What came of a sync, in one word."""

    COMPLETE = "complete"
    """可以拔出: everything of this laptop lies there, and was read back."""
    READ_ONLY = "readonly"
    """Nothing could be written there; what is there came in."""
    PARTIAL = "partial"
    RECEIVED = "received"
    """A bundle was read."""

    @classmethod
    def of(cls, done: Sequence[Synced], *, bundle: bool) -> Outcome:
        if bundle:
            return cls.RECEIVED
        if all(one.complete for one in done):
            return cls.COMPLETE
        return cls.READ_ONLY if any(one.read_only for one in done) else cls.PARTIAL


SIGNS: Final = {
    Outcome.COMPLETE: ("circle-check", "ok"),
    Outcome.READ_ONLY: ("lock", "warn"),
    Outcome.PARTIAL: ("alert-triangle", "warn"),
    Outcome.RECEIVED: ("circle-check", "ok"),
}


class _Said(QWidget):
    """A line with its sign."""

    def __init__(self, text: str, icon: str, tone: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(icon, px=18, token=tone), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, tone="text" if tone == "muted" else tone, wrap=True), 1)


class GoingCard(Card):
    """Hidden until something is under way. `stop` is pressed on 停止; `opened` gives the passphrase that was typed,
    `plain` that none is wanted; `let_in` that the new devices may come; `closed` that nothing of it is wanted."""

    stop = Signal()
    opened = Signal(str)
    plain = Signal()
    let_in = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-title"))
        self.title.setWordWrap(True)
        self.stopping = Button(say("sync-stop"), icon="player-stop")
        self.stopping.clicked.connect(self.stop)
        self.head.addWidget(self.stopping)
        self.figures = Label(role="second", tone="muted", wrap=True)
        self.add(self.figures)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.add(self.bar)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.passphrase = PassphraseField(name=say("sync-passphrase"))
        self.passphrase.entered.connect(self._open)
        self._field = Field(say("sync-passphrase"), self.passphrase)
        self.add(self._field)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.no = Button(say("sync-not-now"), kind="ghost")
        self.no.clicked.connect(self.closed)
        self.without = Button(say("sync-plain"))
        self.without.clicked.connect(self.plain)
        self.open = primary(say("sync-open"), icon="lock-open")
        self.open.clicked.connect(self._open)
        self.accept = primary(say("sync-let-in"), icon="check")
        self.accept.clicked.connect(self.let_in)
        for button in (self.open, self.accept, self.without, self.no):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.body.addLayout(self._buttons)
        self._ask_nothing()
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether it waits for the person."""
        return not (self.open.isHidden() and self.accept.isHidden())

    # ── under way

    def begin(self, title: str) -> None:
        """Something begins, which can be stopped."""
        self._turn(title)
        self.figures.setText(say("sync-looking"))
        self.bar.setValue(0)
        for widget in (self.figures, self.bar, self.stopping):
            widget.show()
        self.stopping.setEnabled(True)
        self.stopping.setFocus()

    def show_pace(self, progress: Progress) -> None:
        """Bytes and files done, and how long the rest takes at this pace."""
        left = progress.seconds_left
        self.figures.setText(
            say(
                "sync-pace",
                step=say("sync-step-take") if progress.step == "take" else say("sync-step-put"),
                files=progress.files,
                files_total=max(progress.files_total, progress.files),
                done=f"{progress.bytes / MB:.1f}",
                total=f"{progress.bytes_total / MB:.1f}",
            )
            + ("" if left is None else time_left(left))
        )
        self.bar.setValue(round(1000 * progress.bytes / max(progress.bytes_total, 1)))

    def wait_for_stop(self) -> None:
        """停止 was pressed: the file in hand is finished first."""
        self.stopping.setEnabled(False)
        self.figures.setText(say("sync-stopping"))

    # ── asking

    def ask_passphrase(self, name: str, *, new: bool) -> None:
        """What opens a sealed stick, or seals a new one."""
        self._turn(say("sync-new-title", name=name) if new else say("sync-sealed-title", name=name))
        self._say(say("sync-new-text") if new else say("sync-sealed-text"), "lock")
        self.open.say(say("sync-seal") if new else say("sync-open"))
        for widget in (self._field, self.open, self.no):
            widget.show()
        self.without.setVisible(new)
        self.passphrase.setFocus()

    def ask_strangers(self, strangers: Sequence[Stranger]) -> None:
        """Whether devices that were never met may come in."""
        records = sum(one.records for one in strangers)
        self._turn(say("sync-strangers", count=len(strangers), records=records))
        for one in strangers:
            name = say("sync-stranger", label=one.label or one.device[:8], records=one.records)
            self._say(name, "device-laptop")
        self._say(say("sync-strangers-text"), "info-circle")
        self.accept.show()
        self.no.show()
        self.accept.setFocus()

    # ── what came of it

    def show_done(self, done: Sequence[Synced], *, bundle: bool) -> None:
        """The result, in words: 可以拔出 only when everything of this laptop lies there."""
        found = Outcome.of(done, bundle=bundle)
        self._turn(say(f"sync-{found}"))
        self._say(
            say(
                "sync-taken",
                records=sum(one.taken.records for one in done),
                blobs=sum(one.taken.blobs for one in done),
            ),
            "download",
        )
        if put := sum(one.put_files for one in done):
            megabytes = f"{sum(one.put_bytes for one in done) / MB:.1f}"
            self._say(say("sync-put", files=put, megabytes=megabytes), "upload")
        if missing := max(one.missing for one in done):
            self._say(say("sync-missing", count=missing), "photo-exclamation", "warn")
        if mended := sum(one.mended for one in done):
            self._say(say("sync-mended", count=mended), "tool")
        broken = [bad for one in done for bad in one.broken]
        for bad in broken[:MOST_BROKEN]:
            self._say(say("sync-broken", where=bad.where, file=bad.file, why=_why(bad)), "file-off", "bad")
        if len(broken) > MOST_BROKEN:
            self._say(say("sync-broken-more", count=len(broken) - MOST_BROKEN), "file-off", "bad")
        for one in done:
            if bundle and one.failure:
                self._say(" ".join(explain(one.failure)), "file-off", "bad")
        icon, tone = SIGNS[found]
        self._say(say(f"sync-{found}-text"), icon, tone)

    def show_written(self, written: Written) -> None:
        """The files of a bundle."""
        self._turn(say("sync-written"))
        megabytes = f"{written.bytes / MB:.1f}"
        self._say(say("sync-written-sum", blobs=written.blobs, megabytes=megabytes), "package-export", "ok")
        for file in written.files:
            self._say(file, "file-export")

    def show_stopped(self) -> None:
        """The person wanted no more."""
        self._turn(say("sync-stopped"))
        self._say(say("sync-stopped-text"), "player-stop")

    def forget(self) -> None:
        """Nothing is under way, and nothing typed is kept."""
        self._ask_nothing()
        self.hide()

    def _turn(self, title: str) -> None:
        self._ask_nothing()
        self.title.setText(title)
        self.setAccessibleName(title)
        while self._lines.count():
            line = self._lines.takeAt(0).widget()
            line.hide()
            line.deleteLater()
        self.show()

    def _ask_nothing(self) -> None:
        self.passphrase.clear()
        asked = (self._field, self.no, self.without, self.open, self.accept)
        for widget in (*asked, self.figures, self.bar, self.stopping):
            widget.hide()

    def _say(self, text: str, icon: str, tone: str = "muted") -> None:
        self._lines.addWidget(_Said(text, icon, tone))

    def _open(self) -> None:
        if passphrase := self.passphrase.passphrase():
            self.opened.emit(passphrase)


def time_left(seconds: float) -> str:
    """还需约 40 秒: in tens of seconds, above a minute in minutes, for it is a guess."""
    if seconds < 60:
        return say("sync-left-seconds", seconds=max(10, round(seconds / 10) * 10))
    return say("sync-left-minutes", minutes=round(seconds / 60))


def _why(one: Broken) -> str:
    return explain(InspectorError(one.why, **one.values))[0]
