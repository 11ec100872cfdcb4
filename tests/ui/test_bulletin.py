"""One 通报 on the screen: its words and cases are changed, its pages drawn again, then it goes to be checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.model.notice import Bulletin
from inspector.services import bulletins, notices, settings
from inspector.services.figures import Period
from inspector.ui.office.bulletin import BulletinScreen
from inspector.ui.screen import Place
from tests.county import NOW, County
from tests.services import rectifying as doing
from tests.ui.conftest import Clock, type_text

LATER = NOW + timedelta(days=20)


@pytest.fixture
def drafted(county: County, clock: Clock) -> str:
    """Two findings, and the draft of a bulletin about them."""
    doing.found(county, "东门", "西门")
    clock.at = LATER
    wanted = bulletins.Wanted(
        period=Period(first=date(2026, 11, 1), last=date(2026, 12, 14)),
        handled_by=county.signers()[0].person,
        contact=doing.CONTACT,
    )
    return bulletins.draft(county.workspace, wanted, now=LATER)


def said(county: County, which: str) -> Bulletin:
    return bulletins.one(county.workspace, which)[1]


def test_what_is_typed_is_kept_the_pages_are_drawn_again_and_an_order_is_refused(
    shown, settle, county: County, drafted: str
):
    screen = shown(BulletinScreen, Place("bulletin", which=drafted))
    assert screen.paper.pages >= 1
    assert "共发现问题2处" in screen.words.areas["opening"].text()
    area = screen.words.areas["praise"]
    area.setFocus()
    type_text(area, "各单位整改及时。")
    area.settle()
    settle()
    assert said(county, drafted).praise == "各单位整改及时。"
    pages = screen.paper._pdf
    screen.figures.issue.setFocus()
    screen.figures.issue.selectAll()
    QTest.keyClicks(screen.figures.issue, "9")
    screen.figures.issue.settle()
    settle()
    assert said(county, drafted).issue_no == 9
    assert "第 9 期" in screen.head.about.text()
    type_text(screen.words.copied, "县委办公室、县政府办公室")
    screen.words.copied.settle()
    settle()
    assert [one.name for one in said(county, drafted).copied] == ["县委办公室", "县政府办公室"]
    assert screen.paper._pdf != pages

    before = said(county, drafted).asking
    area = screen.words.areas["asking"]
    type_text(area, "责令改正。")
    area.settle()
    settle()
    assert screen.strip.isVisible()
    assert said(county, drafted).asking == before


def test_cases_are_chosen_by_the_space_bar_and_boards_wait_for_the_ranking(
    shown, settle, county: County, drafted: str
):
    screen = shown(BulletinScreen, Place("bulletin", which=drafted))
    before = [case.finding for case in said(county, drafted).cases]
    card = screen.cases
    assert [row.key for row in card.list.rows.rows] == before
    QTest.keyClick(card.more, Qt.Key.Key_Return)
    card.list.go_to(before[0])
    QTest.keyClick(card.list, Qt.Key.Key_Space)
    settle()
    assert before[0] not in {case.finding for case in said(county, drafted).cases}
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    settle()
    assert before[0] in {case.finding for case in said(county, drafted).cases}

    assert not screen.figures.boards.isEnabled()
    settings.put(county.workspace, "ranking.on", "on", now=NOW)
    screen.refresh()
    settle()
    QTest.keyClick(screen.figures.boards, Qt.Key.Key_Space)
    settle()
    assert said(county, drafted).boards
    assert screen.figures._words.isVisible()


def test_it_goes_to_be_checked_then_to_be_issued_and_a_change_takes_that_back(
    shown, settle, county: County, drafted: str
):
    screen = shown(BulletinScreen, Place("bulletin", which=drafted))
    gone = []
    screen.go.connect(gone.append)
    QTest.keyClick(screen.next, Qt.Key.Key_Return)
    settle()
    notices.review(county.workspace, [drafted], county.signers()[1], now=LATER)
    screen.refresh()
    settle()
    screen.step()
    settle()
    assert gone == [
        Place("deciding", which=drafted, spot="review"),
        Place("deciding", which=drafted, spot="issue"),
    ]
    type_text(screen.words.areas["opening"], "又改了。")
    screen.words.areas["opening"].settle()
    settle()
    assert not said(county, drafted).checked.name
    assert screen.next.accessibleName() == "去审核"


def test_its_files_are_written_into_a_folder_and_a_void_one_cannot_be_changed(
    shown, settle, county: County, drafted: str, tmp_path
):
    screen = shown(BulletinScreen, Place("bulletin", which=drafted))
    told = []
    screen.told.connect(told.append)
    screen.write_files(tmp_path / "out")
    settle()
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {".pdf", ".docx", ".xlsx"}
    assert "4 个文件" in told[0].text
    notices.void(county.workspace, drafted, reason="重复", by=county.signers()[0].person, now=LATER)
    screen.refresh()
    settle()
    assert not screen.words.areas["opening"].isEnabled()
    assert not screen.next.isVisible()


def test_one_that_is_not_here_is_said(shown):
    screen = shown(BulletinScreen, Place("bulletin", which="notice:nothing"))
    assert screen.strip.isVisible()
    assert screen._empty.isVisible()


def test_among_the_documents_of_the_office_it_leads_to_its_own_page(shown, settle, drafted: str):
    from inspector.ui.notices.screen import NoticesScreen

    screen = shown(NoticesScreen, Place("notices", which=drafted))
    settle()
    gone = []
    screen.go.connect(gone.append)
    assert not screen.panel.parts.isVisible()
    screen.panel.do_next()
    assert gone == [Place("bulletin", which=drafted)]
