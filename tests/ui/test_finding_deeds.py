"""The life of a finding in the window: every deed that the table allows, in place, by keyboard, one or many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector.model.deed import TERMS, Ask, Case, Deed, deeds_for
from inspector.model.finding import State
from inspector.model.next_step import Next, Standpoint, next_step
from inspector.model.request import Ruling, Subject
from inspector.services import finding_page, photos
from inspector.store import findings as store
from inspector.ui.findings import story
from inspector.ui.findings.editors import Choose, Due, Limit, Line, Lines, Pick, Receivers, Ways
from inspector.ui.findings.screen import FindingsScreen
from inspector.ui.findings.steps import actions, others
from inspector.ui.findings.things import Changes, Other, Photos, Scan
from inspector.ui.screen import Place, Told
from inspector.ui.theme import Look
from tests.county import NOW, County
from tests.ui.conftest import Shown, press, type_text
from tests.ui.finding_hands import Prepared, at, copied, field, opened, photo, put, state
from tests.ui.test_every_screen import controls, cut, out_of_reach


@pytest.fixture
def county(three_findings: Prepared, tmp_path: Path) -> Iterator[County]:
    yield from copied(three_findings[0], tmp_path)


@pytest.fixture
def found(three_findings: Prepared) -> dict[str, str]:
    """The findings by their items: GC-03 is late, GC-05 due today, GC-07 has no date."""
    return three_findings[1]


@pytest.fixture
def screen(found: dict[str, str], shown: Shown[FindingsScreen]) -> FindingsScreen:
    return shown(FindingsScreen, Place("findings"))


@pytest.mark.parametrize("stands", State)
def test_every_deed_that_the_table_allows_is_a_button_or_in_the_menu(
    stands: State, county: County, found: dict[str, str]
) -> None:
    page = finding_page.read(county.workspace, found["GC-07"], now=NOW)
    for waits in (frozenset(), frozenset(Subject)):
        for led, late in ((True, False), (True, True), (False, False)):
            case = Case(state=stands, waits=waits, dated=True, limit_free=True)
            point = Standpoint(state=stands, waits=bool(waits), late=late, led=led, dated=True)
            shown = replace(page, deeds=deeds_for(case), next=next_step(point))
            buttons = [one.deed for one in actions(shown) if one.deed is not None]
            assert sorted([*buttons, *others(shown)]) == sorted(shown.deeds)
            assert actions(shown), f"{stands} leads nowhere"


def test_a_form_asks_for_exactly_what_the_table_says(
    screen: FindingsScreen, found: dict[str, str], settle: Callable[[], None]
) -> None:
    at(screen, found["GC-07"], settle)
    for deed, terms in TERMS.items():
        form = opened(screen, deed, settle)
        assert {*form.editors, Ask.BY, Ask.AT} == {*terms.asks, Ask.BY, Ask.AT}, deed
        assert (form.role is not None) == (len(terms.who) > 1)
        form.press()
        wanted = {*terms.needs, *terms.either} - {Ask.BY, Ask.AT}
        asked = {ask for ask, editor in form.editors.items() if editor._asked.isVisibleTo(editor)}
        given = {Ask.LIMIT, Ask.DUE, Ask.AGREED}  # they begin with a usual value
        assert asked == wanted - given, deed
        form.no.click()
        assert screen.panel.isVisible()


@pytest.mark.parametrize("worn", [Look(sunlight=True), Look(text_percent=150)], ids=["sunlight", "large"])
def test_no_form_is_cut_or_out_of_reach_in_the_smallest_window(
    worn: Look,
    look: Callable[[Look], None],
    found: dict[str, str],
    shown: Callable[..., FindingsScreen],
    settle: Callable[[], None],
) -> None:
    look(worn)
    screen = shown(FindingsScreen, Place("findings", which=found["GC-03"]), (1013, 575))
    wrong = []
    for deed in Deed:
        form = opened(screen, deed, settle)
        form.press()
        QApplication.processEvents()
        wrong += [f"{deed}: {one.accessibleName()}" for one in controls(form) if out_of_reach(one, screen)]
        wrong += [f"{deed}: no name" for one in controls(form) if not one.accessibleName()]
        wrong += [f"{deed}: “{text}” is cut" for text in cut(form)]
    assert not wrong, "\n".join(wrong)
    assert screen.width() == 1013


def test_a_finding_is_handed_over_by_keyboard_alone(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None], qtbot: QtBot
) -> None:
    with qtbot.waitActive(screen):
        screen.activateWindow()
    at(screen, found["GC-07"], settle)
    told: list[Told] = []
    screen.told.connect(told.append)
    form = opened(screen, Deed.TELL, settle)
    (line,) = field(form, Ask.TO, Receivers).lines.values()
    assert QApplication.focusWidget() is line
    type_text(line, "住建局值班室")
    press(form, Qt.Key.Key_Tab)
    press(form, Qt.Key.Key_Space)
    press(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert state(county, found["GC-07"]) is State.HANDED
    moment = story.moments(finding_page.read(county.workspace, found["GC-07"], now=NOW))[0]
    assert moment.said.startswith("检查员")
    assert "给 住建局值班室" in moment.said and "电话" in moment.said
    assert told[0].text == "已记：登记交办"
    assert QApplication.focusWidget() is screen.list


def test_an_answer_is_recorded_with_its_source_and_photo_and_then_closed_with_another(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    panel = at(screen, found["GC-03"], settle)
    form = opened(screen, Deed.ANSWER, settle)
    field(form, Ask.WAY, Ways).chips[1].click()
    shots = [
        photos.take_bytes(county.workspace, photo(shade), name=f"{shade}.jpg").sha256 for shade in (90, 200)
    ]
    field(form, Ask.PHOTOS, Photos).take(shots)
    field(form, Ask.PHOTOS, Photos)._tiles[1].click()
    type_text(field(form, Ask.REASON, Lines).area, "已清理")
    form.press()
    settle()
    assert state(county, found["GC-03"]) is State.REPORTED
    panel = at(screen, found["GC-03"], settle)
    assert [shot.of for shot in panel.tiles.values()] == ["before", "report"]
    assert len(panel.timeline.tiles) == 2
    form = opened(screen, Deed.PASS, settle)
    form.press()
    assert form.editors[Ask.PHOTOS]._asked.isVisible()
    field(form, Ask.PHOTOS, Photos).take(shots[1:])
    form.press()
    settle()
    assert state(county, found["GC-03"]) is State.PASSED
    screen.turn_to(Place("findings", which=found["GC-03"]))
    settle()
    assert [shot.of for shot in screen.panel.tiles.values()] == ["before", "pass", "report"]
    next(iter(screen.panel.tiles)).click()
    left, right = screen.look.left.shot, screen.look.right.shot
    assert left is not None and right is not None and (left.of, right.of) == ("before", "pass")
    press(screen.look, Qt.Key.Key_Right)
    screen.look.later.click()
    turned = screen.look.right.shot
    assert turned is not None and turned.of == "report"


def test_an_objection_waits_and_is_answered_with_what_is_changed(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    panel = at(screen, found["GC-05"], settle)
    form = opened(screen, Deed.OBJECT, settle)
    type_text(field(form, Ask.ASKED_BY, Line).line, "住建局")
    type_text(field(form, Ask.REASON, Lines).area, "位置写错了")
    form.press()
    settle()
    panel = at(screen, found["GC-05"], settle)
    assert panel.steps[1].text().strip() == "答复异议"
    panel.steps[1].click()
    settle()
    assert "位置写错了" in form._about.text()
    assert not form.editors[Ask.CHANGES].isVisible()
    field(form, Ask.RULING, Choose).segments._group.button(1).click()
    assert form.editors[Ask.CHANGES].isVisible()
    form.press()
    assert form.editors[Ask.REPLY]._asked.isVisible() and form.editors[Ask.CHANGES]._asked.isVisible()
    type_text(field(form, Ask.REPLY, Lines).area, "属实")
    field(form, Ask.CHANGES, Changes).place.setText("西门")
    form.press()
    settle()
    with county.workspace.reading() as db:
        row = store.one(db, found["GC-05"])
    assert row.place == "西门"
    assert row.objection is not None and row.objection.state is Ruling.CHANGED


def test_more_time_is_agreed_to_at_once_and_a_transfer_may_wait(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    at(screen, found["GC-05"], settle)
    form = opened(screen, Deed.EXTEND, settle)
    type_text(field(form, Ask.ASKED_BY, Line).line, "住建局")
    type_text(field(form, Ask.REASON, Lines).area, "连续降雨")
    form.press()
    settle()
    assert form.isVisible() and form.strip.isVisible()  # the date is not later: said in place
    field(form, Ask.DUE, Due).line.setText("2026-12-10")
    field(form, Ask.AGREED, Choose).segments._group.button(1).click()
    form.press()
    settle()
    with county.workspace.reading() as db:
        assert store.one(db, found["GC-05"]).due == "2026-12-10"
    at(screen, found["GC-07"], settle)
    form = opened(screen, Deed.TRANSFER, settle)
    field(form, Ask.UNIT, Pick).combo.setCurrentIndex(1)
    type_text(field(form, Ask.ASKED_BY, Line).line, "住建局")
    type_text(field(form, Ask.REASON, Lines).area, "不在职责范围")
    form.press()
    settle()
    page = at(screen, found["GC-07"], settle).page
    assert page is not None and page.next is Next.RULE


def test_a_duplicate_goes_and_what_is_back_comes_back(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    at(screen, found["GC-07"], settle)
    form = opened(screen, Deed.DUPLICATE, settle)
    other = field(form, Ask.OTHER, Other).combo
    other.setCurrentIndex(other.findData(found["GC-03"]))
    type_text(field(form, Ask.REASON, Lines).area, "同一处")
    form.press()
    settle()
    assert state(county, found["GC-07"]) is State.WITHDRAWN
    screen.turn_to(Place("findings", which=found["GC-07"]))
    settle()
    assert screen.panel.steps[1].text().strip() == "记反弹"
    screen.panel.steps[1].click()
    settle()
    type_text(field(screen.side.form, Ask.REASON, Lines).area, "又出现了")
    screen.side.form.press()
    settle()
    assert state(county, found["GC-07"]) is State.REOPENED
    next(link for link in screen.panel.timeline.links if link.text() == "看保留的那一处").click()
    settle()
    assert screen.list.current() == found["GC-03"]


def test_what_was_typed_stays_when_somebody_else_was_quicker(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None]
) -> None:
    at(screen, found["GC-07"], settle)
    form = opened(screen, Deed.WITHDRAW, settle)
    type_text(field(form, Ask.REASON, Lines).area, "不属于检查范围")
    put(county, found["GC-07"], place="北门")
    form.press()
    settle()
    assert form.strip.isVisible() and state(county, found["GC-07"]) is State.OPEN
    assert field(form, Ask.REASON, Lines).area.text() == "不属于检查范围"
    form.press()
    settle()
    assert state(county, found["GC-07"]) is State.WITHDRAWN


def test_a_scan_is_attached_and_opened_from_the_time_line(
    screen: FindingsScreen, found: dict[str, str], tmp_path: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    (tmp_path / "回函.jpg").write_bytes(photo())
    at(screen, found["GC-07"], settle)
    form = opened(screen, Deed.ATTACH, settle)
    field(form, Ask.SCAN, Scan).files.take([tmp_path / "回函.jpg"])
    form.press()
    settle()
    panel = at(screen, found["GC-07"], settle)
    panel.timeline.links[0].click()
    settle()
    assert screen.look.right.isVisible() and not screen.look.left.isVisible()


def test_many_are_handed_over_after_a_preview_that_says_what_cannot_be(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None], qtbot: QtBot
) -> None:
    with qtbot.waitActive(screen):
        screen.activateWindow()
    put(county, found["GC-05"], {"move": "report", "by": "", "at": "2026-11-24", "reason": "已清理"})
    screen.list.setFocus()
    press(screen, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert screen.side.many.isVisible()
    assert screen.side.many.title.text() == "3 处问题"
    assert screen.list.rows_taken() == [range(3)]
    screen.side.many.tell.click()
    settle()
    form = screen.side.form
    for line in field(form, Ask.TO, Receivers).lines.values():
        type_text(line, "值班室")
    field(form, Ask.WAY, Ways).chips[0].click()
    assert form.yes.text() == "看看会怎样"
    form.press()
    settle()
    assert "这 1 处不能" in form.ahead.text()
    assert form.yes.text() == "登记交办 2 处"
    assert state(county, found["GC-03"]) is State.OPEN
    form.press()
    settle()
    states = [state(county, found[item]) for item in ("GC-03", "GC-05", "GC-07")]
    assert states == [State.HANDED, State.REPORTED, State.HANDED]
    assert screen.panel.isVisible()


def test_one_new_limit_is_set_for_several_and_escape_gives_the_choice_up(
    screen: FindingsScreen, county: County, found: dict[str, str], settle: Callable[[], None], qtbot: QtBot
) -> None:
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.column.several.click()
    for item in ("GC-05", "GC-07"):
        at_row = screen.list.rows.place(found[item])
        QTest.mouseClick(
            screen.list.viewport(), Qt.MouseButton.LeftButton, pos=screen.list.visualRect(at_row).center()
        )
    assert set(screen.list.chosen_ids()) >= {found["GC-05"], found["GC-07"]}
    screen.list.setFocus()
    press(screen, Qt.Key.Key_Escape)
    assert screen.list.chosen_count() == 1 and not screen.column.several.isChecked()
    form = opened(screen, Deed.LIMIT, settle, found["GC-05"], found["GC-07"])
    field(form, Ask.LIMIT, Limit).number.setText("2")
    form.press()
    settle()
    form.press()
    settle()
    with county.workspace.reading() as db:
        limits = [store.one(db, found[item]).time_limit for item in ("GC-05", "GC-07")]
    assert [limit and limit.n for limit in limits][1] == 2
