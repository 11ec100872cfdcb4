"""排名通报: bars by unit, places only once the office wants them, and the 通报 that is written from what is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.model.errors import Refused
from inspector.services import bulletins, settings
from inspector.ui.office.bars import UnitLine
from inspector.ui.ranking import RankingScreen
from inspector.ui.screen import Place
from tests.county import NOW, County
from tests.services import rectifying as doing
from tests.ui.conftest import Clock


def lines(screen: RankingScreen) -> list[UnitLine]:
    body = screen._scrolled.body
    widgets = [body.itemAt(place).widget() for place in range(body.count())]
    return [widget for widget in widgets if isinstance(widget, UnitLine)]


def test_without_findings_the_page_says_so_and_writes_no_bulletin(shown):
    screen = shown(RankingScreen, Place("ranking"))
    assert screen._empty.isVisible()
    assert not screen.write.isEnabled()
    assert not screen.latest.isVisible()


def test_units_have_a_place_only_once_the_office_switches_the_ranking_on(shown, settle, county: County):
    doing.found(county, "东门")
    screen = shown(RankingScreen, Place("ranking"))
    (line,) = lines(screen)
    assert "名" not in line.accessibleName().split("，")[0]
    screen.rules.on.setFocus()
    QTest.keyClick(screen.rules.on, Qt.Key.Key_Space)
    settle()
    assert settings.ranking_rules(county.workspace).on
    assert "少于 10 处" in screen._note.text()
    screen.rules.least.setFocus()
    screen.rules.least.selectAll()
    QTest.keyClicks(screen.rules.least, "3")
    screen.rules.least.settle()
    settle()
    assert "少于 3 处" in screen._note.text()
    screen.rules.target.show_text("")
    QTest.keyClicks(screen.rules.target, "900")
    screen.rules.target.settle()
    settle()
    assert screen.strip.isVisible()


def test_a_bulletin_of_the_period_is_written_opened_and_shown_beside_the_ranking(
    shown, settle, county: County, clock: Clock
):
    doing.found(county, "东门")
    screen = shown(RankingScreen, Place("ranking"))
    gone = []
    screen.go.connect(gone.append)
    QTest.keyClick(screen.write, Qt.Key.Key_Return)
    settle()
    (row,) = bulletins.every(county.workspace)
    assert gone == [Place("bulletin", which=row.id)]
    screen.refresh()
    settle()
    assert screen.latest.isVisible()
    assert "共发现问题1处" in screen.latest._words.text()
    QTest.keyClick(screen.latest.open, Qt.Key.Key_Return)
    assert gone[1:] == gone[:1]


def test_a_weeks_bar_says_in_words_what_it_shows(shown, county: County):
    doing.found(county, "东门")
    screen = shown(RankingScreen, Place("ranking"))
    assert screen.weeks.weeks.accessibleName().count("到期 0 处") == 6


def test_nobody_to_handle_a_bulletin_is_said(county: County, monkeypatch: pytest.MonkeyPatch):
    from inspector.services import people
    from inspector.ui import ranking

    monkeypatch.setattr(people, "every", lambda _: [])
    with pytest.raises(Refused) as refused:
        ranking._draft(county.workspace, 30, NOW)
    assert refused.value.key == "bulletin-nobody"
