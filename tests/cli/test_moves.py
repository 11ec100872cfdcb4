"""The life of a finding by commands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from tests.cli.conftest import Run, Signed

BY = ("--by", "检查员甲")
TAKEN = ("--to", "王某", "--place", "现场", "--telephone", "0000-0000000")


@pytest.fixture
def finding(run: Run, signed: Signed) -> str:
    """The one finding of the signed inspection."""
    return str(run("finding", "list", "--json").json["findings"][0]["id"])


def picture(folder: Path, name: str = "整改后.jpg") -> Path:
    Image.new("RGB", (320, 240), (90, 160, 90)).save(folder / name)
    return folder / name


def test_a_finding_is_told_answered_and_its_time_line_says_by_whom(
    run: Run, finding: str, tmp_path: Path
) -> None:
    told = run("told", finding, *BY, "--to", "住建局值班室", "--way", "电话", "--json")
    assert told.json["findings"][0]["state"] == "handed"
    answer = ("--measures", "已修复", "--person", "王某", "--source", "微信群", "--photo", picture(tmp_path))
    assert run("rectify", finding, *BY, *answer, "--json").json["findings"][0]["state"] == "reported"
    whole = run("finding", "show", finding, "--json").json
    assert whole["report"]["measures"] == "已修复"
    moves = [taken["step"]["move"] for event in whole["timeline"] for taken in event["steps"]]
    assert moves == ["hand", "report"]
    page = run("finding", "show", finding).out
    lines = page[page.index("经过") :].splitlines()
    assert "检查发现" in lines[1]
    assert "检查员甲" in lines[2]
    assert "交办（住建局值班室，电话）" in lines[2]
    assert "微信群" in lines[3]


def test_a_preview_of_handing_over_writes_nothing(run: Run, finding: str) -> None:
    telling = ("told", finding, *BY, "--to", "值班室", "--way", "电话")
    ahead = run(*telling, "--preview", "--json").json
    assert [(group["unit"] != "", group["findings"]) for group in ahead["preview"]] == [(True, 1)]
    slip = run("handover", finding, *BY, "--to", "李某", "--place", "现场", "--preview", "--json").json
    assert slip == ahead
    assert run("finding", "show", finding, "--json").json["state"] == "open"
    run("withdraw", finding, *BY, "--reason", "不是问题")
    assert run(*telling, "--preview", "--json").json["refused"][finding]["key"] == "finding-move-not-now"
    assert "0 个问题可以交办，1 个不能" in run(*telling, "--preview").err


def test_a_limit_is_set_anew_and_what_was_seen_closes_or_fails(
    run: Run, finding: str, tmp_path: Path
) -> None:
    assert run("limit", finding, *BY, "--limit", "workday:3").status == 0
    assert run("finding", "show", finding, "--json").json["time_limit"] == {"kind": "workday", "n": 3}
    failed = run("fail", finding, *BY, "--note", "没有清理", "--limit", "workday:2", "--json").json
    assert failed["findings"][0]["state"] == "failed"
    assert run("close", finding, *BY, "--json").json["error"]["key"] == "finding-move-needs"
    closed = run("close", finding, *BY, "--photo", picture(tmp_path), "--json").json
    assert closed["findings"][0]["state"] == "passed"


def test_a_saved_filter_is_listed_renamed_and_taken_away(run: Run, finding: str) -> None:
    run("finding", "list", "--state", "open", "--save", "待交办的")
    renamed = run("finding", "filters", "--rename", "待交办的", "--to", "还没交办", "--json").json
    assert renamed["filters"] == [{"name": "还没交办", "filter": {"states": ["open"]}}]
    assert "还没交办" in run("finding", "filters").out
    assert run("finding", "filters", "--remove", "还没交办", "--json").json["filters"] == []
    gone = run("finding", "filters", "--remove", "还没交办", "--json")
    assert (gone.status, gone.json["error"]["key"]) == (2, "filter-unknown")


def test_withdrawn_then_back(run: Run, finding: str) -> None:
    done = run("withdraw", finding, *BY, "--reason", "不属于检查范围", "--json")
    assert done.json["findings"][0]["state"] == "withdrawn"
    again = run("withdraw", finding, *BY, "--reason", "不属于检查范围", "--json")
    assert (again.status, again.json["error"]["key"]) == (2, "finding-move-not-now")
    back = run("reopen", finding, *BY, "--reason", "又出现", "--json")
    assert back.json["findings"][0]["state"] == "reopened"


def test_an_objection_is_marked_until_it_is_answered(run: Run, finding: str) -> None:
    asked = run("object", finding, *BY, "--asked-by", "住建局", "--reason", "位置不符", "--json")
    assert asked.json["findings"][0]["marks"] == ["contested"]
    assert "标记：争议中" in run("finding", "show", finding).out
    ruled = ("--ruling", "changed", "--answer", "属实", "--place", "入口左侧")
    settled = run("object", finding, *BY, *ruled, "--json").json["findings"][0]
    assert (settled["marks"], settled["place"]) == ([], "入口左侧")
    assert "变更" in run("finding", "show", finding).out


def test_a_transfer_by_a_short_name(run: Run, finding: str) -> None:
    units = run("unit", "list", "--json").json["units"]
    lead = run("finding", "list", "--json").json["findings"][0]["lead_unit"]
    other = next(unit for unit in units if unit["id"] != lead and "街道" in unit["name"])
    why = ("--asked-by", "原单位", "--reason", "不在职责范围")
    moved = run("transfer", finding, *BY, "--to", other["short"] or other["name"], *why, "--json")
    assert moved.json["findings"][0]["lead_unit"] == other["id"]


def test_more_time_needs_a_date_that_was_running(run: Run, finding: str) -> None:
    refused = run("extend", finding, *BY, "--until", "2026-12-20", "--reason", "雨", "--json")
    assert refused.json["error"]["key"] == "extension-nothing-due"
    wrong = run("extend", finding, *BY, "--until", "下个月", "--reason", "雨", "--json")
    assert wrong.json["error"]["key"] == "due-unreadable"


def test_a_finding_is_no_duplicate_of_itself(run: Run, finding: str) -> None:
    refused = run("duplicate", finding, *BY, "--of", finding, "--reason", "同一处", "--json")
    assert refused.json["error"]["key"] == "duplicate-of-itself"


def test_a_letter_of_the_unit_is_attached(run: Run, finding: str, tmp_path: Path) -> None:
    letter = tmp_path / "回函.pdf"
    letter.write_bytes(b"%PDF-1.4\n")
    assert run("attach", finding, *BY, "--scan", letter).status == 0
    assert run("finding", "show", finding, "--json").json["attachments"][0]["name"] == "回函.pdf"


def test_what_is_no_person_role_or_ruling_is_said(run: Run, finding: str) -> None:
    handing = ("--to", "值班室", "--way", "电话", "--json")
    assert run("told", finding, "--by", "无此人", *handing).json["error"]["key"] == "person-unknown"
    wrong = run("told", finding, *BY, "--role", "boss", *handing)
    assert wrong.json["error"]["key"] == "cli-role-unknown"
    wrong = run("told", finding, *BY, "--at", "昨天", *handing)
    assert wrong.json["error"]["key"] == "time-invalid"
    wrong = run("object", finding, *BY, "--ruling", "maybe", "--json")
    assert wrong.json["error"]["key"] == "cli-ruling-unknown"


def test_a_register_goes_out_and_comes_back(run: Run, finding: str, tmp_path: Path) -> None:
    unit = run("finding", "list", "--json").json["findings"][0]["lead_unit"]
    file = tmp_path / "台账.xlsx"
    written = run("register", "export", file, "--unit", unit, "--json")
    assert written.json["findings"] == [finding]
    untouched = run("register", "import", file, *BY, "--json").json
    assert (untouched["changed"], untouched["unchanged"], untouched["errors"]) == ([], 1, [])
    book = openpyxl.load_workbook(file)
    for column, value in (("K", "已修复"), ("L", "不久"), ("M", "王某")):
        book.active[f"{column}4"] = value
    book.save(file)
    wrong = run("register", "import", file, *BY)
    assert wrong.status == 2
    assert "L4" in wrong.err
    assert "不久" in wrong.err


@pytest.fixture
def closed(run: Run, finding: str, keys: list[str], tmp_path: Path) -> str:
    """The finding, put right and seen to be."""
    photo = picture(tmp_path, "复查.jpg")
    signers = ("--by", "检查员甲", "--by", "检查员乙")
    done = run("reinspect", finding, *signers, "--pass", "--photo", photo, *TAKEN, *keys, "--json")
    assert done.status == 0, done.err
    return finding


def test_a_draw_can_be_made_again_by_anybody_and_what_held_is_recorded(
    run: Run, closed: str, tmp_path: Path
) -> None:
    drawn = run("lookback", "--seed", "7", *BY, "--json").json["lookback"]
    assert (drawn["seed"], drawn["among"], drawn["findings"]) == (7, 1, [closed])
    assert run("held", closed, *BY, "--photo", picture(tmp_path)).status == 0
    assert "没有反弹" in run("finding", "show", closed).out


def test_what_is_open_is_not_looked_back_at(run: Run, finding: str) -> None:
    assert run("lookback", "--seed", "7", *BY, "--json").json["error"]["key"] == "lookback-none"
    assert run("held", finding, *BY, "--json").json["error"]["key"] == "lookback-not-closed"


def test_a_case_holds_every_document_and_photo_with_its_list(run: Run, finding: str, tmp_path: Path) -> None:
    folder = tmp_path / "卷宗"
    done = run("case", "export", finding, folder, "--json").json
    assert [piece["pages"] > 0 for piece in done["pieces"]] == [True, True]
    assert done["pieces"][0]["file"].endswith(".pdf")
    book = openpyxl.load_workbook(folder / "卷内目录.xlsx")
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][:6] == ("件号", "责任者", "文号", "题名", "日期", "页数")
    assert [row[0] for row in rows[2:]] == [1, 2]
    assert {row[6] for row in rows[2:]} == {file.name for file in folder.iterdir()} - {"卷内目录.xlsx"}
    again = run("case", "export", finding, folder, "--json")
    assert again.json["error"]["key"] == "case-folder-not-empty"


def test_a_case_of_a_site_and_of_a_year(run: Run, finding: str, tmp_path: Path) -> None:
    site = run("case", "export", "GC-001", tmp_path / "甲", "--json").json
    year = run("case", "export", "--year", "2026", tmp_path / "乙", "--json").json
    assert site["pieces"] == year["pieces"]
    nothing = run("case", "export", "--year", "2025", tmp_path / "丙", "--json")
    assert nothing.json["error"]["key"] == "case-empty"
    assert run("case", "export", tmp_path / "丁", "--json").json["error"]["key"] == "cli-case-which"


def test_findings_are_narrowed_by_everything_that_is_known_of_them(run: Run, finding: str) -> None:
    for narrowed, count in (
        (("--item", "GC", "--severity", "minor", "--team", "督查一组"), 1),
        (("--item", "GC-0"), 0),
        (("--severity", "major"), 0),
        (("--team", "督查二组"), 0),
        (("--within", "3"), 0),
        (("--skip", "1"), 0),
    ):
        assert len(run("finding", "list", *narrowed, "--json").json["findings"]) == count, narrowed


def test_a_filter_is_saved_under_a_name(run: Run, finding: str) -> None:
    assert run("finding", "list", "--item", "GC-05", "--state", "open", "--save", "公厕").status == 0
    assert len(run("finding", "list", "--saved", "公厕", "--json").json["findings"]) == 1
    run("told", finding, *BY, "--to", "值班室", "--way", "电话")
    assert run("finding", "list", "--saved", "公厕", "--json").json["findings"] == []
    assert run("finding", "list", "--saved", "没有", "--json").json["error"]["key"] == "filter-unknown"
