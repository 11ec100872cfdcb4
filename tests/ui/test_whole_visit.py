"""A whole visit at the screen by keyboard alone, its keys counted; what was left over last time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from inspector.model.answer import Answer
from inspector.model.form import Count
from inspector.model.progress import of_draft
from inspector.model.words import Category, Verdict
from inspector.services import drafts, forms, inspecting, inspections, preparing, site_list
from inspector.ui.inspect.card import ItemCard
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.header import HeaderCard
from inspector.ui.inspect.screen import InspectScreen
from inspector.ui.screen import Place
from tests.county import MANDATE, NOW, County
from tests.county import passing as passes
from tests.ui.conftest import Shown, type_text

MOST_KEYS = 90
FINDINGS = 5
PHOTOS = 10


class Keys:
    """Presses keys and counts them; characters that are typed into fields do not count."""

    def __init__(self, screen: InspectScreen, settle: Callable[[], None]) -> None:
        self.screen, self._settle, self.count = screen, settle, 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key, held)
        self._settle()

    def type(self, text: str) -> None:
        type_text(QApplication.focusWidget(), text)


@pytest.fixture
def keys(
    county: County, shown: Shown[InspectScreen], settle: Callable[[], None], qtbot: QtBot
) -> Callable[[str], Keys]:
    def begin(draft: str) -> Keys:
        screen = shown(InspectScreen, Place("inspect", which=draft))
        with qtbot.waitActive(screen):
            screen.activateWindow()
        settle()
        screen.where.focus()
        return Keys(screen, settle)

    return begin


def write_finding(keys: Keys, photos: list[Path], number: int) -> None:
    """A finding by keys: place, a standard wording with its tab stops, two photos, on."""
    form = keys.screen.board.current
    assert isinstance(form, FindingForm)
    keys.type(f"{number} 号门前")
    keys.press(Qt.Key.Key_Tab)
    while not form._description.hasFocus():  # past the places of earlier visits
        keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Down)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    keys.press(Qt.Key.Key_Return)
    while form._description.textCursor().hasSelection():
        keys.type("3")
        keys.press(Qt.Key.Key_Tab)
    keys.count += 2  # Ctrl I and Enter in the system's own dialog
    keys.screen.asides.intake.take_files(photos)
    keys._settle()
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_road_is_inspected_with_ninety_keys_and_every_answer_is_on_the_disk(
    county: County, keys: Callable[[str], Keys], tmp_path: Path
) -> None:
    files = []
    for number in range(PHOTOS):
        file = tmp_path / f"IMG_{number}.jpg"
        Image.new("RGB", (64, 48), (number * 20, 90, 60)).save(file)
        files.append(file)
    draft = drafts.start(
        county.workspace,
        site="site:GD-001",
        category=Category.SUPERVISION,
        now=NOW,
        mandate=MANDATE,
        team=county.team,
    )
    form = forms.of_version(county.workspace, drafts.read(county.workspace, draft).about.form)
    hand = keys(draft)
    written = 0
    for _ in range(200):
        card = hand.screen.board.current
        if isinstance(card, HeaderCard):
            hand.press(Qt.Key.Key_1 if card.item.options else Qt.Key.Key_Return)
            continue
        assert isinstance(card, ItemCard)
        if of_draft(hand.screen.work.draft, form).complete:
            break
        if written < FINDINGS and isinstance(card.item.answer, Count) and not card.first_field:
            hand.press(Qt.Key.Key_2)
            write_finding(hand, files[written * 2 : written * 2 + 2], written)
            written += 1
        elif card.first_field:
            answer_number(hand, card)
        else:
            hand.press(Qt.Key.Key_1)
    typed = drafts.read(county.workspace, draft)
    assert of_draft(typed, form).complete
    assert len(typed.findings) == FINDINGS
    assert sum(len(one.photos) for one in typed.findings) == PHOTOS
    missing = preparing.prepare(county.workspace, draft, now=NOW).missing
    assert not [one.key for one in missing if not one.key.startswith("finding-")], missing
    assert hand.screen.top.sign.hasFocus()
    assert hand.count <= MOST_KEYS, f"{hand.count} keys"


def answer_number(hand: Keys, card: ItemCard) -> None:
    """A number that passes; Tab between the two of a ratio, Enter judges."""
    limit = card.item.limit
    assert limit is not None
    for number, field in enumerate(card.fields):
        if number:
            hand.press(Qt.Key.Key_Tab)
        QTest.keyClicks(field, "10" if len(card.fields) > 1 else passing(card))
    hand.press(Qt.Key.Key_Return)


def passing(card: ItemCard) -> str:
    limit = card.item.limit
    assert limit is not None
    value = limit.value if limit.value is not None else min(bound for _, bound in limit.table)
    return str(value if limit.op.value == "<=" else value + 1)


@pytest.fixture
def left_over(county: County) -> str:
    """A signed visit with one finding, and the next visit to the site; its draft."""
    first = county.draft("BX-009")
    form = forms.of_version(county.workspace, drafts.read(county.workspace, first).about.form)
    typed = drafts.read(county.workspace, first)
    for item in form.items():
        answer = passes(item, typed.header)
        if answer is not None and item.code != "BX-12":
            drafts.answer(county.workspace, first, item.code, answer, now=NOW)
    county.found(first, "BX-12", description="墙面小广告 6 处")
    county.signed(first)
    assert inspections.every(county.workspace)
    return county.draft("BX-009")


def test_what_is_left_over_stands_inside_its_item_and_one_key_decides(
    county: County, left_over: str, keys: Callable[[str], Keys]
) -> None:
    hand = keys(left_over)
    hand.screen.where.go_to("BX-12")
    card = hand.screen.board.current
    assert isinstance(card, ItemCard)
    assert "2" in card._times.text()  # 第 2 次
    assert any("墙面小广告" in label.text() for label in card.findChildren(QLabel))
    hand.press(Qt.Key.Key_R)
    typed = drafts.read(county.workspace, left_over)
    assert [(one.item, one.still) for one in typed.earlier] == [("BX-12", True)]
    assert typed.answers["BX-12"].verdict is Verdict.FAIL
    hand.press(Qt.Key.Key_T)
    typed = drafts.read(county.workspace, left_over)
    assert [one.still for one in typed.earlier] == [False]
    ground = inspecting.ground(county.workspace, left_over, now=NOW)
    assert list(ground.left_over) == ["BX-12"]


def test_the_facts_of_the_site_are_taken_over_by_one_enter(
    county: County, left_over: str, keys: Callable[[str], Keys]
) -> None:
    again = drafts.start(
        county.workspace, site="site:BX-009", category=Category.SUPERVISION, now=NOW, team=county.team
    )
    hand = keys(again)
    assert hand.screen.board._facts.isVisible()
    hand.press(Qt.Key.Key_Return)
    header = drafts.read(county.workspace, again).header
    assert {"BX-H1", "BX-H3", "BX-H4"} <= header.keys()
    assert "BX-H2" not in header  # of this visit: asked each time


def test_another_fact_than_the_site_was_known_for_asks_why_and_keeps_the_reason(
    county: County, left_over: str, keys: Callable[[str], Keys]
) -> None:
    again = drafts.start(
        county.workspace, site="site:BX-009", category=Category.SUPERVISION, now=NOW, team=county.team
    )
    hand = keys(again)
    known = inspecting.ground(county.workspace, again, now=NOW).site.facts
    form = forms.of_version(county.workspace, drafts.read(county.workspace, again).about.form)
    choice = next(one for one in form.header if known.get(one.code) in one.options)
    other = next(one for one in choice.options if one != known[choice.code])
    hand.screen.where.go_to(choice.code)
    hand.press(Qt.Key(Qt.Key.Key_1 + choice.options.index(other)))
    card = hand.screen.board.current
    assert isinstance(card, HeaderCard)
    assert card.item.code == choice.code  # it stays, and asks
    assert card.explaining
    hand.type("改建过了")
    hand.press(Qt.Key.Key_Return)
    assert hand.screen.board.current is not card or card.item.code != choice.code
    typed = drafts.read(county.workspace, again)
    assert typed.header[choice.code] == other
    assert typed.facts == {choice.code: "改建过了"}
    for item in form.items():
        answer = passes(item, typed.header)
        if answer is not None:
            drafts.answer(county.workspace, again, item.code, answer, now=NOW)
    for code in [one.code for one in form.header if one.code not in typed.header and one.required]:
        options = form.header_by_code[code].options
        drafts.answer_header(county.workspace, again, {code: options[0] if options else "10"}, now=NOW)
    drafts.set_about(
        county.workspace, again, replace(typed.about, mandate=MANDATE, end=typed.about.begin), now=NOW
    )
    county.signed(again)
    page = site_list.page(county.workspace, "site:BX-009", now=NOW)
    assert page.site.facts[choice.code] == other
    assert [(one.reason, one.fields) for one in page.changes] == [("改建过了", (f"fact/{choice.code}",))]


def test_a_header_answer_that_moves_a_limit_says_which_items_moved_and_can_be_undone(
    county: County, keys: Callable[[str], Keys], qtbot: QtBot
) -> None:
    draft = county.draft("GC-001")
    drafts.answer_header(county.workspace, draft, {"GC-H1": "二类"}, now=NOW)
    drafts.answer(county.workspace, draft, "GC-14", Answer(verdict=Verdict.PASS, count=3), now=NOW)
    hand = keys(draft)
    hand.screen.where.go_to("GC-H1")
    first = hand.screen.work.form.header_by_code["GC-H1"].options.index("一类")
    with qtbot.waitSignal(hand.screen.told, timeout=5_000) as told:
        hand.press(Qt.Key(Qt.Key.Key_1 + first))
    moved = told.args[0]
    assert "GC-14" in moved.text
    assert drafts.read(county.workspace, draft).answers["GC-14"].verdict is Verdict.FAIL
    assert moved.undo is not None
    moved.undo()
    hand._settle()
    typed = drafts.read(county.workspace, draft)
    assert (typed.header["GC-H1"], typed.answers["GC-14"].verdict) == ("二类", Verdict.PASS)
