"""The inspection by keys: answer, number, finding, undo; what is on the disk afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from inspector.model.answer import Answer
from inspector.model.draft import Draft
from inspector.model.words import UncheckedReason, Verdict
from inspector.services import chosen, drafts, inspecting
from inspector.text import say
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.screen import InspectScreen
from inspector.ui.screen import Place
from inspector.ui.widgets.buttons import IconButton
from tests.county import NOW, County
from tests.ui.conftest import Shown, compose, type_text

Settle = Callable[[], None]


class Hand:
    """A person at the screen: keys go to whatever has the focus."""

    def __init__(self, screen: InspectScreen, county: County, settle: Settle) -> None:
        self.screen, self._county, self._settle = screen, county, settle

    def press(self, *keys: Qt.Key, alt: bool = False, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
        held = Qt.KeyboardModifier.ControlModifier if ctrl else held
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.screen.board, key, held)
        self._settle()

    def type(self, text: str) -> None:
        field = QApplication.focusWidget()
        assert field is not None
        type_text(field, text)

    @property
    def here(self) -> str:
        """The item that is the current one."""
        card = self.screen.board.current
        assert card is not None
        return card.item.code

    def saved(self) -> Draft:
        """The draft as it is on the disk."""
        self._settle()
        return drafts.read(self._county.workspace, self.screen.place.which)


@pytest.fixture
def begin(county: County, shown: Shown[InspectScreen], settle: Settle, qtbot: QtBot) -> Callable[..., Hand]:
    """Open a draft at an item."""

    def open_at(code: str, site: str = "BX-009", draft: str = "") -> Hand:
        which = draft or county.draft(site)
        screen = shown(InspectScreen, Place("inspect", which=which, spot=f"answers/{code}"))
        with qtbot.waitActive(screen):
            screen.activateWindow()
        settle()
        screen.where.focus()
        return Hand(screen, county, settle)

    return open_at


def test_one_passes_stores_none_and_goes_on(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_1)
    assert hand.here == "BX-13"
    given = hand.saved().answers["BX-12"]
    assert (given.verdict, given.count) == (Verdict.PASS, 0)


def test_two_opens_a_finding_in_place_with_the_focus_in_its_place(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    form = hand.screen.board.current
    assert isinstance(form, FindingForm)
    assert form._place.hasFocus()
    draft = hand.saved()
    assert draft.answers["BX-12"].verdict is Verdict.FAIL
    (finding,) = draft.findings
    assert finding.item == "BX-12"
    assert finding.lead_unit  # proposed from the task table
    assert finding.time_limit is not None


def test_a_limit_of_none_stands_once_whether_or_not_something_was_counted(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    card = hand.screen.board.current
    limit = say("inspect-limit", limit="≤ 0")[:2]

    def said() -> list[str]:
        return [
            one.text()
            for one in card.findChildren(QLabel)
            if one.isVisible() and one.text().startswith(limit)
        ]

    assert len(said()) == 1
    hand.press(Qt.Key.Key_2)
    hand.press(Qt.Key.Key_Escape)
    assert hand.screen.board.current is card
    assert card.numbers.isVisible()
    assert len(said()) == 1


def test_a_strip_that_is_pressed_away_leaves_the_hand_where_it_was_typing(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    field = QApplication.focusWidget()
    hand.screen.strip.tell("磁盘忙")
    QTest.mouseClick(hand.screen.strip.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert hand.screen.strip.isHidden()
    assert QApplication.focusWidget() is field


def test_a_finding_is_written_by_keys_alone(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    hand.type("12 号院东侧墙根")
    hand.press(Qt.Key.Key_Tab)
    hand.type("堆放建筑垃圾")
    hand.press(Qt.Key.Key_Return, ctrl=True)
    (finding,) = hand.saved().findings
    assert (finding.place, finding.description) == ("12 号院东侧墙根", "堆放建筑垃圾")
    assert hand.here == "BX-13"


def test_what_is_being_composed_is_saved_with_the_rest(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    form = hand.screen.board.current
    assert isinstance(form, FindingForm)
    type_text(form._place, "东门")
    compose(form._place, "nan'ce")
    hand.screen.leave(lambda: None)
    assert hand.saved().findings[0].place == "东门nan'ce"


def test_digits_choose_candidates_while_one_composes_and_never_answer(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_N)  # a note: a field has the focus
    field = QApplication.focusWidget()
    compose(field, "laji")
    QTest.keyClick(hand.screen.board, Qt.Key.Key_1)
    assert "BX-12" not in hand.saved().answers or hand.saved().answers["BX-12"].verdict is None


def test_a_number_is_judged_by_enter_with_its_limit_beside_it(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-18")
    card = hand.screen.board.current
    assert isinstance(card, ItemCard)
    assert card.fields[0].hasFocus()
    assert card.numbers is not None
    assert "100" in card.numbers.limit.text()
    for number, field in zip(("38", "41"), card.fields, strict=True):
        field.setFocus()
        QTest.keyClicks(field, number)
    assert card._proposal.isVisible()
    assert card.buttons[Verdict.FAIL]._proposed
    hand.press(Qt.Key.Key_Return)
    draft = hand.saved()
    given = draft.answers["BX-18"]
    assert (given.verdict, given.numerator, given.denominator) == (Verdict.FAIL, 38, 41)
    assert isinstance(hand.screen.board.current, FindingForm)


def test_a_better_verdict_than_the_number_asks_for_its_reason(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-18")
    card = hand.screen.board.current
    assert isinstance(card, ItemCard)
    for number, field in zip(("38", "41"), card.fields, strict=True):
        field.setFocus()
        QTest.keyClicks(field, number)
    hand.press(Qt.Key.Key_1, alt=True)
    assert hand.here == "BX-18"
    assert card._why.line.hasFocus()
    hand.type("两盏正在更换，现场有施工牌")
    hand.press(Qt.Key.Key_Return)
    given = hand.saved().answers["BX-18"]
    assert (given.verdict, given.why) == (Verdict.PASS, "两盏正在更换，现场有施工牌")


def test_caps_show_alt_while_a_field_has_the_focus(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-18")
    card = hand.screen.board.current
    assert isinstance(card, ItemCard)
    assert card.buttons[Verdict.PASS].accessibleDescription() == "Alt 1"
    hand.press(Qt.Key.Key_Escape)
    assert card.buttons[Verdict.PASS].accessibleDescription() == "1"


def test_four_asks_for_a_reason_that_a_digit_chooses(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-14")
    hand.press(Qt.Key.Key_4)
    assert "BX-14" not in hand.saved().answers
    hand.press(Qt.Key.Key_2)
    given = hand.saved().answers["BX-14"]
    assert (given.verdict, given.reason) == (Verdict.UNCHECKED, UncheckedReason.NOT_OPEN)
    assert hand.here == "BX-15"


def test_three_writes_why_an_item_does_not_apply(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-14")
    hand.press(Qt.Key.Key_3, Qt.Key.Key_1)
    given = hand.saved().answers["BX-14"]
    assert (given.verdict, given.why) == (Verdict.NOT_APPLICABLE, say("inspect-na-none"))


def test_another_reason_is_written_in_place(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-14")
    hand.press(Qt.Key.Key_4, Qt.Key.Key_4)
    hand.type("正在浇筑，进不去")
    hand.press(Qt.Key.Key_Return)
    given = hand.saved().answers["BX-14"]
    assert (given.reason, given.why) == (UncheckedReason.OTHER, "正在浇筑，进不去")
    assert hand.here == "BX-15"


def test_escape_folds_the_reasons_and_nothing_is_answered(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-14")
    hand.press(Qt.Key.Key_4, Qt.Key.Key_Escape)
    assert hand.here == "BX-14"
    assert "BX-14" not in hand.saved().answers


def test_the_header_is_answered_by_digits_and_leads_to_the_first_item(
    county: County, begin: Callable[..., Hand]
) -> None:
    draft = drafts.start(county.workspace, site="site:BX-009", category="supervision", now=NOW)  # type: ignore[arg-type]
    hand = begin("", draft=draft)
    assert isinstance(hand.screen.board.current, HeaderCard)
    hand.press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2)
    header = hand.saved().header
    assert header["BX-H1"] == "二级"
    assert header["BX-H4"] == "无"
    assert hand.here == "BX-01"


def test_what_the_header_switches_off_says_why_and_is_not_asked(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-H2")  # 检查时段: 白天
    assert hand.saved().header["BX-H2"] == "白天"
    hand.screen.where.go_to("BX-25")
    said = hand.screen.board._rows["BX-23"].accessibleName()
    assert "BX-H2" in said
    assert "白天" in said
    hand.screen.where.go_to("BX-23")
    hand.press(Qt.Key.Key_1)
    assert "BX-23" not in hand.saved().answers


def test_enter_goes_to_the_next_unanswered_item(county: County, begin: Callable[..., Hand]) -> None:
    draft = county.draft("BX-009")
    for code in ("BX-02", "BX-03"):
        drafts.answer(county.workspace, draft, code, Answer(verdict=Verdict.PASS, count=0), now=NOW)
    hand = begin("BX-01", draft=draft)
    if hand.screen.keys.in_field():
        hand.press(Qt.Key.Key_Escape)
    hand.press(Qt.Key.Key_Return)
    assert hand.here == "BX-04"


def test_undo_takes_back_the_answer_by_its_name_and_jumps_there(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_1)
    hand.press(Qt.Key.Key_1)
    assert "BX-13" in hand.screen.top.undo.toolTip()
    hand.press(Qt.Key.Key_Z, ctrl=True)
    assert hand.here == "BX-13"
    assert set(hand.saved().answers) == {"BX-12"}
    hand.press(Qt.Key.Key_Y, ctrl=True)
    assert set(hand.saved().answers) == {"BX-12", "BX-13"}


def test_passing_a_failed_item_takes_its_findings_along_and_undo_brings_them_back(
    begin: Callable[..., Hand],
) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    hand.press(Qt.Key.Key_1, alt=True)
    draft = hand.saved()
    assert (draft.answers["BX-12"].verdict, draft.findings) == (Verdict.PASS, ())
    hand.press(Qt.Key.Key_Z, ctrl=True)
    draft = hand.saved()
    assert draft.answers["BX-12"].verdict is Verdict.FAIL
    assert len(draft.findings) == 1


def test_the_rest_passes_at_once_but_not_what_must_be_counted(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.screen.board._rest.click()
    draft = hand.saved()
    assert draft.answers
    assert all(given.bulk for given in draft.answers.values())
    hand.press(Qt.Key.Key_Z, ctrl=True)
    assert not hand.saved().answers


def test_slash_finds_an_item_by_initials_and_a_wording_opens_the_finding_with_it(
    begin: Callable[..., Hand],
) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_Slash)
    assert hand.screen.asides.finder.isVisible()
    QTest.keyClicks(hand.screen.asides.finder.search.line, "ljt")
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return)
    (finding,) = hand.saved().findings
    assert finding.item == "BX-08"
    assert "垃圾桶满溢" in finding.description
    assert "\u3014" in finding.description  # what is not known is a tab stop


def test_a_jotting_waits_until_it_is_placed(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_J)
    hand.type("东头井盖")
    hand.press(Qt.Key.Key_Return)
    (jotting,) = hand.saved().jottings
    assert jotting.text == "东头井盖"
    hand.screen.sections.placed.emit(jotting.id)
    QTest.keyClicks(hand.screen.asides.finder.search.line, "BX-02")
    hand.press(Qt.Key.Key_Return)
    draft = hand.saved()
    assert draft.jottings == ()
    assert [(one.item, one.description) for one in draft.findings] == [("BX-02", "东头井盖")]


def test_one_more_finding_keeps_the_units_of_the_last(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    hand.type("巷口")
    hand.press(Qt.Key.Key_D, ctrl=True)
    hand.type("巷尾")
    hand.press(Qt.Key.Key_Return, ctrl=True)
    first, second = hand.saved().findings
    assert (first.place, second.place) == ("巷口", "巷尾")
    assert first.lead_unit == second.lead_unit


def test_the_taps_of_a_glove_answer_once(begin: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.ui.inspect.answering.monotonic", lambda: 1_000.0)  # both in one moment
    hand = begin("BX-12")
    card = hand.screen.board.current
    assert isinstance(card, ItemCard)
    button = card.buttons[Verdict.PASS]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    following = hand.screen.board.current
    assert isinstance(following, ItemCard)
    QTest.mouseClick(following.buttons[Verdict.PASS], Qt.MouseButton.LeftButton)
    assert set(hand.saved().answers) == {"BX-12"}


def test_an_open_row_is_answered_without_choosing_it_first(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    row = hand.screen.board._rows["BX-15"]
    box = row.boxes()[Verdict.PASS]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert hand.saved().answers["BX-15"].verdict is Verdict.PASS


def test_only_open_items_are_shown_and_never_the_current_one_lost(
    county: County, begin: Callable[..., Hand]
) -> None:
    draft = county.draft("BX-009")
    drafts.answer(county.workspace, draft, "BX-13", Answer(verdict=Verdict.PASS, count=0), now=NOW)
    hand = begin("BX-12", draft=draft)
    hand.press(Qt.Key.Key_U)
    rows = hand.screen.board._rows
    assert not rows["BX-13"].isVisible()
    assert rows["BX-14"].isVisible()
    assert hand.here == "BX-12"


def test_one_stands_at_the_same_item_after_the_end(
    county: County, begin: Callable[..., Hand], shown: Shown[InspectScreen]
) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_1, Qt.Key.Key_1)
    stood = chosen.stood(county.workspace)
    assert (stood.screen, stood.which, stood.spot) == ("inspect", hand.screen.place.which, "answers/BX-14")
    again = shown(InspectScreen, Place("inspect", which=hand.screen.place.which))
    assert again.board.current.item.code == "BX-14"


def test_saved_is_said_only_after_the_disk_has_it(begin: Callable[..., Hand], qtbot: QtBot) -> None:
    hand = begin("BX-12")
    QTest.keyClick(hand.screen.board, Qt.Key.Key_1)
    assert hand.screen.bottom.saved.text == say("ui-saving")
    hand._settle()
    assert hand.screen.bottom.saved.text.startswith(say("ui-saved", time="")[:3])


def test_photos_come_in_to_the_open_finding_and_a_bad_file_is_named(
    begin: Callable[..., Hand], county: County, qtbot: QtBot, tmp_path: object
) -> None:
    from pathlib import Path

    from PIL import Image

    folder = Path(str(tmp_path))
    good, bad = folder / "IMG_1.jpg", folder / "letter.jpg"
    Image.new("RGB", (64, 48), "green").save(good)
    bad.write_bytes(b"no picture")
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    hand.screen.asides.intake.take_files([good, bad])
    (finding,) = hand.saved().findings
    assert len(finding.photos) == 1
    assert hand.screen.asides.photos._came.isVisible()
    assert "letter.jpg" in hand.screen.asides.photos._came._lines.text()


def test_a_picture_without_a_file_is_pasted(begin: Callable[..., Hand], qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication, QImage

    hand = begin("BX-12")
    hand.press(Qt.Key.Key_2)
    form = hand.screen.board.current
    assert isinstance(form, FindingForm)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(picture)
    hand.press(Qt.Key.Key_V, ctrl=True)
    assert len(hand.saved().findings[0].photos) == 1


def test_a_section_is_turned_by_page_keys(begin: Callable[..., Hand]) -> None:
    hand = begin("BX-12")
    hand.press(Qt.Key.Key_PageUp)
    assert hand.here == "BX-06"
    hand.press(Qt.Key.Key_PageDown)
    assert hand.here == "BX-12"


def test_an_unknown_draft_says_so(shown: Shown[InspectScreen]) -> None:
    screen = shown(InspectScreen, Place("inspect", which="NOWHERE"))
    assert screen.strip.isVisible()


def test_acts_of_more_than_one_part_are_one_undo(county: County) -> None:
    draft = county.draft("BX-009")
    inspecting.fail(county.workspace, draft, "BX-12", Answer(), now=NOW)
    drafts.undo(county.workspace, draft, now=NOW)
    typed = drafts.read(county.workspace, draft)
    assert not typed.findings
    assert "BX-12" not in typed.answers
