"""检查表: what is in use, what a file would change, what is wrong with it by line, and an edition that is published."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.places import shipped
from inspector.services import form_files, forms
from inspector.ui.office.form_panel import item_rows
from inspector.ui.office.forms import FormsScreen
from inspector.ui.screen import Place
from tests.county import County


def edited(folder: Path, before: str, after: str) -> Path:
    """A shipped checklist with one text changed."""
    name = next(one.file for one in forms.every(None) if one.form.id == "GC")
    file = folder / name
    text = (shipped("forms") / name).read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")
    return file


def test_every_form_is_listed_with_its_state_and_what_it_asks(shown, county: County):
    screen = shown(FormsScreen, Place("forms", which="GC"))
    usable = forms.every(county.workspace)
    assert [row.key for row in screen.list.rows.rows] == [one.form.id for one in usable]
    form = forms.of_id(county.workspace, "GC")
    assert screen.panel.title.text() == form.title
    assert len(screen.panel.items.rows.rows) == len(item_rows(form)) == len(form.header) + len(form.by_code)
    assert not screen.bad.isVisible()


def test_a_wrong_file_is_told_by_its_lines_and_cannot_be_used(shown, settle, tmp_path: Path):
    screen = shown(FormsScreen, Place("forms"))
    screen.look(edited(tmp_path, "edition = 1", "edition = = 1"))
    settle()
    assert "第 " in screen.looked.lines.text()
    assert "行" in screen.looked.lines.text()
    assert not screen.looked.yes.isVisible()
    QTest.keyClick(screen.looked.no, Qt.Key.Key_Return)
    assert screen.panel.isVisible()


def test_a_new_edition_shows_what_changes_is_used_and_published(
    shown, settle, county: County, tmp_path: Path
):
    screen = shown(FormsScreen, Place("forms", which="GC"))
    screen.look(edited(tmp_path, "edition = 1", "edition = 2"))
    settle()
    assert screen.looked.yes.isVisible()
    QTest.keyClick(screen.looked.yes, Qt.Key.Key_Return)
    settle()
    assert forms.of_id(county.workspace, "GC").edition == 2
    assert screen.list.current() == "GC"
    assert "代替随程序来的第 1 版" in screen.panel.about.text()
    screen.publish("GC")
    settle()
    assert form_files.published(county.workspace)["GC"].edition == 2
    assert not screen.panel.publish.isEnabled()


def test_an_own_file_that_cannot_be_used_is_told_above_the_list(shown, county: County, tmp_path: Path):
    folder = county.workspace.path / "forms"
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text("id = 3", "utf-8")
    screen = shown(FormsScreen, Place("forms"))
    assert screen.bad.isVisible()
    assert "own.toml" in screen.faults.text()
