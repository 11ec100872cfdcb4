"""What a clerk does to many documents: rows out of a draft, many issued, many served, receivers from a list."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import openpyxl
import pytest

from inspector.model.errors import BadInput, Refused
from inspector.model.finding import Role
from inspector.model.notice import Decision, Notice, Press
from inspector.model.paper import Kind, Standing, Way
from inspector.services import (
    drafting,
    issuing,
    moves,
    notices,
    numbers,
    paper_list,
    pressing,
    receivers,
    serving,
    trimming,
)
from inspector.services.issuing import Issuer
from inspector.services.moves import Act
from tests.county import NOW, County
from tests.services import rectifying
from tests.services.rectifying import CONTACT, LATER, WORKDAYS


class Enough(Exception):
    """What a report raises when nobody wants the rest."""


def unheard(done: int, total: int) -> None:
    """Nobody wants to know."""


def stop_after(n: int):
    """A report that stops once `n` are done."""

    def report(done: int, total: int) -> None:
        if done >= n:
            raise Enough

    return report


def test_a_row_taken_out_leaves_a_whole_draft_and_sets_its_finding_free(county: County):
    first, second, third = rectifying.found(county, "东门", "西门", "北门")
    (which,) = rectifying.drafted(county)
    notices.change(county.workspace, which, requirements={3: "请清运干净"}, now=LATER)
    before = notices.document(county.workspace, which)
    assert isinstance(before, Notice)
    after = trimming.without(county.workspace, which, [2], now=LATER)
    assert isinstance(after, Notice)
    assert [(row.row, row.finding, row.requirement) for row in after.rows] == [
        (1, first, ""),
        (2, third, "请清运干净"),
    ]
    assert "2处" in after.opening
    row = notices.one(county.workspace, which)
    assert (row.findings, row.standing) == ((first, third), Standing.DRAFT)
    (again,) = rectifying.planned(county).notices
    assert [one.finding for one in again.rows] == [second]
    trimming.restore(county.workspace, before, now=LATER)
    back = notices.document(county.workspace, which)
    assert back == msgspec.structs.replace(before, checked=Decision())
    assert not rectifying.planned(county).notices
    trimming.without(county.workspace, which, [2], now=LATER)
    drafting.draft(county.workspace, rectifying.planned(county), now=LATER)
    with pytest.raises(Refused, match="notice-finding-taken"):
        trimming.restore(county.workspace, before, now=LATER)


def test_the_last_row_is_not_taken_out_nor_one_of_what_is_issued(county: County):
    rectifying.allotted(county)
    rectifying.found(county, "东门", "西门")
    (which,) = rectifying.drafted(county)
    with pytest.raises(Refused, match="notice-last-row"):
        trimming.without(county.workspace, which, [1, 2], now=LATER)
    with pytest.raises(BadInput, match="notice-no-row"):
        trimming.without(county.workspace, which, [3], now=LATER)
    rectifying.issued(county, (which,))
    with pytest.raises(Refused, match="notice-not-draft"):
        trimming.without(county.workspace, which, [1], now=LATER)


def test_a_row_is_taken_out_of_a_press_too(county: County):
    rectifying.allotted(county)
    ids = rectifying.found(county, "东门", "西门")
    (notice,) = rectifying.issued(county)
    at = LATER + timedelta(minutes=5)
    serving.serve(county.workspace, [notice.id], rectifying.receipt(at), county.signers()[0], now=at)
    late = LATER + timedelta(days=20)
    planned = pressing.plan(
        county.workspace, limit=WORKDAYS, handled_by=county.signers()[0].person, contact=CONTACT, now=late
    )
    (which,) = pressing.draft(county.workspace, planned, now=late)
    after = trimming.without(county.workspace, which, [1], now=late)
    assert isinstance(after, Press)
    assert [(missed.row.row, missed.row.finding) for missed in after.rows] == [(1, ids[1])]
    assert "1处" in after.opening


@pytest.mark.parametrize("after", [0, 1, 2])
def test_issuing_each_that_is_stopped_leaves_whole_documents_and_whole_drafts(county: County, after: int):
    rectifying.allotted(county)
    for site in ("GC-001", "BX-001"):
        rectifying.found(county, "东门", site=site)
    made = rectifying.drafted(county)
    issuer = Issuer(key=county.signers()[0])
    if after < len(made):
        with pytest.raises(Enough):
            issuing.issue_each(county.workspace, made, issuer, now=LATER, report=stop_after(after))
    else:
        issuing.issue_each(county.workspace, made, issuer, now=LATER, report=unheard)
    standings = [notices.one(county.workspace, one).standing for one in made]
    assert standings == [Standing.ISSUED] * after + [Standing.CHECKED] * (2 - after)
    (upcoming,) = numbers.upcoming(county.workspace, NOW.year)
    assert upcoming.number is not None and upcoming.number.n == 17 + after


def test_one_that_cannot_be_issued_is_named_and_costs_no_number(county: County):
    rectifying.allotted(county)
    ids = [rectifying.found(county, "东门", site=site)[0] for site in ("GC-001", "BX-001")]
    made = rectifying.drafted(county)
    act = Act(by=county.signers()[0].person.id, now=LATER, role=Role.OFFICE)
    gone = notices.one(county.workspace, made[0]).findings[0]
    assert gone in ids
    moves.withdraw(county.workspace, moves.look(county.workspace, [gone]), act, reason="记错")
    first, second = issuing.issue_each(
        county.workspace, made, Issuer(key=county.signers()[0]), now=LATER, report=unheard
    )
    assert first.error is not None and first.error.key == "notice-finding-done"
    assert second.issued is not None and second.issued.number.endswith("17号")


def test_service_that_is_stopped_has_served_whole_units_and_left_the_others(county: County):
    rectifying.allotted(county)
    for site in ("GC-001", "BX-001"):
        rectifying.found(county, "东门", site=site)
    rows = rectifying.issued(county)
    at = LATER + timedelta(minutes=5)
    with pytest.raises(Enough):
        serving.serve(
            county.workspace,
            [row.id for row in rows],
            rectifying.receipt(at),
            county.signers()[0],
            now=at,
            report=stop_after(1),
        )
    standings = [notices.one(county.workspace, row.id).standing for row in rows]
    assert standings == [Standing.SERVED, Standing.ISSUED]
    assert [row.kind for row in notices.every(county.workspace)].count(Kind.SERVICE) == 1


# A list of receivers


def table(folder: Path, rows: list[list[str]], kind: str) -> Path:
    """A list as people send it."""
    file = folder / f"receivers.{kind}"
    if kind == "csv":
        file.write_text("\n".join(",".join(row) for row in rows), encoding="gb18030")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(file)
    return file


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_receivers_says_who_how_and_where(county: County, tmp_path: Path, kind: str):
    usual = rectifying.receipt(name="", position="", place="收发室")
    rows = [
        ["受送达单位", "收件人", "送达方式", "关系", "送达地点"],
        ["城管局", "收件人甲", "", "", ""],
        ["县住房和城乡建设局", "收件人乙", "代收", "门卫", "一楼"],
    ]
    seen = receivers.read_file(county.workspace, table(tmp_path, rows, kind), usual)
    assert not seen.errors
    first, second = seen.by_unit.values()
    assert (first.way, first.name, first.place, first.at) == (Way.RECEIPT, "收件人甲", "收发室", usual.at)
    assert (second.way, second.relation, second.place) == (Way.RECEIVED_FOR, "门卫", "一楼")


def test_rows_that_say_nothing_usable_are_named_and_the_good_ones_count(county: County, tmp_path: Path):
    rows = [
        ["单位", "收件人", "送达方式"],
        ["城管局", "收件人甲", "签收"],
        ["城管局", "收件人乙", "签收"],
        ["没有的单位", "收件人丙", "签收"],
        ["县住房和城乡建设局", "收件人丁", "托梦"],
        ["县水利局", "收件人戊", "拒收"],
        ["县教育局", "=1+1", "签收"],
    ]
    file = table(tmp_path, rows, "csv")
    seen = receivers.read_file(county.workspace, file, rectifying.receipt(name=""))
    assert len(seen.by_unit) == 1
    assert {(one.row, one.code) for one in seen.errors} == {
        (3, "duplicate-unit"),
        (4, "unknown-unit"),
        (5, "unknown-way"),
        (6, "missing-value"),
        (7, "unknown-unit"),
        (7, "formula-like"),
    }


# Lists


def test_the_documents_of_a_finding_are_its_sheet_its_notices_and_their_proof(county: County):
    rectifying.allotted(county)
    one, other = (rectifying.found(county, "东门", site=site)[0] for site in ("GC-001", "BX-001"))
    rows = rectifying.issued(county)
    mine = next(row for row in rows if one in row.findings)
    at = LATER + timedelta(minutes=5)
    (proof,) = serving.serve(county.workspace, [mine.id], rectifying.receipt(at), county.signers()[0], now=at)
    of_one = paper_list.of_finding(county.workspace, one)
    assert {mine.id, proof.id} < of_one and len(of_one) == 3
    assert len(paper_list.of_finding(county.workspace, other)) == 2
    every = paper_list.every(county.workspace)
    assert {listed.id for listed in every} == of_one | paper_list.of_finding(county.workspace, other)
    assert [listed.day[:10] for listed in every] == sorted((one.day[:10] for one in every), reverse=True)
    assert {listed.kind for listed in paper_list.desk(county.workspace)} == {Kind.NOTICE}
