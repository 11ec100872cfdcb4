"""复查: what is due becomes a round, each finding is judged by one key, and the papers close what passed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector.model.notice import Seen
from inspector.services import chosen, findings, inspections, notices, papers, rounds
from inspector.ui.desk import Desk
from inspector.ui.palette import Palette
from inspector.ui.reinspect.handover import HandoverScreen
from inspector.ui.reinspect.round import RoundScreen
from inspector.ui.reinspect.screen import ReinspectScreen
from inspector.ui.reinspect.slips import SlipsScreen
from inspector.ui.screen import Place, Screen
from inspector.ui.sign.done import DonePanel
from inspector.ui.widgets.asking import Asking
from inspector.ui.window import Window
from tests.county import MANDATE, PASSPHRASE, County
from tests.documents.sheets import picture
from tests.services import rectifying
from tests.ui.conftest import Clock, Shown, press, type_text

LATER = rectifying.LATER
KEYS = {"1": Qt.Key.Key_1, "2": Qt.Key.Key_2, "3": Qt.Key.Key_3, "u": Qt.Key.Key_U}


@pytest.fixture
def reported(county: County, clock: Clock) -> list[str]:
    """Two findings on a road and one in a lane, of two units; the team of the last visit is known."""
    found = rectifying.found(county, "东门南侧", "西门北侧")
    found += rectifying.found(county, "3 号院", site="BX-001", photo=3)
    chosen.keep_visit(county.workspace, chosen.Visit(mandate=MANDATE, team=county.team))
    clock.at = LATER
    return found


@pytest.fixture
def walked(county: County, reported: list[str]) -> rounds.Round:
    return rounds.begin(county.workspace, reported, now=LATER)


@pytest.fixture
def gone(qtbot: QtBot) -> Callable[[Screen], list[Place]]:
    def listen(screen: Screen) -> list[Place]:
        places: list[Place] = []
        screen.go.connect(places.append)
        return places

    return listen


def file_of(tmp_path: Path, seed: int) -> Path:
    file = tmp_path / f"IMG_{seed}.jpg"
    file.write_bytes(picture(seed))
    return file


def active(screen: Screen, qtbot: QtBot) -> None:
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.take_focus()


def test_what_is_due_is_chosen_by_keys_and_becomes_a_round(
    county: County,
    reported: list[str],
    shown: Shown[ReinspectScreen],
    settle: Callable[[], None],
    qtbot: QtBot,
    gone,
) -> None:
    screen = shown(ReinspectScreen, Place("reinspect"))
    assert screen._empty.isVisible()
    QTest.mouseClick(screen.views["all"], Qt.MouseButton.LeftButton)
    settle()
    places = gone(screen)
    active(screen, qtbot)
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert "2 处" in screen.side._sum.text() or "1 处" in screen.side._sum.text()
    screen.every.click()
    assert screen.side.start.text().strip().endswith("3 处")
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (walk,) = rounds.every(county.workspace)
    assert places == [Place("round", which=walk.id)]
    assert {one.finding for one in walk.sightings} == set(reported)
    screen.refresh()
    settle()
    assert screen.side.rounds.rows.rowCount() == 1


def test_findings_that_were_chosen_elsewhere_are_chosen_here(
    county: County, reported: list[str], shown: Shown[ReinspectScreen]
) -> None:
    screen = shown(ReinspectScreen, Place("reinspect", which=",".join(reported[:2])))
    assert screen.side.start.text().strip().endswith("2 处")


def test_a_round_by_keys_alone_is_signed_and_closes_what_passed(
    county: County,
    walked: rounds.Round,
    shown: Shown[Screen],
    settle: Callable[[], None],
    qtbot: QtBot,
    tmp_path: Path,
    gone,
) -> None:
    screen = shown(RoundScreen, Place("round", which=walked.id))
    places = gone(screen)
    active(screen, qtbot)
    first, second, third = [one.finding for one in walked.sightings]
    QTest.keyClick(screen.list, KEYS["1"])
    settle()
    assert "照片" in screen.judging._asked.text()
    screen.shots.intake().take_files([file_of(tmp_path, 90)])
    settle()
    QTest.keyClick(screen.list, KEYS["u"])
    assert screen.list.current() == second
    QTest.keyClick(screen.list, KEYS["2"])
    settle()
    type_text(screen.judging.note, "堆放物仍在")
    QTest.keyClick(screen.judging.note, Qt.Key.Key_Return)
    settle()
    assert screen.list.current() == third
    screen.shots.intake().take_files([file_of(tmp_path, 91)])
    settle()
    QTest.keyClick(screen.list, KEYS["1"])
    settle()
    walk = rounds.one(county.workspace, walked.id)
    assert [one.seen for one in walk.sightings] == [Seen.PASS, Seen.FAIL, Seen.PASS]
    assert walk.sightings[1].note == "堆放物仍在"
    assert walk.sightings[1].time_limit == rectifying.WORKDAYS
    QTest.keyClick(screen.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert places == [Place("slips", which=walked.id)]
    settle()
    signed_by_keys(county, walked, shown, settle, qtbot, tmp_path)
    states = [findings.one(county.workspace, one).state.value for one in (first, second, third)]
    assert states == ["passed", "failed", "passed"]
    assert rounds.every(county.workspace) == []


def signed_by_keys(county, walk, shown, settle, qtbot, tmp_path, kind=SlipsScreen, which="", many=2) -> None:
    screen = shown(kind, Place("slips", which=which or walk.id))
    active(screen, qtbot)
    side = screen.side
    type_text(side.contact.name, "检查员甲")
    type_text(side.contact.telephone, "0000-0000000")
    side.contact.telephone.settle()
    side.contact.name.settle()
    settle()
    for unit in list(screen.units.chips):
        screen.units.chips[unit].click()
        settle()
        side.recipient.chips[next(iter(side.recipient.chips))].click()
        type_text(side.recipient.lines["name"], "收件人戊")
        type_text(side.recipient.lines["place"], "现场")
        side.recipient.pad._begin(QPointF(30, 60))
        side.recipient.pad._move(QPointF(120, 40))
        side.recipient.pad._end()
        for name in ("name", "place"):
            side.recipient.lines[name].settle()
        settle()
    assert not side.stops.some, [row.title for row in side.stops.list.rows.rows]
    for person in screen._state.walk.signers:
        row = side.signers.row(person)
        row.passphrase.line.setText(PASSPHRASE)
        QTest.keyClick(row.passphrase.line, Qt.Key.Key_Return)
        settle()
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (asking,) = screen.findChildren(Asking)
    asking.yes.click()
    settle()
    settle()
    assert len(screen._signed) == many
    assert "原样" in side.done.verdict.text or "签名" in side.done.verdict.text
    assert side.done.verdict.property("kind") == "ok", side.done.verdict.text
    for n, one in enumerate(screen._signed):
        file = tmp_path / f"paper-{n}.pdf"
        file.write_bytes(notices.pdf(county.workspace, one.row.id))
        run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, check=False)
        assert run.stdout.decode().count("Signature is Valid") == len(screen._state.walk.signers)


def test_what_an_inspection_found_is_handed_over_from_its_page(
    county: County,
    shown: Shown[Screen],
    settle: Callable[[], None],
    qtbot: QtBot,
    tmp_path: Path,
    clock: Clock,
) -> None:
    found = rectifying.found(county, "东门南侧", "西门北侧")
    inspection = findings.one(county.workspace, found[0]).inspection
    clock.at = LATER
    signed_by_keys(
        county, None, shown, settle, qtbot, tmp_path, kind=HandoverScreen, which=inspection, many=1
    )
    assert {rectifying.state(county, one) for one in found} == {"handed"}


def test_the_signed_sheet_leads_to_handing_over_what_it_found(
    county: County, desk: Desk, qtbot: QtBot, gone
) -> None:
    rectifying.found(county, "东门南侧")
    clean = county.passed("BX-001")
    county.signed(clean)
    by_site = {row.site: row.id for row in inspections.every(county.workspace)}
    panel = DonePanel(desk)
    qtbot.addWidget(panel)
    panel.show_paper(papers.one(county.workspace, by_site["site:GC-001"]))
    assert not panel.hand_over.isHidden()
    with qtbot.waitSignal(panel.handover):
        panel.hand_over.click()
    panel.show_paper(papers.one(county.workspace, by_site["site:BX-001"]))
    assert panel.hand_over.isHidden()


def test_the_palette_knows_reinspection_and_register(
    window: Window, settle: Callable[[], None], reported: list[str]
) -> None:
    window.open_palette()
    palette = window.findChild(Palette)
    assert palette is not None
    for typed, screen in (("复查", "reinspect"), ("台账", "register")):
        palette.line.clear()
        type_text(palette.line, typed)
        settle()
        assert f"open/{screen}" in [row.key for row in palette.list.rows.rows]


def test_a_draw_of_closed_findings_shows_its_seed_and_reopens_what_is_back(
    county: County, reported: list[str], shown: Shown[Screen], settle: Callable[[], None], qtbot: QtBot, gone
) -> None:
    rectifying.reinspected(county, *(rectifying.passes(county, one) for one in reported), at=LATER)
    chooser = shown(ReinspectScreen, Place("reinspect"))
    places = gone(chooser)
    chooser.side.back.seed.setText("20261124")
    chooser.side.back.count.setText("2")
    chooser.side.back.draw.click()
    settle()
    (walk,) = rounds.every(county.workspace)
    assert places == [Place("round", which=walk.id)]
    chooser.refresh()
    settle()
    assert "20261124" in chooser.side.back._last.text()
    screen = shown(RoundScreen, Place("round", which=walk.id))
    active(screen, qtbot)
    assert screen.title == "回头看"
    QTest.keyClick(screen.list, KEYS["1"])
    settle()
    QTest.keyClick(screen.list, KEYS["2"])
    type_text(screen.judging.note, "又堆了杂物")
    screen.judging.note.settle()
    settle()
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (asking,) = screen.findChildren(Asking)
    asking.yes.click()
    settle()
    held, back = [one.finding for one in walk.sightings]
    assert [rectifying.state(county, one) for one in (held, back)] == ["passed", "reopened"]
    assert rounds.every(county.workspace) == []


def test_a_draw_among_nothing_says_so(
    county: County, reported: list[str], shown: Shown[Screen], settle: Callable[[], None]
) -> None:
    screen = shown(ReinspectScreen, Place("reinspect"))
    screen.side.back.draw.click()
    settle()
    assert screen.strip.isVisible()
    assert rounds.every(county.workspace) == []


def test_what_was_seen_is_there_after_a_kill_and_can_be_taken_back(
    county: County, walked: rounds.Round, shown: Shown[Screen], settle: Callable[[], None], qtbot: QtBot
) -> None:
    first = shown(RoundScreen, Place("round", which=walked.id))
    active(first, qtbot)
    finding = walked.sightings[0].finding
    QTest.keyClick(first.list, KEYS["3"])
    type_text(first.judging.note, "还差一半")
    first.judging.note.settle()
    settle()  # nobody leaves the screen in order: the process is gone
    again = shown(RoundScreen, Place("round", which=walked.id))
    assert again._line().sighting.lacks() == "seen", "it goes on with the first that is not judged"
    again.list.go_to(finding)
    assert again.judging.note.text() == "还差一半"
    assert again.judging.buttons[Seen.PARTLY].isChecked()
    for _ in range(2):
        press(again, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
    assert rounds.one(county.workspace, walked.id).judged == 0


def test_a_round_that_was_signed_elsewhere_says_so_and_leads_back(
    county: County, shown: Shown[Screen], settle: Callable[[], None], gone
) -> None:
    screen = shown(RoundScreen, Place("round", which="round:GONE"))
    assert screen._gone.isVisible()
    slips = shown(SlipsScreen, Place("slips", which="round:GONE"))
    assert slips._gone.isVisible()
    assert not slips.side.isVisible()


def test_a_round_is_thrown_away_only_after_a_question(
    county: County, walked: rounds.Round, shown: Shown[Screen], settle: Callable[[], None], gone
) -> None:
    screen = shown(RoundScreen, Place("round", which=walked.id))
    places = gone(screen)
    screen.drop.click()
    (asking,) = screen.findChildren(Asking)
    asking.no.click()
    settle()
    assert rounds.every(county.workspace) == [walked]
    screen.drop.click()
    screen.findChildren(Asking)[-1].yes.click()
    settle()
    assert rounds.every(county.workspace) == []
    assert places == [Place("reinspect")]
