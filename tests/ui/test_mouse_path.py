"""The whole path in the window by mouse alone, from 开始检查 to a PDF that others accept. Only what has to be typed is
typed: passphrases, 位置, numbers, a name. What is clicked must be what lies under the pointer."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from inspector.model import wording
from inspector.model.form import Item
from inspector.model.inspection import Choice
from inspector.model.progress import of_draft
from inspector.model.words import PLACE, Verdict
from inspector.services import chosen, drafts, forms, inspections, verification
from inspector.text import say
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.description import bracketed
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.row import HeaderRow, ItemRow
from inspector.ui.inspect.screen import InspectScreen
from inspector.ui.sign.screen import SignScreen
from inspector.ui.sites.screen import SitesScreen
from inspector.ui.today import TodayScreen
from inspector.ui.widgets.asking import Asking
from inspector.ui.widgets.buttons import Button
from inspector.ui.window import Window
from tests.county import MANDATE, PASSPHRASE, County
from tests.ui.conftest import type_text
from tests.ui.test_window_path import passing

Settle = Callable[[], None]
LEFT = Qt.MouseButton.LeftButton


class Mouse:
    """Scrolls to a widget and clicks what lies there."""

    def __init__(self, window: Window, settle: Settle) -> None:
        self.window, self._settle = window, settle

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible(), widget.accessibleName()
        assert widget.isEnabled(), widget.accessibleName()
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget)
            around = around.parentWidget()
        point = at or widget.rect().center()
        top = widget.window()
        hit = top.childAt(widget.mapTo(top, point))
        assert hit is widget or widget.isAncestorOf(hit), f"{widget.accessibleName()} is covered by {hit}"
        QTest.mouseClick(hit, LEFT, pos=hit.mapFrom(top, widget.mapTo(top, point)))
        self._settle()

    def choose(self, word: str) -> None:
        """A line of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text().startswith(word))
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        self._settle()

    def type(self, field: QWidget, text: str) -> None:
        """Click into a field, then type."""
        self.click(field)
        type_text(field, text)

    def draw(self, pad: QWidget) -> None:
        """A signature."""
        self.click(pad)
        QTest.mousePress(pad, LEFT, pos=QPoint(30, 40))
        for x in range(40, 160, 10):
            QTest.mouseMove(pad, QPoint(x, 30 + x % 20))
        QTest.mouseRelease(pad, LEFT, pos=QPoint(160, 40))
        self._settle()


def answer_header(mouse: Mouse, screen: InspectScreen) -> None:
    """A chip or a number each; from a number one clicks on."""
    while isinstance(card := screen.board.current, HeaderCard):
        if card.item.options:
            mouse.click(card._chips[0])
            continue
        assert card.field is not None
        mouse.click(card.field)
        QTest.keyClicks(card.field, "10")
        below = [row for row in screen.board.findChildren(HeaderRow) if row.isVisible()]
        codes = screen.work.codes()
        following = codes[codes.index(card.item.code) + 1]
        row = next((one for one in below if one.code == following), None)
        if row is None:  # the last of the header: the first section
            return
        mouse.click(row)


def simple(item: Item) -> str:
    """A standard wording of an item that asks for its place and nothing else."""
    return next((one for one in item.wordings if not wording.left_over(wording.fill(one, {PLACE: "东"}))), "")


