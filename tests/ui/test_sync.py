"""同步: places, what is asked, how far it is, what came of it; through the widgets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector.exchange import seal
from inspector.exchange.remote import Folder
from inspector.ledger.record import Record
from inspector.model.answer import Answer as Given
from inspector.model.errors import Environment
from inspector.model.words import Verdict
from inspector.services import (
    bundles,
    check,
    conflicts,
    copies,
    drafts,
    editions,
    forms,
    keeping,
    remotes,
    sync,
    workspaces,
)
from inspector.services.conflicts import Kind
from inspector.services.copies import Copy
from inspector.services.haul import Progress
from inspector.services.remotes import State
from inspector.store import records
from inspector.text import explain, say
from inspector.ui.screen import Place, Told
from inspector.ui.sync.going import GoingCard, time_left
from inspector.ui.sync.questions import Answer, Asked, Question
from inspector.ui.sync.screen import SyncScreen
from inspector.ui.widgets.navigation import NavigationButton
from inspector.ui.widgets.tiles import PhotoTile
from inspector.ui.window import Window
from tests.county import NOW, County
from tests.exchange.desk import Laptop, everybody, files, own_form, plug_in
from tests.photos.made import quarters, saved
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
    assert screen.places.empty.isVisible()
    assert not screen.places.cards
    assert screen.laptops.list.rows.rowCount() == 1  # this one


def test_a_new_folder_is_sealed_with_a_passphrase_that_is_typed_once(
    screen: SyncScreen, stick: Path, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    screen.take_place(str(stick))
    settle()
    assert not files(stick), "nothing is written before the person has answered"
    give(screen, "correct horse", qtbot, settle)
    assert screen.under_way.going.title.text() == say("sync-complete")
    assert files(stick, "*.age")
    card = screen.places.cards[str(stick)]
    assert card.badge.text() == say("sync-place-complete")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert screen.under_way.going.title.text() == say("sync-complete"), "it is not asked for again"


def test_the_passphrase_of_a_sealed_stick_is_asked_for_until_it_opens(
    screen: SyncScreen, stick: Path, county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    sealed = sync.Sealing(passphrase="correct horse")
    sync.run(county.workspace, sync.reached(county.workspace, stick), now=NOW, how=sealed)
    seal._UNLOCKED.clear()  # as after a restart
    screen.take_place(str(stick))
    settle()
    give(screen, "wrong horse", qtbot, settle)
    assert screen.strip.isVisible()
    give(screen, "correct horse", qtbot, settle)
    assert not screen.strip.isVisible()
    assert screen.under_way.going.title.text() == say("sync-complete")


def give(screen: SyncScreen, passphrase: str, qtbot: QtBot, settle: Callable[[], None]) -> None:
    """Type a passphrase; scrypt takes a second or two, on a busy machine more."""
    QTest.keyClicks(screen.under_way.asked.passphrase.line, passphrase)
    press(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.desk.lanes.paper.pending, timeout=60_000)
    settle()


def test_a_stick_is_synced_by_keyboard_alone(
    screen: SyncScreen, stick: Path, other: Laptop, county: County, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    screen.take_place(str(stick))
    settle()
    assert screen.under_way.asked.title.text() == say("sync-strangers", count=1, records=1)
    assert "site:new" not in _sites(county), "who was never met does not come in unasked"
    press(screen, Qt.Key.Key_Return)
    settle()
    assert "site:new" in _sites(county)
    assert screen.under_way.going.title.text() == say("sync-complete")
    assert screen.places.cards[str(stick)].sync.hasFocus()
    press(screen, Qt.Key.Key_Return)
    settle()
    assert screen.under_way.going.title.text() == say("sync-complete")
    assert screen.laptops.list.rows.rowCount() == 2


def test_new_devices_that_are_not_wanted_stay_out(
    screen: SyncScreen, stick: Path, other: Laptop, county: County, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    screen.take_place(str(stick))
    settle()
    screen.under_way.asked.no.click()
    settle()
    assert not screen.under_way.going.isVisible()
    assert "site:new" not in _sites(county)


def test_what_was_signed_is_here_alone_then_handed_over_then_has_a_second_copy(
    county: County, stick: Path, other: Laptop, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    county.signed(county.passed())
    screen = shown(SyncScreen, Place("sync"))
    assert _counts(screen) == [1, 0, 0]
    screen.take_place(str(stick))
    settle()
    screen.under_way.asked.without.click()
    settle()
    assert _counts(screen) == [0, 1, 0]
    other.sync(stick)
    screen.places.cards[str(stick)].sync.click()
    settle()
    screen.under_way.asked.accept.click()
    settle()
    assert _counts(screen) == [0, 0, 1]


def test_what_lies_on_this_laptop_alone_stands_beside_the_way_to_this_page(
    county: County, window: Window, stick: Path, settle: Callable[[], None]
) -> None:
    def heard() -> list[str]:
        settle()
        buttons = window.findChildren(NavigationButton)
        return [one.accessibleName() for one in buttons if one.accessibleName().startswith(say("nav-sync"))]

    county.signed(county.passed())
    window.show_place(Place("sync"))
    assert heard() == [f"{say('nav-sync')} {say('nav-only-here', count=1)}"]
    run(county, stick)
    window.show_place(Place("today"))
    assert heard() == [say("nav-sync")]


def test_a_broken_file_is_named_and_a_photo_that_nobody_has_is_counted(
    screen: SyncScreen, stick: Path, other: Laptop, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    (blob,) = files(stick / "blobs")
    blob.write_bytes(blob.read_bytes()[:-1] + b"x")
    screen.take_place(str(stick))
    settle()
    screen.under_way.asked.accept.click()
    settle()
    assert blob.name in said(screen.under_way.going)
    assert say("sync-missing", count=1) in said(screen.under_way.going)


def test_a_write_protected_place_is_read_and_says_so(
    screen: SyncScreen,
    stick: Path,
    other: Laptop,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other.sync(stick)
    monkeypatch.setattr("inspector.exchange.remote.Folder.free", lambda _: 0)  # root writes everywhere
    screen.take_place(str(stick))
    settle()
    screen.under_way.asked.accept.click()
    settle()
    assert screen.under_way.going.title.text() == say("sync-readonly")


@pytest.mark.parametrize("key", ["remote-full", "remote-gone", "remote-read-only"])
def test_a_place_that_fails_says_what_to_do_and_is_tried_again(
    key: str,
    screen: SyncScreen,
    stick: Path,
    county: County,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(county, stick)
    county.signed(county.passed())

    def fails(*_args: object, **_named: object) -> None:
        raise Environment(key, where=str(stick), reason="EIO")

    with monkeypatch.context() as patch:
        patch.setattr("inspector.exchange.remote.Folder.write", fails)
        screen.take_place(str(stick))
        settle()
    assert screen.strip.isVisible()
    assert screen.under_way.going.title.text() == say("sync-partial")
    screen.strip.retry.emit()
    settle()
    assert not screen.strip.isVisible()
    assert screen.under_way.going.title.text() == say("sync-complete")


def test_a_folder_of_another_ledger_cannot_be_chosen(
    screen: SyncScreen, stick: Path, tmp_path: Path, settle: Callable[[], None]
) -> None:
    laptop = Laptop(tmp_path / "elsewhere")
    laptop.sync(stick)
    laptop.close()
    screen.take_place(str(stick))
    settle()
    assert screen.strip.isVisible()
    assert not screen.places.cards[str(stick)].sync.isVisible()


def test_a_sync_is_stopped_and_goes_on_another_time(
    screen: SyncScreen, stick: Path, county: County, settle: Callable[[], None], qtbot: QtBot
) -> None:
    run(county, stick)
    for number in range(5):
        county.signed(county.passed(f"GC-00{number + 1}"))
    screen.take_place(str(stick))
    qtbot.waitUntil(screen.under_way.going.stopping.isVisible)
    screen.under_way.going.stopping.click()
    settle()
    assert screen.under_way.going.title.text() == say("sync-stopped")
    screen.places.cards[str(stick)].sync.click()
    settle()
    assert screen.under_way.going.title.text() == say("sync-complete")


def test_progress_is_told_in_bytes_with_the_time_left(screen: SyncScreen) -> None:
    screen.under_way.going.begin("U盘")
    screen.under_way.going.show_pace(Progress("put", 31, 44, 86_000_000, 121_000_000, 100.0))
    assert "86.0 / 121.0 MB" in screen.under_way.going.figures.text()
    assert time_left(100 * 35 / 86) in screen.under_way.going.figures.text()
    assert screen.under_way.going.bar.value() == 711
    assert "2" in time_left(119)


def test_a_bundle_goes_from_one_window_to_another_laptop_and_back(
    screen: SyncScreen, other: Laptop, county: County, tmp_path: Path, settle: Callable[[], None]
) -> None:
    screen.pack.click()
    chosen: list[None] = []
    screen.under_way.packing.asked.disconnect()
    screen.under_way.packing.asked.connect(lambda: chosen.append(None))
    screen.under_way.packing.yes.click()
    assert not chosen, "a bundle is sealed unless one says no"
    screen.under_way.packing.plain.click()
    screen.under_way.packing.yes.click()
    assert chosen
    screen.under_way.write(tmp_path / "all.zip")
    settle()
    assert str(tmp_path / "all.zip") in said(screen.under_way.going)
    (done,) = bundles.read(other.workspace, [tmp_path / "all.zip"], now=NOW, accept=everybody)
    assert done.taken.records
    bundles.write(other.workspace, tmp_path / "back.zip", now=NOW)
    (tmp_path / "none.zip").write_bytes(b"no bundle")
    screen.under_way.read((tmp_path / "none.zip", tmp_path / "back.zip"))
    settle()
    screen.under_way.asked.accept.click()
    settle()
    assert "none.zip" in said(screen.under_way.going), "a bad file does not keep the others out"
    assert "site:new" in _sites(county)


def run(county: County, stick: Path) -> None:
    """This laptop syncs with a stick."""
    sync.run(county.workspace, sync.reached(county.workspace, stick), now=NOW, accept=everybody)


def append(county: County, entity: str, body: dict[str, Any]) -> None:
    """A record of this laptop, that builds on what it sees."""
    with county.workspace.transaction() as db:
        said = Record(entity.partition(":")[0], entity, records.heads(db, entity), body)
        records.append(db, county.workspace, (said,), person=None, wall=NOW.isoformat(timespec="seconds"))


@pytest.fixture
def disagreeing(county: County, stick: Path, other: Laptop) -> str:
    """Two laptops that named one site differently; the site."""
    other.sync(stick)
    run(county, stick)
    other.sync(stick)
    append(county, "site:new", {"set": {"name": "南门公厕"}})
    other.write("site:new", name="南门口公厕")
    other.sync(stick)
    run(county, stick)
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
    panel.sides.cards[1].choice.setFocus()
    press(screen, Qt.Key.Key_Space)
    type_text(panel.reason, "门牌如此")
    panel.yes.setFocus()
    press(screen, Qt.Key.Key_Return)
    settle()
    assert conflicts.every(county.workspace) == []
    assert not panel.isVisible()


def test_ctrl_enter_does_what_the_page_waits_for(
    screen: SyncScreen, stick: Path, other: Laptop, county: County, settle: Callable[[], None]
) -> None:
    other.sync(stick)
    screen.take_place(str(stick))
    settle()
    control = Qt.KeyboardModifier.ControlModifier
    press(screen, Qt.Key.Key_Return, control)
    settle()
    assert "site:new" in _sites(county), "the new laptop is let in"
    other.write("site:new", name="另一个名字")
    other.sync(stick)
    press(screen, Qt.Key.Key_Return, control)
    settle()
    assert screen.under_way.going.title.text() == say("sync-complete"), "then the stick is synced again"


def test_a_disputed_finding_shows_what_both_did_and_leads_there(
    county: County, stick: Path, other: Laptop, shown: Shown[SyncScreen]
) -> None:
    finding = "finding:AAAAAAAAAAAAAAAA"
    other.write(finding, place="东门")
    other.sync(stick)
    run(county, stick)
    other.write(finding, moves=("pass",))
    append(county, finding, {"moves": [{"move": "fail"}]})
    other.sync(stick)
    run(county, stick)
    screen = shown(SyncScreen, Place("sync"))
    said = {label.text() for label in screen.deciding.findChildren(QLabel) if label.isVisible()}
    assert {say("move-pass"), say("move-fail")} <= said
    went: list[Place] = []
    screen.go.connect(went.append)
    screen.deciding.open.click()
    assert went == [Place("findings", which=finding)]


def test_a_question_is_left_for_later_and_another_comes(screen: SyncScreen) -> None:
    answers = (Answer(key="a", text="甲", note=""), Answer(key="b", text="乙", note=""))
    asked = tuple(
        Question(kind=kind, entity=f"finding:{kind}", subject=str(kind), answers=answers) for kind in Kind
    )
    screen.deciding.show_asked(Asked(questions=asked, total=70, in_bulk={}), ())
    went: list[Place] = []
    screen.go.connect(went.append)
    for kind in Kind:
        assert screen.deciding.subject.text() == str(kind)
        if screen.deciding.open.isVisible():
            screen.deciding.open.click()
        screen.deciding.later.click()
    assert [place.screen for place in went] == ["findings", "documents"]
    others = screen.deciding.others
    assert others.rows.rowCount() == len(Kind) - 1
    others.opened.emit(others.rows.rows[-1].key)
    assert screen.deciding.subject.text() == str(list(Kind)[-1]), "any of them can be turned to"


def test_many_of_one_kind_are_decided_at_once_and_that_can_be_taken_back(
    county: County, stick: Path, other: Laptop, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    sites = [f"site:new-{number}" for number in range(3)]
    for site in sites:
        append(county, site, {"set": {"name": "甲"}})
        other.write(site, name="乙")
    other.sync(stick)
    run(county, stick)
    screen = shown(SyncScreen, Place("sync"))
    told: list[Told] = []
    screen.told.connect(told.append)
    screen.deciding.bulks["site"].click()
    settle()
    assert conflicts.every(county.workspace) == []
    assert told[0].undo is not None
    told[0].undo()
    settle()
    assert {one.entity for one in conflicts.every(county.workspace)} == set(sites)
    assert screen.deciding.isVisible()


def test_two_visits_that_may_be_one_stand_side_by_side_with_their_photos(
    county: County, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    for width in (120, 160):
        draft = county.passed()
        drafts.answer(county.workspace, draft, "GC-05", Given(verdict=Verdict.FAIL), now=NOW)
        county.found(draft, "GC-05", saved(quarters(width)))
        county.signed(draft)
    screen = shown(SyncScreen, Place("sync"))
    cards = screen.deciding.sides.cards
    assert len(cards) == 2
    assert all(card.findChildren(PhotoTile) for card in cards)
    cards[1].choice.setFocus()
    press(screen, Qt.Key.Key_Space)
    screen.deciding.yes.click()
    settle()
    assert conflicts.every(county.workspace) == []


def test_typed_passphrases_are_forgotten_when_the_page_goes(
    screen: SyncScreen, stick: Path, settle: Callable[[], None]
) -> None:
    screen.take_place(str(stick))
    settle()
    QTest.keyClicks(screen.under_way.asked.passphrase.line, "correct horse")
    screen.hide()
    assert screen.under_way.asked.passphrase.passphrase() == ""


def test_the_rows_are_a_sound_model(screen: SyncScreen) -> None:
    for view in (screen.laptops.list, screen.drafts.list, screen.deciding.others):
        QAbstractItemModelTester(view.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, view.rows)


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return plug_in(tmp_path, monkeypatch)


def test_a_stick_that_is_in_is_offered_synced_and_ejected(
    plugged: Path, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    screen = shown(SyncScreen, Place("sync"))
    (card,) = screen.places.cards.values()
    assert card.name.text() == "U 盘"
    assert not list(plugged.iterdir()), "nothing is written unasked"
    card.sync.click()
    screen.under_way.asked.without.click()
    settle()
    assert screen.under_way.going.title.text() == say("sync-complete")
    screen.under_way.going.eject.click()
    settle()
    assert screen.under_way.going.title.text() == say("sync-ejected", name="U 盘")
    assert remotes.plugged_in() == []


def test_tab_goes_through_the_page_as_it_is_read(
    plugged: Path, disagreeing: str, shown: Shown[SyncScreen], tmp_path: Path, settle: Callable[[], None]
) -> None:
    screen = shown(SyncScreen, Place("sync"))
    second = plugged.with_name("另一个")
    second.mkdir()
    with (tmp_path / "mounts").open("a") as mounts:
        mounts.write(f"/dev/sdc1 {second} vfat rw 0 0\n")
    screen.refresh()
    settle()
    screen.add.setFocus()
    order: list[QWidget | None] = []
    for _ in range(30):
        order.append(QApplication.focusWidget())
        press(screen, Qt.Key.Key_Tab)
    cards = [screen.places.cards[offer.where] for offer in screen._offers]
    read: list[QWidget] = [screen.add, screen.pack, screen.unpack]
    read += [button for card in cards if card.eject.isVisible() for button in (card.sync, card.eject)]
    read += [screen.own.name, screen.own.call, screen.deciding.sides.cards[0].choice, screen.deciding.reason]
    places = [order.index(widget) for widget in read]
    assert places == sorted(places)


def test_a_stick_that_the_system_keeps_and_a_system_without_a_tool_are_told(
    plugged: Path, shown: Shown[SyncScreen], settle: Callable[[], None], tmp_path: Path
) -> None:
    screen = shown(SyncScreen, Place("sync"))
    (card,) = screen.places.cards.values()
    tool = tmp_path / "tools" / "umount"
    tool.write_text("#!/bin/sh\necho target is busy >&2\nexit 32\n")
    card.eject.click()
    settle()
    assert "target is busy" in shown_text(screen)
    tool.unlink()
    card.eject.click()
    settle()
    assert explain(Environment("eject-no-tool", where=str(plugged)))[0] in shown_text(screen)
    assert card.sync.isEnabled()


def test_an_object_store_is_named_by_its_address_and_not_looked_at_before(
    screen: SyncScreen, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch, stick: Path
) -> None:
    monkeypatch.setattr("inspector.services.sync.Objects", lambda _: Folder(stick, device="0" * 32))
    screen.add.click()
    QTest.keyClicks(screen.adding.where, "s3://county/x")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert screen.under_way.asked.isVisible(), (
        "a new one is not made before one has said whether it is sealed"
    )
    assert not files(stick)
    screen.under_way.asked.without.click()
    settle()
    assert screen.under_way.going.title.text() == say("sync-complete")


def test_this_laptop_gets_a_name_and_says_what_it_keeps(
    screen: SyncScreen, county: County, settle: Callable[[], None]
) -> None:
    screen.own.name.clear()
    screen.own.call.click()
    settle()
    assert copies.own_label(county.workspace), "a laptop without a name keeps the computer's"
    screen.own.name.setFocus()
    type_text(screen.own.name, "03 号机")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert copies.own_label(county.workspace) == "03 号机"
    assert "03 号机" in screen.laptops.list.rows.rows[0].title
    screen.own.keep.chosen.emit(keeping.PAPERS)
    settle()
    assert keeping.chosen(county.workspace) == keeping.PAPERS
    told: list[Told] = []
    screen.told.connect(told.append)
    screen.own.release.click()
    settle()
    assert [one.text for one in told] == [say("sync-release-none")]


def test_the_draft_of_a_laptop_that_died_is_gone_on_with_here(
    county: County, shown: Shown[SyncScreen], stick: Path, tmp_path: Path, settle: Callable[[], None]
) -> None:
    check.backup(county.workspace.path, tmp_path / "backup.zip", now=NOW)
    check.restore(tmp_path / "backup.zip", tmp_path / "dead")
    how = sync.Sealing(passphrase="correct horse")
    with workspaces.opened(tmp_path / "dead") as dead:
        draft = County(dead).passed()
        for workspace in (dead, county.workspace):
            sync.run(workspace, sync.reached(workspace, stick), now=NOW, accept=everybody, how=how)
    screen = shown(SyncScreen, Place("sync"))
    assert screen.drafts.isVisible()
    went: list[Place] = []
    screen.go.connect(went.append)
    screen.drafts.list.setFocus()
    screen.drafts.list.step(1)
    press(screen, Qt.Key.Key_Return)
    settle()
    (place,) = went
    assert place.screen == "inspect" and place.which != draft
    assert drafts.read(county.workspace, place.which).answers


def test_an_edition_that_came_is_used_only_after_a_yes(
    county: County, shown: Shown[SyncScreen], settle: Callable[[], None]
) -> None:
    own_form(county.workspace)
    newer = editions.publish(county.workspace, "GC", now=NOW)
    (county.workspace.path / "forms" / "GC.toml").unlink()
    draft = county.draft()
    screen = shown(SyncScreen, Place("sync"))
    screen.editions.buttons["GC"][1].click()
    settle()
    assert not screen.editions.isVisible()
    assert forms.of_id(county.workspace, "GC").version != newer.version
    with county.workspace.transaction() as db:  # as if it had come again
        db.execute("DELETE FROM local WHERE key LIKE 'declined/%'")
    screen.refresh()
    settle()
    screen.editions.buttons["GC"][0].click()
    settle()
    assert not screen.editions.isVisible()
    assert forms.of_id(county.workspace, "GC").version == newer.version
    assert drafts.read(county.workspace, draft).about.form != newer.version


def test_looking_at_a_place_writes_nothing(county: County, stick: Path) -> None:
    new = remotes.look(county.workspace, stick / "巡检", name="U盘", kind=remotes.Kind.STICK)
    assert (new.state, new.free is not None) == (State.NEW, True)
    assert remotes.look(county.workspace, stick / "gone", name="gone").state is State.AWAY
    assert not list(stick.iterdir())


def shown_text(screen: SyncScreen) -> str:
    """What the red strip says."""
    return " ".join(label.text() for label in screen.strip.findChildren(QLabel))


def _sites(county: County) -> set[str]:
    with county.workspace.reading() as db:
        return {name for (name,) in db.execute("SELECT id FROM entity WHERE kind = 'site'")}


def _counts(screen: SyncScreen) -> list[int]:
    words = [screen.laptops.copies[copy].text() for copy in Copy]
    return [int("".join(filter(str.isdigit, text))) for text in words]
