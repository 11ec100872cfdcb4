"""F1: the keys of the page where it was pressed, and the tour on the example."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.model.answer import Answer
from inspector.services import inspecting, tour
from inspector.services.tour import Step
from inspector.text import say
from inspector.ui.help import HelpScreen
from inspector.ui.keymap import ANYWHERE, PAGES
from inspector.ui.screen import Place
from inspector.ui.screens import OPENINGS
from inspector.ui.widgets.text import KeyCap, Label
from inspector.ui.window import Window
from tests.county import NOW, County
from tests.ui.conftest import Shown

Settle = Callable[[], None]
SAME = {"Return": "Enter", "Del": "Delete"}


def caps(screen: HelpScreen) -> set[str]:
    return {cap.text() for cap in screen.of_page.findChildren(KeyCap) if cap.isVisible()}


def test_f1_shows_the_keys_of_the_page_where_it_was_pressed(
    window: Window, county: County, settle: Settle, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    draft = county.draft("BX-009")
    for screen, cap in (
        ("photos", "Ctrl R"),
        ("sign", "F8"),
        ("inspect", "R"),
        ("counterpart-show", "Enter"),
    ):
        window.show_place(Place(screen, which=draft))
        settle()
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
        settle()
        shown = window.screen_shown
        assert isinstance(shown, HelpScreen)
        assert cap in caps(shown), screen
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        settle()
        assert window.screen_shown is not None
        assert window.screen_shown.place.screen == screen


def test_every_shortcut_of_a_page_is_among_the_keys_that_f1_shows(
    window: Window, county: County, settle: Settle
) -> None:
    draft = county.draft("BX-009")
    silent = []
    for name in OPENINGS:
        window.show_place(Place(name, which=draft if name in ("inspect", "sign", "photos") else ""))
        settle()
        assert window.screen_shown is not None
        told = {one for cap, _ in (*ANYWHERE, *PAGES.get(name, ())) for one in cap.split("  ")}
        told |= {
            f"Alt {at}"
            for cap in told
            if (found := re.fullmatch(r"Alt 1–(\d)", cap))
            for at in range(1, int(found[1]) + 1)
        }
        for shortcut in window.screen_shown.findChildren(QShortcut):
            keys = shortcut.key().toString().replace("+", " ")
            for theirs, ours in SAME.items():
                keys = keys.replace(theirs, ours)
            if keys not in told:
                silent.append(f"{name}: {keys}")
    assert not silent, "\n".join(silent)


def test_opened_from_the_navigation_it_shows_no_page(shown: Shown[HelpScreen]) -> None:
    assert not shown(HelpScreen, Place("help")).of_page.isVisible()


def test_the_tour_ticks_what_one_did_today(county: County, shown: Shown[HelpScreen], qtbot: QtBot) -> None:
    helped = shown(HelpScreen, Place("help"))
    assert not any(line._tick.isVisible() for line in helped.tour.steps.values())
    assert not helped.tour.steps[Step.SIGN].go.isEnabled()
    with qtbot.waitSignal(helped.go) as went:
        helped.tour.steps[Step.SITE].go.click()
    assert went.args[0] == Place("sites")
    draft = county.passed("GC-001")
    inspecting.fail(county.workspace, draft, "GC-03", Answer(), now=NOW)
    again = shown(HelpScreen, Place("help"))
    ticked = {step for step, line in again.tour.steps.items() if line._tick.isVisible()}
    assert ticked == {Step.SITE, Step.HEADER, Step.ANSWER}  # the finding has no place yet
    with qtbot.waitSignal(again.go) as went:
        again.tour.steps[Step.FINDING].go.click()
    assert went.args[0] == Place("inspect", which=draft)


def test_a_sheet_signed_today_ends_the_tour(county: County) -> None:
    draft = county.passed("GC-001")
    county.signed(draft)
    assert tour.tour(county.workspace, now=NOW).done == frozenset(Step)


def test_the_example_has_no_way_to_itself(shown: Shown[HelpScreen]) -> None:
    helped = shown(HelpScreen, Place("help"))
    said = [label.text() for label in helped.tour.findChildren(Label)]
    assert say("help-tour-note") in said
