"""The first start: a minute from nothing to a workspace with a person who can sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from inspector.model.folder import unfit
from inspector.services import bundles, people, sites
from inspector.services.sync import Sealing
from inspector.services.workspaces import Workspace
from inspector.text import say
from inspector.ui.start import StartWindow
from inspector.ui.widgets.buttons import Button, Tick
from inspector.ui.work import Lanes
from tests.county import NOW, County
from tests.ui.conftest import type_text


@pytest.fixture
def start(lanes: Lanes, qtbot: QtBot, tmp_path: Path, settle: Callable[[], None]) -> Iterator[StartWindow]:
    window = StartWindow(lanes, lambda: NOW, tmp_path / "own")
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    settle()
    yield window
    settle()


def field(window: StartWindow, key: str) -> QLineEdit:
    """The field with this accessible name."""
    return next(line for line in window.findChildren(QLineEdit) if line.accessibleName() == say(key))


def fill(window: StartWindow, *, passphrase: str = "example1") -> None:
    for key, text in (
        ("start-name", "检查员甲"),
        ("start-position", "组长"),
        ("start-organisation", "县创建办"),
        ("start-ledger", "411524"),
    ):
        type_text(field(window, key), text)
    for key in ("start-passphrase", "start-again"):
        QTest.keyClicks(field(window, key), passphrase)


def test_what_is_filled_in_becomes_a_workspace_whose_person_can_sign(
    start: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(start)
    start.findChild(Tick).click()
    with qtbot.waitSignal(start.made, timeout=20_000) as made:
        QTest.mouseClick(start.make, Qt.MouseButton.LeftButton)
    workspace: Workspace = made.args[0]
    with workspace:
        assert workspace.path == tmp_path / "own"
        assert workspace.ledger == "411524"
        person = people.every(workspace)[0]
        assert (person.name, person.organisation, person.position) == ("检查员甲", "县创建办", "组长")
        assert people.unlock(workspace, person.id, "example1").person == person


def test_nothing_is_made_until_somebody_looked_at_the_clock(start: StartWindow, tmp_path: Path) -> None:
    fill(start)
    start.make.click()
    assert not (tmp_path / "own").exists()
    assert any(
        label.text() == say("start-ask-clock") for label in start.findChildren(type(start._time_asked))
    )


def test_a_short_passphrase_is_asked_for_again_where_it_stands(start: StartWindow, tmp_path: Path) -> None:
    fill(start, passphrase="kurz")
    start.findChild(Tick).click()
    start.make.click()
    assert not (tmp_path / "own").exists()
    assert field(start, "start-passphrase").hasFocus()


def test_a_passphrase_field_takes_no_input_method(start: StartWindow) -> None:
    for key in ("start-passphrase", "start-again"):
        assert not field(start, key).testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_the_county_s_code_says_that_other_codes_cannot_be_joined(start: StartWindow) -> None:
    assert any(
        say("start-ledger-hint") == label.text() for label in start.findChildren(type(start._progress))
    )


def test_a_folder_with_other_files_gets_a_folder_of_its_own_inside(
    start: StartWindow, tmp_path: Path, settle: Callable[[], None]
) -> None:
    full = tmp_path / "documents"
    full.mkdir()
    (full / "letter.txt").write_text("x")
    start.use_folder(full)
    settle()
    assert Path(field(start, "start-place").text()) == full / say("start-folder")


def test_while_a_folder_does_not_answer_the_form_says_so_and_goes_on(
    start: StartWindow, lanes: Lanes, tmp_path: Path, settle: Callable[[], None]
) -> None:
    answers = Event()
    lanes.read.ask(start, answers.wait, done=lambda _: None)
    start.use_folder(tmp_path / "share")
    try:
        assert say("start-looking") in [label.text() for label in start.findChildren(type(start._progress))]
        assert not start.make.isEnabled()
        type_text(field(start, "start-name"), "检查员甲")
        assert field(start, "start-name").text() == "检查员甲"
    finally:
        answers.set()
    settle()
    assert Path(field(start, "start-place").text()) == tmp_path / "share"
    assert start.make.isEnabled()


def test_everything_can_be_reached_and_pressed_by_keyboard_alone(start: StartWindow, qtbot: QtBot) -> None:
    start.activateWindow()
    reached = set()
    for _ in range(30):
        focus = start.focusWidget()
        reached.add(focus.accessibleName() if focus else "")
        QTest.keyClick(focus or start, Qt.Key.Key_Tab)
    wanted = {
        say(key) for key in ("start-name", "start-passphrase", "start-ledger", "start-make", "start-example")
    }
    assert wanted <= reached
    assert all(button.accessibleName() for button in start.findChildren(Button))


@pytest.mark.parametrize(
    ("path", "file_system", "reason"),
    [
        (PurePosixPath("/home/a/文明巡检"), "ext4", ""),
        (PurePosixPath("/media/stick/文明巡检"), "vfat", "folder-fat"),
        (PurePosixPath("/media/stick/文明巡检"), "exFAT", "folder-fat"),
        (PurePosixPath("/mnt/share/x"), "cifs", "folder-network"),
        (PurePosixPath("/mnt/share/x"), "nfs4", "folder-network"),
        (PureWindowsPath(r"\\server\share\x"), "NTFS", "folder-network"),
        (PureWindowsPath(r"D:\文明巡检"), "remote", "folder-network"),
        (PureWindowsPath(r"C:\Users\a\OneDrive - 县\文明巡检"), "NTFS", "folder-cloud"),
        (PureWindowsPath(r"D:\坚果云\文明巡检"), "NTFS", "folder-cloud"),
        (PureWindowsPath(r"D:\文明巡检"), "NTFS", ""),
    ],
)
def test_a_workspace_lies_on_a_local_disk_with_a_journal(
    path: PurePosixPath | PureWindowsPath, file_system: str, reason: str
) -> None:
    assert unfit(path, file_system=file_system) == reason


def test_an_offices_bundle_brings_everything_but_who_one_is(
    start: StartWindow, county: County, qtbot: QtBot, tmp_path: Path, settle: Callable[[], None]
) -> None:
    bundle = tmp_path / "office.zip"
    bundles.write(county.workspace, bundle, now=NOW, how=Sealing(passphrase="of the office"))
    start.bring((bundle,))
    settle()
    assert field(start, "start-ledger").text() == county.workspace.ledger
    known = people.every(county.workspace)[0]
    type_text(field(start, "start-name"), known.name)
    for key in ("start-passphrase", "start-again"):
        QTest.keyClicks(field(start, key), "example1")
    start.findChild(Tick).click()
    start.make.click()
    assert say("start-ask-bundle") in texts(start), "who has not typed its passphrase is asked for it"
    QTest.keyClicks(field(start, "start-bundle-passphrase"), "of the office")
    with qtbot.waitSignal(start.made, timeout=60_000) as made:
        start.make.click()
    workspace: Workspace = made.args[0]
    with workspace:
        assert workspace.ledger == county.workspace.ledger
        assert len(sites.every(workspace)) == len(sites.every(county.workspace))
        mine = [one for one in people.every(workspace) if one.id in people.with_key_here(workspace)]
        assert [(one.name, one.organisation) for one in mine] == [(known.name, known.organisation)]


def test_what_is_no_bundle_is_told_and_one_goes_on_without(
    start: StartWindow, tmp_path: Path, settle: Callable[[], None]
) -> None:
    (tmp_path / "none.zip").write_bytes(b"none")
    start.bring((tmp_path / "none.zip",))
    settle()
    assert any("none.zip" in text for text in texts(start))
    assert not field(start, "start-ledger").isReadOnly()


def texts(start: StartWindow) -> list[str]:
    return [label.text() for label in start.findChildren(QLabel) if label.isVisible()]
