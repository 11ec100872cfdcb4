"""Long lists: nothing is laid out, and yet every row stands where one sees, presses and comes to it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.ui.widgets.row import Row
from inspector.ui.widgets.rows import RowList


def rows(count: int, *, beginnings: frozenset[int] = frozenset()) -> list[Row]:
    """So many rows, of which some begin a group."""
    made, group = [], ""
    for number in range(count):
        group = f"第 {number} 组" if number in beginnings else group
        made.append(Row(key=str(number), title=f"{number} 号", group=group))
    return made


def seen(qtbot: QtBot, count: int, *, beginnings: frozenset[int] = frozenset()) -> RowList:
    view = RowList(name="long")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_rows(rows(count, beginnings=beginnings))
    return view


def test_a_row_far_down_is_come_to_at_once(dressed: QApplication, qtbot: QtBot) -> None:
    view = seen(qtbot, 0)
    view.show_rows(rows(5_000), current="4900")
    assert view.current() == "4900"
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_a_list_that_is_come_to_begins_with_a_whole_row(dressed: QApplication, qtbot: QtBot) -> None:
    view = seen(qtbot, 300, beginnings=frozenset({0, 7, 40}))
    for key in ("5", "9", "43", "120"):
        view.go_to(key)
        first = view.rows_within(0, 0)[0]
        assert view.rect_of(first).top() == 0


def test_a_long_list_goes_on_by_keys_from_where_one_is(dressed: QApplication, qtbot: QtBot) -> None:
    view = seen(qtbot, 5_000)
    view.go_to("10")
    for key, current in (
        (Qt.Key.Key_Down, "11"),
        (Qt.Key.Key_Up, "10"),
        (Qt.Key.Key_PageDown, "14"),  # four rows of 62 px fit into the window
        (Qt.Key.Key_PageUp, "10"),
        (Qt.Key.Key_End, "4999"),
        (Qt.Key.Key_Down, "4999"),
        (Qt.Key.Key_Home, "0"),
        (Qt.Key.Key_Up, "0"),
    ):
        QTest.keyClick(view, key)
        assert view.current() == current
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(count=st.integers(1, 300), beginnings=st.frozensets(st.integers(0, 299)), part=st.floats(0, 1))
def test_every_point_of_a_row_and_its_heading_belongs_to_it(
    dressed: QApplication, qtbot: QtBot, count: int, beginnings: frozenset[int], part: float
) -> None:
    view = seen(qtbot, count, beginnings=beginnings)
    bar = view.verticalScrollBar()
    bar.setValue(round(part * bar.maximum()))
    below = view.visualRect(view.rows.index(0)).top()
    assert below == -bar.value()
    for number in range(count):
        box = view.visualRect(view.rows.index(number))
        assert box.top() == below  # no gap, nothing over another row
        below = box.bottom() + 1
        for y in (box.top(), box.center().y(), box.bottom()):
            assert view.indexAt(QPoint(5, y)).row() == number
    assert view.indexAt(QPoint(5, below)).row() == -1
    assert bar.maximum() == max(0, below + bar.value() - view.viewport().height())
    heights = {view.visualRect(view.rows.index(number)).height() for number in range(count)}
    headed = {number for number in beginnings if number < count}
    assert len(heights) == 1 + bool(headed and len(headed) < count)
    view.close()


def test_a_press_opens_the_row_under_it_below_a_heading(dressed: QApplication, qtbot: QtBot) -> None:
    view = seen(qtbot, 100, beginnings=frozenset({0, 2, 3}))
    opened: list[str] = []
    view.opened.connect(opened.append)
    for number in (2, 1, 3):
        box = view.visualRect(view.rows.index(number))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, box.bottom() - 10))
    assert opened == ["2", "1", "3"]


def test_the_model_of_rows_keeps_its_promises(dressed: QApplication, qtbot: QtBot) -> None:
    view = RowList(name="short")
    qtbot.addWidget(view)
    QAbstractItemModelTester(view.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, view.rows)
    view.show_rows(rows(6))
    assert view.rows.move(0, 3)
    view.show_rows(rows(2))
    assert view.rows.place("1").row() == 1
