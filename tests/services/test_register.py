"""The 整改台账: out to a unit, and back with its answers, row by row."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date, datetime, timedelta

import msgspec
import openpyxl
import pytest

from inspector.model.errors import BadInput, Refused
from inspector.model.finding import State
from inspector.model.request import Report
from inspector.services import findings, moves, people, register, register_answers, workspaces
from inspector.services.moves import Act
from tests.county import County
from tests.services.books import FIRST, cell, fill, jpeg, paste, row_of, saved_by_wps


@pytest.fixture(scope="module")
def signed(_county_path, tmp_path_factory):
    """示例县 with two signed findings of one unit, the first with a photo: its folder and their ids."""
    path = tmp_path_factory.mktemp("register") / "county"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as workspace:
        made = County(workspace)
        draft = made.passed()
        ids = [
            made.found(draft, "GC-05", jpeg(), place="东门").id,
            made.found(draft, "GC-05", place="西门", description="=1+1").id,
        ]
        made.signed(draft)
    return path, ids


@pytest.fixture
def county(signed, tmp_path):
    shutil.copytree(signed[0], tmp_path / "county")
    with workspaces.opened(tmp_path / "county") as workspace:
        yield County(workspace)


@pytest.fixture
def found(signed):
    return signed[1]


@pytest.fixture
def act(county):
    return Act(by=people.every(county.workspace)[0].id, now=county.now + timedelta(days=3))


@pytest.fixture
def book(county, found):
    """The register of the unit as it was sent out, open for filling in."""
    data = register.export(county.workspace, findings.one(county.workspace, found[0]).lead_unit).data
    return openpyxl.load_workbook(io.BytesIO(data))


def sent_back(county, book, act, tmp_path):
    file = tmp_path / "台账.xlsx"
    book.save(file)
    return register_answers.import_file(county.workspace, file, act)


def one(county, finding):
    return findings.one(county.workspace, finding)


def codes(done):
    return [(error.cell, error.code) for error in done.errors]


def test_a_register_is_a_list_that_prints_and_holds_no_formula(county, found, book):
    sheet = book.active
    headings = [sheet.cell(3, column).value for column in range(1, 17)]
    assert headings[:6] == ["序号", "点位", "位置", "问题描述", "照片", "牵头"]
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["Q"].hidden
    assert {row_of(book, finding) for finding in found} == {4, 5}
    text = cell(book, row_of(book, found[1]), "description")
    assert (text.value, text.data_type, text.quotePrefix) == ("=1+1", "s", True)
    assert cell(book, 4, "state").value == "待交办"
    assert len(sheet._images) == 1
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_what_was_sent_out_and_comes_back_untouched_changes_nothing(county, found, book, act, tmp_path):
    done = sent_back(county, book, act, tmp_path)
    assert (done.changed, done.unchanged, done.errors) == ((), 2, ())


def test_a_row_with_a_photo_comes_in_once(county, found, book, act, tmp_path):
    row = fill(book, found[0], note="已拍照")
    paste(book, row, jpeg((200, 220, 200)))
    done = sent_back(county, book, act, tmp_path)
    assert (done.changed, done.errors) == ((found[0],), ())
    report = one(county, found[0]).report
    assert (report.measures, report.finished, report.person, report.note) == (
        "已清理",
        "2026-11-26",
        "王某",
        "已拍照",
    )
    assert len(report.photos) == 1
    assert one(county, found[0]).state is State.REPORTED
    again = register_answers.import_file(county.workspace, tmp_path / "台账.xlsx", act)
    assert (again.changed, again.unchanged, again.errors) == ((), 2, ())


def test_the_register_of_an_answered_finding_comes_back_as_it_is(county, found, book, act, tmp_path):
    paste(book, fill(book, found[0]), jpeg((200, 220, 200)))
    sent_back(county, book, act, tmp_path)
    data = register.export(county.workspace, one(county, found[0]).lead_unit).data
    filled = openpyxl.load_workbook(io.BytesIO(data))
    row = row_of(filled, found[0])
    assert cell(filled, row, "finished").value == datetime(2026, 11, 26)  # noqa: DTZ001
    assert len(filled.active._images) == 2
    done = sent_back(county, filled, act, tmp_path)
    assert (done.changed, done.unchanged, done.errors) == ((), 2, ())


def test_a_good_row_comes_in_beside_a_bad_one_whose_cells_are_named(county, found, book, act, tmp_path):
    fill(book, found[0])
    row = fill(book, found[1], finished="下周", person="")
    done = sent_back(county, book, act, tmp_path)
    assert done.changed == (found[0],)
    assert codes(done) == [(f"L{row}", "not-a-date"), (f"M{row}", "missing-value")]
    assert one(county, found[1]).report is None


def test_a_row_whose_picture_is_none_stays_outside_as_a_whole(county, found, book, act, tmp_path):
    row = fill(book, found[0])
    paste(book, row, jpeg())
    file = tmp_path / "台账.xlsx"
    book.save(file)
    broken = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(broken, "w") as new:
        media = [name for name in old.namelist() if name.startswith("xl/media/")]
        for name in old.namelist():
            new.writestr(name, b"no picture" if name in media else old.read(name))
    done = register_answers.import_file(county.workspace, broken, act)
    assert done.changed == ()
    assert codes(done) == [(f"N{row}", "picture-unreadable")]


@pytest.mark.parametrize(
    "value", ["2026/11/26", "2026.11.26", "2026年11月26日", "２０２６－１１－２６", 46352]
)
def test_a_date_in_any_usual_spelling_is_understood(county, found, book, act, tmp_path, value):
    row = fill(book, found[0], finished=value)
    cell(book, row, "finished").number_format = "General"
    assert sent_back(county, book, act, tmp_path).changed == (found[0],)
    assert one(county, found[0]).report.finished == "2026-11-26"


@pytest.mark.parametrize(
    ("value", "code"), [(date(2026, 11, 1), "before-found"), (date(2027, 1, 1), "in-future")]
)
def test_nothing_is_done_before_it_was_found_nor_tomorrow(county, found, book, act, tmp_path, value, code):
    row = fill(book, found[0], finished=value)
    assert codes(sent_back(county, book, act, tmp_path)) == [(f"L{row}", code)]


def test_a_formula_in_a_filled_cell_is_refused_and_a_text_that_looks_like_one_is_text(
    county, found, book, act, tmp_path
):
    row = fill(book, found[0], measures='=HYPERLINK("https://a.invalid","y")')
    fill(book, found[1])
    text = cell(book, row_of(book, found[1]), "measures")
    text.value, text.data_type = "=已清理", "s"
    done = sent_back(county, book, act, tmp_path)
    assert codes(done) == [(f"K{row}", "formula")]
    assert one(county, found[1]).report.measures == "=已清理"
    data = register.export(county.workspace, one(county, found[1]).lead_unit).data
    out = openpyxl.load_workbook(io.BytesIO(data))
    assert cell(out, row_of(out, found[1]), "measures").data_type == "s"


def test_a_picture_that_wps_keeps_in_a_cell_is_found(county, found, book, act, tmp_path):
    row = fill(book, found[0])
    file = tmp_path / "wps.xlsx"
    saved_by_wps(book, row, jpeg((10, 200, 10)), file)
    done = register_answers.import_file(county.workspace, file, act)
    assert (done.changed, done.errors) == ((found[0],), ())
    assert len(one(county, found[0]).report.photos) == 1


def test_a_picture_in_a_cell_that_the_file_does_not_hold_is_named(county, found, book, act, tmp_path):
    row = fill(book, found[0])
    cell(book, row, "after").value = '=DISPIMG("ID_GONE",1)'
    assert codes(sent_back(county, book, act, tmp_path)) == [(f"N{row}", "formula")]


def test_a_picture_below_the_list_is_said_and_holds_nothing_up(county, found, book, act, tmp_path):
    fill(book, found[0])
    paste(book, 30, jpeg((1, 2, 3)))
    done = sent_back(county, book, act, tmp_path)
    assert done.changed == (found[0],)
    assert codes(done) == [("N30", "picture-outside")]


def test_rows_that_were_mixed_up_are_noticed(county, found, book, act, tmp_path):
    row = fill(book, found[0])
    cell(book, row, "site").value = "另一个点位"
    assert codes(sent_back(county, book, act, tmp_path)) == [(f"A{row}", "finding-mixed-up")]


def test_a_finding_that_stands_twice_comes_in_once(county, found, book, act, tmp_path):
    first, second = (cell(book, row, "finding").value for row in (FIRST, FIRST + 1))
    fill(book, first)
    fill(book, second)
    cell(book, FIRST + 1, "finding").value = first
    done = sent_back(county, book, act, tmp_path)
    assert done.changed == (first,)
    assert codes(done) == [("A5", "finding-twice")]


def test_a_closed_finding_takes_no_answer(county, found, book, act, tmp_path):
    seen = moves.look(county.workspace, [found[0]])
    moves.withdraw(county.workspace, seen, act, reason="不是问题")
    row = fill(book, found[0])
    assert codes(sent_back(county, book, act, tmp_path)) == [(f"O{row}", "finding-not-now")]


def test_a_row_without_its_id_and_number_is_not_guessed(county, found, book, act, tmp_path):
    row = fill(book, found[0])
    cell(book, row, "finding").value = None
    assert codes(sent_back(county, book, act, tmp_path)) == [(f"A{row}", "finding-not-found")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_is_no_workbook_is_said_so(county, found, act, tmp_path, content):
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        register_answers.import_file(county.workspace, file, act)
    assert refused.value.key == "table-broken"


def test_a_document_type_in_a_part_is_refused(county, found, book, act, tmp_path):
    fill(book, found[0])
    plain, file = io.BytesIO(), tmp_path / "bomb.xlsx"
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/cellimages.xml", b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')
    with pytest.raises(BadInput) as refused:
        register_answers.import_file(county.workspace, file, act)
    assert refused.value.key == "table-broken"


def test_an_answer_that_was_taken_down_by_telephone_is_in_the_register(county, found, act):
    said = Report(measures="已清理", person="王某", finished="2026-11-26", source="电话")
    seen = moves.look(county.workspace, [found[0]])
    moves.report(county.workspace, seen, act, said=said)
    data = register.export(county.workspace, one(county, found[0]).lead_unit, states=[State.REPORTED]).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert cell(book, FIRST, "measures").value == "已清理"
    assert cell(book, FIRST + 1, "finding").value is None


def test_an_act_in_the_register_names_its_person(county, found, book, act, tmp_path):
    fill(book, found[0])
    sent_back(county, book, act, tmp_path)
    last = findings.timeline(county.workspace, found[0])[-1]
    assert (last.person, last.fields["report"]["source"]) == (act.by, "register")
    assert msgspec.structs.asdict(last.steps[0].step)["by"] == act.by


def test_what_a_file_would_do_is_seen_row_by_row_and_nothing_is_written(county, found, book, act, tmp_path):
    paste(book, fill(book, found[0]), jpeg((10, 200, 10)))
    fill(book, found[1], finished="后天")
    file = tmp_path / "台账.xlsx"
    book.save(file)
    seen = register_answers.preview(county.workspace, file, now=act.now)
    by_finding = {row.finding: row for row in seen.rows}
    assert [by_finding[one].comes for one in found] == [True, False]
    assert seen.coming == 1
    assert len(by_finding[found[0]].pictures) == 1
    assert by_finding[found[0]].pictures[0].startswith(b"\xff\xd8")
    assert by_finding[found[1]].problems[0].code == "not-a-date"
    assert one(county, found[0]).state is State.OPEN
    done = register_answers.import_file(county.workspace, file, act, previewed=seen.digest)
    assert done.changed == (found[0],)
    again = register_answers.preview(county.workspace, file, now=act.now)
    assert [row.same for row in again.rows if row.finding == found[0]] == [True]
    assert again.coming == 0


def test_a_file_that_was_changed_after_it_was_looked_at_stays_outside(county, found, book, act, tmp_path):
    fill(book, found[0])
    file = tmp_path / "台账.xlsx"
    book.save(file)
    seen = register_answers.preview(county.workspace, file, now=act.now)
    again = openpyxl.load_workbook(file)
    fill(again, found[1])
    again.save(file)
    with pytest.raises(Refused, match="register-changed"):
        register_answers.import_file(county.workspace, file, act, previewed=seen.digest)
    assert one(county, found[0]).state is State.OPEN


def test_registers_of_several_units_are_files_named_by_unit_and_day(county, found, tmp_path):
    (count,) = register.counts(county.workspace)
    assert (count.open, count.reported) == (2, 0)
    told = []
    written = register.export_files(
        county.workspace,
        [count.unit.id],
        tmp_path / "out",
        called="整改台账",
        on=county.now.date(),
        report=lambda done, total: told.append((done, total)),
    )
    assert [file.name for file in written] == [f"整改台账_{count.unit.label}_20261124.xlsx"]
    assert told == [(1, 1)]
    assert openpyxl.load_workbook(written[0]).active.max_row == 5
