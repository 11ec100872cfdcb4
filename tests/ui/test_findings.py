"""问题: who is late comes first; filters, one finding with its life; 100,000 without a wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from inspector.ledger.record import Record
from inspector.services import finding_list
from inspector.services.finding_list import Group
from inspector.store import findings as store
from inspector.store import records
from inspector.ui.findings.rows import MOST_GROUPED
from inspector.ui.findings.screen import FindingsScreen
from inspector.ui.screen import Place
from inspector.ui.widgets.rows import ROW, Row
from tests.county import NOW, County
from tests.ui.conftest import Shown, press, type_text


def photo() -> bytes:
    data = BytesIO()
    Image.new("RGB", (64, 48), (120, 90, 60)).save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def found(county: County) -> dict[str, str]:
    """Three signed findings by their items: late, due today, without a date."""
    draft = county.passed()
    for item in ("GC-03", "GC-05", "GC-07"):
        county.found(draft, item, photo() if item == "GC-03" else None)
    county.signed(draft)
    by_item = {one.item: one.id for one in finding_list.every(county.workspace, now=NOW)}
    for item, days in (("GC-03", -1), ("GC-05", 0)):
        due = (NOW.date() + timedelta(days=days)).isoformat()
        with county.workspace.transaction() as db:
            heads = store.heads(db, by_item[item])
            record = Record("finding", by_item[item], heads, {"set": {"due": due}})
            records.append(db, county.workspace, (record,), person=None, wall=NOW.isoformat())
    return by_item


@pytest.fixture
def screen(found: dict[str, str], shown: Shown[FindingsScreen]) -> FindingsScreen:
    return shown(FindingsScreen, Place("findings"))


def listed(screen: FindingsScreen) -> list[Row]:
    model = screen.list.rows
    return [model.index(number).data(ROW) for number in range(model.rowCount())]


def test_the_late_one_is_at_the_top_under_its_heading(screen: FindingsScreen, found: dict[str, str]) -> None:
    QAbstractItemModelTester(
        screen.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, screen.list.rows
    )
    assert [row.key for row in listed(screen)] == [found["GC-03"], found["GC-05"], found["GC-07"]]
    assert [row.group for row in listed(screen)] == ["已逾期 1", "今天到期 1", "还没有到期日 1"]
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
    assert unit in [text for text, _ in screen.column.narrowing.values("unit")]
    screen.column.narrowing.narrow("unit", unit)
    assert screen.column.narrowing.chips["unit"].isChecked()
    assert len(listed(screen)) == sum(one.unit == unit for one in screen.column._listed)
    screen.column.narrowing.narrow("unit", "")
    assert not screen.column.narrowing.chips["unit"].isChecked()


def test_todays_findings_stand_under_their_units(found: dict[str, str], shown: Shown[FindingsScreen]) -> None:
    screen = shown(FindingsScreen, Place("findings", spot="today"))
    assert {row.key for row in listed(screen)} == set(found.values())
    assert listed(screen)[0].group.endswith(f" {len(screen.column._listed)}")


def test_a_closed_finding_that_is_asked_for_is_shown(
    county: County, found: dict[str, str], shown: Shown[FindingsScreen]
) -> None:
    gone = found["GC-07"]
    with county.workspace.transaction() as db:
        move = {"move": "withdraw", "by": "", "at": "2026-11-24", "reason": "与上一处重复"}
        record = Record("finding", gone, store.heads(db, gone), {"moves": [move]})
        records.append(db, county.workspace, (record,), person=None, wall=NOW.isoformat())
    screen = shown(FindingsScreen, Place("findings", which=gone))
    assert screen.list.current() == gone
    assert screen.column.narrowing.views["all"].isChecked()


def test_a_finding_is_opened_and_its_sheet_asked_for_by_keyboard(
    screen: FindingsScreen, county: County, settle: Callable[[], None], qtbot: object
) -> None:
    screen.activateWindow()
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Down)
    settle()
    assert screen.panel.values["findings-fact-item"].text() == "GC-05"
    asked: list[Place] = []
    screen.go.connect(asked.append)
    press(screen, Qt.Key.Key_Return)
    QTest.keyClick(screen.panel.open_sheet, Qt.Key.Key_Space)
    assert asked[0].screen == "documents"
    assert asked[0].which == store_inspection(county, screen.list.current())


def store_inspection(county: County, finding: str) -> str:
    with county.workspace.reading() as db:
        return store.one(db, finding).inspection


def test_a_finding_is_copied_as_one_line(screen: FindingsScreen) -> None:
    screen.panel.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "地面有积水" in text
    assert "\n" not in text


def test_before_anything_is_found_the_page_says_so(shown: Shown[FindingsScreen]) -> None:
    screen = shown(FindingsScreen, Place("findings"))
    assert screen.column._empty.isVisible()
    assert not screen.list.isVisible()


def test_a_hundred_thousand_are_shown_without_a_height_for_each(screen: FindingsScreen, look: object) -> None:
    """Rows are made when they are painted: a few dozen, however long the list is."""
    made: list[int] = []
    model = screen.list.findings
    paint = model._make
    model._make = lambda one, heading: made.append(1) or paint(one, heading)
    one = screen.column._listed[0]
    many = [replace(one, id=f"finding:{number}", group=Group.LATER) for number in range(MOST_GROUPED + 1)]
    screen.list.show_findings(many, {0: "更晚到期"})
    QApplication.processEvents()
    screen.list.scrollToBottom()
    screen.list.viewport().repaint()
    assert screen.list.uniformItemSizes()
    assert len(made) < 200
    screen.list.go_to(f"finding:{MOST_GROUPED}")
    assert screen.list.current() == f"finding:{MOST_GROUPED}"
