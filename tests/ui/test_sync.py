"""同步: places, what is asked, how far it is, what came of it; through the widgets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector.ledger.record import Record
from inspector.model.errors import Environment
from inspector.services import bundles, conflicts, remotes, sync, workspaces
from inspector.services.conflicts import Kind
from inspector.services.copies import Copy
from inspector.services.haul import Progress
from inspector.services.remotes import State
from inspector.store import records
from inspector.text import say
from inspector.ui.screen import Place
from inspector.ui.sync.going import GoingCard, time_left
from inspector.ui.sync.questions import Answer, Question
from inspector.ui.sync.screen import SyncScreen
from tests.county import NOW, County
from tests.exchange.desk import Laptop, everybody, files
from tests.ui.conftest import Shown, press, type_text


@pytest.fixture
def screen(shown: Shown[SyncScreen]) -> SyncScreen:
    return shown(SyncScreen, Place("sync"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "U盘"
    path.mkdir()
    return path


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Laptop]:
    """Another laptop of the same ledger, with a record and a photo."""
    workspaces.create(tmp_path / "other", ledger=workspaces.DEMO).close()
    laptop = Laptop(tmp_path / "other")
    laptop.write("site:new", name="新点位", photos=(os.urandom(2000),))
    yield laptop
    laptop.close()


def said(card: GoingCard) -> str:
    """All that the card says."""
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_without_a_stick_it_says_what_to_do(screen: SyncScreen) -> None:
    assert screen.empty.isVisible()
    assert not screen.list.isVisible()
    assert screen.laptops.list.rows.rowCount() == 1  # this one


def test_a_new_folder_is_sealed_with_a_passphrase_that_is_asked_for_until_it_opens(
    screen: SyncScreen, stick: Path, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    def go(passphrase: str) -> None:  # scrypt takes a second or two, on a busy machine more
        QTest.keyClicks(screen.going.passphrase.parts[0], passphrase)
        press(screen, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not screen.desk.lanes.paper.pending, timeout=60_000)
        settle()

    screen.take_folder(stick)
    settle()
    assert not files(stick), "nothing is written before the person has answered"
    go("correct horse")
    assert screen.going.title.text() == say("sync-complete")
    assert files(stick, "*.age")
    assert screen.list.rows.rows[0].facts[0].tone == "ok"
    press(screen, Qt.Key.Key_Return)
    go("wrong horse")
    assert screen.strip.isVisible()
    go("correct horse")
    assert not screen.strip.isVisible()
    assert screen.going.title.text() == say("sync-complete")


def test_a_stick_is_synced_by_keyboard_alone(
    screen: SyncScreen, stick: Path, other: Laptop, county: County, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    screen.take_folder(stick)
    settle()
    assert screen.going.title.text() == say("sync-strangers", count=1, records=1)
    assert "site:new" not in _sites(county), "who was never met does not come in unasked"
    press(screen, Qt.Key.Key_Return)
    settle()
    assert "site:new" in _sites(county)
    assert screen.going.title.text() == say("sync-complete")
    assert screen.list.hasFocus()
    press(screen, Qt.Key.Key_Return)
    settle()
    assert screen.going.title.text() == say("sync-complete")
    assert screen.laptops.list.rows.rowCount() == 2


def test_new_devices_that_are_not_wanted_stay_out(
    screen: SyncScreen, stick: Path, other: Laptop, county: County, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    screen.take_folder(stick)
    settle()
    screen.going.no.click()
    settle()
    assert not screen.going.isVisible()
    assert "site:new" not in _sites(county)


def test_what_was_signed_is_here_alone_then_handed_over_then_has_a_second_copy(
    county: County, stick: Path, other: Laptop, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    county.signed(county.passed())
    screen = shown(SyncScreen, Place("sync"))
    assert _counts(screen) == [1, 0, 0]
    screen.take_folder(stick)
    settle()
    screen.going.without.click()
    settle()
    assert _counts(screen) == [0, 1, 0]
    other.sync(stick)
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Return)
    settle()
    screen.going.accept.click()
    settle()
    assert _counts(screen) == [0, 0, 1]


def test_a_broken_file_is_named_and_a_photo_that_nobody_has_is_counted(
    screen: SyncScreen, stick: Path, other: Laptop, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    (blob,) = files(stick / "blobs")
    blob.write_bytes(blob.read_bytes()[:-1] + b"x")
    screen.take_folder(stick)
    settle()
    screen.going.accept.click()
    settle()
    assert blob.name in said(screen.going)
    assert say("sync-missing", count=1) in said(screen.going)


def test_a_write_protected_place_is_read_and_says_so(
    screen: SyncScreen,
    stick: Path,
    other: Laptop,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other.sync(stick)
    monkeypatch.setattr("inspector.exchange.remote.Folder.free", lambda _: 0)  # root writes everywhere
    screen.take_folder(stick)
    settle()
    screen.going.accept.click()
    settle()
    assert screen.going.title.text() == say("sync-readonly")


@pytest.mark.parametrize("key", ["remote-full", "remote-gone", "remote-read-only"])
def test_a_place_that_fails_says_what_to_do_and_is_tried_again(
    key: str,
    screen: SyncScreen,
    stick: Path,
    county: County,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sync.folder(county.workspace, stick, now=NOW)
    county.signed(county.passed())

    def fails(*_args: object, **_named: object) -> None:
        raise Environment(key, where=str(stick), reason="EIO")

    with monkeypatch.context() as patch:
        patch.setattr("inspector.exchange.remote.Folder.write", fails)
        screen.take_folder(stick)
        settle()
    assert screen.strip.isVisible()
    assert screen.going.title.text() == say("sync-partial")
    screen.strip.retry.emit()
    settle()
    assert not screen.strip.isVisible()
    assert screen.going.title.text() == say("sync-complete")


def test_a_folder_of_another_ledger_cannot_be_chosen(
    screen: SyncScreen, stick: Path, tmp_path: Path, settle: Callable[[], None]
) -> None:
    laptop = Laptop(tmp_path / "elsewhere")
    laptop.sync(stick)
    laptop.close()
    screen.take_folder(stick)
    settle()
    assert screen.strip.isVisible()
    assert screen.list.rows.rows[0].action == ""


def test_a_sync_is_stopped_and_goes_on_another_time(
    screen: SyncScreen, stick: Path, county: County, settle: Callable[[], None], qtbot: QtBot
) -> None:
    sync.folder(county.workspace, stick, now=NOW)
    for number in range(5):
        county.signed(county.passed(f"GC-00{number + 1}"))
    screen.take_folder(stick)
    qtbot.waitUntil(screen.going.stopping.isVisible)
    screen.going.stopping.click()
    settle()
    assert screen.going.title.text() == say("sync-stopped")
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Return)
    settle()
    assert screen.going.title.text() == say("sync-complete")


def test_progress_is_told_in_bytes_with_the_time_left(screen: SyncScreen) -> None:
    screen.going.begin("U盘")
    screen.going.show_pace(Progress("put", 31, 44, 86_000_000, 121_000_000, 100.0))
    assert "86.0 / 121.0 MB" in screen.going.figures.text()
    assert time_left(100 * 35 / 86) in screen.going.figures.text()
    assert screen.going.bar.value() == 711
    assert "2" in time_left(119)


def test_a_bundle_goes_from_one_window_to_another_laptop_and_back(
    screen: SyncScreen, other: Laptop, county: County, tmp_path: Path, settle: Callable[[], None]
) -> None:
    screen.pack.click()
    screen.write_bundle(tmp_path / "all.zip")
    settle()
    assert str(tmp_path / "all.zip") in said(screen.going)
    (done,) = bundles.read(other.workspace, [tmp_path / "all.zip"], now=NOW, accept=everybody)
    assert done.taken.records
    bundles.write(other.workspace, tmp_path / "back.zip", now=NOW)
    (tmp_path / "none.zip").write_bytes(b"no bundle")
    screen.take_bundles((tmp_path / "none.zip", tmp_path / "back.zip"))
    settle()
    screen.going.accept.click()
    settle()
    assert "none.zip" in said(screen.going), "a bad file does not keep the others out"
    assert "site:new" in _sites(county)


def append(county: County, entity: str, body: dict[str, Any]) -> None:
    """A record of this laptop, that builds on what it sees."""
    with county.workspace.transaction() as db:
        said = Record(entity.partition(":")[0], entity, records.heads(db, entity), body)
        records.append(db, county.workspace, (said,), person=None, wall=NOW.isoformat(timespec="seconds"))


@pytest.fixture
def disagreeing(county: County, stick: Path, other: Laptop) -> str:
    """Two laptops that named one site differently; the site."""
    other.sync(stick)
    sync.folder(county.workspace, stick, now=NOW, accept=everybody)
    other.sync(stick)
    append(county, "site:new", {"set": {"name": "南门公厕"}})
    other.write("site:new", name="南门口公厕")
    other.sync(stick)
    sync.folder(county.workspace, stick, now=NOW)
    return "site:new"


def test_two_who_disagree_are_asked_about_and_a_person_decides_by_keyboard(
    disagreeing: str, county: County, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    screen = shown(SyncScreen, Place("sync"))
    panel = screen.deciding
    assert panel.isVisible()
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert {"南门公厕", "南门口公厕"} <= set(said)
    assert not panel.yes.isEnabled(), "nobody decides by accident"
    panel.choices[1].setFocus()
    press(screen, Qt.Key.Key_Space)
    type_text(panel.reason, "门牌如此")
    panel.yes.setFocus()
    press(screen, Qt.Key.Key_Return)
    settle()
    assert conflicts.every(county.workspace) == []
    assert not panel.isVisible()


def test_a_disputed_finding_shows_what_both_did_and_leads_there(
    county: County, stick: Path, other: Laptop, shown: Shown[SyncScreen]
) -> None:
    finding = "finding:AAAAAAAAAAAAAAAA"
    other.write(finding, place="东门")
    other.sync(stick)
    sync.folder(county.workspace, stick, now=NOW, accept=everybody)
    other.write(finding, moves=("pass",))
    append(county, finding, {"moves": [{"move": "fail"}]})
    other.sync(stick)
    sync.folder(county.workspace, stick, now=NOW)
    screen = shown(SyncScreen, Place("sync"))
    said = {label.text() for label in screen.deciding.findChildren(QLabel) if label.isVisible()}
    assert {say("move-pass"), say("move-fail")} <= said
    went: list[Place] = []
    screen.go.connect(went.append)
    screen.deciding.open.click()
    assert went == [Place("findings", which=finding)]


def test_a_question_is_left_for_later_and_another_comes(screen: SyncScreen) -> None:
    answers = (Answer(key="a", text="甲", note=""), Answer(key="b", text="乙", note=""))
    asked = [
        Question(kind=kind, entity=f"finding:{kind}", subject=str(kind), answers=answers) for kind in Kind
    ]
    screen.deciding.show_questions(asked)
    went: list[Place] = []
    screen.go.connect(went.append)
    for kind in Kind:
        assert screen.deciding.subject.text() == str(kind)
        if screen.deciding.open.isVisible():
            screen.deciding.open.click()
        screen.deciding.later.click()
    assert [place.screen for place in went] == ["findings", "documents"]


def test_typed_passphrases_are_forgotten_when_the_page_goes(
    screen: SyncScreen, stick: Path, settle: Callable[[], None]
) -> None:
    screen.take_folder(stick)
    settle()
    QTest.keyClicks(screen.going.passphrase.parts[0], "correct horse")
    screen.hide()
    assert screen.going.passphrase.passphrase() == ""


def test_the_rows_are_a_sound_model(screen: SyncScreen, stick: Path, settle: Callable[[], None]) -> None:
    for view in (screen.list, screen.laptops.list):
        QAbstractItemModelTester(view.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, view.rows)
    screen.take_folder(stick)
    settle()
    assert screen.list.rows.rows[0].action


def test_what_is_plugged_in_is_read_from_the_mounts(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/user/U\\040盘 vfat rw 0 0\n/dev/sdc1 /run/media/u/B exfat rw 0 0\n"
    )
    assert remotes.plugged_in(mounts) == [Path("/media/user/U 盘"), Path("/run/media/u/B")]


def test_looking_at_a_place_writes_nothing(county: County, stick: Path) -> None:
    new = remotes.look(county.workspace, stick / "巡检", name="U盘", stick=True)
    assert (new.state, new.free is not None) == (State.NEW, True)
    assert remotes.look(county.workspace, stick / "gone", name="gone").state is State.AWAY
    assert not list(stick.iterdir())


def _sites(county: County) -> set[str]:
    with county.workspace.reading() as db:
        return {name for (name,) in db.execute("SELECT id FROM entity WHERE kind = 'site'")}


def _counts(screen: SyncScreen) -> list[int]:
    words = [screen.laptops.copies[copy].text() for copy in Copy]
    return [int("".join(filter(str.isdigit, text))) for text in words]
