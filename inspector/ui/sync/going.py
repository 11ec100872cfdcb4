"""The card of a sync: how far it is and 停止, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from inspector.model.errors import InspectorError
from inspector.services.bundles import Written
from inspector.services.haul import Broken, Progress
from inspector.services.sync import Synced
from inspector.text import explain, say
from inspector.ui.sync.lines import SignedLine, clear
from inspector.ui.widgets.buttons import Button, primary
from inspector.ui.widgets.frames import Card
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


class GoingCard(Card):
    """Hidden until something is under way. `stop` is pressed on 停止, `ejected` on 弹出 when all lies there."""

    stop = Signal()
    ejected = Signal()

    def __init__(self) -> None:
        super().__init__(say("sync-title"))
        self.title.setWordWrap(True)
        self.stopping = Button(say("sync-stop"), icon="player-stop")
        self.stopping.clicked.connect(self.stop)
        self.head.addWidget(self.stopping)
        self.eject = primary(say("sync-eject"))
        self.eject.clicked.connect(self.ejected)
        self.head.addWidget(self.eject)
        self.figures = Label(role="second", tone="muted", wrap=True)
        self.add(self.figures)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.add(self.bar)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self._step, self._both_ways = "", True
        self._quiet()
        self.hide()

    # ── under way

    def begin(self, title: str, *, both_ways: bool = True) -> None:
        """Something begins, which can be stopped; with a place it goes both ways, a bundle is read or written."""
        self._turn(title)
        self._step, self._both_ways = "", both_ways
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
        if self._both_ways and progress.step != self._step:
            self._step = progress.step
            self._show_steps(taking=progress.step == "take")

    def _show_steps(self, *, taking: bool) -> None:
        """What is done, what is under way, what comes then."""
        clear(self._lines)
        now, then = ("loader-2", "accent"), ("circle", "muted")
        done = ("circle-check", "ok")
        self._say(say("sync-step-1"), *(now if taking else done))
        self._say(say("sync-step-2"), *(then if taking else now), note=say("sync-step-2-note"))
        self._say(say("sync-step-3"), *then)

    def wait_for_stop(self) -> None:
        """停止 was pressed: the file in hand is finished first."""
        self.stopping.setEnabled(False)
        self.figures.setText(say("sync-stopping"))

    # ── what came of it

    def show_done(self, done: Sequence[Synced], *, bundle: bool, stick: bool = False) -> None:
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
        self.eject.setVisible(stick and found is Outcome.COMPLETE)

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

    def show_ejected(self, name: str) -> None:
        """The stick can be pulled out."""
        self._turn(say("sync-ejected", name=name))

    def forget(self) -> None:
        """Nothing is under way."""
        self._quiet()
        self.hide()

    def _turn(self, title: str) -> None:
        self._quiet()
        self.title.setText(title)
        self.setAccessibleName(title)
        clear(self._lines)
        self.show()

    def _quiet(self) -> None:
        for widget in (self.figures, self.bar, self.stopping, self.eject):
            widget.hide()

    def _say(self, text: str, icon: str, tone: str = "muted", *, note: str = "") -> None:
        self._lines.addWidget(SignedLine(text, icon, tone, note=note))


def time_left(seconds: float) -> str:
    """还需约 40 秒: in tens of seconds, above a minute in minutes, for it is a guess."""
    if seconds < 60:
        return say("sync-left-seconds", seconds=max(10, round(seconds / 10) * 10))
    return say("sync-left-minutes", minutes=round(seconds / 60))


def _why(one: Broken) -> str:
    return explain(InspectorError(one.why, **one.values))[0]
