"""The way of a finding from a terminal: handed over, notified, served, looked at again, closed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import Run, Signed

ASK = ("--contact", "检查员甲", "--telephone", "0000-0000000")
TAKEN = ("--to", "收件人戊", "--place", "办公室")


def done(run: Run, *arguments: Any) -> Any:
    """The object that a command answers with."""
    ran = run(*arguments, "--json")
    assert ran.status == 0, ran.err
    return ran.json


def test_a_finding_is_led_to_its_closing_by_commands(
    signed: Signed, run: Run, keys: list[str], tmp_path: Path
) -> None:
    (finding,) = done(run, "finding", "list")["findings"]
    slip = done(run, "handover", signed.number, "--by", "检查员甲", *ASK, *TAKEN, *keys)["notices"][0]
    assert "-J0" in slip["number"]

    period = ("--from", "2026-11-01", "--to", "2026-11-30", "--handler", "检查员甲", *ASK)
    preview = done(run, "notice", "draft", *period, "--preview", "--limit", "workday:5")
    assert [one["findings"] for one in preview["notices"]] == [1]
    draft = done(run, "notice", "draft", *period, "--limit", "workday:5")["notices"][0]
    assert draft["standing"] == "draft"
    year = datetime.now().astimezone().year
    done(run, "number", "allot", "示创办督", year, 17, 20)
    assert (
        done(run, "notice", "review", draft["id"], "--by", "检查员乙", *keys)["notices"][0]["standing"]
        == "checked"
    )
    notice = done(run, "notice", "issue", "--by", "检查员甲", *keys)["notices"][0]
    assert notice["number"] == f"示创办督〔{year}〕17号"
    receivers = tmp_path / "receivers.csv"
    receivers.write_text(f"单位,收件人\n没有的单位,谁\n{notice['to']},收件人己\n", "utf-8")
    serve = ("notice", "serve", notice["number"], "--by", "检查员甲", *TAKEN, "--receivers", receivers, *keys)
    wrong = run(*serve, "--json")
    assert (wrong.status, wrong.json["error"]["key"]) == (2, "receivers-invalid")
    assert "没有的单位" in wrong.err
    receivers.write_text(f"单位,收件人\n{notice['to']},收件人己\n", "utf-8")
    told = done(run, *serve)
    assert "17-1" in told["announcements"][0] and "到期日" in told["announcements"][0]
    assert done(run, "finding", "show", finding["id"])["state"] == "served"

    files = done(run, "notice", "export", notice["number"], told["notices"][0]["id"], "-o", tmp_path / "out")[
        "files"
    ]
    assert sorted(Path(file).suffix for file in files) == [".docx", ".docx", *[".pdf"] * 5]
    signed_file = next(file for file in files if "督查整改通知书" in file and file.endswith(".pdf"))
    assert run("verify", signed_file).status == 0

    photo = tmp_path / "after.jpg"
    Image.new("RGB", (640, 480), (20, 160, 60)).save(photo)
    done(
        run, "reinspect", finding["id"], "--pass", "--photo", photo, "--team", "督查一组",
        "--by", "检查员甲", "--by", "检查员乙", *ASK, *TAKEN, *keys,
    )  # fmt: skip
    assert done(run, "finding", "show", finding["id"])["state"] == "passed"
    kinds = [one["kind"] for one in done(run, "notice", "list")["notices"]]
    assert sorted(kinds) == ["handover", "notice", "reinspection", "service"]


def test_numbers_are_listed_one_by_one_and_declared(here: Path, run: Run) -> None:
    done(run, "number", "allot", "示创办督", 2026, 1, 3)
    overlap = run("number", "allot", "示创办督", 2026, 3, 9, "--json")
    assert (overlap.status, overlap.json["error"]["key"]) == (2, "number-block-overlaps")
    done(run, "number", "declare", "示创办督[2026]2号", "--void", "打印作废")
    numbers = done(run, "number", "list")["numbers"]
    assert [one["standing"] for one in numbers] == ["free", "void", "free"]
    assert "打印作废" in run("number", "list", "--state", "void").out


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (
            ["notice", "draft", "--from", "x", "--to", "2026-11-30", "--handler", "检查员甲"],
            "cli-time-invalid",
        ),
        (
            [
                "notice",
                "draft",
                "--from",
                "2026-11-01",
                "--to",
                "2026-11-30",
                "--handler",
                "检查员甲",
                "--by",
                "day",
            ],
            "cli-per-unknown",
        ),
        (["notice", "review", "x"], "cli-notice-nobody"),
        (["notice", "review", "x", "--on-paper", "审核人丙"], "cli-notice-paper"),
        (["notice", "press", "--handler", "检查员甲", "--limit", "soon"], "cli-limit-invalid"),
        (["notice", "press", "--handler", "检查员甲", "--limit", "workday:2"], "press-nothing"),
        (["notice", "void", "x", "--reason", "y", "--by", "检查员甲"], "notice-unknown"),
        (["notice", "serve", "x", "--by", "检查员甲", "--way", "pigeon"], "cli-way-unknown"),
        (["reinspect", "x", "--by", "检查员甲"], "cli-reinspect-one"),
        (["number", "declare", "示创办督〔2026〕2号"], "cli-number-one"),
        (["number", "list", "--state", "lost"], "cli-state-unknown"),
    ],
)
def test_what_cannot_be_done_says_why(here: Path, arguments: list[str], key: str, run: Run) -> None:
    ran = run(*arguments, "--json")
    assert (ran.status, ran.json["error"]["key"]) == (2, key)


def test_a_calendar_is_imported_and_listed(here: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(
        'year = 2027\nsource = "国务院办公厅通知"\n'
        '[[holidays]]\nname = "元旦"\nfirst = 2027-01-01\nlast = 2027-01-03\n',
        "utf-8",
    )
    assert done(run, "calendar", "import", file) == {"year": 2027, "settled": 0}
    assert 2027 in [one["year"] for one in done(run, "calendar", "list")["calendars"]]


def test_the_hours_of_the_office_are_shown_and_set(here: Path, run: Run) -> None:
    assert done(run, "calendar", "hours") == {"hours": ["08:30-12:00", "14:30-18:00"]}
    assert done(run, "calendar", "hours", "09:00-12:00", "13:30-17:30")["hours"] == [
        "09:00-12:00",
        "13:30-17:30",
    ]
    assert done(run, "calendar", "hours")["hours"] == ["09:00-12:00", "13:30-17:30"]
    for wrong in (["14:00-12:00"], ["9-12"], ["09:00-12:00", "11:00-13:00"]):
        assert run("calendar", "hours", *wrong, "--json").json["error"]["key"] == "hours-invalid"


def test_edited_texts_are_checked_without_a_workspace(run: Run, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "forms" / "texts" / "press.toml"
    assert done(run, "notice", "text", shipped)["texts"] == [{"name": "press", "heading": "督办单"}]
    shown = done(run, "notice", "text", shipped, "--preview")["texts"][0]["filled"]
    assert "3处" in shown["opening"] and "{" not in "".join(shown.values())
    assert shown["asking"] in run("notice", "text", shipped, "--preview").out
    own = tmp_path / "press.toml"
    own.write_text(shipped.read_text("utf-8").replace("{count}", "{cuont}"), "utf-8")
    ran = run("notice", "text", own, "--json")
    assert (ran.status, ran.json["error"]["key"]) == (2, "form-invalid")
    assert "{cuont}" in ran.err
