"""审阅 on the screen: what is proven and what is not, apart; a document that is none; the same as a text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.services import inspections
from inspector.ui.office.audit import AuditScreen
from inspector.ui.screen import Place
from tests.county import County


def test_a_sheet_is_judged_line_by_line_by_its_number_and_written_out(
    shown, settle, county: County, tmp_path: Path
):
    signed = county.signed(county.passed()).inspection
    number = inspections.document(county.workspace, signed).number
    screen = shown(AuditScreen, Place("audit"))
    assert screen._empty.isVisible()
    QTest.keyClicks(screen.which, "no such number")
    QTest.keyClick(screen.which, Qt.Key.Key_Return)
    settle()
    assert screen.strip.isVisible()
    screen.which.clear()
    QTest.keyClicks(screen.which, number)
    QTest.keyClick(screen.look, Qt.Key.Key_Return)
    settle()
    assert not screen.strip.isVisible()
    assert "文件完整" in screen._verdict.text()
    assert not screen.wrong.isVisible()
    assert any("第 1 个签名" in words for words in screen.proven.words)
    assert any("没有经过办公室登记" in words for words in screen.claimed.words)
    screen.write(tmp_path / "audit.txt")
    settle()
    text = (tmp_path / "audit.txt").read_text("utf-8-sig")
    assert number in text
    assert screen.claimed.words[-1] in text
