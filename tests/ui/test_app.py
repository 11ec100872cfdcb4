"""The program from start to end: which workspace, who is told what, what is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector.services import chosen, recent, workspaces
from inspector.store import local
from inspector.text import say
from inspector.ui import remaking
from inspector.ui.app import Program
from inspector.ui.crash import CrashDialog, Crashes
from inspector.ui.start import StartWindow
from inspector.ui.window import Window
from tests.county import County


@pytest.fixture
def program(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    made = Program(dressed)
    yield made
    window = made.window
    made.lanes.close()
    made._let_go()
    if window is not None:
        window.hide()
        window.deleteLater()
    made._rubbish.deleteLater()


def settled(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not any(lane.pending for lane in program.lanes.all), timeout=10_000)


def test_the_first_start_asks_for_a_workspace(program: Program, qtbot: QtBot) -> None:
    program.begin(None)
    settled(program, qtbot)
    assert isinstance(program.window, StartWindow)
    assert not program.window._strip.isVisible()


def test_a_workspace_opens_where_one_stood(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    with workspaces.create(tmp_path / "own") as made:
        chosen.stand(made, chosen.Stood(screen="sites"))
    program.begin(str(tmp_path / "own"))
    settled(program, qtbot)
    assert isinstance(program.window, Window)
    assert program.window.screen_shown is not None
    assert program.window.screen_shown.place.screen == "sites"
    assert recent.last() == tmp_path / "own"


def test_lists_that_are_made_again_say_so_until_the_first_page_stands(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspaces.create(tmp_path / "own") as made, made.transaction() as db:
        local.put(db, "projections", "0")
    monkeypatch.setattr(remaking, "UNSEEN_S", 0.0)
    seen: list[str] = []
    tell = remaking.Remaking.tell

    def told(window: remaking.Remaking, done: float) -> None:
        tell(window, done)
        if window.isVisible():
            seen.append(window.left.text())

    monkeypatch.setattr(remaking.Remaking, "tell", told)
    program.begin(str(tmp_path / "own"))
    settled(program, qtbot)
    assert seen
    assert isinstance(program.window, Window)
    assert not [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, remaking.Remaking) and one.isVisible()
    ]


def test_a_second_program_on_the_same_workspace_is_told_so_at_once(
    program: Program, county: County, qtbot: QtBot
) -> None:
    program.begin(str(county.workspace.path))
    settled(program, qtbot)
    assert isinstance(program.window, StartWindow)
    assert program.window._strip.isVisible()
    assert str(county.workspace.path) in program.window._strip.accessibleName()


def test_a_folder_that_is_no_workspace_is_named(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.begin(str(tmp_path / "nowhere"))
    settled(program, qtbot)
    assert isinstance(program.window, StartWindow)
    assert program.window._strip.isVisible()


def test_a_fault_of_ours_leaves_a_report_without_what_was_typed(
    dressed: QApplication, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    crashes = Crashes(tmp_path)
    try:
        secret = "堆放建筑垃圾"
        raise ValueError(secret)
    except ValueError as error:
        crashes.show(error)
    (report,) = tmp_path.glob("crash-*.txt")
    text = report.read_text("utf-8")
    assert "ValueError" in text
    assert secret not in text
    dialog = next(one for one in dressed.topLevelWidgets() if isinstance(one, CrashDialog))
    assert any(str(report) in label.text() for label in dialog.findChildren(QLabel))
    dialog.accept()
    dialog.deleteLater()
    caplog.clear()


def test_a_fault_below_python_leaves_its_stack_for_the_next_start(tmp_path: Path) -> None:
    struck = (
        "import faulthandler, pathlib; from inspector.ui.crash import Crashes\n"
        f"crashes = Crashes(pathlib.Path({str(tmp_path)!r})); crashes.watch(); faulthandler._sigsegv()"
    )
    child = subprocess.run(
        [sys.executable, "-c", struck], env={**os.environ, "PYTHONPATH": "."}, check=False, timeout=60
    )
    assert child.returncode != 0
    crashes = Crashes(tmp_path)
    assert crashes.earlier is not None
    assert "Fatal Python error" in crashes.earlier.read_text("utf-8")


READY = """
import logging, os, sys
import inspector.ui.app as app
from PySide6.QtWidgets import QApplication

class Heard(logging.Handler):
    def emit(self, record):
        if record.getMessage().startswith("ready, "):
            print(" ".join(sorted(sys.modules)), flush=True)
            os._exit(0)

logging.getLogger("inspector.ui.app").addHandler(Heard())
logging.getLogger("inspector.ui.app").setLevel(logging.INFO)
application = QApplication([])
app.dress(application)
program = app.Program(application)
program.begin(sys.argv[1])
application.exec()
"""
SLOW = (
    *(
        "PIL",
        "aiohttp",
        "cryptography",
        "docx",
        "openpyxl",
        "portalocker",
        "pyhanko",
        "pypdfium2",
        "pypinyin",
    ),
    *("reportlab", "sqlite_utils", "typer", "inspector.documents", "inspector.exchange", "inspector.tables"),
    *("inspector.photos", "inspector.model.form_toml", "inspector.store.check", "inspector.ui.start"),
)


def test_home_is_ready_before_anything_is_loaded_that_it_does_not_show(tmp_path: Path) -> None:
    """pyHanko alone takes half a second, cryptography a twentieth (measured): the first page waits for neither."""
    workspaces.create(tmp_path / "own").close()
    child = subprocess.run(
        [sys.executable, "-c", READY, str(tmp_path / "own")],
        env={**os.environ, "PYTHONPATH": ".", "XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    loaded = child.stdout.split()
    assert "inspector.ui.today" in loaded
    assert not [name for name in loaded if any(name == slow or name.startswith(f"{slow}.") for slow in SLOW)]


def test_the_example_leads_to_an_own_workspace(
    program: Program, county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    path = county.workspace.path
    county.workspace.close()
    program.begin(str(path))
    settled(program, qtbot)
    window = program.window
    assert isinstance(window, Window)
    assert say("ui-example") in window.windowTitle()
    window.own_workspace.emit()
    settled(program, qtbot)
    assert isinstance(program.window, StartWindow)