def answer_items(mouse: Mouse, screen: InspectScreen, county: County) -> None:
    """合格 for each, a number before where there is one; the first that can be worded by a click alone fails."""
    form = forms.of_version(county.workspace, screen.work.draft.about.form)
    for _ in range(120):
        if of_draft(screen.work.draft, form).complete:
            return
        card = screen.board.current
        if not isinstance(card, ItemCard) or not screen.work.waits(card.item.code):
            code = screen.work.next_waiting("")
            rows = [one for one in screen.board.findChildren(ItemRow) if one.isVisible() and one.code == code]
            if rows:
                mouse.click(rows[0], QPoint(60, rows[0].height() // 2))
            else:
                sections = range(len(form.sections))
                screen.where.open_section(next(at for at in sections if code in screen.work.in_section(at)))
                mouse._settle()
            continue
        if simple(card.item) and not card.first_field and not screen.work.draft.findings:
            write_finding(mouse, screen)
            continue
        fields = card.fields if card.first_field else ()
        for field in fields:
            mouse.click(field)
            QTest.keyClicks(field, passing(card))
        mouse.click(card.buttons[Verdict.PASS])
    pytest.fail("items are left")


def write_finding(mouse: Mouse, screen: InspectScreen) -> None:
    """The current item fails, at a place, with a standard wording and without a photo."""
    card = screen.board.current
    assert isinstance(card, ItemCard)
    mouse.click(card.buttons[Verdict.FAIL])
    form = screen.board.current
    assert isinstance(form, FindingForm)
    type_text(form._place, "东侧入口")
    buttons = {one.text().strip(): one for one in form.findChildren(Button) if one.isVisible()}
    mouse.click(form._wordings)
    mouse.choose(bracketed(simple(card.item))[:6])
    mouse.click(buttons[say("finding-no-photo")])
    mouse.choose(say("finding-no-photo-reasons").split()[0])
    mouse.click(buttons[say("finding-done")])


def test_a_whole_visit_by_mouse_ends_in_a_pdf_that_pdfsig_and_verify_accept(
    window: Window,
    county: County,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inspector.ui.inspect.answering.TAP_S", 0.0)  # no hand clicks as fast as a test
    chosen.keep_visit(county.workspace, chosen.Visit(mandate=MANDATE, team=county.team))
    with qtbot.waitActive(window):
        window.activateWindow()
    mouse = Mouse(window, settle)
    home = window.screen_shown
    assert isinstance(home, TodayScreen)
    mouse.click(home._start)
    sites = window.screen_shown
    assert isinstance(sites, SitesScreen)
    sites.list.go_to("site:GC-001")
    settle()
    mouse.click(sites.list.viewport(), sites.list.visualRect(sites.list.currentIndex()).center())
    mouse.click(sites.panel.start)
    screen = window.screen_shown
    assert isinstance(screen, InspectScreen)
    answer_header(mouse, screen)
    answer_items(mouse, screen, county)
    typed = drafts.read(county.workspace, screen.place.which)
    assert [one.place for one in typed.findings] == ["东侧入口"]
    mouse.click(screen.top.sign)
    sign = window.screen_shown
    assert isinstance(sign, SignScreen)
    sign_sheet(mouse, sign)
    (signed,) = inspections.every(county.workspace)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(inspections.pdf(county.workspace, signed.id))
    assert verification.verify_file(file).accepted
    reader = shutil.which("pdfsig")
    if reader:
        said = subprocess.run([reader, "-nocert", file], capture_output=True, text=True, check=True).stdout
        assert said.count("Signature is Valid") == 2
    mouse.click(sign.side.done.go_home)
    assert isinstance(window.screen_shown, TodayScreen)


def sign_sheet(mouse: Mouse, sign: SignScreen) -> None:
    """The counterpart signs with the mouse, both inspectors open their keys, then 签名并生成."""
    assert sign._state is not None
    assert not sign._state.prepared.missing, [one.key for one in sign._state.prepared.missing]
    mouse.click(sign.side.counterpart._chips[Choice.AGREED])
    mouse.type(sign.side.counterpart._lines["name"], "现场负责人")
    mouse.draw(sign.side.counterpart._pad)
    for row in sign.side.inspectors._rows.values():
        field = row.passphrase.line
        mouse.click(field)
        QTest.keyClicks(field, PASSPHRASE)
        mouse.click(row.open)
    mouse.click(sign.side.sign)
    asking = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, Asking) and one.isVisible()
    )
    mouse.click(asking.yes)
