"""A desk on 示例县, screens shown on it, and typing as an input method types."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inspector.ui.app import dress, dress_names
from inspector.ui.desk import Desk
from inspector.ui.screen import Place, Screen
from inspector.ui.theme import Look, theme
from inspector.ui.window import Window
from inspector.ui.work import Lanes
from tests.county import County
from tests.ui.finding_hands import Prepared, prepared

AnyScreen = TypeVar("AnyScreen", bound=Screen)


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage is collected on this thread, as in the program (ui/work.py: Rubbish): a lane that collects frees widgets
    there, and the interpreter crashes."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with fonts, look and Qt's own words in Chinese."""
    dress(qapp)
    dress_names()
    return qapp


@pytest.fixture
def look(dressed: QApplication) -> Iterator[Callable[[Look], None]]:
    """Put on a look for one test."""
    yield theme.wear
    if theme.look != Look():
        theme.wear(Look())


@pytest.fixture
def lanes(dressed: QApplication) -> Iterator[Lanes]:
    made = Lanes()
    yield made
    made.close()


@pytest.fixture
def clock(county: County) -> Clock:
    return Clock(county.now)


@pytest.fixture
def desk(county: County, lanes: Lanes, clock: Clock) -> Desk:
    return Desk(workspace=county.workspace, lanes=lanes, now=clock)


@pytest.fixture
def settle(lanes: Lanes, qtbot: QtBot) -> Callable[[], None]:
    """Wait until nothing is asked of any lane any more, and what came back is shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not any(lane.pending for lane in lanes.all), timeout=30_000)
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not any(lane.pending for lane in lanes.all), timeout=30_000)

    return wait


@pytest.fixture(scope="session")
def three_findings(_county_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A workspace with three signed findings, to be copied: tests/ui/finding_hands.py."""
    path = tmp_path_factory.mktemp("findings") / "county"
    shutil.copytree(_county_path, path)
    return prepared(path)


Shown = Callable[[type[AnyScreen], Place], AnyScreen]


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> Shown[Screen]:
    """Make a screen, show it at 1280 × 720, and wait until it has read what it shows."""

    def show(kind: type[Screen], place: Place, size: tuple[int, int] = (1280, 720)) -> Screen:
        screen = kind(desk, place)
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show()
        screen.turn_to(place)
        settle()
        return screen

    return show


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> Iterator[Window]:
    """The whole window, at home."""
    made = Window(desk)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.show_place(Place("today"))
    settle()
    yield made
    settle()


def type_text(field: QWidget, text: str) -> None:
    """Type as an input method does: QTest.keyClicks with a character that is not Latin-1 aborts the interpreter."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def compose(field: QWidget, preedit: str) -> None:
    """Leave `preedit` open in a field, as while one chooses among candidates."""
    QCoreApplication.sendEvent(field, QInputMethodEvent(preedit, []))


def press(
    widget: QWidget,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """One key to whatever has the focus inside `widget`, as from the keyboard."""
    target = QApplication.focusWidget() or widget
    QTest.keyClick(target, key, modifiers)


def gone(widget: QWidget) -> None:
    """Delete now what was only marked for it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widget.update()
