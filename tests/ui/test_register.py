"""整改台账 in the window: out to the units, filled in, looked at row by row, taken in once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.services import findings
from inspector.ui.register.screen import RegisterScreen
from inspector.ui.screen import Place, Told
from tests.county import County
from tests.services import rectifying
from tests.services.books import cell, fill, jpeg, paste, row_of, saved_by_wps
from tests.ui.conftest import Clock, Shown, press


@pytest.fixture
def served(county: County, clock: Clock) -> list[str]:
    """Two findings of one unit; three days have gone by."""
    found = rectifying.found(county, "东门南侧", "西门北侧")
    clock.at = rectifying.LATER + timedelta(days=3)
    return found


def test_a_register_goes_out_is_filled_in_and_comes_back_once(
    county: County,
    served: list[str],
    shown: Shown[RegisterScreen],
    settle: Callable[[], None],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    screen = shown(RegisterScreen, Place("register"))
    told: list[Told] = []
    screen.told.connect(told.append)
    assert screen.going.write.text().strip() == "导出 1 个单位"
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.take_focus()
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Space)
    assert not screen.going.write.isEnabled()
    press(screen, Qt.Key.Key_Space)
    screen.going.write_to(tmp_path)
    settle()
    (file,) = tmp_path.glob("整改台账_*.xlsx")
    assert told[-1].text == "已导出 1 份"

    book = openpyxl.load_workbook(file)
    paste(book, fill(book, served[0]), jpeg((10, 200, 10)))
    row = fill(book, served[1], finished="后天")
    saved_by_wps(book, row, jpeg((200, 10, 10)), file)
    screen.turn_to(Place("register", spot="in"))
    settle()
    assert screen.coming._empty.isVisible()
    screen.coming.look(file)
    settle()
    rows = {one.key: one for one in screen.coming.list.rows.rows}
    assert len(rows) == 2
    assert screen.coming.take.text().strip() == "收下 1 行"
    assert screen.coming.row_card.problems.text().startswith(f"L{row}：“后天”")
    assert len(screen.coming.row_card.tiles) == 1, "the picture in the cell is shown"
    assert rectifying.state(county, served[0]) == "open"
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    settle()
    assert told[-1].text == "已收下 1 行"
    assert [rectifying.state(county, one) for one in served] == ["reported", "open"]
    report = findings.one(county.workspace, served[0]).report
    assert report is not None
    assert (report.measures, len(report.photos)) == ("已清理", 1)
    assert not screen.coming.take.isEnabled(), "the same file again changes nothing"

    again = openpyxl.load_workbook(file)
    cell(again, row_of(again, served[1]), "finished").value = "2026-11-26"
    saved_by_wps(again, row_of(again, served[1]), jpeg((200, 10, 10)), file)
    screen.coming.look(file)
    settle()
    screen.coming.take_in()
    settle()
    settle()
    assert [rectifying.state(county, one) for one in served] == ["reported", "reported"]


def test_what_is_no_register_is_said_and_leaves_the_page_as_it_was(
    county: County, shown: Shown[RegisterScreen], settle: Callable[[], None], tmp_path: Path
) -> None:
    screen = shown(RegisterScreen, Place("register", spot="in"))
    file = tmp_path / "照片.xlsx"
    file.write_bytes(b"no workbook")
    screen.coming.look(file)
    settle()
    assert screen.strip.isVisible()
    assert screen.coming._empty.isVisible()
    assert not screen.coming.take.isEnabled()


def test_forms_of_the_answer_go_out_for_notices_that_have_something_open(
    county: County,
    served: list[str],
    shown: Shown[RegisterScreen],
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    rectifying.allotted(county)
    rectifying.issued(county)
    screen = shown(RegisterScreen, Place("register"))
    screen.going.book.setChecked(False)
    screen.going.form.setChecked(True)
    screen.going.write_to(tmp_path / "out")
    settle()
    assert [file.suffix for file in (tmp_path / "out").iterdir()] == [".docx"]


def test_without_findings_both_pages_say_so(county: County, shown: Shown[RegisterScreen]) -> None:
    screen = shown(RegisterScreen, Place("register"))
    assert screen.going._empty.isVisible()
    assert not screen.going.write.isEnabled()
