"""整改文书 in the window: drafted, checked, issued, served, pressed for; by the keys of the keyboard."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inspector.model.inspection import TimeLimit
from inspector.model.number import Status
from inspector.model.paper import Kind, Standing
from inspector.model.words import TimeLimitKind
from inspector.services import notices, numbers, serving, units, verification, workspaces
from inspector.text import say
from inspector.ui.notices.decide import DecideScreen
from inspector.ui.notices.draft import DraftScreen
from inspector.ui.notices.numbers import NumbersScreen
from inspector.ui.notices.press import PressScreen
from inspector.ui.notices.screen import NoticesScreen
from inspector.ui.notices.serve import ServeScreen
from inspector.ui.notices.wordings import WordingsScreen
from inspector.ui.screen import Place, Screen, Told
from inspector.ui.widgets.asking import Asking
from inspector.ui.window import Window
from tests.county import NOW, PASSPHRASE, County
from tests.documents.sheets import picture
from tests.services import rectifying
from tests.services.rectifying import LATER, WORKDAYS
from tests.ui.conftest import Clock, Shown, press, type_text

Settle = Callable[[], None]
ENTER, CONTROL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
AT_ONCE = TimeLimit(kind=TimeLimitKind.AT_ONCE)


@pytest.fixture(scope="module")
def _found_path(_county_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three units found wanting at one site: made once, for signing costs half a second a sheet."""
    path = tmp_path_factory.mktemp("office") / "county"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as opened:
        county = County(opened)
        draft = county.passed("GC-001")
        leads = [unit.id for unit in units.every(opened) if not unit.party][:3]
        for place, lead in (("东门", leads[0]), ("西门", leads[0]), ("北口", leads[1]), ("南口", leads[2])):
            fields = {"place": place, "lead_unit": lead, "helping_units": (), "time_limit": WORKDAYS}
            county.found(draft, "GC-05", picture(1), **fields)
        county.signed(draft, at=NOW + timedelta(minutes=40))
    return path


@pytest.fixture
def county(_found_path: Path, tmp_path: Path) -> Iterator[County]:
    path = tmp_path / "county"
    shutil.copytree(_found_path, path)
    with workspaces.opened(path) as opened:
        yield County(opened)


@pytest.fixture
def clock() -> Clock:
    return Clock(LATER + timedelta(minutes=10))


def yes() -> None:
    """Answer the question that is open, with Enter."""
    asking = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, Asking) and one.isVisible()
    )
    QTest.keyClick(asking.yes, ENTER)


def fill(field: QWidget, text: str) -> None:
    """Put a text into an empty field."""
    field.setFocus()
    type_text(field, text)


def standings(county: County) -> dict[str, int]:
    """How many 整改通知书 there are of each standing."""
    found: dict[str, int] = {}
    for row in notices.every(county.workspace):
        if row.kind is Kind.NOTICE:
            found[row.standing.value] = found.get(row.standing.value, 0) + 1
    return found


def go(window: Window, settle: Settle, kind: type[Screen]) -> Screen:
    """What is shown now, which must be this screen."""
    settle()
    screen = window.screen_shown
    assert isinstance(screen, kind), screen
    return screen


