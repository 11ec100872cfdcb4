"""The whole path in the window by keyboard alone: Ctrl N, a site, answers, signatures, a PDF that others accept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.model.inspection import Choice
from inspector.model.progress import of_draft
from inspector.services import chosen, forms, inspections, verification
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.screen import InspectScreen
from inspector.ui.sign.screen import SignScreen
from inspector.ui.sites.screen import SitesScreen
from inspector.ui.widgets.asking import Asking
from inspector.ui.window import Window
from tests.county import MANDATE, PASSPHRASE, County
from tests.ui.conftest import type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
Settle = Callable[[], None]


class Hand:
    """Presses keys on whatever has the focus, as a keyboard does, and waits for what comes of it."""

    def __init__(self, window: Window, settle: Settle) -> None:
        self.window, self._settle = window, settle

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        for _ in range(times):
            asking = next(
                (
                    one
                    for one in QApplication.topLevelWidgets()
                    if isinstance(one, Asking) and one.isVisible()
                ),
                None,
            )
            target = asking or QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
            QTest.keyClick(target, key, held)
            self._settle()

    def type(self, text: str) -> None:
        type_text(QApplication.focusWidget(), text)

    def secret(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)


def answer_everything(hand: Hand, county: County, screen: InspectScreen) -> None:
    """Keys 1, Enter and numbers, until nothing is left to answer."""
    form = forms.of_version(county.workspace, screen.work.draft.about.form)
    for _ in range(200):
        card = screen.board.current
        if isinstance(card, HeaderCard):
            if card.item.options:
                hand.press(Qt.Key.Key_1)
            else:
                if not card.item.required or not QApplication.focusWidget():
                    hand.press(ENTER)
                    continue
                QTest.keyClicks(QApplication.focusWidget(), "10")
                hand.press(ENTER)
            continue
        if of_draft(screen.work.draft, form).complete:
            return
        assert isinstance(card, ItemCard)
        if card.first_field:
            for number, field in enumerate(card.fields):
                if number:
                    hand.press(Qt.Key.Key_Tab)
                QTest.keyClicks(field, passing(card))
            hand.press(ENTER)
        else:
            hand.press(Qt.Key.Key_1)


def passing(card: ItemCard) -> str:
    limit = card.item.limit
    if limit is None or len(card.fields) > 1:
        return "10"
    value = limit.value if limit.value is not None else min(bound for _, bound in limit.table)
    return str(value if limit.op.value == "<=" else value + 1)


def test_from_the_first_key_to_a_pdf_that_pdfsig_and_verify_accept(
    window: Window, county: County, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    chosen.keep_visit(county.workspace, chosen.Visit(mandate=MANDATE, team=county.team))
    with qtbot.waitActive(window):
        window.activateWindow()
    hand = Hand(window, settle)
    hand.press(Qt.Key.Key_N, CONTROL)
    assert isinstance(window.screen_shown, SitesScreen)
    hand.type("GC-001")
    settle()
    hand.press(ENTER, times=2)
    screen = window.screen_shown
    assert isinstance(screen, InspectScreen)
    answer_everything(hand, county, screen)
    assert of_draft(
        screen.work.draft, forms.of_version(county.workspace, screen.work.draft.about.form)
    ).complete
    assert screen.top.sign.hasFocus()
    hand.press(ENTER)
    sign = window.screen_shown
    assert isinstance(sign, SignScreen)
    for _ in Choice:
        if sign.side.counterpart._chips[Choice.NOT_NEEDED].hasFocus():
            break
        hand.press(Qt.Key.Key_Tab)
    hand.press(Qt.Key.Key_Space)
    hand.type("公共区域")
    hand.press(ENTER, CONTROL, times=2)
    for _ in county.team.members:
        hand.secret(PASSPHRASE)
        hand.press(ENTER)
    hand.press(ENTER, CONTROL)
    hand.press(ENTER)
    (signed,) = inspections.every(county.workspace)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(inspections.pdf(county.workspace, signed.id))
    assert verification.verify_file(file).accepted
    assert verification.in_workspace(county.workspace, file).accepted
    reader = shutil.which("pdfsig")
    if reader:
        said = subprocess.run([reader, "-nocert", file], capture_output=True, text=True, check=True).stdout
        assert said.count("Signature is Valid") == 2
    with qtbot.waitActive(window):  # the question is gone: the system gives the keys back to the window
        window.activateWindow()
    assert sign.side.done.go_home.hasFocus()
    hand.press(ENTER)
    assert window.screen_shown is not sign
