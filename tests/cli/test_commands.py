"""What the commands do, one by one, in 示例县."""

from __future__ import annotations

import json
from pathlib import Path

from inspector.places import resource
from tests.cli.conftest import Run, Signed
from tests.cli.visits import TEAM, visit
from tests.county import PASSPHRASE

SIGN = [f"--sign={name}" for name in TEAM]


def test_a_new_workspace_says_its_ledger_and_can_be_named_until_its_first_batch(
    tmp_path: Path, run: Run
) -> None:
    new = ("--workspace", tmp_path / "new")
    assert run(*new, "init", "--json").json["ledger"].startswith("local-")
    assert run(*new, "init", "--json").json["error"]["key"] == "workspace-exists"
    assert run(*new, "init", "--ledger", "990101", "--json").json["ledger"] == "990101"
    assert run(*new, "unit", "import", resource("example", "units.csv")).status == 0
    assert run(*new, "init", "--ledger", "990102", "--json").json["error"]["key"] == "ledger-begun"


def test_the_same_list_again_changes_nothing_and_a_wrong_row_stops_all(
    here: Path, tmp_path: Path, run: Run
) -> None:
    again = run("unit", "import", resource("example", "units.csv"), "--json")
    assert (again.status, again.json["added"], again.json["changed"]) == (0, 0, 0)
    assert again.json["unchanged"] == len(run("unit", "list", "--json").json["units"])
    before = run("site", "list", "--json").json
    wrong = tmp_path / "sites.csv"
    wrong.write_text("编号,名称,类别\nGC-900,甲公厕,公共厕所\nGC-901,,公厕\n", "utf-8")
    refused = run("site", "import", wrong, "--json")
    assert refused.status == 2
    assert {(error["row"], error["column"]) for error in refused.json["errors"]} >= {(3, "名称"), (3, "类别")}
    assert all(error["message"] and error["code"] for error in refused.json["errors"])
    assert run("site", "list", "--json").json == before
    assert "第 3 行 名称" in run("site", "import", wrong).err


def test_a_copied_workspace_says_once_that_it_goes_on_as_a_new_device(here: Path, run: Run) -> None:
    assert "新设备" in run("unit", "list").err
    assert "新设备" not in run("unit", "list").err


def test_lists_print_their_fields_and_tables_print_names(here: Path, run: Run) -> None:
    units = run("unit", "list", "--json").json["units"]
    assert set(units[0]) == {"id", "name", "short", "order", "roles"}
    assert [unit["order"] for unit in units] == sorted(unit["order"] for unit in units)
    site = run("site", "list", "--json").json["sites"][0]
    fields = {"id", "code", "name", "kind", "street", "community", "lead_unit", "open_findings"}
    assert set(site) == fields
    named = next(unit for unit in units if unit["id"] == site["lead_unit"])
    line = run("site", "list").out.splitlines()[1]
    assert named["short"] or named["name"] in line
    assert "unit:" not in line
    people = run("person", "list", "--json").json["people"]
    assert set(people[0]) == {"id", "name", "organisation", "certificate"}


