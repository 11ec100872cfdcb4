"""What is dropped on the window: a PDF is verified on any page, photos come in where photos are taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from inspector.model.answer import Answer
from inspector.services import drafts, inspecting
from inspector.ui.documents.screen import DocumentsScreen
from inspector.ui.imewise import TextLine
from inspector.ui.inspect.finding import FindingForm
from inspector.ui.inspect.screen import InspectScreen
from inspector.ui.screen import Place
from inspector.ui.screens import OPENINGS
from inspector.ui.window import Window
from tests.county import NOW, County
from tests.photos.made import quarters, saved

Settle = Callable[[], None]
MIDDLE = (0.25, 0.5), (0.5, 0.3), (0.8, 0.6)
TAKE_PHOTOS = {"inspect", "photos", "round"}
SOME = ("today", "inspect", "photos", "sign", "people")


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag `data` onto the middle of a widget and let go, as the system does: a widget that does not want it hands
    it up to those around it. Whether somebody took it."""
    at = widget.rect().center()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at, copy, data, left, none)
    QApplication.sendEvent(widget, entered)
    if not entered.isAccepted():
        return False
    dropped = QDropEvent(QPointF(at), copy, data, left, none)
    QApplication.sendEvent(widget, dropped)
    return dropped.isAccepted()


def below(window: Window, across: float, down: float) -> QWidget:
    return window.childAt(QPoint(round(window.width() * across), round(window.height() * down))) or window


@pytest.fixture
def finding(county: County) -> tuple[str, str]:
    """A draft with a finding."""
    draft = county.draft("BX-009")
    return draft, inspecting.fail(county.workspace, draft, "BX-12", Answer(), now=NOW).id


def test_a_pdf_dropped_on_any_page_is_verified(
    window: Window, county: County, finding: tuple[str, str], settle: Settle, tmp_path: Path, long: bool
) -> None:
    sheet = tmp_path / "sheet.pdf"  # what it holds is another test's business
    draft = {"inspect", "sign", "photos", "counterpart-show"}
    lost = []
    for name in OPENINGS if long else SOME:
        for across, down in MIDDLE if name in TAKE_PHOTOS else MIDDLE[1:2]:
            spot = f"findings/{finding[1]}" if name == "inspect" else ""
            window.show_place(Place(name, which=finding[0] if name in draft else "", spot=spot))
            settle()
            target = below(window, across, down)
            took = drop(target, files(sheet))
            if not took or not isinstance(window.screen_shown, DocumentsScreen):
                lost.append(f"{name}: {type(target).__name__}")
    assert not lost, "\n".join(dict.fromkeys(lost))


def test_photos_dropped_on_a_text_field_come_in_and_leave_the_text_alone(
    window: Window, county: County, finding: tuple[str, str], settle: Settle, tmp_path: Path
) -> None:
    for number in range(2):
        (tmp_path / f"IMG_{number}.jpg").write_bytes(saved(quarters(120 + number)))
    (tmp_path / "notes.txt").write_text("no picture")
    window.show_place(Place("inspect", which=finding[0], spot=f"findings/{finding[1]}"))
    settle()
    screen = window.screen_shown
    assert isinstance(screen, InspectScreen)
    form = screen.board.current
    assert isinstance(form, FindingForm)
    assert drop(form._place, files(tmp_path))  # a whole folder
    settle()
    (kept,) = drafts.read(county.workspace, finding[0]).findings
    assert len(kept.photos) == 2
    assert form._place.text() == ""


def test_a_copied_file_is_pasted_as_a_photo_also_while_a_field_has_the_focus(
    window: Window, county: County, finding: tuple[str, str], settle: Settle, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(saved(quarters()))
    window.show_place(Place("inspect", which=finding[0], spot=f"findings/{finding[1]}"))
    settle()
    QGuiApplication.clipboard().setMimeData(files(photo))
    window.activateWindow()
    field = next(one for one in window.findChildren(TextLine) if one.isVisible())
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    (kept,) = drafts.read(county.workspace, finding[0]).findings
    assert len(kept.photos) == 1
    assert field.text() == ""
