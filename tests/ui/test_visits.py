"""检查: every inspection by what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.model.answer import Answer
from inspector.model.words import UncheckedReason, Verdict
from inspector.services import drafts, visits
from inspector.ui.screen import Place
from inspector.ui.visits import OPEN, SIGNED, UNCHECKED, VisitsScreen
from inspector.ui.widgets.asking import Asking
from tests.county import NOW, County
from tests.ui.conftest import Shown, press, type_text

Settle = Callable[[], None]


def left_unchecked(county: County) -> str:
    """A signed inspection that left one item for the night."""
    draft = county.passed("BX-003")
    drafts.answer(
        county.workspace,
        draft,
        "BX-12",
        Answer(verdict=Verdict.UNCHECKED, reason=UncheckedReason.NOT_NIGHT),
        now=NOW,
    )
    return county.signed(draft).inspection


def test_each_row_says_what_enter_does(county: County, shown: Shown[VisitsScreen], qtbot: QtBot) -> None:
    begun, answered = county.draft("GC-002"), county.passed("GC-001")
    inspection = left_unchecked(county)
    screen = shown(VisitsScreen, Place("inspections"))
    QAbstractItemModelTester(screen.list.rows)
    wanted = {
        f"open:{begun}": Place("inspect", which=begun),
        f"signing:{answered}": Place("sign", which=answered),
        f"signed:{inspection}": Place("documents", which=inspection),
    }
    assert {row.key for row in screen.list.rows.rows} == {*wanted, f"unchecked:{inspection}"}
    screen.list.setFocus()
    for key, place in wanted.items():
        screen.list.go_to(key)
        with qtbot.waitSignal(screen.go) as went:
            press(screen, Qt.Key.Key_Return)
        assert went.args[0] == place


def test_what_was_left_for_the_night_is_begun_again_by_its_button(
    county: County, shown: Shown[VisitsScreen], qtbot: QtBot
) -> None:
    left_unchecked(county)
    screen = shown(VisitsScreen, Place("inspections", spot="unchecked"))
    assert screen._group == UNCHECKED
    (row,) = screen.list.rows.rows
    assert "BX-12" in row.note
    box = screen.list.visualRect(screen.list.rows.index(0))
    with qtbot.waitSignal(screen.go, timeout=5_000) as went:
        QTest.mouseClick(
            screen.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(box.right() - 40, box.bottom() - 20),
        )
    place = went.args[0]
    assert place.screen == "inspect"
    assert drafts.read(county.workspace, place.which).about.follows.items == ("BX-12",)


def test_a_site_s_visits_are_looked_for_by_its_entity(county: County, shown: Shown[VisitsScreen]) -> None:
    county.signed(county.passed("GC-001"))
    inspection = left_unchecked(county)
    screen = shown(VisitsScreen, Place("inspections", spot="site:BX-003"))
    assert screen.search.text() == "柳堤一巷"
    assert {row.key for row in screen.list.rows.rows} == {f"unchecked:{inspection}", f"signed:{inspection}"}


def test_the_chips_and_initials_narrow_the_list(county: County, shown: Shown[VisitsScreen]) -> None:
    county.draft("GC-002")
    left_unchecked(county)
    screen = shown(VisitsScreen, Place("inspections"))
    for group, count in ((OPEN, 1), (UNCHECKED, 1), (SIGNED, 1)):
        screen._chips[group].click()
        assert len(screen.list.rows.rows) == count
    type_text(screen.search.line, "zzzz")
    assert screen._missing.isVisible()
    screen.search.line.clear()
    type_text(screen.search.line, "ldyx")
    assert len(screen.list.rows.rows) == 1


def test_a_draft_is_thrown_away_only_after_asking(
    county: County, shown: Shown[VisitsScreen], settle: Settle
) -> None:
    draft = county.draft("GC-002")
    screen = shown(VisitsScreen, Place("inspections"))
    screen.list.setFocus()
    screen.list.go_to(f"open:{draft}")
    press(screen, Qt.Key.Key_Delete)
    assert visits.every(county.workspace, now=NOW).open
    asking = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, Asking) and one.isVisible()
    )
    asking.yes.click()
    settle()
    assert not visits.every(county.workspace, now=NOW).open
    assert screen._empty.isVisible()


def test_without_any_inspection_it_says_how_to_begin(shown: Shown[VisitsScreen], qtbot: QtBot) -> None:
    screen = shown(VisitsScreen, Place("inspections"))
    assert screen._empty.isVisible()
    with qtbot.waitSignal(screen.go) as went:
        screen.start.click()
    assert went.args[0] == Place("sites")
