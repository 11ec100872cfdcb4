"""Steps and registers of findings that stand in a notice: printed numbers, and what a transfer does to them."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from inspector.model.deed import Deed
from inspector.model.errors import Refused
from inspector.model.next_step import Next
from inspector.model.paper import Kind
from inspector.model.request import Subject
from inspector.services import (
    case_file,
    finding_page,
    findings,
    moves,
    notices,
    people,
    register,
    register_answers,
    requests,
    scans,
    units,
)
from inspector.services.moves import Act
from inspector.tables.headings import REGISTER
from tests.services import rectifying

COLUMNS = tuple(REGISTER.spellings)


def test_a_finding_is_named_by_its_printed_number_and_a_transfer_lets_it_into_a_new_notice(county):
    ids = rectifying.found(county, "东门", "西门")
    rectifying.allotted(county)
    (notice,) = rectifying.issued(county)
    assert notices.numbers_of(county.workspace) == {ids[0]: "17-1", ids[1]: "17-2"}
    (seen,) = moves.look(county.workspace, ["17-2"])
    assert seen.finding == ids[1]
    act = Act(by=people.every(county.workspace)[0].id, now=rectifying.LATER + timedelta(hours=1))
    other = next(
        unit
        for unit in units.every(county.workspace)
        if not unit.party and unit.id != findings.one(county.workspace, ids[1]).lead_unit
    )
    assert rectifying.planned(county).notices == ()
    requests.grant(
        county.workspace, [seen], act, Subject.TRANSFER, asked_by="住建局", reason="不归我局", after=other.id
    )
    (again,) = rectifying.planned(county, now=act.now).notices
    assert again.to.id == other.id
    assert [row.finding for row in again.rows] == [ids[1]]
    assert notice.findings == tuple(ids)


def test_a_row_that_lost_its_id_is_found_by_its_printed_number_and_site(county, tmp_path):
    ids = rectifying.found(county, "东门", "西门")
    rectifying.allotted(county)
    rectifying.issued(county)
    lead = findings.one(county.workspace, ids[0]).lead_unit
    book = openpyxl.load_workbook(io.BytesIO(register.export(county.workspace, lead).data))
    sheet = book.active
    row = next(row for row in (4, 5) if sheet.cell(row, 1).value == "17-2")
    for column, value in (("finding", None), ("measures", "已清理"), ("person", "王某")):
        sheet.cell(row, COLUMNS.index(column) + 1).value = value
    sheet.cell(row, COLUMNS.index("finished") + 1).value = "2026-11-25"
    book.save(tmp_path / "台账.xlsx")
    act = Act(by=people.every(county.workspace)[0].id, now=county.now + timedelta(days=3))
    done = register_answers.import_file(county.workspace, tmp_path / "台账.xlsx", act)
    assert (done.changed, done.errors) == ((ids[1],), ())


def test_a_case_holds_sheet_notice_scan_and_photos_in_order(county, tmp_path):
    ids = rectifying.found(county, "东门")
    rectifying.allotted(county)
    issued = rectifying.issued(county)
    act = Act(by=people.every(county.workspace)[0].id, now=rectifying.LATER + timedelta(days=9))
    scan = tmp_path / "回函.pdf"
    scan.write_bytes(b"%PDF-1.4 no whole one")
    kept = scans.keep(county.workspace, scan)
    seen = moves.look(county.workspace, ids)
    moves.attach(county.workspace, seen, act, scan=(kept.sha256, kept.bytes), name=scan.name)
    done = case_file.of_findings(county.workspace, ["17-1"], tmp_path / "卷宗")
    numbers = [piece.number for piece in done.pieces]
    assert issued[0].number in numbers
    assert done.missing == 0
    assert [piece.date for piece in done.pieces] == sorted(piece.date for piece in done.pieces)
    endings = [piece.file.rpartition(".")[2] for piece in done.pieces]
    assert sorted(endings) == ["jpg", "pdf", "pdf", "pdf"]
    assert next(piece.pages for piece in done.pieces if piece.number == issued[0].number) >= 1
    assert len(list((tmp_path / "卷宗").iterdir())) == 5


def test_an_export_that_is_stopped_takes_back_what_it_wrote(county, tmp_path):
    ids = rectifying.found(county, "东门", "西门")
    told = []

    class Stopped(Exception):
        pass

    def stop(done, total):
        told.append((done, total))
        if done == 2:
            raise Stopped

    for there in (False, True):
        folder = tmp_path / f"卷宗{there}"
        if there:
            folder.mkdir()
        told.clear()
        with pytest.raises(Stopped):
            case_file.of_findings(county.workspace, ids, folder, report=stop)
        assert told[0][0] == 0
        assert folder.exists() == there
        assert not there or not list(folder.iterdir())


def test_a_limit_that_stands_in_a_notice_is_not_replaced(county):
    ids = rectifying.found(county, "东门")
    rectifying.allotted(county)
    rectifying.issued(county)
    act = Act(by=people.every(county.workspace)[0].id, now=rectifying.LATER)
    with pytest.raises(Refused) as refused:
        moves.new_limit(county.workspace, moves.look(county.workspace, ids), act, limit=rectifying.WORKDAYS)
    assert refused.value.key == "limit-in-notice"
    page = finding_page.read(county.workspace, ids[0], now=rectifying.LATER)
    assert Deed.LIMIT not in page.deeds
    assert (page.next, page.printed) == (Next.SERVE, "17-1")
    assert [paper.kind for paper in page.papers] == [Kind.NOTICE]
