"""Killed at any moment: everything that was shown as 已保存 is there, and one stands at the same item."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inspector.services import chosen, drafts, workspaces
from tests.county import County

CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from inspector.services import workspaces
from inspector.ui.app import dress
from inspector.ui.desk import Desk, clock
from inspector.ui.screen import Place
from inspector.ui.window import Window
from inspector.ui.work import Lanes

application = QApplication([])
dress(application)
lanes = Lanes()
workspace = workspaces.opened(Path(sys.argv[1]))
window = Window(Desk(workspace=workspace, lanes=lanes, now=clock))
window.resize(1280, 720)
window.show()
window.activateWindow()
window.show_place(Place("inspect", which=sys.argv[2], spot="answers/BX-12"))

def answered():
    screen = window.screen_shown
    if screen.work.ready and screen.bottom.saved.text.startswith(sys.argv[3]):
        # the lane is empty: everything typed up to now is what the screen calls saved
        print("saved", ",".join(sorted(screen.work.draft.answers)), flush=True)

def press():
    screen = window.screen_shown
    if not screen.work.ready:
        return
    card = screen.board.current
    QTest.keyClick(screen.board, Qt.Key.Key_1)
    if screen.keys.in_field() or type(card).__name__ == "FindingForm":
        screen.where.step(1)

lanes.save.saved.connect(answered)
timer = QTimer(interval=30)
timer.timeout.connect(press)
timer.start()
print("ready", flush=True)
application.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without kill -9")
def test_what_was_shown_as_saved_survives_a_kill_at_any_moment(
    county: County, tmp_path: Path, long: bool
) -> None:
    draft = county.draft("BX-009")
    county.workspace.close()
    rng = random.Random(2026)
    for life in range(500 if long else 3):
        path = tmp_path / f"life-{life}"
        shutil.copytree(county.workspace.path, path)
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), draft, "已保存"],
            env={**os.environ, "PYTHONPATH": "."},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.1, 1.5))
        child.send_signal(signal.SIGKILL)
        lines, _ = child.communicate(timeout=30)
        with workspaces.opened(path) as again:
            there = set(drafts.read(again, draft).answers)
            for line in lines.splitlines():
                codes = line.removeprefix("saved ").split(",")
                assert set(filter(None, codes)) <= there
            if lines:
                assert chosen.stopped_at(again, draft)
        shutil.rmtree(path)
