"""收工: what is left leads to where it is finished; 今日小结 as text and as one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog

from inspector.model.day import Severe, Summary
from inspector.model.inspection import Choice
from inspector.model.words import Severity
from inspector.services import day
from inspector.ui.day import DayScreen
from inspector.ui.screen import Place
from tests.county import County
from tests.ui.conftest import Shown, press


@pytest.fixture
def screen(county: County, shown: Shown[DayScreen]) -> DayScreen:
    """One visit signed (refused, with a severe finding), one answered, one begun."""
    signed = county.passed("GC-001")
    county.found(signed, "GC-03", severity=Severity.MAJOR, place="南门")
    county.agreed(signed, choice=Choice.REFUSED, reason="认为不属于他们", witness="社区工作人员", strokes=())
    county.signed(signed)
    county.agreed(county.passed("BX-009"))
    county.draft("GD-001")
    return shown(DayScreen, Place("day"))


def pages(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_what_is_left_leads_to_where_it_is_finished(screen: DayScreen) -> None:
    rows = screen.list.rows.rows
    assert len(rows) == 2
    asked: list[Place] = []
    screen.go.connect(asked.append)
    screen.list.setFocus()
    for row in rows:
        screen.list.go_to(row.key)
        press(screen, Qt.Key.Key_Return)
    assert {one.screen for one in asked} == {"sign", "inspect"}
    assert [one.which for one in asked] == [row.key for row in rows]
    assert any("检查员甲、检查员乙" in row.note for row in rows)
    assert screen.sign.isVisible()


def test_the_summary_is_copied_as_text(screen: DayScreen) -> None:
    screen.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text == screen.text.text()
    for part in ("查了 1 个点位", "问题 1 处", "南门", "认为不属于他们", "另有 2 份还没签完"):
        assert part in text


def test_the_summary_is_one_page_of_pdf(
    screen: DayScreen, tmp_path: Path, settle: Callable[[], None]
) -> None:
    file = tmp_path / "day.pdf"
    screen.write(file)
    settle()
    assert len(pages(file)) == 1
    assert "南门" in pages(file)[0]


def test_a_day_with_very_many_severe_findings_still_fits_on_one_page(
    screen: DayScreen, tmp_path: Path, settle: Callable[[], None]
) -> None:
    seen = screen._summary
    assert isinstance(seen, Summary)
    severe = Severe(
        site="城南大道（一环至南门桥）",
        place="人行道",
        text="破损" * 40,
        unit="住建局",
        severity=Severity.MAJOR,
    )
    screen._summary = replace(seen, severe=(severe,) * 120)
    file = tmp_path / "day.pdf"
    screen.write(file)
    settle()
    assert len(pages(file)) == 1
    assert "另有" in pages(file)[0]
    assert day.text(screen._summary).count("人行道") == 120


def test_a_folder_that_cannot_be_written_is_told(
    screen: DayScreen, tmp_path: Path, settle: Callable[[], None]
) -> None:
    screen.write(tmp_path / "nowhere" / "day.pdf")
    settle()
    assert screen.strip.isVisible()


def test_a_day_without_anything_left_says_so(shown: Shown[DayScreen], settle: Callable[[], None]) -> None:
    screen = shown(DayScreen, Place("day"))
    assert screen._empty.isVisible()
    assert not screen.sign.isVisible()
    assert "没有已签完的检查" in screen.text.text()


def test_the_summary_goes_to_the_printers_dialog(screen: DayScreen, settle: Callable[[], None]) -> None:
    screen.paper.click()
    settle()
    dialog = screen.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
