"""Sites: found by typing anything of them, begun by Enter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu
from pytestqt.qtbot import QtBot

from inspector.places import resource
from inspector.services import chosen, drafts, sites, today, workspaces
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.imewise import TextLine
from inspector.ui.screen import Place
from inspector.ui.sites.begin import BeginScreen
from inspector.ui.sites.change import ChangeSiteScreen
from inspector.ui.sites.new import NewSiteScreen
from inspector.ui.sites.screen import SitesScreen
from inspector.ui.widgets.buttons import Segments
from inspector.ui.widgets.text import Label
from inspector.ui.work import Lanes
from tests.county import MANDATE, NOW, County
from tests.ui.conftest import Shown, type_text


@pytest.fixture
def screen(shown: Shown[SitesScreen]) -> SitesScreen:
    return shown(SitesScreen, Place("sites"))


def titles(screen: SitesScreen) -> list[str]:
    return [row.title for row in screen.list.rows.rows]


@pytest.mark.parametrize("typed", ["柳堤", "ldyx", "BX-003", "bx-003"])
def test_a_site_is_found_by_two_characters_by_initials_and_by_its_code(
    screen: SitesScreen, typed: str
) -> None:
    type_text(screen.search.line, typed)
    assert "柳堤一巷" in titles(screen)
    assert len(titles(screen)) < 12


def test_every_word_of_a_query_must_fit(screen: SitesScreen) -> None:
    type_text(screen.search.line, "㐂河街道 背街")
    found = titles(screen)
    assert found
    assert all("㐂河街道" in row.note and "背街小巷" in row.note for row in screen.list.rows.rows)


def test_a_character_typed_on_the_list_goes_into_the_search(screen: SitesScreen) -> None:
    screen.list.setFocus()
    QTest.keyClick(screen.list, "b")
    assert screen.search.text() == "b"
    assert screen.search.line.hasFocus()


def test_chips_narrow_by_kind_by_street_and_to_what_is_open(
    screen: SitesScreen, county: County, settle: Callable[[], None]
) -> None:
    screen.chips.chips["kind"].click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text().startswith("公厕")).trigger()
    menu.close()
    toilets = titles(screen)
    assert toilets
    assert screen.chips.chips["kind"].text() == f"公厕 {len(toilets)}"
    screen.chips.chips["street"].click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert 0 < len(titles(screen)) < len(toilets)
    draft = county.passed("GC-001")
    county.found(draft, "GC-03")
    county.signed(draft)
    screen.chips.clear()
    screen.refresh()
    settle()
    screen.chips.chips["open"].click()
    assert titles(screen) == [sites.one(county.workspace, "GC-001").name]


def test_what_is_not_there_is_offered_as_a_new_site(screen: SitesScreen, qtbot: QtBot) -> None:
    type_text(screen.search.line, "柳提一巷")
    assert screen._missing.isVisible()
    assert "柳堤一巷" in screen._missing.near.text()
    with qtbot.waitSignal(screen.go) as went:
        screen._missing.new.click()
    assert went.args[0] == Place("site-new", spot="柳提一巷")


def test_enter_goes_to_the_button_and_enter_begins_with_the_remembered_team(
    screen: SitesScreen, county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    chosen.keep_visit(county.workspace, chosen.Visit(mandate=MANDATE, team=county.team))
    screen.refresh()
    settle()
    type_text(screen.search.line, "BX-003")
    settle()
    QTest.keyClick(screen.search.line, Qt.Key.Key_Return)
    assert screen.panel.start.hasFocus()
    with qtbot.waitSignal(screen.go, timeout=5_000) as went:
        QTest.keyClick(screen.panel.start, Qt.Key.Key_Space)
    place = went.args[0]
    typed = drafts.read(county.workspace, place.which)
    assert (place.screen, typed.about.site) == ("inspect", "site:BX-003")
    assert typed.team == county.team
    assert typed.about.mandate == MANDATE


def test_the_first_time_category_mandate_and_team_are_asked(screen: SitesScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.go) as went:
        screen.panel.start.click()
    assert went.args[0].screen == "begin"


def test_what_was_asked_once_is_filled_in_the_next_time(
    shown: Shown[BeginScreen], county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    asked = shown(BeginScreen, Place("begin", which="site:GC-001"))
    type_text(asked._team, "督查二组")
    type_text(asked._title, "联合督查方案")
    with qtbot.waitSignal(asked.go, timeout=5_000) as went:
        asked.start.click()
    typed = drafts.read(county.workspace, went.args[0].which)
    assert len(typed.team.members) == 2
    assert typed.team.leader != typed.team.recorder
    again = shown(BeginScreen, Place("begin", which="site:GC-002"))
    assert (again._team.text(), again._title.text()) == ("督查二组", "联合督查方案")


def test_a_self_inspection_asks_for_no_mandate(shown: Shown[BeginScreen]) -> None:
    asked = shown(BeginScreen, Place("begin", which="site:GC-001"))
    assert asked._mandate.isVisible()
    segments = asked.findChild(Segments)
    assert segments is not None
    last = segments.findChildren(type(asked.start))[-1]
    last.click()
    assert not asked._mandate.isVisible()


def test_a_visit_that_was_made_earlier_is_entered_with_its_times(
    screen: SitesScreen, shown: Shown[BeginScreen], county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    screen.list.go_to("site:GC-004")
    settle()
    with qtbot.waitSignal(screen.go) as went:
        screen.panel._enter_late()
    asked = shown(BeginScreen, went.args[0])
    assert asked.late.isVisible()
    assert asked.late.begin.hasFocus()
    type_text(asked.late.begin, "15:00")
    type_text(asked.late.end, "16:00")
    asked.start.click()
    assert asked.late.end.hasFocus() or asked.late.begin.hasFocus()  # 9:30 is now: it has not begun yet
    asked.late.day.setText("2026-11-23")
    with qtbot.waitSignal(asked.go, timeout=5_000) as went:
        asked.start.click()
    about = drafts.read(county.workspace, went.args[0].which).about
    assert (about.begin, about.end, about.late) == (
        "2026-11-23T15:00:00+08:00",
        "2026-11-23T16:00:00+08:00",
        True,
    )


def test_a_site_is_added_to_today_by_one_press(
    screen: SitesScreen, county: County, settle: Callable[[], None]
) -> None:
    screen.list.go_to("site:GC-004")
    settle()
    screen.panel.add.click()
    settle()
    assert today.plan(county.workspace, on=NOW.date()) == ("site:GC-004",)


def test_a_new_site_needs_a_name_and_a_kind_and_says_so_in_place(
    shown: Shown[NewSiteScreen], county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    new = shown(NewSiteScreen, Place("site-new"))
    new.keep.click()
    settle()
    assert new.form.name.hasFocus()
    type_text(new.form.name, "新开巷")
    with qtbot.waitSignal(new.go, timeout=5_000) as went:
        new.keep.click()
    assert sites.one(county.workspace, "新开巷").id == went.args[0].which


def test_an_empty_workspace_says_how_to_get_sites(
    tmp_path: Path, lanes: Lanes, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    with workspaces.create(tmp_path / "empty") as empty:
        screen = SitesScreen(Desk(workspace=empty, lanes=lanes, now=lambda: NOW), Place("sites"))
        qtbot.addWidget(screen)
        screen.resize(1280, 720)
        screen.show()
        screen.turn_to(Place("sites"))
        settle()
        assert screen._empty.isVisible()
        screen.take_file(resource("example", "sites.csv"))
        settle()
        # the units are not there yet: every row says so, by its line, and nothing came in
        assert screen._imported.isVisible()
        assert screen._imported._problems.rows.rowCount() > 0
        assert not sites.every(empty)


def test_a_damaged_read_says_so_and_can_be_tried_again(
    screen: SitesScreen, county: County, settle: Callable[[], None]
) -> None:
    screen.turn_to(Place("sites", which="site:NOWHERE"))
    settle()
    assert screen.list.current()  # an unknown site is no dead end
    screen._read_page("site:NOWHERE")
    settle()
    assert screen.strip.isVisible()


def test_the_rows_are_a_sound_model(screen: SitesScreen) -> None:
    QAbstractItemModelTester(screen.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, screen)
    type_text(screen.search.line, "巷")
    type_text(screen.search.line, "一")
    screen.search.line.clear()


def test_the_example_offers_the_way_to_an_own_workspace(screen: SitesScreen, qtbot: QtBot) -> None:
    own = next(
        button
        for button in screen.panel.findChildren(type(screen.panel.start))
        if say("site-example") in button.text()
    )
    with qtbot.waitSignal(screen.go) as went:
        own.click()
    assert went.args[0] == Place("start")


@pytest.fixture
def change(shown: Shown[ChangeSiteScreen]) -> ChangeSiteScreen:
    return shown(ChangeSiteScreen, Place("site-change", which="site:GC-003"))


def test_a_changed_fact_of_a_site_asks_for_the_reason_in_place(
    change: ChangeSiteScreen, county: County, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    before = sites.one(county.workspace, "GC-003")
    address = change.form._columns["address"]
    assert isinstance(address, TextLine)
    address.selectAll()
    type_text(address, "人民路北侧")
    change.keep.click()
    settle()
    assert change.reason.hasFocus()
    assert sites.one(county.workspace, "GC-003") == before
    type_text(change.reason, "门牌换了")
    with qtbot.waitSignal(change.back, timeout=5_000):
        change.keep.click()
    assert sites.one(county.workspace, "GC-003").address == "人民路北侧"


def test_a_long_text_is_read_from_its_beginning_and_typed_on_at_its_end(change: ChangeSiteScreen) -> None:
    address = change.form._columns["address"]
    assert isinstance(address, TextLine)
    address.show_text("人民路与迎宾路交叉口向北一百五十米路西，原县粮食局老粮站院内东侧第三排平房")
    assert address.cursorPosition() == 0
    address.setFocus()
    QTest.keyClicks(address, "x")
    assert address.text().endswith("x")


def test_what_a_site_is_called_by_and_its_kind_stand(change: ChangeSiteScreen) -> None:
    assert not change.form.kind.isEnabled()
    assert change.form.kind.currentText() == "公共厕所"
    assert not change.form._columns["code"].isEnabled()


def test_the_page_of_a_site_says_when_it_was_changed_and_why(
    change: ChangeSiteScreen, shown: Shown[SitesScreen], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    type_text(change.form.name, "（新）")
    change._take_reason(say("change-site-has-changed"))
    with qtbot.waitSignal(change.back, timeout=5_000):
        change.keep.click()
    page = shown(SitesScreen, Place("sites", which="site:GC-003"))
    said = [label.text() for label in page.panel.findChildren(Label)]
    assert any(say("change-site-has-changed") in text for text in said)
    with qtbot.waitSignal(page.go) as went:
        page.panel._change_site()
    assert went.args[0] == Place("site-change", which="site:GC-003")


def test_units_with_one_short_name_are_offered_by_their_full_names(shown: Shown[NewSiteScreen]) -> None:
    new = shown(NewSiteScreen, Place("site-new"))
    combo = new.form._columns["community"]
    assert isinstance(combo, QComboBox)
    offered = [combo.itemText(at) for at in range(combo.count())]
    assert {"堃阳街道新村社区", "龘山街道新村社区", "柳堤社区"} <= set(offered)
    assert "新村社区" not in offered
    assert len(offered) == len(set(offered))