def test_a_day_goes_from_drafts_to_proofs_of_service_by_keyboard(
    county: County, window: Window, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    rectifying.allotted(county)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_place(Place("drafting"))
    drafting = go(window, settle, DraftScreen)
    assert isinstance(drafting, DraftScreen)
    assert [row.title for row in drafting.list.rows.rows] != []
    QAbstractItemModelTester(drafting.list.rows)
    fill(drafting.handler.contact.name, "检查员甲")
    fill(drafting.handler.contact.telephone, "0000-0000000")
    press(drafting, ENTER, CONTROL)

    listed = go(window, settle, NoticesScreen)
    count = standings(county)["draft"]
    assert isinstance(listed, NoticesScreen)
    assert listed.list.rows.rowCount() == count > 1
    assert QApplication.focusWidget() is listed.all_at_once
    press(listed, ENTER)
    for standing in (Standing.CHECKED, Standing.ISSUED):
        deciding = go(window, settle, DecideScreen)
        QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
        press(deciding, ENTER)
        settle()
        press(deciding, ENTER, CONTROL)
        if standing is Standing.ISSUED:
            yes()
            window.activateWindow()  # a window manager does it when a dialog closes; this platform has none
        listed = go(window, settle, NoticesScreen)
        assert standings(county) == {standing.value: count}
        assert QApplication.focusWidget() is listed.all_at_once
        press(listed, ENTER)

    screen = go(window, settle, ServeScreen)
    assert isinstance(screen, ServeScreen)
    for line in screen.lines.values():
        fill(line.name, "收件人戊")
    fill(screen.spot, "县政府三楼")
    screen.signer.passphrase.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    press(screen, ENTER, CONTROL)
    settle()
    assert standings(county) == {"served": count}
    assert screen.served.isVisible()
    assert "到期日" in screen.served.text.text()
    press(screen, ENTER)
    assert QGuiApplication.clipboard().text() == screen.served.text.text()
    assert_signed(county, tmp_path)


def assert_signed(county: County, folder: Path) -> None:
    """What this program's verification and poppler's pdfsig say of one signed document of each kind."""
    one_of_each = {row.kind: row for row in notices.every(county.workspace)}
    assert set(one_of_each) == {Kind.NOTICE, Kind.SERVICE}
    for kind, row in one_of_each.items():
        file = folder / f"{kind}.pdf"
        file.write_bytes(notices.pdf(county.workspace, row.id))
        assert verification.in_workspace(county.workspace, file).accepted
        if reader := shutil.which("pdfsig"):
            said = subprocess.run([reader, "-nocert", str(file)], capture_output=True, check=False)
            assert b"Signature is Valid" in said.stdout


# Drafting


def test_a_preview_says_what_is_taken_and_what_is_left_out_and_why(
    county: County, shown: Shown[DraftScreen], settle: Settle
) -> None:
    rectifying.drafted(county)
    rectifying.found(county, "南口", site="BX-002", photo=5)
    screen = shown(DraftScreen, Place("drafting"))
    rows = screen.list.rows.rows
    assert [row.group for row in rows].count(say("drafting-group-left")) == 4
    assert {row.facts[-1].text for row in rows if row.faint} == {
        say("drafting-why-live", notice=say("doc-number-later"))
    }
    assert say("drafting-do", count=1) in screen.yes.text()
    for field in (screen.first, screen.last):
        field.line.selectAll()
        QTest.keyClicks(field.line, "11.23")
    screen.preview()
    settle()
    assert screen._empty.isVisible()
    assert not screen.yes.isEnabled()


def test_a_day_that_is_none_is_asked_for_in_place(county: County, shown: Shown[DraftScreen]) -> None:
    screen = shown(DraftScreen, Place("drafting"))
    screen.first.line.selectAll()
    QTest.keyClicks(screen.first.line, "31")
    screen.preview()
    assert screen.first._asked.text() == say("notices-day-ask")


def test_what_was_to_be_done_at_once_gets_one_new_limit_for_all(
    county: County, shown: Shown[DraftScreen], settle: Settle
) -> None:
    rectifying.found(county, "桥头", "桥尾", site="HD-001", photo=6, time_limit=AT_ONCE)
    screen = shown(DraftScreen, Place("drafting"))
    assert screen._limited.isVisible()
    assert not screen.yes.isEnabled()
    screen.new_limit.setFocus()
    QTest.keyClick(screen.new_limit, Qt.Key.Key_Space)
    settle()
    assert screen.yes.isEnabled()
    fill(screen.handler.contact.name, "检查员甲")
    fill(screen.handler.contact.telephone, "0000-0000000")
    screen.yes.click()
    settle()
    limits = [
        row.time_limit
        for one in notices.every(county.workspace)
        for row in notices.document(county.workspace, one.id).rows
    ]
    assert limits.count(TimeLimit(kind=TimeLimitKind.WORKDAY, n=3)) == 2


def test_without_a_contact_nothing_is_drafted_and_it_is_asked_for(
    county: County, shown: Shown[DraftScreen], settle: Settle
) -> None:
    screen = shown(DraftScreen, Place("drafting"))
    screen.yes.click()
    settle()
    assert not notices.every(county.workspace)
    assert screen.handler.contact.isVisible()


# One document


def test_a_row_is_taken_out_of_a_draft_and_it_waits_for_review_again(
    county: County, shown: Shown[NoticesScreen], settle: Settle
) -> None:
    rectifying.drafted(county)
    two = next(row for row in notices.every(county.workspace) if len(row.findings) == 2)
    screen = shown(NoticesScreen, Place("notices", which=two.id))
    told: list[Told] = []
    screen.told.connect(told.append)
    screen.panel._show_part("rows")
    screen.panel.rows.list.setCurrentIndex(screen.panel.rows.list.rows.index(0))
    QTest.keyClick(screen.panel.rows.list, ENTER)
    settle()
    left = notices.document(county.workspace, two.id)
    assert [row.row for row in left.rows] == [1]
    assert "1处" in left.opening
    assert notices.one(county.workspace, two.id).standing is Standing.DRAFT
    assert screen.panel.rows.list.rows.rowCount() == 1
    assert not screen.panel.rows.list.rows.rows[
        0
    ].action  # the last one cannot go: the draft is voided instead


def test_words_are_saved_once_they_rest_and_an_order_is_refused(
    county: County, shown: Shown[NoticesScreen], settle: Settle
) -> None:
    which = rectifying.drafted(county)[0]
    screen = shown(NoticesScreen, Place("notices", which=which))
    screen.panel._show_part("texts")
    texts = screen.panel.texts
    fill(texts.areas["asking"], "请抓紧。")
    fill(texts.lines[0], "请清运干净")
    screen.panel._show_part("pages")  # whatever hides them saves them, as a rest does
    settle()
    said = notices.document(county.workspace, which)
    assert "请抓紧。" in said.asking
    assert said.rows[0].requirement == "请清运干净"
    assert notices.one(county.workspace, which).standing is Standing.DRAFT
    screen.panel._show_part("texts")
    fill(texts.areas["asking"], "责令整改。")
    screen.leave(lambda: None)
    settle()
    assert screen.strip.isVisible()
    assert "责令" not in notices.document(county.workspace, which).asking


def test_voiding_wants_a_reason_asks_and_frees_the_findings(
    county: County, shown: Shown[NoticesScreen], settle: Settle
) -> None:
    rectifying.allotted(county)
    one, *_ = rectifying.issued(county)
    screen = shown(NoticesScreen, Place("notices", which=one.id))
    screen.panel.void.click()
    QTest.keyClick(screen.panel.reason, ENTER)
    assert notices.one(county.workspace, one.id).live
    fill(screen.panel.reason, "单位写错")
    QTest.keyClick(screen.panel.reason, ENTER)
    yes()
    settle()
    assert notices.one(county.workspace, one.id).void == "单位写错"
    assert "单位写错" in screen.panel._voided.text()
    assert rectifying.planned(county).notices[0].to.id == one.to.id


def test_a_scan_stays_with_its_document_and_is_exported_with_it(
    county: County, shown: Shown[NoticesScreen], settle: Settle, tmp_path: Path
) -> None:
    rectifying.allotted(county)
    one, *_ = rectifying.issued(county)
    scan = tmp_path / "盖章件.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    screen = shown(NoticesScreen, Place("notices", which=one.id))
    screen.panel._show_part("scans")
    screen.panel.scans.file.take([scan])
    screen.panel.scans.keep.click()
    settle()
    assert [row.title for row in screen.panel.scans.list.rows.rows] == ["盖章件.png"]
    screen.panel.acts.export_to(tmp_path / "out")
    settle()
    written = {file.suffix for file in (tmp_path / "out").rglob("*.*")}
    assert written == {".pdf", ".docx", ".png"}


# Many at once


@pytest.mark.parametrize("after", [0, 1, 2])
def test_issuing_that_is_stopped_leaves_whole_documents_and_whole_drafts(
    county: County, shown: Shown[DecideScreen], settle: Settle, qtbot: QtBot, after: int
) -> None:
    rectifying.allotted(county)
    made = rectifying.drafted(county)
    screen = shown(DecideScreen, Place("deciding", spot="issue"))
    screen.signer.keys.people = {one.person.id: one for one in county.signers()}
    screen.decide()
    yes()
    qtbot.waitUntil(lambda: screen.waiting._bar.value() >= after or screen._ticket is None)
    screen.waiting.stop.click()
    settle()
    rows = [notices.one(county.workspace, one) for one in made]
    issued = [row for row in rows if row.standing is Standing.ISSUED]
    assert len(issued) >= after
    assert sorted(row.official.n for row in issued) == list(range(17, 17 + len(issued)))
    assert all(row.standing is Standing.CHECKED and not row.number for row in rows if row not in issued)
    screen.refresh()
    settle()
    assert screen.list.rows.rowCount() == len(made) - len(issued)


def test_without_numbers_nothing_is_issued_and_the_page_says_where_they_come_from(
    county: County, shown: Shown[DecideScreen], settle: Settle
) -> None:
    rectifying.drafted(county)
    screen = shown(DecideScreen, Place("deciding", spot="issue"))
    assert say("deciding-number-none") == screen.number.said.text()
    screen.signer.keys.people = {one.person.id: one for one in county.signers()}
    screen.decide()
    yes()
    settle()
    assert screen.strip.isVisible()
    assert set(standings(county)) == {"checked"}


def test_one_that_cannot_be_issued_does_not_hold_up_the_others(
    county: County, shown: Shown[DecideScreen], settle: Settle, qtbot: QtBot
) -> None:
    rectifying.allotted(county)
    made = rectifying.drafted(county)
    row = notices.one(county.workspace, made[0])
    from inspector.services import moves

    act = moves.Act(by=county.team.members[0].person, now=LATER, role=moves.Role.OFFICE)
    moves.withdraw(county.workspace, moves.look(county.workspace, [row.findings[0]]), act, reason="记错")
    screen = shown(DecideScreen, Place("deciding", spot="issue"))
    screen.signer.keys.people = {one.person.id: one for one in county.signers()}
    screen.decide()
    yes()
    settle()
    assert standings(county) == {"issued": len(made) - 1, "checked": 1}
    assert row.to.name in screen._refused.text()


def test_a_wrong_passphrase_is_asked_again_in_place(
    county: County, shown: Shown[DecideScreen], settle: Settle
) -> None:
    rectifying.drafted(county)
    screen = shown(DecideScreen, Place("deciding", spot="issue"))
    QTest.keyClicks(screen.signer.passphrase.line, "not this")
    screen.decide()
    settle()
    assert not screen.signer.passphrase.passphrase()
    assert screen.signer.unlocked() is None
    assert screen._ticket is None


def test_a_review_that_was_given_on_paper_is_recorded_with_its_scan(
    county: County, shown: Shown[DecideScreen], settle: Settle, tmp_path: Path
) -> None:
    from inspector.services import drafting

    made = drafting.draft(county.workspace, rectifying.planned(county), now=LATER)
    scan = tmp_path / "签批单.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    screen = shown(DecideScreen, Place("deciding", which=made[0], spot="review"))
    assert screen.list.taken() == (made[0],)
    screen.signer.by_hand.setFocus()
    QTest.keyClick(screen.signer.by_hand, Qt.Key.Key_Space)
    screen.decide()
    assert notices.one(county.workspace, made[0]).standing is Standing.DRAFT
    fill(screen.signer.paper.name, "审核人丙")
    screen.signer.paper.scan.take([scan])
    screen.decide()
    settle()
    checked = notices.document(county.workspace, made[0]).checked
    assert (checked.name, bool(checked.scan), checked.by) == ("审核人丙", True, "")
    assert standings(county)["draft"] == len(made) - 1


# Service


def test_a_list_of_receivers_fills_the_lines_and_names_its_bad_rows(
    county: County, shown: Shown[ServeScreen], settle: Settle, tmp_path: Path
) -> None:
    rectifying.allotted(county)
    rows = rectifying.issued(county)
    names = [row.to.name for row in rows]
    file = tmp_path / "receivers.csv"
    lines = [
        "单位,收件人,送达方式,见证人,拒收理由,地点",
        f"{names[0]},收件人己,签收,,,一楼",
        f"{names[1]},,拒收,见证人庚,不同意,门口",
        "没有的单位,谁,签收,,,",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    screen = shown(ServeScreen, Place("serving"))
    screen.take_file(file)
    settle()
    first, second = (screen.lines[row.to.id] for row in rows[:2])
    assert first.name.text() == "收件人己"
    assert second.fields["witness"].text() == "见证人庚"
    assert second.fields["witness"].isVisible()
    assert "没有的单位" in screen._wrong.text()


def test_a_line_that_lacks_something_is_asked_and_nothing_is_served(
    county: County, shown: Shown[ServeScreen], settle: Settle
) -> None:
    rectifying.allotted(county)
    (one, *_) = rectifying.issued(county)
    screen = shown(ServeScreen, Place("serving", which=one.id))
    assert [line.tick.isChecked() for line in screen.lines.values()].count(True) == 1
    screen.signer.keys.people = {one.person.id: one for one in county.signers()}
    screen.serve()
    line = screen.lines[one.to.id]
    assert say("serving-name") in line._asked.text()
    fill(line.name, "收件人戊")
    fill(line.fields["place"], "办公室")
    screen.serve()
    settle()
    assert standings(county)["served"] == 1
    assert screen.served.list.rows.rowCount() == 1


def test_service_that_is_stopped_has_served_whole_units_and_left_the_others(
    county: County, shown: Shown[ServeScreen], settle: Settle, qtbot: QtBot
) -> None:
    rectifying.allotted(county)
    rows = rectifying.issued(county)
    screen = shown(ServeScreen, Place("serving"))
    for line in screen.lines.values():
        fill(line.name, "收件人戊")
    fill(screen.spot, "县政府三楼")
    screen.signer.keys.people = {one.person.id: one for one in county.signers()}
    screen.serve()
    qtbot.waitUntil(lambda: screen.waiting._bar.value() >= 1 or screen._ticket is None)
    screen.waiting.stop.click()
    settle()
    now = [notices.one(county.workspace, row.id) for row in rows]
    served = [row for row in now if row.standing is Standing.SERVED]
    assert served
    assert all(notices.one(county.workspace, row.service).sheet for row in served)
    assert all(row.standing is Standing.ISSUED and not row.service for row in now if row not in served)
    assert len(screen.lines) == len(rows) - len(served)


# Pressing, numbers, wording


def test_what_is_late_is_pressed_for_of_the_units_that_are_taken(
    county: County, shown: Shown[PressScreen], settle: Settle, clock: Clock
) -> None:
    rectifying.allotted(county)
    rows = rectifying.issued(county)
    at = LATER + timedelta(minutes=5)
    serving.serve(
        county.workspace, [row.id for row in rows], rectifying.receipt(at), county.signers()[0], now=at
    )
    clock.at = LATER + timedelta(days=20)
    (one, *_) = rows[0].findings
    alone = shown(PressScreen, Place("pressing", which=one))
    assert [len(press.rows) for press in alone._presses] == [1]
    screen = shown(PressScreen, Place("pressing"))
    assert screen.list.rows.rowCount() == len(rows)
    screen.list.setCurrentIndex(screen.list.rows.index(0))
    QTest.keyClick(screen.list, Qt.Key.Key_Space)
    fill(screen.handler.contact.name, "检查员甲")
    screen.yes.click()
    settle()
    presses = [row for row in notices.every(county.workspace) if row.kind is Kind.PRESS]
    assert len(presses) == len(rows) - 1
    screen.refresh()
    settle()
    assert screen.list.rows.rowCount() == 1


def test_a_block_is_entered_and_a_number_that_nobody_used_is_declared_void(
    county: County, shown: Shown[NumbersScreen], settle: Settle
) -> None:
    screen = shown(NumbersScreen, Place("numbers"))
    assert screen._empty.isVisible()
    fill(screen.prefix, "示创办督")
    QTest.keyClicks(screen.first, "17")
    QTest.keyClicks(screen.last, "20")
    QTest.keyClick(screen.last, ENTER)
    settle()
    assert screen.list.rows.rowCount() == 4
    assert "17" in screen._said.text()
    screen.list.setCurrentIndex(screen.list.rows.index(1))
    screen.declare.click()
    fill(screen.reason, "打印作废")
    screen.declare.click()
    settle()
    lines = numbers.every(county.workspace)[0].lines
    assert [line.status for line in lines][1] is Status.VOID
    QTest.keyClicks(screen.first, "18")
    QTest.keyClicks(screen.last, "30")
    screen.allot.click()
    settle()
    assert screen.strip.isVisible()  # part of it is allotted already


def test_an_office_s_own_words_are_shown_and_a_fault_is_named_with_its_file(
    county: County, shown: Shown[WordingsScreen], settle: Settle
) -> None:
    from inspector.model.document_text import Template
    from inspector.services import document_texts

    file = document_texts.take_over(county.workspace, Template.PRESS)
    text = file.read_text("utf-8")
    file.write_text(text.replace("{count}", "{counts}"), encoding="utf-8")
    screen = shown(WordingsScreen, Place("wordings", which="press"))
    assert screen._faults.isVisible()
    assert "press.toml" in screen._faults.text()
    assert "counts" in screen._faults.text()
    file.write_text(text.replace("督办单", "督办通知单", 1), encoding="utf-8")
    screen.again.click()
    settle()
    assert not screen._faults.isVisible()
    assert screen.paper.pages == 1


def test_every_page_without_anything_says_what_to_do(
    _county_path: Path, shown: Shown[Screen], county: County
) -> None:
    screen = shown(NoticesScreen, Place("notices"))
    assert screen._empty.isVisible()
    for kind, place in (
        (DecideScreen, Place("deciding", spot="review")),
        (DecideScreen, Place("deciding", spot="issue")),
        (ServeScreen, Place("serving")),
        (PressScreen, Place("pressing")),
    ):
        assert shown(kind, place)._empty.isVisible()


def test_the_list_is_narrowed_by_initials_and_by_what_it_waits_for(
    county: County, shown: Shown[NoticesScreen], settle: Settle
) -> None:
    made = rectifying.drafted(county)
    screen = shown(NoticesScreen, Place("notices"))
    QAbstractItemModelTester(screen.list.rows)
    assert screen.list.rows.rowCount() == len(made)
    screen.views["draft"].click()
    assert screen._missing.isVisible()
    screen.views["checked"].click()
    assert screen.list.rows.rowCount() == len(made)
    name = notices.one(county.workspace, made[0]).to.name
    fill(screen.search.line, name[:3])
    assert name in {row.title for row in screen.list.rows.rows}
    assert screen.list.rows.rowCount() < len(made) or len({name}) == 1


def test_a_small_window_shows_the_document_alone(
    county: County, shown: Shown[NoticesScreen], settle: Settle
) -> None:
    which = rectifying.drafted(county)[0]
    screen = shown(NoticesScreen, Place("notices"), size=(960, 575))
    screen.list.go_to(which)
    QTest.keyClick(screen.list, ENTER)
    settle()
    assert screen.panel.isVisible()
    assert not screen.list.isVisible()
    QTest.keyClick(screen.panel.paper, Qt.Key.Key_Escape)
    assert screen.list.isVisible()
