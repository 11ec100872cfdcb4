"""Long lists: laid out in batches, and yet one that is far down is come to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.ui.widgets.rows import Row, RowList


def rows(count: int) -> list[Row]:
    return [Row(key=str(number), title=f"{number} 号") for number in range(count)]


def test_a_row_far_down_is_come_to(dressed: QApplication, qtbot: QtBot) -> None:
    view = RowList(name="long")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_rows(rows(5_000), current="4900")
    qtbot.waitUntil(lambda: view.viewport().rect().intersects(view.visualRect(view.currentIndex())))
    assert view.current() == "4900"


def test_a_long_list_goes_on_by_keys_from_where_one_is(dressed: QApplication, qtbot: QtBot) -> None:
    view = RowList(name="long")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_rows(rows(5_000))
    view.go_to("10")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current() == "11"


def test_the_model_of_rows_keeps_its_promises(dressed: QApplication, qtbot: QtBot) -> None:
    view = RowList(name="short")
    qtbot.addWidget(view)
    QAbstractItemModelTester(view.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, view.rows)
    view.show_rows(rows(6))
    assert view.rows.move(0, 3)
    view.show_rows(rows(2))
    assert view.rows.place("1").row() == 1
