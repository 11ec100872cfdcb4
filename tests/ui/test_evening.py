"""收工签名: many sheets, each key opened once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.services import drafts, evening, inspections
from inspector.text import say
from inspector.ui.screen import Place
from inspector.ui.sign.evening import EveningScreen
from inspector.ui.widgets.asking import Asking
from tests.county import NOW, PASSPHRASE, County
from tests.ui.conftest import Shown, press, type_text

Settle = Callable[[], None]


def yes() -> None:
    """Answer the question that is open."""
    asking = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, Asking) and one.isVisible()
    )
    asking.yes.click()


def finished(county: County, *sites: str) -> list[str]:
    """Sheets that wait for nothing but signatures."""
    made = [county.passed(site) for site in sites]
    for draft in made:
        county.agreed(draft)
    return made


def test_both_sign_all_by_keyboard_and_the_list_is_empty(
    county: County, shown: Shown[EveningScreen], settle: Settle
) -> None:
    finished(county, "GC-001", "GC-002")
    screen = shown(EveningScreen, Place("evening"))
    for _ in county.team.members:
        QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
        press(screen, Qt.Key.Key_Return)
        settle()
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yes()
    settle()
    assert len(inspections.every(county.workspace)) == 2
    assert screen._empty.isVisible()


def test_one_is_left_out_with_a_remark_that_goes_back_to_the_typist(
    county: County, shown: Shown[EveningScreen], settle: Settle
) -> None:
    kept, sent = finished(county, "GC-001", "GC-002")
    screen = shown(EveningScreen, Place("evening"))
    line = screen._lines[sent]
    line.back.click()
    assert line.remark.hasFocus()
    type_text(line.remark, "照片不对")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert [one.text for one in drafts.read(county.workspace, sent).jottings] == ["照片不对"]
    assert not screen._lines[sent].tick.isEnabled()
    screen.keys.people = {one.person.id: one for one in county.signers()}
    screen._count()
    assert screen._chosen() == [kept]


def test_who_unticks_a_sheet_does_not_sign_it(
    county: County, shown: Shown[EveningScreen], settle: Settle
) -> None:
    first, second = finished(county, "GC-001", "GC-002")
    screen = shown(EveningScreen, Place("evening"))
    QTest.mouseClick(screen._lines[second].tick, Qt.MouseButton.LeftButton)
    screen.keys.people = {one.person.id: one for one in county.signers()}
    screen._count()
    assert screen._chosen() == [first]
    screen.sign.click()
    yes()
    settle()
    assert [one.draft for one in evening.waiting(county.workspace, now=NOW)] == [second]
    assert not screen._lines[second].tick.isChecked()


def test_stopped_in_the_middle_what_is_signed_stays_signed(
    county: County, shown: Shown[EveningScreen], settle: Settle, qtbot: QtBot
) -> None:
    finished(county, "GC-001", "GC-002", "BX-003")
    screen = shown(EveningScreen, Place("evening"))
    screen.keys.people = {one.person.id: one for one in county.signers()}
    screen._count()
    screen.sign.click()
    yes()
    qtbot.waitUntil(lambda: screen.coming._progress.value() >= 1, timeout=10_000)
    screen.coming.stop.click()
    settle()
    signed = len(inspections.every(county.workspace))
    assert 1 <= signed < 3
    assert len(screen._lines) == 3 - signed
    assert not screen.coming.isVisible()
    assert all(one.signed in (0, 2) for one in evening.waiting(county.workspace, now=NOW))


def test_a_sheet_that_lacks_something_cannot_be_ticked_and_leads_there(
    county: County, shown: Shown[EveningScreen], qtbot: QtBot
) -> None:
    draft = county.passed()
    screen = shown(EveningScreen, Place("evening"))
    line = screen._lines[draft]
    assert not line.tick.isEnabled()
    assert say("evening-missing", count=1) in line._state.text()
    with qtbot.waitSignal(screen.go) as went:
        line.open.click()
    assert went.args[0] == Place("sign", which=draft)


def test_a_wrong_passphrase_is_told_and_nothing_is_signed(
    county: County, shown: Shown[EveningScreen], settle: Settle
) -> None:
    finished(county, "GC-001")
    screen = shown(EveningScreen, Place("evening"))
    QTest.keyClicks(QApplication.focusWidget(), "wrong one")
    press(screen, Qt.Key.Key_Return)
    settle()
    assert next(iter(screen._people.values()))._asked.isVisible()
    screen.sign.click()
    assert not inspections.every(county.workspace)


def test_an_empty_evening_says_so_and_leads_home(shown: Shown[EveningScreen], qtbot: QtBot) -> None:
    screen = shown(EveningScreen, Place("evening"))
    assert screen._empty.isVisible()
    assert not screen._side.isVisible()


def test_leaving_closes_the_keys(county: County, shown: Shown[EveningScreen], qtbot: QtBot) -> None:
    finished(county, "GC-001")
    screen = shown(EveningScreen, Place("evening"))
    screen.keys.people = {one.person.id: one for one in county.signers()}
    left: list[bool] = []
    screen.leave(lambda: left.append(True))
    assert left
    assert not screen.keys.people
