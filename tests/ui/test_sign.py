"""Signing: what is in the way, the counterpart, the inspectors, and the PDF that others can verify."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.model.inspection import Choice
from inspector.services import drafts, inspections, pages, people, photos
from inspector.services import standing as standings
from inspector.text import say
from inspector.ui.desk import Desk
from inspector.ui.printing import Printing
from inspector.ui.screen import Place
from inspector.ui.sign.screen import SignScreen
from inspector.ui.sign.show import CounterpartShowScreen
from inspector.ui.sign.side import COUNTERPART, INSPECTORS
from inspector.ui.sign.signature import SignaturePad
from inspector.ui.widgets.asking import Asking
from inspector.ui.window import Window
from tests.county import PASSPHRASE, County
from tests.ui.conftest import Clock, Shown, press, type_text
from tests.ui.test_photos import taken

Settle = Callable[[], None]


def draw(screen: SignScreen) -> None:
    """A signature by mouse."""
    pad = screen.side.counterpart._pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 50))
    for x in range(40, 200, 10):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))


def agree(screen: SignScreen, settle: Settle) -> None:
    """The counterpart checks the sheet and signs it."""
    screen.side.counterpart._chips[Choice.AGREED].click()
    type_text(screen.side.counterpart._lines["name"], "现场负责人")
    draw(screen)
    settle()


def open_keys(screen: SignScreen, settle: Settle) -> None:
    """Both inspectors type their passphrases."""
    for row in screen.side.inspectors._rows.values():
        QTest.keyClicks(row.passphrase.focusProxy(), PASSPHRASE)
        QTest.keyClick(row.passphrase.focusProxy(), Qt.Key.Key_Return)
        settle()


def asking() -> Asking:
    """The question that is open."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Asking) and one.isVisible())


