"""人员: who signs here, with which key; a new person; a key that is brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from inspector.services import people, workspaces
from inspector.ui.desk import Desk
from inspector.ui.office.pinning import digits
from inspector.ui.people import PeopleScreen
from inspector.ui.screen import Place
from tests.county import NOW, PASSPHRASE, County
from tests.ui.conftest import Shown, press, type_text


@pytest.fixture
def screen(shown: Shown[PeopleScreen]) -> PeopleScreen:
    return shown(PeopleScreen, Place("people"))


def test_everybody_is_listed_with_where_his_key_lies(screen: PeopleScreen, county: County) -> None:
    QAbstractItemModelTester(
        screen.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, screen.list.rows
    )
    shown = [row.title for row in screen.list.rows.rows]
    assert shown == [one.name for one in people.every(county.workspace)]
    assert all(row.facts[0].tone == "ok" for row in screen.list.rows.rows)


def test_somebody_whose_key_is_elsewhere_is_shown_as_such(county: County, shown: Shown[PeopleScreen]) -> None:
    away = people.every(county.workspace)[0]
    (county.workspace.path / "people" / f"{away.id.removeprefix('person:')}.p12").unlink()
    screen = shown(PeopleScreen, Place("people", which=away.id))
    assert [row.facts[0].tone for row in screen.list.rows.rows] == ["warn", "ok"]


def test_the_fingerprint_is_shown_in_groups_and_copied_whole(screen: PeopleScreen, county: County) -> None:
    person = people.every(county.workspace)[0]
    screen.list.go_to(person.id)
    assert screen.card.shown.text() == digits(people.fingerprint(person))
    screen.card.copy.click()
    assert QGuiApplication.clipboard().text() == people.fingerprint(person)


def test_a_person_is_added_by_keyboard_alone_and_can_sign_at_once(
    screen: PeopleScreen, county: County, settle: Callable[[], None]
) -> None:
    screen._new.setFocus()
    press(screen, Qt.Key.Key_Space)
    for text in ("检查员丙", "县住建局", "科员", "41-0007"):
        type_text(screen.focusWidget(), text)
        press(screen, Qt.Key.Key_Tab)
    QTest.keyClicks(screen.focusWidget(), "correct horse")
    press(screen, Qt.Key.Key_Tab)
    QTest.keyClicks(screen.focusWidget(), "correct horse")
    press(screen, Qt.Key.Key_Return)
    settle()
    made = people.one(county.workspace, "检查员丙")
    assert (made.organisation, made.position, made.certificate_number) == ("县住建局", "科员", "41-0007")
    assert people.unlock(county.workspace, made.id, "correct horse").person == made
    assert screen.list.current() == made.id
    assert screen.card.isVisible()


def test_two_different_passphrases_are_asked_back_in_place(screen: PeopleScreen, county: County) -> None:
    screen.turn_to(Place("people", spot="new"))
    line = screen.new.fields.passphrase.line
    line.setFocus()
    for shown in (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password):
        QTest.keyClick(line, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        assert line.echoMode() == shown  # 显示 has a key and is no stop of Tab
    type_text(screen.new.fields.name, "检查员丙")
    type_text(screen.new.fields.organisation, "县住建局")
    QTest.keyClicks(screen.new.fields.passphrase.line, "correct horse")
    QTest.keyClicks(screen.new.fields.again.line, "correct hose")
    screen.new.yes.click()
    assert len(people.every(county.workspace)) == 2
    assert screen.new.isVisible()
    assert screen.new.fields.name.text() == "检查员丙"


def brought(folder: Path) -> Path:
    """A .p12 from another laptop."""
    with workspaces.create(folder / "other", ledger=workspaces.DEMO) as other:
        person = people.add(
            other, name="检查员丁", organisation="市创建办", position="", passphrase=PASSPHRASE, now=NOW
        )
        return other.path / "people" / f"{person.id.removeprefix('person:')}.p12"


def test_a_key_that_is_brought_is_taken_in_with_its_passphrase(
    screen: PeopleScreen, county: County, tmp_path: Path, settle: Callable[[], None]
) -> None:
    screen.take_file(brought(tmp_path))
    QTest.keyClicks(screen.bring.passphrase.line, "wrong passphrase")
    screen.bring.yes.click()
    settle()
    assert screen.bring.strip.isVisible()
    screen.bring.passphrase.clear()
    QTest.keyClicks(screen.bring.passphrase.line, PASSPHRASE)
    press(screen.bring, Qt.Key.Key_Return)
    settle()
    assert people.one(county.workspace, "检查员丁").organisation == "市创建办"
    assert not screen.bring.isVisible()


def test_passphrases_are_forgotten_when_the_page_is_left(screen: PeopleScreen) -> None:
    screen.turn_to(Place("people", spot="new"))
    QTest.keyClicks(screen.new.fields.passphrase.line, "correct horse")
    screen.leave(screen.update)
    assert screen.new.fields.passphrase.passphrase() == ""


def test_without_people_the_page_says_what_to_do(desk: Desk, shown: Shown[PeopleScreen]) -> None:
    screen = shown(PeopleScreen, Place("people"))
    screen._show(())
    assert screen._empty.isVisible()
    assert not screen.list.isVisible()
