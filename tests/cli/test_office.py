"""office: the root on the command line, from the sheet for the safe to a sheet that is proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.services import workspaces
from tests.cli.conftest import Run, Signed
from tests.county import PASSPHRASE


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """--passphrase-file for the root and both inspectors."""
    file = tmp_path / "口令.txt"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    return str(file)


def test_a_root_is_made_compared_and_pinned_and_proves_a_sheet_that_was_signed_before(
    signed: Signed, run: Run, tmp_path: Path, secret: str
) -> None:
    with workspaces.create(tmp_path / "office", ledger=workspaces.DEMO):
        pass
    desk = ("--workspace", tmp_path / "office")
    key = f"--passphrase-file=office={secret}"
    made = run("office", "init", "示例县创建办", "--sheet", tmp_path / "恢复单.pdf", key, *desk, "--json")
    assert made.status == 0
    assert (tmp_path / "恢复单.pdf").read_bytes().startswith(b"%PDF-")
    digits = made.json["fingerprint"]

    for name in ("检查员甲", "检查员乙"):
        mine = f"--passphrase-file={name}={secret}"
        assert run("office", "request", name, "-o", tmp_path / f"{name}.pem", mine).status == 0
        reply = tmp_path / f"{name}-证书.pem"
        assert run("office", "enrol", tmp_path / f"{name}.pem", "-o", reply, key, *desk).status == 0
        shown = run("office", "pin", reply)
        assert (shown.status, shown.out.replace(" ", "").strip()) == (1, digits)
        other = run("office", "pin", reply, "--fingerprint", "0" * 64, "--json")
        assert other.json["error"]["key"] == "office-fingerprint-differs"
        pinned = run("office", "pin", reply, "--fingerprint", shown.out, "--json")
        assert pinned.json["people"] == [name]

    trusted = tmp_path / "根证书.pem"
    assert run("office", "trust", "-o", trusted).status == 0
    assert run("sheet", signed.inspection, "-o", tmp_path / "sheet.pdf").status == 0
    verdict = run("verify", tmp_path / "sheet.pdf", "--trust", trusted, "--json").json
    assert (verdict["accepted"], verdict["trusted"]) == (True, True)
    assert all(one["by_public_key"] for one in verdict["signers"])

    members = {one["name"]: one for one in run("office", "list", "--json").json["members"]}
    assert members["检查员甲"]["enrolled"]
    assert run("office", "end", "检查员甲", "--reason", "调离", key, "--json").json["error"]["key"] == (
        "office-root-not-here"
    )


def test_an_audit_says_in_words_what_is_proven_and_what_is_not(signed: Signed, run: Run) -> None:
    told = run("audit", signed.number)
    assert told.status == 0
    proven, claimed = told.out.split("没有证明，只是所说：")
    assert "第 1 个签名是检查员甲的" in proven
    assert "取自各人电脑的时钟" in claimed
    found = run("audit", signed.inspection, "--json").json
    assert found["whole"]
    assert {line["key"] for line in found["not_proven"]} >= {"audit-times", "audit-facts"}
    assert run("audit", "GC-9", "--json").json["error"]["key"] == "audit-unknown"


def test_the_desk_says_what_is_covered_and_ranks_only_once_it_was_switched_on(
    signed: Signed, run: Run, tmp_path: Path
) -> None:
    covered = run("coverage", "--json", "--out", tmp_path / "未检.csv").json
    assert (covered["inspected"], covered["sites"] - len(covered["due"])) == (1, 1)
    lines = (tmp_path / "未检.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "编号,名称,类别,街道,上次检查"
    assert len(lines) == len(covered["due"]) + 1
    seen = run("figures", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    assert seen["total"]["found"] == sum(unit["found"] for unit in seen["units"]) > 0
    assert run("ranking", "--json").json["error"]["key"] == "ranking-off"
    assert run("setting", "set", "ranking.on", "on").status == 0
    assert {"name": "ranking.on", "value": "on"} in run("setting", "list", "--json").json["settings"]
    ranked = run("ranking", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    assert "÷" in ranked["formula"]
    assert all(one["place"] is None for group in ranked["groups"] for one in group["places"])
    told = run("ranking", "--from", "2026-11-01", "--to", "2026-11-30", "--out", tmp_path / "排名.xlsx")
    assert "少于 10 处" in told.err
    assert (tmp_path / "排名.xlsx").read_bytes().startswith(b"PK")
    assert run("figures", "--from", "x", "--json").json["error"]["key"] == "cli-date-invalid"
    assert run("finding", "list", "--out", tmp_path / "问题.xlsx", "--json").json["findings"]
    assert (tmp_path / "问题.xlsx").read_bytes().startswith(b"PK")
    assert run("unit", "list", "--out", tmp_path / "a.ods", "--json").status == 2


def test_a_bulletin_is_drafted_and_written_out_with_its_tables(
    signed: Signed, run: Run, tmp_path: Path
) -> None:
    period = ("--from", "2026-11-01", "--to", "2026-11-30")
    contact = ("--contact", "检查员甲", "--telephone", "0000-0000000")
    made = run("bulletin", "draft", *period, "--handler", "检查员甲", *contact, "--json")
    assert made.json["units"] > 0
    files = run("bulletin", "export", made.json["id"], tmp_path / "通报", "--json").json["files"]
    assert [Path(file).suffix for file in files] == [".pdf", ".docx", ".xlsx", ".xlsx"]
    assert all(Path(file).stat().st_size for file in files)
    boards = run("bulletin", "draft", *period, "--handler", "检查员甲", *contact, "--boards", "--json")
    assert boards.json["error"]["key"] == "ranking-off"
