"""文书: find, look, prove, write out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from inspector.model.words import Category
from inspector.services import drafts, findings, inspections, notices, serving, workspaces
from inspector.text import say
from inspector.ui.documents.screen import DocumentsScreen
from inspector.ui.screen import Place
from inspector.ui.window import Window
from tests.county import County
from tests.services import rectifying
from tests.services.rectifying import LATER
from tests.ui.conftest import Clock, Shown, type_text

Settle = Callable[[], None]


@pytest.fixture(scope="module")
def _signed_path(_county_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Two signed sheets, one with a finding, a notice about it, and the proof that it arrived: made once."""
    path = tmp_path_factory.mktemp("documents") / "county"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as opened:
        county = County(opened)
        signed = {"BX-003": county.signed(county.passed("BX-003")).inspection}
        (finding,) = rectifying.found(county, "东门南侧", site="GC-001")
        signed["GC-001"] = findings.one(opened, finding).inspection
        rectifying.allotted(county)
        (notice,) = rectifying.issued(county)
        at = LATER + timedelta(minutes=5)
        (proof,) = serving.serve(opened, [notice.id], rectifying.receipt(at), county.signers()[0], now=at)
        signed |= {"finding": finding, "notice": notice.id, "proof": proof.id}
    return path, signed


@pytest.fixture
def signed(_signed_path: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """The documents of the workspace: the site's code → inspection; finding, notice, proof → entity."""
    return _signed_path[1]


@pytest.fixture
def county(request: pytest.FixtureRequest, _county_path: Path, tmp_path: Path) -> Iterator[County]:
    """A copy of the signed workspace where a test asks for it, else one without any document."""
    path = tmp_path / "county"
    wants = "signed" in request.fixturenames
    shutil.copytree(request.getfixturevalue("_signed_path")[0] if wants else _county_path, path)
    with workspaces.opened(path) as opened:
        yield County(opened)


@pytest.fixture
def clock() -> Clock:
    return Clock(LATER + timedelta(minutes=10))


def drop(screen: DocumentsScreen | Window, file: Path) -> None:
    """Drop a file on the screen."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(100, 100),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.dropEvent(event)


def test_a_sheet_is_found_by_initials_and_shown_with_its_proof(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle
) -> None:
    screen = shown(DocumentsScreen, Place("documents"))
    QAbstractItemModelTester(screen.list.rows)
    assert screen.panel._empty.isVisible()
    type_text(screen.search.line, "ldyx")
    (row,) = screen.list.rows.rows
    assert row.key == signed["BX-003"]
    QTest.keyClick(screen.search.line, Qt.Key.Key_Return)
    settle()
    assert screen.panel.paper.image is not None
    assert screen.panel.said.text().strip() == say("documents-good")
    assert screen.here().which == signed["BX-003"]


def test_the_place_says_which_sheet_is_shown(
    signed: dict[str, str], shown: Shown[DocumentsScreen], county: County
) -> None:
    screen = shown(DocumentsScreen, Place("documents", which=signed["GC-001"]))
    assert screen.list.current() == signed["GC-001"]
    number = inspections.document(county.workspace, signed["GC-001"]).number
    assert number in screen.panel._note.text()


def test_all_that_are_listed_are_written_by_day_and_street_and_none_is_overwritten(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, tmp_path: Path, county: County
) -> None:
    screen = shown(DocumentsScreen, Place("documents"))
    out = tmp_path / "out"
    screen.export_all.export_to(out)
    settle()
    files = sorted(out.rglob("*.pdf"))
    count = len(files)
    assert {file.suffix for file in out.rglob("*.*")} == {".pdf", ".docx"}
    content = inspections.document(county.workspace, signed["GC-001"])
    file = next(one for one in files if content.number in one.name)
    assert file.parent == out / content.begin[:10] / content.site.street
    assert file.read_bytes() == inspections.pdf(county.workspace, signed["GC-001"])
    screen.export_all.export_to(out)
    settle()
    assert len(list(out.rglob("*.pdf"))) == count  # the same bytes: nothing new
    file.write_bytes(b"another file of that name")
    screen.export_all.export_to(out)
    settle()
    assert file.read_bytes() == b"another file of that name"
    assert len(list(out.rglob("*.pdf"))) == count + 1
    assert not list(out.rglob("*.part"))


def test_a_folder_that_cannot_be_written_is_told_and_everything_is_still_there(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, tmp_path: Path
) -> None:
    taken = tmp_path / "file"
    taken.write_text("no folder")
    screen = shown(DocumentsScreen, Place("documents"))
    screen.export_all.export_to(taken)
    settle()
    assert screen.strip.isVisible()
    assert screen.export_all.isEnabled()


def test_a_dropped_pdf_is_verified_and_added_bytes_are_no_secret(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, tmp_path: Path, county: County
) -> None:
    pdf = inspections.pdf(county.workspace, signed["GC-001"])
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pdf)
    screen = shown(DocumentsScreen, Place("documents"))
    drop(screen, good)
    settle()
    assert screen.panel._title.text() == "good.pdf"
    assert screen.panel.said.text().strip() == say("documents-good")
    assert say("verify-ledger-same") in screen.panel.verdict.text
    bad.write_bytes(pdf + b"% more\n")
    drop(screen, bad)
    settle()
    assert screen.panel.said.text().strip() == say("documents-bad")
    assert screen.panel.verdict.isVisible()


def test_what_is_no_document_is_told(shown: Shown[DocumentsScreen], settle: Settle, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_text("not a pdf")
    screen = shown(DocumentsScreen, Place("documents"))
    drop(screen, file)
    settle()
    assert screen.strip.isVisible()
    assert screen.verify.isEnabled()


def test_a_correction_is_opened_with_its_reason(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, qtbot: QtBot, county: County
) -> None:
    screen = shown(DocumentsScreen, Place("documents", which=signed["GC-001"]))
    screen.panel.correct.click()
    assert screen.panel.why.hasFocus()
    type_text(screen.panel.why, "天气写错")
    with qtbot.waitSignal(screen.go, timeout=5_000) as went:
        QTest.keyClick(screen.panel.why, Qt.Key.Key_Return)
    place = went.args[0]
    assert place.screen == "inspect"
    assert drafts.read(county.workspace, place.which).about.corrects.why == "天气写错"


def test_sheets_that_wait_for_signatures_are_one_press_away(
    county: County, shown: Shown[DocumentsScreen], qtbot: QtBot
) -> None:
    county.passed()
    screen = shown(DocumentsScreen, Place("documents"))
    assert screen._empty.isVisible()
    assert say("documents-evening", count=1) in screen.sign.text()
    with qtbot.waitSignal(screen.go) as went:
        screen.sign.click()
    assert went.args[0] == Place("evening")


def test_a_small_window_shows_the_document_alone(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle
) -> None:
    screen = shown(DocumentsScreen, Place("documents"), size=(960, 575))
    assert not screen.panel.isVisible()
    screen.list.go_to(signed["GC-001"])
    QTest.keyClick(screen.list, Qt.Key.Key_Return)
    settle()
    assert screen.panel.isVisible()
    assert not screen._work.isVisible()
    QTest.keyClick(screen.panel.paper, Qt.Key.Key_Escape)
    assert screen._work.isVisible()


def test_a_word_that_nothing_has_says_so(signed: dict[str, str], shown: Shown[DocumentsScreen]) -> None:
    screen = shown(DocumentsScreen, Place("documents"))
    type_text(screen.search.line, "没有的")
    assert screen._missing.isVisible()


def test_a_file_dropped_on_another_page_is_verified_here(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, tmp_path: Path, county: County
) -> None:
    file = tmp_path / "brought.pdf"
    file.write_bytes(inspections.pdf(county.workspace, signed["GC-001"]))
    screen = shown(DocumentsScreen, Place("documents", spot=str(file)))
    assert screen.panel._title.text() == "brought.pdf"
    assert screen.panel.said.text().strip() == say("documents-good")
    assert not screen.here().spot


def test_a_pdf_dropped_on_any_page_of_the_window_is_verified(
    signed: dict[str, str], window: Window, settle: Settle, tmp_path: Path, county: County
) -> None:
    file = tmp_path / "brought.pdf"
    file.write_bytes(inspections.pdf(county.workspace, signed["GC-001"]))
    drop(window, file)
    settle()
    screen = window.screen_shown
    assert isinstance(screen, DocumentsScreen)
    assert screen.panel._title.text() == "brought.pdf"


def test_notices_and_proofs_stand_in_the_list_and_prove_themselves(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, county: County
) -> None:
    screen = shown(DocumentsScreen, Place("documents", which=signed["notice"]))
    assert screen.list.current() == signed["notice"]
    assert screen.panel.said.text().strip() == say("documents-good")
    assert screen.panel.office.isVisible()
    assert not screen.panel.correct.isVisible()
    screen.narrowing.kinds["service"].click()
    assert [row.key for row in screen.list.rows.rows] == [signed["proof"]]
    screen.list.go_to(signed["proof"])
    settle()
    screen.panel.tell.click()
    settle()
    assert "到期日" in QGuiApplication.clipboard().text()
    screen.narrowing.kinds["sheets"].click()
    assert {row.key for row in screen.list.rows.rows} == {signed["GC-001"], signed["BX-003"]}
    screen.narrowing.categories[Category.SELF].click()
    assert screen._missing.isVisible()


def test_all_documents_of_a_finding_stand_together(
    signed: dict[str, str], shown: Shown[DocumentsScreen]
) -> None:
    screen = shown(DocumentsScreen, Place("documents", which=signed["finding"]))
    wanted = {signed["GC-001"], signed["notice"], signed["proof"]}
    assert {row.key for row in screen.list.rows.rows} == wanted
    screen.narrowing.finding.click()
    assert screen.list.rows.rowCount() == len(wanted) + 1


def test_a_draft_is_opened_where_it_is_worked_on(
    county: County, shown: Shown[DocumentsScreen], qtbot: QtBot
) -> None:
    rectifying.found(county, "东门", site="GC-001")
    (draft,) = rectifying.drafted(county)
    screen = shown(DocumentsScreen, Place("documents"))
    with qtbot.waitSignal(screen.go) as went:
        screen.turn_to(Place("documents", which=draft))
    assert went.args[0] == Place("notices", which=draft)


def test_what_waits_in_the_office_is_one_press_away(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, qtbot: QtBot, county: County
) -> None:
    screen = shown(DocumentsScreen, Place("documents", which=signed["notice"]))
    with qtbot.waitSignal(screen.go) as went:
        screen.office.click()
    assert went.args[0] == Place("notices")
    with qtbot.waitSignal(screen.go) as went:
        screen.panel.office.click()
    assert went.args[0] == Place("notices", which=signed["notice"])


def test_the_paper_that_came_back_is_scanned_and_stays_with_its_proof(
    signed: dict[str, str], shown: Shown[DocumentsScreen], settle: Settle, tmp_path: Path, county: County
) -> None:
    scan = tmp_path / "签收件.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + bytes(30))
    screen = shown(DocumentsScreen, Place("documents", which=signed["proof"]))
    screen.panel.scanned.click()
    screen.panel.scans.keep_file(scan)
    settle()
    assert [one.name for one in notices.scans_of(county.workspace, signed["proof"])] == ["签收件.jpg"]
    assert say("documents-scans-count", count=1) in screen.panel.scanned.text()
