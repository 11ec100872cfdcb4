"""A round that is killed at any moment: everything that was shown as 已保存 is there, and signing goes on with it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.services import rounds, workspaces
from tests.county import NOW, County
from tests.services import rectifying

CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from inspector.services import workspaces
from inspector.ui.app import dress
from inspector.ui.desk import Desk, clock
from inspector.ui.screen import Place
from inspector.ui.window import Window
from inspector.ui.work import Lanes

path, walk = sys.argv[1:]
application = QApplication([])
dress(application)
lanes = Lanes()
workspace = workspaces.opened(Path(path))
window = Window(Desk(workspace=workspace, lanes=lanes, now=clock))
window.resize(1280, 720)
window.show()
window.activateWindow()
window.show_place(Place("round", which=walk))
ticks = 0

def saved():
    screen = window.screen_shown
    if screen._walk is not None:
        # the lane is empty: everything typed up to now is what the screen calls saved
        print("saved", ",".join(f"{one.seen}:{one.note}" for one in screen._walk.sightings), flush=True)

def press():
    global ticks
    screen = window.screen_shown
    if screen._walk is None:
        return
    ticks += 1
    if ticks % 3 == 1:
        QTest.keyClick(screen.list, Qt.Key.Key_2)
    elif ticks % 3 == 2:
        event = QInputMethodEvent("", [])
        event.setCommitString("仍在")
        QCoreApplication.sendEvent(screen.judging.note, event)
    else:
        QTest.keyClick(screen.judging.note, Qt.Key.Key_Return)

lanes.save.saved.connect(saved)
timer = QTimer(interval=40)
timer.timeout.connect(press)
timer.start()
print("ready", flush=True)
application.exec()
"""


def lived(path: Path, walk: str, saves: int) -> list[str]:
    """What a program said was saved until it was killed, as soon as it had said so `saves` times."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), walk],
        env={**os.environ, "PYTHONPATH": "."},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    said = [child.stdout.readline() for _ in range(saves)]
    child.send_signal(signal.SIGKILL)
    more, _ = child.communicate(timeout=30)
    return [line.strip().removeprefix("saved ") for line in (*said, *more.splitlines())]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without kill -9")
def test_a_round_half_done_survives_a_kill_at_any_moment(county: County, tmp_path: Path, long: bool) -> None:
    found = rectifying.found(county, "东门南侧", "西门北侧")
    walk = rounds.begin(county.workspace, found, now=NOW).id
    county.workspace.close()
    rng = random.Random(2026)
    for life in range(100 if long else 1):
        path = tmp_path / f"life-{life}"
        shutil.copytree(county.workspace.path, path)
        said = lived(path, walk, rng.randint(1, 6))
        with workspaces.opened(path) as again:
            assert again.ended_badly
            kept = rounds.one(again, walk).sightings
        assert any(shown.startswith("fail:") for shown in ",".join(said).split(","))
        for line in said:
            for stored, shown in zip(kept, line.split(","), strict=True):
                seen, _, note = shown.partition(":")
                assert seen in ("None", str(stored.seen))
                assert stored.note.startswith(note), "a reason only grows in this test"
