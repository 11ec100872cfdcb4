"""问题: who is late comes first; filters, one finding with its life; 100,000 without a wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.model.finding import State
from inspector.services import filters, units
from inspector.services.filters import Filter
from inspector.services.finding_list import Group, Listed
from inspector.ui.findings.narrowing import asked_of
from inspector.ui.findings.screen import FindingsScreen
from inspector.ui.screen import Place, Told
from inspector.ui.widgets.row import Heading, Row
from tests.county import NOW, County
from tests.ui.conftest import Clock, Shown, press, type_text
from tests.ui.finding_hands import Prepared, at, copied, listed, put


@pytest.fixture
def county(three_findings: Prepared, tmp_path: Path) -> Iterator[County]:
    yield from copied(three_findings[0], tmp_path)


@pytest.fixture
def found(three_findings: Prepared) -> dict[str, str]:
    """The findings by their items: GC-03 is late, GC-05 due today, GC-07 has no date."""
    return three_findings[1]


@pytest.fixture
def screen(found: dict[str, str], shown: Shown[FindingsScreen]) -> FindingsScreen:
    return shown(FindingsScreen, Place("findings"))


def test_the_late_one_is_at_the_top_under_its_heading(screen: FindingsScreen, found: dict[str, str]) -> None:
    QAbstractItemModelTester(
        screen.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, screen.list.rows
    )
    assert [row.key for row in listed(screen)] == [found["GC-03"], found["GC-05"], found["GC-07"]]
    headings = screen.list.findings.headings
    assert [headings[number].text for number in range(3)] == ["已逾期 1", "今天到期 1", "还没有到期日 1"]
    assert [headings[number].tone for number in range(3)] == ["bad", "warn", "muted"]
    assert screen.panel.values["findings-fact-item"].text() == "GC-03"


def test_a_view_and_words_narrow_the_list(
    screen: FindingsScreen, found: dict[str, str], settle: Callable[[], None]
) -> None:
    screen.column.narrowing.views["due"].click()
    assert [row.key for row in listed(screen)] == [found["GC-03"], found["GC-05"]]
    screen.column.narrowing.views["open"].click()
    type_text(screen.column.search.line, "GC-07")
    assert [row.key for row in listed(screen)] == [found["GC-07"]]
    type_text(screen.column.search.line, " 没有")
    assert screen.column._empty.isVisible()
    screen.column._show_all()
    settle()
    assert len(listed(screen)) == 3


def test_a_unit_is_chosen_from_those_that_have_findings(screen: FindingsScreen) -> None:
    unit = screen.column._listed[0].unit
    assert (f"{unit}  3", unit) in screen.column.narrowing.values("unit")
    screen.column.narrowing.narrow("unit", unit)
    assert screen.column.narrowing.chips["unit"].isChecked()
    assert len(listed(screen)) == sum(one.unit == unit for one in screen.column._listed)
    screen.column.narrowing.narrow("unit", "")
    assert not screen.column.narrowing.chips["unit"].isChecked()


def test_todays_findings_stand_under_their_units(found: dict[str, str], shown: Shown[FindingsScreen]) -> None:
    screen = shown(FindingsScreen, Place("findings", spot="today"))
    assert {row.key for row in listed(screen)} == set(found.values())
    assert screen.list.findings.headings[0].text.endswith(f" {len(screen.column._listed)}")


def test_a_closed_finding_that_is_asked_for_is_shown(
    county: County, found: dict[str, str], shown: Shown[FindingsScreen]
) -> None:
    gone = found["GC-07"]
    put(county, gone, {"move": "withdraw", "by": "", "at": "2026-11-24", "reason": "与上一处重复"})
    screen = shown(FindingsScreen, Place("findings", which=gone))
    assert screen.list.current() == gone
    assert screen.column.narrowing.views["all"].isChecked()


def test_a_finding_is_opened_and_its_sheet_looked_at_by_keyboard(
    screen: FindingsScreen, settle: Callable[[], None], qtbot: QtBot
) -> None:
    screen.activateWindow()
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Down)
    settle()
    assert screen.panel.values["findings-fact-item"].text() == "GC-05"
    press(screen, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is screen.panel.steps[1]
    QTest.keyClick(screen.panel.timeline.links[0], Qt.Key.Key_Space)
    settle()
    assert screen.look.isVisible()
    qtbot.waitUntil(lambda: screen.look.paper.pages > 0)
    press(screen.look, Qt.Key.Key_Escape)
    assert screen.list.isVisible()


def test_a_finding_is_copied_as_one_line(screen: FindingsScreen) -> None:
    screen.panel.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "地面有积水" in text
    assert "\n" not in text


def test_before_anything_is_found_the_page_says_so(
    county: County, found: dict[str, str], shown: Shown[FindingsScreen]
) -> None:
    for finding in found.values():
        put(county, finding, {"move": "withdraw", "by": "", "at": "2026-11-24", "reason": "不是问题"})
    screen = shown(FindingsScreen, Place("findings"))
    assert screen.column._empty.isVisible()
    assert not screen.list.isVisible()


def test_a_filter_is_saved_applied_renamed_and_brought_back(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    narrowing, saved = screen.column.narrowing, screen.column.saved
    narrowing.more.click()
    narrowing._take("within", 0)
    narrowing._take("item", "GC")
    assert [row.key for row in listed(screen)] == [found["GC-03"], found["GC-05"]]
    narrowing.saved.click()
    settle()
    type_text(saved.name, "两天内")
    saved.keep.click()
    settle()
    saved._rename("两天内")
    saved.lines["两天内"].setText("今天要办")
    QTest.keyClick(saved.lines["两天内"], Qt.Key.Key_Return)
    settle()
    assert list(saved.chips) == ["今天要办"]
    screen.column._show_all()
    settle()
    assert len(listed(screen)) == 3
    saved.chips["今天要办"].click()
    assert [row.key for row in listed(screen)] == [found["GC-03"], found["GC-05"]]
    told: list[Told] = []
    screen.told.connect(told.append)
    narrowing.saved.click()
    settle()
    saved.remove_button("今天要办").click()
    settle()
    assert not saved.chips and filters.every(county.workspace) == {}
    undo = told[0].undo
    assert undo is not None
    undo()
    settle()
    assert list(saved.chips) == ["今天要办"]
    saved.keep.click()
    settle()
    assert saved.strip.isVisible()  # a filter has a name


def test_a_filter_that_was_saved_elsewhere_says_the_same_here(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    unit = next(one for one in units.every(county.workspace) if one.label == screen.column._listed[0].unit)
    asked = Filter(states=(State.OPEN,), unit=unit.name, team="督查一组", overdue=True)
    filters.keep(county.workspace, "从命令行", asked)
    screen.column.narrowing.saved.click()
    settle()
    screen.column.saved.chips["从命令行"].click()
    settle()
    assert [row.key for row in listed(screen)] == [found["GC-03"]]
    assert asked_of(screen.column.narrowing.asked.filter()) == screen.column.narrowing.asked


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_list_is_written_as_it_is_narrowed(
    ending: str, screen: FindingsScreen, tmp_path: Path, settle: Callable[[], None]
) -> None:
    screen.column.narrowing.show_view("due")
    file = tmp_path / f"清单.{ending}"
    screen.column.write_to(file)
    settle()
    if ending == "csv":
        rows = file.read_text("utf-8-sig").splitlines()
        assert len(rows) == 3 and rows[0].startswith("点位,位置")
    else:
        (_, row, *_) = openpyxl.load_workbook(file).worksheets[0].values
        assert [*row][8:12] == ["待交办", "2026-11-24", "2026-11-23", -1]
    screen.column.write_to(tmp_path / "清单.txt")
    settle()
    assert screen.strip.isVisible()


def test_a_case_is_written_with_its_contents_and_an_old_one_is_not_overwritten(
    screen: FindingsScreen, found: dict[str, str], tmp_path: Path, settle: Callable[[], None]
) -> None:
    at(screen, found["GC-03"], settle)
    screen.panel.archived.emit()
    settle()
    case = screen.side.case
    case.write_into(tmp_path)
    settle()
    folder = next(tmp_path.glob("卷宗-*"))
    assert "卷内目录.xlsx" in [file.name for file in folder.iterdir()]
    assert case.show_folder.isVisible()
    case.write_into(tmp_path)
    settle()
    assert case.strip.isVisible()
    case.year.click()
    assert case.unit.isVisible()
    case.write_into(tmp_path)
    settle()
    assert len(list(tmp_path.glob("卷宗-2026*"))) == 1
    case.of_year.setText("2020")
    case.write_into(tmp_path)
    settle()
    assert case.strip.isVisible() and not list(tmp_path.glob("卷宗-2020*"))


def test_a_case_that_is_stopped_leaves_nothing(
    screen: FindingsScreen, found: dict[str, str], tmp_path: Path, settle: Callable[[], None]
) -> None:
    at(screen, found["GC-03"], settle)
    screen.panel.archived.emit()
    settle()
    case = screen.side.case
    gate = Event()  # the lane is busy until the case is stopped
    screen.desk.lanes.paper.ask(screen, partial(gate.wait, 10))
    case.write_into(tmp_path)
    case.stop.click()
    gate.set()
    settle()
    assert not list(tmp_path.glob("卷宗-*"))
    assert case.yes.isVisible() and "已停止" in case.told.text()


def test_what_is_estimated_says_so(
    county: County, found: dict[str, str], shown: Shown[FindingsScreen], clock: Clock
) -> None:
    put(county, found["GC-07"], due="2041-01-08", due_estimated=True)
    clock.at = NOW.replace(year=2041, month=1, day=6)
    screen = shown(FindingsScreen, Place("findings", which=found["GC-07"]))
    row = next(row for row in listed(screen) if row.key == found["GC-07"])
    place = screen.list.findings.place(row.key).row()
    above = [number for number in screen.list.findings.headings if number <= place]
    assert "估算" in screen.list.findings.headings[max(above)].text and "估算" in row.spoken
    assert "估算" in screen.panel.values["findings-fact-due"].text()


def test_a_hundred_thousand_are_shown_and_only_those_in_sight_are_made(
    screen: FindingsScreen, look: object
) -> None:
    """Rows are made when they are painted: a few dozen, however long the list is."""
    made: list[int] = []
    model = screen.list.findings
    paint = model._make

    def counted(one: Listed) -> Row:
        made.append(1)
        return paint(one)

    model._make = counted
    one = screen.column._listed[0]
    many = [replace(one, id=f"finding:{number}", group=Group.LATER) for number in range(100_000)]
    screen.list.show_findings(many, {0: Heading("今天到期"), 70_000: Heading("更晚到期")})
    QApplication.processEvents()
    screen.list.scrollToBottom()
    screen.list.viewport().repaint()
    screen.list.go_to("finding:70000")
    QApplication.processEvents()
    assert screen.list.current() == "finding:70000"
    box = screen.list.visualRect(screen.list.currentIndex())
    assert screen.list.viewport().rect().contains(box)
    assert box.height() > screen.list.visualRect(screen.list.findings.index(70_001)).height()
    assert len(made) < 200