def test_a_person_is_added_with_a_passphrase_from_a_file_and_never_without_one(
    here: Path, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "p.txt"
    file.write_text(PASSPHRASE, "utf-8")
    added = run("person", "add", "检查员丙", f"--passphrase-file=检查员丙={file}", "--json")
    assert added.json in run("person", "list", "--json").json["people"]
    assert run("person", "add", "检查员丁", "--json").json["error"]["key"] == "cli-passphrase-missing"
    file.write_text("short", "utf-8")
    short = run("person", "add", "检查员丁", f"--passphrase-file=检查员丁={file}", "--json")
    assert short.json["error"]["key"] == "passphrase-too-short"
    wrong = run("person", "add", "检查员丁", "--passphrase-file=检查员丁", "--json")
    assert wrong.json["error"]["key"] == "cli-passphrase-file-invalid"
    assert run("person", "add", "--json").json["error"]["key"] == "cli-argument-missing"


def test_an_imported_draft_says_what_is_missing_and_is_signed_one_by_one(
    here: Path, tmp_path: Path, run: Run, keys: list[str]
) -> None:
    file = visit(tmp_path, weather="", counterpart=None)
    draft = run("inspection", "import", file, "--json").json
    assert [one["key"] for one in draft["missing"]] == ["counterpart-missing"]
    unsigned = run("inspection", "sign", draft["draft"], TEAM[0], *keys, "--json")
    assert unsigned.json["error"]["key"] == "draft-not-ready"
    assert draft["missing"][0]["message"] in unsigned.err
    ready = run("inspection", "import", visit(tmp_path), "--json").json
    assert ready["missing"] == []
    first = run("inspection", "sign", ready["draft"], TEAM[0], *keys, "--json").json
    assert (len(first["signed"]), len(first["waiting"]), first["document"]) == (1, 1, "")
    drafts = {one["draft"]: one["signing"] for one in run("inspection", "list", "--json").json["drafts"]}
    assert drafts == {ready["draft"]: True, draft["draft"]: False}
    last = run("inspection", "sign", ready["draft"], TEAM[1], *keys, "--json").json
    assert (last["number"], last["waiting"]) == (ready["number"], [])
    assert len(run("inspection", "list", "--json").json["inspections"]) == 1


def test_what_cannot_be_signed_at_once_leaves_no_draft(
    here: Path, tmp_path: Path, run: Run, keys: list[str]
) -> None:
    not_ready = run("inspection", "import", visit(tmp_path, counterpart=None), *SIGN, *keys, "--json")
    assert not_ready.json["error"]["key"] == "draft-not-ready"
    (tmp_path / "wrong.txt").write_text("not the passphrase", "utf-8")
    wrong = [f"--passphrase-file={name}={tmp_path / 'wrong.txt'}" for name in TEAM]
    refused = run("inspection", "import", visit(tmp_path), *SIGN, *wrong, "--json")
    assert refused.json["error"]["key"] == "passphrase-wrong"
    nobody = run("inspection", "import", visit(tmp_path), "--sign=检查员癸", *keys, "--json")
    assert nobody.json["error"]["key"] == "person-unknown"
    broken = visit(tmp_path, colour="red")
    assert run("inspection", "import", broken, "--json").json["error"]["key"] == "inspection-json-invalid"
    assert run("inspection", "list", "--json").json == {"inspections": [], "drafts": []}


def test_what_show_prints_can_be_imported_again(run: Run, signed: Signed) -> None:
    said = run("inspection", "show", signed.number, "--json").json
    for finding in said["findings"]:
        finding["id"] = ""  # the same findings again would be a correction
    file = signed.path / "again.json"
    file.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    draft = run("inspection", "import", file, "--json").json
    again = run("inspection", "show", draft["draft"], "--json").json
    for one in (said, again):
        for finding in one["findings"]:
            finding["id"] = ""
        one["counterpart"].update(at="", shown="")
    assert again == said
    readable = run("inspection", "show", signed.inspection).out
    assert "监督电话牌脱落" in readable


def test_a_sheet_is_found_by_id_number_and_the_digits_below_its_code(
    tmp_path: Path, run: Run, signed: Signed
) -> None:
    pdfs = []
    for name in (signed.inspection, signed.number):
        assert run("sheet", name, "-o", tmp_path / "sheet.pdf").status == 0
        pdfs.append((tmp_path / "sheet.pdf").read_bytes())
    assert pdfs[0] == pdfs[1]
    assert (
        run("sheet", "GC-000", "-o", tmp_path / "x.pdf", "--json").json["error"]["key"]
        == "inspection-unknown"
    )
    nowhere = run("sheet", signed.number, "-o", tmp_path / "no" / "x.pdf", "--json")
    assert nowhere.json["error"]["key"] == "cli-cannot-write"
    earlier = run("sheet", signed.number, "--number", "GC-1", "-o", tmp_path / "x.pdf", "--json")
    assert earlier.json["error"]["key"] == "sheet-number-unknown"


def test_findings_are_narrowed_by_state_unit_and_site(run: Run, signed: Signed) -> None:
    found = run("finding", "list", "--json").json["findings"]
    assert [one["item"] for one in found] == ["GC-05"]
    fields = (
        "id number inspection item site place quantity severity state marks lead_unit due days_left photos"
    )
    assert set(found[0]) == set(fields.split())
    lead = found[0]["lead_unit"].removeprefix("unit:")
    for narrowed, count in (
        (("--state", "open"), 1),
        (("--state", "passed", "--state", "withdrawn"), 0),
        (("--unit", lead), 1),
        (("--site", "GC-001"), 1),
        (("--site", "GC-002"), 0),
        (("--overdue",), 0),
    ):
        assert len(run("finding", "list", *narrowed, "--json").json["findings"]) == count, narrowed
    assert run("finding", "list", "--unit", "没有的局", "--json").json["error"]["key"] == "unit-unknown"
    whole = run("finding", "show", found[0]["id"], "--json").json
    assert whole["description"] == "监督电话牌脱落"
    assert "监督电话牌脱落" in run("finding", "show", found[0]["id"]).out
    assert run("finding", "show", "nothing", "--json").json["error"]["key"] == "finding-unknown"


def test_a_changed_photo_is_damage_and_a_backup_says_so(tmp_path: Path, run: Run, signed: Signed) -> None:
    assert run("check", "--deep", "--json").json == {"ok": True, "problems": []}
    photo = run("finding", "list", "--json").json["findings"][0]["photos"][0]
    file = signed.path / "blobs" / photo[:2] / photo
    data = bytearray(file.read_bytes())
    data[100] ^= 0xFF
    file.chmod(0o644)
    file.write_bytes(data)
    checked = run("check", "--deep", "--json")
    assert checked.status == 1
    assert [(one["kind"], photo in one["where"]) for one in checked.json["problems"]] == [
        ("check-blob-changed", True)
    ]
    assert photo in run("check", "--deep").out
    backed = run("backup", tmp_path / "backup.zip", "--json")
    assert (backed.status, backed.json["damaged"]) == (1, [photo])


def test_a_backup_is_restored_as_a_new_device_with_everything(
    tmp_path: Path, run: Run, signed: Signed
) -> None:
    assert run("backup", tmp_path / "backup.zip").status == 0
    assert run("restore", tmp_path / "backup.zip", tmp_path / "again", "--json").json["ledger"] == "demo"
    said = run("--workspace", tmp_path / "again", "inspection", "list", "--json")
    assert said.json == run("inspection", "list", "--json").json
    assert run("rebuild", "--json").json == {"rebuilt": True}
    assert run("check", "--deep").status == 0
    full = run("restore", tmp_path / "backup.zip", signed.path, "--json")
    assert full.json["error"]["key"] == "workspace-folder-not-empty"


def test_several_files_are_verified_at_once_and_the_worst_decides(
    tmp_path: Path, run: Run, signed: Signed
) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    run("sheet", signed.number, "-o", good)
    bad.write_bytes(good.read_bytes() + b"%")
    both = run("verify", good, bad, "--json")
    assert both.status == 1
    assert [one["accepted"] for one in both.json["documents"]] == [True, False]
    one = run("verify", good, "--json").json
    fields = "intact complete data_matches trusted signers claimed_time appended number"
    assert set(fields.split()) <= set(one)
    told = run("verify", good, bad)
    assert (told.status, str(bad) in told.out) == (1, True)


def test_the_schema_describes_what_import_takes(run: Run) -> None:
    assert "findings" in run("inspection", "schema").json["$defs"]["Written"]["properties"]


def test_people_read_words_where_programs_read_codes(run: Run, signed: Signed) -> None:
    (found,) = run("finding", "list", "--json").json["findings"]
    assert (found["state"], found["severity"]) == ("open", "minor")
    cells = run("finding", "list").out.splitlines()[1].split()
    assert {"待交办", "一般"} <= set(cells)
    assert not {"open", "minor"} & set(cells)
    assert "督查" in run("inspection", "list").out.splitlines()[1].split()
    withdraw = ("withdraw", found["id"], "--by", "检查员甲", "--reason", "不属于检查范围")
    assert run(*withdraw).status == 0
    refused = run(*withdraw)
    assert "状态是 已撤销" in refused.err
    assert "（撤销）" in refused.err
