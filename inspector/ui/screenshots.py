"""Pictures of every screen on the worked example, in each look and size: `python -m inspector.ui.screenshots DIR`.

The example is built where it is missing (build/example) and copied: what is shown here is never written into it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from inspector.model.finding import CLOSED, State
from inspector.model.notice import Seen
from inspector.services import (
    bulletins,
    demo,
    drafts,
    figures,
    findings,
    inspections,
    people,
    photos,
    rounds,
    workspaces,
)
from inspector.services.bulletins import Wanted
from inspector.services.workspaces import Workspace
from inspector.ui.app import dress, dress_names
from inspector.ui.desk import Desk, clock
from inspector.ui.inspect.screen import InspectScreen
from inspector.ui.screen import Place
from inspector.ui.screens import OPENINGS
from inspector.ui.shown_visit import ShownVisit
from inspector.ui.sites.late import LATE
from inspector.ui.start import StartWindow, default_folder
from inspector.ui.sync.screen import SyncScreen
from inspector.ui.theme import DARK, LIGHT, Look, theme
from inspector.ui.window import Window
from inspector.ui.work import Lanes

SMALL: Final = (1093, 575)  # 1366 × 768 at 125 %, less the task bar
USUAL: Final = (1280, 720)
WIDE: Final = (1920, 1080)
LOOKS: Final = {
    "light": Look(base=LIGHT),
    "dark": Look(base=DARK),
    "sunlight": Look(sunlight=True),
    "large": Look(base=LIGHT, text_percent=150),
}
VIEWS: Final = {"light": (SMALL, USUAL, WIDE), "dark": (USUAL,), "sunlight": (USUAL,)}
EVERY_VIEW: Final = {
    "light": (SMALL, USUAL, WIDE),
    "dark": (SMALL, USUAL),
    "sunlight": (SMALL, USUAL),
    "large": (USUAL,),
}
"""Look → sizes; the second with --every."""
EXAMPLE: Final = Path("build", "example")
LONGEST_S: Final = 20.0
QUIET_MS: Final = 60
QUIET_ROUNDS: Final = 3  # a busy computer lays out later
SEED: Final = 1

Picture = tuple[str, Callable[[], QMainWindow]]
Size = tuple[int, int]


class Stage:
    """The example with an inspection under way, and the window that shows it."""

    def __init__(self, workspace: Workspace, lanes: Lanes) -> None:
        self.workspace, self.lanes = workspace, lanes
        self.now = clock()
        self.desk = Desk(workspace=workspace, lanes=lanes, now=self._now)
        self.visit = ShownVisit(workspace, self.now)
        self.draft, self.site = self.visit.draft, self.visit.site
        self.window = Window(self.desk)
        self.start = StartWindow(lanes, self._now, default_folder())

    def pictures(self) -> Iterator[Picture]:
        """Every screen by its name, and how it is brought on."""
        yield "11-first-start", partial(self._first)
        yield "01-home", partial(self._show, Place("today"))
        yield "02-sites", partial(self._show, Place("sites", which=self.site))
        yield "02-begin", partial(self._show, Place("begin", which=self.site))
        yield "02-begin-late", partial(self._show, Place("begin", which=self.site, spot=LATE))
        yield "02-site-new", partial(self._show, Place("site-new"))
        yield "02-site-change", partial(self._show, Place("site-change", which=self.site))
        yield "03-inspect", partial(self._inspect, Judged.LEFT_OVER)
        yield "03-inspect-header", partial(self._inspect, Judged.HEADER)
        yield "03-inspect-number", partial(self._inspect, Judged.NUMBER)
        yield "04-inspect-finding", partial(self._inspect, Judged.FINDING)
        signed = inspections.every(self.workspace)
        found = findings.every(self.workspace)
        shown = {
            "documents": signed[0].id if signed else "",
            "findings": found[-1].id if found else "",
            "audit": signed[0].id if signed else "",
            "bulletin": a_bulletin(self.workspace, self.now),
            "sign": self.draft,
            "photos": self.draft,
            "counterpart-show": self.draft,
            "handover": next((one.inspection for one in found if one.state is State.OPEN), ""),
            "round": (walk := a_round(self.workspace, self.now)),
            "slips": walk,
        }
        yield "09-sync", self._sync
        apart = {"today", "sites", "begin", "site-new", "site-change", "inspect", "sync"}
        for name in OPENINGS:
            if name not in apart:
                yield f"screen-{name}", partial(self._show, Place(name, which=shown.get(name, "")))
        yield "13-palette", self._palette

    def settle(self) -> None:
        """Wait until nothing is asked any more, what came is shown, and laid out."""
        until = monotonic() + LONGEST_S
        quiet = 0
        while monotonic() < until and quiet < QUIET_ROUNDS:
            loop = QEventLoop()
            QTimer.singleShot(QUIET_MS, loop.quit)
            loop.exec()
            quiet = 0 if any(lane.pending for lane in self.lanes.all) else quiet + 1

    def _now(self) -> datetime:
        return self.now

    def _first(self) -> QMainWindow:
        return self.start

    def _show(self, place: Place) -> QMainWindow:
        self.window.show_place(place)
        return self.window

    def _sync(self) -> QMainWindow:
        stick = self.workspace.path.with_name("USB")
        stick.mkdir(exist_ok=True)
        self.window.show_place(Place("sync"))
        self.settle()
        screen = self.window.screen_shown
        if isinstance(screen, SyncScreen):
            screen.take_place(str(stick))
            self.settle()
            screen.under_way.asked.without.click()
        return self.window

    def _palette(self) -> QMainWindow:
        self.window.show_place(Place("today"))
        self.settle()
        self.window.open_palette()
        return self.window

    def _inspect(self, at: str) -> QMainWindow:
        spots = {
            Judged.LEFT_OVER: f"answers/{self.visit.left_over()}",
            Judged.HEADER: f"header/{self.visit.form().header[-2].code}",
            Judged.NUMBER: f"answers/{self.visit.number()}",
            Judged.FINDING: f"findings/{drafts.read(self.workspace, self.draft).findings[-1].id}",
        }
        self.window.show_place(Place("today"))
        self.settle()
        self.window.show_place(Place("inspect", which=self.draft, spot=spots[at]))
        self.settle()
        screen = self.window.screen_shown
        if isinstance(screen, InspectScreen):
            screen.board.setFocus()
        return self.window


class Judged:
    """Where the inspection stands in a picture."""

    LEFT_OVER = "leftover"
    HEADER = "header"
    NUMBER = "number"
    FINDING = "finding"


def a_round(workspace: Workspace, now: datetime) -> str:
    """A round of re-inspections under way: the first finding passed, the second did not."""
    known = [one for one in findings.every(workspace) if one.state not in CLOSED and one.photos][:6]
    walk = rounds.begin(workspace, [one.id for one in known], now=now)
    shots = [one.photos[0].sha256 for one in known]
    for n, (sighting, seen) in enumerate(zip(walk.sightings, (Seen.PASS, Seen.FAIL), strict=False)):
        taken = photos.take_bytes(workspace, photos.screen(workspace, shots[n + 2]), name="IMG.jpg")
        limit = None if seen is Seen.PASS else findings.one(workspace, sighting.finding).time_limit
        rounds.see(
            workspace,
            walk.id,
            replace(sighting, seen=seen, photos=(taken.sha256,), time_limit=limit),
        )
    return walk.id


def a_bulletin(workspace: Workspace, now: datetime) -> str:
    """The draft of a 通报 about the last month."""
    period, handler = figures.days_back(now, 30), people.every(workspace)[0]
    return bulletins.draft(workspace, Wanted(period=period, handled_by=handler), now=now)


def main() -> int:
    """Write the pictures; 0."""
    parser = argparse.ArgumentParser(prog="screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="pictures whose name contains this")
    parser.add_argument(
        "--look", default="", choices=["", *LOOKS], help="this look alone, in each of its sizes"
    )
    parser.add_argument(
        "--every", action="store_true", help="each look at 1093×575 and 1280×720, text of 150 %% as well"
    )
    parser.add_argument("--example", type=Path, default=EXAMPLE)
    asked = parser.parse_args()
    views = EVERY_VIEW if asked.every or asked.look else VIEWS
    if asked.look:
        views = {asked.look: views[asked.look]}
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        demo.build(asked.example, now=clock(), seed=SEED)
        os.environ["XDG_DATA_HOME"] = scratch  # the copy is another device: its key goes with it
        copy = Path(scratch, "example")
        shutil.copytree(asked.example, copy)
        application = QApplication(sys.argv[:1])
        dress(application)
        dress_names()
        lanes = Lanes()
        with workspaces.opened(copy) as workspace:
            stage = Stage(workspace, lanes)
            _take(stage, asked.folder, only=asked.only, views=views)
            stage.window.hide()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            lanes.close()
    return 0


def _take(stage: Stage, folder: Path, *, only: str, views: dict[str, tuple[Size, ...]]) -> None:
    for name, bring in stage.pictures():
        if only not in name:
            continue
        for look, sizes in views.items():
            theme.wear(LOOKS[look])
            for width, height in sizes:
                window = bring()
                window.show()
                window.setWindowState(Qt.WindowState.WindowNoState)  # what is shown away fills the screen
                window.resize(width, height)
                window.activateWindow()
                stage.settle()
                file = folder / f"{name}-{look}-{width}x{height}.png"
                window.grab().save(str(file))
                window.hide()


if __name__ == "__main__":
    sys.exit(main())
