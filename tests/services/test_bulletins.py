"""督查通报: the figures of a period, drafted, checked by another, issued with number and signature; its files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from inspector.model.errors import InspectorError
from inspector.model.notice import Bulletin
from inspector.services import bulletin_files, bulletins, issuing, notices, settings, verification
from inspector.services.figures import Period
from inspector.services.issuing import Issuer
from tests.county import NOW, County
from tests.services import rectifying as doing

NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
MUCH_LATER = NOW + timedelta(days=20)


def wanted(county: County, **given: object) -> bulletins.Wanted:
    fields = {"period": NOVEMBER, "handled_by": county.signers()[0].person, "contact": doing.CONTACT}
    return bulletins.Wanted(**(fields | given))


@pytest.fixture
def served(county: County) -> list[str]:
    """Three findings of one visit, in an issued notice that arrived; the first was put right."""
    from inspector.services import serving

    ids = doing.found(county, "东门", "西门", "南门")
    doing.allotted(county)
    (notice,) = doing.issued(county)
    serving.serve(
        county.workspace,
        (notice.id,),
        doing.receipt(),
        county.signers()[0],
        now=doing.LATER + timedelta(minutes=10),
    )
    at = NOW + timedelta(days=2)
    doing.reinspected(county, doing.passes(county, ids[0]), at=at)
    return ids


def content(county: County, entity: str) -> Bulletin:
    said = notices.document(county.workspace, entity)
    assert isinstance(said, Bulletin)
    return said


def refused(key: str, call: object, *given: object, **named: object) -> None:
    with pytest.raises(InspectorError) as raised:
        call(*given, **named)  # type: ignore[operator]
    assert raised.value.key == key


def test_a_bulletin_is_drafted_checked_by_another_and_issued_and_its_file_proves_itself(
    county, served, tmp_path
):
    period = Period(first=date(2026, 11, 1), last=date(2026, 12, 5))
    made = bulletins.draft(county.workspace, wanted(county, period=period), now=MUCH_LATER)
    draft = content(county, made)
    assert (draft.total.found, draft.total.due, draft.total.in_time, draft.total.overdue) == (3, 3, 1, 2)
    assert [len(one.rows) for one in draft.problems] == [2]
    assert not draft.ranked
    assert {one.place for one in draft.units} == {0}
    refused("doc-not-checked", issue, county, made)
    notices.review(county.workspace, [made], county.signers()[1], now=MUCH_LATER)
    issued = issue(county, made)
    assert issued.number.endswith("18号")
    (file, *others) = bulletin_files.export_files(county.workspace, made, tmp_path / "out")
    verdict = verification.in_workspace(county.workspace, file)
    assert (verdict.accepted, verdict.kind, verdict.number) == (True, "bulletin", issued.number)
    assert {one.suffix for one in others} == {".docx", ".xlsx"}
    refused("notice-not-draft", notices.review, county.workspace, [made], county.signers()[1], now=NOW)


def issue(county: County, which: str) -> notices.Row:
    (row,) = issuing.issue(
        county.workspace, [which], Issuer(key=county.signers()[0]), prefix=doing.PREFIX, now=MUCH_LATER
    )
    return row


def test_a_case_that_was_closed_shows_its_photos_before_and_after(county, served):
    made = bulletins.draft(county.workspace, wanted(county, cases=tuple(served[:2])), now=MUCH_LATER)
    closed, still = content(county, made).cases
    assert (len(closed.before), len(closed.after), closed.closed) == (1, 1, "2026-11-26")
    assert (len(still.before), len(still.after), still.closed) == (1, 0, "")
    chosen = content(county, bulletins.draft(county.workspace, wanted(county), now=MUCH_LATER))
    assert {case.finding for case in chosen.good} == {served[0]}  # closed in time, with both photos
    assert {case.finding for case in chosen.cases} == set(served[1:])


def test_places_and_boards_need_a_ranking_and_the_formula_is_printed(county, served, tmp_path):
    refused("ranking-off", bulletins.draft, county.workspace, wanted(county, boards=True), now=MUCH_LATER)
    settings.put(county.workspace, "ranking.on", "on", now=NOW)
    settings.put(county.workspace, "ranking.least", "1", now=NOW)
    period = Period(first=date(2026, 11, 1), last=date(2026, 12, 5))
    made = bulletins.draft(county.workspace, wanted(county, period=period, boards=True), now=MUCH_LATER)
    draft = content(county, made)
    assert [one.place for one in draft.units] == [1]
    assert draft.red == ()
    assert [one.unit.name for one in draft.black] == [draft.units[0].unit.name]
    pdf, word, *books = bulletin_files.export_files(county.workspace, made, tmp_path)
    import pypdfium2

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf.read_bytes())]
    assert any("按期整改率=按期整改数÷已到期数" in page.replace(" ", "") for page in pages)
    with zipfile.ZipFile(word) as archive:
        assert "33.3%" in archive.read("word/document.xml").decode()
    sheet = openpyxl.load_workbook(io.BytesIO(books[0].read_bytes())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][2:8] == ("单位", "发现", "已到期", "按期", "逾期整改", "逾期未改")
    assert rows[1][3:8] == (3, 3, 1, 0, 2)


def test_a_unit_that_stands_on_a_board_again_is_counted_with_the_issues_before(county, served):
    settings.put(county.workspace, "ranking.on", "on", now=NOW)
    settings.put(county.workspace, "ranking.least", "1", now=NOW)
    first = Period(first=date(2026, 11, 1), last=date(2026, 12, 5))
    made = bulletins.draft(county.workspace, wanted(county, period=first, boards=True), now=MUCH_LATER)
    notices.review(county.workspace, [made], county.signers()[1], now=MUCH_LATER)
    issue(county, made)
    second = Period(first=date(2026, 11, 2), last=date(2026, 12, 6))
    again = content(
        county,
        bulletins.draft(county.workspace, wanted(county, period=second, boards=True), now=MUCH_LATER),
    )
    assert [one.issues for one in again.black] == [2]
    assert (content(county, made).issue_no, again.issue_no) == (1, 2)


def test_a_draft_is_changed_and_has_to_be_checked_again(county, served):
    period = Period(first=date(2026, 11, 1), last=date(2026, 12, 5))
    made = bulletins.draft(county.workspace, wanted(county, period=period), now=MUCH_LATER)
    notices.review(county.workspace, [made], county.signers()[1], now=MUCH_LATER)

    def change(**fields: object) -> Bulletin:
        edit = bulletins.Edit(**fields)
        return bulletins.change(county.workspace, made, edit, now=MUCH_LATER)

    change()
    assert content(county, made).checked.name  # nothing changed
    after = change(issue_no=9, asking="请抓紧整改。", cases=(served[2],), good=())
    assert (after.issue_no, after.asking, [one.finding for one in after.cases], after.good) == (
        9,
        "请抓紧整改。",
        [served[2]],
        (),
    )
    assert not content(county, made).checked.name
    refused("doc-not-checked", issue, county, made)
    refused("bulletin-issue-no", change, issue_no=0)
    refused("doc-word-forbidden", change, opening="责令立即改正。")
    refused("ranking-off", change, boards=True)
    settings.put(county.workspace, "ranking.on", "on", now=NOW)
    settings.put(county.workspace, "ranking.least", "1", now=NOW)
    assert "请查找原因" in change(boards=True).praise
    change(opening="各单位：情况如下。")
    kept = change(boards=False)
    assert (kept.opening, kept.praise, kept.black) == ("各单位：情况如下。", "", ())
    notices.void(county.workspace, made, reason="不发了", by=county.signers()[0].person, now=MUCH_LATER)
    refused("notice-not-draft", change, issue_no=3)


def test_a_period_in_which_nothing_happened_is_no_bulletin(county, served):
    empty = Period(first=date(2025, 1, 1), last=date(2025, 1, 31))
    refused("bulletin-nothing", bulletins.draft, county.workspace, wanted(county, period=empty), now=NOW)


def test_a_notice_is_no_bulletin(county, served):
    notice = next(one for one in notices.every(county.workspace) if one.kind.value == "notice")
    refused("bulletin-unknown", bulletin_files.export_files, county.workspace, notice.id, Path())
