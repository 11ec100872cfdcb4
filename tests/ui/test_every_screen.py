"""What must hold on every screen, in every look and size: names, tab order, nothing cut, nothing out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector.model.answer import Answer
from inspector.services import inspecting
from inspector.ui.screen import Place
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import DARK, Look, theme
from inspector.ui.widgets.text import ElidedLabel
from inspector.ui.window import Window
from tests.county import NOW, County

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
VIEWS = {
    "light-small": (Look(), (1093, 575)),
    "sunlight-small": (Look(sunlight=True), (1093, 575)),
    "dark": (Look(base=DARK), (1280, 720)),
    "large-text": (Look(text_percent=150), (1280, 720)),
    "big-buttons": (Look(big=True), (1280, 720)),
}


SELDOM = {"dark", "big-buttons"}  # the sizes of dark are those of light, big buttons lie between two others


def inside(widget: QWidget) -> bool:
    """Qt's own parts of a control are its business."""
    return not widget.objectName().startswith("qt_") and not isinstance(widget.parentWidget(), QComboBox)


def controls(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and widget.isVisible() and inside(widget):
            yield widget


def cut_label(label: QLabel) -> bool:
    """A text that does not fit, and no tooltip says it."""
    if not label.text() or label.wordWrap() or isinstance(label, ElidedLabel):
        return False
    return label.width() + 1 < label.sizeHint().width() and not label.toolTip()


def out_of_reach(widget: QWidget, window: QWidget) -> bool:
    """Outside the window, and no scroll bar brings it in."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea | QAbstractItemView):
        area = area.parentWidget()
    if area is not None:
        across = widget.mapTo(area, QPoint(0, 0)).x()
        return across < -1 or across + widget.width() > area.width() + 1
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return not window.rect().adjusted(-1, -1, 1, 1).contains(box)


@pytest.fixture
def places(county: County) -> dict[str, Place]:
    draft = county.draft("BX-009")
    finding = inspecting.fail(county.workspace, draft, "BX-12", Answer(), now=NOW)
    shown = {
        name: Place(name, which=draft) for name in OPENINGS if name in ("sign", "photos", "counterpart-show")
    }
    shown |= {name: Place(name) for name in OPENINGS if name not in shown}
    shown["begin"] = Place("begin", which="site:BX-009")
    shown["sites"] = Place("sites", which="site:BX-009")
    shown["inspect"] = Place("inspect", which=draft, spot=f"findings/{finding.id}")
    return shown


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_cut_nameless_or_out_of_reach(
    view: str,
    window: Window,
    places: dict[str, Place],
    look: Callable[[Look], None],
    settle: Callable[[], None],
    long: bool,
) -> None:
    if view in SELDOM and not long:
        pytest.skip("with --long")
    worn, (width, height) = VIEWS[view]
    look(worn)
    window.resize(width, height)
    wrong = []
    for name, place in places.items():
        window.show_place(place)
        settle()
        QApplication.processEvents()  # what came last is laid out
        for widget in controls(window):
            if not widget.accessibleName():
                wrong.append(f"{name}: {type(widget).__name__} has no accessible name")
            if out_of_reach(widget, window):
                wrong.append(f"{name}: {widget.accessibleName()} is out of reach")
        wrong += [
            f"{name}: “{label.text()}” is cut"
            for label in window.findChildren(QLabel)
            if label.isVisible() and cut_label(label)
        ]
    assert not wrong, "\n".join(wrong)
    assert window.width() == width, "a screen widens the window"


MOST_TABS = 150


def in_a_group(widget: QWidget) -> bool:
    """Of buttons that exclude each other Tab reaches one; the arrows reach the others."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive()


def test_every_control_is_reached_by_tab(
    window: Window, places: dict[str, Place], settle: Callable[[], None], qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    missed = []
    for name, place in places.items():
        window.show_place(place)
        settle()
        wanted = {
            widget
            for widget in controls(window)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and not in_a_group(widget)
        }
        for _ in range(MOST_TABS):
            focus = QApplication.focusWidget()
            wanted.discard(focus)
            if not wanted:
                break
            QTest.keyClick(focus or window, Qt.Key.Key_Tab)
        missed += [f"{name}: {type(one).__name__} {one.accessibleName()}" for one in wanted]
    assert not missed, "\n".join(missed)


def test_the_tokens_have_contrast_enough() -> None:
    from inspector.ui.theme import TOKENS

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def ratio(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    for name, token in TOKENS.items():
        least = 7.0 if name == "sunlight" else 4.5
        for ink in ("text", "muted", "faint"):
            for ground in ("bg", "side", "surface"):
                assert ratio(token[ink], token[ground]) >= least, (name, ink, ground)
        for tone in ("accent", "ok", "bad", "warn"):
            for ground in ("surface", "bg", f"{tone}_soft"):
                assert ratio(token[tone], token[ground]) >= least, (name, tone, ground)
        assert ratio(token["on_accent"], token["accent"]) >= least
        assert ratio(token["on_bad"], token["bad"]) >= least
        assert ratio(token["on_toast"], token["toast"]) >= least
        for ground in ("bg", "surface", "side"):
            assert ratio(token["line2"], token[ground]) >= 3.0, (name, "line2", ground)


def test_the_window_is_told_a_new_look(window: Window, look: Callable[[Look], None]) -> None:
    look(Look(sunlight=True))
    assert theme.look.theme == "sunlight"
