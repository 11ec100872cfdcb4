"""排名通报: bars by unit, places only once the office wants them, what the round still misses."""

from __future__ import annotations

from inspector.services import settings
from inspector.ui.ranking import RankingScreen, UnitLine
from inspector.ui.screen import Place
from tests.county import NOW, County
from tests.services import rectifying as doing


def lines(screen: RankingScreen) -> list[UnitLine]:
    body = screen._scrolled.body
    widgets = [body.itemAt(place).widget() for place in range(body.count())]
    return [widget for widget in widgets if isinstance(widget, UnitLine)]


def test_without_findings_the_page_says_so_and_shows_what_the_round_misses(shown):
    screen = shown(RankingScreen, Place("ranking"))
    assert screen._empty.isVisible()
    assert "已检 0 个" in screen._covered_sum.text()


def test_units_have_a_place_only_once_the_ranking_is_on(shown, settle, county: County):
    doing.found(county, "东门")
    screen = shown(RankingScreen, Place("ranking"))
    (line,) = lines(screen)
    assert "名" not in line.accessibleName().split("，")[0]
    settings.put(county.workspace, "ranking.on", "on", now=NOW)
    screen.refresh()
    settle()
    assert "少于 10 处" in screen._note.text()
    gone = []
    screen.go.connect(gone.append)
    screen.sites.click()
    assert gone == [Place("sites")]
