"""Every screen in three themes, at the smallest size, the usual one, and with the largest text: what a screen reader
hears, what a person sees cut, what Qt complains of (a warning of Qt fails a test)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from inspector.model.answer import Answer
from inspector.services import inspecting
from inspector.ui.screen import Place
from inspector.ui.screens import OPENINGS
from inspector.ui.theme import DARK, LIGHT, TOKENS, Look
from inspector.ui.widgets.rows import RowList
from inspector.ui.widgets.text import ElidedLabel
from inspector.ui.window import Window
from tests.county import NOW, County

SMALL, USUAL = (1093, 575), (1280, 720)
LOOKS = {
    "light": (Look(base=LIGHT), USUAL),
    "dark": (Look(base=DARK), SMALL),
}
MORE = {
    "sunlight": (Look(sunlight=True), USUAL),
    "light, small": (Look(base=LIGHT), SMALL),
    "dark, usual": (Look(base=DARK), USUAL),
    "sunlight, small": (Look(sunlight=True), SMALL),
    "largest text": (Look(text_percent=150), USUAL),
    "largest text, sunlight": (Look(text_percent=150, sunlight=True), USUAL),
    "big buttons, small": (Look(big=True), SMALL),
}
"""Only in the long run: each costs five seconds."""

ROWS_HEARD = 3
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


@pytest.fixture
def places(county: County) -> dict[str, Place]:
    """Every screen that is registered, with something in it."""
    signed = county.passed("GC-001")
    county.found(signed, "GC-03")
    county.signed(signed)
    draft = county.draft("BX-009")
    finding = inspecting.fail(county.workspace, draft, "BX-12", Answer(), now=NOW)
    of_draft = {"sign", "photos", "counterpart-show"}
    found = {name: Place(name, which=draft if name in of_draft else "") for name in OPENINGS}
    for name in ("begin", "sites"):
        found[name] = Place(name, which="site:BX-009")
    found["inspect"] = Place("inspect", which=draft, spot=f"findings/{finding.id}")
    for spot in ("visit", "workspace", "forms"):
        found[f"settings {spot}"] = Place("settings", spot=spot)
    found["people new"] = Place("people", spot="new")
    return found


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


@pytest.mark.parametrize("name", (*LOOKS, *MORE))
def test_every_screen_is_heard_whole_and_seen_whole(
    name: str,
    long: bool,
    window: Window,
    places: dict[str, Place],
    look: Callable[[Look], None],
    settle: Callable[[], None],
) -> None:
    if name in MORE and not long:
        pytest.skip("long")
    worn, size = (LOOKS | MORE)[name]
    look(worn)
    window.resize(*size)
    wrong = []
    for where, place in places.items():
        window.show_place(place)
        settle()
        window.grab()  # everything paints itself once: what Qt warns of fails the test
        wrong += [f"{where}: “{text}” is cut" for text in cut(window)]
        page = QAccessible.queryAccessibleInterface(window.screen_shown)
        wrong += [
            f"{where}: {kind} ({role.name}) has no name"
            for role, said, kind in heard(page)
            if role in SPOKEN and not said.strip()
        ]
        if window.size().toTuple() != size:
            wrong.append(f"{where}: the window became {window.size().toTuple()}, not {size}")
            window.resize(*size)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


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


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #RRGGBB."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", TOKENS)
def test_what_is_painted_on_what_has_contrast_enough(name: str) -> None:
    """Pairs beyond those of pages and cards: selected rows, the current place, toasts, plates on photos."""
    token = TOKENS[name]
    least = 7.0 if name == "sunlight" else 4.5
    for ink, ground in (
        ("on_selected", "selected"),
        ("on_here", "here"),
        ("text", "hover"),
        ("text", "neutral_soft"),
        ("muted", "neutral_soft"),
        ("toast_accent", "toast"),
        ("on_plate", "plate"),
        ("on_plate", "plate_bad"),
        ("on_plate", "plate_ok"),
        ("on_plate", "plate_warn"),
    ):
        assert ratio(token[ink], token[ground]) >= least, (name, ink, ground)
    for border, ground in (
        ("accent", "surface"),
        ("accent", "bg"),
        ("bad", "surface"),
        ("here_icon", "here"),
    ):
        assert ratio(token[border], token[ground]) >= 3.0, (name, border, ground)
