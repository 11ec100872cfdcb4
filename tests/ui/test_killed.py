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

from inspector.model.answer import Answer
from inspector.services import chosen, drafts, inspecting, workspaces
from tests.county import NOW, County

SAVED = "已保存"
PLACE = "东门南侧第三根灯杆下"
COMPOSED = "zi"
"""Each character is typed as an input method does it: letters that stand open for a while, then the character."""

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

path, draft, spot, said, words, composed = sys.argv[1:]
application = QApplication([])
dress(application)
lanes = Lanes()
workspace = workspaces.opened(Path(path))
window = Window(Desk(workspace=workspace, lanes=lanes, now=clock))
window.resize(1280, 720)
window.show()
window.activateWindow()
window.show_place(Place("inspect", which=draft, spot=spot))
ticks = 0

def saved():
    screen = window.screen_shown
    if screen.work.ready and screen.bottom.saved.text.startswith(said):
        # the lane is empty: everything typed up to now is what the screen calls saved
        typed = screen.work.draft
        shown = [one.place for one in typed.findings] if words else sorted(typed.answers)
        print("saved", ",".join(shown), flush=True)

def answer(screen):
    card = screen.board.current
    QTest.keyClick(screen.board, Qt.Key.Key_1)
    if screen.keys.in_field() or type(card).__name__ == "FindingForm":
        screen.where.step(1)

def compose(screen):
    global ticks
    ticks += 1
    at, step = divmod(ticks, 16)
    if at > len(words) or step > (2 if at < len(words) else 0):
        return  # the letters stand open, longer than a text waits for its save
    event = QInputMethodEvent(composed[:step], [])
    if step == 0 and at:
        event.setCommitString(words[at - 1])
    QCoreApplication.sendEvent(screen.board.current._place, event)

def press():
    screen = window.screen_shown
    if screen.work.ready and screen.board.current is not None:
        (compose if words else answer)(screen)

lanes.save.saved.connect(saved)
timer = QTimer(interval=30)
timer.timeout.connect(press)
timer.start()
print("ready", flush=True)
application.exec()
"""


def lived(path: Path, draft: str, spot: str, words: str, seconds: float) -> list[str]:
    """What a program said was saved until it was killed after `seconds`."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), draft, spot, SAVED, words, COMPOSED],
        env={**os.environ, "PYTHONPATH": "."},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said, _ = child.communicate(timeout=30)
    return [line.removeprefix("saved ") for line in said.splitlines()]


def on_the_way() -> list[str]:
    """Every text that stands in the field while PLACE is typed, in order."""
    texts = [""]
    for at, character in enumerate(PLACE):
        texts += [PLACE[:at] + COMPOSED[:1], PLACE[:at] + COMPOSED, PLACE[:at] + character]
    return texts


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without kill -9")
def test_what_was_shown_as_saved_survives_a_kill_at_any_moment(
    county: County, tmp_path: Path, long: bool
) -> None:
    """Every second life types Chinese, and is mostly killed while a character is still being composed."""
    draft = county.draft("BX-009")
    finding = inspecting.fail(county.workspace, draft, "BX-12", Answer(), now=NOW).id
    county.workspace.close()
    texts = on_the_way()
    rng = random.Random(2026)
    open_at_kill = 0
    for life in range(500 if long else 4):
        path = tmp_path / f"life-{life}"
        shutil.copytree(county.workspace.path, path)
        words, spot = (PLACE, f"findings/{finding}") if life % 2 else ("", "answers/BX-12")
        said = lived(path, draft, spot, words, rng.uniform(0.1, 2.5 if words else 1.5))
        with workspaces.opened(path) as again:
            assert again.ended_badly
            typed = drafts.read(again, draft)
            if words:
                kept = texts.index(typed.findings[0].place)
                assert all(texts.index(text) <= kept for text in said)
                open_at_kill += texts[kept].endswith(COMPOSED)
            else:
                assert all(set(filter(None, line.split(","))) <= set(typed.answers) for line in said)
            if said:
                assert chosen.stopped_at(again, draft)
        shutil.rmtree(path)
    assert open_at_kill or not long
