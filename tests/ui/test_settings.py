"""设置: what is chosen holds at once and is there after a restart; the workspace, its backup, its forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.places import shipped
from inspector.services import check, chosen, copies, forms, units, workspaces
from inspector.ui.screen import Place
from inspector.ui.settings.forms import FormsPart
from inspector.ui.settings.look import LookPart
from inspector.ui.settings.screen import SettingsScreen
from inspector.ui.settings.visit import VisitPart
from inspector.ui.settings.workspace import WorkspacePart
from inspector.ui.theme import DARK, Look, theme
from inspector.ui.window import Window
from tests.county import County
from tests.ui.conftest import Shown, press, type_text


@pytest.fixture
def settings(shown: Shown[SettingsScreen]) -> Callable[[str], SettingsScreen]:
    def at(spot: str) -> SettingsScreen:
        return shown(SettingsScreen, Place("settings", spot=spot))

    return at


def test_the_look_is_worn_at_once_and_remembered(
    window: Window, county: County, look: Callable[[Look], None], settle: Callable[[], None]
) -> None:
    window.show_place(Place("settings", spot="look"))
    settle()
    screen = window.screen_shown
    assert isinstance(screen, SettingsScreen)
    part = screen.parts["look"]
    assert isinstance(part, LookPart)
    part.themes["dark"].click()
    part.text._group.button(2).click()
    part.big.click()
    settle()
    assert theme.look == Look(base=DARK, big=True, text_percent=150)
    kept = chosen.appearance(county.workspace)
    assert (kept.base, kept.big, kept.text_percent, kept.sunlight) == ("dark", True, 150, False)


def test_sunlight_by_f9_shows_in_the_settings(
    window: Window, look: Callable[[Look], None], settle: Callable[[], None]
) -> None:
    window.show_place(Place("settings"))
    settle()
    QTest.keyClick(window, Qt.Key.Key_F9)
    screen = window.screen_shown
    assert isinstance(screen, SettingsScreen)
    part = screen.parts["look"]
    assert isinstance(part, LookPart)
    assert part.themes["sunlight"].isChecked()
    part.themes["light"].click()
    assert theme.look == Look()


def test_sections_are_opened_by_keyboard(
    settings: Callable[[str], SettingsScreen], settle: Callable[[], None]
) -> None:
    screen = settings("")
    screen.take_focus()
    press(screen, Qt.Key.Key_Tab)
    press(screen, Qt.Key.Key_Space)
    settle()
    assert screen.here().spot == "visit"
    assert screen.parts["visit"].isVisible()


def test_what_a_visit_begins_with_is_shown_and_can_be_forgotten(
    settings: Callable[[str], SettingsScreen], county: County, settle: Callable[[], None]
) -> None:
    chosen.keep_visit(county.workspace, chosen.Visit(team=county.team))
    part = settings("visit").parts["visit"]
    assert isinstance(part, VisitPart)
    assert part.values["settings-visit-members"].text() == "检查员甲、检查员乙"
    part.forget.click()
    settle()
    assert chosen.visit(county.workspace) == chosen.Visit()
    assert not part.forget.isVisible()


def test_the_laptop_gets_the_name_that_others_see(
    settings: Callable[[str], SettingsScreen], county: County, settle: Callable[[], None]
) -> None:
    part = settings("workspace").parts["workspace"]
    assert isinstance(part, WorkspacePart)
    part.laptop.clear()
    type_text(part.laptop, "03 号机")
    part.laptop.commit()
    settle()
    assert copies.own_label(county.workspace) == "03 号机"


def test_a_backup_is_written_and_a_file_that_is_there_is_not_overwritten(
    settings: Callable[[str], SettingsScreen], county: County, tmp_path: Path, settle: Callable[[], None]
) -> None:
    part = settings("workspace").parts["workspace"]
    assert isinstance(part, WorkspacePart)
    file = tmp_path / "backup.zip"
    part.write(file)
    assert not part.backup.isEnabled()
    settle()
    assert part.said.property("kind") == "ok"
    before = file.read_bytes()
    part.write(file)
    settle()
    assert part.said.property("kind") == "bad"
    assert file.read_bytes() == before
    check.restore(file, tmp_path / "again")
    with workspaces.opened(tmp_path / "again") as again:
        assert again.ledger == county.workspace.ledger


def test_a_list_of_units_comes_in_and_what_is_wrong_with_it_is_said(
    settings: Callable[[str], SettingsScreen], county: County, tmp_path: Path, settle: Callable[[], None]
) -> None:
    part = settings("workspace").parts["workspace"]
    assert isinstance(part, WorkspacePart)
    known = len(units.every(county.workspace))
    assert str(known) in part.units.text()
    file = tmp_path / "单位.csv"
    file.write_text("单位名称,简称\n县林业局,林业局\n", "utf-8")
    part.take_units(file)
    settle()
    assert part.came.isVisible()
    assert [one.name for one in units.every(county.workspace)].count("县林业局") == 1
    assert str(known + 1) in part.units.text()
    file.write_text("单位名称,简称\n,林业局\n", "utf-8")
    part.take_units(file)
    settle()
    assert part.came._problems.isVisible()
    assert len(units.every(county.workspace)) == known + 1


def test_forms_are_listed_with_their_editions_and_own_files_that_cannot_be_used(
    settings: Callable[[str], SettingsScreen], county: County, settle: Callable[[], None]
) -> None:
    folder = county.workspace.path / "forms"
    folder.mkdir(exist_ok=True)
    theirs = next(iter(sorted(shipped("forms").glob("*.toml"))))
    (folder / theirs.name).write_text(theirs.read_text("utf-8"), "utf-8")
    (folder / "broken.toml").write_text("title = 没有引号\n", "utf-8")
    screen = settings("forms")
    part = screen.parts["forms"]
    assert isinstance(part, FormsPart)
    listed = forms.every(county.workspace)
    assert [row.key for row in part.list.rows.rows] == [one.form.id for one in listed]
    own = next(one for one in listed if one.own)
    assert theirs.name in next(row.note for row in part.list.rows.rows if row.key == own.form.id)
    assert part.bad.isVisible()
    assert "broken.toml" in part.faults.text()
    (folder / "broken.toml").unlink()
    screen.refresh()
    settle()
    assert not part.bad.isVisible()