def test_two_parties_sign_by_mouse_and_others_accept_the_pdf(
    county: County, shown: Shown[SignScreen], settle: Settle, tmp_path: Path
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    agree(screen, settle)
    open_keys(screen, settle)
    previewed = standings.paper(county.workspace, screen._state)
    screen.side.sign.click()
    settle()
    QTest.mouseClick(asking().yes, Qt.MouseButton.LeftButton)
    settle()
    (signed,) = inspections.every(county.workspace)
    pdf = inspections.pdf(county.workspace, signed.id)
    assert pdf.startswith(previewed)  # exactly what was seen, and the signatures behind it
    assert screen.side.done.isVisible()
    accepted = say("verify-accepted", title=screen.paper.title.text(), number="", count=2).split("：")[0]
    assert screen.side.done.verdict.text.startswith(accepted)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    reader = shutil.which("pdfsig")
    if reader:
        said = subprocess.run([reader, "-nocert", file], capture_output=True, text=True, check=True).stdout
        assert said.count("Signature is Valid") == 2


def test_a_sheet_is_signed_by_keyboard_alone(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    assert screen.side.counterpart._chips[Choice.AGREED].hasFocus()
    for _ in Choice:
        if screen.side.counterpart._chips[Choice.NOT_NEEDED].hasFocus():
            break
        press(screen, Qt.Key.Key_Tab)
    press(screen, Qt.Key.Key_Space)
    type_text(QApplication.focusWidget(), "公共区域")
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    for _ in county.team.members:
        QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
        press(screen, Qt.Key.Key_Return)
        settle()
    assert screen.side.sign.hasFocus()
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    QTest.keyClick(asking(), Qt.Key.Key_Return)
    settle()
    assert len(inspections.every(county.workspace)) == 1
    assert screen.focusWidget() is screen.side.done.go_home


def test_what_is_in_the_way_is_listed_and_leads_to_its_place(
    county: County, shown: Shown[SignScreen], settle: Settle, qtbot: QtBot
) -> None:
    draft = county.passed()
    missing = next(code for code in drafts.read(county.workspace, draft).answers)
    drafts.answer(county.workspace, draft, missing, None, now=county.now)
    screen = shown(SignScreen, Place("sign", which=draft))
    assert screen.side.missing.isVisible()
    assert missing in screen.side.missing.list.rows.rows[0].title
    with qtbot.waitSignal(screen.go) as went:
        press(screen, Qt.Key.Key_Return)
    assert went.args[0] == Place("inspect", which=draft, spot=f"answers/{missing}")
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not inspections.every(county.workspace)


def test_a_change_after_his_signature_voids_it_and_does_not_carry_it_over(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    draft = county.passed()
    screen = shown(SignScreen, Place("sign", which=draft))
    agree(screen, settle)
    assert not screen._state.prepared.counterpart
    type_text(screen.side.about.weather, "小雨")
    screen.side.about.weather.settle()
    settle()
    assert screen.side.counterpart._warn.isVisible()
    assert screen.side.counterpart._pad.strokes == ()
    type_text(screen.side.counterpart._lines["position"], "网格员")
    screen.side.counterpart._lines["position"].settle()
    settle()
    assert drafts.read(county.workspace, draft).counterpart.strokes == ()
    draw(screen)
    settle()
    assert not screen._state.prepared.counterpart


def test_who_refuses_needs_a_reason_and_a_witness(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    draft = county.passed()
    standings.present(county.workspace, draft, now=county.now)
    screen = shown(SignScreen, Place("sign", which=draft))
    screen.side.counterpart._chips[Choice.REFUSED].click()
    settle()
    press(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert screen._step == COUNTERPART
    lines = screen.side.counterpart._lines
    assert lines["reason"].hasFocus()
    assert say("sign-was-shown", time="09:30") in lines["text"].text()
    for name in ("reason", "witness"):
        type_text(lines[name], "社区网格员")
        lines[name].settle()
    settle()
    assert not screen._state.prepared.counterpart


def test_a_wrong_passphrase_is_told_where_it_was_typed(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    row = next(iter(screen.side.inspectors._rows.values()))
    QTest.keyClicks(row.passphrase.focusProxy(), "not this one")
    QTest.keyClick(row.passphrase.focusProxy(), Qt.Key.Key_Return)
    settle()
    assert row._asked.isVisible()
    assert not row.passphrase.passphrase()
    assert screen.keys.people == {}


def test_one_may_sign_first_and_nothing_can_be_changed_until_the_signature_is_given_up(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    draft = county.passed()
    county.agreed(draft)
    screen = shown(SignScreen, Place("sign", which=draft))
    assert screen._step == INSPECTORS
    row = next(iter(screen.side.inspectors._rows.values()))
    QTest.keyClicks(row.passphrase.focusProxy(), PASSPHRASE)
    QTest.keyClick(row.passphrase.focusProxy(), Qt.Key.Key_Return)
    settle()
    assert say("sign-do-some", count=1) in screen.side.sign.text()
    screen.side.sign.click()
    settle()
    asking().yes.click()
    settle()
    assert screen.side.frozen.isVisible()
    assert not screen.side.counterpart.isVisible()
    assert screen._state.signed == (row.member.person,)
    screen.side.frozen.thaw.click()
    asking().yes.click()
    settle()
    assert not screen.side.frozen.isVisible()
    assert drafts.read(county.workspace, draft).counterpart is not None


def test_keys_are_closed_again_after_ten_minutes(
    county: County, shown: Shown[SignScreen], settle: Settle, qtbot: QtBot
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    screen.keys.people = {one.person.id: one for one in county.signers()}
    assert screen.keys.forget.interval() == 600_000
    with qtbot.waitSignal(screen.keys.forget.timeout):
        screen.keys.forget.start(1)
    assert screen.keys.people == {}


def test_somebody_is_added_on_the_spot(county: County, shown: Shown[SignScreen], settle: Settle) -> None:
    draft = county.passed()
    screen = shown(SignScreen, Place("sign", which=draft))
    screen.side.inspectors._add.click()
    new = screen.side.join.new
    assert new.isVisible()
    screen.side.join.yes.click()
    assert new._fields["name"]._asked.isVisible()
    type_text(new.name, "检查员戊")
    type_text(new.organisation, "县城管局")
    for field in (new.passphrase, new.again):
        QTest.keyClicks(field.focusProxy(), "long enough")
    screen.side.join.yes.click()
    settle()
    assert [one.name for one in people.every(county.workspace)].count("检查员戊") == 1
    assert len(drafts.read(county.workspace, draft).team.members) == 3
    assert len(screen.side.inspectors._rows) == 3


def test_a_member_who_does_not_sign_says_why(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    draft = county.passed()
    person = people.add(
        county.workspace,
        name="检查员己",
        organisation="县城管局",
        position="",
        passphrase=PASSPHRASE,
        now=county.now,
    )
    drafts.add_member(county.workspace, draft, person.id, now=county.now)
    screen = shown(SignScreen, Place("sign", which=draft))
    from inspector.model.inspection import Signs

    screen.side.inspectors._how(person.id, Signs.NONE)
    settle()
    assert screen.side.missing.isVisible()
    row = screen.side.inspectors.row(person.id)
    type_text(row.reason, "提前离开")
    row.reason.settle()
    settle()
    assert not screen.side.missing.isVisible()


def test_a_draft_that_is_gone_is_told(shown: Shown[SignScreen]) -> None:
    screen = shown(SignScreen, Place("sign", which="nothing"))
    assert screen.strip.isVisible()
    assert not screen.side.sign.isVisible()


def test_low_windows_show_one_card_at_a_time(county: County, shown: Shown[SignScreen]) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()), size=(1093, 575))
    assert screen.side.counterpart.isVisible()
    assert not screen.side.inspectors.isVisible()
    screen.steps._steps[INSPECTORS].click()
    assert screen.side.inspectors.isVisible()
    assert not screen.side.counterpart.isVisible()


def test_the_pages_turn_and_grow(county: County, shown: Shown[SignScreen], settle: Settle) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    assert screen.paper.pages >= 2
    first, wide = screen.paper.image, screen.paper._sheet.width()
    QTest.keyClick(screen.paper, Qt.Key.Key_PageDown)
    settle()
    assert screen.paper.page == 2
    assert screen.paper.image != first
    QTest.keyClick(screen.paper, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert screen.paper._sheet.width() > 1.4 * wide
    assert screen.paper.image.width() > 1.4 * first.width()


def test_what_the_counterpart_is_shown_is_recorded(
    county: County, shown: Shown[CounterpartShowScreen], settle: Settle, clock: Clock
) -> None:
    draft = county.passed()
    found = county.found(draft, next(iter(drafts.read(county.workspace, draft).answers)))
    screen = shown(CounterpartShowScreen, Place("counterpart-show", which=draft))
    texts = [label.text() for label in screen.findChildren(type(screen._site))]
    assert any(found.place in text and found.description in text for text in texts)
    assert screen._site.font().pixelSize() >= 28
    state = standings.standing(county.workspace, draft, now=clock())
    assert state.presented == standings.acts.stamp(clock())
    drafts.jot(county.workspace, draft, "再看", now=clock())
    assert standings.standing(county.workspace, draft, now=clock()).presented
    county.found(draft, found.item)
    assert not standings.standing(county.workspace, draft, now=clock()).presented


def test_what_is_shown_fills_the_screen_and_leaves_it_as_it_was(
    county: County, window: Window, settle: Settle
) -> None:
    draft = county.passed()
    county.found(draft, "GC-03")
    before = window.windowState()
    window.show_place(Place("counterpart-show", which=draft))
    settle()
    assert window.isFullScreen()
    window.go_back()
    settle()
    assert window.windowState() == before


def test_every_page_is_printed(
    county: County, desk: Desk, shown: Shown[SignScreen], settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    pdf = standings.paper(county.workspace, screen._state)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing = Printing(desk, screen)
    with qtbot.waitSignal(printing.done, timeout=20_000):
        printing.print_on(printer, pdf)
    assert len(pages.sizes((tmp_path / "printed.pdf").read_bytes())) == len(pages.sizes(pdf))


@pytest.mark.parametrize("choice", [Choice.OBJECTED, Choice.PAPER])
def test_each_choice_asks_for_what_it_needs(
    county: County, shown: Shown[SignScreen], settle: Settle, choice: Choice
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    screen.side.counterpart._chips[choice].click()
    settle()
    (blocked,) = screen._state.prepared.counterpart
    assert blocked.key == f"counterpart-{choice.value}-incomplete"
    assert screen.side.counterpart._fields["photo"].isVisible() is (choice is Choice.PAPER)
    assert screen.side.counterpart._fields["text"].isVisible() is (choice is Choice.OBJECTED)


def test_a_mandate_that_was_left_out_is_asked_for_here(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    draft = county.passed()
    about = drafts.read(county.workspace, draft).about
    drafts.set_about(county.workspace, draft, replace(about, mandate=None), now=county.now)
    screen = shown(SignScreen, Place("sign", which=draft))
    press(screen, Qt.Key.Key_Return)
    assert screen.side.about.title_line.hasFocus()
    type_text(screen.side.about.title_line, "联合督查方案")
    type_text(screen.side.about.issuer, "示例县创建办")
    screen.side.about.issuer.settle()
    settle()
    assert not screen.side.missing.isVisible()
    assert drafts.read(county.workspace, draft).about.mandate.issuer == "示例县创建办"


def test_a_finger_signs_as_a_mouse_does(dressed: QApplication, qtbot: QtBot) -> None:
    pad = SignaturePad(name="pad")
    qtbot.addWidget(pad)
    pad.resize(320, 108)
    pad.show()
    device = QTest.createTouchDevice()
    with qtbot.waitSignal(pad.signed, timeout=2_000):
        QTest.touchEvent(pad, device).press(0, QPoint(20, 40), pad).commit()
        for x in range(30, 120, 10):
            QTest.touchEvent(pad, device).move(0, QPoint(x, 50), pad).commit()
        QTest.touchEvent(pad, device).release(0, QPoint(120, 60), pad).commit()
    (stroke,) = pad.strokes
    assert stroke.points[:2] == (20 * 75, 40 * 75)
    assert len(stroke.points) > 10
    again = SignaturePad(name="again")
    qtbot.addWidget(again)
    again.show_strokes(pad.strokes)
    assert again.strokes == pad.strokes


def test_a_pen_signs_too_and_never_outside_of_the_field(dressed: QApplication, qtbot: QtBot) -> None:
    pad = SignaturePad(name="pad")
    qtbot.addWidget(pad)
    pad.resize(320, 108)
    pad.show()
    pen = QPointingDevice.primaryPointingDevice()
    for kind, x in (
        (QEvent.Type.TabletPress, 300.0),
        (QEvent.Type.TabletMove, 310.0),
        (QEvent.Type.TabletMove, 400.0),
        (QEvent.Type.TabletRelease, 400.0),
    ):
        at = QPointF(x, 50.0)
        event = QTabletEvent(
            kind,
            pen,
            at,
            at,
            0.5,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
        )
        pad.tabletEvent(event)
    (stroke,) = pad.strokes
    assert max(stroke.points[::2]) == 320 * 75


def test_a_paper_that_was_signed_by_hand_comes_with_its_photo(
    county: County, shown: Shown[SignScreen], settle: Settle
) -> None:
    screen = shown(SignScreen, Place("sign", which=county.passed()))
    pages_before = screen.paper.pages
    screen.side.counterpart._chips[Choice.PAPER].click()
    settle()
    photo = photos.take_bytes(county.workspace, taken(3), name="paper.jpg", now=county.now).sha256
    screen._photo_came((photo,))
    settle()
    assert not screen._state.prepared.counterpart
    assert screen.side.counterpart._tile.isVisible()
    screen._draw_paper()
    settle()
    assert not screen.strip.isVisible()
    assert screen.paper.pages >= pages_before
