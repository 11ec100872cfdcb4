"""Home and the window around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.services import chosen, today
from inspector.text import say
from inspector.ui.plan_print import plan_document
from inspector.ui.screen import Place
from inspector.ui.theme import Look, theme
from inspector.ui.today import TodayScreen
from inspector.ui.widgets.navigation import NavigationButton
from inspector.ui.window import Window
from tests.county import NOW, County
from tests.ui.conftest import Shown, type_text


@pytest.fixture
def planned(county: County) -> tuple[str, ...]:
    chosen_sites = ("site:GC-001", "site:GD-002", "site:NM-001")
    today.keep_plan(county.workspace, chosen_sites, on=NOW.date())
    return chosen_sites


def test_an_open_draft_is_offered_with_the_place_where_one_stopped(
    county: County, shown: Shown[TodayScreen], qtbot: QtBot
) -> None:
    draft = county.draft("BX-009")
    chosen.stand(county.workspace, chosen.Stood(screen="inspect", which=draft, spot="answers/BX-07"))
    home = shown(TodayScreen, Place("today"))
    assert "BX-07" in home._going_on._note.text()
    with qtbot.waitSignal(home.go) as went:
        home._going_on._button.click()
    assert went.args[0] == Place("inspect", which=draft)


def test_a_draft_with_every_answer_waits_for_signatures(county: County, shown: Shown[TodayScreen]) -> None:
    county.passed("GC-001")
    home = shown(TodayScreen, Place("today"))
    assert home._lines["waiting"].accessibleName() == f"{say('today-line-waiting')} 1"
    assert not home._going_on.isVisible()


def test_what_waits_for_a_re_inspection_leads_there(shown: Shown[TodayScreen], qtbot: QtBot) -> None:
    home = shown(TodayScreen, Place("today"))
    with qtbot.waitSignal(home.go) as went:
        QTest.mouseClick(home._lines["reported"], Qt.MouseButton.LeftButton)
    assert went.args[0] == Place("reinspect")


def test_without_anything_to_do_home_says_how_to_begin(shown: Shown[TodayScreen], qtbot: QtBot) -> None:
    home = shown(TodayScreen, Place("today"))
    assert home._empty.isVisible()
    with qtbot.waitSignal(home.go) as went:
        home._start.click()
    assert went.args[0].screen == "sites"


def test_the_plan_keeps_the_order_that_one_drags(
    county: County, planned: tuple[str, ...], shown: Shown[TodayScreen], settle: Callable[[], None]
) -> None:
    home = shown(TodayScreen, Place("today"))
    rows = home._plan.list
    first, last = (rows.visualRect(rows.rows.index(row)).center() for row in (0, 2))
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=first)
    for step in range(1, 5):
        QTest.mouseMove(rows.viewport(), first + (last - first) * (step / 4))
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=last)
    settle()
    assert today.plan(county.workspace, on=NOW.date()) == (planned[1], planned[2], planned[0])


def test_the_plan_is_ordered_and_shortened_by_keys(
    county: County, planned: tuple[str, ...], shown: Shown[TodayScreen], settle: Callable[[], None]
) -> None:
    home = shown(TodayScreen, Place("today"))
    rows = home._plan.list
    rows.go_to(planned[0])
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert today.plan(county.workspace, on=NOW.date())[:2] == (planned[1], planned[0])
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    settle()
    assert planned[0] not in today.plan(county.workspace, on=NOW.date())


def test_the_plan_s_button_opens_the_site(
    planned: tuple[str, ...], shown: Shown[TodayScreen], qtbot: QtBot
) -> None:
    home = shown(TodayScreen, Place("today"))
    rows = home._plan.list
    box = rows.visualRect(rows.rows.index(1))
    with qtbot.waitSignal(home.go) as went:
        QTest.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 30, box.center().y())
        )
    assert went.args[0] == Place("sites", which=planned[1])


def test_the_window_goes_and_comes_back(window: Window, settle: Callable[[], None]) -> None:
    window.show_place(Place("sites"))
    settle()
    assert window.screen_shown.place.screen == "sites"
    assert say("nav-sites") in window.windowTitle()
    window.go_back()
    settle()
    assert window.screen_shown.place.screen == "today"


@pytest.mark.parametrize(
    ("worn", "size"),
    [
        (Look(), (1093, 575)),
        (Look(sunlight=True), (1280, 720)),
        (Look(text_percent=150, sunlight=True), (1280, 720)),
    ],
    ids=["small", "sunlight", "large in sunlight"],
)
def test_all_screens_are_in_sight_at_the_left(
    window: Window,
    look: Callable[[Look], None],
    settle: Callable[[], None],
    worn: Look,
    size: tuple[int, int],
) -> None:
    look(worn)
    window.resize(*size)
    settle()
    assert all(button.visibleRegion().boundingRect() == button.rect() for button in navigation(window))


def test_where_there_is_no_room_for_all_screens_the_one_that_is_shown_is_in_sight(
    window: Window, look: Callable[[Look], None], settle: Callable[[], None]
) -> None:
    look(Look(text_percent=150, sunlight=True))
    window.resize(1093, 575)
    window.show_place(Place("help"))
    settle()
    (here,) = (button for button in navigation(window) if button.isChecked())
    assert here.visibleRegion().boundingRect() == here.rect()


def navigation(window: Window) -> list[NavigationButton]:
    return window._navigation.findChildren(NavigationButton)


def test_the_window_remembers_where_one_stands(
    window: Window, county: County, settle: Callable[[], None]
) -> None:
    window.show_place(Place("sites", which="site:BX-003"))
    settle()
    stood = chosen.stood(county.workspace)
    assert (stood.screen, stood.which) == ("sites", "site:BX-003")


def test_the_palette_finds_a_site_by_initials_and_enter_opens_it(
    window: Window, settle: Callable[[], None]
) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    palette = window._palette
    assert palette is not None
    assert palette.line.hasFocus()
    type_text(palette.line, "ldyx")
    settle()
    assert palette.list.rows.rows[0].title == "柳堤一巷"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    settle()
    assert not palette.isVisible()
    assert window.screen_shown.place == Place("sites", which="site:BX-003")


def test_f9_puts_sunlight_on_and_it_is_remembered(
    window: Window, county: County, look: Callable[[Look], None], settle: Callable[[], None]
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    settle()
    assert theme.look.sunlight
    assert chosen.appearance(county.workspace).sunlight


def test_the_example_says_so_in_the_window_and_in_its_title(window: Window) -> None:
    assert say("ui-example") in window.windowTitle()


def test_closing_waits_until_everything_typed_is_on_the_disk(
    window: Window, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    window.show_place(Place("site-new"))
    settle()
    with qtbot.waitSignal(window.closed, timeout=5_000):
        window.close()


def test_the_plan_is_printed_as_one_line_a_site(
    county: County, planned: tuple[str, ...], dressed: object, tmp_path: Path
) -> None:
    plan = today.today(county.workspace, now=NOW).plan
    document = plan_document(plan, NOW)
    text = document.toPlainText()
    assert all(one.site.name in text for one in plan)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "plan.pdf"))
    document.print_(printer)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


def test_a_site_is_planned_by_one_key_from_the_list(
    window: Window, county: County, settle: Callable[[], None]
) -> None:
    window.show_place(Place("sites", which="site:BX-003"))
    settle()
    QTest.keyClick(window.screen_shown.search.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert today.plan(county.workspace, on=NOW.date()) == ("site:BX-003",)
