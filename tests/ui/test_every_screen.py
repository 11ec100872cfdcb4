"""Every screen that is registered, in three looks, at the smallest size, the usual one, with the largest text: what a
screen reader hears, what a person sees cut or cannot reach, what Qt complains of (a warning of Qt fails a test)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
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
from inspector.services import findings, inspecting, rounds
from inspector.ui.desk import Desk
from inspector.ui.screen import Place
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import DARK, Look
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel
from inspector.ui.window import Window
from tests.county import NOW, County

Size = tuple[int, int]
SMALL, USUAL = (1093, 575), (1280, 720)
LIGHT_LOOK, DARK_LOOK, SUN_LOOK = Look(), Look(base=DARK), Look(sunlight=True)
LARGE_LOOK = Look(text_percent=150)
VIEWS = {
    "light, small": (LIGHT_LOOK, SMALL),
    "dark, small": (DARK_LOOK, SMALL),
    "sunlight, small": (SUN_LOOK, SMALL),
    "large text": (LARGE_LOOK, USUAL),
}
MORE = {
    "light": (LIGHT_LOOK, USUAL),
    "dark": (DARK_LOOK, USUAL),
    "sunlight": (SUN_LOOK, USUAL),
    "large text, sunlight": (Look(text_percent=150, sunlight=True), USUAL),
    "big buttons": (Look(big=True), USUAL),
    "big buttons, small": (Look(big=True), SMALL),
}
"""Only in the long run: dark has the sizes of light, the others lie between two of the above."""

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
SPOKEN = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.SpinBox,
    QAccessible.Role.List,
    QAccessible.Role.ListItem,
    QAccessible.Role.Table,
    QAccessible.Role.Link,
    QAccessible.Role.Slider,
}
"""Roles that a person acts upon: a screen reader must be able to say which one it is."""
ROWS_HEARD = 3
MOST_TABS = 150


@pytest.fixture
def places(county: County) -> dict[str, Place]:
    """Every screen that is registered, with something in it."""
    signed = county.passed("GC-001")
    county.found(signed, "GC-03")
    inspection = county.signed(signed).inspection
    draft = county.draft("BX-009")
    finding = inspecting.fail(county.workspace, draft, "BX-12", Answer(), now=NOW)
    (known,) = findings.every(county.workspace)
    walk = rounds.begin(county.workspace, [known.id], now=NOW).id
    which = {
        "inspect": draft,
        "sign": draft,
        "photos": draft,
        "counterpart-show": draft,
        "begin": "site:BX-009",
        "sites": "site:BX-009",
        "site-change": "site:BX-009",
        "findings": known.id,
        "documents": inspection,
        "handover": inspection,
        "round": walk,
        "slips": walk,
    }
    found = {name: Place(name, which=which.get(name, "")) for name in OPENINGS}
    found["inspect"] = Place("inspect", which=draft, spot=f"findings/{finding.id}")
    for spot in ("visit", "workspace", "forms"):
        found[f"settings {spot}"] = Place("settings", spot=spot)
    found["people new"] = Place("people", spot="new")
    found["begin late"] = Place("begin", which="site:BX-009", spot="late")
    return found


def controls(window: QWidget) -> Iterator[QWidget]:
    """What is used, without Qt's own parts of it."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and widget.isVisible():
            if widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QComboBox):
                continue
            yield widget


def heard(interface: QAccessibleInterface | None) -> Iterator[tuple[QAccessible.Role, str, str]]:
    """What a screen reader finds: role, name and class of all that is shown; of long lists the first rows."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return  # without a reader Qt keeps rows of before a list was read again: they are invalid
    role = interface.role()
    made = interface.object()
    kind = made.metaObject().className() if made is not None else ""
    yield role, interface.text(QAccessible.Text.Name), kind
    if kind == "QComboBox" or role is QAccessible.Role.ComboBox:
        return  # what is inside a closed list is its own business
    count = interface.childCount()
    rows = isinstance(made, QAbstractItemView)
    for number in range(min(count, ROWS_HEARD) if rows else count):
        yield from heard(interface.child(number))


def cut(window: QWidget) -> Iterator[str]:
    """Texts that do not fit and have no tooltip that says them."""
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text() or label.wordWrap():
            continue
        if isinstance(label, ElidedLabel):
            if label.cut and label.toolTip() != label.text():
                yield label.text()
        elif label.width() + 1 < label.sizeHint().width() and not label.toolTip():
            yield label.text()


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


def wrong(window: Window, size: Size) -> Iterator[str]:
    """Everything that must not be, on the page that is shown."""
    for widget in controls(window):
        if not widget.accessibleName():
            yield f"{type(widget).__name__} has no accessible name"
        if out_of_reach(widget, window):
            yield f"{widget.accessibleName()} is out of reach"
    for text in cut(window):
        yield f"“{text}” is cut"
    for role, said, kind in heard(QAccessible.queryAccessibleInterface(window.screen_shown)):
        if role in SPOKEN and not said.strip():
            yield f"{kind} ({role.name}) has no name"
    if window.size().toTuple() != size:
        yield f"the window became {window.size().toTuple()}"


def test_every_screen_is_heard_whole_and_seen_whole(
    desk: Desk,
    places: dict[str, Place],
    look: Callable[[Look], None],
    settle: Callable[[], None],
    long: bool,
) -> None:
    """A page is opened once and worn in every look: it must follow while it is shown. Each has a window of its own,
    since a look is put on all that there is."""
    views = VIEWS | MORE if long else VIEWS
    found: list[str] = []
    for name, place in places.items():
        window = Window(desk)
        window.show_place(place)
        window.show()
        for view, (worn, size) in views.items():
            look(worn)
            window.setWindowState(Qt.WindowState.WindowNoState)  # a page may have taken the whole screen
            window.resize(*size)
            settle()
            QApplication.processEvents()  # what came last is laid out
            window.grab()  # everything paints itself once
            found += [f"{name}, {view}: {text}" for text in wrong(window, size)]
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not found, "\n".join(dict.fromkeys(found))


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


def test_a_row_of_a_list_is_heard_with_its_facts(
    window: Window, places: dict[str, Place], settle: Callable[[], None]
) -> None:
    window.show_place(places["sites"])
    settle()
    (rows,) = [one for one in window.findChildren(RowList) if one.isVisible() and one.rows.rowCount() > 5]
    first = rows.rows.rows[0]
    row = QAccessible.queryAccessibleInterface(rows).child(0)
    assert row.text(QAccessible.Text.Name) == first.spoken
    assert first.title in first.spoken
