"""After a kill the window says what it found; everything else is at hand meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.services import workspaces
from inspector.text import say
from inspector.ui.aftermath import AftermathStrip
from inspector.ui.desk import Desk
from inspector.ui.screen import Place
from inspector.ui.window import Window
from inspector.ui.work import Lanes
from tests.county import NOW, County
from tests.photos.made import quarters, saved

Begin = Callable[[Path | None], AftermathStrip]


@pytest.fixture
def killed(county: County) -> Path:
    """A workspace with a photo, whose last owner did not give it back."""
    draft = county.draft("GC-001")
    county.found(draft, "GC-03", saved(quarters()))
    county.workspace.close()
    (county.workspace.path / "lock").write_text("4711")
    return county.workspace.path


@pytest.fixture
def begin(lanes: Lanes, qtbot: QtBot, settle: Callable[[], None], killed: Path) -> Iterator[Begin]:
    begun: list[tuple[Window, workspaces.Workspace]] = []

    def start(report: Path | None = None) -> AftermathStrip:
        workspace = workspaces.opened(killed)
        window = Window(Desk(workspace=workspace, lanes=lanes, now=lambda: NOW), report)
        qtbot.addWidget(window)
        begun.append((window, workspace))
        window.show()
        window.show_place(Place("today"))
        settle()
        strip = window.findChild(AftermathStrip)
        assert strip is not None
        return strip

    yield start
    settle()
    for _, workspace in begun:
        workspace.close()


def test_a_workspace_that_is_whole_is_said_to_be_whole(begin: Begin) -> None:
    strip = begin(None)
    assert strip.isVisible()
    assert strip.accessibleName() == say("aftermath-good")


def test_a_photo_that_went_missing_is_told_with_what_to_do(begin: Begin, killed: Path) -> None:
    for file in (killed / "blobs").rglob("*"):
        if file.is_file() and file.stat().st_size > 0 and file.read_bytes()[:2] == b"\xff\xd8":
            file.unlink()
    strip = begin(Path("crash-1-native.txt"))
    assert strip.accessibleName() == say("aftermath-bad", count=1)
    assert "crash-1-native.txt" in strip.accessibleDescription()
    strip._unfold()
    assert strip._more.isVisible()


def test_a_workspace_that_was_closed_as_it_should_is_not_looked_through(window: Window) -> None:
    assert window.findChild(AftermathStrip) is None
